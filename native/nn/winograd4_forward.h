// F(4x4, 3x3) forward, and the gradient of the input, which is the same with turned weights. No include
// guard: see simd/isa.h.
namespace sam::SAM_ISA::winograd4 {

constexpr int kSide = Four::kSide, kPatch = Four::kPatch, kProducts = kPositions<Four, Four>;

// The weights pass by once for every block of tiles: the more of them there are, the larger the block.
// Scratch is 16 MB at most up to 2048 channels: patches and products of a block.
SAM_INLINE int64_t forwardBlock(const ConvShape& shape) {
  constexpr int64_t kFewest = 24, kMost = 96;  // multiples of every kTileRows
  const int64_t channels = shape.in + shape.out;
  const int64_t fit = (int64_t{16} << 20) / (kProducts * channels * static_cast<int64_t>(sizeof(float)));
  const int64_t wanted = channels / 4 < kMost ? channels / 4 : kMost;
  const int64_t tiles = (wanted < fit ? wanted : fit) / 12 * 12;
  return tiles < kFewest ? kFewest : tiles;
}

SAM_KERNEL int64_t forwardScratch(const ConvShape& shape) {
  const int64_t tiles = forwardBlock(shape), numbers = static_cast<int64_t>(sizeof(float));
  return alignedBytes(shape.in * numbers) + kProducts * (tiles * shape.in + kApart) * numbers +
         kProducts * (tiles * shape.out + kApart) * numbers;
}

// A' m A (+ bias) (+ addend), its negative numbers as 0 if asked, into up to 16 pixels of y
template <typename T, bool bias, bool add>
SAM_LOOP void finishTile(const WinogradForward<T>& job, const Position& at, const float* products,
                         int64_t apart, int64_t chunkApart) {
  const ConvShape& shape = job.shape;
  const int64_t y = kSide * at.row, z = kSide * at.column, out = shape.out;
  const int64_t rows = shape.height - y < kSide ? shape.height - y : kSide;
  const int64_t columns = shape.width - z < kSide ? shape.width - z : kSide;
  const int64_t first = ((at.image * shape.height + y) * shape.width + z) * out;
  for (int64_t k = 0; k < out; k += kChunk, products += chunkApart) {
    for (int n = 0; n < kVectors; ++n) {
      F t[kSide][kPatch];
#pragma GCC unroll 6
      for (int s = 0; s < kPatch; ++s) {
        F m[kPatch], v[kSide];
#pragma GCC unroll 6
        for (int r = 0; r < kPatch; ++r) m[r] = load(products + (kPatch * r + s) * apart + n * kLanes);
        Four::result(m, v);
#pragma GCC unroll 4
        for (int r = 0; r < kSide; ++r) t[r][s] = v[r];
      }
      F shift{};
      if constexpr (bias) shift = load(job.bias + k + n * kLanes);
#pragma GCC unroll 4
      for (int r = 0; r < kSide; ++r) {
        if (r >= rows) break;
        F v[kSide];
        Four::result(t[r], v);
        const int64_t to = first + r * shape.width * out + k + n * kLanes;
#pragma GCC unroll 4
        for (int s = 0; s < kSide; ++s) {
          if (s >= columns) break;
          if constexpr (bias) v[s] += shift;
          if constexpr (add) v[s] += load(job.addend + to + s * out);
          if (job.relu) v[s] = select(v[s] < F{}, F{}, v[s]);
          store(job.y + to + s * out, v[s]);
        }
      }
    }
  }
}

template <typename T, bool bias, bool add>
SAM_KERNEL void finishTiles(const WinogradForward<T>& job, Position at, int64_t count, const float* products,
                            int64_t apart, int64_t chunkApart) {
  for (int64_t t = 0; t < count; ++t, advance(job.shape, at)) {
    finishTile<T, bias, add>(job, at, products + t * kChunk, apart, chunkApart);
  }
}

// One position: c = a b, panel by panel
template <int C>
SAM_KERNEL void multiplyPanel(const float* a, const float* b, float* c, int64_t in, int64_t rows,
                              int64_t chunkApart) {
  for (int64_t depth = 0; depth < in; depth += kDepthBlock) {
    const int64_t chunks = (in - depth < kDepthBlock ? in - depth : kDepthBlock) / kChunk;
    depth == 0 ? multiplyTiles<C, false>(a, chunkApart, b, in * kChunk, chunks, rows, c, chunkApart)
               : multiplyTiles<C, true>(a, chunkApart, b, in * kChunk, chunks, rows, c, chunkApart);
    a += chunks * chunkApart;
    b += kDepthBlock * kChunk;
  }
}
SAM_KERNEL void multiplyPosition(const float* a, const float* b, float* c, int64_t in, int64_t out,
                                 int64_t rows, int64_t chunkApart) {
  constexpr int64_t panel = kColumns * kLanes;
  int64_t k = 0;
  for (; k + panel <= out; k += panel)
    multiplyPanel<kColumns>(a, b + k * in, c + k / kChunk * chunkApart, in, rows, chunkApart);
  if (k < out) multiplyPanel<kVectors>(a, b + k * in, c + k / kChunk * chunkApart, in, rows, chunkApart);
}

template <typename T>
SAM_KERNEL void forwardTiles(const WinogradForward<T>& job, int64_t firstTile, int64_t lastTile,
                             void* scratch) {
  const ConvShape& shape = job.shape;
  const int64_t block = forwardBlock(shape), in = shape.in, out = shape.out;
  const int64_t chunkApart = block * kChunk;
  const int64_t patchesApart = block * in + kApart, productsApart = block * out + kApart;
  auto* bytes = static_cast<char*>(scratch);
  T* zeros = reinterpret_cast<T*>(bytes);
  std::memset(static_cast<void*>(zeros), 0, static_cast<size_t>(in) * sizeof(T));
  float* patches = reinterpret_cast<float*>(bytes + alignedBytes(in * static_cast<int64_t>(sizeof(float))));
  float* products = patches + kProducts * patchesApart;
  const auto* weights = static_cast<const float*>(job.transformed);

  for (int64_t tile = firstTile; tile < lastTile; tile += block) {
    const int64_t count = lastTile - tile < block ? lastTile - tile : block;
    // Past the end, what an earlier block left
    const int64_t rows = (count + kTileRows - 1) / kTileRows * kTileRows;
    const Position start = positionOf(shape, tile);
    Position at = start;
    for (int64_t t = 0; t < count; ++t, advance(shape, at)) {
      const T* pixels[kProducts];
      patchOf<Four, Four>(job.x, shape, at, zeros, pixels);
      transformPatch<Four, Four>(pixels, in, patches + t * kChunk, patchesApart, chunkApart);
    }
    for (int64_t i = 0; i < kProducts; ++i) {
      multiplyPosition(patches + i * patchesApart, weights + i * weightsApart(in, out),
                       products + i * productsApart, in, out, rows, chunkApart);
    }
    const auto finish =
        job.bias != nullptr
            ? (job.addend != nullptr ? &finishTiles<T, true, true> : &finishTiles<T, true, false>)
            : (job.addend != nullptr ? &finishTiles<T, false, true> : &finishTiles<T, false, false>);
    finish(job, start, count, products, productsApart, chunkApart);
  }
}

}  // namespace sam::SAM_ISA::winograd4
