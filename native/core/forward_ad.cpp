// Forward-mode differentiation: tensors that carry a tangent (lib/autograd/forward-ad.ts).
#include <ATen/ops/_make_dual.h>
#include <ATen/ops/_unpack_dual.h>
#include <c10/core/AutogradState.h>
#include <torch/csrc/autograd/forward_grad.h>

#include <mutex>

#include "addon.h"
#include "aten.h"
#include "operators.h"

namespace sam {
namespace {

constexpr int64_t kLevel = 0;  // the one level that LibTorch has

// LibTorch's level belongs to the process, ours to a thread: the first thread enters it, the last one leaves.
class Level {
 public:
  void enter() {
    const std::lock_guard lock(mutex_);
    if (users_ == 0) torch::autograd::ForwardADLevel::get_next_idx();
    ++users_;
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    if (--users_ == 0) torch::autograd::ForwardADLevel::release_idx(kLevel);
  }

 private:
  std::mutex mutex_;
  int users_ = 0;
};

Level& level() {
  static Level one;
  return one;
}

// A worker that is terminated inside runs no JavaScript any more.
void leaveAtEnd(void*) { level().leave(); }

// enterDual()
Napi::Value enterDual(const Napi::CallbackInfo& info) {
  try {
    level().enter();
  } catch (...) {
    throw currentFailure("dualLevel");
  }
  napi_add_env_cleanup_hook(info.Env(), &leaveAtEnd, &level());
  return info.Env().Undefined();
}

// exitDual(): what enterDual entered; tangents are gone, values stay
Napi::Value exitDual(const Napi::CallbackInfo& info) {
  napi_remove_env_cleanup_hook(info.Env(), &leaveAtEnd, &level());
  level().leave();
  return info.Env().Undefined();
}

// setForwardGrad(enabled) -> what it was: whether what is computed from dual tensors is dual
Napi::Value setForwardGrad(const Napi::CallbackInfo& info) {
  auto& state = c10::AutogradState::get_tls_state();
  const bool before = state.get_fw_grad_mode();
  state.set_fw_grad_mode(info[0].ToBoolean());
  return Napi::Boolean::New(info.Env(), before);
}

// makeDual(primal, tangent) -> a view of primal that carries the tangent
Napi::Value makeDual(const Napi::CallbackInfo& info) {
  const auto primal = handles(info.Env()).tensor(info[0], "makeDual");
  const auto tangent = handles(info.Env()).tensor(info[1], "makeDual");
  try {
    return handles(info.Env()).box(info.Env(), at::_make_dual(primal, tangent, kLevel));
  } catch (...) {
    throw currentFailure("makeDual", "primal " + describe(primal) + ", tangent " + describe(tangent));
  }
}

// unpackDual(dual) -> [primal, tangent | 0]
Napi::Value unpackDual(const Napi::CallbackInfo& info) {
  const auto dual = handles(info.Env()).tensor(info[0], "unpackDual");
  try {
    auto [primal, tangent] = at::_unpack_dual(dual, kLevel);
    auto out = Napi::Array::New(info.Env(), 2);
    out[0u] = handles(info.Env()).box(info.Env(), std::move(primal));
    out[1u] = tangent.defined() ? handles(info.Env()).box(info.Env(), std::move(tangent))
                                : Napi::Number::New(info.Env(), 0);
    return out;
  } catch (...) {
    throw currentFailure("unpackDual", describe(dual));
  }
}

// detachReverse(x) -> x without its graph, which detach() gives, but with its tangent, which detach() drops
Napi::Value detachReverse(const Napi::CallbackInfo& info) {
  const auto x = handles(info.Env()).tensor(info[0], "detach");
  try {
    at::Tensor out = x.detach();
    const at::Tensor& tangent = x._fw_grad(kLevel);
    if (tangent.defined() && !out._fw_grad(kLevel).defined()) {
      out = at::_make_dual(out, tangent.detach(), kLevel);
    }
    return handles(info.Env()).box(info.Env(), std::move(out));
  } catch (...) {
    throw currentFailure("detach", describe(x));
  }
}

}  // namespace

void initForwardAd(Napi::Env, Napi::Object exports) {
  define<enterDual>(exports, "enterDual");
  define<exitDual>(exports, "exitDual");
  define<setForwardGrad>(exports, "setForwardGrad");
  define<makeDual>(exports, "makeDual");
  define<unpackDual>(exports, "unpackDual");
  define<detachReverse>(exports, "detachReverse");
}

}  // namespace sam
