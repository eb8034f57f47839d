#pragma once
#include <ATen/core/stack.h>

#include "plan.h"
#include "tape.h"

namespace sam {

// Puts an operator's call on a tape: what it was given and what it gave.
void noteOperator(Tape& tape, const Plan& plan, torch::jit::Stack given, const torch::jit::Stack& made);

}  // namespace sam
