#include "conv_norm.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/rsqrt.h>
#include <c10/core/GradMode.h>

#include "core/plain_tensor.h"

namespace sam {
namespace {

bool isPerChannel(const at::Tensor& tensor, int64_t channels) {
  return !tensor.defined() || (isPlainCpu(tensor) && tensor.dim() == 1 && tensor.size(0) == channels &&
                               at::isFloatingType(tensor.scalar_type()));
}

bool canFold(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& conv,
             const BatchNormRequest& norm) {
  if (c10::GradMode::is_enabled() || norm.training || norm.residual.defined() || conv.addend.defined() ||
      !norm.runningMean.defined() || !norm.runningVar.defined() || weight.dim() != 4)
    return false;
  const int64_t channels = weight.size(0);
  for (const at::Tensor* tensor : {&norm.weight, &norm.bias, &norm.runningMean, &norm.runningVar}) {
    if (!isPerChannel(*tensor, channels)) return false;
  }
  return fusesIntoConv(x, weight, conv);
}

}  // namespace

at::Tensor conv2dNorm(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& conv,
                      const BatchNormRequest& norm) {
  if (!canFold(x, weight, conv, norm)) return batchNormRelu(conv2d(x, weight, conv), norm);
  // Few numbers: in double, so that only the folded weights are rounded.
  const auto wide = [](const at::Tensor& tensor) { return tensor.to(at::kDouble); };
  at::Tensor scale = at::rsqrt(wide(norm.runningVar) + norm.eps);
  if (norm.weight.defined()) scale = scale * wide(norm.weight);
  at::Tensor shift = -wide(norm.runningMean);
  if (conv.bias.defined()) shift = shift + wide(conv.bias);
  shift = shift * scale;
  if (norm.bias.defined()) shift = shift + wide(norm.bias);
  ConvRequest folded = conv;
  folded.bias = shift.to(at::kFloat);
  folded.relu = norm.relu;
  const at::Tensor scaled = weight.to(at::kFloat) * scale.to(at::kFloat).reshape({-1, 1, 1, 1});
  return conv2d(x, scaled.to(weight.scalar_type()), folded);
}

}  // namespace sam
