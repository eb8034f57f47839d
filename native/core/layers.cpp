// The fused layers of native/nn, as JavaScript calls them.
#include <algorithm>
#include <array>
#include <string_view>

#include "addon.h"
#include "aten.h"
#include "errors.h"
#include "nn/batch_norm.h"
#include "nn/conv.h"
#include "nn/conv_norm.h"
#include "nn/cross_entropy.h"
#include "nn/direct_conv.h"
#include "nn/faster_of.h"
#include "nn/half_precision.h"
#include "nn/linear.h"
#include "nn/tile_gradient.h"
#include "nn/winograd.h"
#include "operators.h"
#include "simd/isa.h"

namespace sam {
namespace {

// 0 stands for no tensor.
at::Tensor optional(const Napi::Value& value, const char* op) {
  if (value.As<Napi::Number>().DoubleValue() == 0) return {};
  return handles(value.Env()).tensor(value, op);
}

// (x, residual | 0, weight | 0, bias | 0, runningMean | 0, runningVar | 0, training, momentum, eps, relu)
BatchNormRequest batchNormRequest(const Napi::CallbackInfo& info, const char* op) {
  BatchNormRequest request;
  request.residual = optional(info[1], op);
  request.weight = optional(info[2], op);
  request.bias = optional(info[3], op);
  request.runningMean = optional(info[4], op);
  request.runningVar = optional(info[5], op);
  request.training = info[6].ToBoolean();
  request.momentum = info[7].As<Napi::Number>().DoubleValue();
  request.eps = info[8].As<Napi::Number>().DoubleValue();
  request.relu = info[9].ToBoolean();
  return request;
}

Napi::Value batchNormRelu(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "batchNormRelu";
  const at::Tensor x = handles(info.Env()).tensor(info[0], kOp);
  try {
    return handles(info.Env()).boxNew(info.Env(), sam::batchNormRelu(x, batchNormRequest(info, kOp)));
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw currentFailure(kOp, describe(x));
  }
}

// -> [y, x]
Napi::Value batchNormReluAndSkip(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "batchNormRelu";
  const at::Tensor x = handles(info.Env()).tensor(info[0], kOp);
  try {
    auto [y, skip] = sam::batchNormReluAndSkip(x, batchNormRequest(info, kOp));
    auto out = Napi::Array::New(info.Env(), 2);
    out[0u] = handles(info.Env()).boxNew(info.Env(), std::move(y));
    out[1u] = handles(info.Env()).box(info.Env(), std::move(skip));
    return out;
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw currentFailure(kOp, describe(x));
  }
}

// (..., strideY, strideX, paddingY, paddingX, dilationY, dilationX, groups), from `first` on
ConvRequest convRequest(const Napi::CallbackInfo& info, size_t first) {
  const auto pair = [&](size_t at) {
    return std::vector<int64_t>{info[at].As<Napi::Number>().Int64Value(),
                                info[at + 1].As<Napi::Number>().Int64Value()};
  };
  ConvRequest request;
  request.stride = pair(first);
  request.padding = pair(first + 2);
  request.dilation = pair(first + 4);
  request.groups = info[first + 6].As<Napi::Number>().Int64Value();
  return request;
}

// conv2d(x, weight, bias | 0, addend | 0, strideY, strideX, paddingY, paddingX, dilationY, dilationX, groups)
Napi::Value conv2d(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "conv2d";
  const at::Tensor x = handles(info.Env()).tensor(info[0], kOp);
  const at::Tensor weight = handles(info.Env()).tensor(info[1], kOp);
  try {
    ConvRequest request = convRequest(info, 4);
    request.bias = optional(info[2], kOp);
    request.addend = optional(info[3], kOp);
    return handles(info.Env()).boxNew(info.Env(), sam::conv2d(x, weight, request));
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw currentFailure(kOp, describe(x) + ", weight " + describe(weight));
  }
}

// conv2dNorm(x, weight, bias | 0, runningMean, runningVar, scale | 0, shift | 0, eps, relu, strideY, ...,
// groups)
Napi::Value conv2dNorm(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "conv2d";
  const at::Tensor x = handles(info.Env()).tensor(info[0], kOp);
  const at::Tensor weight = handles(info.Env()).tensor(info[1], kOp);
  try {
    ConvRequest request = convRequest(info, 9);
    request.bias = optional(info[2], kOp);
    BatchNormRequest norm;
    norm.runningMean = optional(info[3], kOp);
    norm.runningVar = optional(info[4], kOp);
    norm.weight = optional(info[5], kOp);
    norm.bias = optional(info[6], kOp);
    norm.training = false;
    norm.eps = info[7].As<Napi::Number>().DoubleValue();
    norm.relu = info[8].ToBoolean();
    return handles(info.Env()).boxNew(info.Env(), sam::conv2dNorm(x, weight, request, norm));
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw currentFailure(kOp, describe(x) + ", weight " + describe(weight));
  }
}

// linear(x, weight, bias | 0, relu)
Napi::Value linear(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "linear";
  const at::Tensor x = handles(info.Env()).unread(info[0], kOp);
  const at::Tensor weight = handles(info.Env()).unread(info[1], kOp);
  try {
    const at::Tensor bias = optional(info[2], kOp);
    return handles(info.Env()).boxNew(info.Env(), sam::linear(x, weight, bias, info[3].ToBoolean()));
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw currentFailure(kOp, describe(x) + ", weight " + describe(weight));
  }
}

// crossEntropy(logits, target, weight | 0, reduction, ignoreIndex, labelSmoothing)
Napi::Value crossEntropy(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "crossEntropy";
  const at::Tensor logits = handles(info.Env()).tensor(info[0], kOp);
  const at::Tensor target = handles(info.Env()).tensor(info[1], kOp);
  try {
    CrossEntropyRequest request;
    request.weight = optional(info[2], kOp);
    request.reduction = info[3].As<Napi::Number>().Int64Value();
    request.ignoreIndex = info[4].As<Napi::Number>().Int64Value();
    request.labelSmoothing = info[5].As<Napi::Number>().DoubleValue();
    return handles(info.Env()).boxNew(info.Env(), sam::crossEntropy(logits, target, request));
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw currentFailure(kOp, describe(logits) + ", target " + describe(target));
  }
}

// setWinograd(enabled) -> what it was
Napi::Value setWinograd(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), sam::setWinograd(info[0].ToBoolean()));
}

