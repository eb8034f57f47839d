#pragma once
#include "core/aten.h"
#include "core/unsettled.h"

namespace sam {

// Some backward formulas (sgn's) give LibTorch's "zero tensors": they have no address to read from, and
// LibTorch refuses to change them in place. They become ordinary zeros before native code that does either
// sees them; every other tensor stays the same one.
inline at::Tensor materialized(const at::Tensor& tensor) {
  return tensor.defined() && tensor._is_zerotensor() ? tensor.clone() : tensor;
}

// A tensor's values as they lie in memory: on the CPU, in row-major order, no conjugate or negative that is
// put off.
inline at::Tensor plainValues(const at::Tensor& tensor) {
  return materialized(tensor).to(at::kCPU).contiguous().resolve_conj().resolve_neg();
}

// The gradient of a tensor, or an undefined one; what was a zero tensor is replaced for good.
inline at::Tensor& gradientOf(const at::Tensor& tensor) {
  settleGradient(tensor);
  at::Tensor& grad = tensor.mutable_grad();
  grad = materialized(grad);
  return grad;
}

}  // namespace sam
