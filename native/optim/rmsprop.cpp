// RMSprop on multi-tensor operators: LibTorch has no fused kernel for it.
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_foreach_addcdiv.h>
#include <ATen/ops/_foreach_addcmul.h>
#include <ATen/ops/_foreach_lerp.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_sqrt.h>
#include <c10/core/InferenceMode.h>

#include "buckets.h"
#include "core/errors.h"

namespace sam {
namespace {

// rmspropStep(list, lr, alpha, eps, weightDecay, momentum, centered, maximize, gradScale | 0, foundInf | 0)
Napi::Value rmspropStep(const Napi::CallbackInfo& info) {
  constexpr const char* op = "RMSprop";
  const double lr = stepNumber(info[1], op, "lr");
  const double alpha = stepNumber(info[2], op, "alpha");
  const double eps = stepNumber(info[3], op, "eps");
  const double weightDecay = stepNumber(info[4], op, "weightDecay");
  const double momentum = stepNumber(info[5], op, "momentum");
  const bool centered = info[6].ToBoolean();
  const bool maximize = info[7].ToBoolean();
  const auto scaling = Scaling::from(info[8], info[9], op);
  // State made here outlives the scope of the first step, so it must not be of inference mode. That guard
  // turns gradients on: NoGradGuard comes after it.
  const c10::InferenceMode normal(false);
  const at::NoGradGuard noGrad;
  if (scaling.skipsAfterWaiting()) return info.Env().Undefined();
  const auto list = paramList(info[0], op);
  auto& state = list->state;
  const size_t n = list->params.size();
  for (const auto& bucket : buckets(*list, op)) {
    const auto grads = bucket.descent(weightDecay, maximize, scaling);
    for (const auto& step : state.countsAt("step", n, bucket.positions, at::kCPU))
      *step.mutable_data_ptr<float>() += 1;
    const auto squares = state.tensorsAt("squareAvg", n, bucket.positions, bucket.params);
    at::_foreach_mul_(squares, alpha);
    at::_foreach_addcmul_(squares, grads, grads, 1 - alpha);
    std::vector<at::Tensor> lengths;
    if (centered) {
      const auto means = state.tensorsAt("gradAvg", n, bucket.positions, bucket.params);
      at::_foreach_lerp_(means, grads, 1 - alpha);
      lengths = at::_foreach_addcmul(squares, means, means, -1);
      at::_foreach_sqrt_(lengths);
    } else {
      lengths = at::_foreach_sqrt(squares);
    }
    at::_foreach_add_(lengths, eps);
    if (momentum > 0) {
      const auto buffers = state.tensorsAt("momentumBuffer", n, bucket.positions, bucket.params);
      at::_foreach_mul_(buffers, momentum);
      at::_foreach_addcdiv_(buffers, grads, lengths);
      at::_foreach_add_(bucket.params, buffers, -lr);
    } else {
      at::_foreach_addcdiv_(bucket.params, grads, lengths, -lr);
    }
    bucket.finish();
  }
  return info.Env().Undefined();
}

}  // namespace

void initRmsprop(Napi::Env, Napi::Object exports) { define<rmspropStep>(exports, "rmspropStep"); }

}  // namespace sam
