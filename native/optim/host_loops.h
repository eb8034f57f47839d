#pragma once
#include <cstdint>

#include "kernels/sam_step.h"

namespace sam {

// What optimizers do number by number on the CPU, in fp32.
struct HostLoops {
  // SGD's step by the arithmetic that the GPU has too. v: the momentum's, or null without momentum; `first`
  // begins it.
  void (*sgd)(float* w, const float* g, float* v, int64_t count, const kernels::SgdSettings& settings,
              bool first);
  // The sum of squares in doubles, by the same lanes whatever the instruction set.
  double (*squares)(const float* x, int64_t count);
};
HostLoops hostLoopsPortable();
HostLoops hostLoopsAvx2();
HostLoops hostLoopsAvx512();

// Those for this processor
const HostLoops& hostLoops();

}  // namespace sam
