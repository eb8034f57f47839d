#include "optimizer_state.h"

#include <ATen/ops/empty_strided.h>
#include <ATen/ops/full.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <unordered_set>

#include "buckets.h"
#include "core/addon.h"
#include "core/tape.h"
#include "param_list.h"

namespace sam {

const at::Tensor& OptimizerState::lrOn(c10::Device device, double lr) {
  for (auto& known : lrs) {
    if (known.value.device() != device) continue;
    if (known.host != lr) {
      known.value.fill_(lr);
      known.host = lr;
    }
    return known.value;
  }
  lrs.push_back({at::full({}, lr, at::TensorOptions(device).dtype(at::kFloat)), lr});
  return lrs.back().value;
}

void OptimizerState::refreshLr(double lr) {
  for (const auto& known : std::vector<DeviceLr>(lrs)) lrOn(known.value.device(), lr);
}

std::vector<at::Tensor>& OptimizerState::slot(std::string_view name, size_t params) {
  auto found = slots.find(name);
  if (found == slots.end()) found = slots.emplace(name, params).first;
  return found->second;
}

std::vector<at::Tensor> OptimizerState::tensorsAt(std::string_view name, size_t params,
                                                  const std::vector<size_t>& positions,
                                                  const std::vector<at::Tensor>& like, double start) {
  auto& kept = slot(name, params);
  std::vector<at::Tensor> out;
  out.reserve(positions.size());
  for (size_t i = 0; i < positions.size(); ++i) {
    auto& tensor = kept[positions[i]];
    if (!tensor.defined()) {
      tensor = at::full_like(like[i], start);
    } else if (tensor.scalar_type() != like[i].scalar_type() || tensor.device() != like[i].device() ||
               !sameStrides(tensor, like[i])) {
      tensor = at::empty_strided(like[i].sizes(), like[i].strides(), like[i].options()).copy_(tensor);
    }
    out.push_back(tensor);
  }
  return out;
}

std::vector<at::Tensor> OptimizerState::countsAt(std::string_view name, size_t params,
                                                 const std::vector<size_t>& positions, c10::Device device) {
  auto& kept = slot(name, params);
  std::vector<at::Tensor> out;
  out.reserve(positions.size());
  for (const size_t at : positions) {
    auto& tensor = kept[at];
    if (!tensor.defined()) {
      tensor = at::zeros({}, at::TensorOptions(device).dtype(at::kFloat));
    } else if (tensor.device() != device) {
      tensor = tensor.to(device);
    }
    out.push_back(tensor);
  }
  return out;
}

namespace {

// optimizerState(list, slot) -> a handle per parameter, 0 where there is none; an empty list for an unknown
// slot. The tensors themselves, not copies.
Napi::Value optimizerState(const Napi::CallbackInfo& info) {
  const auto list = paramList(info[0], "optimizer");
  auto out = Napi::Array::New(info.Env());
  const auto found = list->state.slots.find(info[1].ToString().Utf8Value());
  if (found == list->state.slots.end()) return out;
  uint32_t n = 0;
  for (const auto& tensor : found->second) {
    out[n++] =
        tensor.defined() ? handles(info.Env()).box(info.Env(), tensor) : Napi::Number::New(info.Env(), 0);
  }
  return out;
}

// optimizerSlots(list) -> names
Napi::Value optimizerSlots(const Napi::CallbackInfo& info) {
  auto out = Napi::Array::New(info.Env());
  uint32_t n = 0;
  for (const auto& [name, tensors] : paramList(info[0], "optimizer")->state.slots) {
    out[n++] = Napi::String::New(info.Env(), name);
  }
  return out;
}

// setOptimizerState(list, slot, handles, isCount): copies, with each parameter's dtype, device and strides,
// or one float32 count per parameter; 0 for none. Shapes are the caller's business: it checks them all before
// it changes anything.
Napi::Value setOptimizerState(const Napi::CallbackInfo& info) {
  const auto list = paramList(info[0], "optimizer");
  const auto values = info[2].As<Napi::Array>();
  const bool isCount = info[3].ToBoolean();
  std::vector<at::Tensor> made(list->params.size());
  for (size_t i = 0; i < made.size(); ++i) {
    const Napi::Value value = values[static_cast<uint32_t>(i)];
    if (value.As<Napi::Number>().DoubleValue() == 0) continue;
    const auto& from = handles(info.Env()).tensor(value, "loadStateDict");
    MasterWeight* const master = masterOf(list->params[i]);
    const at::Tensor param = master != nullptr ? master->value() : list->params[i];
    made[i] = isCount ? at::zeros({}, param.options().dtype(at::kFloat)) : at::zeros_like(param.detach());
    made[i].copy_(from);
  }
  list->state.slots.insert_or_assign(info[1].ToString().Utf8Value(), std::move(made));
  return info.Env().Undefined();
}

// moveOptimizerState(from, to, positions): positions[i] is where parameter i of `to` was in `from`, or -1
Napi::Value moveOptimizerState(const Napi::CallbackInfo& info) {
  const auto from = paramList(info[0], "optimizer");
  const auto to = paramList(info[1], "optimizer");
  const auto positions = info[2].As<Napi::Array>();
  for (auto& [name, tensors] : from->state.slots) {
    auto& target = to->state.slot(name, to->params.size());
    for (size_t i = 0; i < target.size(); ++i) {
      const Napi::Value at = positions[static_cast<uint32_t>(i)];
      const auto position = at.As<Napi::Number>().Int64Value();
      if (position >= 0 && position < static_cast<int64_t>(tensors.size())) target[i] = tensors[position];
    }
  }
  to->state.lrs = from->state.lrs;
  return info.Env().Undefined();
}

// firstDuplicate(handles) -> position of the first tensor that is also at an earlier one, or -1
Napi::Value firstDuplicate(const Napi::CallbackInfo& info) {
  std::unordered_set<const void*> seen;
  double at = 0;
  for (const auto& param : handles(info.Env()).list(info[0], "addParamGroup")) {
    if (!seen.insert(param.unsafeGetTensorImpl()).second) return Napi::Number::New(info.Env(), at);
    ++at;
  }
  return Napi::Number::New(info.Env(), -1);
}

// refreshLr(list, lr)
Napi::Value refreshLr(const Napi::CallbackInfo& info) {
  paramList(info[0], "optimizer")->state.refreshLr(info[1].As<Napi::Number>().DoubleValue());
  return info.Env().Undefined();
}

// checkGradients(list, op): throws what a step would throw, before anything has changed
Napi::Value checkGradients(const Napi::CallbackInfo& info) {
  const auto op = info[1].ToString().Utf8Value();
  const auto list = paramList(info[0], op.c_str());
  checkGradients(*list, op.c_str());
  if (Tape* const tape = Tape::recording())
    tape->add([list, op](const Tape::Tensors&, Tape::Tensors&) { checkGradients(*list, op.c_str()); });
  return info.Env().Undefined();
}

}  // namespace

void initOptimizerState(Napi::Env, Napi::Object exports) {
  define<optimizerState>(exports, "optimizerState");
  define<optimizerSlots>(exports, "optimizerSlots");
  define<setOptimizerState>(exports, "setOptimizerState");
  define<moveOptimizerState>(exports, "moveOptimizerState");
  define<firstDuplicate>(exports, "firstDuplicate");
  define<refreshLr>(exports, "refreshLr");
  define<checkGradients>(exports, "checkGradients");
}

}  // namespace sam
