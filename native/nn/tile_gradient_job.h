#pragma once
#include <cstdint>

#include "simd/bf16.h"

namespace sam {

// A 2-d convolution of channels-last tensors: x [images, height, width, in], y [images, rows, columns, out],
// weights [out, kernelHeight, kernelWidth, in].
struct ConvGeometry {
  int64_t images, height, width, in;
  int64_t rows, columns, out;
  int64_t kernelHeight, kernelWidth;
  int64_t strideY, strideX;
  int64_t paddingY, paddingX;
  int64_t dilationY, dilationX;
};

// Input numbers that one column of the kernel meets, as far as the rows of the window leave this remainder.
struct TilePlane {
  int64_t column;     // of the kernel
  int64_t remainder;  // of the input's row, divided by the stride
};

// One place of the kernel: where its first pixels stand in a plane, and its own number among all places.
struct TileTap {
  int64_t plane;
  int64_t firstPair;
  int64_t index;
};

// How the sum over all pixels of y is cut up. A segment is some rows of one image, in tiles of 32 pixels; a
// chunk is the segments that are packed at a time. Rows are even numbers of pixels wide, so that two
// neighbours, which the matrix unit takes together, are never of two rows.
struct TilePlan {
  ConvGeometry conv;
  int64_t inPairs;   // of blocks of 16 channels, which are multiplied together
  int64_t outPairs;  // the same of y's
  int64_t pairColumns;
  int64_t segmentRows;
  int64_t segmentsPerImage;
  int64_t segmentTiles;
  int64_t planeRows;  // rows of a plane that a segment needs
  int64_t planePairs;
  int64_t chunkSegments;
  const TilePlane* planes;
  int64_t planeCount;
  const TileTap* taps;  // those of one plane follow each other: they read the same numbers
  int64_t tapCount;

  int64_t segments() const { return conv.images * segmentsPerImage; }
  int64_t sumNumbers() const { return inPairs * outPairs * tapCount * 1024; }
};

struct TileGradient {
  const TilePlan* plan;
  const Bf16* x;
  const Bf16* grad;
};

// Scratch belongs to one thread and is aligned to 64 bytes.
struct TileKernels {
  int64_t (*scratchBytes)(const TilePlan& plan, int64_t outPairs);
  // Sums over the pixels of some segments (at least one), for some pairs of blocks of outputs.
  void (*sums)(const TileGradient& job, int64_t firstSegment, int64_t lastSegment, int64_t firstOutPair,
               int64_t lastOutPair, float* sums, void* scratch);
  // The gradient [out, kernelHeight, kernelWidth, in] from `count` sums, for some pairs of blocks of outputs.
  void (*finish)(const TilePlan& plan, const float* sums, int64_t count, int64_t firstOutPair,
                 int64_t lastOutPair, float* to);
};
const TileKernels* tileKernelsAmx();  // nullptr: not compiled for this platform
const TileKernels& tileKernelsPortable();

}  // namespace sam
