#pragma once
#include <ATen/EmptyTensor.h>

#include "aten.h"

namespace sam {

// The tangent of forward-mode differentiation, which own layers do not carry on.
inline bool hasTangent(const at::Tensor& tensor) { return tensor.defined() && tensor._fw_grad(0).defined(); }

// A wrapper around other tensors (transforms of torch.func, subclasses): it has no memory of its own to read.
inline bool isWrapper(const at::Tensor& tensor) {
  constexpr c10::DispatchKeySet kWrappers({c10::DispatchKey::FuncTorchBatched,
                                           c10::DispatchKey::FuncTorchGradWrapper,
                                           c10::DispatchKey::Functionalize, c10::DispatchKey::Python});
  return tensor.defined() && tensor.key_set().has_any(kWrappers);
}

// Whether an own layer may read the memory: a dense tensor on the CPU, as it is.
inline bool isPlainCpu(const at::Tensor& tensor) {
  return tensor.defined() && tensor.is_cpu() && tensor.layout() == at::kStrided && !isWrapper(tensor) &&
         !tensor.is_neg() && !tensor.is_conj() && !tensor._is_zerotensor() && !hasTangent(tensor);
}

// at::empty() for a plain tensor on the CPU, without its way through the dispatcher: a small net's step makes
// some twenty.
inline at::Tensor emptyCpu(at::IntArrayRef sizes, at::ScalarType dtype) {
  return at::Tensor(at::detail::empty_cpu(sizes, dtype));
}

}  // namespace sam
