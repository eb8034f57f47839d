#include "last_gradient.h"

#include <ATen/core/grad_mode.h>

#include <cmath>
#include <utility>

#include "factorable.h"
#include "host_loops.h"
#include "norm.h"
#include "vector_sums.h"

namespace sam {

using Tensors = std::vector<at::Tensor>;

void LastGradient::collect(const Tensors& params) {
  factors_.settleAll();
  factors_.collect(factorable(params));
}

bool LastGradient::isFinite(const Tensors& params, Tensors& gradients) {
  const at::AutoGradMode guard(false);
  constexpr double kSurely = 1e30;  // no number of the gradient, and no sum on the way to it, is beyond float
  norm_ = at::Tensor();
  unknown_ = factors_.all();
  bool isSure = !unknown_.empty();
  for (const auto& factors : unknown_) {
    const at::Tensor& d = factors->d();
    isSure = isSure && factors->bound(hostLoops().squares(d.const_data_ptr<float>(), d.numel())) < kSurely;
  }
  if (isSure) {
    const double others = globalNormWith(present(gradients), 0).item().toDouble();
    knownSquares_ = others * others;
    if (std::isfinite(others)) return true;
  }
  unknown_.clear();
  norm_ = normOf(params, gradients);
  return std::isfinite(norm_.item().toDouble());
}

at::Tensor LastGradient::norm() {
  if (norm_.defined()) return norm_;
  const at::AutoGradMode guard(false);
  double squares = knownSquares_;
  for (const auto& factors : std::exchange(unknown_, {})) {
    const auto found = factors->found();
    squares += found ? *found : factors->square();
  }
  norm_ = globalNormWith({}, squares);
  return norm_;
}

at::Tensor LastGradient::normOf(const Tensors& params, Tensors& gradients) {
  const double square = factors_.squares();
  if (!std::isfinite(square)) factors_.giveTo(params, gradients);
  const Tensors others = present(gradients);
  return factors_.isEmpty() ? globalNorm(others) : globalNormWith(others, square);
}

}  // namespace sam
