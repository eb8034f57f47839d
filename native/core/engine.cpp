// LibTorch's autograd engine with three things that only Python has otherwise: hooks on saved tensors, the
// JavaScript stack of each node in anomaly mode, and errors that name the node.
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/engine.h>
#include <torch/csrc/autograd/saved_variable_hooks.h>

#include "addon.h"
#include "aten.h"
#include "direct_backward.h"
#include "operators.h"

namespace sam {
namespace {

using torch::autograd::AnomalyMode;
using torch::autograd::Engine;
using torch::autograd::SavedVariableHooks;

// ------------------------------------------------------------------------------------------------------------
// hooks on saved tensors

struct Pair {
  napi_env env;
  double pack;
  std::shared_ptr<CallbackToken> unpack;  // shared: JavaScript forgets the function with its last owner
};

// Of this thread; the last pair counts.
std::vector<Pair>& pairs() {
  thread_local std::vector<Pair> open;
  return open;
}

// One saved tensor: JavaScript holds what pack() made of it, under an id.
class PackedTensor : public SavedVariableHooks {
 public:
  explicit PackedTensor(Pair pair) : pair_(std::move(pair)) {}

  void call_pack_hook(const at::Tensor& tensor) override {
    auto& self = addon(pair_.env);
    const Napi::HandleScope scope(pair_.env);
    const Napi::Value id = callBack(pair_.env, pair_.pack, {self.handles.box(pair_.env, tensor)});
    packed_ = callbackToken(pair_.env, id.As<Napi::Number>().DoubleValue());
  }

  // unpack(id, task, keepGraph) -> handle; a negative one is given away
  at::Tensor call_unpack_hook() override {
    const int task = torch::autograd::get_current_graph_task_id();
    const bool keeps = task < 0 || torch::autograd::get_current_graph_task_keep_graph();
    at::Tensor out;
    auto& self = addon(pair_.env);
    self.js.enter([&] {
      const Napi::Env env = pair_.env;
      const Napi::HandleScope scope(env);
      const Napi::Value result = callBack(env, pair_.unpack->id(),
                                          {Napi::Number::New(env, packed_->id()),
                                           Napi::Number::New(env, task), Napi::Boolean::New(env, keeps)});
      const double handle = result.As<Napi::Number>().DoubleValue();
      out = self.handles.at(std::abs(handle), "savedTensorsHooks");
      if (handle < 0) self.handles.dispose(-handle);
    });
    return out;
  }

 private:
  Pair pair_;
  std::shared_ptr<CallbackToken> packed_;
};

// pushSavedTensorsHooks(packId, unpackId)
Napi::Value pushSavedTensorsHooks(const Napi::CallbackInfo& info) {
  auto unpack = callbackToken(info.Env(), info[1].As<Napi::Number>().DoubleValue());
  pairs().push_back({info.Env(), info[0].As<Napi::Number>().DoubleValue(), std::move(unpack)});
  return info.Env().Undefined();
}

Napi::Value popSavedTensorsHooks(const Napi::CallbackInfo& info) {
  if (!pairs().empty()) pairs().pop_back();
  return info.Env().Undefined();
}

// ------------------------------------------------------------------------------------------------------------
// anomaly mode

thread_local napi_env threadEnv = nullptr;

// Where JavaScript was when a node was made.
class Trace : public torch::autograd::AnomalyMetadata {
 public:
  void store_stack() override {
    if (threadEnv == nullptr || addon(threadEnv).stackTracer.IsEmpty()) return;
    const Napi::HandleScope scope(threadEnv);
    const Napi::Value stack = addon(threadEnv).stackTracer.Call({});
    if (stack.IsString()) stack_ = stack.As<Napi::String>().Utf8Value();
  }
  void print_stack(const std::string&) override {}  // it goes into the error instead
  const std::string& stack() const noexcept { return stack_; }

 private:
  std::string stack_;
};

class AddonEngine : public Engine {
 public:
  torch::autograd::variable_list execute(const torch::autograd::edge_list& roots,
                                         const torch::autograd::variable_list& inputs, bool keepGraph,
                                         bool createGraph, bool accumulate,
                                         const torch::autograd::edge_list& outputs) override {
    const bool isPlain = accumulate && outputs.empty() && !createGraph && !AnomalyMode::is_enabled();
    if (isPlain && backwardDirectly(roots, inputs, keepGraph)) return {};
    return Engine::execute(roots, inputs, keepGraph, createGraph, accumulate, outputs);
  }

  std::unique_ptr<torch::autograd::AnomalyMetadata> make_anomaly_metadata() override {
    return std::make_unique<Trace>();
  }

  std::unique_ptr<SavedVariableHooks> get_default_saved_variable_hooks() override {
    return pairs().empty() ? nullptr : std::make_unique<PackedTensor>(pairs().back());
  }

  void thread_on_exception(const std::shared_ptr<torch::autograd::GraphTask>& task,
                           const decltype(torch::autograd::Edge::function)& node,
                           std::exception& error) override {
    const bool isJs = dynamic_cast<const Napi::Error*>(&error) != nullptr ||
                      dynamic_cast<const CallbackError*>(&error) != nullptr;
    if (!AnomalyMode::is_enabled() || isJs || !node) return Engine::thread_on_exception(task, node, error);
    const Failure plain = currentFailure();
    const auto* trace = dynamic_cast<const Trace*>(node->metadata());
    std::string message = std::string(plain.what()) + "\n  in " + node->name();
    if (trace != nullptr && !trace->stack().empty()) {
      message += ", whose forward ran here:\n" + trace->stack();
    } else {
      message += ", which was recorded outside of detectAnomaly()";
    }
    try {
      throw Failure(plain.code(), message, plain.help());
    } catch (Failure& named) {
      Engine::thread_on_exception(task, node, named);
    }
  }
};

Engine& engine() {
  static Engine* const instance = new AddonEngine();  // leaked on purpose: its threads may outlive statics
  return *instance;
}

// setStackTracer(() => string)
Napi::Value setStackTracer(const Napi::CallbackInfo& info) {
  threadEnv = info.Env();
  addon(info.Env()).stackTracer = Napi::Persistent(info[0].As<Napi::Function>());
  return info.Env().Undefined();
}

// directBackwards() -> how many backward passes this thread has run without the engine
Napi::Value directBackwardCount(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(directBackwards()));
}

}  // namespace

void leaveThread(napi_env env) {
  if (threadEnv == env) threadEnv = nullptr;
  std::erase_if(pairs(), [&](const Pair& pair) { return pair.env == env; });
}

void initEngine(Napi::Env, Napi::Object exports) {
  torch::autograd::set_default_engine_stub(&engine);
  define<pushSavedTensorsHooks>(exports, "pushSavedTensorsHooks");
  define<popSavedTensorsHooks>(exports, "popSavedTensorsHooks");
  define<setStackTracer>(exports, "setStackTracer");
  define<directBackwardCount>(exports, "directBackwards");
}

}  // namespace sam
