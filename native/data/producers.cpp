#include "producers.h"

#include <ATen/ops/empty.h>

#include <cstring>
#include <string>

#include "core/errors.h"

namespace sam::data {
namespace {

// Checked here, where the memory is read, whoever made the order.
void checkIndices(const Order& order, int64_t batch, int64_t n) {
  const uint32_t* indices = order.indices.data() + order.begin(batch);
  for (int64_t k = 0; k < order.size(batch); ++k) {
    if (static_cast<int64_t>(indices[k]) >= n) {
      throw Failure("E_DATA", "[DataLoader] expected indices below " + std::to_string(n) + ", got " +
                                  std::to_string(indices[k]) + order.from);
    }
  }
}

at::TensorOptions optionsFor(c10::ScalarType dtype, bool pinned) {
  return at::TensorOptions().dtype(dtype).pinned_memory(pinned);
}

}  // namespace

MakeBatch imageBatches(ImageSource source, Order order, bool pinned) {
  return [source = std::move(source), order = std::move(order), pinned](
             int64_t batch, const std::atomic<bool>& cancelled) -> Batch {
    const int64_t count = order.size(batch);
    const uint32_t* indices = order.indices.data() + order.begin(batch);
    checkIndices(order, batch, source.images.size(0));
    const ImageShape shape{source.images.size(1), source.images.size(2), source.images.size(3)};

    at::Tensor labels = at::empty({count}, optionsFor(c10::ScalarType::Long, pinned));
    auto* label = labels.mutable_data_ptr<int64_t>();
    for (int64_t k = 0; k < count; ++k) label[k] = source.labels[indices[k]];

    const auto format =
        source.layout == Layout::nhwc ? c10::MemoryFormat::ChannelsLast : c10::MemoryFormat::Contiguous;
    at::Tensor images = at::empty({count, shape.channels, shape.height, shape.width},
                                  optionsFor(source.dtype, pinned), format);
    AugmentJob job;
    job.images = source.images.const_data_ptr<uint8_t>();
    job.shape = shape;
    job.order = indices;
    job.count = count;
    job.spec = source.spec;
    job.seed = source.seed;
    job.epoch = source.epoch;
    job.firstPosition = static_cast<uint64_t>(order.begin(batch));
    job.layout = source.layout;
    augmentBatch(job, source.table, images.mutable_data_ptr(), &cancelled);
    return {std::move(images), std::move(labels)};
  };
}

MakeBatch rowBatches(std::vector<at::Tensor> columns, Order order, bool pinned) {
  return [columns = std::move(columns), order = std::move(order), pinned](
             int64_t batch, const std::atomic<bool>& cancelled) -> Batch {
    const int64_t count = order.size(batch);
    const uint32_t* indices = order.indices.data() + order.begin(batch);
    Batch out;
    for (const at::Tensor& column : columns) {
      checkIndices(order, batch, column.size(0));
      auto sizes = column.sizes().vec();
      sizes[0] = count;
      at::Tensor rows = at::empty(sizes, optionsFor(column.scalar_type(), pinned));
      // Plain copies: index_select would start a thread pool of its own on this thread.
      const size_t bytes = column.nbytes() / static_cast<size_t>(column.size(0));
      const auto* from = static_cast<const uint8_t*>(column.const_data_ptr());
      auto* to = static_cast<uint8_t*>(rows.mutable_data_ptr());
      for (int64_t k = 0; k < count && bytes > 0 && !cancelled.load(std::memory_order_relaxed); ++k) {
        std::memcpy(to + static_cast<size_t>(k) * bytes, from + indices[k] * bytes, bytes);
      }
      out.push_back(std::move(rows));
    }
    return out;
  };
}

}  // namespace sam::data
