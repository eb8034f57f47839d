// Operators of a library of a user's, for test/ops/namespaces.test.ts.
#include <ATen/TensorOperators.h>
#include <ATen/core/Dict.h>
#include <ATen/core/Tensor.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

at::Tensor cube(const at::Tensor& x) { return x * x * x; }

// 3 x^2 times 10: a gradient that tells whose backward ran.
struct Cube : torch::autograd::Function<Cube> {
  static at::Tensor forward(AutogradContext* ctx, const at::Tensor& x) {
    ctx->save_for_backward({x});
    return cube(x);
  }
  static tensor_list backward(AutogradContext* ctx, tensor_list grads) {
    const at::Tensor x = ctx->get_saved_variables()[0];
    return {grads[0] * x * x * 30};
  }
};

at::Tensor cubeWithGradient(const at::Tensor& x) { return Cube::apply(x); }

// Made of LibTorch's own operators: its gradient is theirs.
at::Tensor affine(const at::Tensor& x, double scale, int64_t shift) { return x * scale + shift; }
at::Tensor affineTensor(const at::Tensor& x, const at::Tensor& scale) { return x * scale; }

std::tuple<at::Tensor, int64_t, std::string> describeTensor(const at::Tensor& x, std::string name) {
  return {x.sum(), x.dim(), name + "!"};
}

c10::Dict<std::string, at::Tensor> scaleAll(const c10::Dict<std::string, at::Tensor>& given, double factor) {
  c10::Dict<std::string, at::Tensor> out;
  for (const auto& entry : given) out.insert(entry.key(), entry.value() * factor);
  return out;
}

int64_t countAll(const c10::List<std::vector<int64_t>>& lists) {
  int64_t n = 0;
  for (const std::vector<int64_t>& list : lists) n += static_cast<int64_t>(list.size());
  return n;
}

at::Tensor fails(const at::Tensor&) { TORCH_CHECK(false, "this operator always fails"); }

at::Tensor& doubleOut(const at::Tensor& x, at::Tensor& out) { return out.copy_(x * 2); }

}  // namespace

TORCH_LIBRARY(sam_test, m) {
  m.def("cube(Tensor x) -> Tensor");
  m.def("affine(Tensor x, float scale=2.0, int shift=0) -> Tensor", affine);
  m.def("affine.Tensor(Tensor x, Tensor scale) -> Tensor", affineTensor);
  m.def("describe(Tensor x, str name) -> (Tensor total, int dims, str text)", describeTensor);
  m.def("scale_all(Dict(str, Tensor) given, float factor) -> Dict(str, Tensor)", scaleAll);
  m.def("count_all(int[][] lists) -> int", countAll);
  m.def("fails(Tensor x) -> Tensor", fails);
  m.def("double.out(Tensor x, *, Tensor(a!) out) -> Tensor(a!)", doubleOut);
}
TORCH_LIBRARY_IMPL(sam_test, CPU, m) { m.impl("cube", cube); }
TORCH_LIBRARY_IMPL(sam_test, Autograd, m) { m.impl("cube", cubeWithGradient); }
