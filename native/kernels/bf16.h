#pragma once
#include "host_device.h"

namespace sam::kernels {

SAM_HOST_DEVICE float floatOf(u32 bits) {
#if defined(__CUDA_ARCH__) || defined(__CUDACC_RTC__)
  return __uint_as_float(bits);
#else
  return __builtin_bit_cast(float, bits);
#endif
}
SAM_HOST_DEVICE u32 bitsOf(float value) {
#if defined(__CUDA_ARCH__) || defined(__CUDACC_RTC__)
  return __float_as_uint(value);
#else
  return __builtin_bit_cast(u32, value);
#endif
}

// bfloat16: the upper half of a float, rounded to nearest even; NaN stays NaN.
struct Bf16 {
  u16 bits;
};

SAM_HOST_DEVICE float wide(Bf16 value) { return floatOf(static_cast<u32>(value.bits) << 16); }
SAM_HOST_DEVICE float wide(float value) { return value; }

template <class T>
SAM_HOST_DEVICE T narrow(float value);
template <>
SAM_HOST_DEVICE float narrow<float>(float value) {
  return value;
}
template <>
SAM_HOST_DEVICE Bf16 narrow<Bf16>(float value) {
  const u32 bits = bitsOf(value);
  if (value != value) return {static_cast<u16>((bits >> 16) | 0x0040u)};
  return {static_cast<u16>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16)};
}

}  // namespace sam::kernels
