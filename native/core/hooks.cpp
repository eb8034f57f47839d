// Hooks on gradients: JS functions called from inside backward().
#include "hooks.h"

#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>

#include <algorithm>

#include "addon.h"
#include "aten.h"
#include "operators.h"

namespace sam {
namespace {

at::Tensor runHook(napi_env env, double id, const at::Tensor& grad) {
  at::Tensor changed;
  auto& self = addon(env);
  self.js.enter([&] {
    Napi::HandleScope scope(env);
    const Napi::Value result = callBack(env, id, {self.handles.box(env, grad)});
    const double handle = result.IsNumber() ? result.As<Napi::Number>().DoubleValue() : 0;
    if (handle != 0) changed = self.handles.at(handle, "registerHook");
  });
  return changed;
}

// registerHook(h, id) -> position, for removeHook
Napi::Value registerHook(const Napi::CallbackInfo& info) {
  const auto& tensor = handles(info.Env()).tensor(info[0], "registerHook");
  if (!tensor.requires_grad()) {
    badArgument("[registerHook] expected a tensor that requires grad, got " + describe(tensor));
  }
  const napi_env env = info.Env();
  auto token = callbackToken(env, info[1].As<Napi::Number>().DoubleValue());
  const unsigned position = tensor.register_hook(
      [token, env](const at::Tensor& grad) -> at::Tensor { return runHook(env, token->id(), grad); });
  return Napi::Number::New(info.Env(), position);
}

Napi::Value removeHook(const Napi::CallbackInfo& info) {
  handles(info.Env()).tensor(info[0], "removeHook").remove_hook(info[1].As<Napi::Number>().Uint32Value());
  return info.Env().Undefined();
}

// All of one leaf's: LibTorch has room for one object.
class AfterAccumulation : public torch::autograd::PostAccumulateGradHook {
 public:
  explicit AfterAccumulation(napi_env env) : env_(env) {}
  void add(std::shared_ptr<CallbackToken> token) { tokens_.push_back(std::move(token)); }
  bool isEmpty() const noexcept { return tokens_.empty(); }
  void remove(double id) {
    std::erase_if(tokens_, [&](const auto& token) { return token->id() == id; });
  }
  void operator()(const torch::autograd::Variable& tensor) override {
    auto& self = addon(env_);
    const auto now = tokens_;  // a hook may add or remove hooks
    self.js.enter([&] {
      for (const auto& token : now) {
        Napi::HandleScope scope(env_);
        callBack(env_, token->id(), {self.handles.box(env_, tensor)});
      }
    });
  }

 private:
  napi_env env_;
  std::vector<std::shared_ptr<CallbackToken>> tokens_;
};

constexpr const char* kAfter = "registerPostAccumulateGradHook";

// registerPostAccumulateGradHook(h, id)
Napi::Value registerPostAccumulateGradHook(const Napi::CallbackInfo& info) {
  const auto& tensor = handles(info.Env()).tensor(info[0], kAfter);
  if (!tensor.requires_grad() || !tensor.is_leaf()) {
    badArgument(std::string("[") + kAfter + "] expected a leaf that requires grad, got " +
                    (tensor.is_leaf() ? "" : "a result, ") + describe(tensor),
                "results have registerHook()");
  }
  auto& slot = torch::autograd::impl::post_acc_grad_hooks(tensor);
  if (slot == nullptr) {
    torch::autograd::impl::set_post_acc_grad_hooks(tensor, std::make_unique<AfterAccumulation>(info.Env()));
  }
  auto* hooks = dynamic_cast<AfterAccumulation*>(torch::autograd::impl::post_acc_grad_hooks(tensor).get());
  if (hooks == nullptr) {
    throw Failure("E_STATE", std::string("[") + kAfter + "] expected a leaf without hooks of other code");
  }
  hooks->add(callbackToken(info.Env(), info[1].As<Napi::Number>().DoubleValue()));
  return info.Env().Undefined();
}

// removePostAccumulateGradHook(h, id)
Napi::Value removePostAccumulateGradHook(const Napi::CallbackInfo& info) {
  const auto& tensor = handles(info.Env()).tensor(info[0], kAfter);
  auto* hooks = dynamic_cast<AfterAccumulation*>(torch::autograd::impl::post_acc_grad_hooks(tensor).get());
  if (hooks != nullptr) hooks->remove(info[1].As<Napi::Number>().DoubleValue());
  return info.Env().Undefined();
}

}  // namespace

bool hasHooks(torch::autograd::AccumulateGrad& leaf) {
  if (!leaf.pre_hooks().empty() || !leaf.post_hooks().empty()) return true;
  const auto* const after = leaf.tensor_post_acc_grad_hooks().get();
  const auto* const ours = dynamic_cast<const AfterAccumulation*>(after);
  if (after != nullptr && (ours == nullptr || !ours->isEmpty())) return true;
  const auto& hooks = leaf.tensor_pre_hooks();
  if (hooks.empty()) return false;
  // register_hook() makes one object for all hooks of a leaf, which goes through this list.
  const auto& list = torch::autograd::impl::get_autograd_meta(leaf.variable)->cpp_hooks_list_;
  return hooks.size() > 1 || list == nullptr ||
         std::any_of(list->begin(), list->end(), [](const auto& hook) { return hook != nullptr; });
}

void initHooks(Napi::Env, Napi::Object exports) {
  define<registerHook>(exports, "registerHook");
  define<removeHook>(exports, "removeHook");
  define<registerPostAccumulateGradHook>(exports, "registerPostAccumulateGradHook");
  define<removePostAccumulateGradHook>(exports, "removePostAccumulateGradHook");
}

}  // namespace sam
