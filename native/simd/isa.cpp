#include "isa.h"

#include <cstdlib>
#include <cstring>

#if SAM_X86
#include <cpuid.h>
#endif

namespace sam {
namespace {

Isa detect() noexcept {
  Isa best = Isa::Portable;
#if SAM_X86
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
  const bool bf16 = avx512 && __builtin_cpu_supports("avx512bf16");
  best = bf16 ? Isa::Avx512Bf16 : avx512 ? Isa::Avx512 : avx2 ? Isa::Avx2 : Isa::Portable;
#endif
  const char* wanted = std::getenv("SAM_TORCH_ISA");
  if (wanted == nullptr) return best;
  const Isa most = std::strcmp(wanted, "portable") == 0 ? Isa::Portable
                   : std::strcmp(wanted, "avx2") == 0   ? Isa::Avx2
                   : std::strcmp(wanted, "avx512") == 0 ? Isa::Avx512
                                                        : Isa::Avx512Bf16;
  return most < best ? most : best;
}

}  // namespace

Isa isa() noexcept {
  static const Isa found = detect();
  return found;
}

bool hasFastDotProducts() noexcept {
#if SAM_X86
  static const bool found = isa() == Isa::Avx512Bf16 && !__builtin_cpu_is("intel");
  return found;
#else
  return false;
#endif
}

bool hasFp16Arithmetic() noexcept {
#if SAM_X86
  static const bool found = [] {
    unsigned int eax = 0, ebx = 0, ecx = 0, edx = 0;  // not all compilers know its name
    return isa() >= Isa::Avx512 && __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 &&
           (edx & (1u << 23)) != 0;
  }();
  return found;
#else
  return false;
#endif
}

const char* isaName() noexcept {
  switch (isa()) {
    case Isa::Avx512Bf16:
      return "avx512_bf16";
    case Isa::Avx512:
      return "avx512";
    case Isa::Avx2:
      return "avx2";
    default:
      return "portable";
  }
}

}  // namespace sam
