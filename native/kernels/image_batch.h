#pragma once
#include "augment.h"

namespace sam::kernels {

struct ImageBatchArguments {
  const u8* images;     // [n, channels, height, width]
  const i64* labels;    // [n]
  const i64* order;     // image numbers of the whole epoch
  const i64* counters;  // epoch, place in `order` of the batch's first image
  const void* table;    // [channels, 256]: the value of each byte
  void* out;
  i64* classes;
  i64 imageCount;
  i64 orderLength;
  AugmentSettings settings;
};

// One block per image; its threads share the pixels. Numbers that do not exist give a black image and the
// class -1, since a GPU has no way to complain.
template <class Word>
struct ImageBatchKernel {
  using Arguments = ImageBatchArguments;
  static constexpr u32 kThreads = 256, kShared = 0;
  static constexpr int kPhases = 1;

  template <int phase>
  static SAM_HOST_DEVICE void run(const Arguments& a, Place place, float*) {
    const i64 position = a.counters[1] + place.block;
    const i64 number = position >= 0 && position < a.orderLength ? a.order[position] : -1;
    const bool exists = number >= 0 && number < a.imageCount;
    if (place.thread == 0) a.classes[place.block] = exists ? a.labels[number] : -1;
    const int pixels = a.settings.height * a.settings.width;
    const i64 size = static_cast<i64>(pixels) * a.settings.channels;
    Word* const out = static_cast<Word*>(a.out) + place.block * size;
    if (!exists) {
      for (i64 i = place.thread; i < size; i += kThreads) out[i] = Word{0};
      return;
    }
    const ImageDraw draw = drawImage(a.settings, static_cast<u32>(a.counters[0]), static_cast<u64>(position));
    for (int i = static_cast<int>(place.thread); i < pixels; i += static_cast<int>(kThreads)) {
      augmentPixel(a.settings, draw, a.images + number * size, static_cast<const Word*>(a.table),
                   i / a.settings.width, i % a.settings.width, out);
    }
  }
};

}  // namespace sam::kernels
