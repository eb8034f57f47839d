// The matrix unit's part of tile_gradient_kernels.h. No include guard: see simd/isa.h.
namespace sam::SAM_ISA {

// The unit in the calling thread's hands: eight tiles of 16 rows of 64 bytes.
class TileSession {
 public:
  SAM_TARGET TileSession() {
    struct alignas(64) {
      uint8_t palette, startRow, reserved[14];
      uint16_t rowBytes[16];
      uint8_t rows[16];
    } config = {};
    config.palette = 1;
    for (int i = 0; i < 8; ++i) {
      config.rowBytes[i] = 64;
      config.rows[i] = 16;
    }
    _tile_loadconfig(&config);
  }
  SAM_TARGET ~TileSession() { _tile_release(); }
  TileSession(const TileSession&) = delete;
  TileSession& operator=(const TileSession&) = delete;
};

// The compiler does not know what memory the instructions below read: it has all of it written before them.
SAM_INLINE void settleMemory() { asm volatile("" ::: "memory"); }

// Sums of 2x2 blocks of 16x16 numbers, in tiles 0 to 3.
struct TileBlock {
  SAM_INLINE void clear() {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
  }
  SAM_INLINE void load(const float* sums) {
    _tile_loadd(0, sums, 64);
    _tile_loadd(1, sums + 256, 64);
    _tile_loadd(2, sums + 512, 64);
    _tile_loadd(3, sums + 768, 64);
  }
  SAM_INLINE void store(float* sums) const {
    _tile_stored(0, sums, 64);
    _tile_stored(1, sums + 256, 64);
    _tile_stored(2, sums + 512, 64);
    _tile_stored(3, sums + 768, 64);
  }
  // a: two tiles [16 outputs][32 pixels]; b0, b1: [16 pairs of pixels][16 inputs][2 pixels]
  SAM_INLINE void multiply(const Bf16* a, const Bf16* b0, const Bf16* b1) {
    _tile_loadd(4, a, 64);
    _tile_loadd(6, b0, 64);
    _tile_dpbf16ps(0, 4, 6);
    _tile_loadd(7, b1, 64);
    _tile_dpbf16ps(1, 4, 7);
    _tile_loadd(5, a + 512, 64);
    _tile_dpbf16ps(2, 5, 6);
    _tile_dpbf16ps(3, 5, 7);
  }
};

// GCC takes the forms without a mask for reads of something uninitialised.
constexpr __mmask16 kAll = 0xffff;

// Sixteen channels of two pixels, `count` of them there, side by side.
typedef __m512i PixelPair;
SAM_INLINE PixelPair pairOf(const Bf16* first, const Bf16* second, int64_t count) {
  const auto mask = static_cast<__mmask16>((1u << count) - 1);
  const __m512i low = _mm512_maskz_cvtepu16_epi32(kAll, _mm256_maskz_loadu_epi16(mask, first));
  const __m512i high = _mm512_maskz_cvtepu16_epi32(kAll, _mm256_maskz_loadu_epi16(mask, second));
  return _mm512_or_si512(low, _mm512_maskz_slli_epi32(kAll, high, 16));
}
SAM_INLINE PixelPair noPixels() { return _mm512_setzero_si512(); }
SAM_INLINE void storePair(Bf16* to, PixelPair pair) { _mm512_store_si512(to, pair); }

// Pixels of a channel side by side, from sixteen pairs of pixels.
SAM_INLINE void storeTransposed(Bf16* to, const PixelPair* pairs) {
  __m512i a[16], b[16];
  for (int i = 0; i < 16; i += 2) {
    a[i] = _mm512_maskz_unpacklo_epi32(kAll, pairs[i], pairs[i + 1]);
    a[i + 1] = _mm512_maskz_unpackhi_epi32(kAll, pairs[i], pairs[i + 1]);
  }
  // b[4 i + j]: column 4 l + j of rows 4 i to 4 i + 3, in 128-bit lane l
  for (int i = 0; i < 16; i += 4) {
    b[i] = _mm512_maskz_unpacklo_epi64(0xff, a[i], a[i + 2]);
    b[i + 1] = _mm512_maskz_unpackhi_epi64(0xff, a[i], a[i + 2]);
    b[i + 2] = _mm512_maskz_unpacklo_epi64(0xff, a[i + 1], a[i + 3]);
    b[i + 3] = _mm512_maskz_unpackhi_epi64(0xff, a[i + 1], a[i + 3]);
  }
  for (int j = 0; j < 4; ++j) {
    const __m512i even0 = _mm512_maskz_shuffle_i32x4(kAll, b[j], b[4 + j], 0x88),
                  odd0 = _mm512_maskz_shuffle_i32x4(kAll, b[j], b[4 + j], 0xdd),
                  even1 = _mm512_maskz_shuffle_i32x4(kAll, b[8 + j], b[12 + j], 0x88),
                  odd1 = _mm512_maskz_shuffle_i32x4(kAll, b[8 + j], b[12 + j], 0xdd);
    _mm512_store_si512(to + j * 32, _mm512_maskz_shuffle_i32x4(kAll, even0, even1, 0x88));
    _mm512_store_si512(to + (4 + j) * 32, _mm512_maskz_shuffle_i32x4(kAll, odd0, odd1, 0x88));
    _mm512_store_si512(to + (8 + j) * 32, _mm512_maskz_shuffle_i32x4(kAll, even0, even1, 0xdd));
    _mm512_store_si512(to + (12 + j) * 32, _mm512_maskz_shuffle_i32x4(kAll, odd0, odd1, 0xdd));
  }
}

}  // namespace sam::SAM_ISA
