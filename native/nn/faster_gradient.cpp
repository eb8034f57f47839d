#include "faster_gradient.h"

#include <chrono>
#include <map>
#include <mutex>

namespace sam {
namespace {

double seconds(const std::function<at::Tensor()>& run, at::Tensor& result) {
  const auto start = std::chrono::steady_clock::now();
  result = run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

at::Tensor fasterGradient(const std::vector<int64_t>& key, const std::function<at::Tensor()>& first,
                          const std::function<at::Tensor()>& second) {
  static std::mutex mutex;
  static std::map<std::vector<int64_t>, bool> known;
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
    const double a = seconds(first, one), b = seconds(second, two);
    oneTime = run < 2 ? a : std::min(oneTime, a);
    twoTime = run < 2 ? b : std::min(twoTime, b);
  }
  const bool takesSecond = twoTime < 0.95 * oneTime;
  known.emplace(key, takesSecond);
  return takesSecond ? two : one;
}

}  // namespace sam
