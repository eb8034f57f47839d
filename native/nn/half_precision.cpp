#include "half_precision.h"

#include <ATen/Context.h>

#include <atomic>
#include <cstdlib>
#include <cstring>

#include "simd/isa.h"

namespace sam {
namespace {

std::atomic<bool>& enabled() {
  static std::atomic<bool> value = [] {
    const char* choice = std::getenv("SAM_TORCH_WIDE_HALF");
    return choice == nullptr || std::strcmp(choice, "0") != 0;
  }();
  return value;
}

}  // namespace

bool wideHalfEnabled() { return enabled().load(std::memory_order_relaxed); }
bool setWideHalf(bool value) { return enabled().exchange(value); }

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
