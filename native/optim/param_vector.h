#pragma once
#include <vector>

#include "core/aten.h"
#include "core/napi.h"
#include "param_list.h"

namespace sam {

// One tensor per parameter of some groups, in their order, seen as one long vector: a gradient, a moving
// average of gradients. Undefined where a parameter has none. The SAM family's formulas are written on these
// (lib/optim/sam/).
struct ParamVector {
  std::vector<at::Tensor> items;
};

std::shared_ptr<ParamVector> paramVector(const Napi::Value& id, const char* op);

// The parameters of several groups, one after the other.
std::vector<at::Tensor> allParams(const Napi::Value& listIds, const char* op);

void initParamVector(Napi::Env env, Napi::Object exports);

}  // namespace sam
