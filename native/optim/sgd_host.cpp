#include "sgd_host.h"

#include <ATen/Parallel.h>

#include "sgd_run.h"
#include "simd/isa.h"

namespace sam {
namespace {

constexpr int64_t kPiece = 16384;
constexpr int64_t kPiecesPerThread = 2;  // less is not worth waking a thread

SgdRun kernel() {
  static const SgdRun found = [] {
#if SAM_X86
    if (isa() >= Isa::Avx512) return sgdAvx512();
    if (isa() == Isa::Avx2) return sgdAvx2();
#endif
    return sgdPortable();
  }();
  return found;
}

// Halves pass through fp32 a few at a time.
template <typename T>
void run(T* w, const T* g, T* v, int64_t count, const kernels::SgdSettings& settings, bool first) {
  if constexpr (std::is_same_v<T, float>) {
    kernel()(w, g, v, count, settings, first);
  } else {
    constexpr int64_t kTogether = 512;
    float wide[3][kTogether];
    for (int64_t at = 0; at < count; at += kTogether, w += kTogether, g += kTogether) {
      const int64_t size = std::min(kTogether, count - at);
      std::copy(w, w + size, wide[0]);
      std::copy(g, g + size, wide[1]);
      if (v != nullptr) std::copy(v, v + size, wide[2]);
      kernel()(wide[0], wide[1], v == nullptr ? nullptr : wide[2], size, settings, first);
      std::copy(wide[0], wide[0] + size, w);
      if (v != nullptr) v = std::copy(wide[2], wide[2] + size, v);
    }
  }
}

struct Piece {
  size_t tensor;
  int64_t begin, count;
};

template <typename T>
void stepAll(at::TensorList params, at::TensorList grads, at::TensorList momentum,
             const kernels::SgdSettings& settings, bool starts, float scale) {
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
      run<T>(params[i].template mutable_data_ptr<T>() + begin, g, buffer, size, settings, starts);
    }
  });
}

}  // namespace

void sgdHostStep(at::TensorList params, at::TensorList grads, at::TensorList momentum, const SgdOptions& o,
                 bool first, const std::optional<at::Tensor>& scale) {
  const kernels::SgdSettings settings = settingsOf(o);
  const float divisor = scale ? scale->item().toFloat() : 1;
  switch (params[0].scalar_type()) {
    case at::kHalf:
      return stepAll<at::Half>(params, grads, momentum, settings, first, divisor);
    case at::kBFloat16:
      return stepAll<at::BFloat16>(params, grads, momentum, settings, first, divisor);
    default:
      return stepAll<float>(params, grads, momentum, settings, first, divisor);
  }
}

}  // namespace sam
