#include "launch.h"

#include <c10/core/DeviceGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <map>
#include <mutex>
#include <string>

#include "driver.h"
#include "run_time_compiler.h"

#ifdef SAM_TORCH_FATBIN
extern const unsigned char kSamKernelBinary[];
#endif

namespace sam::cuda {
namespace {

struct Kernels {
  std::mutex mutex;
  std::map<int, CUmodule> modules;  // per device
  std::map<std::pair<int, std::string>, CUfunction> functions;
};

Kernels& kernels() {
  static Kernels* const instance = new Kernels();  // leaked on purpose: CUDA may be gone when statics die
  return *instance;
}

// What nvcc made when this file was built, if it has code for this GPU; else NVRTC's work of a second, once
// per process.
CUmodule loadModule(int device) {
  CUmodule module{};
#ifdef SAM_TORCH_FATBIN
  if (driver().moduleLoadData(&module, kSamKernelBinary) == CUDA_SUCCESS) return module;
#endif
  const std::string code =
      compileKernels(driver().attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
                     driver().attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR));
  driver().check(driver().moduleLoadData(&module, code.data()), "cuModuleLoadData");
  return module;
}

CUfunction function(const char* name, int device) {
  auto& all = kernels();
  const std::scoped_lock lock(all.mutex);
  CUfunction& found = all.functions[{device, name}];
  if (found == nullptr) {
    auto module = all.modules.find(device);
    if (module == all.modules.end()) module = all.modules.emplace(device, loadModule(device)).first;
    driver().check(driver().moduleGetFunction(&found, module->second, name), name);
  }
  return found;
}

}  // namespace

void launch(const char* kernel, int device, unsigned blocks, unsigned threads, const void* arguments) {
  if (blocks == 0) return;
  const auto index = static_cast<c10::DeviceIndex>(device);
  const c10::DeviceGuard guard(c10::Device(c10::DeviceType::CUDA, index));
  driver().useContextOf(device);
  const auto stream = c10::cuda::getCurrentCUDAStream(index);
  void* list[] = {const_cast<void*>(arguments)};
  driver().check(driver().launchKernel(function(kernel, device), blocks, 1, 1, threads, 1, 1, 0,
                                       stream.stream(), list, nullptr),
                 kernel);
}

}  // namespace sam::cuda
