#include "sgd_host.h"

#include <ATen/Parallel.h>

namespace sam {
namespace {

constexpr int64_t kPiece = 16384;
constexpr int64_t kPiecesPerThread = 2;  // fewer are not worth waking a thread

// Options as the loop reads them, in registers.
struct Settings {
  float lr, mu, share, decay, scale;
  bool first, nesterov, maximize;
};

template <typename T>
void stepRange(T* __restrict w, T* __restrict g, T* __restrict v, int64_t count, const Settings s) {
  for (int64_t i = 0; i < count; ++i) {
    float grad = static_cast<float>(g[i]);
    if (s.scale != 1) {
      grad /= s.scale;
      g[i] = static_cast<T>(grad);
    }
    if (s.maximize) grad = -grad;
    const float weight = static_cast<float>(w[i]);
    grad += s.decay * weight;
    float step = grad;
    if (v != nullptr) {
      const float velocity = s.first ? grad : s.mu * static_cast<float>(v[i]) + s.share * grad;
      v[i] = static_cast<T>(velocity);
      step = s.nesterov ? grad + s.mu * velocity : velocity;
    }
    w[i] = static_cast<T>(weight - s.lr * step);
  }
}

struct Piece {
  size_t tensor;
  int64_t begin, count;
};

template <typename T>
void stepAll(at::TensorList params, at::TensorList grads, at::TensorList momentum, const Settings& settings) {
  std::vector<Piece> pieces;
  for (size_t i = 0; i < params.size(); ++i) {
    const int64_t size = params[i].numel();
    for (int64_t at = 0; at < size; at += kPiece) pieces.push_back({i, at, std::min(kPiece, size - at)});
  }
  at::parallel_for(0, static_cast<int64_t>(pieces.size()), kPiecesPerThread, [&](int64_t first, int64_t last) {
    for (int64_t n = first; n < last; ++n) {
      const auto [i, begin, count] = pieces[static_cast<size_t>(n)];
      T* const buffer = momentum.empty() ? nullptr : momentum[i].template mutable_data_ptr<T>() + begin;
      stepRange<T>(params[i].template mutable_data_ptr<T>() + begin,
                   grads[i].template mutable_data_ptr<T>() + begin, buffer, count, settings);
    }
  });
}

}  // namespace

void sgdHostStep(at::TensorList params, at::TensorList grads, at::TensorList momentum, const SgdOptions& o,
                 bool first, const std::optional<at::Tensor>& scale) {
  const Settings settings{static_cast<float>(o.lr),
                          static_cast<float>(o.momentum),
                          static_cast<float>(1 - o.dampening),
                          static_cast<float>(o.weightDecay),
                          scale ? scale->item().toFloat() : 1,
                          first,
                          o.nesterov,
                          o.maximize};
  switch (params[0].scalar_type()) {
    case at::kHalf:
      return stepAll<at::Half>(params, grads, momentum, settings);
    case at::kBFloat16:
      return stepAll<at::BFloat16>(params, grads, momentum, settings);
    default:
      return stepAll<float>(params, grads, momentum, settings);
  }
}

}  // namespace sam
