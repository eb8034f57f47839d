#pragma once
#include <optional>

#include "perturbed.h"
#include "sgd.h"

namespace sam::device {

// A SAM step's arithmetic by the kernels of native/kernels/sam_step.h: the norm, the perturbation and the
// update take a launch each for up to 110 parameters. On the CPU only when that is asked for
// (core/cuda_part.h).

// Whether those kernels take lists whose tensors at one place belong together: dense, of one device, with the
// same strides, and within a list of one dtype, float32 or bfloat16.
bool takes(const std::vector<const std::vector<at::Tensor>*>& lists);
// Whether the kernels take all of these together.
bool takes(const std::vector<Perturbed>& kinds);

// Perturbs as Perturbation::perturb() does, by one norm over all kinds. Returns |T d|.
at::Tensor perturb(const std::vector<Perturbed>& kinds, bool infinite);

// |d| over all tensors: two launches.
at::Tensor norm(const std::vector<at::Tensor>& tensors);

// SGD's step on tensors of one dtype. `momenta` is empty or one per weight; `lr`, where given, is read on the
// device, and nothing changes where `found` is not 0.
void sgd(const std::vector<at::Tensor>& weights, const std::vector<at::Tensor>& gradients,
         const std::vector<at::Tensor>& momenta, const SgdOptions& options,
         const std::optional<at::Tensor>& lr, const std::optional<at::Tensor>& found);

}  // namespace sam::device
