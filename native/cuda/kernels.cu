// All CUDA kernels. No LibTorch here: raw pointers in one struct per kernel, so that nvcc takes seconds and
// NVRTC can compile the same text at run time. `extern "C"`, because the host finds kernels by name.
#include "kernels/arguments.h"

namespace sam::kernels {

// One block per image; its threads share the pixels. Numbers that do not exist give a black image and the
// class -1.
template <class Word>
__device__ __forceinline__ void imageBatch(const ImageBatchArguments& a) {
  const i64 position = a.counters[1] + blockIdx.x;
  const i64 number = position >= 0 && position < a.orderLength ? a.order[position] : -1;
  const bool exists = number >= 0 && number < a.imageCount;
  if (threadIdx.x == 0) a.classes[blockIdx.x] = exists ? a.labels[number] : -1;
  const int pixels = a.settings.height * a.settings.width;
  const i64 size = static_cast<i64>(pixels) * a.settings.channels;
  Word* const out = static_cast<Word*>(a.out) + blockIdx.x * size;
  if (!exists) {
    for (i64 i = threadIdx.x; i < size; i += blockDim.x) out[i] = Word{0};
    return;
  }
  const ImageDraw draw = drawImage(a.settings, static_cast<u32>(a.counters[0]), static_cast<u64>(position));
  for (int i = threadIdx.x; i < pixels; i += blockDim.x) {
    augmentPixel(a.settings, draw, a.images + number * size, static_cast<const Word*>(a.table),
                 i / a.settings.width, i % a.settings.width, out);
  }
}

}  // namespace sam::kernels

extern "C" __global__ void sam_image_batch_2(sam::kernels::ImageBatchArguments a) {
  sam::kernels::imageBatch<sam::kernels::u16>(a);
}
extern "C" __global__ void sam_image_batch_4(sam::kernels::ImageBatchArguments a) {
  sam::kernels::imageBatch<sam::kernels::u32>(a);
}
extern "C" __global__ void sam_image_batch_8(sam::kernels::ImageBatchArguments a) {
  sam::kernels::imageBatch<sam::kernels::u64>(a);
}
