// sam_torch::image_batch on CUDA: a batch in one launch from images that stay on the device.
#include "kernels/image_batch.h"

#include <ATen/ops/empty.h>
#include <torch/library.h>

#include "kernels/arguments.h"
#include "launch.h"

namespace sam::cuda {
namespace {

std::tuple<at::Tensor, at::Tensor> imageBatch(const at::Tensor& images, const at::Tensor& labels,
                                              const at::Tensor& order, const at::Tensor& counters,
                                              const at::Tensor& table, int64_t count, int64_t padding,
                                              double flip, int64_t cutout, double cutoutProbability,
                                              int64_t seed, bool channelsLast) {
  const kernels::ImageBatch batch(images, labels, order, counters, table, count, padding, flip, cutout,
                                  cutoutProbability, seed, channelsLast);
  at::Tensor out = at::empty(batch.shape(), table.options(), batch.format());
  at::Tensor classes = at::empty({count}, labels.options());
  const auto integers = [](const at::Tensor& t) {
    return reinterpret_cast<const kernels::i64*>(t.const_data_ptr<int64_t>());
  };
  const kernels::ImageBatchArguments arguments{
      .images = images.const_data_ptr<uint8_t>(),
      .labels = integers(labels),
      .order = integers(order),
      .counters = integers(counters),
      .table = table.const_data_ptr(),
      .out = out.mutable_data_ptr(),
      .classes = reinterpret_cast<kernels::i64*>(classes.mutable_data_ptr<int64_t>()),
      .imageCount = images.size(0),
      .orderLength = order.numel(),
      .settings = batch.settings,
  };
  const auto width = table.element_size();
  launch(width == 2   ? "sam_image_batch_2"
         : width == 4 ? "sam_image_batch_4"
                      : "sam_image_batch_8",
         images.device(), count, 256, arguments);
  return {std::move(out), std::move(classes)};
}

}  // namespace

TORCH_LIBRARY_IMPL(sam_torch, CUDA, library) { library.impl("image_batch", imageBatch); }

}  // namespace sam::cuda
