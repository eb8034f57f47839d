#include "given.h"

#include "../errors.h"

namespace sam {

const c10::IValue& Given::value(const char* name) const {
  for (size_t i = 0; i < plan_.args.size(); ++i) {
    if (plan_.args[i].name == name) return stack_[i];
  }
  throw Failure("E_TORCH", std::string("expected an argument '") + name + "' in the schema of " + plan_.name);
}

at::Tensor Given::tensor(const char* name) const {
  const c10::IValue& found = value(name);
  return found.isTensor() ? found.toTensor() : at::Tensor();
}

std::vector<at::Tensor> Given::tensors(const char* name) const {
  const c10::IValue& found = value(name);
  return found.isTensorList() ? found.toTensorVector() : std::vector<at::Tensor>{};
}

std::vector<int64_t> Given::ints(const char* name) const {
  const c10::IValue& found = value(name);
  return found.isIntList() ? found.toIntVector() : std::vector<int64_t>{};
}

void Given::expect(bool holds, const std::string& what) const {
  if (!holds) badArgument("expected " + what, toString(plan_.op.schema()));
}

std::string quoted(const char* name) { return std::string(" for '") + name + "'"; }

bool holdsMemory(const at::Tensor& x) { return x.layout() == at::kStrided && !x.is_meta(); }

void length(const Given& given, const char* name, size_t n) {
  given.expect(given.ints(name).size() == n, std::to_string(n) + " integers" + quoted(name));
}

void dense(const Given& given, const char* name, int64_t low, int64_t high) {
  const at::Tensor x = given.tensor(name);
  given.expect(x.defined() && x.layout() == at::kStrided && !x.is_meta() && !x.is_quantized() &&
                   x.dim() >= low && x.dim() <= high,
               "a dense tensor of " + std::to_string(low) +
                   (low == high ? "" : " to " + std::to_string(high)) + " dimensions" + quoted(name));
}

void sameShape(const Given& given, const char* one, const char* other) {
  given.expect(given.tensor(one).sizes() == given.tensor(other).sizes(),
               std::string("the shape of '") + other + "'" + quoted(one));
}

void indices(const Given& given, const char* name, int64_t limit) {
  const at::Tensor x = given.tensor(name);
  given.expect(x.scalar_type() == at::kLong || x.scalar_type() == at::kInt,
               "an int64 or int32 tensor" + quoted(name));
  if (!holdsMemory(x) || x.numel() == 0) return;
  given.expect(x.min().item<int64_t>() >= 0 && x.max().item<int64_t>() < limit,
               (limit > 0 ? "integers from 0 to " + std::to_string(limit - 1) : std::string("no elements")) +
                   quoted(name));
}

}  // namespace sam
