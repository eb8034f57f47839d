// Products of small matrices. No include guard: see simd/isa.h.
//
// A block of c stays in registers while a block of the depth goes by. The panel of b for that is copied
// into a buffer that fits the first-level cache, its columns side by side, unless it lies well as it is. a is
// read where it lies, unless it lies by columns: the numbers of a block would be a row of a apart, and with
// rows of a power of two fall on each other in the cache.
#include "nn/gemm.h"
#include "simd/vector.h"

namespace sam::SAM_ISA {

constexpr int kVectors = 2;
constexpr int64_t kPanel = kVectors * kLanes;
#if defined(SAM_USE_AVX512)
constexpr int kMostRows = 12;
constexpr int kWideVectors = 4;       // two panels at once, where there are two
constexpr int64_t kDepthBlock = 112;  // 28 KB of b
#else
constexpr int kMostRows = 6;
constexpr int kWideVectors = kVectors;
constexpr int64_t kDepthBlock = 256;  // 16 KB
#endif
// Rows of a block of so many vectors: as many sums as there are registers. A step of 6 x 4 loads 10 times
// for 24 sums, one of 12 x 2 14 times, which is what holds AVX-512 back.
template <int V>
constexpr int kRowsOf = V > 2 ? kMostRows / 2 : kMostRows;

// A panel of b, its columns side by side.
struct Panel {
  const float* data;
  int64_t rowStride;
};

// c[R][V vectors] (+)= a b, `depth` steps. c is added at the end: a chain of additions is one block of the
// depth long, and rounds as little.
template <int R, int V, bool add>
SAM_LOOP void multiplyBlock(const MatrixView& a, const Panel& panel, int64_t depth, float* c,
                            int64_t rowStride) {
  F sum[R][V];
#pragma GCC unroll 16
  for (int i = 0; i < R; ++i) {
#pragma GCC unroll 4
    for (int j = 0; j < V; ++j) sum[i][j] = F{};
  }
  const float* from = a.data;
  const float* b = panel.data;
  for (int64_t p = 0; p < depth; ++p) {
    F right[V];
#pragma GCC unroll 4
    for (int j = 0; j < V; ++j) right[j] = load(b + j * kLanes);
#pragma GCC unroll 16
    for (int i = 0; i < R; ++i) {
      const F left = broadcast(from[i * a.rowStride]);
#pragma GCC unroll 4
      for (int j = 0; j < V; ++j) sum[i][j] += left * right[j];
    }
    from += a.columnStride;
    b += panel.rowStride;
  }
#pragma GCC unroll 16
  for (int i = 0; i < R; ++i) {
#pragma GCC unroll 4
    for (int j = 0; j < V; ++j) {
      float* at = c + i * rowStride + j * kLanes;
      store(at, add ? load(at) + sum[i][j] : sum[i][j]);
    }
  }
}

// Fewer rows than a whole block has
template <int R, int V, bool add>
SAM_KERNEL void multiplyRest(const MatrixView& a, const Panel& b, int64_t rows, int64_t depth, float* c,
                             int64_t rowStride) {
  if (rows == R) return multiplyBlock<R, V, add>(a, b, depth, c, rowStride);
  if constexpr (R > 1) multiplyRest<R - 1, V, add>(a, b, rows, depth, c, rowStride);
}

// a in blocks of kMostRows rows that are `blockStride` apart
struct Blocks {
  MatrixView view;
  int64_t blockStride;
};

template <int V, bool add>
SAM_KERNEL void multiplyRows(const Blocks& blocks, const Panel& b, int64_t rows, int64_t depth, float* c,
                             int64_t rowStride) {
  constexpr int kRows = kRowsOf<V>;
  const float* block = blocks.view.data;
  MatrixView a = blocks.view;
  for (; rows > 0; rows -= kMostRows, block += blocks.blockStride) {
    a.data = block;
    int64_t left = rows < kMostRows ? rows : kMostRows;
    for (; left >= kRows; left -= kRows) {
      multiplyBlock<kRows, V, add>(a, b, depth, c, rowStride);
      a.data += kRows * a.rowStride;
      c += kRows * rowStride;
    }
    if (left > 0) multiplyRest<kRows - 1, V, add>(a, b, left, depth, c, rowStride);
  }
}

// The last panel, narrower than the others: its blocks pass through a tile of full width.
template <int V, bool add>
SAM_KERNEL void multiplyEdge(Blocks a, const Panel& b, int64_t rows, int64_t columns, int64_t depth, float* c,
                             int64_t rowStride) {
  constexpr int64_t kWidth = V * kLanes;
  float tile[kMostRows * kWidth];
  const auto width = static_cast<size_t>(columns) * sizeof(float);
  for (int64_t i = 0; i < rows; i += kMostRows) {
    const int64_t count = rows - i < kMostRows ? rows - i : kMostRows;
    for (int64_t r = 0; add && r < count; ++r) std::memcpy(tile + r * kWidth, c + r * rowStride, width);
    multiplyRows<V, add>(a, b, count, depth, tile, kWidth);
    for (int64_t r = 0; r < count; ++r) std::memcpy(c + r * rowStride, tile + r * kWidth, width);
    a.view.data += a.blockStride;
    c += kMostRows * rowStride;
  }
}

#if defined(SAM_USE_AVX2) || defined(SAM_USE_AVX512)
// Eight rows of eight numbers, turned. Their halves change places on the way from memory, which any port
// does, so that two shuffles a result are left.
SAM_INLINE void turn(const float* from, int64_t rowStride, float* to, int64_t step) {
#pragma GCC unroll 2
  for (int half = 0; half < 8; half += 4, from += 4, to += 4 * step) {
    __m256 row[4];  // i in one half, i + 4 in the other
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
      row[i] = _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(from + i * rowStride)),
                                    _mm_loadu_ps(from + (i + 4) * rowStride), 1);
    }
    const __m256 low = _mm256_unpacklo_ps(row[0], row[1]), nextLow = _mm256_unpacklo_ps(row[2], row[3]);
    const __m256 high = _mm256_unpackhi_ps(row[0], row[1]), nextHigh = _mm256_unpackhi_ps(row[2], row[3]);
    _mm256_storeu_ps(to, _mm256_shuffle_ps(low, nextLow, 0x44));
    _mm256_storeu_ps(to + step, _mm256_shuffle_ps(low, nextLow, 0xee));
    _mm256_storeu_ps(to + 2 * step, _mm256_shuffle_ps(high, nextHigh, 0x44));
    _mm256_storeu_ps(to + 3 * step, _mm256_shuffle_ps(high, nextHigh, 0xee));
  }
}
#endif

