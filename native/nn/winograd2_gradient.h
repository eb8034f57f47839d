// F(2x2, 3x3): the gradient of the weights, G' [sum over tiles of (B' d B) * (A dy A')] G. No include guard:
// see simd/isa.h.
namespace sam::SAM_ISA::winograd2 {

constexpr int64_t kGradientTiles = 128;

SAM_KERNEL int64_t gradientScratch(const ConvShape& shape) {
  const int64_t widest = shape.in > shape.out ? shape.in : shape.out;
  return alignedBytes(widest * static_cast<int64_t>(sizeof(Bf16))) +
         16 * kGradientTiles * (shape.in + shape.out) * static_cast<int64_t>(sizeof(Bf16)) + 64;
}

// All channels of one group of tiles, the tiles side by side as the multiplication wants its groups.
SAM_LOOP void transformGroup(const Bf16* const (*pixels)[16], int64_t channels, Bf16* to, int64_t apart) {
  constexpr int D = kDepth;
  for (int64_t c = 0; c < channels; c += kWide) {
    transformPatches<D>(
        pixels, c, [&](int r, const F(&v)[D][4][kVectors]) SAM_TARGET __attribute__((always_inline)) {
          for (int s = 0; s < 4; ++s) storeSideBySide(to + (4 * r + s) * apart + c * D, v[0][s], v[D - 1][s]);
        });
  }
}
SAM_LOOP void spreadGroup(const Bf16* const (*grads)[4], int64_t first, int64_t last, int64_t panel, Bf16* to,
                          int64_t apart) {
  constexpr int D = kDepth;
  for (int64_t k = first; k < last; k += kWide) {
    Bf16* at = to + (k / panel) * 16 * apart + k % panel * D;
    spreadGradients<D>(
        grads, k, [&](int r, const F(&z)[D][4][kVectors]) SAM_TARGET __attribute__((always_inline)) {
          for (int s = 0; s < 4; ++s) storeSideBySide(at + (4 * r + s) * apart, z[0][s], z[D - 1][s]);
        });
  }
}

SAM_KERNEL void weightGradientOfTiles(const WinogradWeightGradient<Bf16>& job, int64_t firstTile,
                                      int64_t lastTile, int64_t firstOut, int64_t lastOut, float* sums,
                                      void* scratch) {
  const ConvShape& shape = job.shape;
  const int64_t depth = kDepth, panel = panelOf(shape.out), in = shape.in, out = shape.out;
  const int64_t widest = in > out ? in : out;
  auto* bytes = static_cast<char*>(scratch);
  Bf16* zeros = reinterpret_cast<Bf16*>(bytes);
  std::memset(static_cast<void*>(zeros), 0, static_cast<size_t>(widest) * sizeof(Bf16));
  Bf16* patches = reinterpret_cast<Bf16*>(
      bytes + alignedBytes(widest * static_cast<int64_t>(sizeof(Bf16))));  // [16][tiles / depth][in][depth]
  Bf16* spread = patches + 16 * kGradientTiles * in;  // [out / panel][16][tiles / depth][panel][depth]

  std::memset(sums + 16 * in * firstOut, 0,
              static_cast<size_t>(16 * in * (lastOut - firstOut)) * sizeof(float));
  for (int64_t tile = firstTile; tile < lastTile; tile += kGradientTiles) {
    const int64_t count = lastTile - tile < kGradientTiles ? lastTile - tile : kGradientTiles;
    const int64_t groups = (count + depth - 1) / depth;
    Position at = positionOf(shape, tile);
    for (int64_t g = 0; g < groups; ++g) {
      const Bf16* pixels[kDepth][16];
      const Bf16* grads[kDepth][4];
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
      transformGroup(pixels, in, patches + g * in * depth, kGradientTiles * in);
      spreadGroup(grads, firstOut, lastOut, panel, spread + g * panel * depth, kGradientTiles * panel);
    }
    for (int64_t i = 0; i < 16; ++i) {
      for (int64_t k = firstOut; k < lastOut; k += panel) {
        const Bf16* a = patches + i * kGradientTiles * in;
        const Bf16* b = spread + (k * 16 + i * panel) * kGradientTiles;
        float* c = sums + (k * 16 + i * panel) * in;
        withPanel(panel, [&](auto vectors)
                             SAM_TARGET { multiplyInputs<decltype(vectors)::value>(a, b, c, in, groups); });
      }
    }
  }
}

}  // namespace sam::SAM_ISA::winograd2
