#pragma once
#include <atomic>
#include <cstdint>
#include <variant>
#include <vector>

#include "kernels/augment.h"

// Batches of uint8 images made ready for training in one pass. Plain C++ on pointers: no tensors, no JS
// types.
namespace sam::data {

struct ImageShape {
  int64_t channels = 3;
  int64_t height = 32;
  int64_t width = 32;
  int64_t pixels() const noexcept { return height * width; }
  int64_t numel() const noexcept { return channels * height * width; }
};

// All off by default, as evaluation wants it. The reference trains with {4, 0.5, 16, 0.5}.
struct AugmentSpec {
  int padding = 0;               // zeros on each side before a crop back to the image's size
  double flip = 0;               // probability of a horizontal flip
  int cutout = 0;                // side of the square that is cut out
  double cutoutProbability = 0;  // and how often
};

// What one image goes through: drawn by the code that the GPU's kernel uses.
using AugmentDraw = kernels::ImageDraw;

// `position` is the sample's place in the epoch's order. The cutout's corner is uniform in [-size/2, extent -
// size/2).
AugmentDraw drawAugmentation(const AugmentSpec& spec, const ImageShape& shape, uint64_t seed, uint32_t epoch,
                             uint64_t position) noexcept;

enum class Layout { nchw, nhwc };

// Which bytes a value is made of: the pass copies words of 2, 4 or 8 bytes and does no arithmetic.
enum class Element { float16, bfloat16, float32, float64 };

// Normalised value of every (channel, byte): (byte / 255 - mean) / std, each operation rounded to float32 as
// torchvision's ToTensor and Normalize do it, then to the element type (to nearest, ties to even).
// A table of 256 entries per channel turns normalise-and-cast into one load per pixel.
class ValueTable {
 public:
  template <class Word>
  using Words = std::vector<Word>;  // [channels][256]

  // `mean` and `std` hold one number per channel.
  ValueTable(Element element, const std::vector<double>& mean, const std::vector<double>& std);
  const std::variant<Words<uint16_t>, Words<uint32_t>, Words<uint64_t>>& words() const noexcept {
    return words_;
  }

 private:
  std::variant<Words<uint16_t>, Words<uint32_t>, Words<uint64_t>> words_;
};

// One batch: sample k is image order[k] of `images`, drawn as position firstPosition + k.
struct AugmentJob {
  const uint8_t* images = nullptr;  // [n, channels, height, width]
  ImageShape shape;
  const uint32_t* order = nullptr;
  int64_t count = 0;
  AugmentSpec spec;
  uint64_t seed = 0;
  uint32_t epoch = 0;
  uint64_t firstPosition = 0;
  Layout layout = Layout::nchw;
};

// Gather, zero-pad and crop, flip, normalise and cast, cut out: the reference's order, so padding is black
// (not the mean) and the cut-out square is the mean (zero after normalisation). Writes count * shape.numel()
// elements. Returns false when `cancelled` was set before it was done.
bool augmentBatch(const AugmentJob& job, const ValueTable& table, void* out,
                  const std::atomic<bool>* cancelled = nullptr);

}  // namespace sam::data
