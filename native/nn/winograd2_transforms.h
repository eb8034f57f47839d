// The transforms of Winograd's F(2x2, 3x3). No include guard: see simd/isa.h.
namespace sam::SAM_ISA::winograd2 {

// How many numbers along the reduction one multiplication takes: bf16 dot products take two.
constexpr int64_t kDepth = 2;

// Channels are transformed in packs of kWide: two vectors, of the even and of the odd channels, which
// costs one shift and one mask instead of widening each half. In scratch they stay in
// that order; the weights follow it.
constexpr int kVectors = 2;
constexpr int64_t kWide = kVectors * kLanes;

// The channel at a place of a pack, along a reduction
constexpr int64_t channelAt(int64_t place) { return place < kLanes ? 2 * place : 2 * (place - kLanes) + 1; }

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
constexpr int64_t pairedChannelAt(int64_t place) {
  const int64_t half = place / 16, quarter = place % 16 / 4,
                lane = place % 4;  // unpacking works on quarters of a vector
  return 2 * (quarter % 2 * 8 + half * 4 + lane) + quarter / 2;
}

// The patch's pixels, those outside the image in a row of zeros.
SAM_INLINE void patchOf(const Bf16* x, const ConvShape& shape, const Position& at, const Bf16* zeros,
                        const Bf16* pixels[16]) {
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
template <int D, typename Put>
SAM_INLINE void transformPatches(const Bf16* const (*pixels)[16], int64_t c, const Put& put) {
  constexpr int N = kVectors;
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
template <int D, typename Put>
SAM_INLINE void spreadGradients(const Bf16* const (*grads)[4], int64_t k, const Put& put) {
  constexpr int N = kVectors;
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

}  // namespace sam::SAM_ISA::winograd2
