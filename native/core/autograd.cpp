// Backward, gradients, the thread's gradient mode.
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/accumulate_grad.h>

#include <unordered_set>

#include "addon.h"
#include "aten.h"
#include "direct_backward.h"
#include "operators.h"
#include "tape.h"
#include "unsettled.h"

namespace sam {
namespace {

std::vector<at::Tensor> optionalList(const Napi::CallbackInfo& info, size_t at, const char* op) {
  if (info[at].IsNull() || info[at].IsUndefined()) return {};
  return handles(info.Env()).list(info[at], op);
}

Napi::Value emit(const Napi::CallbackInfo& info, const std::vector<at::Tensor>& tensors) {
  auto out = Napi::Array::New(info.Env(), tensors.size());
  for (uint32_t i = 0; i < tensors.size(); ++i) {
    out[i] = tensors[i].defined() ? handles(info.Env()).box(info.Env(), tensors[i])
                                  : Napi::Number::New(info.Env(), 0);
  }
  return out;
}

void checkOutputs(const std::vector<at::Tensor>& outputs, const std::vector<at::Tensor>& grads,
                  const char* op) {
  if (!grads.empty() && grads.size() != outputs.size()) {
    badArgument(std::string("[") + op + "] expected one gradient per output (" +
                std::to_string(outputs.size()) + "), got " + std::to_string(grads.size()));
  }
  for (size_t i = 0; i < outputs.size(); ++i) {
    if (!outputs[i].requires_grad()) {
      badArgument(
          std::string("[") + op + "] expected a tensor that requires grad, got " + describe(outputs[i]),
          "set requiresGrad on a tensor that it is computed from, outside of torch.noGrad()");
    }
    const bool implicit = grads.empty() || !grads[i].defined();
    if (implicit && outputs[i].numel() != 1) {
      badArgument(std::string("[") + op + "] expected a scalar output or a gradient for it, got " +
                      describe(outputs[i]),
                  "reduce it with .sum() or .mean(), or pass { gradient }");
    }
  }
}

using Tensors = Tape::Tensors;

// On a tape: the same once more, by `run`.
template <typename Run>
void noteBackward(Tape& tape, const Tensors& outputs, const Tensors& grads, const Tensors& inputs,
                  const Run& run) {
  Tensors given = outputs;
  given.insert(given.end(), grads.begin(), grads.end());
  given.insert(given.end(), inputs.begin(), inputs.end());
  const auto at = [](const Tensors& all, size_t from, size_t count) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
    return Tensors(begin, begin + static_cast<std::ptrdiff_t>(count));
  };
  tape.add(
      [run, at, m = outputs.size(), n = grads.size(), k = inputs.size()](const Tensors& all, Tensors&) {
        settle(all);
        run(at(all, 0, m), at(all, m, n), at(all, m + n, k));
      },
      given);
}

// backward(outputs, grads | null, retainGraph, createGraph, inputs | null)
Napi::Value backward(const Napi::CallbackInfo& info) {
  const auto outputs = handles(info.Env()).list(info[0], "backward");
  const auto grads = optionalList(info, 1, "backward");
  checkOutputs(outputs, grads, "backward");
  const bool create = info[3].ToBoolean();
  const auto inputs = optionalList(info, 4, "backward");
  const bool retain = info[2].ToBoolean() || create;
  const napi_env env = info.Env();
  const auto run = [env, retain, create](const Tensors& to, const Tensors& by, const Tensors& into) {
    const bool isPlain = to.size() == 1 && by.empty() && into.empty() && !create;
    if (isPlain && backwardDirectly(to[0], retain)) return;
    addon(env).js.serve([&] { torch::autograd::backward(to, by, retain, create, into); }, callsFromAway(env));
  };
  try {
    run(outputs, grads, inputs);
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw currentFailure("backward");
  }
  if (Tape* const tape = Tape::recording()) noteBackward(*tape, outputs, grads, inputs, run);
  return info.Env().Undefined();
}

// gradients(outputs, inputs, gradOutputs | null, retainGraph, createGraph, allowUnused) -> handles, 0 where
// unused
Napi::Value gradients(const Napi::CallbackInfo& info) {
  const auto outputs = handles(info.Env()).list(info[0], "grad");
  const auto inputs = handles(info.Env()).list(info[1], "grad");
  const auto grads = optionalList(info, 2, "grad");
  checkOutputs(outputs, grads, "grad");
  const bool create = info[4].ToBoolean();
  for (const auto& input : inputs) {
    if (!input.requires_grad()) {
      badArgument("[grad] expected inputs that require grad, got " + describe(input),
                  "call x.requiresGrad_() first");
    }
  }
  try {
    const bool retain = info[3].ToBoolean() || create, allowUnused = info[5].ToBoolean();
    std::vector<at::Tensor> found;
    addon(info.Env())
        .js.serve([&] { found = torch::autograd::grad(outputs, inputs, grads, retain, create, allowUnused); },
                  callsFromAway(info.Env()));
    return emit(info, found);
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw currentFailure("grad");
  }
}

Napi::Value gradEnabled(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), c10::GradMode::is_enabled());
}

