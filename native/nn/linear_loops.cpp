#include "linear_loops.h"

#include "simd/isa.h"

namespace sam {

const LinearLoops& linearLoops() {
  static const LinearLoops found = [] {
#if SAM_X86
    if (isa() >= Isa::Avx512) return linearLoopsAvx512();
    if (isa() == Isa::Avx2) return linearLoopsAvx2();
#endif
    return linearLoopsPortable();
  }();
  return found;
}

}  // namespace sam
