#pragma once
#include <vector>

#include "perturbed.h"

namespace sam::host {

// A SAM step's passes over all parameters on the CPU, with the arithmetic of native/kernels/sam_step.h: each
// is one parallel loop over pieces of fixed size, so that neither threads nor tensors of a few elements cost
// a loop of their own, and the perturbation reads and writes each number once. The order of sums is fixed by
// the pieces.

// Whether these passes take all of `kinds`: on the CPU, dense with the same strides, float32 or bfloat16, rho
// in the shares.
bool takes(const std::vector<Perturbed>& kinds);

// Perturbs as Perturbation::perturb() does, by one norm over all kinds and `others`, the square of what is
// perturbed elsewhere. Returns |T d|; `epsNorm`, if given, takes |eps|.
double perturb(const std::vector<Perturbed>& kinds, bool infinite, at::Tensor* epsNorm, double others = 0);
// What a direction is multiplied by at this norm; 0 where the norm is 0 or not finite.
float factorAt(double norm, const Perturbation::Share& share);

// to <- from, as one pass where both are dense on the CPU with the same strides and dtypes.
void copy(const std::vector<at::Tensor>& to, const std::vector<at::Tensor>& from);

}  // namespace sam::host