// b's rows as [depth][V vectors], with zeros behind the last column
template <int V>
SAM_KERNEL void packPanel(const MatrixView& b, int64_t depth, int64_t columns, float* to) {
  constexpr int64_t kWidth = V * kLanes;
  if (columns < kWidth)
    std::memset(static_cast<void*>(to), 0, static_cast<size_t>(depth * kWidth) * sizeof(float));
  if (b.columnStride == 1) {
    for (int64_t p = 0; p < depth; ++p) {
      const float* from = b.data + p * b.rowStride;
      if (columns < kWidth) {
        std::memcpy(to + p * kWidth, from, static_cast<size_t>(columns) * sizeof(float));
        continue;
      }
      for (int j = 0; j < V; ++j) store(to + p * kWidth + j * kLanes, load(from + j * kLanes));
    }
    return;
  }
  int64_t column = 0;
  for (; column + 8 <= columns; column += 8) {
    const float* from = b.data + column * b.columnStride;
    int64_t p = 0;
    for (; p + 8 <= depth; p += 8) turn(from + p, b.columnStride, to + p * kWidth + column, kWidth);
    for (; p < depth; ++p) {
      for (int64_t j = 0; j < 8; ++j) to[p * kWidth + column + j] = from[j * b.columnStride + p];
    }
  }
  if (columns == kWidth) return;  // nothing is left; the compiler sees a loop beyond the buffer otherwise
  for (; column < columns; ++column) {
    const float* from = b.data + column * b.columnStride;
    for (int64_t p = 0; p < depth; ++p) to[p * kWidth + column] = from[p];
  }
}

// What follows the sums, in the cache of the core that made them.
SAM_KERNEL void finishPanel(const Gemm& job, int64_t column, int64_t columns) {
  if (job.bias == nullptr && !job.relu && job.addend == nullptr && job.product == nullptr && job.scale == 1)
    return;
  const F zero{}, scale = broadcast(job.scale);
  for (int64_t i = 0; i < job.rows; ++i) {
    const int64_t first = i * job.rowStride + column;
    const float* from = (job.product != nullptr ? job.product : job.c) + first;
    const float* addend = job.addend != nullptr ? job.addend + first : nullptr;
    float* to = job.c + first;
    int64_t j = 0;
    for (; j + kLanes <= columns; j += kLanes) {
      F value = job.scale == 0 ? zero : scale * load(from + j);
      if (addend != nullptr) value += load(addend + j);
      if (job.bias != nullptr) value += load(job.bias + column + j);
      store(to + j, job.relu ? select(value < zero, zero, value) : value);
    }
    for (; j < columns; ++j) {
      float value = job.scale == 0 ? 0 : job.scale * from[j];
      if (addend != nullptr) value += addend[j];
      if (job.bias != nullptr) value += job.bias[column + j];
      to[j] = job.relu && value < 0 ? 0 : value;
    }
  }
}