// setWideHalf(enabled) -> what it was
Napi::Value setWideHalf(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), sam::setWideHalf(info[0].ToBoolean()));
}

// setMatrixUnit("off" | "on" | "plain") -> what it was
Napi::Value setMatrixUnit(const Napi::CallbackInfo& info) {
  static constexpr std::array<std::string_view, 3> kNames = {"off", "on", "plain"};
  const std::string name = info[0].As<Napi::String>();
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  const TileChoice choice =
      found == kNames.end() ? TileChoice::On : static_cast<TileChoice>(found - kNames.begin());
  const auto before = static_cast<size_t>(sam::setTileChoice(choice));
  return Napi::String::New(info.Env(), kNames[before].data());
}

// setBenchmark(enabled) -> what it was
Napi::Value setBenchmark(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), sam::setBenchmark(info[0].ToBoolean()));
}

// hasMatrixUnit() -> whether own kernels may use it
Napi::Value hasOwnMatrixUnit(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), hasTiles());
}

Napi::Value kernelIsa(const Napi::CallbackInfo& info) { return Napi::String::New(info.Env(), isaName()); }

}  // namespace

void initLayers(Napi::Env, Napi::Object exports) {
  define<batchNormRelu>(exports, "batchNormRelu");
  define<batchNormReluAndSkip>(exports, "batchNormReluAndSkip");
  define<conv2d>(exports, "conv2d");
  define<conv2dNorm>(exports, "conv2dNorm");
  define<linear>(exports, "linear");
  define<crossEntropy>(exports, "crossEntropy");
  define<setWinograd>(exports, "setWinograd");
  define<setWideHalf>(exports, "setWideHalf");
  define<setMatrixUnit>(exports, "setMatrixUnit");
  define<setBenchmark>(exports, "setBenchmark");
  define<hasOwnMatrixUnit>(exports, "hasMatrixUnit");
  define<kernelIsa>(exports, "kernelIsa");
}

}  // namespace sam
