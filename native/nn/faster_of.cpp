#include "faster_of.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>

#include <atomic>
#include <bit>
#include <chrono>
#include <map>
#include <mutex>

namespace sam {
namespace {

std::atomic<bool> benchmarks{false};

double secondsOf(const Way& run, at::Tensor& result) {
  const auto start = std::chrono::steady_clock::now();
  result = run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<int64_t> keyOf(Measured what, const at::Tensor& x, const at::Tensor& weight,
                           at::IntArrayRef details) {
  std::vector<int64_t> key{static_cast<int64_t>(what), static_cast<int64_t>(x.scalar_type()),
                           at::get_num_threads()};
  for (const int64_t dim : {0, 2, 3}) key.push_back(std::bit_width(static_cast<uint64_t>(x.size(dim))));
  key.insert(key.end(), weight.sizes().begin(), weight.sizes().end());
  key.insert(key.end(), details.begin(), details.end());
  return key;
}

}  // namespace

at::Tensor fasterOf(Measured what, const at::Tensor& x, const at::Tensor& weight, at::IntArrayRef details,
                    const Way& first, const Way& second) {
  if (!benchmarks.load(std::memory_order_relaxed) || at::globalContext().deterministicAlgorithms())
    return first();
  static std::mutex mutex;
  static std::map<std::vector<int64_t>, bool> known;
  const auto key = keyOf(what, x, weight, details);
  std::unique_lock lock(mutex);
  const auto found = known.find(key);
  if (found != known.end()) {
    const bool takesSecond = found->second;
    lock.unlock();
    return takesSecond ? second() : first();
  }
  at::Tensor one, two;
  double oneTime = 0, twoTime = 0;
  for (int run = 0; run < 3; ++run) {
    const double a = secondsOf(first, one), b = secondsOf(second, two);
    oneTime = run < 2 ? a : std::min(oneTime, a);
    twoTime = run < 2 ? b : std::min(twoTime, b);
  }
  const bool takesSecond = twoTime < 0.95 * oneTime;
  known.emplace(key, takesSecond);
  return takesSecond ? two : one;
}

bool setBenchmark(bool enabled) { return benchmarks.exchange(enabled); }

}  // namespace sam
