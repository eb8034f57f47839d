#pragma once
#include <string>

namespace sam::cuda {

// The kernels' machine code for compute capability major.minor, compiled now by NVRTC, which comes with
// LibTorch. Throws c10::Error with the compiler's messages, or with what was looked for when there is no
// NVRTC.
std::string compileKernels(int major, int minor);

}  // namespace sam::cuda
