// Gradient hooks: JS functions called from inside backward().
#include "hooks.h"

#include <thread>

#include "addon.h"
#include "aten.h"
#include "operators.h"

namespace sam {
namespace {

// setHookRunner((id, gradHandle) => handle | 0): the one JS function through which every hook is called.
Napi::Value setHookRunner(const Napi::CallbackInfo& info) {
  if (!info[0].IsFunction()) badArgument("[registerHook] expected a function");
  addon(info.Env()).hookRunner = Napi::Persistent(info[0].As<Napi::Function>());
  return info.Env().Undefined();
}

at::Tensor runHook(napi_env env, std::thread::id owner, double id, const at::Tensor& grad) {
  if (std::this_thread::get_id() != owner) {
    throw Failure("E_DEVICE",
                  "[registerHook] expected backward to run on the JavaScript thread, got a device thread");
  }
  Napi::HandleScope scope(env);
  auto& self = addon(env);
  const double handle = self.handles.put(grad);
  const Napi::Value result =
      self.hookRunner.Call({Napi::Number::New(env, id), Napi::Number::New(env, handle)});
  const double out = result.IsNumber() ? result.As<Napi::Number>().DoubleValue() : 0;
  return out == 0 ? at::Tensor() : self.handles.at(out, "registerHook");
}

// registerHook(h, id) -> position, for removeHook
Napi::Value registerHook(const Napi::CallbackInfo& info) {
  const auto& tensor = handles(info.Env()).tensor(info[0], "registerHook");
  if (!tensor.requires_grad()) {
    badArgument("[registerHook] expected a tensor that requires grad, got " + describe(tensor));
  }
  const double id = info[1].As<Napi::Number>().DoubleValue();
  auto token = std::make_shared<HookToken>(addon(info.Env()).deadHooks, id);
  const napi_env env = info.Env();
  const auto owner = std::this_thread::get_id();
  const unsigned position = tensor.register_hook([token, env, owner](const at::Tensor& grad) -> at::Tensor {
    return runHook(env, owner, token->id(), grad);
  });
  return Napi::Number::New(info.Env(), position);
}

Napi::Value removeHook(const Napi::CallbackInfo& info) {
  handles(info.Env()).tensor(info[0], "removeHook").remove_hook(info[1].As<Napi::Number>().Uint32Value());
  return info.Env().Undefined();
}

// drainDeadHooks() -> ids
Napi::Value drainDeadHooks(const Napi::CallbackInfo& info) {
  std::vector<double> ids;
  {
    auto& dead = *addon(info.Env()).deadHooks;
    const std::scoped_lock lock(dead.mutex);
    ids.swap(dead.ids);
  }
  auto out = Napi::Array::New(info.Env(), ids.size());
  for (uint32_t i = 0; i < ids.size(); ++i) out[i] = Napi::Number::New(info.Env(), ids[i]);
  return out;
}

}  // namespace

void initHooks(Napi::Env, Napi::Object exports) {
  define<setHookRunner>(exports, "setHookRunner");
  define<registerHook>(exports, "registerHook");
  define<removeHook>(exports, "removeHook");
  define<drainDeadHooks>(exports, "drainDeadHooks");
}

}  // namespace sam
