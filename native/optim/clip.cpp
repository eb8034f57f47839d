#include "clip.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_clamp_max.h>
#include <ATen/ops/_foreach_clamp_min.h>
#include <ATen/ops/_foreach_mul.h>

#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/addon.h"
#include "core/zero_tensor.h"
#include "norm.h"

namespace sam {
namespace {

using Key = std::pair<c10::Device, at::ScalarType>;
struct Order {
  bool operator()(const Key& a, const Key& b) const {
    const auto rank = [](const Key& k) {
      return (static_cast<int>(k.first.type()) * 256 + k.first.index() + 1) * 256 +
             static_cast<int>(k.second);
    };
    return rank(a) < rank(b);
  }
};
using Groups = std::map<Key, std::vector<at::Tensor>, Order>;

// Multi-tensor kernels take one dtype and device at a time.
Groups grouped(at::TensorList tensors) {
  Groups groups;
  for (const auto& tensor : tensors) groups[{tensor.device(), tensor.scalar_type()}].push_back(tensor);
  return groups;
}

std::vector<at::Tensor> gradients(const Napi::Value& params, const char* op) {
  std::vector<at::Tensor> out;
  for (const auto& param : handles(params.Env()).list(params, op)) {
    if (param.defined() && gradientOf(param).defined()) out.push_back(param.grad());
  }
  return out;
}

// clipGradNorm(params, maxNorm, p, errorIfNonfinite) -> handle of the norm before clipping
Napi::Value clipGradNorm(const Napi::CallbackInfo& info) {
  const auto grads = gradients(info[0], "clipGradNorm_");
  const double maxNorm = info[1].As<Napi::Number>().DoubleValue();
  const double p = info[2].As<Napi::Number>().DoubleValue();
  if (info[3].ToBoolean()) {
    const double norm = globalNorm(grads, p).item().toDouble();
    if (!std::isfinite(norm)) {
      throw Failure("E_TORCH",
                    "[clipGradNorm_] expected finite gradients, got a norm of " + std::to_string(norm),
                    "errorIfNonfinite: false clips anyway");
    }
  }
  return handles(info.Env()).box(info.Env(), clipNorm(grads, maxNorm, p));
}

// clipGradValue(params, limit)
Napi::Value clipGradValue(const Napi::CallbackInfo& info) {
  const at::NoGradGuard noGrad;
  const double limit = info[1].As<Napi::Number>().DoubleValue();
  for (const auto& [key, group] : grouped(gradients(info[0], "clipGradValue_"))) {
    at::_foreach_clamp_min_(group, -limit);
    at::_foreach_clamp_max_(group, limit);
  }
  return info.Env().Undefined();
}

}  // namespace

at::Tensor clipNorm(at::TensorList tensors, double maxNorm, double p) {
  const at::NoGradGuard noGrad;
  auto norm = globalNorm(tensors, p);
  if (std::isinf(maxNorm)) return norm;
  // On the CPU the value is there already: most steps clip nothing, and then a pass over all gradients is
  // saved.
  if (norm.is_cpu() && norm.item().toDouble() + 1e-6 <= maxNorm) return norm;
  const auto factor = norm.add(1e-6).reciprocal_().mul_(maxNorm).clamp_max_(1.0);
  for (const auto& [key, group] : grouped(tensors)) {
    at::_foreach_mul_(group, factor.to(at::TensorOptions(key.first), /*non_blocking=*/true));
  }
  return norm;
}

void initClip(Napi::Env, Napi::Object exports) {
  define<clipGradNorm>(exports, "clipGradNorm");
  define<clipGradValue>(exports, "clipGradValue");
}

}  // namespace sam
