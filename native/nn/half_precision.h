#pragma once
#include "core/aten.h"

namespace sam {

// Half precision in fp32, rounded once, where LibTorch has nothing but plain loops for it on this processor:
// those take up to three hundred times as long as fp32.

// Whether it is done, by the variable SAM_TORCH_WIDE_HALF (not 0) at first. The second says what it was.
bool wideHalfEnabled();
bool setWideHalf(bool enabled);

// Convolutions: bf16 without AVX-512, the gradients of fp16 anywhere.
bool lacksConvolutions(at::ScalarType type);

// Matrix products: bf16 without AVX-512, fp16 without AVX512-FP16, unless fp32 products may be rounded to
// bf16.
bool lacksProducts(at::ScalarType type);

}  // namespace sam
