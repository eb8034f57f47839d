#pragma once
#include <tuple>

#include "augment.h"
#include "core/aten.h"
#include "core/napi.h"

namespace sam {

// Where the images of a batch come from and what happens to them; every tensor on one device.
struct ImageBatchRequest {
  at::Tensor images;    // uint8 [n, channels, height, width], contiguous
  at::Tensor labels;    // int64 [n]
  at::Tensor order;     // int64: image numbers of the whole epoch
  at::Tensor counters;  // int64 [2]: epoch, place in `order` of the batch's first image
  at::Tensor table;     // [channels, 256]: the value of each byte; its dtype is the batch's
  int64_t count = 0;
  int64_t padding = 0;
  double flip = 0;
  int64_t cutout = 0;
  double cutoutProbability = 0;
  uint64_t seed = 0;
  bool channelsLast = false;
};

// The words that a batch of this dtype is made of; E_ARGUMENT in the name of `op` for a dtype that batches
// cannot have.
data::Element elementOf(at::ScalarType dtype, const char* op);

// Images [count, channels, height, width] and labels [count]: gathered, cropped, flipped, normalised, cast,
// cut out and laid out by one kernel (native/kernels/image_batch.h).
std::tuple<at::Tensor, at::Tensor> imageBatch(const ImageBatchRequest& request);

void initImageBatch(Napi::Env env, Napi::Object exports);

}  // namespace sam
