#include "widened_conv.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/convolution_backward.h>
#include <torch/csrc/autograd/custom_function.h>

#include "core/without_autocast.h"
#include "nn/half_precision.h"
#include "nn/tensor_data.h"
#include "simd/isa.h"
#include "simd/matrix_unit.h"

namespace sam {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

std::optional<at::Tensor> rounded(const at::Tensor& tensor, at::ScalarType type) {
  return tensor.defined() ? std::optional(tensor.to(type).to(at::kFloat)) : std::nullopt;
}

class WidenedConv : public torch::autograd::Function<WidenedConv> {
 public:
  // The optional tensors are those of `given`, listed so that autograd sees them.
  static Variable forward(AutogradContext* ctx, const Variable& x, const Variable& weight,
                          const std::optional<at::Tensor>& /*bias*/,
                          const std::optional<at::Tensor>& /*addend*/, at::ScalarType type,
                          const ConvRequest* given) {
    ctx->set_materialize_grads(false);
    ctx->save_for_backward({x, weight});
    ConvEdges::save(ctx, *given);
    ctx->saved_data["stride"] = given->stride;
    ctx->saved_data["padding"] = given->padding;
    ctx->saved_data["dilation"] = given->dilation;
    ctx->saved_data["groups"] = given->groups;
    const WithoutAutocast asIs;
    at::Tensor y = at::conv2d(x.to(at::kFloat), weight.to(type).to(at::kFloat), rounded(given->bias, type),
                              given->stride, given->padding, given->dilation, given->groups);
    if (given->addend.defined()) y.add_(given->addend);
    return y.to(type);
  }

  static variable_list backward(AutogradContext* ctx, variable_list grads) {
    variable_list out(6);
    if (!grads[0].defined()) return out;
    const auto saved = ctx->get_saved_variables();
    const at::Tensor &x = saved[0], &weight = saved[1], &grad = grads[0];
    const auto [wantsBias, wantsAddend] = ConvEdges::wanted(ctx);
    const bool wantsX = ctx->needs_input_grad(0), wantsWeight = ctx->needs_input_grad(1);
    const WithoutAutocast asIs;
    const at::Tensor wideGrad = grad.to(at::kFloat);
    if (wantsBias) out[2] = wideGrad.sum({0, 2, 3});
    if (wantsAddend) out[3] = grad;
    if (!wantsX && !wantsWeight) return out;
    auto [dx, dweight, dbias] = at::convolution_backward(
        wideGrad, x.to(at::kFloat), weight.to(grad.scalar_type()).to(at::kFloat), std::nullopt,
        ctx->saved_data["stride"].toIntVector(), ctx->saved_data["padding"].toIntVector(),
        ctx->saved_data["dilation"].toIntVector(), false, {0, 0}, ctx->saved_data["groups"].toInt(),
        {wantsX, wantsWeight, false});
    if (wantsX) out[0] = dx.to(x.scalar_type());
    if (wantsWeight) out[1] = dweight;  // autograd rounds it where the weight does not take float32
    return out;
  }
};

}  // namespace

bool wideningPays(at::ScalarType type, const at::Tensor& weight, int64_t groups) {
  if (lacksConvolutions(type)) return true;
  const bool slow = isa() == Isa::Avx512Bf16 && !hasFastDotProducts() && !hasMatrixUnit();
  return slow && type == at::kBFloat16 && groups == 1 && weight.size(2) * weight.size(3) > 1;
}

at::Tensor widenedConv2d(const at::Tensor& x, const at::Tensor& weight, at::ScalarType type,
                         const ConvRequest& request) {
  ConvRequest own = request;
  // One that broadcasts gets its gradient from the operator.
  if (own.addend.defined() && !hasSizesOfConv(own.addend, x, weight, request)) own.addend = at::Tensor();
  const at::Tensor y = WidenedConv::apply(x.to(type), weight, maybe(own.bias), maybe(own.addend), type, &own);
  return request.addend.defined() && !own.addend.defined() ? y + request.addend : y;
}

}  // namespace sam
