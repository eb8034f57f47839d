#include "batch_norm.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/batch_norm.h>
#include <ATen/ops/relu.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

#include "core/plain_tensor.h"
#include "core/zero_tensor.h"
#include "nn/batch_norm_device.h"
#include "nn/batch_norm_formula.h"
#include "nn/batch_norm_host.h"
#include "nn/rows.h"
#include "nn/tensor_data.h"

namespace sam {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

at::Tensor byOperators(const at::Tensor& x, const BatchNormRequest& request) {
  at::Tensor y = at::batch_norm(x, request.weight, request.bias, request.runningMean, request.runningVar,
                                request.training, request.momentum, request.eps, true);
  if (request.residual.defined()) y = y + request.residual;
  // In place: y is new, and no backward needs what it was.
  return request.relu ? at::relu_(y) : y;
}

bool isPlain(const at::Tensor& tensor, at::ScalarType type, int64_t channels, c10::Device device) {
  return !tensor.defined() || (tensor.device() == device && tensor.scalar_type() == type &&
                               tensor.numel() == channels && tensor.is_contiguous());
}

// Whether this file's own path takes it.
bool suits(const at::Tensor& x, const std::optional<Rows>& shape, const BatchNormRequest& request) {
  if (!shape || (request.training && shape->rows < 2)) return false;
  if (!x.is_cpu() && !device::takesBatchNorm(x, *shape)) return false;
  const auto type = x.scalar_type();
  if (type != at::kFloat && type != at::kBFloat16 && type != at::kDouble) return false;
  const auto own = type == at::kDouble ? at::kDouble : at::kFloat;
  for (const at::Tensor& tensor : {request.weight, request.bias, request.runningMean, request.runningVar}) {
    if (!isPlain(tensor, own, shape->channels, x.device()) || hasTangent(tensor) || isWrapper(tensor))
      return false;
  }
  if (request.runningMean.defined() != request.runningVar.defined()) return false;
  if (!request.training && !request.runningMean.defined()) return false;
  if (hasTangent(x) || hasTangent(request.residual) || isWrapper(x) || isWrapper(request.residual))
    return false;
  return !request.residual.defined() ||
         (request.residual.scalar_type() == type && request.residual.sizes() == x.sizes() &&
          request.residual.device() == x.device());
}

std::pair<at::Tensor, at::Tensor> forward(const at::Tensor& x, const Rows& shape,
                                          const BatchNormRequest& request) {
  if (x.scalar_type() == at::kDouble) return {formula::batchNormApplied(x, request), at::Tensor()};
  if (device::takesBatchNorm(x, shape)) {
    at::Tensor statistics = device::batchNormStatistics(x, shape, request);
    at::Tensor y = device::batchNormApplied(x, request.residual, statistics, shape, request.relu);
    return {std::move(y), std::move(statistics)};
  }
  at::Tensor statistics = host::batchNormStatistics(x, shape, request);
  at::Tensor y = host::batchNormApplied(x, request.residual, statistics, shape, request.relu);
  return {std::move(y), std::move(statistics)};
}

class BatchNormRelu : public torch::autograd::Function<BatchNormRelu> {
 public:
  // The optional tensors are those of `given`, listed so that autograd sees them.
  static variable_list forward(AutogradContext* ctx, const Variable& x,
                               const std::optional<at::Tensor>& /*residual*/,
                               const std::optional<at::Tensor>& /*weight*/,
                               const std::optional<at::Tensor>& /*bias*/, const BatchNormRequest* given,
                               bool skip) {
    BatchNormRequest request = *given;
    const at::Tensor &residual = given->residual, &weight = given->weight, &bias = given->bias;
    const Rows shape = *asRows(x);
    if (residual.defined()) request.residual = residual.contiguous(shape.format);
    auto [y, statistics] = sam::forward(x, shape, request);
    ctx->set_materialize_grads(false);
    // In evaluation the running statistics are constants of the backward; in training they are not part of
    // it.
    const at::Tensor none;
    const bool fixed = !request.training;
    const bool keepsOutput = request.relu && residual.defined();
    ctx->save_for_backward({x, keepsOutput ? y : none, residual, weight, bias,
                            fixed ? request.runningMean : none, fixed ? request.runningVar : none,
                            statistics});
    ctx->saved_data["training"] = request.training;
    ctx->saved_data["relu"] = request.relu;
    ctx->saved_data["eps"] = request.eps;
    return skip ? variable_list{y, x} : variable_list{y};
  }

