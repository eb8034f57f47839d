#include "half_precision.h"

#include <ATen/Context.h>

#include "core/switch.h"
#include "simd/isa.h"

namespace sam {
namespace {

Switch& wideHalf() {
  static Switch value("SAM_TORCH_WIDE_HALF");
  return value;
}

}  // namespace

bool wideHalfEnabled() { return wideHalf().isOn(); }
bool setWideHalf(bool enabled) { return wideHalf().set(enabled); }

bool lacksConvolutions(at::ScalarType type) {
#if SAM_X86
  if (type == at::kBFloat16) return isa() < Isa::Avx512;
  return type == at::kHalf;
#else
  return false;
#endif
}

bool lacksProducts(at::ScalarType type) {
#if SAM_X86
  if (type == at::kBFloat16) return isa() < Isa::Avx512;
  // "medium" lets fp32 products drop bits that fp16 has.
  return type == at::kHalf && !hasFp16Arithmetic() &&
         at::globalContext().float32MatmulPrecision() != at::Float32MatmulPrecision::MEDIUM;
#else
  return false;
#endif
}

}  // namespace sam
