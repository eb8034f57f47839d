#include "direct_conv.h"

#include <ATen/TensorOperators.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/convolution_backward.h>
#include <c10/core/GradMode.h>
#include <c10/core/impl/LocalDispatchKeySet.h>
#include <torch/csrc/autograd/custom_function.h>

#include <atomic>
#include <cstdlib>
#include <cstring>

#include "core/plain_tensor.h"
#include "core/zero_tensor.h"
#include "nn/faster_of.h"
#include "nn/tensor_data.h"
#include "nn/tile_gradient.h"
#include "nn/widened_conv.h"
#include "simd/matrix_unit.h"

namespace sam {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

std::atomic<TileChoice>& choice() {
  static std::atomic<TileChoice> value = [] {
    const char* given = std::getenv("SAM_TORCH_AMX");
    return given != nullptr && std::strcmp(given, "0") == 0 ? TileChoice::Off : TileChoice::On;
  }();
  return value;
}

// oneDNN's convolution with what follows in its last step: operators that LibTorch has for its compiler.
// nullopt: it has them not, or they do not run here.
std::optional<at::Tensor> fusedConv(const at::Tensor& x, const at::Tensor& weight,
                                    const ConvRequest& request) {
  const bool adds = request.addend.defined();
  static const auto operatorOf = [](const char* overload) {
    return c10::Dispatcher::singleton().findSchema({"mkldnn::_convolution_pointwise", overload});
  };
  static const auto plain = operatorOf(""), adding = operatorOf("binary");
  const auto& op = adds ? adding : plain;
  if (!op.has_value() || needsWidening(x.scalar_type())) return std::nullopt;
  torch::jit::Stack stack{x};
  if (adds) stack.emplace_back(request.addend);
  stack.emplace_back(weight);
  stack.emplace_back(maybe(request.bias));
  stack.emplace_back(request.padding);
  stack.emplace_back(request.stride);
  stack.emplace_back(request.dilation);
  stack.emplace_back(request.groups);
  const c10::List<std::optional<at::Scalar>> noNumbers;
  if (adds) {
    stack.emplace_back("add");
    stack.emplace_back(c10::IValue());
    stack.emplace_back(request.relu ? c10::IValue("relu") : c10::IValue());
  } else {
    stack.emplace_back(request.relu ? "relu" : "none");
  }
  stack.emplace_back(noNumbers);
  stack.emplace_back(c10::IValue());
  op->callBoxed(stack);
  return stack.back().toTensor();
}

at::Tensor forward(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request) {
  // Autocast would cast again what is cast here.
  const c10::impl::ExcludeDispatchKeyGuard plain(c10::autocast_dispatch_keyset);
  ConvRequest rounded = request;
  if (rounded.bias.defined()) rounded.bias = rounded.bias.to(x.scalar_type());
  const at::Tensor low = weight.to(x.scalar_type());
  if (rounded.addend.defined() || rounded.relu) {
    if (auto fused = fusedConv(x, low, rounded)) return *std::move(fused);
  }
  at::Tensor y =
      at::conv2d(x, low, maybe(rounded.bias), request.stride, request.padding, request.dilation, 1);
  if (rounded.addend.defined()) y.add_(rounded.addend);
  return rounded.relu ? y.relu_() : y;
}

class DirectConv : public torch::autograd::Function<DirectConv> {
 public:
  // The optional tensors are those of `given`, listed so that autograd sees them.
  static Variable forward(AutogradContext* ctx, const Variable& x, const Variable& weight,
                          const std::optional<at::Tensor>& /*bias*/,
                          const std::optional<at::Tensor>& /*addend*/, const ConvRequest* given) {
    ctx->set_materialize_grads(false);
    ctx->save_for_backward({x, weight});
    ConvEdges::save(ctx, *given);
    ctx->saved_data["stride"] = given->stride;
    ctx->saved_data["padding"] = given->padding;
    ctx->saved_data["dilation"] = given->dilation;
    return sam::forward(x, weight, *given);
  }

