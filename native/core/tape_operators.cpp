// Operators of LibTorch on a tape.
#include "tape_operators.h"

#include <ATen/core/List.h>
#include <ATen/core/enum_tag.h>
#include <c10/util/StringUtil.h>

#include <algorithm>
#include <string_view>

#include "operators.h"
#include "unsettled.h"

namespace sam {
namespace {

using Tensors = Tape::Tensors;
using Stack = torch::jit::Stack;

bool holdsTensors(const c10::IValue& value) { return value.isTensorList() || value.isOptionalTensorList(); }

// A list of tensors, some of which may be missing.
Tensors listOf(const c10::IValue& value) {
  Tensors out;
  for (const c10::IValue& item : value.toListRef())
    out.push_back(item.isNone() ? at::Tensor() : item.toTensor());
  return out;
}

// Appends the tensors in a value; false for a value that may hold some which are not found.
bool collect(const c10::IValue& value, Tensors& out) {
  if (value.isTensor()) {
    out.push_back(value.toTensor());
  } else if (holdsTensors(value)) {
    for (auto& tensor : listOf(value)) out.push_back(std::move(tensor));
  } else {
    return !value.isTuple() && !value.isGenericDict() && !value.isObject();
  }
  return true;
}

// The same value with other tensors in it, from `next` on.
c10::IValue with(const c10::IValue& value, const Tensors& tensors, size_t& next) {
  if (value.isTensor()) return tensors[next++];
  if (value.isTensorList()) {
    c10::List<at::Tensor> out;
    for (size_t i = 0, n = value.toTensorList().size(); i < n; ++i) out.push_back(tensors[next++]);
    return out;
  }
  if (!holdsTensors(value)) return value;
  c10::List<std::optional<at::Tensor>> out;
  for (size_t i = 0, n = value.toListRef().size(); i < n; ++i) {
    const at::Tensor& tensor = tensors[next++];
    out.push_back(tensor.defined() ? std::optional(tensor) : std::nullopt);
  }
  return out;
}

// The tensors among its results that are new; false where a result is none.
bool newTensors(const Plan& plan, const Stack& stack, Tensors& out) {
  for (size_t i = 0; i < stack.size() && i < plan.returns.size(); ++i) {
    if (plan.returns[i].argument >= 0) continue;
    if (!stack[i].isTensor() && !stack[i].isTensorList()) return false;
    collect(stack[i], out);
  }
  return true;
}

// Operators whose results' shapes depend on numbers, though LibTorch has no tag that says so.
constexpr std::string_view kOfAnyShape =
    " _pack_padded_sequence. nonzero_numpy. repeat_interleave.Tensor repeat_interleave.self_Tensor "
    "tensor_split.tensor_indices_or_sections where. ";

// Its numbers decide what comes after it: their place is on the host, or the shape of what it gives.
bool dependsOnNumbers(const Plan& plan) {
  const std::string full = plan.name + "." + plan.op.operator_name().overload_name;
  if (kOfAnyShape.find(" " + full + " ") != std::string_view::npos) return true;
  return plan.op.hasTag(at::Tag::data_dependent_output) || plan.op.hasTag(at::Tag::dynamic_output_shape);
}

}  // namespace

void noteOperator(Tape& tape, const Plan& plan, Stack given, const Stack& made) {
  Tensors from, into;
  if (dependsOnNumbers(plan)) {
    return tape.refuse(plan.name +
                       "(): it brings numbers to the host, or its result's shape depends on them");
  }
  bool isHeld = newTensors(plan, made, into);
  for (const auto& value : given) isHeld = isHeld && collect(value, from);
  if (!isHeld) return tape.refuse(plan.name + "(), which has no form on a tape");
  std::vector<std::vector<int64_t>> shapes;
  for (const auto& tensor : into) {
    if (tensor.defined() && tensor.layout() != at::kStrided)
      return tape.refuse(plan.name + "(), which gives a tensor that is not dense");
    shapes.push_back(tensor.defined() ? tensor.sizes().vec() : std::vector<int64_t>());
  }
  // What stays in them is only what they are like.
  size_t next = 0;
  const Tensors nothing(from.size());
  for (auto& value : given) value = value.isTensor() ? c10::IValue(at::Tensor()) : with(value, nothing, next);
  tape.add(
      [&tape, &plan, given = std::move(given), shapes = std::move(shapes)](const Tensors& tensors,
                                                                           Tensors& results) {
        Stack stack;
        size_t at = 0;
        settle(tensors);
        for (const auto& value : given) stack.push_back(with(value, tensors, at));
        run(plan, stack);
        results.clear();
        newTensors(plan, stack, results);
        // What reads a shape has read that of the recording.
        for (size_t i = 0; i < results.size() && i < shapes.size(); ++i) {
          if (!results[i].defined() || results[i].sizes() == at::IntArrayRef(shapes[i])) continue;
          throw tape.changed(plan.name, "a result of shape " + c10::str(at::IntArrayRef(shapes[i])),
                             c10::str(results[i].sizes()));
        }
      },
      from, into, plan.name.c_str());
}

}  // namespace sam
