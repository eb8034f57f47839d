// Operators of this library's own, in LibTorch's dispatcher under sam_torch::, with what the CPU does for
// them. What CUDA does is in native/cuda; both run the arithmetic of this directory's headers.
#include <ATen/ops/empty.h>
#include <torch/library.h>

#include "data/augment.h"
#include "image_batch.h"

namespace sam::kernels {
namespace {

template <class Word>
void allPixels(const ImageBatch& batch, const int64_t* order, u32 epoch, int64_t position, Word* out) {
  const auto* images = batch.images.const_data_ptr<uint8_t>();
  const auto* table = static_cast<const Word*>(batch.table.const_data_ptr());
  for (int64_t k = 0; k < batch.count; ++k) {
    const ImageDraw draw = drawImage(batch.settings, epoch, static_cast<u64>(position + k));
    for (int y = 0; y < batch.settings.height; ++y) {
      for (int x = 0; x < batch.settings.width; ++x) {
        augmentPixel(batch.settings, draw, images + order[k] * batch.numel(), table, y, x,
                     out + k * batch.numel());
      }
    }
  }
}

std::tuple<at::Tensor, at::Tensor> imageBatch(const at::Tensor& images, const at::Tensor& labels,
                                              const at::Tensor& order, const at::Tensor& counters,
                                              const at::Tensor& table, int64_t count, int64_t padding,
                                              double flip, int64_t cutout, double cutoutProbability,
                                              int64_t seed, bool channelsLast) {
  const ImageBatch batch(images, labels, order, counters, table, count, padding, flip, cutout,
                         cutoutProbability, seed, channelsLast);
  const int64_t epoch = counters.const_data_ptr<int64_t>()[0],
                position = counters.const_data_ptr<int64_t>()[1];
  TORCH_CHECK_INDEX(position >= 0 && position + count <= order.numel(),
                    "expected a batch inside the order's ", order.numel(), " images, got ", count, " from ",
                    position);
  const int64_t* const chosen = order.const_data_ptr<int64_t>() + position;
  at::Tensor classes = at::empty({count}, labels.options());
  for (int64_t k = 0; k < count; ++k) {
    TORCH_CHECK_INDEX(chosen[k] >= 0 && chosen[k] < images.size(0), "expected image numbers below ",
                      images.size(0), ", got ", chosen[k]);
    classes.mutable_data_ptr<int64_t>()[k] = labels.const_data_ptr<int64_t>()[chosen[k]];
  }
  at::Tensor out = at::empty(batch.shape(), table.options(), batch.format());
  switch (table.element_size()) {
    case 2:
      allPixels(batch, chosen, static_cast<u32>(epoch), position, static_cast<u16*>(out.mutable_data_ptr()));
      break;
    case 4:
      allPixels(batch, chosen, static_cast<u32>(epoch), position, static_cast<u32*>(out.mutable_data_ptr()));
      break;
    default:
      allPixels(batch, chosen, static_cast<u32>(epoch), position, static_cast<u64*>(out.mutable_data_ptr()));
  }
  return {std::move(out), std::move(classes)};
}

data::Element elementOf(at::ScalarType dtype) {
  switch (dtype) {
    case at::kHalf:
      return data::Element::float16;
    case at::kBFloat16:
      return data::Element::bfloat16;
    case at::kFloat:
      return data::Element::float32;
    case at::kDouble:
      return data::Element::float64;
    default:
      TORCH_CHECK(false, "expected dtype float32, bfloat16, float16 or float64");
  }
}

// [channels, 256]: the table that the CPU's loader uses.
at::Tensor valueTable(at::ArrayRef<double> mean, at::ArrayRef<double> std, at::ScalarType dtype) {
  TORCH_CHECK(!mean.empty() && mean.size() == std.size(), "expected as many numbers in mean as in std");
  const data::ValueTable table(elementOf(dtype), mean.vec(), std.vec());
  at::Tensor out = at::empty({static_cast<int64_t>(mean.size()), 256}, at::TensorOptions(dtype));
  std::visit(
      [&]<class Word>(const std::vector<Word>& words) {
        std::copy(words.begin(), words.end(), static_cast<Word*>(out.mutable_data_ptr()));
      },
      table.words());
  return out;
}

}  // namespace

TORCH_LIBRARY(sam_torch, library) {
  library.def(
      "image_batch(Tensor images, Tensor labels, Tensor order, Tensor counters, Tensor table, int count, int "
      "padding=0, "
      "float flip=0., int cutout=0, float cutout_probability=0., int seed=0, bool channels_last=False) -> "
      "(Tensor, Tensor)");
  library.def("value_table(float[] mean, float[] std, ScalarType dtype) -> Tensor", valueTable);
}

TORCH_LIBRARY_IMPL(sam_torch, CPU, library) { library.impl("image_batch", imageBatch); }

}  // namespace sam::kernels
