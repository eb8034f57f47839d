#include "adam.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_fused_adam.h>
#include <ATen/ops/_fused_adamw.h>
#include <c10/core/InferenceMode.h>

#include "core/errors.h"
#include "taped_step.h"

namespace sam {
namespace {

// Counts the step; not where `found` says that it is skipped.
void count(const std::vector<at::Tensor>& steps, const Bucket& bucket,
           const std::optional<at::Tensor>& found) {
  if (bucket.device.is_cpu()) {
    // Hundreds of one-element operators would cost more than the step; a skipped step does not come this far
    // on the CPU.
    for (const auto& step : steps) *step.mutable_data_ptr<float>() += 1;
  } else if (found) {
    at::_foreach_add_(steps, found->neg().add_(1));
  } else {
    at::_foreach_add_(steps, 1);
  }
}

// adamStep(list, lr, beta1, beta2, eps, weightDecay, amsgrad, maximize, capturable, decoupled, gradScale | 0,
// foundInf | 0)
Napi::Value adamStep(const Napi::CallbackInfo& info) {
  AdamOptions o;
  o.decoupled = info[9].ToBoolean();
  const char* op = o.decoupled ? "AdamW" : "Adam";
  o.lr = stepNumber(info[1], op, "lr");
  o.beta1 = stepNumber(info[2], op, "betas[0]");
  o.beta2 = stepNumber(info[3], op, "betas[1]");
  o.eps = stepNumber(info[4], op, "eps");
  o.weightDecay = stepNumber(info[5], op, "weightDecay");
  o.amsgrad = info[6].ToBoolean();
  o.maximize = info[7].ToBoolean();
  o.capturable = info[8].ToBoolean();
  const auto list = paramList(info[0], op);
  const auto scaling = Scaling::from(info[10], info[11], op);
  adamStep(*list, o, scaling);
  if (scaling.isNone()) noteStep(info[0], o, [list](const AdamOptions& now) { adamStep(*list, now, {}); });
  return info.Env().Undefined();
}

}  // namespace

void adamStep(ParamList& list, const AdamOptions& o, const Scaling& scaling) {
  // State made here outlives the scope of the first step, so it must not be of inference mode. That guard
  // turns gradients on: NoGradGuard comes after it.
  const c10::InferenceMode normal(false);
  const at::NoGradGuard noGrad;
  if (scaling.skips()) return;
  const size_t n = list.params.size();
  for (const auto& bucket : buckets(list, o.decoupled ? "AdamW" : "Adam")) {
    const auto scale = scaling.scaleOn(bucket.device);
    const auto found = scaling.foundOn(bucket.device);
    // The device may be the CPU while `found` is elsewhere: then its value has just been waited for.
    if (bucket.device.is_cpu() && found && found->item().toDouble() != 0) continue;
    const auto averages = list.state.tensorsAt("expAvg", n, bucket.positions, bucket.params);
    const auto squares = list.state.tensorsAt("expAvgSq", n, bucket.positions, bucket.params);
    std::vector<at::Tensor> maxima;
    if (o.amsgrad) maxima = list.state.tensorsAt("maxExpAvgSq", n, bucket.positions, bucket.params);
    const auto steps = list.state.countsAt("step", n, bucket.positions, bucket.device);
    count(steps, bucket, found);
    const auto launch = [&](const auto& lr) {
      if (o.decoupled) {
        at::_fused_adamw_(bucket.params, bucket.grads, averages, squares, maxima, steps, lr, o.beta1, o.beta2,
                          o.weightDecay, o.eps, o.amsgrad, o.maximize, scale, found);
      } else {
        at::_fused_adam_(bucket.params, bucket.grads, averages, squares, maxima, steps, lr, o.beta1, o.beta2,
                         o.weightDecay, o.eps, o.amsgrad, o.maximize, scale, found);
      }
    };
    if (o.capturable && !bucket.device.is_cpu()) {
      launch(list.state.lrOn(bucket.device, o.lr));
    } else {
      launch(o.lr);
    }
    bucket.finish();
  }
}

void initAdam(Napi::Env, Napi::Object exports) { define<adamStep>(exports, "adamStep"); }

}  // namespace sam
