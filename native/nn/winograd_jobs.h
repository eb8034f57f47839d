#pragma once
#include <cstdint>

#include "simd/bf16.h"

namespace sam {

// A 3x3 convolution with stride 1 and padding 1 by Winograd's F(2x2, 3x3) or F(4x4, 3x3): the output in tiles
// of 2x2 or 4x4, each from a 4x4 or 6x6 patch of the input. Tile t counts through images, rows of tiles,
// tiles. All tensors are rows of channels (NHWC).
struct ConvShape {
  int64_t images;
  int64_t height;
  int64_t width;
  int64_t in;  // channels: a multiple of 16, and of WinogradKernels::wide
  int64_t out;
  int64_t tileRows;  // of one image
  int64_t tileColumns;
  int64_t tiles() const { return images * tileRows * tileColumns; }
};

// Where weight [out, in, 3, 3] has its numbers; `in` numbers stand side by side.
struct WeightView {
  const float* data;  // one of the two
  const Bf16* rounded;
  int64_t outStride;
  int64_t rowStride;
  int64_t columnStride;
};

// The same for its gradient, with any stride between inputs.
struct WeightGradient {
  float* data;
  int64_t outStride;
  int64_t inStride;
  int64_t rowStride;
  int64_t columnStride;
};

template <typename T>
struct WinogradForward {
  ConvShape shape;
  const T* x;
  const void* transformed;  // weights, from transformWeights()
  const float* bias;        // nullptr, or one number per output channel
  const T* addend;          // nullptr, or what is added to y
  T* y;
  bool relu;
};

template <typename T>
struct WinogradWeightGradient {
  ConvShape shape;
  const T* x;
  const T* grad;
};

// Of the output, what is computed from one patch.
struct WinogradTile {
  int64_t height;
  int64_t width;
};

// In order of use. Scratch belongs to one thread and is aligned to 64 bytes.
template <typename T>
struct WinogradKernels {
  WinogradTile tile;
  WinogradTile gradientTile;      // for the gradient of the weights
  int64_t wide;                   // channels must be a multiple of this
  bool roundsWeights;             // to T before they are transformed: products are of T's numbers
  int64_t mostForSums;            // bytes that pay for sums of each thread's own
  int64_t (*panel)(int64_t out);  // outputs that are multiplied together
  int64_t (*weightBytes)(int64_t in, int64_t out);
  int64_t (*sumNumbers)(int64_t in, int64_t out);
  // Weights as the multiplication wants them; for outputs 16 begin to 16 end.
  void (*transformWeights)(const WeightView& weight, int64_t in, int64_t out, void* to, int64_t begin,
                           int64_t end);
  // The same for the gradient of the input: channels exchanged, taps turned round; for inputs 16 begin to 16
  // end.
  void (*transformTurned)(const WeightView& weight, int64_t in, int64_t out, void* to, int64_t begin,
                          int64_t end);
  int64_t (*forwardScratch)(const ConvShape& shape);  // bytes
  void (*forward)(const WinogradForward<T>& job, int64_t firstTile, int64_t lastTile, void* scratch);
  int64_t (*gradientScratch)(const ConvShape& shape);  // bytes
  // Sums over tiles for outputs firstOut to lastOut, multiples of the panel.
  void (*weightGradient)(const WinogradWeightGradient<T>& job, int64_t firstTile, int64_t lastTile,
                         int64_t firstOut, int64_t lastOut, float* sums, void* scratch);
  // The gradient from `count` sums, `size` numbers apart; for inputs wide begin to wide end.
  void (*finishWeights)(const float* sums, int64_t count, int64_t size, int64_t in, int64_t out,
                        const WeightGradient& to, int64_t begin, int64_t end);
};

struct WinogradTable {
  const WinogradKernels<float>* fp32;  // nullptr: this instruction set does not pay
  const WinogradKernels<Bf16>* bf16;
};
WinogradTable winogradAvx2();
WinogradTable winogradAvx512();
WinogradTable winogradAvx512Bf16();

}  // namespace sam
