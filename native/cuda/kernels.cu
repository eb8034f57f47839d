// All CUDA kernels: what is in native/kernels, under names that the host finds. No LibTorch here, so that
// nvcc takes seconds and NVRTC can compile the same text at run time.
#include "kernels/list.h"

namespace sam::kernels {

template <class Kernel, int phase = 0>
__device__ __forceinline__ void runPhases(const typename Kernel::Arguments& arguments, Place place,
                                          float* shared) {
  Kernel::template run<phase>(arguments, place, shared);
  if constexpr (phase + 1 < Kernel::kPhases) {
    __syncthreads();
    runPhases<Kernel, phase + 1>(arguments, place, shared);
  }
}

}  // namespace sam::kernels

#define SAM_GLOBAL(name, ...)                                                                      \
  extern "C" __global__ void __launch_bounds__(__VA_ARGS__::kThreads)                              \
      name(const __grid_constant__ __VA_ARGS__::Arguments arguments) {                             \
    __shared__ alignas(16) float shared[__VA_ARGS__::kShared == 0 ? 1 : __VA_ARGS__::kShared];     \
    sam::kernels::runPhases<__VA_ARGS__>(arguments, {blockIdx.x, gridDim.x, threadIdx.x}, shared); \
  }
SAM_KERNELS(SAM_GLOBAL)
