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

inline LinearLoops linearLoops() { return {&mask, &addRows}; }

}  // namespace sam::SAM_ISA
