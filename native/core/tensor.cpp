// What JavaScript asks of a tensor that is not an operator: facts, data in and out, lifetime.
#include <ATen/ops/_local_scalar_dense.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/StorageImpl.h>

#include "addon.h"
#include "aten.h"
#include "memory.h"
#include "operators.h"
#include "plain_tensor.h"
#include "tape.h"
#include "zero_tensor.h"

namespace sam {
namespace {

const at::Tensor& self(const Napi::CallbackInfo& info, const char* op) {
  return handles(info.Env()).tensor(info[0], op);
}

// For what is asked about a tensor and not of its numbers.
const at::Tensor& unread(const Napi::CallbackInfo& info, const char* op) {
  return handles(info.Env()).unread(info[0], op);
}

// shape(h) / strides(h): count, then the numbers, onto the wire.
template <bool strides>
Napi::Value extents(const Napi::CallbackInfo& info) {
  auto& wire = addon(info.Env()).wire;
  const auto& tensor = unread(info, strides ? "stride" : "shape");
  if (strides && tensor.layout() != at::kStrided && tensor.layout() != at::kMkldnn) {
    badArgument("[stride] expected a dense tensor, got a sparse one, " + describe(tensor),
                "toDense() gives one");
  }
  const auto list = strides ? tensor.strides() : tensor.sizes();
  wire.begin();
  wire.push(static_cast<double>(list.size()));
  for (const int64_t n : list) wire.push(static_cast<double>(n));
  return info.Env().Undefined();
}

Napi::Value dtype(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<int>(unread(info, "dtype").scalar_type()));
}

// device(h) -> type * 256 + index + 1 (index -1: the CPU)
Napi::Value device(const Napi::CallbackInfo& info) {
  const auto where = unread(info, "device").device();
  return Napi::Number::New(info.Env(), static_cast<int>(where.type()) * 256 + where.index() + 1);
}

// flags(h) -> bit 0 requiresGrad, 1 isLeaf, 2 has gradFn, 3 retainsGrad, 4 isInference, 5 isView
Napi::Value flags(const Napi::CallbackInfo& info) {
  const auto& tensor = unread(info, "flags");
  int bits = 0;
  if (tensor.requires_grad()) bits |= 1;
  if (tensor.is_leaf()) bits |= 2;
  try {
    if (!tensor.is_leaf() && tensor.grad_fn() != nullptr) bits |= 4;
  } catch (...) {  // as autograd's: see gradFnName
    throw currentFailure("gradFn", describe(tensor));
  }
  if (tensor.retains_grad()) bits |= 8;
  if (tensor.is_inference()) bits |= 16;
  if (!tensor.is_inference() && tensor.is_view()) bits |= 32;
  return Napi::Number::New(info.Env(), bits);
}

Napi::Value elementSize(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(unread(info, "elementSize").element_size()));
}

Napi::Value storageOffset(const Napi::CallbackInfo& info) {
  const auto& tensor = unread(info, "storageOffset");
  return Napi::Number::New(info.Env(),
                           tensor.has_storage() ? static_cast<double>(tensor.storage_offset()) : 0);
}

Napi::Value layout(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<int>(unread(info, "layout").layout()));
}

Napi::Value version(const Napi::CallbackInfo& info) {
  const auto& tensor = unread(info, "version");
  return Napi::Number::New(info.Env(), tensor.is_inference() ? 0 : static_cast<double>(tensor._version()));
}

// dataPtr(h) -> address as BigInt; 0n without storage
Napi::Value dataPtr(const Napi::CallbackInfo& info) {
  const auto& tensor = self(info, "dataPtr");
  const void* address = tensor.has_storage() ? tensor.const_data_ptr() : nullptr;
  return Napi::BigInt::New(info.Env(), static_cast<uint64_t>(reinterpret_cast<uintptr_t>(address)));
}

Napi::Value isContiguous(const Napi::CallbackInfo& info) {
  const auto format = static_cast<c10::MemoryFormat>(info[1].As<Napi::Number>().Int32Value());
  const auto& tensor = unread(info, "isContiguous");
  if (tensor.layout() != at::kStrided && tensor.layout() != at::kMkldnn) {
    badArgument("[isContiguous] expected a dense tensor, got a sparse one, " + describe(tensor),
                "toDense() gives one");
  }
  return Napi::Boolean::New(info.Env(), tensor.is_contiguous(format));
}

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
      return materialized(tensor).to(at::kCPU).contiguous().resolve_conj().resolve_neg();
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

Napi::Value setRequiresGrad(const Napi::CallbackInfo& info) {
  const auto& tensor = self(info, "requiresGrad");
  const bool wanted = info[1].ToBoolean();
  if (wanted && !at::isFloatingType(tensor.scalar_type()) && !at::isComplexType(tensor.scalar_type())) {
    badArgument("[requiresGrad] expected a floating point or complex tensor, got " + describe(tensor));
  }
  if (!wanted && !tensor.is_leaf()) {
    badArgument("[requiresGrad] expected a leaf tensor, got the result of a computation",
                "use x.detach() for a tensor that is cut off from the graph");
  }
  try {
    tensor.requires_grad_(wanted);
  } catch (...) {
    throw currentFailure("requiresGrad", describe(tensor));
  }
  return info.Env().Undefined();
}

