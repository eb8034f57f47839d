#include "gemm.h"

#include <ATen/Parallel.h>

#include "simd/isa.h"

namespace sam {
namespace {

const GemmKernels* kernels() {
  static const GemmKernels* const found = []() -> const GemmKernels* {
#if SAM_X86
    if (__builtin_cpu_is("intel")) return nullptr;
    if (isa() >= Isa::Avx512) return &gemmAvx512();
    if (isa() == Isa::Avx2) return &gemmAvx2();
#endif
    return nullptr;
  }();
  return found;
}

}  // namespace

bool hasGemm() { return kernels() != nullptr; }

void gemm(const Gemm& job) {
  // Less is done before a second thread is awake.
  constexpr int64_t kFewestProducts = int64_t{1} << 19;
  const GemmKernels& kernel = *kernels();
  const int64_t panels = (job.columns + kernel.panel - 1) / kernel.panel;
  const int64_t products = job.rows * job.columns * job.depth;
  const int64_t threads = at::in_parallel_region() ? 1 : at::get_num_threads();
  const int64_t parts = std::min(threads, products / kFewestProducts);
  if (parts <= 1) return kernel.panels(job, 0, panels);
  if (panels >= 4 * parts) {
    return at::parallel_for(0, panels, (panels + parts - 1) / parts,
                            [&](int64_t first, int64_t last) { kernel.panels(job, first, last); });
  }
  at::parallel_for(0, job.rows, (job.rows + parts - 1) / parts, [&](int64_t first, int64_t last) {
    Gemm part = job;
    part.rows = last - first;
    part.a.data += first * job.a.rowStride;
    part.c += first * job.rowStride;
    kernel.panels(part, 0, panels);
  });
}

}  // namespace sam
