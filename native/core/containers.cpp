// Dictionaries, tuples and values of any type: what TorchScript and the operators of other libraries take and
// give besides ATen's types.
#include <ATen/core/Dict.h>
#include <ATen/core/jit_type.h>
#include <c10/util/complex.h>

#include "operators.h"

namespace sam {
namespace {

using c10::TypeKind;

c10::TypePtr owned(const c10::Type& type) { return c10::TypePtr(const_cast<c10::Type*>(&type)); }

size_t itemCount(Reader& reader, Tag wanted, const char* what) {
  if (const Tag tag = reader.tag(); tag != wanted) mismatch(what, tag);
  return reader.count();
}

c10::IValue decodeTuple(Reader& reader, Handles& handles, const c10::TupleType& type) {
  const size_t n = itemCount(reader, Tag::List, "a list");
  const auto& types = type.elements();
  if (n != types.size()) {
    badArgument("expected " + std::to_string(types.size()) + " items (" + type.str() + "), got " +
                std::to_string(n));
  }
  std::vector<c10::IValue> items;
  for (const auto& element : types) items.push_back(decode(reader, handles, *element, 0));
  if (type.schema() != nullptr) return c10::ivalue::Tuple::createNamed(std::move(items), owned(type));
  return c10::ivalue::Tuple::create(std::move(items));
}

c10::IValue decodeDict(Reader& reader, Handles& handles, const c10::DictType& type) {
  const size_t n = itemCount(reader, Tag::Dict, "a dictionary");
  c10::impl::GenericDict out(type.getKeyType(), type.getValueType());
  for (size_t i = 0; i < n; ++i) {
    c10::IValue key = decode(reader, handles, *type.getKeyType(), 0);
    out.insert_or_assign(std::move(key), decode(reader, handles, *type.getValueType(), 0));
  }
  return out;
}

// The type that all have, or Any.
c10::TypePtr commonType(const std::vector<c10::IValue>& values) {
  if (values.empty()) return c10::AnyType::get();
  // A tensor's own type also tells its shape.
  const auto typeOf = [](const c10::IValue& value) {
    return value.isTensor() ? c10::TypePtr(c10::TensorType::get()) : value.type();
  };
  c10::TypePtr type = typeOf(values[0]);
  for (const auto& value : values) {
    if (*typeOf(value) != *type) return c10::AnyType::get();
  }
  return type;
}

c10::IValue decodeAny(Reader& reader, Handles& handles);

c10::IValue decodeAnyList(Reader& reader, Handles& handles) {
  const size_t n = itemCount(reader, Tag::List, "a list");
  std::vector<c10::IValue> items;
  for (size_t i = 0; i < n; ++i) items.push_back(decodeAny(reader, handles));
  c10::impl::GenericList out(commonType(items));
  for (auto& item : items) out.push_back(std::move(item));
  return out;
}

c10::IValue decodeAnyDict(Reader& reader, Handles& handles) {
  const size_t n = itemCount(reader, Tag::Dict, "a dictionary");
  std::vector<c10::IValue> keys;
  std::vector<c10::IValue> values;
  for (size_t i = 0; i < n; ++i) {
    keys.push_back(decodeAny(reader, handles));
    values.push_back(decodeAny(reader, handles));
  }
  c10::impl::GenericDict out(keys.empty() ? c10::TypePtr(c10::StringType::get()) : commonType(keys),
                             commonType(values));
  for (size_t i = 0; i < n; ++i) out.insert_or_assign(std::move(keys[i]), std::move(values[i]));
  return out;
}

c10::IValue decodeAny(Reader& reader, Handles& handles) {
  switch (reader.peek()) {
    case Tag::Tensor:
      return decodeTensor(reader, handles);
    case Tag::None:
      reader.tag();
      return {};
    case Tag::String:
      reader.tag();
      return reader.string();
    case Tag::List:
      return decodeAnyList(reader, handles);
    case Tag::Dict:
      return decodeAnyDict(reader, handles);
    case Tag::Device:
      return decode(reader, handles, *c10::DeviceObjType::get(), 0);
    default:
      return decodeScalar(reader, handles);
  }
}

// The first member that fits.
c10::IValue decodeUnion(Reader& reader, Handles& handles, const c10::UnionType& type) {
  for (const auto& member : type.containedTypes()) {
    try {
      Reader attempt = reader;
      c10::IValue value = decode(attempt, handles, *member, 0);
      reader.skip();
      return value;
    } catch (const Failure& failure) {
      if (std::string(failure.code()) != "E_ARG") throw;
    }
  }
  mismatch(type.str().c_str(), reader.peek());
}

}  // namespace

c10::IValue decodeContainer(Reader& reader, Handles& handles, const c10::Type& type) {
  switch (type.kind()) {
    case TypeKind::TupleType:
      return decodeTuple(reader, handles, *type.castRaw<c10::TupleType>());
    case TypeKind::DictType:
      return decodeDict(reader, handles, *type.castRaw<c10::DictType>());
    case TypeKind::UnionType:
      return decodeUnion(reader, handles, *type.castRaw<c10::UnionType>());
    case TypeKind::AnyType:
      return decodeAny(reader, handles);
    case TypeKind::NoneType:
      if (const Tag tag = reader.tag(); tag != Tag::None) mismatch("null", tag);
      return {};
    case TypeKind::ComplexType: {
      const at::Scalar value = decodeScalar(reader, handles);
      return value.toComplexDouble();
    }
    default:
      badArgument("expected an argument that has a JavaScript form, got " + type.str());
  }
}

void requireForm(const c10::IValue& value) {
  if (value.isList()) {
    for (const auto& item : value.toListRef()) requireForm(item);
  } else if (value.isTuple()) {
    for (const auto& item : value.toTupleRef().elements()) requireForm(item);
  } else if (value.isGenericDict()) {
    for (const auto& entry : value.toGenericDict()) {
      requireForm(entry.key());
      requireForm(entry.value());
    }
  } else if (value.isEnum()) {
    requireForm(value.toEnumHolder()->value());
  } else if (!(value.isTensor() || value.isNone() || value.isScalar() || value.isSymInt() ||
               value.isString() || value.isDevice())) {
    badArgument("expected a result that has a JavaScript form, got " + value.tagKind());
  }
}

}  // namespace sam
