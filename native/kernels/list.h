#pragma once
#include "batch_norm.h"
#include "image_batch.h"
#include "sam_step.h"

// Every kernel: its name on the GPU, and its struct.
#define SAM_KERNELS(KERNEL)                                                                        \
  KERNEL(sam_image_batch_2, sam::kernels::ImageBatchKernel<sam::kernels::u16>)                     \
  KERNEL(sam_image_batch_4, sam::kernels::ImageBatchKernel<sam::kernels::u32>)                     \
  KERNEL(sam_image_batch_8, sam::kernels::ImageBatchKernel<sam::kernels::u64>)                     \
  KERNEL(sam_norm_moments_f, sam::kernels::NormMoments<float>)                                     \
  KERNEL(sam_norm_moments_b, sam::kernels::NormMoments<sam::kernels::Bf16>)                        \
  KERNEL(sam_norm_statistics_f, sam::kernels::NormStatistics<float>)                               \
  KERNEL(sam_norm_statistics_b, sam::kernels::NormStatistics<sam::kernels::Bf16>)                  \
  KERNEL(sam_norm_apply_f, sam::kernels::NormApply<float>)                                         \
  KERNEL(sam_norm_apply_b, sam::kernels::NormApply<sam::kernels::Bf16>)                            \
  KERNEL(sam_norm_gradient_sums_f, sam::kernels::NormGradientSums<float>)                          \
  KERNEL(sam_norm_gradient_sums_b, sam::kernels::NormGradientSums<sam::kernels::Bf16>)             \
  KERNEL(sam_norm_lines, sam::kernels::NormLines)                                                  \
  KERNEL(sam_norm_gradient_f, sam::kernels::NormGradient<float>)                                   \
  KERNEL(sam_norm_gradient_b, sam::kernels::NormGradient<sam::kernels::Bf16>)                      \
  KERNEL(sam_ascent_norm_ff, sam::kernels::SamNorm<float, float>)                                  \
  KERNEL(sam_ascent_norm_bb, sam::kernels::SamNorm<sam::kernels::Bf16, sam::kernels::Bf16>)        \
  KERNEL(sam_ascent_norm_fb, sam::kernels::SamNorm<float, sam::kernels::Bf16>)                     \
  KERNEL(sam_total_norm, sam::kernels::TotalNorm)                                                  \
  KERNEL(sam_perturb_fff, sam::kernels::SamPerturb<float, float, float>)                           \
  KERNEL(sam_perturb_bbb,                                                                          \
         sam::kernels::SamPerturb<sam::kernels::Bf16, sam::kernels::Bf16, sam::kernels::Bf16>)     \
  KERNEL(sam_perturb_ffb, sam::kernels::SamPerturb<float, float, sam::kernels::Bf16>)              \
  KERNEL(sam_perturb_fbb, sam::kernels::SamPerturb<float, sam::kernels::Bf16, sam::kernels::Bf16>) \
  KERNEL(sam_sgd_f, sam::kernels::SgdStep<float>)                                                  \
  KERNEL(sam_sgd_b, sam::kernels::SgdStep<sam::kernels::Bf16>)
