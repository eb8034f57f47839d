// IValue -> JS words; the way back of convert.cpp.
#include <c10/util/complex.h>

#include "operators.h"

namespace sam {

void encode(Wire& wire, Handles& handles, const c10::IValue& value) {
  if (value.isTensor()) {
    const at::Tensor& tensor = value.toTensor();
    if (tensor.defined()) {
      wire.push(Tag::Tensor, handles.put(tensor));
    } else {
      wire.push(static_cast<double>(Tag::None));
    }
  } else if (value.isNone()) {
    wire.push(static_cast<double>(Tag::None));
  } else if (value.isInt()) {
    wire.pushInt(value.toInt());
  } else if (value.isSymInt()) {
    wire.pushInt(value.toSymInt().guard_int(__FILE__, __LINE__));
  } else if (value.isDouble()) {
    wire.push(Tag::Number, value.toDouble());
  } else if (value.isBool()) {
    wire.push(Tag::Bool, value.toBool() ? 1 : 0);
  } else if (value.isComplexDouble()) {
    const auto number = value.toComplexDouble();
    wire.push(Tag::Complex, number.real());
    wire.push(number.imag());
  } else if (value.isString()) {
    wire.pushString(value.toStringRef());
  } else if (value.isDevice()) {
    wire.push(Tag::Device, static_cast<double>(value.toDevice().type()));
    wire.push(value.toDevice().index());
  } else if (value.isList()) {
    const auto items = value.toListRef();
    wire.push(Tag::List, static_cast<double>(items.size()));
    for (const auto& item : items) encode(wire, handles, item);
  } else if (value.isTuple()) {
    const auto& items = value.toTupleRef().elements();
    wire.push(Tag::List, static_cast<double>(items.size()));
    for (const auto& item : items) encode(wire, handles, item);
  } else if (value.isGenericDict()) {
    const auto entries = value.toGenericDict();
    wire.push(Tag::Dict, static_cast<double>(entries.size()));
    for (const auto& entry : entries) {
      encode(wire, handles, entry.key());
      encode(wire, handles, entry.value());
    }
  } else if (value.isEnum()) {
    encode(wire, handles, value.toEnumHolder()->value());
  } else {
    requireForm(value);
  }
}

}  // namespace sam
