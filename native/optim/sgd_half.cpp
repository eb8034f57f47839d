#include "sgd_half.h"

#include <ATen/Parallel.h>

namespace sam {
namespace {

constexpr int64_t kGrain = 32768;

template <typename T>
void stepRange(T* w, T* g, T* v, int64_t begin, int64_t end, const SgdOptions& o, bool first, float scale) {
  const auto lr = static_cast<float>(o.lr);
  const auto mu = static_cast<float>(o.momentum);
  const auto share = static_cast<float>(1 - o.dampening);
  const auto decay = static_cast<float>(o.weightDecay);
  for (int64_t i = begin; i < end; ++i) {
    float grad = static_cast<float>(g[i]);
    if (scale != 1) {
      grad /= scale;
      g[i] = static_cast<T>(grad);
    }
    if (o.maximize) grad = -grad;
    const float weight = static_cast<float>(w[i]);
    grad += decay * weight;
    float step = grad;
    if (v != nullptr) {
      const float velocity = first ? grad : mu * static_cast<float>(v[i]) + share * grad;
      v[i] = static_cast<T>(velocity);
      step = o.nesterov ? grad + mu * velocity : velocity;
    }
    w[i] = static_cast<T>(weight - lr * step);
  }
}

template <typename T>
void stepTensor(const at::Tensor& param, const at::Tensor& grad, const at::Tensor& momentum,
                const SgdOptions& o, bool first, float scale) {
  T* const w = param.mutable_data_ptr<T>();
  T* const g = grad.mutable_data_ptr<T>();
  T* const v = momentum.defined() ? momentum.mutable_data_ptr<T>() : nullptr;
  at::parallel_for(0, param.numel(), kGrain,
                   [&](int64_t begin, int64_t end) { stepRange<T>(w, g, v, begin, end, o, first, scale); });
}

}  // namespace

void sgdHalfStep(at::TensorList params, at::TensorList grads, at::TensorList momentum, const SgdOptions& o,
                 bool first, const std::optional<at::Tensor>& scale) {
  const float divisor = scale ? scale->item().toFloat() : 1;
  for (size_t i = 0; i < params.size(); ++i) {
    const at::Tensor buffer = momentum.empty() ? at::Tensor() : momentum[i];
    if (params[i].scalar_type() == at::kHalf) {
      stepTensor<at::Half>(params[i], grads[i], buffer, o, first, divisor);
    } else {
      stepTensor<at::BFloat16>(params[i], grads[i], buffer, o, first, divisor);
    }
  }
}

}  // namespace sam
