#include "matrix_unit.h"

#include "isa.h"

#if SAM_X86 && defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace sam {

bool hasMatrixUnit() noexcept {
#if SAM_X86 && (__GNUC__ >= 11 || defined(__clang__))
  return isa() == Isa::Avx512Bf16 && __builtin_cpu_supports("amx-bf16");
#else
  return false;
#endif
}

bool mayUseMatrixUnit() noexcept {
#if SAM_X86 && defined(__linux__)
  static const bool granted = [] {
    if (!hasMatrixUnit()) return false;
    // ARCH_REQ_XCOMP_PERM for the tiles' state (Linux's Documentation/arch/x86/xstate.rst). It holds for all
    // threads, and asking again is no error.
    constexpr long kRequest = 0x1023, kTileData = 18;
    return syscall(SYS_arch_prctl, kRequest, kTileData) == 0;
  }();
  return granted;
#else
  return false;
#endif
}

}  // namespace sam
