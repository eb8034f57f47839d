// Winograd's F(2x2, 3x3) on rows of channels. No include guard: see simd/isa.h.
//
// 16 products instead of 36 for four outputs. Tiles of the input are transformed a block at a time into a
// scratch that stays in the second-level cache, multiplied by the transformed weights (16 matrix products,
// one per position in the 4x4 patch), and transformed back on the way out. Sums are fp32; for bf16 the
// transformed patches and weights are rounded to bf16.
#include "nn/winograd_jobs.h"
#include "simd/vector.h"

namespace sam::SAM_ISA {

template <int n>
struct Constant {
  static constexpr int value = n;
};

// How many numbers along the reduction one multiplication takes: bf16 dot products take two.
template <typename T>
constexpr int64_t kDepth = sizeof(T) == 2 ? 2 : 1;

// A block of the product is held in registers: so many vectors wide at most, and so many rows high for each
// width.
#if defined(SAM_USE_AVX512)
constexpr int64_t kColumns = 4;
constexpr int kRowsFor[] = {0, 12, 12, 8, 6};
constexpr int kInputsFor[] = {0, 16, 8, 8,
                              4};  // the same for the weights' gradient, whose rows are input channels
#else
constexpr int64_t kColumns = 2;
constexpr int kRowsFor[] = {0, 6, 6};
constexpr int kInputsFor[] = {0, 8, 4};
#endif

// Channels are transformed in packs of kWide: one vector of floats, or for bf16 two, of the even and of the
// odd channels, which costs one shift and one mask instead of widening each half. In scratch they stay in
// that order; the weights follow it.
template <typename T>
constexpr int kVectors = sizeof(T) == 2 ? 2 : 1;
template <typename T>
constexpr int64_t kWide = kVectors<T>* kLanes;

// Output channels that are multiplied together: whole packs.
template <typename T>
SAM_KERNEL int64_t panelOf(int64_t out) {
  for (int64_t columns = kColumns; columns > kVectors<T>; --columns) {
    if (columns % kVectors<T> == 0 && out % (columns * kLanes) == 0) return columns * kLanes;
  }
  return kWide<T>;
}

// The channel at a place of a pack, along a reduction
template <typename T>
constexpr int64_t channelAt(int64_t place) {
  if (sizeof(T) == 4) return place;
  return place < kLanes ? 2 * place : 2 * (place - kLanes) + 1;
}

SAM_INLINE void loadPack(const float* from, F* values) { values[0] = load(from); }
SAM_INLINE void storePack(float* to, const F* values) { store(to, values[0]); }
SAM_INLINE void storeNatural(float* to, const F* values) { store(to, values[0]); }
SAM_INLINE void storeReordered(float* to, const F* values) { store(to, values[0]); }
SAM_INLINE void storeSideBySide(float* to, const F* first, const F*) { store(to, first[0]); }
constexpr int64_t pairedChannelAt(const float*, int64_t place) { return place; }

#if defined(SAM_USE_BF16)
typedef uint32_t UnalignedU __attribute__((vector_size(64), aligned(2), may_alias));

SAM_INLINE __m512i packed(F low, F high) {
  return (__m512i)_mm512_maskz_cvtne2ps_pbh(0xffffffff, (__m512)high, (__m512)low);
}

SAM_INLINE void loadPack(const Bf16* from, F* values) {
  const U both = *reinterpret_cast<const UnalignedU*>(from);
  values[0] = (F)(both << 16);
  values[1] = (F)(both & 0xffff0000u);
}
SAM_INLINE void storePack(Bf16* to, const F* values) {
  _mm512_storeu_si512(to, packed(values[0], values[1]));
}
// Of two vectors of neighbouring channels: as they are, or in the order of loadPack().
SAM_INLINE void storeNatural(Bf16* to, const F* values) {
  _mm512_storeu_si512(to, packed(values[0], values[1]));
}
SAM_INLINE void storeReordered(Bf16* to, const F* values) {
  const __m512i even = _mm512_set_epi32(30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0);
  const __m512i odd = _mm512_set_epi32(31, 29, 27, 25, 23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3, 1);
  const F evens = (F)_mm512_permutex2var_ps((__m512)values[0], even, (__m512)values[1]);
  const F odds = (F)_mm512_permutex2var_ps((__m512)values[0], odd, (__m512)values[1]);
  _mm512_storeu_si512(to, packed(evens, odds));
}
// Two packs of loadPack(), each channel's two numbers side by side, in the order of pairedChannelAt().
SAM_INLINE void storeSideBySide(Bf16* to, const F* first, const F* second) {
  const __m512i a = packed(first[0], first[1]), b = packed(second[0], second[1]);
  _mm512_storeu_si512(to, _mm512_maskz_unpacklo_epi16(0xffffffff, a, b));
  _mm512_storeu_si512(to + 32, _mm512_maskz_unpackhi_epi16(0xffffffff, a, b));
}
constexpr int64_t pairedChannelAt(const Bf16*, int64_t place) {
  const int64_t half = place / 16, quarter = place % 16 / 4,
                lane = place % 4;  // unpacking works on quarters of a vector
  return 2 * (quarter % 2 * 8 + half * 4 + lane) + quarter / 2;
}
#endif

SAM_INLINE F multiplyAdd(F sum, const float* a, const float* b) { return sum + broadcast(*a) * load(b); }
#if defined(SAM_USE_BF16)
typedef int32_t UnalignedPair __attribute__((aligned(2), may_alias));
SAM_INLINE F multiplyAdd(F sum, const Bf16* a, const Bf16* b) {
  const __m512i pair = _mm512_set1_epi32(*reinterpret_cast<const UnalignedPair*>(a));
  return (F)_mm512_dpbf16_ps((__m512)sum, (__m512bh)pair, (__m512bh)_mm512_loadu_si512(b));
}
#endif

// c[R][C vectors] (+)= a b. Row i, group g of a is at a + i aRow + g aStep; group g of b at b + g bStep.
template <typename T, int R, int C, bool add>
SAM_INLINE void multiply(const T* a, int64_t aRow, int64_t aStep, const T* b, int64_t groups, float* c) {
  constexpr int64_t kPanel = C * kLanes;
  F sum[R][C];
  for (int i = 0; i < R; ++i) {
    for (int j = 0; j < C; ++j) sum[i][j] = add ? load(c + i * kPanel + j * kLanes) : F{};
  }
  for (int64_t g = 0; g < groups; ++g) {
    for (int i = 0; i < R; ++i) {
      for (int j = 0; j < C; ++j)
        sum[i][j] = multiplyAdd(sum[i][j], a + i * aRow, b + j * kLanes * kDepth<T>);
    }
    a += aStep;
    b += kPanel * kDepth<T>;
  }
  for (int i = 0; i < R; ++i) {
    for (int j = 0; j < C; ++j) store(c + i * kPanel + j * kLanes, sum[i][j]);
  }
}

// The 16 products of one panel: operands and results of product i are i times their distance further on.
struct Distances {
  int64_t a;
  int64_t b;
  int64_t c;
};

// Rows are tiles, the reduction goes over inputs.
template <typename T, int C>
SAM_LOOP void multiplyTiles(const T* a, const T* b, float* c, const Distances& distance, int64_t rows,
                            int64_t in) {
  constexpr int R = kRowsFor[C];
  for (int64_t i = 0; i < 16; ++i) {
    for (int64_t r = 0; r < rows; r += R) {
      multiply<T, R, C, false>(a + r * in, in, kDepth<T>, b, in / kDepth<T>, c + r * C * kLanes);
    }
    a += distance.a;
    b += distance.b;
    c += distance.c;
  }
}

// Rows are inputs, the reduction goes over groups of tiles.
template <typename T, int C>
SAM_LOOP void multiplyInputs(const T* a, const T* b, float* c, int64_t in, int64_t groups) {
  constexpr int R = kInputsFor[C];
  for (int64_t r = 0; r < in; r += R) {
    multiply<T, R, C, true>(a + r * kDepth<T>, kDepth<T>, in * kDepth<T>, b, groups, c + r * C * kLanes);
  }
}

// Calls f(the number of vectors in a panel) with that number as a constant.
template <typename T, typename Call>
SAM_INLINE void withPanel(int64_t panel, const Call& call) {
  switch (panel / kLanes) {
#if defined(SAM_USE_AVX512)
    case 4:
      return call(Constant<4>{});
    case 3:
      return call(Constant<3>{});
#endif
    case 2:
      return call(Constant<2>{});
    default:
      return call(Constant<1>{});
  }
}

struct Position {
  int64_t image;
  int64_t row;
  int64_t column;
};

SAM_INLINE Position positionOf(const ConvShape& shape, int64_t tile) {
  const int64_t columns = shape.tileColumns();
  const int64_t row = tile / columns;
  return {row / shape.tileRows(), row % shape.tileRows(), tile % columns};
}
SAM_INLINE void advance(const ConvShape& shape, Position& at) {
  if (++at.column < shape.tileColumns()) return;
  at.column = 0;
  if (++at.row < shape.tileRows()) return;
  at.row = 0;
  ++at.image;
}

// The patch's pixels, those outside the image in a row of zeros.
template <typename T>
SAM_INLINE void patchOf(const T* x, const ConvShape& shape, const Position& at, const T* zeros,
                        const T* pixels[16]) {
  for (int r = 0; r < 4; ++r) {
    const int64_t y = 2 * at.row - 1 + r;
    for (int s = 0; s < 4; ++s) {
      const int64_t z = 2 * at.column - 1 + s;
      const bool inside = y >= 0 && y < shape.height && z >= 0 && z < shape.width;
      pixels[4 * r + s] = inside ? x + ((at.image * shape.height + y) * shape.width + z) * shape.in : zeros;
    }
  }
}

// One row of B' d B from one row of B' d, and one row of A dy A' from one row of A dy
SAM_INLINE void transformRow(const F t[4], F v[4]) {
  v[0] = t[0] - t[2];
  v[1] = t[1] + t[2];
  v[2] = t[2] - t[1];
  v[3] = t[1] - t[3];
}
SAM_INLINE void spreadRow(F left, F right, F z[4]) {
  z[0] = left;
  z[1] = left + right;
  z[2] = left - right;
  z[3] = -right;
}

// D tiles' patches at one pack of channels, transformed and stored row by row, so that what is live fits the
// registers. Row r of four packs goes to put(r, v), v[D][column][vector].
template <typename T, int D, typename Put>
SAM_INLINE void transformPatches(const T* const (*pixels)[16], int64_t c, const Put& put) {
  constexpr int N = kVectors<T>;
  F v[D][4][N];
  const auto finish = [&](int r, const F(&t)[D][N][4]) SAM_TARGET __attribute__((always_inline)) {
    for (int d = 0; d < D; ++d) {
      for (int n = 0; n < N; ++n) {
        F row[4];
        transformRow(t[d][n], row);
        for (int s = 0; s < 4; ++s) v[d][s][n] = row[s];
      }
    }
    put(r, v);
  };
  F t[D][N][4], w[D][N][4];
  for (int r = 0; r < 4; r += 3) {  // rows 0 and 3: d0 - d2, d1 - d3
    for (int d = 0; d < D; ++d) {
      for (int s = 0; s < 4; ++s) {
        F a[N], b[N];
        loadPack(pixels[d][(r / 3) * 4 + s] + c, a);
        loadPack(pixels[d][(r / 3 + 2) * 4 + s] + c, b);
        for (int n = 0; n < N; ++n) t[d][n][s] = a[n] - b[n];
      }
    }
    finish(r, t);
  }
  for (int d = 0; d < D; ++d) {  // rows 1 and 2: d1 + d2, d2 - d1
    for (int s = 0; s < 4; ++s) {
      F a[N], b[N];
      loadPack(pixels[d][4 + s] + c, a);
      loadPack(pixels[d][8 + s] + c, b);
      for (int n = 0; n < N; ++n) {
        t[d][n][s] = a[n] + b[n];
        w[d][n][s] = b[n] - a[n];
      }
    }
  }
  finish(1, t);
  finish(2, w);
}

// The same for A dy A', what a 2x2 gradient means for the 16 products
template <typename T, int D, typename Put>
SAM_INLINE void spreadGradients(const T* const (*grads)[4], int64_t k, const Put& put) {
  constexpr int N = kVectors<T>;
  F above[D][2][N], below[D][2][N], z[D][4][N];
  for (int d = 0; d < D; ++d) {
    for (int s = 0; s < 2; ++s) {
      loadPack(grads[d][s] + k, above[d][s]);
      loadPack(grads[d][2 + s] + k, below[d][s]);
    }
  }
  for (int r = 0; r < 4; ++r) {
    for (int d = 0; d < D; ++d) {
      for (int n = 0; n < N; ++n) {
        F side[2], row[4];
        for (int s = 0; s < 2; ++s) {
          const F up = above[d][s][n], down = below[d][s][n];
          side[s] = r == 0 ? up : r == 1 ? up + down : r == 2 ? up - down : -down;
        }
        spreadRow(side[0], side[1], row);
        for (int s = 0; s < 4; ++s) z[d][s][n] = row[s];
      }
    }
    put(r, z);
  }
}

constexpr int64_t alignedBytes(int64_t bytes) { return (bytes + 63) / 64 * 64; }

// -------------------------------------------------------------------------------------------------------------
// forward

template <typename T>
SAM_INLINE int64_t forwardBlock(const ConvShape& shape) {
  const int64_t tiles = (int64_t{96} << 10) / (16 * shape.in * static_cast<int64_t>(sizeof(T)));
  const int64_t bounded = tiles < 24 ? 24 : tiles > 48 ? 48 : tiles;
  return bounded / 24 * 24;  // a multiple of every number of rows
}

template <typename T>
SAM_KERNEL int64_t forwardScratch(const ConvShape& shape) {
  const int64_t tiles = forwardBlock<T>(shape);
  return alignedBytes(shape.in * static_cast<int64_t>(sizeof(T))) +
         16 * tiles * shape.in * static_cast<int64_t>(sizeof(T)) + 16 * tiles * panelOf<T>(shape.out) * 4 +
         64;
}

template <typename T>
SAM_LOOP void transformTile(const T* const (*pixels)[16], int64_t channels, T* to, int64_t apart) {
  for (int64_t c = 0; c < channels; c += kWide<T>) {
    transformPatches<T, 1>(
        pixels, c, [&](int r, const F(&v)[1][4][kVectors<T>]) SAM_TARGET __attribute__((always_inline)) {
          for (int s = 0; s < 4; ++s) storePack(to + (4 * r + s) * apart + c, v[0][s]);
        });
  }
}

// A' m A, into up to four pixels of y
template <typename T, bool bias, bool add>
SAM_INLINE void finishTile(const WinogradForward<T>& job, const Position& at, const float* products,
                           int64_t apart, int64_t panel, int64_t firstOut) {
  constexpr int N = kVectors<T>;
  const ConvShape& shape = job.shape;
  const int64_t y = 2 * at.row, z = 2 * at.column;
  const bool inside[4] = {true, z + 1 < shape.width, y + 1 < shape.height,
                          z + 1 < shape.width && y + 1 < shape.height};
  const int64_t first = ((at.image * shape.height + y) * shape.width + z) * shape.out + firstOut;
  const int64_t next = shape.width * shape.out;
  for (int64_t k = 0; k < panel; k += kWide<T>) {
    F pixels[4][N];
    for (int n = 0; n < N; ++n) {
      const float* m = products + k + n * kLanes;
      F rows[8];
      for (int s = 0; s < 4; ++s) {
        const F m0 = load(m + s * apart), m1 = load(m + (4 + s) * apart);
        const F m2 = load(m + (8 + s) * apart), m3 = load(m + (12 + s) * apart);
        rows[s] = m0 + m1 + m2;
        rows[4 + s] = m1 - m2 - m3;
      }
      pixels[0][n] = rows[0] + rows[1] + rows[2];
      pixels[1][n] = rows[1] - rows[2] - rows[3];
      pixels[2][n] = rows[4] + rows[5] + rows[6];
      pixels[3][n] = rows[5] - rows[6] - rows[7];
      if constexpr (bias) {
        const F shift = load(job.bias + firstOut + k + n * kLanes);
        for (auto& pixel : pixels) pixel[n] += shift;
      }
    }
    for (int i = 0; i < 4; ++i) {
      if (!inside[i]) continue;
      const int64_t to = first + k + i / 2 * next + i % 2 * shape.out;
      if constexpr (add) {
        for (int n = 0; n < N; ++n) pixels[i][n] += load(job.addend + to + n * kLanes);
      }
      storeNatural(job.y + to, pixels[i]);
    }
  }
}

template <typename T, bool bias, bool add>
SAM_KERNEL void finishTiles(const WinogradForward<T>& job, Position at, int64_t count, const float* products,
                            int64_t apart, int64_t panel, int64_t firstOut) {
  for (int64_t t = 0; t < count; ++t, advance(job.shape, at)) {
    finishTile<T, bias, add>(job, at, products + t * panel, apart, panel, firstOut);
  }
}

template <typename T>
SAM_KERNEL void forwardTiles(const WinogradForward<T>& job, int64_t firstTile, int64_t lastTile,
                             void* scratch) {
  const ConvShape& shape = job.shape;
  const int64_t block = forwardBlock<T>(shape), panel = panelOf<T>(shape.out),
                step = kRowsFor[panel / kLanes];
  auto* bytes = static_cast<char*>(scratch);
  T* zeros = reinterpret_cast<T*>(bytes);
  std::memset(static_cast<void*>(zeros), 0, static_cast<size_t>(shape.in) * sizeof(T));
  bytes += alignedBytes(shape.in * static_cast<int64_t>(sizeof(T)));
  T* patches = reinterpret_cast<T*>(bytes);
  float* products = reinterpret_cast<float*>(bytes + 16 * block * shape.in * static_cast<int64_t>(sizeof(T)));

  for (int64_t tile = firstTile; tile < lastTile; tile += block) {
    const int64_t count = lastTile - tile < block ? lastTile - tile : block;
    const int64_t rows = (count + step - 1) / step * step;  // past the end, what an earlier block left
    const Position start = positionOf(shape, tile);
    Position at = start;
    for (int64_t t = 0; t < count; ++t, advance(shape, at)) {
      const T* pixels[1][16];
      patchOf(job.x, shape, at, zeros, pixels[0]);
      transformTile(pixels, shape.in, patches + t * shape.in, block * shape.in);
    }
    for (int64_t k = 0; k < shape.out; k += panel) {
      const T* weights = job.transformed + k * 16 * shape.in;
      const Distances distance{block * shape.in, shape.in * panel, block * panel};
      withPanel<T>(panel, [&](auto vectors) SAM_TARGET {
        multiplyTiles<T, decltype(vectors)::value>(patches, weights, products, distance, rows, shape.in);
      });
      const float* from = products;
      if (job.bias != nullptr) {
        job.addend != nullptr ? finishTiles<T, true, true>(job, start, count, from, block * panel, panel, k)
                              : finishTiles<T, true, false>(job, start, count, from, block * panel, panel, k);
      } else {
        job.addend != nullptr
            ? finishTiles<T, false, true>(job, start, count, from, block * panel, panel, k)
            : finishTiles<T, false, false>(job, start, count, from, block * panel, panel, k);
      }
    }
  }
}

// -------------------------------------------------------------------------------------------------------------
// weights

SAM_INLINE F loadTap(const WeightView& weight, int64_t place) {
  return weight.data != nullptr ? load(weight.data + place) : load(weight.rounded + place);
}

// G g G' for the kLanes inputs from `at`, taps turned round or not
template <bool turned>
SAM_INLINE void transformTaps(const WeightView& weight, int64_t at, F u[16]) {
  const F half = broadcast(0.5f);
  F rows[12];
  for (int s = 0; s < 3; ++s) {
    const int64_t column = at + (turned ? 2 - s : s) * weight.columnStride;
    const F g0 = loadTap(weight, column + (turned ? 2 : 0) * weight.rowStride);
    const F g1 = loadTap(weight, column + weight.rowStride);
    const F g2 = loadTap(weight, column + (turned ? 0 : 2) * weight.rowStride);
    const F ends = (g0 + g2) * half, middle = g1 * half;
    rows[s] = g0;
    rows[3 + s] = ends + middle;
    rows[6 + s] = ends - middle;
    rows[9 + s] = g2;
  }
  for (int r = 0; r < 4; ++r) {
    const F* from = rows + 3 * r;
    const F ends = (from[0] + from[2]) * half, middle = from[1] * half;
    u[4 * r] = from[0];
    u[4 * r + 1] = ends + middle;
    u[4 * r + 2] = ends - middle;
    u[4 * r + 3] = from[2];
  }
}

// Reduction over inputs, columns are outputs: to[out / panel][16][in / depth][panel][depth]. A block of
// outputs by kWide inputs is turned in a buffer, so that both sides of memory are read and written in lines.
template <typename T>
SAM_KERNEL void transformWeights(const WeightView& weight, int64_t in, int64_t out, T* to, int64_t begin,
                                 int64_t end) {
  constexpr int64_t kBlock = 16, kGroup = kDepth<T>;
  constexpr int N = kVectors<T>;
  const int64_t panel = panelOf<T>(out);
  T turned[16][kWide<T> / kGroup][kBlock][kGroup];
  for (int64_t k = begin * kBlock; k < end * kBlock; k += kBlock) {
    T* columns = to + (k / panel) * panel * 16 * in + (k % panel) * kGroup;
    for (int64_t c = 0; c < in; c += kWide<T>) {
      for (int64_t column = 0; column < kBlock; ++column) {
        F u[N][16];
        for (int n = 0; n < N; ++n)
          transformTaps<false>(weight, (k + column) * weight.outStride + c + n * kLanes, u[n]);
        for (int i = 0; i < 16; ++i) {
          F values[N];
          for (int n = 0; n < N; ++n) values[n] = u[n][i];
          T places[kWide<T>];
          storeReordered(places, values);
          for (int64_t g = 0; g < kWide<T> / kGroup; ++g)
            std::memcpy(turned[i][g][column], places + g * kGroup, kGroup * sizeof(T));
        }
      }
      for (int64_t i = 0; i < 16; ++i) {
        for (int64_t g = 0; g < kWide<T> / kGroup; ++g) {
          std::memcpy(columns + (i * in + c + g * kGroup) * panel, turned[i][g], kBlock * kGroup * sizeof(T));
        }
      }
    }
  }
}

// One vector for the columns c to c + kLanes of a panel, from one or two numbers along the reduction.
SAM_INLINE void storeColumns(float* to, const F* along) { store(to, along[0]); }
#if defined(SAM_USE_BF16)
SAM_INLINE void storeColumns(Bf16* to, const F* along) {
  const U low = (U)fromBf16(toBf16(along[0])) >> 16, high = (U)fromBf16(toBf16(along[1]));
  _mm512_storeu_si512(to, (__m512i)(low | high));
}
#endif

// Reduction over outputs, columns are inputs: to[in / panel][16][out / depth][panel][depth].
template <typename T>
SAM_KERNEL void transformTurned(const WeightView& weight, int64_t in, int64_t out, T* to, int64_t begin,
                                int64_t end) {
  constexpr int kGroup = kDepth<T>;
  const int64_t panel = panelOf<T>(in);
  for (int64_t k = 0; k < out; k += kGroup) {
    const int64_t pack = k / kWide<T> * kWide<T>;
    for (int64_t c = begin * 16; c < end * 16; c += kLanes) {
      F u[kGroup][16];
      for (int g = 0; g < kGroup; ++g) {
        transformTaps<true>(weight, (pack + channelAt<T>(k - pack + g)) * weight.outStride + c, u[g]);
      }
      T* at = to + (c / panel) * panel * 16 * out + k * panel + (c % panel) * kGroup;
      for (int i = 0; i < 16; ++i, at += out * panel) {
        F along[kGroup];
        for (int g = 0; g < kGroup; ++g) along[g] = u[g][i];
        storeColumns(at, along);
      }
    }
  }
}

// ------------------------------------------------------------------------------------------------- gradient
// of the weights

constexpr int64_t kGradientTiles = 128;

template <typename T>
SAM_KERNEL int64_t gradientScratch(const ConvShape& shape) {
  const int64_t widest = shape.in > shape.out ? shape.in : shape.out;
  return alignedBytes(widest * static_cast<int64_t>(sizeof(T))) +
         16 * kGradientTiles * (shape.in + shape.out) * static_cast<int64_t>(sizeof(T)) + 64;
}

// All channels of one group of tiles, the tiles side by side as the multiplication wants its groups.
template <typename T>
SAM_LOOP void transformGroup(const T* const (*pixels)[16], int64_t channels, T* to, int64_t apart) {
  constexpr int D = kDepth<T>;
  for (int64_t c = 0; c < channels; c += kWide<T>) {
    transformPatches<T, D>(
        pixels, c, [&](int r, const F(&v)[D][4][kVectors<T>]) SAM_TARGET __attribute__((always_inline)) {
          for (int s = 0; s < 4; ++s) storeSideBySide(to + (4 * r + s) * apart + c * D, v[0][s], v[D - 1][s]);
        });
  }
}
template <typename T>
SAM_LOOP void spreadGroup(const T* const (*grads)[4], int64_t first, int64_t last, int64_t panel, T* to,
                          int64_t apart) {
  constexpr int D = kDepth<T>;
  for (int64_t k = first; k < last; k += kWide<T>) {
    T* at = to + (k / panel) * 16 * apart + k % panel * D;
    spreadGradients<T, D>(
        grads, k, [&](int r, const F(&z)[D][4][kVectors<T>]) SAM_TARGET __attribute__((always_inline)) {
          for (int s = 0; s < 4; ++s) storeSideBySide(at + (4 * r + s) * apart, z[0][s], z[D - 1][s]);
        });
  }
}

template <typename T>
SAM_KERNEL void weightGradientOfTiles(const WinogradWeightGradient<T>& job, int64_t firstTile,
                                      int64_t lastTile, int64_t firstOut, int64_t lastOut, float* sums,
                                      void* scratch) {
  const ConvShape& shape = job.shape;
  const int64_t depth = kDepth<T>, panel = panelOf<T>(shape.out), in = shape.in, out = shape.out;
  const int64_t widest = in > out ? in : out;
  auto* bytes = static_cast<char*>(scratch);
  T* zeros = reinterpret_cast<T*>(bytes);
  std::memset(static_cast<void*>(zeros), 0, static_cast<size_t>(widest) * sizeof(T));
  T* patches = reinterpret_cast<T*>(
      bytes + alignedBytes(widest * static_cast<int64_t>(sizeof(T))));  // [16][tiles / depth][in][depth]
  T* spread = patches + 16 * kGradientTiles * in;  // [out / panel][16][tiles / depth][panel][depth]

  for (int64_t tile = firstTile; tile < lastTile; tile += kGradientTiles) {
    const int64_t count = lastTile - tile < kGradientTiles ? lastTile - tile : kGradientTiles;
    const int64_t groups = (count + depth - 1) / depth;
    Position at = positionOf(shape, tile);
    for (int64_t g = 0; g < groups; ++g) {
      const T* pixels[kDepth<T>][16];
      const T* grads[kDepth<T>][4];
      for (int64_t d = 0; d < depth; ++d) {
        if (g * depth + d >= count) {  // no such tile: zeros add nothing
          for (auto& pixel : pixels[d]) pixel = zeros;
          for (auto& grad : grads[d]) grad = zeros;
          continue;
        }
        patchOf(job.x, shape, at, zeros, pixels[d]);
        for (int i = 0; i < 4; ++i) {
          const int64_t y = 2 * at.row + i / 2, z = 2 * at.column + i % 2;
          const bool inside = y < shape.height && z < shape.width;
          grads[d][i] = inside ? job.grad + ((at.image * shape.height + y) * shape.width + z) * out : zeros;
        }
        advance(shape, at);
      }
      transformGroup<T>(pixels, in, patches + g * in * depth, kGradientTiles * in);
      spreadGroup<T>(grads, firstOut, lastOut, panel, spread + g * panel * depth, kGradientTiles * panel);
    }
    for (int64_t i = 0; i < 16; ++i) {
      for (int64_t k = firstOut; k < lastOut; k += panel) {
        const T* a = patches + i * kGradientTiles * in;
        const T* b = spread + (k * 16 + i * panel) * kGradientTiles;
        float* c = sums + (k * 16 + i * panel) * in;
        withPanel<T>(panel, [&](auto vectors) SAM_TARGET {
          multiplyInputs<T, decltype(vectors)::value>(a, b, c, in, groups);
        });
      }
    }
  }
}

// G' u G. A block of kLanes outputs by kWide inputs is turned in a buffer, and put in the channels' own
// order.
template <typename T>
SAM_KERNEL void finishWeights(const float* sums, int64_t count, int64_t size, int64_t in, int64_t out,
                              const WeightGradient& to, int64_t begin, int64_t end) {
  constexpr const T* kKind = nullptr;
  const int64_t panel = panelOf<T>(out);
  const F half = broadcast(0.5f);
  float taps[9][kWide<T>][kLanes];
  for (int64_t k = 0; k < out; k += kLanes) {
    const int64_t outs = k / kWide<T> * kWide<T>;
    for (int64_t block = begin * kWide<T>; block < end * kWide<T>; block += kWide<T>) {
      for (int64_t place = 0; place < kWide<T>; ++place) {
        const float* from = sums + (k / panel) * panel * 16 * in + (block + place) * panel + k % panel;
        F u[16];
        for (int64_t i = 0; i < 16; ++i) {
          u[i] = load(from + i * in * panel);
          for (int64_t n = 1; n < count; ++n) u[i] += load(from + i * in * panel + n * size);
        }
        F rows[12];
        for (int s = 0; s < 4; ++s) {
          const F plus = (u[4 + s] + u[8 + s]) * half, minus = (u[4 + s] - u[8 + s]) * half;
          rows[s] = u[s] + plus;
          rows[4 + s] = minus;
          rows[8 + s] = plus + u[12 + s];
        }
        const int64_t c = pairedChannelAt(kKind, place);
        for (int r = 0; r < 3; ++r) {
          const F* row = rows + 4 * r;
          const F plus = (row[1] + row[2]) * half, minus = (row[1] - row[2]) * half;
          store(taps[3 * r][c], row[0] + plus);
          store(taps[3 * r + 1][c], minus);
          store(taps[3 * r + 2][c], plus + row[3]);
        }
      }
      for (int64_t l = 0; l < kLanes; ++l) {
        float* row =
            to.data + (outs + pairedChannelAt(kKind, k - outs + l)) * to.outStride + block * to.inStride;
        for (int64_t tap = 0; tap < 9; ++tap) {
          float* at = row + tap / 3 * to.rowStride + tap % 3 * to.columnStride;
          for (int64_t c = 0; c < kWide<T>; ++c) at[c * to.inStride] = taps[tap][c][l];
        }
      }
    }
  }
}

template <typename T>
constexpr WinogradKernels<T> winogradKernels() {
  return {kWide<T>,           &panelOf<T>,      &transformWeights<T>, &transformTurned<T>,
          &forwardScratch<T>, &forwardTiles<T>, &gradientScratch<T>,  &weightGradientOfTiles<T>,
          &finishWeights<T>};
}

}  // namespace sam::SAM_ISA
