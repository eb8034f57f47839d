#pragma once
#include <ATen/core/stack.h>

#include <string>
#include <vector>

#include "../plan.h"

namespace sam {

// The arguments of a call, by their names in the schema, and what an operator may ask of them. What does not
// hold is an error of the caller, as if LibTorch had checked it.
class Given {
 public:
  Given(const Plan& plan, const torch::jit::Stack& stack) : plan_(plan), stack_(stack) {}

  const c10::IValue& value(const char* name) const;
  bool has(const char* name) const { return !value(name).isNone(); }
  // An undefined tensor where the argument is null.
  at::Tensor tensor(const char* name) const;
  std::vector<at::Tensor> tensors(const char* name) const;
  std::vector<int64_t> ints(const char* name) const;
  int64_t integer(const char* name) const { return value(name).toInt(); }

  // Throws E_ARG with "expected <what>" unless `holds`.
  void expect(bool holds, const std::string& what) const;

 private:
  const Plan& plan_;
  const torch::jit::Stack& stack_;
};

std::string quoted(const char* name);
// Whether there are elements to be read.
bool holdsMemory(const at::Tensor& x);

// `n` integers.
void length(const Given& given, const char* name, size_t n);
// A tensor with memory of its own, of one of these ranks.
void dense(const Given& given, const char* name, int64_t low, int64_t high);
void sameShape(const Given& given, const char* one, const char* other);
// Integers from 0 to limit - 1. Reading them costs little beside the kernel, which reads them too.
void indices(const Given& given, const char* name, int64_t limit);

}  // namespace sam
