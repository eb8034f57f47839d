#pragma once
#include <algorithm>
#include <string>
#include <tuple>

#include "augment.h"
#include "core/aten.h"

namespace sam::kernels {

// The arguments of sam_torch::image_batch, checked alike for every device.
struct ImageBatch {
  const at::Tensor& images;    // uint8 [n, c, h, w], contiguous
  const at::Tensor& labels;    // int64 [n]
  const at::Tensor& order;     // int64: image numbers of the whole epoch
  const at::Tensor& counters;  // int64 [2]: epoch, position in `order` of the batch's first image
  const at::Tensor& table;     // [c, 256]: the value of each byte; its dtype is the batch's
  int64_t count;
  AugmentSettings settings;

  ImageBatch(const at::Tensor& images, const at::Tensor& labels, const at::Tensor& order,
             const at::Tensor& counters, const at::Tensor& table, int64_t count, int64_t padding, double flip,
             int64_t cutout, double cutoutProbability, int64_t seed, bool channelsLast)
      : images(images), labels(labels), order(order), counters(counters), table(table), count(count) {
    TORCH_CHECK(images.dim() == 4 && images.scalar_type() == at::kByte && images.is_contiguous(),
                "expected images as contiguous uint8 [n, channels, height, width]");
    TORCH_CHECK(images.size(1) * images.size(2) * images.size(3) < (int64_t{1} << 31),
                "expected images of fewer than 2^31 values");
    for (const auto* integers : {&labels, &order, &counters}) {
      TORCH_CHECK(integers->scalar_type() == at::kLong && integers->is_contiguous() &&
                      integers->device() == images.device(),
                  "expected labels, order and counters as contiguous int64 tensors on the images' device");
    }
    TORCH_CHECK(labels.numel() == images.size(0) && counters.numel() == 2,
                "expected one label per image and two counters");
    TORCH_CHECK(
        table.is_contiguous() && table.numel() == images.size(1) * 256 && table.device() == images.device(),
        "expected a table [channels, 256] on the images' device");
    TORCH_CHECK(count >= 0 && count <= order.numel(), "expected a batch of at most ", order.numel(),
                " images, got ", count);
    settings.channels = static_cast<int>(images.size(1));
    settings.height = static_cast<int>(images.size(2));
    settings.width = static_cast<int>(images.size(3));
    settings.padding = static_cast<int>(padding);
    settings.flip = flip;
    settings.cutout = static_cast<int>(cutout);
    settings.cutoutProbability = cutoutProbability;
    settings.seed = static_cast<u64>(seed);
    settings.channelsLast = channelsLast;
  }

  int64_t numel() const { return images.size(1) * images.size(2) * images.size(3); }
  std::vector<int64_t> shape() const { return {count, images.size(1), images.size(2), images.size(3)}; }
  c10::MemoryFormat format() const {
    return settings.channelsLast ? c10::MemoryFormat::ChannelsLast : c10::MemoryFormat::Contiguous;
  }
};

}  // namespace sam::kernels
