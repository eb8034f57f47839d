// F(4x4, 3x3): the gradient of the weights, G' [sum over tiles of (B' d B) * (A g A')] G. No include guard:
// see simd/isa.h.
namespace sam::SAM_ISA::winograd4 {

// A number of a sum is the result of a long chain of additions, each of which rounds: a new one is begun
// after so many tiles.
constexpr int64_t kLongestChain = 32;

// Sums pass by once for every block of tiles. Scratch is 19 MB at most up to 2048 channels: patches and
// gradients of a block.
SAM_INLINE int64_t gradientBlock(const ConvShape& shape) {
  const int64_t channels = shape.in + shape.out, wanted = channels > 256 ? 96 : 64;
  const int64_t fit =
      (int64_t{16} << 20) / (kPositions<Four, Four> * channels * static_cast<int64_t>(sizeof(float)));
  const int64_t tiles = (wanted < fit ? wanted : fit) / kLongestChain * kLongestChain;
  return tiles < kLongestChain ? kLongestChain : tiles;
}

template <typename Rows, typename Columns>
SAM_KERNEL int64_t gradientScratch(const ConvShape& shape) {
  const int64_t tiles = gradientBlock(shape), numbers = static_cast<int64_t>(sizeof(float));
  const int64_t widest = shape.in > shape.out ? shape.in : shape.out;
  return alignedBytes(widest * numbers) +
         kPositions<Rows, Columns> * (tiles * (shape.in + shape.out) + 2 * kApart) * numbers;
}

// c (+)= a b for the 16 channels of one chunk and C vectors of outputs
template <int C, bool add>
SAM_INLINE void multiplyChunk(const float* a, const float* b, float* c, int64_t tiles, int64_t bChunk,
                              int64_t cChunk) {
#if defined(SAM_USE_AVX512)
  multiplyChannels<8, C, add>(a, b, bChunk, tiles, c, cChunk);
  multiplyChannels<8, C, add>(a + 8, b, bChunk, tiles, c + 8 * kChunk, cChunk);
#else
  multiplyChannels<6, C, add>(a, b, bChunk, tiles, c, cChunk);
  multiplyChannels<6, C, add>(a + 6, b, bChunk, tiles, c + 6 * kChunk, cChunk);
  multiplyChannels<4, C, add>(a + 12, b, bChunk, tiles, c + 12 * kChunk, cChunk);
#endif
}

// One position: c (+)= a b
template <int C, bool add>
SAM_KERNEL void multiplyAllChannels(const float* a, const float* b, float* c, int64_t in, int64_t tiles,
                                    int64_t chunkApart) {
  for (int64_t r = 0; r < in; r += kChunk, a += chunkApart, c += kChunk * kChunk) {
    const int64_t chain = tiles < kLongestChain ? tiles : kLongestChain;
    multiplyChunk<C, add>(a, b, c, chain, chunkApart, in * kChunk);
    for (int64_t t = chain; t < tiles; t += kLongestChain) {
      const int64_t next = tiles - t < kLongestChain ? tiles - t : kLongestChain;
      multiplyChunk<C, true>(a + t * kChunk, b + t * kChunk, c, next, chunkApart, in * kChunk);
    }
  }
}

template <bool add>
SAM_KERNEL void multiplyPanels(const float* a, const float* b, float* c, int64_t in, int64_t outs,
                               int64_t tiles, int64_t block) {
  constexpr int64_t panel = kColumns * kLanes;
  int64_t k = 0;
  for (; k + panel <= outs; k += panel)
    multiplyAllChannels<kColumns, add>(a, b + k * block, c + k * in, in, tiles, block * kChunk);
  if (k < outs) multiplyAllChannels<kVectors, add>(a, b + k * block, c + k * in, in, tiles, block * kChunk);
}

template <typename Rows, typename Columns, typename T>
SAM_KERNEL void weightGradientOfTiles(const WinogradWeightGradient<T>& job, int64_t firstTile,
                                      int64_t lastTile, int64_t firstOut, int64_t lastOut, float* sums,
                                      void* scratch) {
  const ConvShape& shape = job.shape;
  const int64_t block = gradientBlock(shape), in = shape.in, out = shape.out;
  const int64_t widest = in > out ? in : out, chunkApart = block * kChunk;
  const int64_t patchesApart = block * in + kApart, spreadApart = block * (lastOut - firstOut) + kApart;
  auto* bytes = static_cast<char*>(scratch);
  T* zeros = reinterpret_cast<T*>(bytes);
  std::memset(static_cast<void*>(zeros), 0, static_cast<size_t>(widest) * sizeof(T));
  float* patches =
      reinterpret_cast<float*>(bytes + alignedBytes(widest * static_cast<int64_t>(sizeof(float))));
  float* spread = patches + kPositions<Rows, Columns> * patchesApart;

  // Once where there are no tiles: sums are 0 then.
  for (int64_t tile = firstTile; tile == firstTile || tile < lastTile; tile += block) {
    const int64_t count = lastTile - tile < block ? lastTile - tile : block;
    Position at = positionOf(shape, tile);
    for (int64_t t = 0; t < count; ++t, advance(shape, at)) {
      const T* pixels[kPositions<Rows, Columns>];
      patchOf<Rows, Columns>(job.x, shape, at, zeros, pixels);
      transformPatch<Rows, Columns>(pixels, in, patches + t * kChunk, patchesApart, chunkApart);
      tileOf<Rows, Columns>(job.grad, shape, at, zeros, pixels);
      transformGradient<Rows, Columns>(pixels, firstOut, lastOut, spread + t * kChunk, spreadApart,
                                       chunkApart);
    }
    for (int64_t i = 0; i < kPositions<Rows, Columns>; ++i) {
      const float *a = patches + i * patchesApart, *b = spread + i * spreadApart;
      float* c = sums + i * weightsApart(in, out) + firstOut * in;
      tile == firstTile ? multiplyPanels<false>(a, b, c, in, lastOut - firstOut, count, block)
                        : multiplyPanels<true>(a, b, c, in, lastOut - firstOut, count, block);
    }
  }
}

}  // namespace sam::SAM_ISA::winograd4
