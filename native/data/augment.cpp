#include "augment.h"

#include <algorithm>
#include <bit>

#include "philox.h"

namespace sam::data {

static_assert(kernels::kGeometry == static_cast<uint32_t>(Purpose::geometry) &&
                  kernels::kCutout == static_cast<uint32_t>(Purpose::cutout),
              "the kernels draw from the streams that are numbered here");

AugmentDraw drawAugmentation(const AugmentSpec& spec, const ImageShape& shape, uint64_t seed, uint32_t epoch,
                             uint64_t position) noexcept {
  kernels::AugmentSettings settings;
  settings.height = static_cast<int>(shape.height);
  settings.width = static_cast<int>(shape.width);
  settings.padding = spec.padding;
  settings.flip = spec.flip;
  settings.cutout = spec.cutout;
  settings.cutoutProbability = spec.cutoutProbability;
  settings.seed = seed;
  return kernels::drawImage(settings, epoch, position);
}

namespace {

uint16_t toBfloat16(float value) noexcept {
  const auto bits = std::bit_cast<uint32_t>(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u)
    return static_cast<uint16_t>((bits >> 16) | 0x40u);  // NaN stays NaN
  return static_cast<uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

uint16_t toFloat16(float value) noexcept {
  const auto bits = std::bit_cast<uint32_t>(value);
  const auto sign = static_cast<uint16_t>((bits >> 16) & 0x8000u);
  const uint32_t magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) return static_cast<uint16_t>(sign | 0x7e00u);
  if (magnitude >= 0x477ff000u)
    return static_cast<uint16_t>(sign | 0x7c00u);  // 65520 and more round to infinity
  if (magnitude < 0x38800000u) {
    // Below 2^-14 a half counts in steps of 2^-24; adding 0.5 makes the FPU round to such a step, ties to
    // even.
    const auto shifted = std::bit_cast<uint32_t>(std::bit_cast<float>(magnitude) + 0.5f);
    return static_cast<uint16_t>(sign | (shifted - 0x3f000000u));
  }
  const uint32_t rebased = magnitude - 0x38000000u;  // exponent bias 127 to 15
  return static_cast<uint16_t>(sign | ((rebased + 0xfffu + ((rebased >> 13) & 1u)) >> 13));
}

template <class Word, class Convert>
std::vector<Word> tableOf(const std::vector<double>& mean, const std::vector<double>& std, Convert convert) {
  std::vector<Word> words;
  words.reserve(mean.size() * 256);
  for (size_t c = 0; c < mean.size(); ++c) {
    const auto m = static_cast<float>(mean[c]);
    const auto s = static_cast<float>(std[c]);
    for (int byte = 0; byte < 256; ++byte)
      words.push_back(convert((static_cast<float>(byte) / 255.0f - m) / s));
  }
  return words;
}

// The rectangle of the output (before a flip) that the source covers; the rest is padding.
struct Window {
  int64_t top, bottom, left, right;
};

Window windowOf(const ImageShape& shape, const AugmentDraw& draw) noexcept {
  const int64_t y = draw.offsetY, x = draw.offsetX;
  return {std::clamp<int64_t>(-y, 0, shape.height), std::clamp<int64_t>(shape.height - y, 0, shape.height),
          std::clamp<int64_t>(-x, 0, shape.width), std::clamp<int64_t>(shape.width - x, 0, shape.width)};
}

template <class Word>
void planeNchw(const uint8_t* source, const ImageShape& shape, const AugmentDraw& draw, const Window& window,
               const Word* table, Word* out) noexcept {
  const int64_t width = shape.width;
  std::fill(out, out + window.top * width, table[0]);
  for (int64_t y = window.top; y < window.bottom; ++y) {
    const uint8_t* from = source + (y + draw.offsetY) * width + window.left + draw.offsetX;
    Word* row = out + y * width;
    const int64_t count = window.right - window.left;
    const int64_t first = draw.flip ? width - window.right : window.left;
    std::fill(row, row + first, table[0]);
    Word* to = row + first;
    if (draw.flip) {
      for (int64_t i = 0; i < count; ++i) to[count - 1 - i] = table[from[i]];
    } else {
      for (int64_t i = 0; i < count; ++i) to[i] = table[from[i]];
    }
    std::fill(to + count, row + width, table[0]);
  }
  std::fill(out + window.bottom * width, out + shape.height * width, table[0]);
  for (int64_t y = draw.cutTop; y < draw.cutBottom; ++y) {
    std::fill(out + y * width + draw.cutLeft, out + y * width + draw.cutRight, Word{0});
  }
}

// Channels: the number of channels when the compiler may know it, else 0.
template <class Word, int Channels>
void imageNhwc(const uint8_t* source, const ImageShape& shape, const AugmentDraw& draw, const Window& window,
               const Word* table, Word* out) noexcept {
  const int64_t width = shape.width, plane = shape.pixels();
  const int64_t channels = Channels > 0 ? Channels : shape.channels;
  const auto pad = [&](Word* from, const Word* to) {
    while (from < to) {
      for (int64_t c = 0; c < channels; ++c) *from++ = table[c * 256];
    }
  };
  pad(out, out + window.top * width * channels);
  for (int64_t y = window.top; y < window.bottom; ++y) {
    const uint8_t* from = source + (y + draw.offsetY) * width + window.left + draw.offsetX;
    Word* row = out + y * width * channels;
    const int64_t count = window.right - window.left;
    const int64_t first = draw.flip ? width - window.right : window.left;
    pad(row, row + first * channels);
    Word* to = row + (draw.flip ? first + count - 1 : first) * channels;
    const int64_t step = draw.flip ? -channels : channels;
    for (int64_t i = 0; i < count; ++i, to += step) {
      for (int64_t c = 0; c < channels; ++c) to[c] = table[c * 256 + from[c * plane + i]];
    }
    pad(row + (first + count) * channels, row + width * channels);
  }
  pad(out + window.bottom * width * channels, out + shape.height * width * channels);
  for (int64_t y = draw.cutTop; y < draw.cutBottom; ++y) {
    Word* row = out + y * width * channels;
    std::fill(row + draw.cutLeft * channels, row + draw.cutRight * channels, Word{0});
  }
}

template <class Word>
void oneImage(const uint8_t* source, const AugmentJob& job, const AugmentDraw& draw, const Word* table,
              Word* out) {
  const Window window = windowOf(job.shape, draw);
  if (job.layout == Layout::nchw) {
    for (int64_t c = 0; c < job.shape.channels; ++c) {
      planeNchw(source + c * job.shape.pixels(), job.shape, draw, window, table + c * 256,
                out + c * job.shape.pixels());
    }
  } else if (job.shape.channels == 3) {
    imageNhwc<Word, 3>(source, job.shape, draw, window, table, out);
  } else {
    imageNhwc<Word, 0>(source, job.shape, draw, window, table, out);
  }
}

template <class Word>
bool allImages(const AugmentJob& job, const Word* table, Word* out, const std::atomic<bool>* cancelled) {
  const int64_t numel = job.shape.numel();
  for (int64_t k = 0; k < job.count; ++k) {
    if (cancelled != nullptr && cancelled->load(std::memory_order_relaxed)) return false;
    const AugmentDraw draw = drawAugmentation(job.spec, job.shape, job.seed, job.epoch,
                                              job.firstPosition + static_cast<uint64_t>(k));
    oneImage(job.images + static_cast<int64_t>(job.order[k]) * numel, job, draw, table, out + k * numel);
  }
  return true;
}

}  // namespace

ValueTable::ValueTable(Element element, const std::vector<double>& mean, const std::vector<double>& std) {
  switch (element) {
    case Element::float16:
      words_ = tableOf<uint16_t>(mean, std, toFloat16);
      break;
    case Element::bfloat16:
      words_ = tableOf<uint16_t>(mean, std, toBfloat16);
      break;
    case Element::float32:
      words_ = tableOf<uint32_t>(mean, std, [](float v) { return std::bit_cast<uint32_t>(v); });
      break;
    case Element::float64:
      words_ = tableOf<uint64_t>(mean, std,
                                 [](float v) { return std::bit_cast<uint64_t>(static_cast<double>(v)); });
      break;
  }
}

bool augmentBatch(const AugmentJob& job, const ValueTable& table, void* out,
                  const std::atomic<bool>* cancelled) {
  return std::visit(
      [&]<class Word>(const std::vector<Word>& words) {
        return allImages(job, words.data(), static_cast<Word*>(out), cancelled);
      },
      table.words());
}

}  // namespace sam::data
