// Winograd's F(2x2, 3x3) on rows of channels by bf16 dot products. No include guard: see simd/isa.h.
//
// 16 products instead of 36 for four outputs. Tiles of the input are transformed a block at a time into a
// scratch that stays in the second-level cache, multiplied by the transformed weights (16 matrix products,
// one per position in the 4x4 patch), and transformed back on the way out. Sums are fp32; the transformed
// patches and weights are rounded to bf16, which larger tiles would not bear.
// clang-format off
#include "nn/winograd2_transforms.h"
#include "nn/winograd2_products.h"
#include "nn/winograd2_forward.h"
#include "nn/winograd2_weights.h"
#include "nn/winograd2_gradient.h"
// clang-format on

namespace sam::SAM_ISA::winograd2 {

constexpr WinogradKernels<Bf16> kernels() {
  return {{2, 2},
          {2, 2},
          kWide,
          false,
          int64_t{256} << 20,
          &panelOf,
          &weightBytes,
          &sumNumbers,
          &transformWeights,
          &transformTurned,
          &forwardScratch,
          &forwardTiles,
          &gradientScratch,
          &weightGradientOfTiles,
          &finishWeights};
}

}  // namespace sam::SAM_ISA::winograd2
