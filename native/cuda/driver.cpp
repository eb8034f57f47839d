#include "driver.h"

#include <c10/util/Exception.h>

#include "shared_library.h"

namespace sam::cuda {
namespace {

template <class Function>
void take(void* library, const char* name, Function& into) {
  into = reinterpret_cast<Function>(symbolOf(library, name));
  TORCH_CHECK(into != nullptr, "expected the CUDA driver to have ", name, ", got one without it");
}

Driver load() {
#ifdef _WIN32
  constexpr const char* kName = "nvcuda.dll";
#else
  constexpr const char* kName = "libcuda.so.1";
#endif
  void* const library = openSharedLibrary(kName);
  TORCH_CHECK(library != nullptr, "expected the CUDA driver, got none (", kName, ")");
  Driver d{};
  take(library, "cuModuleLoadData", d.moduleLoadData);
  take(library, "cuModuleGetFunction", d.moduleGetFunction);
  take(library, "cuLaunchKernel", d.launchKernel);
  take(library, "cuGetErrorString", d.getErrorString);
  take(library, "cuDeviceGet", d.deviceGet);
  take(library, "cuDeviceGetAttribute", d.deviceGetAttribute);
  take(library, "cuDeviceGetName", d.deviceGetName);
  take(library, "cuDeviceTotalMem_v2", d.deviceTotalMem);
  take(library, "cuCtxGetCurrent", d.contextCurrent);
  take(library, "cuCtxSetCurrent", d.contextSetCurrent);
  take(library, "cuDevicePrimaryCtxRetain", d.primaryContext);
  return d;
}

}  // namespace

void Driver::check(CUresult result, const char* what) const {
  if (result == CUDA_SUCCESS) return;
  const char* text = nullptr;
  getErrorString(result, &text);
  TORCH_CHECK(false, "CUDA error: ", text != nullptr ? text : "unknown", " (", what, ")");
}

int Driver::attribute(int device, CUdevice_attribute which) const {
  CUdevice handle{};
  check(deviceGet(&handle, device), "cuDeviceGet");
  int value = 0;
  check(deviceGetAttribute(&value, which, handle), "cuDeviceGetAttribute");
  return value;
}

void Driver::useContextOf(int device) const {
  CUcontext context{};
  check(contextCurrent(&context), "cuCtxGetCurrent");
  if (context != nullptr) return;
  CUdevice handle{};
  check(deviceGet(&handle, device), "cuDeviceGet");
  // Retained once per thread and never released: it is the process's anyway.
  check(primaryContext(&context, handle), "cuDevicePrimaryCtxRetain");
  check(contextSetCurrent(context), "cuCtxSetCurrent");
}

const Driver& driver() {
  static const Driver instance = load();
  return instance;
}

}  // namespace sam::cuda
