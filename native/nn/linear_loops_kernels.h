// The loops of linear_loops.h. No include guard: see simd/isa.h. They are left to the compiler's vectors.
#include "nn/linear_loops.h"
#include "simd/vector.h"

namespace sam::SAM_ISA {

template <bool hasFactor, bool hasBias, bool relu>
SAM_KERNEL void finishRows(float* y, float factor, const float* base, const float* bias, int64_t rows,
                           int64_t columns) {
  for (int64_t i = 0; i < rows; ++i, y += columns, base += columns) {
    for (int64_t j = 0; j < columns; ++j) {
      float value = base[j];
      if constexpr (hasFactor) value += factor * y[j];
      if constexpr (hasBias) value += bias[j];
      y[j] = relu && value < 0 ? 0 : value;
    }
  }
}

template <bool hasFactor, bool hasBias>
SAM_KERNEL void finishRows(float* y, float factor, const float* base, const float* bias, bool relu,
                           int64_t rows, int64_t columns) {
  relu ? finishRows<hasFactor, hasBias, true>(y, factor, base, bias, rows, columns)
       : finishRows<hasFactor, hasBias, false>(y, factor, base, bias, rows, columns);
}

SAM_KERNEL void finish(float* y, float factor, const float* base, const float* bias, bool relu, int64_t rows,
                       int64_t columns) {
  if (factor == 0) {
    return bias == nullptr ? finishRows<false, false>(y, factor, base, bias, relu, rows, columns)
                           : finishRows<false, true>(y, factor, base, bias, relu, rows, columns);
  }
  bias == nullptr ? finishRows<true, false>(y, factor, base, bias, relu, rows, columns)
                  : finishRows<true, true>(y, factor, base, bias, relu, rows, columns);
}

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

inline LinearLoops linearLoops() { return {&finish, &mask, &addRows}; }

}  // namespace sam::SAM_ISA
