#pragma once
#include "buckets.h"
#include "core/napi.h"
#include "param_list.h"

namespace sam {

struct AdamOptions {
  double lr = 0;
  double beta1 = 0;
  double beta2 = 0;
  double eps = 0;
  double weightDecay = 0;
  bool amsgrad = false;
  bool maximize = false;
  bool capturable = false;  // reads lr from the device
  bool decoupled = false;   // AdamW
};

// One step over the parameters that have a gradient. Slots: "step", "expAvg", "expAvgSq", and "maxExpAvgSq"
// with amsgrad.
void adamStep(ParamList& list, const AdamOptions& options, const Scaling& scaling);

void initAdam(Napi::Env env, Napi::Object exports);

}  // namespace sam
