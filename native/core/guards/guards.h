#pragma once
#include "given.h"

namespace sam {

struct GuardRow {
  const char* name;
  const char* overload;  // null: all of them
  void (*guard)(const Given&);
};

// One table per file of this folder.
extern const std::vector<GuardRow> kPooling, kNorm, kEmbedding, kRecurrent, kArithmetic, kLayout;

// Sets plan.guard where LibTorch would end the process for arguments that it does not check.
void findGuard(Plan& plan);

// Throws E_ARG for a tensor in oneDNN's layout where an operator would read its storage, which it has not.
void refuseMixedLayouts(const Plan& plan, const torch::jit::Stack& stack);

}  // namespace sam
