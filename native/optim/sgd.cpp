#include "sgd.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/_fused_sgd.h>
#include <c10/core/InferenceMode.h>

#include "core/cuda_part.h"
#include "core/errors.h"
#include "core/plain_tensor.h"
#include "nn/factored_gradients.h"
#include "sam_kernels.h"
#include "sgd_host.h"
#include "taped_step.h"

namespace sam {
namespace {

void launch(OptimizerState& state, const Bucket& bucket, const std::vector<size_t>& chosen,
            const std::vector<at::Tensor>& buffers, bool first, const SgdOptions& o, const Scaling& scaling) {
  if (chosen.empty()) return;
  std::vector<at::Tensor> params, grads, momenta;
  for (const size_t i : chosen) {
    params.push_back(bucket.params[i]);
    grads.push_back(bucket.grads[i]);
    if (!buffers.empty()) momenta.push_back(buffers[i]);
  }
  if (params.size() > 1 && overlap({params})) {
    // Those that share memory take their steps one after the other.
    for (const size_t i : chosen) launch(state, bucket, {i}, buffers, first, o, scaling);
    return;
  }
  const auto scale = scaling.scaleOn(bucket.device);
  const auto found = scaling.foundOn(bucket.device);
  if (!scale && !first && (!found || found->scalar_type() == at::kFloat) &&
      device::takes({&params, &grads, &momenta})) {
    const auto lr = o.capturable && !bucket.device.is_cpu() ? std::optional(state.lrOn(bucket.device, o.lr))
                                                            : std::nullopt;
    device::sgd(params, grads, momenta, o, lr, found);
    return;
  }
  if (bucket.device.is_cpu()) {
    // `found` may be elsewhere: then its value has just been waited for.
    if (found && found->item().toDouble() != 0) return;
    if (bucket.dtype != at::kDouble) {
      sgdHostStep(params, grads, momenta, o, first, scale);
      return;
    }
  }
  if (o.capturable && !bucket.device.is_cpu()) {
    at::_fused_sgd_(params, grads, momenta, o.weightDecay, o.momentum, state.lrOn(bucket.device, o.lr),
                    o.dampening, o.nesterov, o.maximize, first, scale, found);
  } else {
    at::_fused_sgd_(params, grads, momenta, o.weightDecay, o.momentum, o.lr, o.dampening, o.nesterov,
                    o.maximize, first, scale, found);
  }
}

// Gradients that are factors, where a step can be taken along them as they are: one entry per parameter.
std::vector<std::shared_ptr<Factors>> factorsOf(ParamList& list, const SgdOptions& o,
                                                const Scaling& scaling) {
  std::vector<std::shared_ptr<Factors>> out(list.params.size());
  if (!Unsettled::any() || !scaling.isNone() || deviceKernelsOnCpu()) return out;
  for (size_t i = 0; i < out.size(); ++i) {
    const at::Tensor& param = list.params[i];
    if (!isPlainCpu(param) || param.scalar_type() != at::kFloat || !param.is_contiguous() ||
        param.is_inference() || param.grad().defined() || masterOf(param) != nullptr)
      continue;
    const bool begins = o.momentum != 0 && o.dampening != 0 &&
                        !list.state.slot("momentumBuffer", list.params.size())[i].defined();
    if (!begins) out[i] = FactoredGradients::recorded(param);
  }
  return out;
}

void stepAlong(Factors& factors, ParamList& list, size_t position, const SgdOptions& o) {
  const at::Tensor& param = list.params[position];
  settle(param);
  std::vector<at::Tensor> momentum;
  if (o.momentum != 0)
    momentum = list.state.tensorsAt("momentumBuffer", list.params.size(), {position}, {param});
  sgdHostStep(param, factors, momentum, o);
  param.unsafeGetTensorImpl()->bump_version();
}

// sgdStep(list, lr, momentum, dampening, weightDecay, nesterov, maximize, capturable, gradScale | 0, foundInf
// | 0)
Napi::Value sgdStep(const Napi::CallbackInfo& info) {
  SgdOptions o;
  o.lr = stepNumber(info[1], "SGD", "lr");
  o.momentum = stepNumber(info[2], "SGD", "momentum");
  o.dampening = stepNumber(info[3], "SGD", "dampening");
  o.weightDecay = stepNumber(info[4], "SGD", "weightDecay");
  o.nesterov = info[5].ToBoolean();
  o.maximize = info[6].ToBoolean();
  o.capturable = info[7].ToBoolean();
  const auto list = paramList(info[0], "SGD");
  const auto scaling = Scaling::from(info[8], info[9], "SGD");
  sgdStep(*list, o, scaling);
  if (scaling.isNone()) noteStep(info[0], o, [list](const SgdOptions& now) { sgdStep(*list, now, {}); });
  return info.Env().Undefined();
}

}  // namespace

kernels::SgdSettings settingsOf(const SgdOptions& o) {
  kernels::SgdSettings s{};
  s.lr = static_cast<float>(o.lr);
  s.momentum = static_cast<float>(o.momentum);
  s.dampening = static_cast<float>(o.dampening);
  s.weightDecay = static_cast<float>(o.weightDecay);
  s.nesterov = o.nesterov ? 1 : 0;
  s.maximize = o.maximize ? 1 : 0;
  return s;
}

void sgdStep(ParamList& list, const SgdOptions& o, const Scaling& scaling) {
  // State made here outlives the scope of the first step, so it must not be of inference mode. That guard
  // turns gradients on: NoGradGuard comes after it.
  const c10::InferenceMode normal(false);
  const at::NoGradGuard noGrad;
  if (scaling.skips()) return;
  const auto factors = factorsOf(list, o, scaling);
  std::vector<bool> isFactored;
  for (const auto& one : factors) isFactored.push_back(one != nullptr);
  const auto rest = buckets(list, "SGD", isFactored);
  for (size_t i = 0; i < factors.size(); ++i) {
    if (isFactored[i]) stepAlong(*factors[i], list, i, o);
  }
  for (const auto& bucket : rest) {
    std::vector<at::Tensor> buffers;
    std::vector<size_t> started, fresh;
    if (o.momentum != 0) {
      const auto& kept = list.state.slot("momentumBuffer", list.params.size());
      for (size_t i = 0; i < bucket.positions.size(); ++i) {
        // A zero buffer gives the first step's buffer, the gradient itself, unless dampening would shrink it.
        // Only then does the kernel need its own first step, and whether that one is skipped must be known
        // here.
        (o.dampening == 0 || kept[bucket.positions[i]].defined() ? started : fresh).push_back(i);
      }
      if (!fresh.empty() && scaling.skipsAfterWaiting()) return;
      buffers = list.state.tensorsAt("momentumBuffer", list.params.size(), bucket.positions, bucket.params);
    } else {
      for (size_t i = 0; i < bucket.positions.size(); ++i) started.push_back(i);
    }
    launch(list.state, bucket, started, buffers, false, o, scaling);
    launch(list.state, bucket, fresh, buffers, true, o, scaling);
    bucket.finish();
  }
}

void initSgd(Napi::Env, Napi::Object exports) { define<sgdStep>(exports, "sgdStep"); }

}  // namespace sam
