// A tensor's numbers, in and out.
#include <ATen/ops/_local_scalar_dense.h>
#include <ATen/ops/empty.h>

#include "addon.h"
#include "aten.h"
#include "memory.h"
#include "operators.h"
#include "plain_tensor.h"
#include "self.h"
#include "tape.h"
#include "zero_tensor.h"

namespace sam {
namespace {

// The bytes of a typed array, whose buffer may be shared between threads too.
struct Bytes {
  Bytes(const Napi::Value& value, const char* op) {
    napi_typedarray_type kind;
    size_t length = 0;
    bool is = false;
    napi_is_typedarray(value.Env(), value, &is);
    if (!is ||
        napi_get_typedarray_info(value.Env(), value, &kind, &length, &data, nullptr, nullptr) != napi_ok) {
      badArgument(std::string("[") + op + "] expected a typed array");
    }
    type = typeOf(kind, op);
    size = length * c10::elementSize(type);
  }
  static c10::ScalarType typeOf(napi_typedarray_type kind, const char* op) {
    switch (kind) {
      case napi_int8_array:
        return at::kChar;
      case napi_uint8_array:
      case napi_uint8_clamped_array:
        return at::kByte;
      case napi_int16_array:
        return at::kShort;
      case napi_uint16_array:
        return at::kUInt16;
      case napi_int32_array:
        return at::kInt;
      case napi_uint32_array:
        return at::kUInt32;
      case napi_float32_array:
        return at::kFloat;
      case napi_float64_array:
        return at::kDouble;
      case napi_bigint64_array:
        return at::kLong;
      case napi_biguint64_array:
        return at::kUInt64;
      default:
        badArgument(std::string("[") + op + "] expected a typed array of a known kind");
    }
  }
  void* data = nullptr;
  size_t size = 0;
  c10::ScalarType type;
};

// fromData(typedArray, dtype or -1 for the array's own, words): shape on the wire. A copy of the bytes; dtype
// reinterprets (bfloat16 and float16 travel as Uint16Array, bool as Uint8Array).
Napi::Value fromData(const Napi::CallbackInfo& info) {
  const Bytes bytes(info[0], "tensor");
  const int wanted = info[1].As<Napi::Number>().Int32Value();
  const auto type = wanted < 0 ? bytes.type : static_cast<c10::ScalarType>(wanted);
  auto& wire = addon(info.Env()).wire;
  Reader reader(wire, static_cast<size_t>(info[2].As<Napi::Number>().Uint32Value()));
  std::vector<int64_t> shape;
  size_t size = c10::elementSize(type);
  while (!reader.done()) {
    const double extent = reader.word();
    if (!(extent >= 0) || extent != static_cast<double>(static_cast<int64_t>(extent))) {
      badArgument("[tensor] expected a shape of non-negative integers");
    }
    shape.push_back(static_cast<int64_t>(extent));
    size *= static_cast<size_t>(extent);
  }
  if (size != bytes.size) {
    badArgument("[tensor] expected " + std::to_string(size) + " bytes for this shape, got " +
                std::to_string(bytes.size));
  }
  at::Tensor out = withMemory(info.Env(), [&] { return at::empty(shape, at::TensorOptions(type)); });
  if (bytes.size != 0) std::memcpy(out.mutable_data_ptr(), bytes.data, bytes.size);
  return handles(info.Env()).box(info.Env(), std::move(out));
}

// readData(h, typedArray): the tensor's elements in row-major order, bytes as they are.
Napi::Value readData(const Napi::CallbackInfo& info) {
  at::Tensor tensor = self(info, "data").detach();
  if (tensor.layout() != at::kStrided && tensor.layout() != at::kMkldnn) {
    throw Failure("E_ARG", "[data] expected a dense tensor, got a sparse one, " + describe(tensor),
                  "toDense() gives one");
  }
  const Bytes bytes(info[1], "data");
  if (tensor.nbytes() != bytes.size) {
    badArgument("[data] expected room for " + std::to_string(tensor.nbytes()) + " bytes, got " +
                std::to_string(bytes.size));
  }
  if (bytes.size == 0) return info.Env().Undefined();
  try {
    tensor = withMemory(info.Env(), [&] {
      if (tensor.layout() == at::kMkldnn) tensor = tensor.to_dense();
      return plainValues(tensor);
    });
  } catch (const c10::Error&) {
    throw currentFailure("data", describe(tensor));
  }
  std::memcpy(bytes.data, tensor.const_data_ptr(), bytes.size);
  return info.Env().Undefined();
}

// item(h): one element, onto the wire
Napi::Value item(const Napi::CallbackInfo& info) {
  const auto& tensor = self(info, "item");
  if (tensor.numel() != 1) {
    badArgument("[item] expected a tensor with one element, got " + describe(tensor),
                "use toArray() or dataSync()");
  }
  if (tensor.is_meta()) badArgument("[item] expected a tensor with elements, got " + describe(tensor));
  auto& wire = addon(info.Env()).wire;
  wire.begin();
  const at::Scalar value = tensor.item();
  if (value.isBoolean()) {
    wire.push(Tag::Bool, value.toBool() ? 1 : 0);
  } else if (value.isComplex()) {
    const auto number = value.toComplexDouble();
    wire.push(Tag::Complex, number.real());
    wire.push(number.imag());
  } else if (value.isIntegral(false)) {
    wire.pushInt(value.toLong());
  } else {
    wire.push(Tag::Number, value.toDouble());
  }
  return info.Env().Undefined();
}

// hostNumber(h, mustBeFinite?): the number of a tensor with one element that is a real number in the host's
// memory, or undefined: in one call what device, shape and item say in three. A tape stops at one that must
// be finite and is not.
Napi::Value hostNumber(const Napi::CallbackInfo& info) {
  const auto& tensor = self(info, "item");
  if (tensor.numel() != 1 || !isPlainCpu(tensor) || !at::isFloatingType(tensor.scalar_type()))
    return info.Env().Undefined();
  if (Tape* const tape = Tape::recording()) tape->addNumber(tensor, info[1].ToBoolean());
  return Napi::Number::New(info.Env(), tensor.item().toDouble());
}

}  // namespace

void initDataAccess(Napi::Env, Napi::Object exports) {
  define<fromData>(exports, "fromData");
  define<readData>(exports, "readData");
  define<item>(exports, "item");
  define<hostNumber>(exports, "hostNumber");
}

}  // namespace sam
