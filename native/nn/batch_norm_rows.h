#pragma once
#include <cstdint>

#include "simd/bf16.h"

namespace sam {

// Batch normalisation as its kernels see it: `rows` rows of `channels` numbers, and per channel a few fp32
// numbers.

// y = relu?(x scale + shift (+ residual))
template <typename T>
struct RowsForward {
  const T* x;
  const T* residual;  // nullptr: none
  T* y;
  const float* scale;
  const float* shift;
  int64_t channels;
  bool relu;
  bool past;  // y is too large for the caches, and aligned
};

// Where the ReLU's mask comes from: its input computed again from x (nothing more to read), or its output.
enum class Gate { None, Input, Output };

// dx = g scale + (x - mean) slope + offset (+ more), where g is `grad` behind the ReLU
template <typename T>
struct RowsBackward {
  const T* x;
  const T* y;  // for Gate::Output
  const T* grad;
  const T* more;  // nullptr, or what flows into x beside
  T* dx;
  T* dresidual;  // nullptr, or where g goes
  const float* mean;
  const float* scale;
  const float* shift;
  const float* slope;
  const float* offset;
  int64_t channels;
  Gate gate;
  bool past;
};

template <typename T>
struct RowsKernels {
  void (*moments)(const T* x, int64_t begin, int64_t end, int64_t channels, double* mean, double* deviations,
                  float* scratch);
  void (*forward)(const RowsForward<T>& job, int64_t begin, int64_t end);
  void (*sums)(const RowsBackward<T>& job, int64_t begin, int64_t end, double* sums, double* products,
               float* scratch);
  void (*backward)(const RowsBackward<T>& job, int64_t begin, int64_t end);
};

struct BatchNormKernels {
  RowsKernels<float> fp32;
  RowsKernels<Bf16> bf16;
};
const BatchNormKernels& batchNormKernelsPortable();
const BatchNormKernels& batchNormKernelsAvx2();
const BatchNormKernels& batchNormKernelsAvx512();
const BatchNormKernels& batchNormKernelsAvx512Bf16();

}  // namespace sam
