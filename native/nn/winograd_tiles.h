// Where tiles lie in the images: what all of Winograd's kernels include first. No include guard: see
// simd/isa.h.
#include "nn/winograd_jobs.h"
#include "simd/vector.h"

namespace sam::SAM_ISA {

struct Position {
  int64_t image;
  int64_t row;
  int64_t column;
};

SAM_INLINE Position positionOf(const ConvShape& shape, int64_t tile) {
  const int64_t columns = shape.tileColumns;
  const int64_t row = tile / columns;
  return {row / shape.tileRows, row % shape.tileRows, tile % columns};
}
SAM_INLINE void advance(const ConvShape& shape, Position& at) {
  if (++at.column < shape.tileColumns) return;
  at.column = 0;
  if (++at.row < shape.tileRows) return;
  at.row = 0;
  ++at.image;
}

constexpr int64_t alignedBytes(int64_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace sam::SAM_ISA
