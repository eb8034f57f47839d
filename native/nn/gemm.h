#pragma once
#include <cstdint>

namespace sam {

// Where a matrix has its numbers: element (i, j) is data[i * rowStride + j * columnStride].
struct MatrixView {
  const float* data;
  int64_t rowStride;
  int64_t columnStride;
};

// c = scale a b (+ addend) (+ bias) (then ReLU), fp32: c is [rows, columns] with its columns side by side, a
// [rows, depth] and b [depth, columns] lie anyhow, b with a stride of 1 one way or the other.
struct Gemm {
  int64_t rows;
  int64_t columns;
  int64_t depth;
  MatrixView a;
  MatrixView b;
  float* c;
  int64_t rowStride;            // of c
  const float* bias = nullptr;  // one number per column
  bool relu = false;
  float scale = 1;                // 0 makes 0 of everything, NaN too
  const float* addend = nullptr;  // lies as c does
  float* product = nullptr;       // nullptr, or where a b itself goes, as c lies
};

// Columns are multiplied in panels; panels do not depend on each other.
struct GemmKernels {
  int64_t panel;    // columns
  int64_t forPart;  // products: fewer are done before another thread is awake
  void (*panels)(const Gemm& job, int64_t first, int64_t last);
};
const GemmKernels& gemmAvx2();
const GemmKernels& gemmAvx512();

// Whether there are own products for this processor: up to kMostProducts they are faster than MKL's, which
// has its good kernels for Intel's processors, on those too.
bool hasGemm();

// Columns that cost as much as one: fewer leave a part of the kernel's panel empty.
int64_t gemmPanel();

// Of larger products MKL's are as fast or faster (docs/performance.md).
constexpr int64_t kMostProducts = int64_t{1} << 26;

// On the threads of LibTorch: by own kernels where they are the faster ones, else by LibTorch's product.
void gemm(const Gemm& job);

}  // namespace sam
