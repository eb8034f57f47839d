// The transforms of tiles of F(4x4, 3x3), row by row and column by column. No include guard: see simd/isa.h.
namespace sam::SAM_ISA::winograd4 {

constexpr int64_t kChunk = 16;  // channels that lie side by side in scratch: one line of the cache
constexpr int kVectors = kChunk / kLanes;
// Numbers between what belongs to one position in the patch and to the next, more than there need be: without
// them all positions would fall into the same sets of the first-level cache.
constexpr int64_t kApart = kChunk;

// As many matrix products
template <typename Rows, typename Columns>
constexpr int kPositions = Rows::kPatch* Columns::kPatch;

// The patch's pixels, those outside the image in a row of zeros.
template <typename Rows, typename Columns, typename T>
SAM_INLINE void patchOf(const T* x, const ConvShape& shape, const Position& at, const T* zeros,
                        const T** pixels) {
  const T* image = x + at.image * shape.height * shape.width * shape.in;
  for (int r = 0; r < Rows::kPatch; ++r) {
    const int64_t y = Rows::kSide * at.row - 1 + r;
    for (int s = 0; s < Columns::kPatch; ++s) {
      const int64_t z = Columns::kSide * at.column - 1 + s;
      const bool inside = y >= 0 && y < shape.height && z >= 0 && z < shape.width;
      *pixels++ = inside ? image + (y * shape.width + z) * shape.in : zeros;
    }
  }
}
// The same for the tile's pixels of the gradient.
template <typename Rows, typename Columns, typename T>
SAM_INLINE void tileOf(const T* grad, const ConvShape& shape, const Position& at, const T* zeros,
                       const T** pixels) {
  const T* image = grad + at.image * shape.height * shape.width * shape.out;
  for (int r = 0; r < Rows::kSide; ++r) {
    const int64_t y = Rows::kSide * at.row + r;
    for (int s = 0; s < Columns::kSide; ++s) {
      const int64_t z = Columns::kSide * at.column + s;
      const bool inside = y < shape.height && z < shape.width;
      *pixels++ = inside ? image + (y * shape.width + z) * shape.out : zeros;
    }
  }
}

// One tile's patch at all its channels: position i, chunk j goes to to + i apart + j chunkApart.
template <typename Rows, typename Columns, typename T>
SAM_LOOP void transformPatch(const T* const* pixels, int64_t channels, float* to, int64_t apart,
                             int64_t chunkApart) {
  constexpr int H = Rows::kPatch, W = Columns::kPatch;
  for (int64_t c = 0; c < channels; c += kChunk, to += chunkApart) {
    for (int n = 0; n < kVectors; ++n) {
      F t[H][W];
#pragma GCC unroll 6
      for (int s = 0; s < W; ++s) {
        F d[H], v[H];
#pragma GCC unroll 6
        for (int r = 0; r < H; ++r) d[r] = load(pixels[W * r + s] + c + n * kLanes);
        Rows::patch(d, v);
#pragma GCC unroll 6
        for (int r = 0; r < H; ++r) t[r][s] = v[r];
      }
      float* at = to + n * kLanes;
#pragma GCC unroll 6
      for (int r = 0; r < H; ++r) {
        F v[W];
        Columns::patch(t[r], v);
#pragma GCC unroll 6
        for (int s = 0; s < W; ++s, at += apart) store(at, v[s]);
      }
    }
  }
}

// The same for what a tile of the gradient means for the products, at the channels first to last.
template <typename Rows, typename Columns, typename T>
SAM_LOOP void transformGradient(const T* const* pixels, int64_t first, int64_t last, float* to, int64_t apart,
                                int64_t chunkApart) {
  constexpr int H = Rows::kPatch, W = Columns::kSide;
  for (int64_t c = first; c < last; c += kChunk, to += chunkApart) {
    for (int n = 0; n < kVectors; ++n) {
      F t[H][W];
#pragma GCC unroll 4
      for (int s = 0; s < W; ++s) {
        F g[Rows::kSide], z[H];
#pragma GCC unroll 4
        for (int r = 0; r < Rows::kSide; ++r) g[r] = load(pixels[W * r + s] + c + n * kLanes);
        Rows::gradient(g, z);
#pragma GCC unroll 6
        for (int r = 0; r < H; ++r) t[r][s] = z[r];
      }
      float* at = to + n * kLanes;
#pragma GCC unroll 6
      for (int r = 0; r < H; ++r) {
        F z[Columns::kPatch];
        Columns::gradient(t[r], z);
#pragma GCC unroll 6
        for (int s = 0; s < Columns::kPatch; ++s, at += apart) store(at, z[s]);
      }
    }
  }
}

}  // namespace sam::SAM_ISA::winograd4
