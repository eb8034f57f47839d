#include "optim/sgd_kernels.h"

namespace sam {

SgdRun sgdPortable() { return &SAM_ISA::sgdRun; }

}  // namespace sam
