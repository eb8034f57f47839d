#include "optim/sgd_kernels.h"

namespace sam {

SgdKernels sgdPortable() { return SAM_ISA::sgdKernels(); }

}  // namespace sam
