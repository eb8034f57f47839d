// Custom functions: a graph node whose backward is JavaScript (lib/autograd/function.ts).
#include <c10/core/DeviceGuard.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <torch/csrc/autograd/variable_info.h>

#include <unordered_set>

#include "addon.h"
#include "aten.h"
#include "dtype.h"
#include "node.h"
#include "operators.h"

namespace sam {
namespace {

using torch::autograd::edge_list;
using torch::autograd::SavedVariable;
using torch::autograd::variable_list;
using torch::autograd::VariableInfo;

Napi::Array emit(Napi::Env env, const variable_list& tensors) {
  auto out = Napi::Array::New(env, tensors.size());
  for (uint32_t i = 0; i < tensors.size(); ++i) {
    out[i] = tensors[i].defined() ? handles(env).box(env, tensors[i]) : Napi::Number::New(env, 0);
  }
  return out;
}

// Handles, 0 and null where there is no tensor.
variable_list tensorsFrom(Napi::Env env, const Napi::Value& value, const std::string& op) {
  if (!value.IsArray()) badArgument("[" + op + "] expected an array of tensors");
  const auto array = value.As<Napi::Array>();
  variable_list out(array.Length());
  for (uint32_t i = 0; i < out.size(); ++i) {
    const Napi::Value item = array[i];
    if (!item.IsNumber() || item.As<Napi::Number>().DoubleValue() == 0) continue;
    out[i] = handles(env).tensor(item, op.c_str());
  }
  return out;
}

std::unordered_set<at::TensorImpl*> setOf(const variable_list& tensors) {
  std::unordered_set<at::TensorImpl*> out;
  for (const auto& tensor : tensors) {
    if (tensor.defined()) out.insert(tensor.unsafeGetTensorImpl());
  }
  return out;
}

class FunctionNode : public Node {
 public:
  FunctionNode(napi_env env, double id, std::string name, std::vector<int> positions, bool materialize)
      : env_(env),
        token_(callbackToken(env, id)),
        name_(std::move(name)),
        positions_(std::move(positions)),
        materialize_(materialize) {}

  std::string name() const override { return name_ + "Backward"; }

  void save(const variable_list& tensors) {
    for (const auto& tensor : tensors) {
      const bool isOutput = tensor.defined() && tensor.grad_fn().get() == this;
      saved_.emplace_back(tensor, isOutput);
    }
    savesAny_ = !tensors.empty();
  }
  void describeOutputs(const std::vector<std::optional<at::Tensor>>& outputs) {
    for (const auto& output : outputs) outputs_.push_back(output ? VariableInfo(*output) : VariableInfo());
  }

  void release_variables() override {
    saved_.clear();
    released_ = true;
  }

 protected:
  void forget() override { saved_.clear(); }
  variable_list apply(variable_list&& grads) override {
    if (released_ && savesAny_) throw std::runtime_error(torch::autograd::ERR_BACKWARD_TWICE);
    at::OptionalDeviceGuard guard;
    for (size_t i = 0; materialize_ && i < grads.size() && i < outputs_.size(); ++i) {
      if (!grads[i].defined() && !outputs_[i].is_empty) grads[i] = outputs_[i].zeros(guard);
    }
    // Both ask the thread that runs the pass, so not from inside the call.
    std::vector<bool> needed;
    for (size_t i = 0; i < num_outputs(); ++i) needed.push_back(task_should_compute_output(i));
    variable_list saved;
    for (const auto& variable : saved_) saved.push_back(variable.unpack(getptr()));
    variable_list out;
    addon(env_).js.enter([&] { out = call(grads, saved, needed); });
    for (size_t i = 0; i < out.size() && i < num_outputs(); ++i) check(out[i], i);
    return out;
  }

 private:
  variable_list call(const variable_list& grads, const variable_list& saved,
                     const std::vector<bool>& needed) const {
    const Napi::HandleScope scope(env_);
    auto needs = Napi::Array::New(env_, needed.size());
    for (uint32_t i = 0; i < needed.size(); ++i) needs[i] = Napi::Boolean::New(env_, needed[i]);
    const Napi::Value result = callBack(env_, token_->id(), {emit(env_, grads), emit(env_, saved), needs});
    return tensorsFrom(env_, result, name_ + ".backward");
  }