// setGradEnabled(value) -> what it was
Napi::Value setGradEnabled(const Napi::CallbackInfo& info) {
  const bool before = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(info[0].ToBoolean());
  return Napi::Boolean::New(info.Env(), before);
}

// Inference mode is a guard object in C++; JS opens and closes it in pairs.
Napi::Value enterInference(const Napi::CallbackInfo& info) {
  addon(info.Env()).inference.push_back(std::make_unique<c10::InferenceMode>(info[0].ToBoolean()));
  return info.Env().Undefined();
}

Napi::Value exitInference(const Napi::CallbackInfo& info) {
  auto& stack = addon(info.Env()).inference;
  if (stack.empty()) throw Failure("E_STATE", "[inferenceMode] expected an open inference mode");
  stack.pop_back();
  return info.Env().Undefined();
}

// setAnomaly(enabled, checkNan) -> [enabled, checkNan] as they were
Napi::Value setAnomaly(const Napi::CallbackInfo& info) {
  auto before = Napi::Array::New(info.Env(), 2);
  before[0u] = Napi::Boolean::New(info.Env(), torch::autograd::AnomalyMode::is_enabled());
  before[1u] = Napi::Boolean::New(info.Env(), torch::autograd::AnomalyMode::should_check_nan());
  torch::autograd::AnomalyMode::set_enabled(info[0].ToBoolean(), info[1].ToBoolean());
  return before;
}

Napi::Value retainGrad(const Napi::CallbackInfo& info) {
  const auto& tensor = handles(info.Env()).tensor(info[0], "retainGrad");
  if (!tensor.requires_grad())
    badArgument("[retainGrad] expected a tensor that requires grad, got " + describe(tensor));
  tensor.retain_grad();
  return info.Env().Undefined();
}

// gradFnName(h) -> "MulBackward0" or null
Napi::Value gradFnName(const Napi::CallbackInfo& info) {
  const auto& tensor = handles(info.Env()).tensor(info[0], "gradFn");
  try {  // a view's is made anew when it is asked for, which may fail
    if (tensor.grad_fn() == nullptr) return info.Env().Null();
    return Napi::String::New(info.Env(), tensor.grad_fn()->name());
  } catch (...) {
    throw currentFailure("gradFn", describe(tensor));
  }
}

// dependsBeyond(outputs, leaves) -> whether their graph leads to a leaf that is none of these
Napi::Value dependsBeyond(const Napi::CallbackInfo& info) {
  std::unordered_set<const at::TensorImpl*> known;
  for (const auto& leaf : handles(info.Env()).list(info[1], "grad")) known.insert(leaf.unsafeGetTensorImpl());
  std::unordered_set<const torch::autograd::Node*> seen;
  std::vector<const torch::autograd::Node*> open;
  const auto visit = [&](const torch::autograd::Node* node) {
    if (node != nullptr && seen.insert(node).second) open.push_back(node);
  };
  for (const auto& output : handles(info.Env()).list(info[0], "grad")) {
    if (output.defined() && output.requires_grad())
      visit(torch::autograd::impl::gradient_edge(output).function.get());
  }
  while (!open.empty()) {
    const auto* node = open.back();
    open.pop_back();
    const auto* leaf = dynamic_cast<const torch::autograd::AccumulateGrad*>(node);
    if (leaf != nullptr && known.count(leaf->variable.unsafeGetTensorImpl()) == 0) {
      return Napi::Boolean::New(info.Env(), true);
    }
    for (const auto& edge : node->next_edges()) visit(edge.function.get());
  }
  return Napi::Boolean::New(info.Env(), false);
}

}  // namespace

void initAutograd(Napi::Env, Napi::Object exports) {
  define<backward>(exports, "backward");
  define<gradients>(exports, "gradients");
  define<gradEnabled>(exports, "gradEnabled");
  define<setGradEnabled>(exports, "setGradEnabled");
  define<enterInference>(exports, "enterInference");
  define<exitInference>(exports, "exitInference");
  define<setAnomaly>(exports, "setAnomaly");
  define<retainGrad>(exports, "retainGrad");
  define<gradFnName>(exports, "gradFnName");
  define<dependsBeyond>(exports, "dependsBeyond");
}

}  // namespace sam
