// The loops of linear_loops.h. No include guard: see simd/isa.h. They are left to the compiler's vectors.
#include "nn/linear_loops.h"
#include "simd/vector.h"

namespace sam::SAM_ISA {

SAM_KERNEL void mask(const float* from, const float* gate, float* to, int64_t count) {
  for (int64_t i = 0; i < count; ++i) {
    const float value = from[i];  // read in any case, so that the loop is made of vectors
    to[i] = gate[i] <= 0 ? 0 : value;
  }
}

SAM_KERNEL void addRows(const float* from, int64_t rows, int64_t stride, float* sum, int64_t columns) {
  constexpr int64_t kTogether = 32, kBlock = 64;
  for (int64_t first = 0; first < columns; first += kBlock) {
    const int64_t width = columns - first < kBlock ? columns - first : kBlock;
    float total[kBlock] = {};
    for (int64_t row = 0; row < rows; row += kTogether) {
      float group[kBlock] = {};
      const int64_t stop = rows - row < kTogether ? rows : row + kTogether;
      for (int64_t i = row; i < stop; ++i) {
        const float* at = from + i * stride + first;
        for (int64_t j = 0; j < width; ++j) group[j] += at[j];
      }
      for (int64_t j = 0; j < width; ++j) total[j] += group[j];
    }
    for (int64_t j = 0; j < width; ++j) sum[first + j] = total[j];
  }
}

SAM_KERNEL PairSums pairSums(const float* a, const float* b, int64_t count) {
  constexpr int64_t kSums = 16;  // independent of each other, for the compiler to spread over registers
  double sum[kSums] = {}, sizes[kSums] = {};
  const auto add = [&](int64_t i, int64_t lane) {
    const double term = static_cast<double>(a[i]) * static_cast<double>(b[i]);
    sum[lane] += term;
    sizes[lane] += term < 0 ? -term : term;
  };
  int64_t i = 0;
  for (; i + kSums <= count; i += kSums) {
    for (int64_t lane = 0; lane < kSums; ++lane) add(i + lane, lane);
  }
  for (; i < count; ++i) add(i, 0);
  PairSums out;
  for (int64_t lane = 0; lane < kSums; ++lane) {
    out.sum += sum[lane];
    out.sizes += sizes[lane];
  }
  return out;
}

SAM_KERNEL double rowSquares(const float* x, int64_t count) {
  constexpr int kSums = 4;
  F sum[kSums] = {};
  int64_t i = 0;
  for (; i + kSums * kLanes <= count; i += kSums * kLanes) {
    for (int s = 0; s < kSums; ++s) {
      const F value = load(x + i + s * kLanes);
      sum[s] += value * value;
    }
  }
  const F all = (sum[0] + sum[1]) + (sum[2] + sum[3]);
  float lanes[kLanes];
  store(lanes, all);
  double out = 0;
  for (const float lane : lanes) out += static_cast<double>(lane);
  // Squares that vanish or overflow as floats; NaN comes here too.
  if (!(out > 1e-20 && out < 1e30)) out = 0, i = 0;
  for (; i < count; ++i) out += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  return out;
}

inline LinearLoops linearLoops() { return {&mask, &addRows, &pairSums, &rowSquares}; }

}  // namespace sam::SAM_ISA
