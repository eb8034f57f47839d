#pragma once
#include <algorithm>
#include <limits>
#include <vector>

#include "core/aten.h"
#include "core/cuda_part.h"
#include "list.h"

namespace sam::kernels {

template <class Kernel>
constexpr const char* nameOf() = delete;
#define SAM_NAME(name, ...)                     \
  template <>                                   \
  constexpr const char* nameOf<__VA_ARGS__>() { \
    return #name;                               \
  }
SAM_KERNELS(SAM_NAME)
#undef SAM_NAME

// One phase after the other, each for all threads of a block, as barriers would have it.
template <class Kernel, int phase = 0>
void runBlock(const typename Kernel::Arguments& arguments, Place place, float* shared) {
  for (place.thread = 0; place.thread < Kernel::kThreads; ++place.thread) {
    Kernel::template run<phase>(arguments, place, shared);
  }
  if constexpr (phase + 1 < Kernel::kPhases) runBlock<Kernel, phase + 1>(arguments, place, shared);
}

// On CUDA a launch on the current stream (a Failure "E_LOAD" without native/cuda). On the CPU the same code,
// thread after thread: slow, and what the tests look at.
template <class Kernel>
void launch(c10::Device device, int64_t blocks, const typename Kernel::Arguments& arguments) {
  if (!device.is_cpu()) {
    requireCudaPart("cuda").launch(nameOf<Kernel>(), device.index(), static_cast<unsigned>(blocks),
                                   Kernel::kThreads, &arguments);
    return;
  }
  std::vector<float> shared(Kernel::kShared);
  for (int64_t block = 0; block < blocks; ++block) {
    // What a block finds in its shared memory is undefined: a kernel that counts on zeros must not pass.
    std::fill(shared.begin(), shared.end(), std::numeric_limits<float>::quiet_NaN());
    runBlock<Kernel>(arguments, {static_cast<u32>(block), static_cast<u32>(blocks), 0}, shared.data());
  }
}

}  // namespace sam::kernels
