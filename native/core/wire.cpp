#include "wire.h"

#include "addon.h"

namespace sam {

void Wire::attach(Napi::Env env, const Napi::Value& value) {
  if (!value.IsTypedArray()) badArgument("[attachWire] expected a Float64Array");
  auto array = value.As<Napi::TypedArray>();
  if (array.TypedArrayType() != napi_float64_array) badArgument("[attachWire] expected a Float64Array");
  auto doubles = array.As<Napi::Float64Array>();
  data_ = doubles.Data();
  size_ = doubles.ElementLength();
  array_ = Napi::Persistent(array.As<Napi::Object>());
  (void)env;
}

uint32_t Wire::intern(std::string text) {
  if (auto found = index_.find(text); found != index_.end()) return found->second;
  // Strings that differ at every call (paths, equations) must not grow the table for ever: JS forgets too (lib/wire.ts).
  const auto index = static_cast<uint32_t>(strings_.size());
  strings_.push_back(text);
  index_.emplace(std::move(text), index);
  return index;
}

const std::string& Wire::string(double index) const {
  if (!(index >= 0) || index >= static_cast<double>(strings_.size())) badArgument("[call] expected an interned string");
  return strings_[static_cast<size_t>(index)];
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
  addon(info.Env()).wire.attach(info.Env(), info[0]);
  return info.Env().Undefined();
}

Napi::Value intern(const Napi::CallbackInfo& info) {
  if (!info[0].IsString()) badArgument("[intern] expected a string");
  return Napi::Number::New(info.Env(), addon(info.Env()).wire.intern(info[0].As<Napi::String>().Utf8Value()));
}

Napi::Value internedString(const Napi::CallbackInfo& info) {
  if (!info[0].IsNumber()) badArgument("[internedString] expected an index");
  return Napi::String::New(info.Env(), addon(info.Env()).wire.string(info[0].As<Napi::Number>().DoubleValue()));
}

}  // namespace

void initWire(Napi::Env, Napi::Object exports) {
  define<attachWire>(exports, "attachWire");
  define<intern>(exports, "intern");
  define<internedString>(exports, "internedString");
}

}  // namespace sam
