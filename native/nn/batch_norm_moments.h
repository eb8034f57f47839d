// Mean and squared deviations of rows of channels, for batch_norm_kernels.h. No include guard: see
// simd/isa.h.
//
// A tile's mean and squared deviations are taken in fp32 from the tile's own mean, and tiles are put together
// in fp64 (Chan, Golub, LeVeque). That is as exact as two passes over memory, and costs one.

namespace sam::SAM_ISA {

constexpr int64_t kTileBytes = 16 << 10;

template <typename T>
SAM_INLINE int64_t tileRows(int64_t channels) {
  const int64_t rows = kTileBytes / (channels * static_cast<int64_t>(sizeof(T)));
  return rows < 8 ? 8 : rows > 256 ? 256 : rows;
}

// Mean and sum of squared deviations of `rows` rows in B vectors of channels, R rows at a time so that
// additions overlap.
template <typename T, int B, int R>
SAM_INLINE void tileMoments(const T* x, int64_t rows, int64_t stride, float* mean, float* deviations) {
  F sum[R][B] = {};
  int64_t r = 0;
  for (; r + R <= rows; r += R) {
    for (int i = 0; i < R; ++i) {
      for (int b = 0; b < B; ++b) sum[i][b] += load(x + (r + i) * stride + b * kLanes);
    }
  }
  for (; r < rows; ++r) {
    for (int b = 0; b < B; ++b) sum[0][b] += load(x + r * stride + b * kLanes);
  }
  const F share = broadcast(1.0f / static_cast<float>(rows));
  F middle[B];
  for (int b = 0; b < B; ++b) {
    for (int i = 1; i < R; ++i) sum[0][b] += sum[i][b];
    middle[b] = sum[0][b] * share;
  }
  F squares[R][B] = {};
  for (r = 0; r + R <= rows; r += R) {
    for (int i = 0; i < R; ++i) {
      for (int b = 0; b < B; ++b) {
        const F d = load(x + (r + i) * stride + b * kLanes) - middle[b];
        squares[i][b] += d * d;
      }
    }
  }
  for (; r < rows; ++r) {
    for (int b = 0; b < B; ++b) {
      const F d = load(x + r * stride + b * kLanes) - middle[b];
      squares[0][b] += d * d;
    }
  }
  for (int b = 0; b < B; ++b) {
    for (int i = 1; i < R; ++i) squares[0][b] += squares[i][b];
    store(mean + b * kLanes, middle[b]);
    store(deviations + b * kLanes, squares[0][b]);
  }
}

template <typename T>
SAM_INLINE void tileMomentsPart(const T* x, int64_t rows, int64_t stride, int64_t count, float* mean,
                                float* deviations) {
  F sum = {};
  for (int64_t r = 0; r < rows; ++r) sum += loadPart(x + r * stride, count);
  const F middle = sum * broadcast(1.0f / static_cast<float>(rows));
  F squares = {};
  for (int64_t r = 0; r < rows; ++r) {
    const F d = loadPart(x + r * stride, count) - middle;
    squares += d * d;
  }
  storePart(mean, middle, count);
  storePart(deviations, squares, count);
}

SAM_INLINE void addTile(double* mean, double* deviations, double before, const float* tileMean,
                        const float* tileDeviations, double rows, int64_t channels) {
  const double share = rows / (before + rows);
  const double both = before * share;
  for (int64_t c = 0; c < channels; ++c) {
    const double apart = static_cast<double>(tileMean[c]) - mean[c];
    mean[c] += apart * share;
    deviations[c] += static_cast<double>(tileDeviations[c]) + apart * apart * both;
  }
}

// Mean and sum of squared deviations of each channel over rows [begin, end). `scratch` holds 2 * channels
// floats.
template <typename T>
SAM_KERNEL void momentsOfRows(const T* x, int64_t begin, int64_t end, int64_t channels, double* mean,
                              double* deviations, float* scratch) {
  float* tileMean = scratch;
  float* tileDeviations = scratch + channels;
  for (int64_t c = 0; c < channels; ++c) mean[c] = deviations[c] = 0;
  const int64_t tile = tileRows<T>(channels);
  for (int64_t r = begin; r < end; r += tile) {
    const int64_t rows = end - r < tile ? end - r : tile;
    const T* at = x + r * channels;
    int64_t c = 0;
    for (; c + 4 * kLanes <= channels; c += 4 * kLanes) {
      tileMoments<T, 4, 2>(at + c, rows, channels, tileMean + c, tileDeviations + c);
    }
    for (; c + kLanes <= channels; c += kLanes) {
      tileMoments<T, 1, 4>(at + c, rows, channels, tileMean + c, tileDeviations + c);
    }
    if (c < channels)
      tileMomentsPart<T>(at + c, rows, channels, channels - c, tileMean + c, tileDeviations + c);
    addTile(mean, deviations, static_cast<double>(r - begin), tileMean, tileDeviations,
            static_cast<double>(rows), channels);
  }
}

}  // namespace sam::SAM_ISA
