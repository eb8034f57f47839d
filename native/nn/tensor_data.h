#pragma once
#include <ATen/ops/empty.h>

#include "core/aten.h"
#include "simd/bf16.h"

namespace sam {

// The memory of a tensor as a kernel takes it; nullptr for one that is not there.
template <typename T = void>
const T* constData(const at::Tensor& tensor) {
  return tensor.defined() ? static_cast<const T*>(tensor.const_data_ptr()) : nullptr;
}
template <typename T = void>
T* mutableData(const at::Tensor& tensor) {
  return tensor.defined() ? static_cast<T*>(tensor.mutable_data_ptr()) : nullptr;
}

// As operators take a tensor that may not be there.
inline std::optional<at::Tensor> maybe(const at::Tensor& tensor) {
  return tensor.defined() ? std::optional(tensor) : std::nullopt;
}

// Memory for a kernel's own use.
inline at::Tensor bytes(int64_t count) { return at::empty({count}, at::TensorOptions(at::kByte)); }

// Calls f with a value of the element type of x, which is float32 or bfloat16.
template <typename F>
void floatOrBf16(const at::Tensor& x, const F& f) {
  if (x.scalar_type() == at::kFloat) return f(float{});
  f(Bf16{});
}

}  // namespace sam
