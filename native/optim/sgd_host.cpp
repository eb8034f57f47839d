#include "sgd_host.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "buckets.h"
#include "host_loops.h"
#include "nn/linear_loops.h"

namespace sam {
namespace {

constexpr int64_t kGrain = 32768;  // less is not worth waking a thread

// Halves pass through fp32 a few at a time.
template <typename T>
void run(T* w, const T* g, T* v, int64_t count, const kernels::SgdSettings& settings, bool first) {
  if constexpr (std::is_same_v<T, float>) {
    hostLoops().sgd(w, g, v, count, settings, first);
  } else {
    constexpr int64_t kTogether = 512;
    float wide[3][kTogether];
    for (int64_t at = 0; at < count; at += kTogether, w += kTogether, g += kTogether) {
      const int64_t size = std::min(kTogether, count - at);
      std::copy(w, w + size, wide[0]);
      std::copy(g, g + size, wide[1]);
      if (v != nullptr) std::copy(v, v + size, wide[2]);
      hostLoops().sgd(wide[0], wide[1], v == nullptr ? nullptr : wide[2], size, settings, first);
      std::copy(wide[0], wide[0] + size, w);
      if (v != nullptr) v = std::copy(wide[2], wide[2] + size, v);
    }
  }
}

template <typename T>
void stepAll(at::TensorList params, at::TensorList grads, at::TensorList momentum,
             const kernels::SgdSettings& settings, bool starts, float scale) {
  std::vector<int64_t> begins;  // of each tensor among the numbers of all
  int64_t total = 0;
  for (const at::Tensor& param : params) {
    begins.push_back(total);
    total += param.numel();
  }
  at::parallel_for(0, total, kGrain, [&](int64_t first, int64_t last) {
    auto i = static_cast<size_t>(std::upper_bound(begins.begin(), begins.end(), first) - begins.begin()) - 1;
    for (; i < params.size() && begins[i] < last; ++i) {
      const int64_t begin = std::max(first - begins[i], int64_t{0});
      const int64_t size = std::min(last - begins[i], params[i].numel()) - begin;
      if (size <= 0) continue;
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

void sgdHostStep(const at::Tensor& param, Factors& gradient, at::TensorList momentum, const SgdOptions& o) {
  const kernels::SgdSettings settings = settingsOf(o);
  auto* const w = param.mutable_data_ptr<float>();
  auto* const v = momentum.empty() ? nullptr : momentum[0].mutable_data_ptr<float>();
  const int64_t columns = param.size(1);
  std::vector<double> squares(static_cast<size_t>(param.size(0)));
  gradient.eachRows([&](const Factors::Rows& g) {
    for (int64_t at = 0; at < g.count; at += columns) {  // a row stays in the first cache between two loops
      const int64_t from = g.begin + at;
      squares[static_cast<size_t>(from / columns)] = linearLoops().rowSquares(g.data + at, columns);
      hostLoops().sgd(w + from, g.data + at, v == nullptr ? nullptr : v + from, columns, settings, false);
    }
  });
  gradient.found(std::accumulate(squares.begin(), squares.end(), 0.0));
}

}  // namespace sam
