// The gradient of a convolution's weights as products of tiles: [outputs x pixels] times [pixels x inputs],
// for each place of the kernel, summed in float32. No include guard: see simd/isa.h.
//
// The matrix unit wants y's gradient with a channel's pixels side by side, and x with two pixels of a channel
// side by side. Both are packed a chunk of pixels at a time: y's gradient once, x for 32 channels at a time,
// which then stay in the second cache while all outputs pass by. A packed x starts at any row of the image,
// so that the rows of the kernel share it; each of its columns has one of its own.
namespace sam::SAM_ISA {

constexpr int64_t kTileNumbers = 512;  // 16 rows of 32 pixels

constexpr Bf16 kNoPixel[16] = {};

// Tiles of pixels that are multiplied while one place's sums are in the unit. So few that these outputs'
// pixels (2 KB a tile), and x's for the rows of a kernel, stay in a first cache of 48 KB.
constexpr int64_t kTilesAtOnce = 8;

struct TileScratch {
  Bf16* outputs;    // [pairs of blocks][segments][tiles][2 blocks][16 channels][32 pixels]
  Bf16* inputs;     // [2 blocks][planes][segments][pairs of pixels][16 channels][2 pixels]
  int64_t* places;  // of each tile of the chunk, from the start of a plane
};

SAM_INLINE int64_t outputNumbers(const TilePlan& plan, int64_t outPairs) {
  return outPairs * plan.chunkSegments * plan.segmentTiles * 2 * kTileNumbers;
}
SAM_INLINE int64_t blockNumbers(const TilePlan& plan) {
  return plan.planeCount * plan.chunkSegments * plan.planePairs * 32;
}
SAM_KERNEL int64_t tileScratchBytes(const TilePlan& plan, int64_t outPairs) {
  const int64_t numbers = outputNumbers(plan, outPairs) + 2 * blockNumbers(plan);
  return numbers * static_cast<int64_t>(sizeof(Bf16)) + plan.chunkSegments * plan.segmentTiles * 8;
}

SAM_INLINE int64_t leastOf(int64_t a, int64_t b) { return a < b ? a : b; }
SAM_INLINE int64_t mostOf(int64_t a, int64_t b) { return a > b ? a : b; }
// ceil(a / b) for b > 0
SAM_INLINE int64_t upTo(int64_t a, int64_t b) { return a >= 0 ? (a + b - 1) / b : -(-a / b); }
// How many of the 16 channels of a block there are.
SAM_INLINE int64_t channelsOf(int64_t all, int64_t block) { return leastOf(16, mostOf(0, all - block * 16)); }

// y's gradient in one segment, for 32 outputs.
SAM_LOOP void packOutputs(const TileGradient& job, int64_t segment, int64_t outPair, Bf16* to) {
  const TilePlan& plan = *job.plan;
  const ConvGeometry& conv = plan.conv;
  const int64_t image = segment / plan.segmentsPerImage,
                firstRow = segment % plan.segmentsPerImage * plan.segmentRows,
                rows = leastOf(plan.segmentRows, conv.rows - firstRow);
  const Bf16* from = job.grad + (image * conv.rows + firstRow) * conv.columns * conv.out;
  for (int64_t block = 0; block < 2; ++block) {
    const int64_t channels = channelsOf(conv.out, 2 * outPair + block);
    const Bf16* numbers = from + (channels > 0 ? (2 * outPair + block) * 16 : 0);
    int64_t row = 0, pair = 0;
    for (int64_t tile = 0; tile < plan.segmentTiles; ++tile) {
      PixelPair pairs[16];
      for (int i = 0; i < 16; ++i) {
        if (row < rows) {
          const Bf16* first = numbers + (row * conv.columns + 2 * pair) * conv.out;
          const bool both = 2 * pair + 1 < conv.columns;
          pairs[i] = both ? pairOf(first, first + conv.out, channels) : pairOf(first, kNoPixel, channels);
          if (++pair == plan.pairColumns) {
            pair = 0;
            ++row;
          }
        } else {
          pairs[i] = noPixels();
        }
      }
      storeTransposed(to + (2 * tile + block) * kTileNumbers, pairs);
    }
  }
}

// One row of the input, or of its padding, as one column of the kernel meets it.
SAM_INLINE void packRow(const ConvGeometry& conv, const Bf16* row, int64_t column, int64_t pairColumns,
                        int64_t channels, Bf16* to) {
  const int64_t shift = column * conv.dilationX - conv.paddingX;
  // Columns of y for which there is a pixel of x
  const int64_t first = leastOf(conv.columns, mostOf(0, upTo(-shift, conv.strideX))),
                last = mostOf(first, leastOf(conv.columns, upTo(conv.width - shift, conv.strideX)));
  const auto pixel = [&](int64_t at) SAM_TARGET {
    return at >= first && at < last ? row + (at * conv.strideX + shift) * conv.in : kNoPixel;
  };
  const int64_t inside = leastOf(pairColumns, (first + 1) / 2), outside = mostOf(inside, last / 2);
  for (int64_t i = 0; i < inside; ++i)
    storePair(to + i * 32, pairOf(pixel(2 * i), pixel(2 * i + 1), channels));
  const int64_t step = conv.strideX * conv.in;
  const Bf16* from = row + (2 * inside * conv.strideX + shift) * conv.in;
  for (int64_t i = inside; i < outside; ++i) {
    storePair(to + i * 32, pairOf(from, from + step, channels));
    from += 2 * step;
  }
  for (int64_t i = outside; i < pairColumns; ++i)
    storePair(to + i * 32, pairOf(pixel(2 * i), pixel(2 * i + 1), channels));
}

// x around one segment, for 16 inputs; planes are `distance` numbers apart.
SAM_LOOP void packInputs(const TileGradient& job, int64_t segment, int64_t block, Bf16* to,
                         int64_t distance) {
  const TilePlan& plan = *job.plan;
  const ConvGeometry& conv = plan.conv;
  const int64_t image = segment / plan.segmentsPerImage,
                firstRow = segment % plan.segmentsPerImage * plan.segmentRows,
                channels = channelsOf(conv.in, block), rowPairs = plan.pairColumns;
  const Bf16* from = job.x + image * conv.height * conv.width * conv.in + (channels > 0 ? block * 16 : 0);
  for (int64_t row = 0; row < plan.planeRows; ++row) {
    for (int64_t i = 0; i < plan.planeCount; ++i) {
      const TilePlane& plane = plan.planes[i];
      const int64_t y = (firstRow + row) * conv.strideY + plane.remainder - conv.paddingY;
      Bf16* out = to + i * distance + row * rowPairs * 32;
      if (y >= 0 && y < conv.height) {
        packRow(conv, from + y * conv.width * conv.in, plane.column, rowPairs, channels, out);
      } else {
        for (int64_t pair = 0; pair < rowPairs; ++pair) storePair(out + pair * 32, noPixels());
      }
    }
  }
  for (int64_t i = 0; i < plan.planeCount; ++i) {
    for (int64_t pair = plan.planeRows * rowPairs; pair < plan.planePairs; ++pair)
      storePair(to + i * distance + pair * 32, noPixels());
  }
}

// The sums of 32 outputs and 32 inputs, over `tiles` of a chunk.
SAM_LOOP void multiplyTiles(const TilePlan& plan, const TileScratch& scratch, const Bf16* outputs,
                            int64_t tiles, bool first, float* sums) {
  const Bf16 *inputs0 = scratch.inputs, *inputs1 = inputs0 + blockNumbers(plan);
  const int64_t planeNumbers = plan.chunkSegments * plan.planePairs * 32;
  TileBlock block;
  settleMemory();
  for (int64_t begin = 0; begin < tiles; begin += kTilesAtOnce) {
    const int64_t end = leastOf(tiles, begin + kTilesAtOnce);
    for (int64_t tap = 0; tap < plan.tapCount; ++tap) {
      const auto [plane, firstPair, index] = plan.taps[tap];
      const int64_t start = plane * planeNumbers + firstPair * 32;
      if (first && begin == 0) {
        block.clear();
      } else {
        block.load(sums + index * 1024);
      }
      for (int64_t tile = begin; tile < end; ++tile) {
        const int64_t place = start + scratch.places[tile];
        block.multiply(outputs + tile * 2 * kTileNumbers, inputs0 + place, inputs1 + place);
      }
      block.store(sums + index * 1024);
    }
  }
  settleMemory();
}

SAM_KERNEL void tileSums(const TileGradient& job, int64_t firstSegment, int64_t lastSegment,
                         int64_t firstOutPair, int64_t lastOutPair, float* sums, void* memory) {
  const TilePlan& plan = *job.plan;
  TileScratch scratch;
  scratch.outputs = static_cast<Bf16*>(memory);
  scratch.inputs = scratch.outputs + outputNumbers(plan, lastOutPair - firstOutPair);
  scratch.places = reinterpret_cast<int64_t*>(scratch.inputs + 2 * blockNumbers(plan));
  const int64_t segmentNumbers = plan.segmentTiles * 2 * kTileNumbers;
  const TileSession session;
  for (int64_t tile = 0; tile < plan.chunkSegments * plan.segmentTiles; ++tile) {
    scratch.places[tile] = (tile / plan.segmentTiles * plan.planePairs + tile % plan.segmentTiles * 16) * 32;
  }
  for (int64_t begin = firstSegment; begin < lastSegment; begin += plan.chunkSegments) {
    const int64_t count = leastOf(plan.chunkSegments, lastSegment - begin);
    for (int64_t out = firstOutPair; out < lastOutPair; ++out) {
      for (int64_t i = 0; i < count; ++i) {
        packOutputs(job, begin + i, out,
                    scratch.outputs + ((out - firstOutPair) * plan.chunkSegments + i) * segmentNumbers);
      }
    }
    for (int64_t in = 0; in < plan.inPairs; ++in) {
      for (int64_t block = 0; block < 2; ++block) {
        for (int64_t i = 0; i < count; ++i) {
          packInputs(job, begin + i, 2 * in + block,
                     scratch.inputs + block * blockNumbers(plan) + i * plan.planePairs * 32,
                     plan.chunkSegments * plan.planePairs * 32);
        }
      }
      for (int64_t out = firstOutPair; out < lastOutPair; ++out) {
        multiplyTiles(plan, scratch,
                      scratch.outputs + (out - firstOutPair) * plan.chunkSegments * segmentNumbers,
                      count * plan.segmentTiles, begin == firstSegment,
                      sums + (out * plan.inPairs + in) * plan.tapCount * 1024);
      }
    }
  }
}

SAM_KERNEL void finishTiles(const TilePlan& plan, const float* sums, int64_t count, int64_t firstOutPair,
                            int64_t lastOutPair, float* to) {
  const ConvGeometry& conv = plan.conv;
  const int64_t size = plan.sumNumbers();
  for (int64_t out = firstOutPair * 32; out < leastOf(conv.out, lastOutPair * 32); ++out) {
    for (int64_t tap = 0; tap < plan.tapCount; ++tap) {
      float* row = to + (out * plan.tapCount + tap) * conv.in;
      for (int64_t block = 0; block * 16 < conv.in; ++block) {
        const int64_t pairs = out / 32 * plan.inPairs + block / 2;
        const float* from = sums + (pairs * plan.tapCount + tap) * 1024 + out % 32 / 16 * 512 +
                            block % 2 * 256 + out % 16 * 16;
        const int64_t channels = channelsOf(conv.in, block);
        for (int64_t i = 0; i < channels; ++i) {
          float sum = from[i];
          for (int64_t set = 1; set < count; ++set) sum += from[set * size + i];
          row[block * 16 + i] = sum;
        }
      }
    }
  }
}

}  // namespace sam::SAM_ISA
