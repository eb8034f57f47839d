#include "gemm.h"

#include <ATen/Parallel.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/mm.h>

#include "core/aten.h"
#include "core/without_autocast.h"
#include "simd/isa.h"

namespace sam {
namespace {

const GemmKernels* gemmKernels() {
  static const GemmKernels* const found = []() -> const GemmKernels* {
#if SAM_X86
    if (isa() >= Isa::Avx512) return &gemmAvx512();
    if (isa() == Isa::Avx2) return &gemmAvx2();
#endif
    return nullptr;
  }();
  return found;
}

void byLibTorch(const Gemm& job) {
  const at::AutoDispatchBelowADInplaceOrView plain;
  const WithoutAutocast asIs;
  const auto view = [](const MatrixView& at, int64_t rows, int64_t columns) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): a tensor that is only read
    return at::from_blob(const_cast<float*>(at.data), {rows, columns}, {at.rowStride, at.columnStride},
                         at::TensorOptions(at::kFloat));
  };
  const auto like = [&](const float* numbers) {
    return view({numbers, job.rowStride, 1}, job.rows, job.columns);
  };
  at::Tensor c = like(job.c);
  at::mm_out(c, view(job.a, job.rows, job.depth), view(job.b, job.depth, job.columns));
  if (job.product != nullptr) like(job.product).copy_(c);
  if (job.scale != 1) job.scale == 0 ? c.zero_() : c.mul_(job.scale);
  if (job.addend != nullptr) c.add_(like(job.addend));
  if (job.bias != nullptr) c.add_(view({job.bias, 0, 1}, 1, job.columns));
  if (job.relu) c.relu_();
}

}  // namespace

bool hasGemm() { return gemmKernels() != nullptr; }

int64_t gemmPanel() { return hasGemm() ? gemmKernels()->panel : 16; }

void gemm(const Gemm& job) {
  if (!hasGemm() || job.rows * job.columns * job.depth > kMostProducts) return byLibTorch(job);
  const GemmKernels& kernel = *gemmKernels();
  const int64_t panels = (job.columns + kernel.panel - 1) / kernel.panel;
  const int64_t products = job.rows * job.columns * job.depth;
  const int64_t threads = at::in_parallel_region() ? 1 : at::get_num_threads();
  const int64_t parts = std::min(threads, products / kernel.forPart);
  if (parts <= 1) return kernel.panels(job, 0, panels);
  // Rows of c where they are many, so that whoever goes over c next finds its half in the same core's cache;
  // each part then packs all of b.
  constexpr int64_t kManyRows = 96;
  if (panels >= 4 * parts && job.rows < kManyRows * parts) {
    return at::parallel_for(0, panels, (panels + parts - 1) / parts,
                            [&](int64_t first, int64_t last) { kernel.panels(job, first, last); });
  }
  at::parallel_for(0, job.rows, (job.rows + parts - 1) / parts, [&](int64_t first, int64_t last) {
    Gemm part = job;
    part.rows = last - first;
    part.a.data += first * job.a.rowStride;
    const int64_t ahead = first * job.rowStride;
    part.c += ahead;
    if (job.addend != nullptr) part.addend += ahead;
    if (job.product != nullptr) part.product += ahead;
    kernel.panels(part, 0, panels);
  });
}

}  // namespace sam
