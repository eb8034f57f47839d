// The matrix products of Winograd's F(2x2, 3x3). No include guard: see simd/isa.h.
namespace sam::SAM_ISA::winograd2 {

template <int n>
struct Constant {
  static constexpr int value = n;
};

// A block of the product is held in registers: so many vectors wide at most, and so many rows high for each
// width.
constexpr int64_t kColumns = 4;
constexpr int kRowsFor[] = {0, 12, 12, 8, 6};
// The same for the weights' gradient, whose rows are input channels
constexpr int kInputsFor[] = {0, 16, 8, 8, 4};

// Output channels that are multiplied together: whole packs.
SAM_KERNEL int64_t panelOf(int64_t out) {
  for (int64_t columns = kColumns; columns > kVectors; --columns) {
    if (columns % kVectors == 0 && out % (columns * kLanes) == 0) return columns * kLanes;
  }
  return kWide;
}

typedef int32_t UnalignedPair __attribute__((aligned(2), may_alias));
SAM_INLINE F multiplyAdd(F sum, const Bf16* a, const Bf16* b) {
  const __m512i pair = _mm512_set1_epi32(*reinterpret_cast<const UnalignedPair*>(a));
  return (F)_mm512_dpbf16_ps((__m512)sum, (__m512bh)pair, (__m512bh)_mm512_loadu_si512(b));
}

// c[R][C vectors] (+)= a b. Row i, group g of a is at a + i aRow + g aStep; group g of b at b + g bStep.
template <int R, int C, bool add>
SAM_INLINE void multiply(const Bf16* a, int64_t aRow, int64_t aStep, const Bf16* b, int64_t groups,
                         float* c) {
  constexpr int64_t kPanel = C * kLanes;
  F sum[R][C];
  for (int i = 0; i < R; ++i) {
    for (int j = 0; j < C; ++j) sum[i][j] = add ? load(c + i * kPanel + j * kLanes) : F{};
  }
  for (int64_t g = 0; g < groups; ++g) {
    for (int i = 0; i < R; ++i) {
      for (int j = 0; j < C; ++j) sum[i][j] = multiplyAdd(sum[i][j], a + i * aRow, b + j * kLanes * kDepth);
    }
    a += aStep;
    b += kPanel * kDepth;
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
template <int C>
SAM_LOOP void multiplyTiles(const Bf16* a, const Bf16* b, float* c, const Distances& distance, int64_t rows,
                            int64_t in) {
  constexpr int R = kRowsFor[C];
  for (int64_t i = 0; i < 16; ++i) {
    for (int64_t r = 0; r < rows; r += R) {
      multiply<R, C, false>(a + r * in, in, kDepth, b, in / kDepth, c + r * C * kLanes);
    }
    a += distance.a;
    b += distance.b;
    c += distance.c;
  }
}

// Rows are inputs, the reduction goes over groups of tiles.
template <int C>
SAM_LOOP void multiplyInputs(const Bf16* a, const Bf16* b, float* c, int64_t in, int64_t groups) {
  constexpr int R = kInputsFor[C];
  for (int64_t r = 0; r < in; r += R) {
    multiply<R, C, true>(a + r * kDepth, kDepth, in * kDepth, b, groups, c + r * C * kLanes);
  }
}

// Calls f(the number of vectors in a panel) with that number as a constant.
template <typename Call>
SAM_INLINE void withPanel(int64_t panel, const Call& call) {
  switch (panel / kLanes) {
    case 4:
      return call(Constant<4>{});
    case 3:
      return call(Constant<3>{});
    case 2:
      return call(Constant<2>{});
    default:
      return call(Constant<1>{});
  }
}

}  // namespace sam::SAM_ISA::winograd2