  static variable_list backward(AutogradContext* ctx, variable_list grads) {
    variable_list out(5);
    if (!grads[0].defined()) return out;
    const auto saved = ctx->get_saved_variables();
    const at::Tensor &x = saved[0], &weight = saved[1], grad = materialized(grads[0]);
    const bool wantsX = ctx->needs_input_grad(0), wantsWeight = ctx->needs_input_grad(1);
    const auto [wantsBias, wantsAddend] = ConvEdges::wanted(ctx);
    const c10::impl::ExcludeDispatchKeyGuard plain(c10::autocast_dispatch_keyset);
    if (wantsBias) out[2] = grad.sum({0, 2, 3}, false, at::kFloat);
    if (wantsAddend) out[3] = grad;
    if (!wantsX && !wantsWeight) return out;
    ConvRequest request;
    request.stride = ctx->saved_data["stride"].toIntVector();
    request.padding = ctx->saved_data["padding"].toIntVector();
    request.dilation = ctx->saved_data["dilation"].toIntVector();
    const auto byOperator = [&](const at::Tensor& to, bool ofX, bool ofWeight) {
      return at::convolution_backward(to, x, weight.to(x.scalar_type()), std::nullopt, request.stride,
                                      request.padding, request.dilation, false, {0, 0}, 1,
                                      {ofX, ofWeight, false});
    };
    if (c10::GradMode::is_enabled()) {
      auto [dx, dweight, dbias] = byOperator(grad, wantsX, wantsWeight);
      out[0] = dx;
      if (wantsWeight) out[1] = dweight.to(weight.scalar_type());
      return out;
    }
    const at::Tensor rows = grad.to(x.scalar_type()).contiguous(at::MemoryFormat::ChannelsLast);
    if (wantsX) out[0] = std::get<0>(byOperator(rows, true, false));
    // autograd rounds it where the weight does not take float32
    if (wantsWeight) {
      out[1] = weightGradient(x, rows, weight, request,
                              [&] { return std::get<1>(byOperator(rows, false, true)).to(at::kFloat); });
    }
    return out;
  }

 private:
  static at::Tensor weightGradient(const at::Tensor& x, const at::Tensor& grad, const at::Tensor& weight,
                                   const ConvRequest& request, const Way& byLibTorch) {
    const bool plainly = choice().load(std::memory_order_relaxed) == TileChoice::Plain;
    if (!plainly && !hasTiles()) return byLibTorch();
    std::vector<int64_t> details = request.stride;
    details.insert(details.end(), request.dilation.begin(), request.dilation.end());
    const auto own = [&] {
      return tileWeightGradient(x, grad, weight.sizes(), request, plainly ? TileUnit::Plain : TileUnit::Amx);
    };
    return fasterOf(Measured::WeightGradient, x, weight, details, own, byLibTorch);
  }
};

}  // namespace

bool directConvTakes(const at::Tensor& x, at::ScalarType type, const at::Tensor& weight,
                     const ConvRequest& request) {
  const TileChoice chosen = choice().load(std::memory_order_relaxed);
  if (type != at::kBFloat16 || chosen == TileChoice::Off) return false;
  if (chosen != TileChoice::Plain && !hasMatrixUnit()) return false;
  if (!isPlainCpu(x) || !isPlainCpu(weight) || x.dim() != 4 || weight.dim() != 4 || request.groups != 1 ||
      weight.size(1) != x.size(1))
    return false;
  if (weight.scalar_type() != at::kFloat && weight.scalar_type() != type) return false;
  // With fewer channels most of a tile would be empty, and there is little to win.
  constexpr int64_t kFewest = 8;
  if (x.size(1) < kFewest || weight.size(0) < kFewest || weight.numel() == 0) return false;
  if (x.numel() == 0 || !x.is_contiguous(at::MemoryFormat::ChannelsLast)) return false;
  const at::Tensor &bias = request.bias, &addend = request.addend;
  if (bias.defined() && (!isPlainCpu(bias) || bias.dim() != 1 || bias.size(0) != weight.size(0)))
    return false;
  if (addend.defined() && (!isPlainCpu(addend) || addend.scalar_type() != type)) return false;
  return addend.defined() ? hasSizesOfConv(addend, x, weight, request)
                          : convSizes(x, weight, request).has_value();
}

at::Tensor directConv2d(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request) {
  ConvRequest own = request;
  if (own.addend.defined()) own.addend = own.addend.contiguous(at::MemoryFormat::ChannelsLast);
  if (!asksForGradient(x, weight, own)) return forward(x, weight, own);
  own.relu = false;
  at::Tensor y = DirectConv::apply(x, weight, maybe(own.bias), maybe(own.addend), &own);
  return request.relu ? y.relu_() : y;
}

TileChoice setTileChoice(TileChoice value) { return choice().exchange(value); }

}  // namespace sam
