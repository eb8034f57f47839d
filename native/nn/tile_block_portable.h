// What tile_block_amx.h does, in plain loops: for tests on processors without a matrix unit. No include
// guard: see simd/isa.h.
namespace sam::SAM_ISA {

struct TileSession {
  TileSession() {}
};
SAM_INLINE void settleMemory() {}

inline float wideOf(Bf16 number) {
  const uint32_t bits = static_cast<uint32_t>(number.bits) << 16;
  float value;
  std::memcpy(&value, &bits, 4);
  return value;
}

struct TileBlock {
  float sums[1024];

  void clear() { std::memset(sums, 0, sizeof sums); }
  void load(const float* from) { std::memcpy(sums, from, sizeof sums); }
  void store(float* to) const { std::memcpy(to, sums, sizeof sums); }
  void multiply(const Bf16* a, const Bf16* b0, const Bf16* b1) {
    for (int block = 0; block < 4; ++block) {
      const Bf16 *left = a + block / 2 * 512, *right = block % 2 ? b1 : b0;
      for (int m = 0; m < 16; ++m) {
        for (int n = 0; n < 16; ++n) {
          float& sum = sums[block * 256 + m * 16 + n];
          for (int k = 0; k < 32; ++k)
            sum += wideOf(left[m * 32 + k]) * wideOf(right[k / 2 * 32 + n * 2 + k % 2]);
        }
      }
    }
  }
};

struct PixelPair {
  Bf16 numbers[32];
};
inline PixelPair noPixels() { return {}; }
inline PixelPair pairOf(const Bf16* first, const Bf16* second, int64_t count) {
  PixelPair pair = {};
  for (int64_t i = 0; i < count; ++i) {
    pair.numbers[2 * i] = first[i];
    pair.numbers[2 * i + 1] = second[i];
  }
  return pair;
}
inline void storePair(Bf16* to, const PixelPair& pair) { std::memcpy(to, pair.numbers, sizeof pair.numbers); }
inline void storeTransposed(Bf16* to, const PixelPair* pairs) {
  for (int channel = 0; channel < 16; ++channel) {
    for (int pair = 0; pair < 16; ++pair) {
      for (int i = 0; i < 2; ++i) to[channel * 32 + 2 * pair + i] = pairs[pair].numbers[2 * channel + i];
    }
  }
}

}  // namespace sam::SAM_ISA
