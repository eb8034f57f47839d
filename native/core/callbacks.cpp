// JavaScript that backward passes call: hooks, custom functions, hooks on saved tensors.
#include "callbacks.h"

#include "addon.h"
#include "aten.h"
#include "device.h"

namespace sam {
namespace {

// setCallbackRunner((id, ...arguments) => result): the one JS function through which every callback is called
Napi::Value setCallbackRunner(const Napi::CallbackInfo& info) {
  if (!info[0].IsFunction()) badArgument("[setCallbackRunner] expected a function");
  addon(info.Env()).callbackRunner = Napi::Persistent(info[0].As<Napi::Function>());
  return info.Env().Undefined();
}

// drainDeadCallbacks() -> ids
Napi::Value drainDeadCallbacks(const Napi::CallbackInfo& info) {
  std::vector<double> ids;
  {
    auto& all = *addon(info.Env()).callbacks;
    const std::scoped_lock lock(all.mutex);
    ids.swap(all.dead);
  }
  auto out = Napi::Array::New(info.Env(), ids.size());
  for (uint32_t i = 0; i < ids.size(); ++i) out[i] = Napi::Number::New(info.Env(), ids[i]);
  return out;
}

// setBackwardAway(always) -> what it was. Backward passes always run on the helper thread, as those of CUDA
// tensors do once JavaScript listens.
Napi::Value setBackwardAway(const Napi::CallbackInfo& info) {
  auto& self = addon(info.Env());
  const bool before = self.backwardAway;
  self.backwardAway = info[0].ToBoolean();
  return Napi::Boolean::New(info.Env(), before);
}

}  // namespace

std::shared_ptr<CallbackToken> callbackToken(napi_env env, double id) {
  return std::make_shared<CallbackToken>(addon(env).callbacks, id);
}

Napi::Value callBack(napi_env env, double id, std::vector<napi_value> arguments) {
  arguments.insert(arguments.begin(), Napi::Number::New(env, id));
  return addon(env).callbackRunner.Call(arguments);
}

bool callsFromAway(napi_env env) {
  const auto& self = addon(env);
  return self.backwardAway || (self.callbacks->live.load() > 0 && presentAccelerator().has_value());
}

void initCallbacks(Napi::Env, Napi::Object exports) {
  define<setCallbackRunner>(exports, "setCallbackRunner");
  define<drainDeadCallbacks>(exports, "drainDeadCallbacks");
  define<setBackwardAway>(exports, "setBackwardAway");
}

}  // namespace sam
