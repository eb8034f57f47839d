#pragma once
#include <cstdint>

namespace at {
struct Generator;
}

namespace sam {

struct CudaDeviceProperties {
  char name[256];
  int major, minor;  // compute capability
  int multiProcessors;
  int64_t bytes;
};

// What sam_torch_cuda (native/cuda) gives the core: plain functions, so that nothing of this library stands
// in LibTorch's dispatcher, whose names belong to the whole process: a second copy of the package has a part
// of its own. They throw c10::Error.
struct CudaPart {
  static constexpr int kVersion = 1;  // of this struct

  int version;
  void (*properties)(int device, CudaDeviceProperties* out);
  // Launches a kernel of native/kernels by its name on the device's current stream; `arguments` is its
  // struct.
  void (*launch)(const char* kernel, int device, unsigned blocks, unsigned threads, const void* arguments);
  // Compiles all kernels with NVRTC for a compute capability, which needs no GPU. Bytes of machine code.
  int64_t (*compile)(int major, int minor);

  void* (*graphNew)();
  void (*graphFree)(void* graph);
  // Random operators of this generator draw anew in each replay; the device's own generator needs no word.
  void (*graphRegister)(void* graph, const at::Generator& generator);
  // From now on launches on the current stream, which must not be the default one, go into the graph.
  // `poolOf`: a graph whose memory this one shares, or null.
  void (*graphBegin)(void* graph, void* poolOf);
  void (*graphEnd)(void* graph);
  // Ends a capture that went wrong, in whatever state it is. Never throws.
  void (*graphAbandon)(void* graph);
  void (*graphReplay)(void* graph);
};

// Null where there is none, cannot be one or cannot be opened. Opens the file the first time.
const CudaPart* cudaPart() noexcept;
// The same, or a Failure "E_LOAD" that says why there is none.
const CudaPart& requireCudaPart(const char* op);

// Whether CPU tensors go through the CUDA kernels' code too, thread after thread: for tests, since all of a
// kernel but its concurrency can be looked at that way. Off unless setDeviceKernelsOnCpu(true) was called.
bool deviceKernelsOnCpu() noexcept;

}  // namespace sam
