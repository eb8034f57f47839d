#pragma once
#include <cuda.h>

#include <string>

namespace sam::cuda {

// What is needed of the CUDA driver, taken from the library that LibTorch has mapped: linking to it would
// keep a prebuilt file from being loaded where the driver is missing.
struct Driver {
  CUresult (*moduleLoadData)(CUmodule*, const void*);
  CUresult (*moduleGetFunction)(CUfunction*, CUmodule, const char*);
  CUresult (*launchKernel)(CUfunction, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned,
                           CUstream, void**, void**);
  CUresult (*getErrorString)(CUresult, const char**);
  CUresult (*deviceGet)(CUdevice*, int);
  CUresult (*deviceGetAttribute)(int*, CUdevice_attribute, CUdevice);
  CUresult (*deviceGetName)(char*, int, CUdevice);
  CUresult (*deviceTotalMem)(size_t*, CUdevice);
  CUresult (*contextCurrent)(CUcontext*);
  CUresult (*contextSetCurrent)(CUcontext);
  CUresult (*primaryContext)(CUcontext*, CUdevice);

  // Throws c10::Error with the driver's text.
  void check(CUresult result, const char* what) const;
  int attribute(int device, CUdevice_attribute which) const;
  // Gives this thread the device's context if it has none: LibTorch's runtime calls do that by themselves,
  // the driver's do not, and a thread of autograd's may make its first call here.
  void useContextOf(int device) const;
};

const Driver& driver();

}  // namespace sam::cuda
