#include "sgd_host.h"

#include <ATen/Parallel.h>

#include "sgd_run.h"
#include "simd/isa.h"

namespace sam {
namespace {

constexpr int64_t kPiece = 16384;
constexpr int64_t kPiecesPerThread = 2;  // less is not worth waking a thread

SgdKernels kernels() {
#if SAM_X86
  if (isa() >= Isa::Avx512) return sgdAvx512();
  if (isa() == Isa::Avx2) return sgdAvx2();
#endif
  return sgdPortable();
}

template <typename T>
void run(SgdMomentum kind, T* w, T* g, T* v, int64_t count, const SgdRun& s) {
  if constexpr (std::is_same_v<T, float>) {
    static const SgdKernels found = kernels();
    found.run[static_cast<size_t>(kind)](w, g, v, count, s);
  } else {
    const bool isFirst = kind == SgdMomentum::kFirst || kind == SgdMomentum::kFirstNesterov;
    const bool isNesterov = kind == SgdMomentum::kNesterov || kind == SgdMomentum::kFirstNesterov;
    for (int64_t i = 0; i < count; ++i) {
      const auto weight = static_cast<float>(w[i]);
      const float grad = s.sign * static_cast<float>(g[i]) + (s.decay == 0 ? 0 : s.decay * weight);
      float step = grad;
      if (kind != SgdMomentum::kNone) {
        const float velocity = isFirst ? grad : s.mu * static_cast<float>(v[i]) + s.share * grad;
        v[i] = static_cast<T>(velocity);
        step = isNesterov ? grad + s.mu * velocity : velocity;
      }
      w[i] = static_cast<T>(weight - s.lr * step);
    }
  }
}

struct Piece {
  size_t tensor;
  int64_t begin, count;
};

template <typename T>
void stepAll(at::TensorList params, at::TensorList grads, at::TensorList momentum, SgdMomentum kind,
             const SgdRun& settings, float scale) {
  std::vector<Piece> pieces;
  int64_t total = 0;
  for (size_t i = 0; i < params.size(); ++i) {
    const int64_t size = params[i].numel();
    for (int64_t at = 0; at < size; at += kPiece) pieces.push_back({i, at, std::min(kPiece, size - at)});
    total += size;
  }
  const auto count = static_cast<int64_t>(pieces.size());
  const bool isLittle = total < 2 * kPiecesPerThread * kPiece;
  at::parallel_for(0, count, isLittle ? count : kPiecesPerThread, [&](int64_t first, int64_t last) {
    for (int64_t n = first; n < last; ++n) {
      const auto [i, begin, size] = pieces[static_cast<size_t>(n)];
      T* const g = grads[i].template mutable_data_ptr<T>() + begin;
      if (scale != 1) {
        for (int64_t at = 0; at < size; ++at) g[at] = static_cast<T>(static_cast<float>(g[at]) / scale);
      }
      T* const buffer = momentum.empty() ? nullptr : momentum[i].template mutable_data_ptr<T>() + begin;
      run<T>(kind, params[i].template mutable_data_ptr<T>() + begin, g, buffer, size, settings);
    }
  });
}

SgdMomentum momentumOf(bool isThere, bool first, bool nesterov) {
  if (!isThere) return SgdMomentum::kNone;
  if (first) return nesterov ? SgdMomentum::kFirstNesterov : SgdMomentum::kFirst;
  return nesterov ? SgdMomentum::kNesterov : SgdMomentum::kPlain;
}

}  // namespace

void sgdHostStep(at::TensorList params, at::TensorList grads, at::TensorList momentum, const SgdOptions& o,
                 bool first, const std::optional<at::Tensor>& scale) {
  const SgdRun settings{static_cast<float>(o.lr), static_cast<float>(o.momentum),
                        static_cast<float>(1 - o.dampening), static_cast<float>(o.weightDecay),
                        o.maximize ? -1.0F : 1.0F};
  const SgdMomentum kind = momentumOf(!momentum.empty(), first, o.nesterov);
  const float divisor = scale ? scale->item().toFloat() : 1;
  switch (params[0].scalar_type()) {
    case at::kHalf:
      return stepAll<at::Half>(params, grads, momentum, kind, settings, divisor);
    case at::kBFloat16:
      return stepAll<at::BFloat16>(params, grads, momentum, kind, settings, divisor);
    default:
      return stepAll<float>(params, grads, momentum, kind, settings, divisor);
  }
}

}  // namespace sam
