#pragma once
#include <c10/core/InferenceMode.h>

#include <memory>
#include <string>
#include <vector>

#include "callbacks.h"
#include "handles.h"
#include "js_thread.h"
#include "napi.h"
#include "registry.h"
#include "wire.h"

namespace c10 {
struct Event;
}

namespace sam {

struct ParamList;    // native/optim/param_list.h
struct ParamVector;  // native/optim/param_vector.h
class Perturbation;  // native/optim/perturbation.h
struct CudaGraph;    // native/core/graphs.cpp
class Tape;          // native/core/tape.h

// What one environment (main thread or worker) owns. Freed by Node when the environment ends.
struct Addon {
  explicit Addon(napi_env env) : callbacks(std::make_shared<Callbacks>()), js(env), handles(env) {}
  Wire wire;
  Napi::FunctionReference errorFactory;
  Napi::FunctionReference callbackRunner;
  Napi::FunctionReference stackTracer;
  Napi::FunctionReference collector;
  std::vector<c10::IValue> stack;  // kept for its memory: see operators.cpp
  std::vector<std::unique_ptr<c10::InferenceMode>> inference;
  std::shared_ptr<Callbacks> callbacks;
  bool backwardAway = false;
  JsThread js;
  Registry<ParamList> paramLists;
  Registry<ParamVector> paramVectors;
  Registry<Perturbation> perturbations;
  Registry<CudaGraph> graphs;
  Registry<c10::Event> events;
  Registry<Tape> tapes;
  Handles handles;  // last: tensors die first
};

Addon& addon(napi_env env);
inline Handles& handles(napi_env env) { return addon(env).handles; }

}  // namespace sam
