#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "augment.h"
#include "loader.h"

namespace sam::data {

// Which samples an epoch takes, in order, cut into batches of any sizes.
struct Order {
  std::vector<uint32_t> indices;
  std::vector<uint32_t> bounds;  // where each batch begins in `indices`, and where the last one ends
  std::string from;              // who chose them: the end of an error about one

  int64_t batches() const noexcept { return static_cast<int64_t>(bounds.size()) - 1; }
  int64_t begin(int64_t batch) const noexcept { return bounds[static_cast<size_t>(batch)]; }
  int64_t size(int64_t batch) const noexcept { return begin(batch + 1) - begin(batch); }
};

// Batches of [images, labels]: augmented images [b, c, h, w] and int64 labels [b].
struct ImageSource {
  at::Tensor images;            // uint8 [n, c, h, w], CPU, contiguous
  std::vector<int64_t> labels;  // n of them
  ValueTable table;
  c10::ScalarType dtype = c10::ScalarType::Float;  // of the images that come out; the table's element type
  AugmentSpec spec;
  uint64_t seed = 0;
  uint32_t epoch = 0;
  Layout layout = Layout::nchw;
};
MakeBatch imageBatches(ImageSource source, Order order, bool pinned);

// Batches of rows: for each column [n, ...] (CPU, contiguous) a tensor [b, ...] of the same dtype.
MakeBatch rowBatches(std::vector<at::Tensor> columns, Order order, bool pinned);

}  // namespace sam::data
