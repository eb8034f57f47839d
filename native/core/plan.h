#pragma once
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/function_schema.h>

#include <memory>
#include <string>
#include <vector>

#include "aten.h"
#include "handles.h"
#include "wire.h"

namespace sam {

struct Plan;
class Given;

// Calls an operator of a common C++ signature without boxes; gives its one result, or an undefined tensor
// where the result is the first argument.
using UnboxedCall = at::Tensor (*)(const Plan& plan, Reader& reader, Handles& handles);

// One overload of an operator, read from its schema once and kept for the life of the process.
struct Plan {
  struct Argument {
    std::string name;
    const c10::Type* type;
    int listSize;                 // N of `int[N]`, or 0
    const c10::IValue* fallback;  // the default, or null
  };
  struct Return {
    int argument;   // which argument it is (in-place operators), or -1
    bool mayAlias;  // a view: it need not own its storage
  };

  explicit Plan(c10::OperatorHandle handle);

  c10::OperatorHandle op;
  std::string name;  // without the namespace
  std::vector<Argument> args;
  std::vector<Return> returns;
  bool writes = false;     // changes one of its arguments
  bool isFactory = false;  // makes tensors of its own, with no history
  UnboxedCall unboxed = nullptr;
  void (*guard)(const Given&) = nullptr;  // checks what LibTorch does not: see guards.cpp
  std::shared_ptr<void> typed;            // the c10::TypedOperatorHandle that `unboxed` calls
};

// The overloads of "aten::add" as plan numbers, in the dispatcher's order.
std::vector<size_t> plansOf(const std::string& name);
const Plan& planAt(double number);
// Names are looked up anew from here on; plan numbers that were given out stay good.
void forgetPlanNames();

// Sets plan.unboxed where the signature is one of the common ones.
void findUnboxed(Plan& plan);

}  // namespace sam
