#pragma once
#include <memory>
#include <vector>

#include "core/aten.h"
#include "core/napi.h"
#include "core/registry.h"
#include "optimizer_state.h"

namespace sam {

// The parameters of one group, named once, so that a step needs no round trip per parameter.
struct ParamList {
  std::vector<at::Tensor> params;
  OptimizerState state;
};

// The list behind an id, or a Failure that says it was disposed.
std::shared_ptr<ParamList> paramList(const Napi::Value& id, const char* op);

void initParamList(Napi::Env env, Napi::Object exports);

}  // namespace sam
