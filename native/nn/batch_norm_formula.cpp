#include "batch_norm_formula.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/scalar_tensor.h>
#include <ATen/ops/where.h>
#include <c10/core/GradMode.h>

#include <vector>

namespace sam {
namespace {

std::vector<int64_t> allButChannels(const at::Tensor& x) {
  std::vector<int64_t> dims;
  for (int64_t d = 0; d < x.dim(); ++d) {
    if (d != 1) dims.push_back(d);
  }
  return dims;
}

at::Tensor perChannel(const at::Tensor& values, const at::Tensor& x) {
  std::vector<int64_t> shape(static_cast<size_t>(x.dim()), 1);
  shape[1] = values.numel();
  return values.view(shape);
}

// (x - mean) / sqrt(var + eps), and 1 / sqrt(var + eps), both differentiable
std::pair<at::Tensor, at::Tensor> normalised(const at::Tensor& x, const BatchNormRequest& request) {
  if (!request.training) {
    const at::Tensor invStd = at::rsqrt(perChannel(request.runningVar.to(x.scalar_type()), x) + request.eps);
    return {(x - perChannel(request.runningMean.to(x.scalar_type()), x)) * invStd, invStd};
  }
  const at::Tensor centred = x - x.mean(allButChannels(x), true);
  const at::Tensor invStd = at::rsqrt((centred * centred).mean(allButChannels(x), true) + request.eps);
  return {centred * invStd, invStd};
}

at::Tensor beforeRelu(const at::Tensor& x, const BatchNormRequest& request) {
  at::Tensor z = normalised(x, request).first;
  if (request.weight.defined()) z = z * perChannel(request.weight.to(x.scalar_type()), x);
  if (request.bias.defined()) z = z + perChannel(request.bias.to(x.scalar_type()), x);
  return request.residual.defined() ? z + request.residual.to(x.scalar_type()) : z;
}

}  // namespace

namespace formula {

at::Tensor batchNormApplied(const at::Tensor& x, const BatchNormRequest& request) {
  if (request.training && request.runningMean.defined()) {
    const auto n = static_cast<double>(x.numel() / x.size(1));
    const at::Tensor variance = x.var(allButChannels(x), /*unbiased=*/false) * (n / (n - 1));
    request.runningMean.mul_(1 - request.momentum).add_(x.mean(allButChannels(x)), request.momentum);
    request.runningVar.mul_(1 - request.momentum).add_(variance, request.momentum);
  }
  const at::Tensor z = beforeRelu(x, request);
  return request.relu ? at::relu(z) : z;
}

BatchNormGradients batchNormGradients(const at::Tensor& x0, const at::Tensor& grad0, const at::Tensor& more,
                                      const BatchNormRequest& request) {
  const auto type = x0.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
  const at::Tensor x = x0.to(type);
  at::Tensor grad = grad0.to(type);
  if (request.relu) {
    const at::Tensor open = [&] {
      const c10::AutoGradMode off(false);
      return beforeRelu(x.detach(), request).le(0).logical_not();
    }();
    grad = at::where(open, grad, at::scalar_tensor(0, grad.options()));
  }
  const auto [unit, invStd] = normalised(x, request);
  const at::Tensor sum = grad.sum(allButChannels(x), true);
  const at::Tensor product = (grad * unit).sum(allButChannels(x), true);
  at::Tensor dx = grad;
  if (request.training) {
    const auto n = static_cast<double>(x.numel() / x.size(1));
    dx = dx - sum / n - unit * (product / n);
  }
  dx = dx * invStd;
  if (request.weight.defined()) dx = dx * perChannel(request.weight.to(type), x);
  dx = dx.to(x0.scalar_type());
  if (more.defined()) dx = dx + more;
  const auto vector = [&](const at::Tensor& values, const at::Tensor& like) {
    return like.defined() ? values.flatten().to(like.scalar_type()) : at::Tensor();
  };
  return {dx, request.residual.defined() ? grad.to(request.residual.scalar_type()) : at::Tensor(),
          vector(product, request.weight), vector(sum, request.bias)};
}

}  // namespace formula
}  // namespace sam
