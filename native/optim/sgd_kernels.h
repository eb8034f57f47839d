// SGD's step on a run of numbers. No include guard: see simd/isa.h. Loops for the compiler to turn into
// vectors: they wait for memory, and half as many instructions still save a third of the time.
#include "optim/sgd_run.h"
#include "simd/vector.h"

namespace sam::SAM_ISA {

// What is decided per step is decided outside of the loop.
template <SgdMomentum kind>
SAM_KERNEL void sgdRun(float* __restrict w, const float* __restrict g, float* __restrict v, int64_t count,
                       const SgdRun& s) {
  constexpr bool isFirst = kind == SgdMomentum::kFirst || kind == SgdMomentum::kFirstNesterov;
  constexpr bool isNesterov = kind == SgdMomentum::kNesterov || kind == SgdMomentum::kFirstNesterov;
  const float lr = s.lr, mu = s.mu, share = s.share, decay = s.decay, sign = s.sign;
  for (int64_t i = 0; i < count; ++i) {
    const float grad = sign * g[i] + (decay == 0 ? 0 : decay * w[i]);
    float step = grad;
    if constexpr (kind != SgdMomentum::kNone) {
      const float velocity = isFirst ? grad : mu * v[i] + share * grad;
      v[i] = velocity;
      step = isNesterov ? grad + mu * velocity : velocity;
    }
    w[i] -= lr * step;
  }
}

inline SgdKernels sgdKernels() {
  return {{&sgdRun<SgdMomentum::kNone>, &sgdRun<SgdMomentum::kFirst>, &sgdRun<SgdMomentum::kPlain>,
           &sgdRun<SgdMomentum::kFirstNesterov>, &sgdRun<SgdMomentum::kNesterov>}};
}

}  // namespace sam::SAM_ISA
