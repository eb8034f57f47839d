// sam_torch::device_properties: what a CUDA device is.
#include <torch/library.h>

#include <array>
#include <string>
#include <tuple>

#include "driver.h"

namespace sam::cuda {
namespace {

// name, compute capability (major, minor), multiprocessors, bytes of memory
std::tuple<std::string, int64_t, int64_t, int64_t, int64_t> deviceProperties(int64_t index) {
  const int device = static_cast<int>(index);
  CUdevice handle{};
  driver().check(driver().deviceGet(&handle, device), "cuDeviceGet");
  std::array<char, 256> name{};
  driver().check(driver().deviceGetName(name.data(), static_cast<int>(name.size()), handle),
                 "cuDeviceGetName");
  size_t bytes = 0;
  driver().check(driver().deviceTotalMem(&bytes, handle), "cuDeviceTotalMem");
  return {std::string(name.data()), driver().attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
          driver().attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
          driver().attribute(device, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT), static_cast<int64_t>(bytes)};
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(sam_torch, library) {
  library.def("device_properties(int index) -> (str, int, int, int, int)", deviceProperties);
}

}  // namespace sam::cuda
