#pragma once
#include "core/aten.h"
#include "core/napi.h"

namespace sam {

// Multiplies the tensors with min(1, maxNorm / (norm + 1e-6)), in place, where norm is globalNorm(tensors,
// p), and returns norm. Nothing waits for a device.
at::Tensor clipNorm(at::TensorList tensors, double maxNorm, double p = 2);

void initClip(Napi::Env env, Napi::Object exports);

}  // namespace sam