// grad(h) -> handle or 0
Napi::Value grad(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = self(info, "grad");
  const at::Tensor& value = gradientOf(tensor);
  if (Tape* const tape = Tape::recording()) {
    tape->add(
        [](const Tape::Tensors& given, Tape::Tensors& made) {
          settle(given[0]);
          made[0] = gradientOf(given[0]);
        },
        {tensor}, {value});
  }
  return value.defined() ? handles(info.Env()).box(info.Env(), value) : Napi::Number::New(info.Env(), 0);
}

void noteGradient(Tape& tape, const at::Tensor& tensor, const at::Tensor& value) {
  tape.add(
      [](const Tape::Tensors& given, Tape::Tensors&) {
        dropGradient(given[0]);
        given[0].mutable_grad() = given[1];
      },
      {tensor, value});
}

Napi::Value setGrad(const Napi::CallbackInfo& info) {
  const auto& tensor = self(info, "grad");
  if (!info[1].IsNumber() || info[1].As<Napi::Number>().DoubleValue() == 0) {
    dropGradient(tensor);
    tensor.mutable_grad() = at::Tensor();
    if (Tape* const tape = Tape::recording()) noteGradient(*tape, tensor, {});
    return info.Env().Undefined();
  }
  const auto& value = handles(info.Env()).tensor(info[1], "grad");
  if (value.sizes() != tensor.sizes() || value.device() != tensor.device()) {
    badArgument("[grad] expected a gradient like " + describe(tensor) + ", got " + describe(value));
  }
  dropGradient(tensor);
  tensor.mutable_grad() = value;
  if (Tape* const tape = Tape::recording()) noteGradient(*tape, tensor, value);
  return info.Env().Undefined();
}

// setData(h, other): other's data, under this tensor's identity; shapes may differ, as in PyTorch's x.data =
// y.
Napi::Value setData(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = self(info, "setData");
  const at::Tensor& data = handles(info.Env()).tensor(info[1], "setData");
  try {
    tensor.set_data(data);
  } catch (const c10::Error&) {
    throw currentFailure("setData", describe(tensor) + " and " + describe(data));
  }
  return info.Env().Undefined();
}

// clone of the handle: a second name for the same tensor
Napi::Value alias(const Napi::CallbackInfo& info) {
  return handles(info.Env()).box(info.Env(), unread(info, "alias"));
}

// sameTensor(a, b): both names lead to one tensor
Napi::Value sameTensor(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(),
                            unread(info, "is").is_same(handles(info.Env()).unread(info[1], "is")));
}

// track(h, object) -> true when memory is tight and JS should collect. Raw Node-API: runs for every new
// tensor.
napi_value track(napi_env env, napi_callback_info info) {
  size_t argc = 2;
  napi_value argv[2];
  void* data = nullptr;
  napi_get_cb_info(env, info, &argc, argv, nullptr, &data);
  double handle = 0;
  napi_get_value_double(env, argv[0], &handle);
  auto& owner = *static_cast<Addon*>(data);
  owner.handles.track(handle, argv[1]);
  if (!owner.handles.crowded()) return nullptr;
  napi_value yes = nullptr;
  napi_get_boolean(env, true, &yes);
  return yes;
}

Napi::Value dispose(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(
      info.Env(),
      info[0].IsNumber() && handles(info.Env()).dispose(info[0].As<Napi::Number>().DoubleValue()));
}

// disposeMany(count): handles on the wire
Napi::Value disposeMany(const Napi::CallbackInfo& info) {
  auto& owner = addon(info.Env());
  const uint32_t count = info[0].As<Napi::Number>().Uint32Value();
  if (count > owner.wire.size()) badArgument("[dispose] expected handles that fit the wire");
  const std::vector<double> list(owner.wire.data(),
                                 owner.wire.data() + count);  // freeing may run JS that uses the wire
  for (const double handle : list) owner.handles.dispose(handle);
  return info.Env().Undefined();
}

Napi::Value alive(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(
      info.Env(), info[0].IsNumber() && handles(info.Env()).alive(info[0].As<Napi::Number>().DoubleValue()));
}

}  // namespace

void initTensor(Napi::Env env, Napi::Object exports) {
  define<extents<false>>(exports, "shape");
  define<extents<true>>(exports, "strides");
  define<dtype>(exports, "dtype");
  define<device>(exports, "device");
  define<flags>(exports, "flags");
  define<elementSize>(exports, "elementSize");
  define<storageOffset>(exports, "storageOffset");
  define<layout>(exports, "layout");
  define<version>(exports, "version");
  define<dataPtr>(exports, "dataPtr");
  define<isContiguous>(exports, "isContiguous");
  define<fromData>(exports, "fromData");
  define<readData>(exports, "readData");
  define<item>(exports, "item");
  define<setRequiresGrad>(exports, "setRequiresGrad");
  define<grad>(exports, "grad");
  define<hostNumber>(exports, "hostNumber");
  define<setGrad>(exports, "setGrad");
  define<setData>(exports, "setData");
  define<alias>(exports, "alias");
  define<sameTensor>(exports, "sameTensor");
  napi_value fn;
  napi_create_function(env, "track", NAPI_AUTO_LENGTH, track, &addon(env), &fn);
  exports.Set("track", Napi::Value(env, fn));
  define<dispose>(exports, "dispose");
  define<disposeMany>(exports, "disposeMany");
  define<alive>(exports, "alive");
}

}  // namespace sam
