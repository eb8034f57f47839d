#pragma once
#include <vector>

#include "buckets.h"
#include "kernels/bf16.h"
#include "kernels/sam_step.h"
#include "perturbation.h"

namespace sam {

// What a pass over parameters of the same dtypes needs to know of them: weights, directions and targets at
// one place belong together. Targets of the weights' dtype are back-ups: weights are saved there and
// perturbed. Bfloat16 targets of float32 weights are working copies of masters: they become w + eps rounded,
// and the weights stay.
struct Perturbed {
  std::vector<at::Tensor> weights, directions, targets;
  std::vector<at::Tensor> radii;  // empty, or where each rho is read on the device
  std::vector<Perturbation::Share> shares;
};

// What the kernels ask of a share, all but where its rho is on the device.
inline kernels::AscentSettings settingsOf(const Perturbation::Share& share) {
  kernels::AscentSettings s{};
  s.rho = share.rho;
  s.scale = static_cast<float>(share.scale);
  s.eta = static_cast<float>(share.eta);
  s.decay = static_cast<float>(share.decay);
  s.adaptive = share.adaptive ? 1 : 0;
  return s;
}

inline bool isFloat(const std::vector<at::Tensor>& list) { return list[0].scalar_type() == at::kFloat; }

// Whether withTypes() knows these dtypes.
inline bool hasKnownTypes(const Perturbed& kind) {
  const auto type = [](const std::vector<at::Tensor>& list) { return list[0].scalar_type(); };
  const auto low = at::kBFloat16;
  const auto w = type(kind.weights), d = type(kind.directions), out = type(kind.targets);
  if (w == low) return d == low && out == low;
  return w == at::kFloat &&
         (out == at::kFloat ? d == at::kFloat : out == low && (d == at::kFloat || d == low));
}

// Whether some share memory: they have to be perturbed one after the other.
inline bool shareMemory(const std::vector<Perturbed>& kinds) {
  std::vector<at::TensorList> lists;
  for (const Perturbed& kind : kinds) {
    lists.emplace_back(kind.weights);
    lists.emplace_back(kind.targets);
  }
  return overlap(lists);
}

// Calls f.operator()<W, D, Out>() with the dtypes of this kind.
template <class F>
auto withTypes(const Perturbed& kind, const F& f) {
  using kernels::Bf16;
  if (!isFloat(kind.weights)) return f.template operator()<Bf16, Bf16, Bf16>();
  if (isFloat(kind.targets)) return f.template operator()<float, float, float>();
  if (isFloat(kind.directions)) return f.template operator()<float, float, Bf16>();
  return f.template operator()<float, Bf16, Bf16>();
}

}  // namespace sam
