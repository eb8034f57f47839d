#pragma once
#include <ATen/core/Reduction.h>

#include <optional>

#include "core/aten.h"

namespace sam {

// What a cross entropy with class numbers is asked for. `weight` undefined: none.
struct CrossEntropyRequest {
  at::Tensor weight;
  int64_t reduction = at::Reduction::Mean;
  int64_t ignoreIndex = -100;
  double labelSmoothing = 0;
};

// torch.nn.functional.cross_entropy, differentiable, also twice. On the CPU, logits [N, C] of fp32 or float64
// with class numbers and without class weights take one node of autograd where LibTorch takes a dozen: at a
// batch of 64 and 10 classes that is most of the loss's time. Anything else goes through LibTorch's
// operators.
//
// mean_n of lse(x_n) - (1 - s) x_n[y_n] - s / C sum_c x_nc
at::Tensor crossEntropy(const at::Tensor& logits, const at::Tensor& target,
                        const CrossEntropyRequest& request);

}  // namespace sam
