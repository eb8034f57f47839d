#pragma once
// Arithmetic that CPU and GPU share: these headers are compiled by the C++ compiler for the CPU operators
// that the tests run, by nvcc, and by NVRTC, which has no standard library. So they include nothing and know
// no types but these.

#if defined(__CUDACC__) || defined(__CUDACC_RTC__)
#define SAM_HOST_DEVICE __host__ __device__ __forceinline__
#else
#define SAM_HOST_DEVICE inline
#endif

namespace sam::kernels {

using u8 = unsigned char;
using u16 = unsigned short;
using u32 = unsigned int;
using u64 = unsigned long long;
using i64 = long long;

static_assert(sizeof(u16) == 2 && sizeof(u32) == 4 && sizeof(u64) == 8, "words of 2, 4 and 8 bytes");

}  // namespace sam::kernels
