#include "conv.h"

#include <ATen/TensorOperators.h>
#include <ATen/autocast_mode.h>
#include <ATen/ops/conv2d.h>
#include <c10/core/GradMode.h>

#include "core/plain_tensor.h"
#include "nn/direct_conv.h"
#include "nn/half_precision.h"
#include "nn/tensor_data.h"
#include "nn/widened_conv.h"
#include "nn/winograd.h"

namespace sam {
namespace {

bool isCast(const at::Tensor& x) {
  return at::autocast::is_autocast_enabled(at::kCPU) && at::isFloatingType(x.scalar_type()) &&
         x.scalar_type() != at::kDouble;
}
// What autocast makes of x, or its own.
at::ScalarType typeOf(const at::Tensor& x) {
  return isCast(x) ? at::autocast::get_autocast_dtype(at::kCPU) : x.scalar_type();
}
// Without autocast a mix of types is LibTorch's error.
bool isMixed(const at::Tensor& x, const at::Tensor& weight) {
  return !isCast(x) && weight.scalar_type() != x.scalar_type();
}

// Left to LibTorch: its errors for what does not fit together, and forward mode.
bool canWiden(const at::Tensor& x, at::ScalarType type, const at::Tensor& weight,
              const ConvRequest& request) {
  if (!wideHalfEnabled() || !isPlainCpu(x) || !isPlainCpu(weight) || x.dim() != 4 || weight.dim() != 4 ||
      !at::isFloatingType(weight.scalar_type()) || !wideningPays(type, weight, request.groups))
    return false;
  if (request.bias.defined() && !isPlainCpu(request.bias)) return false;
  const at::Tensor& addend = request.addend;
  return !addend.defined() || (isPlainCpu(addend) && addend.scalar_type() == type);
}

at::Tensor byOperators(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request) {
  at::Tensor y = at::conv2d(x, weight, maybe(request.bias), request.stride, request.padding, request.dilation,
                            request.groups);
  if (!request.addend.defined()) return y;
  const at::Tensor& addend = request.addend;
  // In place where nothing would be promoted: y is new, and no backward needs what it was.
  const bool same = addend.scalar_type() == y.scalar_type() && addend.sizes() == y.sizes();
  return same && !hasTangent(y) && !hasTangent(addend) ? y.add_(addend) : y + addend;
}

}  // namespace

bool fusesIntoConv(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request) {
  const auto type = typeOf(x);
  return !isMixed(x, weight) &&
         (winogradTakes(x, type, weight, request) || directConvTakes(x, type, weight, request));
}

at::Tensor conv2d(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request) {
  const auto type = typeOf(x);
  if (!isMixed(x, weight)) {
    if (winogradTakes(x, type, weight, request)) return winogradConv2d(x.to(type), weight, request);
    if (directConvTakes(x, type, weight, request)) return directConv2d(x.to(type), weight, request);
  }
  at::Tensor y = !isMixed(x, weight) && canWiden(x, type, weight, request)
                     ? widenedConv2d(x, weight, type, request)
                     : byOperators(x, weight, request);
  return request.relu ? y.relu_() : y;  // y is new
}

std::optional<std::vector<int64_t>> convSizes(const at::Tensor& x, const at::Tensor& weight,
                                              const ConvRequest& request) {
  if (x.dim() != 4 || weight.dim() != 4) return std::nullopt;
  std::vector<int64_t> sizes{x.size(0), weight.size(0)};
  for (int64_t i = 0; i < 2; ++i) {
    const int64_t stride = request.stride[i], padding = request.padding[i], dilation = request.dilation[i];
    if (stride < 1 || padding < 0 || dilation < 1 || weight.size(2 + i) < 1) return std::nullopt;
    const int64_t reach = dilation * (weight.size(2 + i) - 1) + 1;
    const int64_t room = x.size(2 + i) + 2 * padding - reach;
    if (room < 0) return std::nullopt;
    sizes.push_back(room / stride + 1);
  }
  return sizes;
}

bool hasSizesOfConv(const at::Tensor& tensor, const at::Tensor& x, const at::Tensor& weight,
                    const ConvRequest& request) {
  const auto sizes = convSizes(x, weight, request);
  return sizes.has_value() && tensor.sizes() == at::IntArrayRef(*sizes);
}

void ConvEdges::save(torch::autograd::AutogradContext* ctx, const ConvRequest& given) {
  ctx->saved_data["bias"] = given.bias.defined();
  ctx->saved_data["addend"] = given.addend.defined();
}

ConvEdges ConvEdges::wanted(torch::autograd::AutogradContext* ctx) {
  size_t edge = 2;
  const bool bias = ctx->saved_data["bias"].toBool() && ctx->needs_input_grad(edge++);
  return {bias, ctx->saved_data["addend"].toBool() && ctx->needs_input_grad(edge)};
}

bool asksForGradient(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request) {
  const auto asks = [](const at::Tensor& tensor) { return tensor.defined() && tensor.requires_grad(); };
  return c10::GradMode::is_enabled() &&
         (asks(x) || asks(weight) || asks(request.bias) || asks(request.addend));
}

}  // namespace sam
