#include "nn/linear_loops_kernels.h"

namespace sam {

LinearLoops linearLoopsPortable() { return SAM_ISA::linearLoops(); }

}  // namespace sam
