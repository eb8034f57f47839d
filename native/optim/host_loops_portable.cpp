#include "optim/host_loops_kernels.h"

namespace sam {

HostLoops hostLoopsPortable() { return SAM_ISA::hostLoops(); }

}  // namespace sam