// a's columns, of `rows` numbers each, as blocks of [depth][kMostRows]
SAM_KERNEL void packColumns(const MatrixView& a, int64_t rows, int64_t depth, float* to) {
  for (int64_t first = 0; first < rows; first += kMostRows, to += kMostRows * depth) {
    const int64_t count = rows - first < kMostRows ? rows - first : kMostRows;
    for (int64_t p = 0; p < depth; ++p) {
      for (int64_t i = 0; i < count; ++i) to[p * kMostRows + i] = a.data[p * a.columnStride + first + i];
    }
  }
}

// Rows an odd number of cache lines apart: a panel's lines then fall on all sets of the cache.
SAM_INLINE bool suitsAsItLies(const MatrixView& b) {
  constexpr int64_t kLine = 64 / sizeof(float);
  return b.columnStride == 1 && b.rowStride % (2 * kLine) == kLine &&
         reinterpret_cast<uintptr_t>(b.data) % 64 == 0;
}

// A panel of full width, by way of `packed` unless it lies well.
template <int V, bool add>
SAM_INLINE void multiplyWhole(const Blocks& a, const MatrixView& b, int64_t rows, int64_t depth,
                              float* packed, float* c, int64_t rowStride) {
  constexpr int64_t kWidth = V * kLanes;
  const bool isCopied = !suitsAsItLies(b);
  if (isCopied) packPanel<V>(b, depth, kWidth, packed);
  multiplyRows<V, add>(a, isCopied ? Panel{packed, kWidth} : Panel{b.data, b.rowStride}, rows, depth, c,
                       rowStride);
}

// One block of the depth: c (+)= a b in some of its panels
template <bool add>
SAM_KERNEL void multiplyPanels(const Gemm& job, const Blocks& a, int64_t row, int64_t rows, int64_t p,
                               int64_t depth, int64_t first, int64_t last) {
  constexpr int64_t kWide = kWideVectors * kLanes;
  alignas(64) float packed[kDepthBlock * kWide];
  const int64_t end = last * kPanel < job.columns ? last * kPanel : job.columns;
  int64_t columns = 0;
  for (int64_t column = first * kPanel; column < end; column += columns) {
    columns = end - column >= kWide ? kWide : end - column < kPanel ? end - column : kPanel;
    const MatrixView b{job.b.data + p * job.b.rowStride + column * job.b.columnStride, job.b.rowStride,
                       job.b.columnStride};
    float* c = (job.product != nullptr ? job.product : job.c) + row * job.rowStride + column;
    if (columns == kWide) {
      multiplyWhole<kWideVectors, add>(a, b, rows, depth, packed, c, job.rowStride);
    } else if (columns == kPanel) {
      multiplyWhole<kVectors, add>(a, b, rows, depth, packed, c, job.rowStride);
    } else if (columns > kLanes) {
      packPanel<kVectors>(b, depth, columns, packed);
      multiplyEdge<kVectors, add>(a, {packed, kPanel}, rows, columns, depth, c, job.rowStride);
    } else {
      packPanel<1>(b, depth, columns, packed);
      multiplyEdge<1, add>(a, {packed, kLanes}, rows, columns, depth, c, job.rowStride);
    }
  }
}

SAM_KERNEL void gemmPanels(const Gemm& job, int64_t first, int64_t last) {
  constexpr int64_t kPackedRows = 96;   // at least, so that packing b as often does not show
  constexpr int64_t kFewestPanels = 4;  // that a packed block is read for
  alignas(64) float packed[kPackedRows * 128];
  const int64_t steps = (job.depth + kDepthBlock - 1) / kDepthBlock;
  const int64_t step = ((job.depth + steps - 1) / steps + 7) / 8 * 8;  // of about the same size
  const int64_t together =
      static_cast<int64_t>(sizeof(packed) / sizeof(float)) / step / kMostRows * kMostRows;
  const bool packs = job.a.columnStride != 1 && job.a.rowStride == 1 && together >= kPackedRows &&
                     last - first >= kFewestPanels;
  for (int64_t p = 0; p < job.depth; p += step) {
    const int64_t depth = job.depth - p < step ? job.depth - p : step;
    for (int64_t row = 0; row < job.rows; row += packs ? together : job.rows) {
      const int64_t rows = packs && job.rows - row > together ? together : job.rows - row;
      const MatrixView a{job.a.data + p * job.a.columnStride + row * job.a.rowStride, job.a.rowStride,
                         job.a.columnStride};
      if (packs) packColumns(a, rows, depth, packed);
      const Blocks blocks =
          packs ? Blocks{{packed, 1, kMostRows}, kMostRows * depth} : Blocks{a, kMostRows * a.rowStride};
      p == 0 ? multiplyPanels<false>(job, blocks, row, rows, p, depth, first, last)
             : multiplyPanels<true>(job, blocks, row, rows, p, depth, first, last);
    }
  }
  for (int64_t panel = first; panel < last; ++panel) {
    const int64_t column = panel * kPanel;
    finishPanel(job, column, job.columns - column < kPanel ? job.columns - column : kPanel);
  }
}

}  // namespace sam::SAM_ISA
