#pragma once
#include "core/aten.h"

namespace sam::cuda {

// Launches the kernel of this name (native/cuda/kernels.cu) on the current stream of `device`, with one
// struct as its argument.
void launch(const char* kernel, c10::Device device, int64_t blocks, unsigned threads, const void* argument);

template <class Arguments>
void launch(const char* kernel, c10::Device device, int64_t blocks, unsigned threads,
            const Arguments& arguments) {
  launch(kernel, device, blocks, threads, static_cast<const void*>(&arguments));
}

}  // namespace sam::cuda
