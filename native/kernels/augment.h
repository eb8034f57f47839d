#pragma once
#include "philox.h"

namespace sam::kernels {

// Purposes of random words (native/data/philox.h numbers them all).
constexpr u32 kGeometry = 2;
constexpr u32 kCutout = 3;

struct AugmentSettings {
  int channels = 3, height = 32, width = 32;
  int padding = 0;
  double flip = 0;
  int cutout = 0;
  double cutoutProbability = 0;
  u64 seed = 0;
  bool channelsLast = false;
};

// What one image goes through.
struct ImageDraw {
  int offsetY = 0, offsetX = 0;  // crop corner relative to the unpadded image
  bool flip = false;
  int cutTop = 0, cutBottom = 0, cutLeft = 0,
      cutRight = 0;  // clipped to the image; empty when nothing is cut
};

SAM_HOST_DEVICE int clamped(int value, int low, int high) {
  return value < low ? low : value > high ? high : value;
}

SAM_HOST_DEVICE ImageDraw drawImage(const AugmentSettings& s, u32 epoch, u64 position) {
  const u32 low = static_cast<u32>(position), high = static_cast<u32>(position >> 32);
  ImageDraw draw;
  if (s.padding > 0 || s.flip > 0) {
    const PhiloxWords words = philox(s.seed, low, high, epoch, kGeometry);
    const u32 places = static_cast<u32>(2 * s.padding + 1);
    draw.offsetY = static_cast<int>(below(words.at[0], places)) - s.padding;
    draw.offsetX = static_cast<int>(below(words.at[1], places)) - s.padding;
    draw.flip = chance(words.at[2], s.flip);
  }
  if (s.cutout > 0 && s.cutoutProbability > 0) {
    const PhiloxWords words = philox(s.seed, low, high, epoch, kCutout);
    if (chance(words.at[0], s.cutoutProbability)) {
      const int top = static_cast<int>(below(words.at[1], static_cast<u32>(s.height))) - s.cutout / 2;
      const int left = static_cast<int>(below(words.at[2], static_cast<u32>(s.width))) - s.cutout / 2;
      draw.cutTop = clamped(top, 0, s.height);
      draw.cutBottom = clamped(top + s.cutout, 0, s.height);
      draw.cutLeft = clamped(left, 0, s.width);
      draw.cutRight = clamped(left + s.cutout, 0, s.width);
    }
  }
  return draw;
}

// One pixel of the output, all channels: cropped from the zero-padded image, flipped, normalised and cast by
// `table`
// ([channels][256]: the value of each byte), or zero where the square is cut out. `out` is the image's first
// element.
template <class Word>
SAM_HOST_DEVICE void augmentPixel(const AugmentSettings& s, const ImageDraw& draw, const u8* image,
                                  const Word* table, int y, int x, Word* out) {
  const int plane = s.height * s.width;
  const bool cut = y >= draw.cutTop && y < draw.cutBottom && x >= draw.cutLeft && x < draw.cutRight;
  const int fromY = y + draw.offsetY;
  const int fromX = (draw.flip ? s.width - 1 - x : x) + draw.offsetX;
  const bool inside = fromY >= 0 && fromY < s.height && fromX >= 0 && fromX < s.width;
  const int from = fromY * s.width + fromX;
  const int to = y * s.width + x;
  for (int c = 0; c < s.channels; ++c) {
    const int byte = inside ? image[c * plane + from] : 0;
    out[s.channelsLast ? to * s.channels + c : c * plane + to] = cut ? Word{0} : table[c * 256 + byte];
  }
}

}  // namespace sam::kernels
