// The one symbol that the core looks for in this file.
#include <algorithm>
#include <string>

#include "core/cuda_part.h"
#include "driver.h"
#include "graph.h"
#include "launch.h"
#include "run_time_compiler.h"

namespace sam::cuda {
namespace {

void properties(int device, CudaDeviceProperties* out) {
  CUdevice handle{};
  driver().check(driver().deviceGet(&handle, device), "cuDeviceGet");
  driver().check(driver().deviceGetName(out->name, sizeof(out->name), handle), "cuDeviceGetName");
  size_t bytes = 0;
  driver().check(driver().deviceTotalMem(&bytes, handle), "cuDeviceTotalMem");
  out->bytes = static_cast<int64_t>(bytes);
  out->major = driver().attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR);
  out->minor = driver().attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
  out->multiProcessors = driver().attribute(device, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
}

int64_t compile(int major, int minor) { return static_cast<int64_t>(compileKernels(major, minor).size()); }

CudaPart made() {
  CudaPart part{};
  part.version = CudaPart::kVersion;
  part.properties = properties;
  part.launch = launch;
  part.compile = compile;
  fillGraphFunctions(part);
  return part;
}

}  // namespace
}  // namespace sam::cuda

#ifdef _WIN32
#define SAM_EXPORT __declspec(dllexport)
#else
#define SAM_EXPORT __attribute__((visibility("default")))
#endif

extern "C" SAM_EXPORT const sam::CudaPart* sam_torch_cuda_part() {
  static const sam::CudaPart part = sam::cuda::made();
  return &part;
}
