// What is known of a tensor without its numbers.
#include "addon.h"
#include "aten.h"
#include "operators.h"
#include "self.h"

namespace sam {
namespace {

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

// sameTensor(a, b): both names lead to one tensor
Napi::Value sameTensor(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(),
                            unread(info, "is").is_same(handles(info.Env()).unread(info[1], "is")));
}

}  // namespace

void initTensorFacts(Napi::Env, Napi::Object exports) {
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
  define<sameTensor>(exports, "sameTensor");
}

}  // namespace sam
