// Vectors of floats as wide as the instruction set has them, and conversions from and to bf16. No include
// guard: see isa.h.
#include <cstdint>
#include <cstring>

#include "simd/bf16.h"
#include "simd/isa.h"

#if defined(SAM_USE_AVX512) || defined(SAM_USE_AVX2)
#include <immintrin.h>
#endif

#if defined(SAM_USE_AMX)
#define SAM_ISA amx
#define SAM_TARGET \
  __attribute__((target("amx-tile,amx-bf16,avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,f16c,bmi,bmi2")))
#define SAM_VECTOR_BYTES 64
#elif defined(SAM_USE_AVX512) && defined(SAM_USE_BF16)
#define SAM_ISA avx512bf16
#define SAM_TARGET \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,avx2,fma,f16c,bmi,bmi2")))
#define SAM_VECTOR_BYTES 64
#elif defined(SAM_USE_AVX512)
#define SAM_ISA avx512
#define SAM_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx2,fma,f16c,bmi,bmi2")))
#define SAM_VECTOR_BYTES 64
#elif defined(SAM_USE_AVX2)
#define SAM_ISA avx2
#define SAM_TARGET __attribute__((target("avx2,fma,f16c,bmi,bmi2")))
#define SAM_VECTOR_BYTES 32
#else
#define SAM_ISA portable
#define SAM_TARGET
#define SAM_VECTOR_BYTES 16
#endif

#define SAM_KERNEL SAM_TARGET
#if defined(__GNUC__) || defined(__clang__)
#define SAM_LOOP SAM_TARGET __attribute__((noinline))  // an inner loop that wants all registers for itself
#define SAM_INLINE SAM_TARGET inline __attribute__((always_inline))
#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are passed only among functions of one target
#else
#define SAM_LOOP
#define SAM_INLINE inline
#endif

namespace sam::SAM_ISA {

#if defined(__GNUC__) || defined(__clang__)

constexpr int64_t kLanes = SAM_VECTOR_BYTES / 4;

typedef float F __attribute__((vector_size(SAM_VECTOR_BYTES)));
typedef uint32_t U __attribute__((vector_size(SAM_VECTOR_BYTES)));
typedef int32_t Mask __attribute__((vector_size(SAM_VECTOR_BYTES)));
typedef uint16_t H __attribute__((vector_size(SAM_VECTOR_BYTES / 2)));
typedef float UnalignedF __attribute__((vector_size(SAM_VECTOR_BYTES), aligned(4), may_alias));
typedef uint16_t UnalignedH __attribute__((vector_size(SAM_VECTOR_BYTES / 2), aligned(2), may_alias));

SAM_INLINE F broadcast(float value) { return value - F{}; }
SAM_INLINE F select(Mask mask, F yes, F no) { return mask ? yes : no; }

// Round to nearest even; a NaN stays one.
SAM_INLINE H toBf16(F value) {
#if defined(SAM_USE_BF16)
  return (H)_mm512_maskz_cvtneps_pbh(0xffff, (__m512)value);
#else
  const U u = (U)value;
  const U rounded = (u + 0x7fffu + ((u >> 16) & 1u)) >> 16;
  const U quiet = (u >> 16) | 0x40u;
  const U nan = (U)((u & 0x7fffffffu) > 0x7f800000u);
  return __builtin_convertvector((quiet & nan) | (rounded & ~nan), H);
#endif
}
SAM_INLINE F fromBf16(H bits) {
// GCC converts these vectors in halves when left alone.
#if defined(SAM_USE_AVX512)
  return (F)((U)_mm512_maskz_cvtepu16_epi32(0xffff, (__m256i)bits) << 16);
#elif defined(SAM_USE_AVX2)
  return (F)((U)_mm256_cvtepu16_epi32((__m128i)bits) << 16);
#else
  return (F)(__builtin_convertvector(bits, U) << 16);
#endif
}

#else  // a compiler without vector types: one lane

constexpr int64_t kLanes = 1;

typedef float F;
typedef bool Mask;
typedef uint16_t H;

inline F broadcast(float value) { return value; }
inline F select(Mask mask, F yes, F no) { return mask ? yes : no; }
inline H toBf16(F value) {
  uint32_t u;
  std::memcpy(&u, &value, 4);
  if ((u & 0x7fffffffu) > 0x7f800000u) return static_cast<H>((u >> 16) | 0x40u);
  return static_cast<H>((u + 0x7fffu + ((u >> 16) & 1u)) >> 16);
}
inline F fromBf16(H bits) {
  const uint32_t u = static_cast<uint32_t>(bits) << 16;
  F value;
  std::memcpy(&value, &u, 4);
  return value;
}
typedef F UnalignedF;
typedef H UnalignedH;

#endif

SAM_INLINE F load(const float* from) { return *reinterpret_cast<const UnalignedF*>(from); }
SAM_INLINE F load(const Bf16* from) { return fromBf16(*reinterpret_cast<const UnalignedH*>(from)); }
SAM_INLINE void store(float* to, F value) { *reinterpret_cast<UnalignedF*>(to) = value; }
SAM_INLINE void store(Bf16* to, F value) { *reinterpret_cast<UnalignedH*>(to) = toBf16(value); }

// Past the caches: for results too large to be there still when they are read. `to` is aligned to what is
// written, and fence() comes before another thread may read it.
#if defined(SAM_USE_AVX512)
SAM_INLINE void stream(float* to, F value) { _mm512_stream_ps(to, (__m512)value); }
SAM_INLINE void stream(Bf16* to, F value) {
  _mm256_stream_si256(reinterpret_cast<__m256i*>(to), (__m256i)toBf16(value));
}
SAM_INLINE void fence() { _mm_sfence(); }
#elif defined(SAM_USE_AVX2)
SAM_INLINE void stream(float* to, F value) { _mm256_stream_ps(to, (__m256)value); }
SAM_INLINE void stream(Bf16* to, F value) {
  _mm_stream_si128(reinterpret_cast<__m128i*>(to), (__m128i)toBf16(value));
}
SAM_INLINE void fence() { _mm_sfence(); }
#else
SAM_INLINE void stream(float* to, F value) { store(to, value); }
SAM_INLINE void stream(Bf16* to, F value) { store(to, value); }
SAM_INLINE void fence() {}
#endif

template <bool past, typename T>
SAM_INLINE void put(T* to, F value) {
  if constexpr (past) {
    stream(to, value);
  } else {
    store(to, value);
  }
}

// The first `count` lanes only, fewer than kLanes; the others are 0.
template <typename T>
SAM_INLINE F loadPart(const T* from, int64_t count) {
  T lanes[kLanes] = {};
  for (int64_t i = 0; i < count; ++i) lanes[i] = from[i];
  return load(lanes);
}
template <typename T>
SAM_INLINE void storePart(T* to, F value, int64_t count) {
  T lanes[kLanes];
  store(lanes, value);
  for (int64_t i = 0; i < count; ++i) to[i] = lanes[i];
}

}  // namespace sam::SAM_ISA
