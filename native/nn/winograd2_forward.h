// F(2x2, 3x3) forward, and the gradient of the input, which is the same with turned weights. No include
// guard: see simd/isa.h.
namespace sam::SAM_ISA::winograd2 {

SAM_INLINE int64_t forwardBlock(const ConvShape& shape) {
  const int64_t tiles = (int64_t{96} << 10) / (16 * shape.in * static_cast<int64_t>(sizeof(Bf16)));
  const int64_t bounded = tiles < 24 ? 24 : tiles > 48 ? 48 : tiles;
  return bounded / 24 * 24;  // a multiple of every number of rows
}

SAM_KERNEL int64_t forwardScratch(const ConvShape& shape) {
  const int64_t tiles = forwardBlock(shape);
  return alignedBytes(shape.in * static_cast<int64_t>(sizeof(Bf16))) +
         16 * tiles * shape.in * static_cast<int64_t>(sizeof(Bf16)) + 16 * tiles * panelOf(shape.out) * 4 +
         64;
}

SAM_LOOP void transformTile(const Bf16* const (*pixels)[16], int64_t channels, Bf16* to, int64_t apart) {
  for (int64_t c = 0; c < channels; c += kWide) {
    transformPatches<1>(
        pixels, c, [&](int r, const F(&v)[1][4][kVectors]) SAM_TARGET __attribute__((always_inline)) {
          for (int s = 0; s < 4; ++s) storePack(to + (4 * r + s) * apart + c, v[0][s]);
        });
  }
}

// A' m A, into up to four pixels of y
template <bool bias, bool add>
SAM_INLINE void finishTile(const WinogradForward<Bf16>& job, const Position& at, const float* products,
                           int64_t apart, int64_t panel, int64_t firstOut) {
  constexpr int N = kVectors;
  const ConvShape& shape = job.shape;
  const int64_t y = 2 * at.row, z = 2 * at.column;
  const bool inside[4] = {true, z + 1 < shape.width, y + 1 < shape.height,
                          z + 1 < shape.width && y + 1 < shape.height};
  const int64_t first = ((at.image * shape.height + y) * shape.width + z) * shape.out + firstOut;
  const int64_t next = shape.width * shape.out;
  for (int64_t k = 0; k < panel; k += kWide) {
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
      for (int n = 0; job.relu && n < N; ++n) pixels[i][n] = select(pixels[i][n] < F{}, F{}, pixels[i][n]);
      storeNatural(job.y + to, pixels[i]);
    }
  }
}

template <bool bias, bool add>
SAM_KERNEL void finishTiles(const WinogradForward<Bf16>& job, Position at, int64_t count,
                            const float* products, int64_t apart, int64_t panel, int64_t firstOut) {
  for (int64_t t = 0; t < count; ++t, advance(job.shape, at)) {
    finishTile<bias, add>(job, at, products + t * panel, apart, panel, firstOut);
  }
}

SAM_KERNEL void forwardTiles(const WinogradForward<Bf16>& job, int64_t firstTile, int64_t lastTile,
                             void* scratch) {
  const ConvShape& shape = job.shape;
  const int64_t block = forwardBlock(shape), panel = panelOf(shape.out), step = kRowsFor[panel / kLanes];
  auto* bytes = static_cast<char*>(scratch);
  Bf16* zeros = reinterpret_cast<Bf16*>(bytes);
  std::memset(static_cast<void*>(zeros), 0, static_cast<size_t>(shape.in) * sizeof(Bf16));
  bytes += alignedBytes(shape.in * static_cast<int64_t>(sizeof(Bf16)));
  Bf16* patches = reinterpret_cast<Bf16*>(bytes);
  float* products =
      reinterpret_cast<float*>(bytes + 16 * block * shape.in * static_cast<int64_t>(sizeof(Bf16)));

  for (int64_t tile = firstTile; tile < lastTile; tile += block) {
    const int64_t count = lastTile - tile < block ? lastTile - tile : block;
    const int64_t rows = (count + step - 1) / step * step;  // past the end, what an earlier block left
    const Position start = positionOf(shape, tile);
    Position at = start;
    for (int64_t t = 0; t < count; ++t, advance(shape, at)) {
      const Bf16* pixels[1][16];
      patchOf(job.x, shape, at, zeros, pixels[0]);
      transformTile(pixels, shape.in, patches + t * shape.in, block * shape.in);
    }
    for (int64_t k = 0; k < shape.out; k += panel) {
      const Bf16* weights = static_cast<const Bf16*>(job.transformed) + k * 16 * shape.in;
      const Distances distance{block * shape.in, shape.in * panel, block * panel};
      withPanel(panel, [&](auto vectors) SAM_TARGET {
        multiplyTiles<decltype(vectors)::value>(patches, weights, products, distance, rows, shape.in);
      });
      const float* from = products;
      if (job.bias != nullptr) {
        job.addend != nullptr ? finishTiles<true, true>(job, start, count, from, block * panel, panel, k)
                              : finishTiles<true, false>(job, start, count, from, block * panel, panel, k);
      } else {
        job.addend != nullptr ? finishTiles<false, true>(job, start, count, from, block * panel, panel, k)
                              : finishTiles<false, false>(job, start, count, from, block * panel, panel, k);
      }
    }
  }
}

}  // namespace sam::SAM_ISA::winograd2
