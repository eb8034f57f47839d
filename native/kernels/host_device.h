#pragma once
// What CPU and GPU share: these headers are compiled by the C++ compiler for the CPU, by nvcc, and by NVRTC,
// which has no standard library. So they include nothing but each other and know no types but these.

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

// Square roots by the name that both compilers know without a header.
SAM_HOST_DEVICE double squareRoot(double x) {
#if defined(__CUDA_ARCH__) || defined(__CUDACC_RTC__)
  return sqrt(x);
#else
  return __builtin_sqrt(x);
#endif
}

// Where a thread stands.
struct Place {
  u32 block = 0;
  u32 blocks = 1;
  u32 thread = 0;
};

// A kernel is a struct with
//   Arguments   a plain struct, handed over by value, so that a CUDA graph that holds the launch holds it too
//   kThreads    threads per block
//   kShared     floats that a block's threads share, or 0
//   kPhases     how many phases there are: all threads of a block finish one before any begins the next
//   run<phase>(arguments, place, shared)
// So all of a kernel but its concurrency can run on the CPU, thread after thread (launch.h).

}  // namespace sam::kernels
