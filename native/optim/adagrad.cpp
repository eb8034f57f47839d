// Adagrad on multi-tensor operators: its fused kernel's signature is not the same in all supported versions
// of LibTorch.
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_foreach_addcdiv.h>
#include <ATen/ops/_foreach_addcmul.h>
#include <ATen/ops/_foreach_sqrt.h>
#include <c10/core/InferenceMode.h>

#include "buckets.h"
#include "core/errors.h"

namespace sam {
namespace {

// adagradStep(list, lr, lrDecay, weightDecay, initialAccumulatorValue, eps, maximize, gradScale | 0, foundInf
// | 0)
Napi::Value adagradStep(const Napi::CallbackInfo& info) {
  constexpr const char* op = "Adagrad";
  const double lr = stepNumber(info[1], op, "lr");
  const double lrDecay = stepNumber(info[2], op, "lrDecay");
  const double weightDecay = stepNumber(info[3], op, "weightDecay");
  const double start = stepNumber(info[4], op, "initialAccumulatorValue");
  const double eps = stepNumber(info[5], op, "eps");
  const bool maximize = info[6].ToBoolean();
  const auto scaling = Scaling::from(info[7], info[8], op);
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
    std::vector<at::Scalar> rates;
    for (const auto& step : state.countsAt("step", n, bucket.positions, at::kCPU)) {
      float* count = step.mutable_data_ptr<float>();
      rates.emplace_back(-lr / (1 + *count * lrDecay));
      *count += 1;
    }
    const auto sums = state.tensorsAt("sum", n, bucket.positions, bucket.params, start);
    at::_foreach_addcmul_(sums, grads, grads);
    const auto lengths = at::_foreach_sqrt(sums);
    at::_foreach_add_(lengths, eps);
    at::_foreach_addcdiv_(bucket.params, grads, lengths, rates);
    bucket.finish();
  }
  return info.Env().Undefined();
}

}  // namespace

void initAdagrad(Napi::Env, Napi::Object exports) { define<adagradStep>(exports, "adagradStep"); }

}  // namespace sam
