#pragma once
// One kernel source, compiled for several instruction sets; which one runs is asked of the processor at run
// time.
//
// A kernel header has no include guard and holds functions marked SAM_KERNEL (or SAM_INLINE for what they
// call) in namespace SAM_ISA. A small .cpp per instruction set defines SAM_USE_AVX512 (with SAM_USE_BF16,
// SAM_USE_AMX or neither), SAM_USE_AVX2 or nothing, includes simd/vector.h and then the kernel header. The
// rest of the addon stays compiled for the baseline of the platform.
//
// Nothing inline from the standard library may be instantiated by a kernel with a type of its own: the linker
// keeps one copy of an inline function, and it must be one that every processor can run. The attribute stays
// on the kernels for that reason.

#if (defined(__x86_64__) || defined(_M_X64)) && (defined(__GNUC__) || defined(__clang__))
#define SAM_X86 1
#else
#define SAM_X86 0
#endif

namespace sam {

enum class Isa { Portable, Avx2, Avx512, Avx512Bf16 };

// The best one that this processor has and that the kernels are compiled for. SAM_TORCH_ISA (avx512, avx2,
// portable) asks for less, for tests and comparisons.
Isa isa() noexcept;

const char* isaName() noexcept;

// Whether dot products of bf16 do twice the work of fp32's multiply-adds, as AMD's do. Intel's do half of it,
// so that there fewer products in fp32 are the faster ones.
bool hasFastDotProducts() noexcept;

// Whether it computes in fp16 (AVX512-FP16).
bool hasFp16Arithmetic() noexcept;

}  // namespace sam