  static variable_list backward(AutogradContext* ctx, variable_list grads) {
    const auto saved = ctx->get_saved_variables();
    const at::Tensor& x = saved[0];
    const at::Tensor more = materialized(grads.size() > 1 ? grads[1] : at::Tensor());
    if (!grads[0].defined()) return {more, {}, {}, {}, {}, {}};
    const Rows shape = *asRows(x);
    // Edges are numbered without the inputs that were not there.
    size_t edge = 1;
    const auto needed = [&](const at::Tensor& input) {
      return input.defined() && ctx->needs_input_grad(edge++);
    };
    const bool wantsResidual = needed(saved[2]), wantsWeight = needed(saved[3]), wantsBias = needed(saved[4]);
    const BatchNormWanted wanted{ctx->needs_input_grad(0), wantsResidual, wantsWeight || wantsBias};
    BatchNormGradients out;
    if (x.scalar_type() == at::kDouble || c10::GradMode::is_enabled()) {
      BatchNormRequest request;
      request.residual = saved[2];
      request.weight = saved[3];
      request.bias = saved[4];
      request.runningMean = saved[5];
      request.runningVar = saved[6];
      request.training = ctx->saved_data["training"].toBool();
      request.relu = ctx->saved_data["relu"].toBool();
      request.eps = ctx->saved_data["eps"].toDouble();
      out = formula::batchNormGradients(x, grads[0], more, request);
    } else {
      const at::Tensor grad = materialized(grads[0]).to(x.scalar_type()).contiguous(shape.format);
      const at::Tensor beside = more.defined() ? more.to(x.scalar_type()).contiguous(shape.format) : more;
      const bool relu = ctx->saved_data["relu"].toBool(), training = ctx->saved_data["training"].toBool();
      const auto& gradients =
          device::takesBatchNorm(x, shape) ? device::batchNormGradients : host::batchNormGradients;
      out = gradients(x, saved[1], grad, beside, saved[7], shape, relu, training, wanted);
    }
    const at::Tensor none;
    return {wanted.x ? out.x : none,
            wanted.residual ? out.residual : none,
            wantsWeight ? out.weight : none,
            wantsBias ? out.bias : none,
            none,
            none};
  }
};

variable_list record(const at::Tensor& x, const BatchNormRequest& request, bool skip) {
  return BatchNormRelu::apply(x, maybe(request.residual), maybe(request.weight), maybe(request.bias),
                              &request, skip);
}

bool recorded(const at::Tensor& x, const BatchNormRequest& request) {
  if (!c10::GradMode::is_enabled()) return false;
  const auto asks = [](const at::Tensor& tensor) { return tensor.defined() && tensor.requires_grad(); };
  return asks(x) || asks(request.residual) || asks(request.weight) || asks(request.bias);
}

}  // namespace

at::Tensor batchNormRelu(const at::Tensor& x, const BatchNormRequest& request) {
  const auto shape = asRows(x);
  if (!suits(x, shape, request)) return byOperators(x, request);
  if (recorded(x, request)) return record(x, request, false)[0];
  BatchNormRequest plain = request;
  if (plain.residual.defined()) plain.residual = plain.residual.contiguous(shape->format);
  return forward(x, *shape, plain).first;
}

std::tuple<at::Tensor, at::Tensor> batchNormReluAndSkip(const at::Tensor& x,
                                                        const BatchNormRequest& request) {
  if (!suits(x, asRows(x), request) || !recorded(x, request)) return {batchNormRelu(x, request), x};
  auto out = record(x, request, true);
  return {out[0], out[1]};
}

}  // namespace sam
