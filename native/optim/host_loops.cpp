#include "host_loops.h"

#include "simd/isa.h"

namespace sam {

const HostLoops& hostLoops() {
  static const HostLoops found = [] {
#if SAM_X86
    if (isa() >= Isa::Avx512) return hostLoopsAvx512();
    if (isa() == Isa::Avx2) return hostLoopsAvx2();
#endif
    return hostLoopsPortable();
  }();
  return found;
}

}  // namespace sam
