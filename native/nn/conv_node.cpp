#include "conv_node.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/convolution_backward.h>
#include <c10/core/GradMode.h>

#include "core/without_autocast.h"
#include "core/zero_tensor.h"
#include "nn/tensor_data.h"

namespace sam {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

std::tuple<at::Tensor, at::Tensor> gradients(const at::Tensor& grad, const at::Tensor& x,
                                             const at::Tensor& weight, const ConvRequest& request, bool ofX,
                                             bool ofWeight) {
  const WithoutAutocast asIs;
  auto [dx, dweight, dbias] = at::convolution_backward(grad, x, weight.to(x.scalar_type()), std::nullopt,
                                                       request.stride, request.padding, request.dilation,
                                                       false, {0, 0}, request.groups, {ofX, ofWeight, false});
  return {std::move(dx), std::move(dweight)};
}

class OwnConv : public torch::autograd::Function<OwnConv> {
 public:
  // The optional tensors are those of `given`, listed so that autograd sees them.
  static Variable forward(AutogradContext* ctx, const Variable& x, const Variable& weight,
                          const std::optional<at::Tensor>& /*bias*/,
                          const std::optional<at::Tensor>& /*addend*/, const ConvRequest* given,
                          const ConvWay* way) {
    ctx->set_materialize_grads(false);
    ctx->save_for_backward({x, weight});
    ConvEdges::save(ctx, *given);
    ctx->saved_data["way"] = reinterpret_cast<int64_t>(way);
    ctx->saved_data["stride"] = given->stride;
    ctx->saved_data["padding"] = given->padding;
    ctx->saved_data["dilation"] = given->dilation;
    return way->forward(x, weight, *given);
  }

  static variable_list backward(AutogradContext* ctx, variable_list grads) {
    variable_list out(6);
    if (!grads[0].defined()) return out;
    const auto saved = ctx->get_saved_variables();
    const at::Tensor &x = saved[0], &weight = saved[1], grad = materialized(grads[0]);
    const auto& way = *reinterpret_cast<const ConvWay*>(ctx->saved_data["way"].toInt());
    ConvRequest request;
    request.stride = ctx->saved_data["stride"].toIntVector();
    request.padding = ctx->saved_data["padding"].toIntVector();
    request.dilation = ctx->saved_data["dilation"].toIntVector();
    const bool wantsX = ctx->needs_input_grad(0), wantsWeight = ctx->needs_input_grad(1);
    const auto [wantsBias, wantsAddend] = ConvEdges::wanted(ctx);
    if (wantsBias) out[2] = grad.sum({0, 2, 3}, false, at::kFloat);
    if (wantsAddend) out[3] = grad;
    if (!wantsX && !wantsWeight) return out;
    if (c10::GradMode::is_enabled()) {
      std::tie(out[0], out[1]) = gradients(grad, x, weight, request, wantsX, wantsWeight);
      if (wantsWeight) out[1] = out[1].to(weight.scalar_type());
      return out;
    }
    const at::Tensor rows = grad.to(x.scalar_type()).contiguous(at::MemoryFormat::ChannelsLast);
    if (wantsX) out[0] = way.inputGradient(rows, x, weight, request);
    if (wantsWeight) out[1] = way.weightGradient(rows, x, weight, request);
    return out;
  }
};

}  // namespace

namespace operators {

at::Tensor forward(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request) {
  const WithoutAutocast asIs;
  const auto type = x.scalar_type();
  const at::Tensor bias = request.bias.defined() ? request.bias.to(type) : at::Tensor();
  at::Tensor y = at::conv2d(x, weight.to(type), maybe(bias), request.stride, request.padding,
                            request.dilation, request.groups);
  if (request.addend.defined()) y.add_(request.addend);
  return request.relu ? y.relu_() : y;
}

at::Tensor inputGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                         const ConvRequest& request) {
  return std::get<0>(gradients(grad, x, weight, request, true, false));
}

at::Tensor weightGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                          const ConvRequest& request) {
  return std::get<1>(gradients(grad, x, weight, request, false, true)).to(at::kFloat);
}

}  // namespace operators

at::Tensor convBy(const ConvWay& way, const at::Tensor& x, const at::Tensor& weight,
                  const ConvRequest& request) {
  ConvRequest own = request;
  if (own.addend.defined()) own.addend = own.addend.contiguous(at::MemoryFormat::ChannelsLast);
  if (!asksForGradient(x, weight, own)) return way.forward(x, weight, own);
  own.relu = false;
  at::Tensor y = OwnConv::apply(x, weight, maybe(own.bias), maybe(own.addend), &own, &way);
  return request.relu ? y.relu_() : y;  // y is new
}

}  // namespace sam
