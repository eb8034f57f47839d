#pragma once
#include "core/aten.h"

namespace sam {

// The p-norm of all tensors as one long vector: (sum |x|^p)^(1/p), or max |x| for p = infinity.
//
// A tensor without dimensions, float64 if any of the tensors is and float32 otherwise, on the first tensor's
// device that is not the CPU (or on the CPU). Tensors may be of different floating-point or complex dtypes,
// devices and memory formats; those without elements count as zero. NaN and infinity come through. Nothing
// waits for a device, and autograd records nothing.
//
// On the CPU sums are kept in double and added up in the order of the list, so the result does not depend on
// the number of threads, and squares neither overflow nor vanish. On other devices: one multi-tensor kernel
// per dtype and device, in fp32.
at::Tensor globalNorm(at::TensorList tensors, double p = 2);

// The same for p = 2, of all these tensors and of others whose squares add up to `squares`.
at::Tensor globalNormWith(at::TensorList tensors, double squares);

}  // namespace sam
