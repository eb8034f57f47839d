#pragma once
#include <vector>

#include "core/aten.h"
#include "core/napi.h"
#include "param_list.h"

namespace sam {

// One tensor per parameter of some groups, in their order, seen as one long vector: a gradient, a moving
// average of gradients. Undefined where a parameter has none. The SAM family's formulas are written on these
// (lib/optim/sam/).
struct ParamVector {
  std::vector<at::Tensor> items;
};

// A factor that is a number, or a tensor without dimensions on the device (so that nothing has to wait for
// it).
class Factor {
 public:
  explicit Factor(double number) : number_(number) {}
  explicit Factor(const at::Tensor& tensor);  // on the CPU its value is read at once: nothing to wait for
  static Factor from(const Napi::Value& value, const char* op);

  bool isNumber() const noexcept { return !tensor_.defined(); }
  double number() const noexcept { return number_; }
  const at::Tensor& tensor() const noexcept { return tensor_; }

 private:
  double number_ = 0;
  at::Tensor tensor_;
};

std::shared_ptr<ParamVector> paramVector(const Napi::Value& id, const char* op);

// The parameters of several groups, one after the other.
std::vector<at::Tensor> allParams(const Napi::Value& listIds, const char* op);

void initParamVector(Napi::Env env, Napi::Object exports);

}  // namespace sam
