// Batch normalisation over rows of channels (NHWC), forward and backward. No include guard: see simd/isa.h.
//
// The work is bound by memory, so each pass reads every tensor once, in tiles that stay in the first-level
// cache.
#include "nn/batch_norm_rows.h"
#include "simd/vector.h"
// builds on the vectors
#include "nn/batch_norm_moments.h"

namespace sam::SAM_ISA {

// relu(NaN) is NaN, as in LibTorch
SAM_INLINE F rectified(F z) { return select(z <= F{}, F{}, z); }

template <typename T, bool relu, bool add, bool past>
SAM_KERNEL void applyToRows(const RowsForward<T>& job, int64_t begin, int64_t end) {
  const int64_t channels = job.channels;
  for (int64_t r = begin; r < end; ++r) {
    const T* x = job.x + r * channels;
    const T* residual = add ? job.residual + r * channels : nullptr;
    T* y = job.y + r * channels;
    int64_t c = 0;
    for (; c + kLanes <= channels; c += kLanes) {
      F z = load(x + c) * load(job.scale + c) + load(job.shift + c);
      if constexpr (add) z += load(residual + c);
      put<past>(y + c, relu ? rectified(z) : z);
    }
    if (c < channels) {
      const int64_t left = channels - c;
      F z = loadPart(x + c, left) * loadPart(job.scale + c, left) + loadPart(job.shift + c, left);
      if constexpr (add) z += loadPart(residual + c, left);
      storePart(y + c, relu ? rectified(z) : z, left);
    }
  }
  if constexpr (past) fence();
}

// The gradient behind the ReLU, from what the ReLU saw: its input computed again, or its output.
template <typename T, Gate gate>
SAM_INLINE F gated(F g, F x, F scale, F shift, const T* y) {
  if constexpr (gate == Gate::Input) return select(x * scale + shift <= F{}, F{}, g);
  if constexpr (gate == Gate::Output) return select(load(y) <= F{}, F{}, g);
  return g;
}

template <typename T, Gate gate, int B, int R>
SAM_INLINE void tileGradients(const RowsBackward<T>& job, int64_t row, int64_t rows, int64_t c, float* sums,
                              float* products) {
  const int64_t stride = job.channels;
  F sum[R][B] = {};
  F product[R][B] = {};
  F mean[B], scale[B], shift[B];
  for (int b = 0; b < B; ++b) {
    mean[b] = load(job.mean + c + b * kLanes);
    scale[b] = load(job.scale + c + b * kLanes);
    shift[b] = load(job.shift + c + b * kLanes);
  }
  int64_t r = row;
  const int64_t end = row + rows;
  for (; r + R <= end; r += R) {
    for (int i = 0; i < R; ++i) {
      for (int b = 0; b < B; ++b) {
        const int64_t at = (r + i) * stride + c + b * kLanes;
        const F x = load(job.x + at);
        const F g = gated<T, gate>(load(job.grad + at), x, scale[b], shift[b], job.y + at);
        sum[i][b] += g;
        product[i][b] += g * (x - mean[b]);
      }
    }
  }
  for (; r < end; ++r) {
    for (int b = 0; b < B; ++b) {
      const int64_t at = r * stride + c + b * kLanes;
      const F x = load(job.x + at);
      const F g = gated<T, gate>(load(job.grad + at), x, scale[b], shift[b], job.y + at);
      sum[0][b] += g;
      product[0][b] += g * (x - mean[b]);
    }
  }
  for (int b = 0; b < B; ++b) {
    for (int i = 1; i < R; ++i) {
      sum[0][b] += sum[i][b];
      product[0][b] += product[i][b];
    }
    store(sums + b * kLanes, sum[0][b]);
    store(products + b * kLanes, product[0][b]);
  }
}

template <typename T, Gate gate>
SAM_INLINE void tileGradientsPart(const RowsBackward<T>& job, int64_t row, int64_t rows, int64_t c,
                                  float* sums, float* products) {
  const int64_t left = job.channels - c;
  const F mean = loadPart(job.mean + c, left), scale = loadPart(job.scale + c, left),
          shift = loadPart(job.shift + c, left);
  F sum = {}, product = {};
  for (int64_t r = row; r < row + rows; ++r) {
    const int64_t at = r * job.channels + c;
    const F x = loadPart(job.x + at, left);
    T y[kLanes] = {};
    if constexpr (gate == Gate::Output) std::memcpy(y, job.y + at, static_cast<size_t>(left) * sizeof(T));
    const F g = gated<T, gate>(loadPart(job.grad + at, left), x, scale, shift, y);
    sum += g;
    product += g * (x - mean);
  }
  storePart(sums, sum, left);
  storePart(products, product, left);
}

// Sums over rows [begin, end) of the gated gradient g and of g (x - mean). `scratch` holds 2 * channels
// floats.
template <typename T, Gate gate>
SAM_KERNEL void reduceRows(const RowsBackward<T>& job, int64_t begin, int64_t end, double* sums,
                           double* products, float* scratch) {
  const int64_t channels = job.channels;
  float* tileSums = scratch;
  float* tileProducts = scratch + channels;
  for (int64_t c = 0; c < channels; ++c) sums[c] = products[c] = 0;
  const int64_t tile = tileRows<T>(channels);
  for (int64_t r = begin; r < end; r += tile) {
    const int64_t rows = end - r < tile ? end - r : tile;
    int64_t c = 0;
    for (; c + 2 * kLanes <= channels; c += 2 * kLanes) {
      tileGradients<T, gate, 2, 2>(job, r, rows, c, tileSums + c, tileProducts + c);
    }
    for (; c + kLanes <= channels; c += kLanes) {
      tileGradients<T, gate, 1, 4>(job, r, rows, c, tileSums + c, tileProducts + c);
    }
    if (c < channels) tileGradientsPart<T, gate>(job, r, rows, c, tileSums + c, tileProducts + c);
    for (int64_t i = 0; i < channels; ++i) {
      sums[i] += static_cast<double>(tileSums[i]);
      products[i] += static_cast<double>(tileProducts[i]);
    }
  }
}

// dx = a g + b (x - mean) + d for rows [begin, end), plus what else flows into x; the residual's gradient is
// g.
template <typename T, Gate gate, bool residual, bool more, bool past>
SAM_KERNEL void gradientOfRows(const RowsBackward<T>& job, int64_t begin, int64_t end) {
  const int64_t channels = job.channels;
  for (int64_t r = begin; r < end; ++r) {
    const int64_t row = r * channels;
    int64_t c = 0;
    for (; c + kLanes <= channels; c += kLanes) {
      const F x = load(job.x + row + c);
      const F scale = load(job.scale + c);
      const F g = gated<T, gate>(load(job.grad + row + c), x, scale, load(job.shift + c), job.y + row + c);
      F dx = g * scale + ((x - load(job.mean + c)) * load(job.slope + c) + load(job.offset + c));
      if constexpr (more) dx += load(job.more + row + c);
      put<past>(job.dx + row + c, dx);
      if constexpr (residual) put<past>(job.dresidual + row + c, g);
    }
    if (c < channels) {
      const int64_t left = channels - c;
      const F x = loadPart(job.x + row + c, left);
      const F scale = loadPart(job.scale + c, left);
      T y[kLanes] = {};
      if constexpr (gate == Gate::Output)
        std::memcpy(y, job.y + row + c, static_cast<size_t>(left) * sizeof(T));
      const F g =
          gated<T, gate>(loadPart(job.grad + row + c, left), x, scale, loadPart(job.shift + c, left), y);
      F dx = g * scale + ((x - loadPart(job.mean + c, left)) * loadPart(job.slope + c, left) +
                          loadPart(job.offset + c, left));
      if constexpr (more) dx += loadPart(job.more + row + c, left);
      storePart(job.dx + row + c, dx, left);
      if constexpr (residual) storePart(job.dresidual + row + c, g, left);
    }
  }
  if constexpr (past) fence();
}

template <typename T, bool past>
SAM_KERNEL void forwardTo(const RowsForward<T>& job, int64_t begin, int64_t end) {
  if (job.relu) {
    job.residual != nullptr ? applyToRows<T, true, true, past>(job, begin, end)
                            : applyToRows<T, true, false, past>(job, begin, end);
  } else {
    job.residual != nullptr ? applyToRows<T, false, true, past>(job, begin, end)
                            : applyToRows<T, false, false, past>(job, begin, end);
  }
}

template <typename T>
SAM_KERNEL void forwardRows(const RowsForward<T>& job, int64_t begin, int64_t end) {
  job.past ? forwardTo<T, true>(job, begin, end) : forwardTo<T, false>(job, begin, end);
}

template <typename T>
SAM_KERNEL void sumRows(const RowsBackward<T>& job, int64_t begin, int64_t end, double* sums,
                        double* products, float* scratch) {
  switch (job.gate) {
    case Gate::Input:
      return reduceRows<T, Gate::Input>(job, begin, end, sums, products, scratch);
    case Gate::Output:
      return reduceRows<T, Gate::Output>(job, begin, end, sums, products, scratch);
    default:
      return reduceRows<T, Gate::None>(job, begin, end, sums, products, scratch);
  }
}

template <typename T, Gate gate, bool past>
SAM_KERNEL void backwardTo(const RowsBackward<T>& job, int64_t begin, int64_t end) {
  if (job.dresidual != nullptr) {
    job.more != nullptr ? gradientOfRows<T, gate, true, true, past>(job, begin, end)
                        : gradientOfRows<T, gate, true, false, past>(job, begin, end);
  } else {
    job.more != nullptr ? gradientOfRows<T, gate, false, true, past>(job, begin, end)
                        : gradientOfRows<T, gate, false, false, past>(job, begin, end);
  }
}

template <typename T, Gate gate>
SAM_KERNEL void backwardGated(const RowsBackward<T>& job, int64_t begin, int64_t end) {
  job.past ? backwardTo<T, gate, true>(job, begin, end) : backwardTo<T, gate, false>(job, begin, end);
}

template <typename T>
SAM_KERNEL void backwardRows(const RowsBackward<T>& job, int64_t begin, int64_t end) {
  switch (job.gate) {
    case Gate::Input:
      return backwardGated<T, Gate::Input>(job, begin, end);
    case Gate::Output:
      return backwardGated<T, Gate::Output>(job, begin, end);
    default:
      return backwardGated<T, Gate::None>(job, begin, end);
  }
}

template <typename T>
constexpr RowsKernels<T> rowsKernels() {
  return {&momentsOfRows<T>, &forwardRows<T>, &sumRows<T>, &backwardRows<T>};
}

}  // namespace sam::SAM_ISA
