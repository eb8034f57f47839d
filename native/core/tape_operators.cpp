// Operators of LibTorch on a tape.
#include "tape_operators.h"

#include <ATen/core/List.h>
#include <ATen/core/enum_tag.h>

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

// Its numbers decide what comes after it: their place is on the host, or the shape of what it gives.
bool dependsOnNumbers(const Plan& plan) {
  return plan.op.hasTag(at::Tag::data_dependent_output) || plan.op.hasTag(at::Tag::dynamic_output_shape);
}

}  // namespace

void noteOperator(Tape& tape, const Plan& plan, Stack given, const Stack& made) {
  Tensors from, into;
  bool isHeld = !dependsOnNumbers(plan) && newTensors(plan, made, into);
  for (const auto& value : given) isHeld = isHeld && collect(value, from);
  if (!isHeld) return tape.refuse(plan.name);
  // What stays in them is only what they are like.
  size_t next = 0;
  const Tensors nothing(from.size());
  for (auto& value : given) value = value.isTensor() ? c10::IValue(at::Tensor()) : with(value, nothing, next);
  tape.add(
      [&plan, given = std::move(given)](const Tensors& tensors, Tensors& results) {
        Stack stack;
        size_t at = 0;
        settle(tensors);
        for (const auto& value : given) stack.push_back(with(value, tensors, at));
        run(plan, stack);
        results.clear();
        newTensors(plan, stack, results);
      },
      from, into);
}

}  // namespace sam
