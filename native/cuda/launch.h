#pragma once

namespace sam::cuda {

// Launches the kernel of this name (native/cuda/kernels.cu) on the current stream of the device, with one
// struct as its argument.
void launch(const char* kernel, int device, unsigned blocks, unsigned threads, const void* arguments);

}  // namespace sam::cuda
