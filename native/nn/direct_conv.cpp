#include "direct_conv.h"

#include <ATen/Context.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <atomic>

#include "core/plain_tensor.h"
#include "core/switch.h"
#include "core/without_autocast.h"
#include "nn/conv_node.h"
#include "nn/faster_of.h"
#include "nn/half_precision.h"
#include "nn/tensor_data.h"
#include "nn/tile_gradient.h"
#include "simd/matrix_unit.h"

namespace sam {
namespace {

std::atomic<TileChoice>& choice() {
  static std::atomic<TileChoice> value = Switch::isOn("SAM_TORCH_AMX") ? TileChoice::On : TileChoice::Off;
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
  if (!op.has_value() || !at::globalContext().userEnabledMkldnn() || lacksConvolutions(x.scalar_type()))
    return std::nullopt;
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

at::Tensor oneDnnForward(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request) {
  if (request.addend.defined() || request.relu) {
    const WithoutAutocast asIs;
    ConvRequest rounded = request;
    if (rounded.bias.defined()) rounded.bias = rounded.bias.to(x.scalar_type());
    if (auto fused = fusedConv(x, weight.to(x.scalar_type()), rounded)) return *std::move(fused);
  }
  return operators::forward(x, weight, request);
}

at::Tensor weightGradientByTiles(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                                 const ConvRequest& request) {
  const bool plainly = choice().load(std::memory_order_relaxed) == TileChoice::Plain;
  const auto byLibTorch = [&] { return operators::weightGradient(grad, x, weight, request); };
  if (!plainly && !hasTiles()) return byLibTorch();
  std::vector<int64_t> details = request.stride;
  details.insert(details.end(), request.dilation.begin(), request.dilation.end());
  const auto own = [&] {
    return tileWeightGradient(x, grad, weight.sizes(), request, plainly ? TileUnit::Plain : TileUnit::Amx);
  };
  return fasterOf(Measured::WeightGradient, x, weight, details, own, byLibTorch);
}

constexpr ConvWay kDirect{oneDnnForward, operators::inputGradient, weightGradientByTiles};

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
  return convBy(kDirect, x, weight, request);
}

TileChoice setTileChoice(TileChoice value) { return choice().exchange(value); }

}  // namespace sam
