// The matrix products of Winograd's F(4x4, 3x3). No include guard: see simd/isa.h.
//
// All matrices lie in chunks [columns / 16][rows][16], so that a block of a product reads its operands at
// constant distances from few pointers, whichever way the reduction goes.
namespace sam::SAM_ISA::winograd4 {

// A block of the product is held in registers, with room for its operands.
constexpr int kColumns = 2;  // vectors
#if defined(SAM_USE_AVX512)
constexpr int kTileRows = 12;
#else
constexpr int kTileRows = 6;
#endif
// Of the reduction, so that what a panel has of it stays in half of the first-level cache.
constexpr int64_t kDepthBlock = 256;

// Where vector j of a row of columns is.
SAM_INLINE int64_t placeOf(int j, int64_t chunkApart) {
  return j / kVectors * chunkApart + j % kVectors * kLanes;
}

// sum += a b for `depth` steps; row i at step k of a is a[i rowStride + k step].
template <int R, int C, int64_t rowStride, int64_t step, int unroll>
SAM_INLINE void multiplyAdd(F (&sum)[R][C], const float* a, const float* b, int64_t bChunk, int64_t depth) {
  for (int64_t k = 0; k < depth; k += unroll) {
#pragma GCC unroll 16
    for (int u = 0; u < unroll; ++u) {
      F right[C];
#pragma GCC unroll 4
      for (int j = 0; j < C; ++j) right[j] = load(b + u * kChunk + placeOf(j, bChunk));
#pragma GCC unroll 16
      for (int i = 0; i < R; ++i) {
        const F left = broadcast(a[i * rowStride + u * step]);
#pragma GCC unroll 4
        for (int j = 0; j < C; ++j) sum[i][j] += left * right[j];
      }
    }
    a += unroll * step;
    b += unroll * kChunk;
  }
}

// Rows are tiles, the reduction goes over the channels of `chunks` chunks. c in chunks too.
template <int C, bool add>
SAM_LOOP void multiplyTiles(const float* a, int64_t aChunk, const float* b, int64_t bChunk, int64_t chunks,
                            int64_t rows, float* c, int64_t cChunk) {
  constexpr int R = kTileRows;
  for (int64_t r = 0; r < rows; r += R) {
    F sum[R][C];
#pragma GCC unroll 16
    for (int i = 0; i < R; ++i) {
#pragma GCC unroll 4
      for (int j = 0; j < C; ++j) {
        sum[i][j] = F{};
      }
    }
    const float *left = a + r * kChunk, *right = b;
    for (int64_t chunk = 0; chunk < chunks; ++chunk) {
      multiplyAdd<R, C, kChunk, 1, 2>(sum, left, right, bChunk, kChunk);
      left += aChunk;
      right += kChunk * kChunk;
    }
#pragma GCC unroll 16
    for (int i = 0; i < R; ++i) {
#pragma GCC unroll 4
      for (int j = 0; j < C; ++j) {
        float* at = c + (r + i) * kChunk + placeOf(j, cChunk);
        store(at, add ? load(at) + sum[i][j] : sum[i][j]);
      }
    }
  }
}

// c (+)= a b: R rows of the 16 channels of one chunk, the reduction goes over tiles.
template <int R, int C, bool add>
SAM_LOOP void multiplyChannels(const float* a, const float* b, int64_t bChunk, int64_t tiles, float* c,
                               int64_t cChunk) {
  F sum[R][C];
#pragma GCC unroll 16
  for (int i = 0; i < R; ++i) {
#pragma GCC unroll 4
    for (int j = 0; j < C; ++j) {
      sum[i][j] = F{};
#if defined(__GNUC__) || defined(__clang__)
      if (add) __builtin_prefetch(c + i * kChunk + placeOf(j, cChunk), 1);  // sums are far away
#endif
    }
  }
  const int64_t pairs = tiles / 2 * 2;
  multiplyAdd<R, C, 1, kChunk, 2>(sum, a, b, bChunk, pairs);
  multiplyAdd<R, C, 1, kChunk, 1>(sum, a + pairs * kChunk, b + pairs * kChunk, bChunk, tiles - pairs);
#pragma GCC unroll 16
  for (int i = 0; i < R; ++i) {
#pragma GCC unroll 4
    for (int j = 0; j < C; ++j) {
      float* at = c + i * kChunk + placeOf(j, cChunk);
      store(at, add ? load(at) + sum[i][j] : sum[i][j]);
    }
  }
}

}  // namespace sam::SAM_ISA::winograd4
