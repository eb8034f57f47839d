#pragma once
#include "buckets.h"
#include "core/napi.h"
#include "kernels/sam_step.h"
#include "param_list.h"

namespace sam {

struct SgdOptions {
  double lr = 0;
  double momentum = 0;
  double dampening = 0;
  double weightDecay = 0;
  bool nesterov = false;
  bool maximize = false;
  bool capturable = false;  // reads lr from the device
};

// What the kernels ask of them, all but where lr is on the device.
kernels::SgdSettings settingsOf(const SgdOptions& options);

// One step over the parameters that have a gradient. Momentum is the slot "momentumBuffer".
void sgdStep(ParamList& list, const SgdOptions& options, const Scaling& scaling);

void initSgd(Napi::Env env, Napi::Object exports);

}  // namespace sam
