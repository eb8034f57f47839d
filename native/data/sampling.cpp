#include "sampling.h"

#include <cmath>
#include <numeric>
#include <utility>

#include "philox.h"

namespace sam::data {
namespace {

std::vector<uint32_t> shuffled(uint32_t n, PhiloxStream& random) {
  std::vector<uint32_t> out(n);
  std::iota(out.begin(), out.end(), 0u);
  for (uint32_t i = n; i > 1; --i) std::swap(out[i - 1], out[random.below(i)]);
  return out;
}

}  // namespace

std::vector<uint32_t> permutation(uint32_t n, uint64_t seed, uint32_t epoch) {
  PhiloxStream random(seed, Purpose::shuffle, epoch);
  return shuffled(n, random);
}

void addLabelNoise(int32_t* labels, uint32_t n, uint32_t classes, double fraction, uint64_t seed) {
  PhiloxStream random(seed, Purpose::labelNoise, 0);
  const auto chosen = shuffled(n, random);
  const auto count = static_cast<size_t>(std::llround(fraction * n));
  for (size_t i = 0; i < count; ++i) {
    int32_t& label = labels[chosen[i]];
    const auto other = static_cast<int32_t>(random.below(classes - 1));
    label = other >= label ? other + 1 : other;
  }
}

}  // namespace sam::data
