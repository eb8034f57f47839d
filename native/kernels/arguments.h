#pragma once
#include "augment.h"

// What the host hands to each CUDA kernel: one plain struct by value, so that a CUDA graph that holds the
// launch holds it too.
namespace sam::kernels {

struct ImageBatchArguments {
  const u8* images;
  const i64* labels;
  const i64* order;
  const i64* counters;  // epoch, position of the batch's first image in `order`
  const void* table;
  void* out;
  i64* classes;
  i64 imageCount;
  i64 orderLength;
  AugmentSettings settings;
};

}  // namespace sam::kernels
