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

  // Throws c10::Error with the driver's text.
  void check(CUresult result, const char* what) const;
  int attribute(int device, CUdevice_attribute which) const;
};

const Driver& driver();

}  // namespace sam::cuda
