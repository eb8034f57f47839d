#pragma once
#include <cstdint>

namespace sam {

// What one step's loop does with its momentum; "first" begins it with the gradient.
enum class SgdMomentum { kNone, kFirst, kPlain, kFirstNesterov, kNesterov };

struct SgdRun {
  float lr, mu, share, decay;
  float sign;  // -1 to maximise
};

// In the order of SgdMomentum
struct SgdKernels {
  void (*run[5])(float* w, const float* g, float* v, int64_t count, const SgdRun& settings);
};
SgdKernels sgdPortable();
SgdKernels sgdAvx2();
SgdKernels sgdAvx512();

}  // namespace sam
