#include "wire.h"

#include "addon.h"

namespace sam {

void Wire::attach(const Napi::Value& value) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_float64_array) {
    badArgument("[attachWire] expected a Float64Array");
  }
  auto doubles = value.As<Napi::Float64Array>();
  data_ = doubles.Data();
  size_ = doubles.ElementLength();
  array_ = Napi::Persistent(value.As<Napi::Object>());
}

void Wire::putString(double place, std::string text) {
  if (!(place >= 0) || place >= static_cast<double>(strings_.size()))
    badArgument("[putString] expected a place for a string");
  strings_[static_cast<size_t>(place)] = std::move(text);
}

const std::string& Wire::string(double place) const {
  if (!(place >= 0) || place >= static_cast<double>(strings_.size()))
    badArgument("[call] expected the place of a string");
  return strings_[static_cast<size_t>(place)];
}

const std::string& Wire::resultString(double index) const {
  if (!(index >= 0) || index >= static_cast<double>(resultStrings_.size()))
    badArgument("[call] expected a string's index");
  return resultStrings_[static_cast<size_t>(index)];
}

void Wire::pushString(std::string text) {
  push(Tag::String, static_cast<double>(resultStrings_.size()));
  resultStrings_.push_back(std::move(text));
}

void Wire::pushInt(int64_t value) {
  constexpr int64_t safe = 9007199254740991;
  if (value >= -safe && value <= safe) return push(Tag::Number, static_cast<double>(value));
  double bits;
  std::memcpy(&bits, &value, sizeof bits);
  push(Tag::BigInt, bits);
}

void Reader::skip() {
  switch (tag()) {
    case Tag::Default:
    case Tag::None:
    case Tag::Ellipsis:
      return;
    case Tag::List: {
      const size_t n = count();
      for (size_t i = 0; i < n; ++i) skip();
      return;
    }
    case Tag::Dict: {
      const size_t n = count();
      for (size_t i = 0; i < 2 * n; ++i) skip();
      return;
    }
    case Tag::Slice:
      for (int i = 0; i < 3; ++i) skip();
      return;
    case Tag::Device:
    case Tag::Complex:
      word();
      word();
      return;
    default:
      word();
  }
}

namespace {

Napi::Value attachWire(const Napi::CallbackInfo& info) {
  addon(info.Env()).wire.attach(info[0]);
  return info.Env().Undefined();
}

// putString(place, text)
Napi::Value putString(const Napi::CallbackInfo& info) {
  if (!info[0].IsNumber() || !info[1].IsString()) badArgument("[putString] expected a place and a string");
  addon(info.Env())
      .wire.putString(info[0].As<Napi::Number>().DoubleValue(), info[1].As<Napi::String>().Utf8Value());
  return info.Env().Undefined();
}

// resultString(index) -> one of the strings that the last call gave
Napi::Value resultString(const Napi::CallbackInfo& info) {
  if (!info[0].IsNumber()) badArgument("[resultString] expected an index");
  return Napi::String::New(info.Env(),
                           addon(info.Env()).wire.resultString(info[0].As<Napi::Number>().DoubleValue()));
}

}  // namespace

void initWire(Napi::Env, Napi::Object exports) {
  define<attachWire>(exports, "attachWire");
  define<putString>(exports, "putString");
  define<resultString>(exports, "resultString");
}

}  // namespace sam
