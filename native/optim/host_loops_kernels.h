// Loops over runs of numbers. No include guard: see simd/isa.h. Loops for the compiler to turn into
// vectors: they wait for memory, and half as many instructions still save a third of the time.
#include "optim/host_loops.h"
#include "simd/vector.h"

namespace sam::SAM_ISA {

// What is decided per step is told to the compiler outside of the loop.
template <bool hasMomentum, bool first, bool nesterov>
SAM_KERNEL void sgdLoop(float* __restrict w, const float* __restrict g, float* __restrict v, int64_t count,
                        const kernels::SgdSettings& given) {
  kernels::SgdSettings s = given;
  s.nesterov = nesterov ? 1 : 0;
  if (first) s.dampening = 0;
  if (!hasMomentum) s.momentum = 0;
  for (int64_t i = 0; i < count; ++i) {
    float buffer = first || !hasMomentum ? 0 : v[i];
    w[i] = kernels::sgdUpdate(s, s.lr, w[i], g[i], buffer);
    if (hasMomentum) v[i] = buffer;
  }
}

SAM_KERNEL void sgdRun(float* w, const float* g, float* v, int64_t count, const kernels::SgdSettings& s,
                       bool first) {
  if (v == nullptr) return sgdLoop<false, false, false>(w, g, v, count, s);
  if (s.nesterov != 0) {
    return first ? sgdLoop<true, true, true>(w, g, v, count, s)
                 : sgdLoop<true, false, true>(w, g, v, count, s);
  }
  first ? sgdLoop<true, true, false>(w, g, v, count, s) : sgdLoop<true, false, false>(w, g, v, count, s);
}

SAM_KERNEL double squares(const float* x, int64_t count) {
  constexpr int64_t kSums = 16;  // independent of each other, for the compiler to spread over registers
  double lane[kSums] = {};
  int64_t i = 0;
  for (; i + kSums <= count; i += kSums) {
    for (int64_t l = 0; l < kSums; ++l) {
      const auto value = static_cast<double>(x[i + l]);
      lane[l] += value * value;
    }
  }
  double sum = 0;
  for (; i < count; ++i) sum += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  for (const double part : lane) sum += part;
  return sum;
}

constexpr HostLoops hostLoops() { return {&sgdRun, &squares}; }

}  // namespace sam::SAM_ISA
