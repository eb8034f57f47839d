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
#include "tape.h"
#include "unsettled.h"

namespace sam {
namespace {

// 0 stands for no tensor.
at::Tensor optional(const Napi::Value& value, const char* op) {
  if (value.As<Napi::Number>().DoubleValue() == 0) return {};
  return handles(value.Env()).tensor(value, op);
}

using Tensors = Tape::Tensors;

// Puts down on a tape, if one records, that `call` makes these tensors from those that were given. `call`
// holds no tensor of its own.
template <typename Call>
void note(const Tensors& given, const Tensors& made, const Call& call) {
  if (Tape* const tape = Tape::recording())
    tape->add([call](const Tensors& from, Tensors& into) { into = call(from); }, given, made);
}

// One new tensor for JavaScript, by `call` from what was given. Errors name the first of that, and the second
// if it has a name.
template <typename Call>
Napi::Value make(const Napi::CallbackInfo& info, const char* op, const char* second, const Tensors& given,
                 const Call& call) {
  try {
    at::Tensor made = call(given);
    note(given, {made}, [call](const Tensors& from) {
      settle(from);
      return Tensors{call(from)};
    });
    return handles(info.Env()).boxNew(info.Env(), std::move(made));
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    const std::string more = second == nullptr ? "" : std::string(", ") + second + " " + describe(given[1]);
    throw currentFailure(op, describe(given[0]) + more);
  }
}

// The arguments from `first` to `last` are tensors, or 0 for none.
Tensors tensorsOf(const Napi::CallbackInfo& info, size_t first, size_t last, const char* op) {
  Tensors out;
  for (size_t i = first; i <= last; ++i) out.push_back(optional(info[i], op));
  return out;
}

// (x, residual | 0, weight | 0, bias | 0, runningMean | 0, runningVar | 0, training, momentum, eps, relu)
struct BatchNormCall {
  explicit BatchNormCall(const Napi::CallbackInfo& info) {
    settings.training = info[6].ToBoolean();
    settings.momentum = info[7].As<Napi::Number>().DoubleValue();
    settings.eps = info[8].As<Napi::Number>().DoubleValue();
    settings.relu = info[9].ToBoolean();
  }
  BatchNormRequest request(const Tensors& given) const {
    BatchNormRequest out = settings;
    out.residual = given[1];
    out.weight = given[2];
    out.bias = given[3];
    out.runningMean = given[4];
    out.runningVar = given[5];
    return out;
  }
  BatchNormRequest settings;
};

Napi::Value batchNormRelu(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "batchNormRelu";
  Tensors given{handles(info.Env()).tensor(info[0], kOp)};
  const Tensors more = tensorsOf(info, 1, 5, kOp);
  given.insert(given.end(), more.begin(), more.end());
  return make(info, kOp, nullptr, given, [call = BatchNormCall(info)](const Tensors& from) {
    return sam::batchNormRelu(from[0], call.request(from));
  });
}

// -> [y, x]
Napi::Value batchNormReluAndSkip(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "batchNormRelu";
  Tensors given{handles(info.Env()).tensor(info[0], kOp)};
  const Tensors more = tensorsOf(info, 1, 5, kOp);
  given.insert(given.end(), more.begin(), more.end());
  const auto call = [call = BatchNormCall(info)](const Tensors& from) {
    auto [y, skip] = sam::batchNormReluAndSkip(from[0], call.request(from));
    return Tensors{std::move(y), std::move(skip)};
  };
  try {
    Tensors made = call(given);
    note(given, made, [call](const Tensors& from) {
      settle(from);
      return call(from);
    });
    auto out = Napi::Array::New(info.Env(), 2);
    out[0u] = handles(info.Env()).boxNew(info.Env(), std::move(made[0]));
    out[1u] = handles(info.Env()).box(info.Env(), std::move(made[1]));
    return out;
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw currentFailure(kOp, describe(given[0]));
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
  const Tensors given{x, weight, optional(info[2], kOp), optional(info[3], kOp)};
  return make(info, kOp, "weight", given, [settings = convRequest(info, 4)](const Tensors& from) {
    ConvRequest request = settings;
    request.bias = from[2];
    request.addend = from[3];
    return sam::conv2d(from[0], from[1], request);
  });
}

// conv2dNorm(x, weight, bias | 0, runningMean, runningVar, scale | 0, shift | 0, eps, relu, strideY, ...,
// groups)
Napi::Value conv2dNorm(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "conv2d";
  Tensors given{handles(info.Env()).tensor(info[0], kOp), handles(info.Env()).tensor(info[1], kOp)};
  const Tensors more = tensorsOf(info, 2, 6, kOp);
  given.insert(given.end(), more.begin(), more.end());
  BatchNormRequest settings;
  settings.training = false;
  settings.eps = info[7].As<Napi::Number>().DoubleValue();
  settings.relu = info[8].ToBoolean();
  return make(info, kOp, "weight", given, [conv = convRequest(info, 9), settings](const Tensors& from) {
    ConvRequest request = conv;
    request.bias = from[2];
    BatchNormRequest norm = settings;
    norm.runningMean = from[3];
    norm.runningVar = from[4];
    norm.weight = from[5];
    norm.bias = from[6];
    return sam::conv2dNorm(from[0], from[1], request, norm);
  });
}

// linear(x, weight, bias | 0, relu)
Napi::Value linear(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "linear";
  const at::Tensor x = handles(info.Env()).unread(info[0], kOp);
  const at::Tensor weight = handles(info.Env()).unread(info[1], kOp);
  try {
    const at::Tensor bias = optional(info[2], kOp);
    const bool relu = info[3].ToBoolean();
    at::Tensor y = sam::linear(x, weight, bias, relu);
    if (Tape::recording() != nullptr) {
      // Not settled: a weight that SAM has perturbed without writing it is what this takes as it is.
      note({x, weight, bias}, {y},
           [relu](const Tensors& from) { return Tensors{sam::linear(from[0], from[1], from[2], relu)}; });
    }
    return handles(info.Env()).boxNew(info.Env(), std::move(y));
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
  CrossEntropyRequest settings;
  settings.reduction = info[3].As<Napi::Number>().Int64Value();
  settings.ignoreIndex = info[4].As<Napi::Number>().Int64Value();
  settings.labelSmoothing = info[5].As<Napi::Number>().DoubleValue();
  const Tensors given{logits, target, optional(info[2], kOp)};
  return make(info, kOp, "target", given, [settings](const Tensors& from) {
    CrossEntropyRequest request = settings;
    request.weight = from[2];
    return sam::crossEntropy(from[0], from[1], request);
  });
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