  // LibTorch checks too, but it does not know which argument an edge stands for.
  void check(const at::Tensor& grad, size_t edge) const {
    const auto& next = next_edge(edge);
    if (!grad.defined() || !next.is_valid()) return;
    const auto& wanted = next.function->input_metadata(next.input_nr);
    if (wanted.is_nested_tensor() || grad.is_nested()) return;
    const auto type = grad.scalar_type();
    const bool fits = (wanted.is_same_shape(grad) || wanted.is_expandable_to_shape(grad)) &&
                      (grad.device() == wanted.device() || grad.dim() == 0) &&
                      (at::isFloatingType(type) || at::isComplexType(type));
    if (fits) return;
    std::string shape;
    for (const auto& extent : wanted.shape_as_dim_vector()) {
      shape += (shape.empty() ? "" : ", ") + std::to_string(extent.expect_int());
    }
    badArgument("[" + name_ + ".backward] expected a gradient like " +
                dtypeName(c10::typeMetaToScalarType(wanted.options().dtype())) + " [" + shape + "] " +
                wanted.device().str() + " for input " + std::to_string(positions_[edge]) + ", got " +
                describe(grad));
  }

  napi_env env_;
  std::shared_ptr<CallbackToken> token_;
  std::string name_;
  std::vector<int> positions_;  // of the tensors among the function's arguments
  bool materialize_;
  bool released_ = false;
  bool savesAny_ = false;
  std::vector<SavedVariable> saved_;
  std::vector<VariableInfo> outputs_;
};

// recordFunction(id, name, inputs, positions, outputs, nonDifferentiable, dirty, saved, materialize,
// separate) -> [recorded, ...handles]: ties outputs that JavaScript has computed without a graph to a new
// node. 0 stands for an output that is the same tensor as before. `separate`: what is saved was named after
// the forward had returned.
Napi::Value recordFunction(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::string name = info[1].As<Napi::String>().Utf8Value();
  const auto inputs = tensorsFrom(env, info[2], name);
  const auto places = info[3].As<Napi::Array>();
  std::vector<int> positions;
  for (uint32_t i = 0; i < places.Length(); ++i) {
    positions.push_back(Napi::Value(places[i]).As<Napi::Number>().Int32Value());
  }
  const auto given = tensorsFrom(env, info[4], name);
  const auto fixed = setOf(tensorsFrom(env, info[5], name));
  const auto dirty = setOf(tensorsFrom(env, info[6], name));
  const auto saved = tensorsFrom(env, info[7], name);
  const bool recorded = c10::GradMode::is_enabled() && torch::autograd::any_variable_requires_grad(inputs);
  try {
    decltype(makeNode<FunctionNode>(env, 0.0, name, positions, false)) node;
    if (recorded) {
      node = makeNode<FunctionNode>(env, info[0].As<Napi::Number>().DoubleValue(), name, positions,
                                    static_cast<bool>(info[8].ToBoolean()));
      node->set_next_edges(torch::autograd::collect_next_edges(inputs));
      node->clear_input_metadata();
    }
    std::vector<std::optional<at::Tensor>> raw;
    for (const auto& output : given) raw.push_back(output.defined() ? std::optional(output) : std::nullopt);
    for (auto* impl : dirty) impl->bump_version();
    const double id = info[0].As<Napi::Number>().DoubleValue();
    const auto push = [&](const variable_list&, const variable_list& tangents) {
      const Napi::Value result =
          callBack(env, id, {emit(env, tangents), Napi::Array::New(env, 0), env.Null()});
      return tensorsFrom(env, result, name + ".jvp");
    };
    const auto outputs = torch::autograd::_wrap_outputs(
        inputs, fixed, dirty, raw, recorded ? NodePtr(node) : nullptr, push,
        info[9].ToBoolean() ? setOf(saved) : std::unordered_set<at::TensorImpl*>{},
        [](const at::Tensor& x) { return x.view_as(x); }, false);
    if (recorded) {
      node->describeOutputs(outputs);
      node->save(saved);
    }
    auto out = Napi::Array::New(env, outputs.size() + 1);
    out[0u] = Napi::Boolean::New(env, recorded);
    for (uint32_t i = 0; i < outputs.size(); ++i) {
      const bool same = !outputs[i].has_value() || outputs[i]->is_same(given[i]);
      out[i + 1] = same ? Napi::Number::New(env, 0) : handles(env).box(env, *outputs[i]);
    }
    return out;
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw currentFailure(name);
  }
}

}  // namespace

void initFunctionNode(Napi::Env, Napi::Object exports) { define<recordFunction>(exports, "recordFunction"); }

}  // namespace sam
