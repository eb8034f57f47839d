// JS words -> IValue, by schema type.
#include <ATen/core/Generator.h>
#include <ATen/core/jit_type.h>
#include <ATen/ops/scalar_tensor.h>
#include <c10/core/Scalar.h>
#include <c10/util/complex.h>

#include <cmath>
#include <sstream>

#include "operators.h"
#include "random.h"

namespace sam {
namespace {

const char* tagName(Tag tag) {
  switch (tag) {
    case Tag::Default:
      return "nothing";
    case Tag::None:
      return "null";
    case Tag::Tensor:
      return "a tensor";
    case Tag::Number:
      return "a number";
    case Tag::Bool:
      return "a boolean";
    case Tag::BigInt:
      return "a bigint";
    case Tag::List:
      return "a list";
    case Tag::String:
      return "a string";
    case Tag::Device:
      return "a device";
    case Tag::Generator:
      return "a generator";
    case Tag::Complex:
      return "a complex number";
    case Tag::Dict:
      return "a dictionary";
    default:
      return "something else";
  }
}

constexpr double kSafe = 9007199254740992.0;

// A one-element tensor where a number stands is read, as in PyTorch; that waits for its device.
at::Scalar element(Reader& reader, Handles& handles) {
  const at::Tensor& tensor = handles.at(reader.word(), nullptr);
  if (tensor.numel() != 1) badArgument("expected a number, got a tensor " + describe(tensor));
  return tensor.item();
}

int64_t integer(Reader& reader, Handles& handles) {
  const Tag tag = reader.tag();
  if (tag == Tag::Tensor) {
    const at::Scalar value = element(reader, handles);
    if (!value.isIntegral(true)) badArgument("expected an integer, got a floating point tensor");
    return value.toLong();
  }
  if (tag == Tag::BigInt) return reader.bigint();
  if (tag == Tag::Bool) return reader.word() != 0;
  if (tag != Tag::Number) mismatch("an integer", tag);
  const double value = reader.word();
  if (value != std::trunc(value) || std::abs(value) > kSafe) {
    std::ostringstream text;
    text << value;
    badArgument("expected an integer, got " + text.str(), "use a bigint for integers beyond 2^53");
  }
  return static_cast<int64_t>(value);
}

// LibTorch takes what is below for the address of a symbol, which only Python can tell.
int64_t extent(Reader& reader, Handles& handles) {
  constexpr int64_t kLeast = -(int64_t{1} << 62);
  const int64_t value = integer(reader, handles);
  if (value < kLeast) badArgument("expected an integer from -2^62, got " + std::to_string(value));
  return value;
}

double real(Reader& reader, Handles& handles) {
  const Tag tag = reader.tag();
  if (tag == Tag::Tensor) return element(reader, handles).toDouble();
  if (tag == Tag::BigInt) return static_cast<double>(reader.bigint());
  if (tag != Tag::Number && tag != Tag::Bool) mismatch("a number", tag);
  return reader.word();
}

bool boolean(Reader& reader) {
  const Tag tag = reader.tag();
  if (tag != Tag::Bool) mismatch("a boolean", tag);
  return reader.word() != 0;
}

}  // namespace

void mismatch(const char* expected, Tag tag) {
  badArgument(std::string("expected ") + expected + ", got " + tagName(tag));
}

// Integral numbers count as integers, as in Python, so that int tensors stay int: x.add(1).
at::Scalar decodeScalar(Reader& reader, Handles& handles) {
  const Tag tag = reader.tag();
  if (tag == Tag::Tensor) return element(reader, handles);
  if (tag == Tag::BigInt) return at::Scalar(reader.bigint());
  if (tag == Tag::Bool) return at::Scalar(reader.word() != 0);
  if (tag == Tag::Complex) {
    const double re = reader.word();
    return at::Scalar(c10::complex<double>(re, reader.word()));
  }
  if (tag != Tag::Number) mismatch("a number", tag);
  const double value = reader.word();
  if (value == std::trunc(value) && std::abs(value) < kSafe && !(value == 0 && std::signbit(value))) {
    return at::Scalar(static_cast<int64_t>(value));
  }
  return at::Scalar(value);
}

namespace {

// A number where a tensor stands takes part in type promotion as Python's numbers do.
at::Tensor wrappedNumber(const at::Scalar& value) {
  at::Tensor tensor = at::scalar_tensor(value, at::TensorOptions(value.isIntegral(false) ? at::kLong
                                                                 : value.isBoolean()     ? at::kBool
                                                                 : value.isComplex()     ? at::kComplexDouble
                                                                                         : at::kDouble));
  tensor.unsafeGetTensorImpl()->set_wrapped_number(true);
  return tensor;
}

}  // namespace

at::Tensor decodeTensor(Reader& reader, Handles& handles) {
  const Tag tag = reader.peek();
  if (tag == Tag::Tensor) {
    reader.tag();
    return handles.at(reader.word(), nullptr);
  }
  if (tag == Tag::None) {
    reader.tag();
    return at::Tensor();
  }
  if (tag == Tag::Number || tag == Tag::Bool || tag == Tag::BigInt || tag == Tag::Complex) {
    return wrappedNumber(decodeScalar(reader, handles));
  }
  mismatch("a tensor", tag);
}

namespace {

// Where the wire cannot know that a text names a device.
c10::Device deviceOf(const std::string& text) {
  try {
    return c10::Device(text);
  } catch (const c10::Error&) {
    badArgument("expected a device, got \"" + text + "\"");
  }
}

// Runs `item` for each element; a single number stands for a list of `listSize` of it (`int[2] stride`: 1 is
// [1, 1]).
template <typename F>
void eachItem(Reader& reader, int listSize, F&& item) {
  if (reader.peek() == Tag::List) {
    reader.tag();
    const size_t n = reader.count();
    for (size_t i = 0; i < n; ++i) item(i);
    return;
  }
  if (listSize == 0 && reader.peek() != Tag::Number && reader.peek() != Tag::BigInt)
    mismatch("a list", reader.peek());
  item(0);
}

template <typename T, typename F>
c10::IValue list(Reader& reader, int listSize, F&& item) {
  c10::List<T> out;
  const bool single = reader.peek() != Tag::List;
  eachItem(reader, listSize, [&](size_t) { out.push_back(item()); });
  if (single) {
    for (int i = 1; i < listSize; ++i) out.push_back(out.get(0));
  }
  return out;
}

// Lists of what is no list element of ATen's own: lists, dictionaries, tuples, complex numbers.
c10::IValue decodeItems(Reader& reader, Handles& handles, const c10::Type& element) {
  if (const Tag tag = reader.tag(); tag != Tag::List) mismatch("a list", tag);
  c10::impl::GenericList out(c10::TypePtr(const_cast<c10::Type*>(&element)));
  const size_t n = reader.count();
  for (size_t i = 0; i < n; ++i) out.push_back(decode(reader, handles, element, 0));
  return out;
}

c10::IValue decodeList(Reader& reader, Handles& handles, const c10::Type& element, int listSize) {
  using c10::TypeKind;
  switch (element.kind()) {
    case TypeKind::TensorType:
      return list<at::Tensor>(reader, listSize, [&] { return decodeTensor(reader, handles); });
    case TypeKind::IntType:
      return list<int64_t>(reader, listSize, [&] { return integer(reader, handles); });
    case TypeKind::SymIntType:
      return list<int64_t>(reader, listSize, [&] { return extent(reader, handles); });
    case TypeKind::FloatType:
      return list<double>(reader, listSize, [&] { return real(reader, handles); });
    case TypeKind::BoolType:
      return list<bool>(reader, listSize, [&] { return boolean(reader); });
    case TypeKind::StringType:
      return list<std::string>(reader, listSize, [&] {
        if (const Tag tag = reader.tag(); tag != Tag::String) mismatch("a string", tag);
        return reader.string();
      });
    case TypeKind::NumberType: {
      c10::impl::GenericList out(c10::NumberType::get());
      eachItem(reader, listSize, [&](size_t) { out.push_back(c10::IValue(decodeScalar(reader, handles))); });
      return out;
    }
    case TypeKind::OptionalType: {
      if (element.castRaw<c10::OptionalType>()->getElementType()->kind() != TypeKind::TensorType)
        return decodeItems(reader, handles, element);
      // Tensor?[] (indices): IValue lists of optional tensors hold undefined as none.
      c10::List<std::optional<at::Tensor>> out;
      eachItem(reader, listSize, [&](size_t) {
        at::Tensor value = decodeTensor(reader, handles);
        out.push_back(value.defined() ? std::optional<at::Tensor>(std::move(value)) : std::nullopt);
      });
      return out;
    }
    default:
      return decodeItems(reader, handles, element);
  }
}

}  // namespace

c10::IValue decode(Reader& reader, Handles& handles, const c10::Type& type, int listSize) {
  using c10::TypeKind;
  switch (type.kind()) {
    case TypeKind::TensorType: {
      at::Tensor value = decodeTensor(reader, handles);
      if (!value.defined()) mismatch("a tensor", Tag::None);
      return value;
    }
    case TypeKind::OptionalType: {
      if (reader.peek() == Tag::None) {
        reader.tag();
        return {};
      }
      return decode(reader, handles, *type.castRaw<c10::OptionalType>()->getElementType(), listSize);
    }
    case TypeKind::IntType:
      return integer(reader, handles);
    case TypeKind::SymIntType:
      return extent(reader, handles);
    case TypeKind::FloatType:
      return real(reader, handles);
    case TypeKind::BoolType:
      return boolean(reader);
    case TypeKind::NumberType:
      return decodeScalar(reader, handles);
    case TypeKind::StringType: {
      if (const Tag tag = reader.tag(); tag != Tag::String) mismatch("a string", tag);
      return reader.string();
    }
    case TypeKind::DeviceObjType: {
      const Tag tag = reader.tag();
      if (tag == Tag::String) return deviceOf(reader.string());
      if (tag != Tag::Device) mismatch("a device", tag);
      const auto kind = static_cast<c10::DeviceType>(static_cast<int>(reader.word()));
      return c10::Device(kind, static_cast<c10::DeviceIndex>(reader.word()));
    }
    case TypeKind::GeneratorType: {
      if (const Tag tag = reader.tag(); tag != Tag::Generator) mismatch("a generator", tag);
      return generatorAt(reader.word());
    }
    case TypeKind::ListType:
      return decodeList(reader, handles, *type.castRaw<c10::ListType>()->getElementType(), listSize);
    default:
      return decodeContainer(reader, handles, type);
  }
}

}  // namespace sam
