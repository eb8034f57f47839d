#include "radii.h"

#include <ATen/ops/full.h>
#include <c10/core/InferenceMode.h>

namespace sam {

at::Tensor Radii::on(size_t group, c10::Device device, double rho) {
  const c10::InferenceMode normal(false);  // it outlives the scope in which it happens to be made
  for (Radius& radius : known_) {
    if (radius.group != group || radius.value.device() != device) continue;
    if (radius.rho != rho) radius.value.fill_(rho);
    radius.rho = rho;
    return radius.value;
  }
  known_.push_back({group, rho, at::full({}, rho, at::TensorOptions(device).dtype(at::kDouble))});
  return known_.back().value;
}

void Radii::refresh(size_t group, double rho) {
  for (Radius& radius : known_) {
    if (radius.group != group || radius.rho == rho) continue;
    radius.value.fill_(rho);
    radius.rho = rho;
  }
}

}  // namespace sam
