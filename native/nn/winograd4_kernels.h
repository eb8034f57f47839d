// Winograd's F(4x4, 3x3) on rows of channels, for fp32 and for bf16. No include guard: see simd/isa.h.
//
// 36 products instead of 144 for sixteen outputs. Tiles of the input are transformed a block at a time into
// scratch, multiplied by the transformed weights (36 matrix products, one per position in the 6x6 patch), and
// transformed back on the way out. All of that is fp32: bf16 is widened when it is read, and results are
// rounded once, when they are written.
// clang-format off
#include "nn/winograd4_lines.h"
#include "nn/winograd4_transforms.h"
#include "nn/winograd4_products.h"
#include "nn/winograd4_weights.h"
#include "nn/winograd4_forward.h"
#include "nn/winograd4_gradient.h"
// clang-format on

namespace sam::SAM_ISA::winograd4 {

SAM_KERNEL int64_t panelOf(int64_t) { return kChunk; }

// The gradient of the weights goes by tiles of 4x2 in fp32: by 4x4 it would be less exact than LibTorch's own
// where that has little to round, and it is only a third faster. What bf16 inputs have lost is more.
template <typename T>
struct GradientColumns {
  using Type = Two;
};
template <>
struct GradientColumns<Bf16> {
  using Type = Four;
};

template <typename T>
constexpr WinogradKernels<T> kernels() {
  using Rows = Four;
  using Columns = typename GradientColumns<T>::Type;
  return {{Four::kSide, Four::kSide},
          {Rows::kSide, Columns::kSide},
          kChunk,
          true,
          int64_t{64} << 20,
          &panelOf,
          &weightBytes,
          &sumNumbers<Rows, Columns>,
          &transformWeights,
          &transformTurned,
          &forwardScratch,
          &forwardTiles<T>,
          &gradientScratch<Rows, Columns>,
          &weightGradientOfTiles<Rows, Columns, T>,
          &finishWeights<Rows, Columns>};
}

}  // namespace sam::SAM_ISA::winograd4
