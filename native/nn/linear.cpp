#include "linear.h"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/threshold_backward.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include "core/node.h"
#include "core/zero_tensor.h"
#include "gemm.h"
#include "plain_tensor.h"

namespace sam {
namespace {

using torch::autograd::SavedVariable;
using torch::autograd::variable_list;

// x [rows, in], weight [out, in], y [rows, out]
struct Sizes {
  int64_t rows;
  int64_t in;
  int64_t out;
};

Sizes sizesOf(const at::Tensor& x, const at::Tensor& weight) {
  return {x.numel() / weight.size(1), weight.size(1), weight.size(0)};
}

const float* dataOf(const at::Tensor& tensor) {
  return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

std::optional<at::Tensor> maybe(const at::Tensor& tensor) {
  return tensor.defined() ? std::optional(tensor) : std::nullopt;
}

at::Tensor byOperators(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool relu) {
  at::Tensor y = at::linear(x, weight, maybe(bias));
  return relu ? y.relu_() : y;  // nothing else needs what it was
}

at::Tensor forward(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool relu) {
  const Sizes size = sizesOf(x, weight);
  c10::DimVector shape(x.sizes());
  shape.back() = size.out;
  at::Tensor y = at::empty(shape, x.options());
  gemm({size.rows, size.out, size.in, MatrixView{dataOf(x), size.in, 1},
        MatrixView{dataOf(weight), 1, size.in}, y.mutable_data_ptr<float>(), size.out, dataOf(bias), relu});
  return y;
}

// What flows into the product, and the bias's gradient: the sum of its rows.
struct Incoming {
  at::Tensor grad;
  at::Tensor sum;
};

// to = from where gate is not <= 0 (as threshold_backward has it: the gradient of a NaN passes), else 0.
void mask(const float* from, const float* gate, float* to, int64_t count) {
  for (int64_t i = 0; i < count; ++i) {
    const float value = from[i];  // read in any case, so that the loop is made of vectors
    to[i] = gate[i] <= 0 ? 0 : value;
  }
}

// Adds rows up in groups, so that the error grows with the rows of a group and with the groups, not with all
// rows.
void addRows(const float* from, int64_t rows, int64_t stride, float* sum, int64_t columns) {
  constexpr int64_t kTogether = 32, kBlock = 64;
  for (int64_t first = 0; first < columns; first += kBlock) {
    const int64_t width = std::min(kBlock, columns - first);
    float total[kBlock] = {};
    for (int64_t row = 0; row < rows; row += kTogether) {
      float group[kBlock] = {};
      const int64_t stop = std::min(rows, row + kTogether);
      for (int64_t i = row; i < stop; ++i) {
        const float* at = from + i * stride + first;
        for (int64_t j = 0; j < width; ++j) group[j] += at[j];
      }
      for (int64_t j = 0; j < width; ++j) total[j] += group[j];
    }
    std::copy(total, total + width, sum + first);
  }
}

Incoming incoming(const at::Tensor& given, const at::Tensor& y, const Sizes& size, bool sums) {
  constexpr int64_t kGrain = 32768, kColumns = 64;
  Incoming out{given, sums ? at::empty({size.out}, given.options()) : at::Tensor()};
  if (y.defined()) {
    out.grad = at::empty(given.sizes(), given.options());
    auto* to = out.grad.mutable_data_ptr<float>();
    at::parallel_for(0, given.numel(), kGrain, [&](int64_t begin, int64_t end) {
      mask(dataOf(given) + begin, dataOf(y) + begin, to + begin, end - begin);
    });
  }
  if (!sums) return out;
  auto* sum = out.sum.mutable_data_ptr<float>();
  const float* from = dataOf(out.grad);
  const int64_t blocks = (size.out + kColumns - 1) / kColumns;
  const int64_t grain = std::max<int64_t>(1, kGrain / (size.rows * kColumns));
  at::parallel_for(0, blocks, grain, [&](int64_t first, int64_t last) {
    const int64_t begin = first * kColumns, end = std::min(size.out, last * kColumns);
    addRows(from + begin, size.rows, size.out, sum + begin, end - begin);
  });
  return out;
}

at::Tensor weightGradient(const at::Tensor& grad, const at::Tensor& x, const Sizes& size) {
  at::Tensor out = at::empty({size.out, size.in}, x.options());
  gemm({size.out, size.in, size.rows, MatrixView{dataOf(grad), 1, size.out},
        MatrixView{dataOf(x), size.in, 1}, out.mutable_data_ptr<float>(), size.in});
  return out;
}

at::Tensor inputGradient(const at::Tensor& grad, const at::Tensor& weight, const at::Tensor& x,
                         const Sizes& size) {
  at::Tensor out = at::empty(x.sizes(), x.options());
  gemm({size.rows, size.in, size.out, MatrixView{dataOf(grad), size.out, 1},
        MatrixView{dataOf(weight), size.in, 1}, out.mutable_data_ptr<float>(), size.in});
  return out;
}

class LinearNode : public Node {
 public:
  LinearNode(const at::Tensor& x, const at::Tensor& weight) : x_(x, false), weight_(weight, false) {}

  std::string name() const override { return "LinearBackward"; }
  // The ReLU's result; after it has been told that it comes from this node.
  void saveResult(const at::Tensor& y) { y_ = SavedVariable(y, true); }

  void release_variables() override {
    x_.reset_data();
    weight_.reset_data();
    y_.reset_data();
  }

 protected:
  void forget() override {
    x_ = SavedVariable();
    weight_ = SavedVariable();
    y_ = SavedVariable();
  }

  variable_list apply(variable_list&& grads) override {
    variable_list out(num_outputs());
    if (!grads[0].defined()) return out;
    const std::lock_guard<std::mutex> lock(mutex_);
    const at::Tensor x = x_.unpack(), weight = weight_.unpack(), y = y_.unpack(getptr());
    const bool wantsX = task_should_compute_output(0), wantsWeight = task_should_compute_output(1);
    const bool wantsBias = num_outputs() > 2 && task_should_compute_output(2);
    const Sizes size = sizesOf(x, weight);
    const at::Tensor given = materialized(grads[0]);
    if (c10::GradMode::is_enabled() || !isPlainCpu(given) || given.scalar_type() != at::kFloat) {
      const at::Tensor grad = y.defined() ? at::threshold_backward(given, y, 0) : given;
      const at::Tensor rows = grad.reshape({size.rows, size.out});
      if (wantsX) out[0] = at::matmul(grad, weight);
      if (wantsWeight) out[1] = at::matmul(rows.t(), x.reshape({size.rows, size.in}));
      if (wantsBias) out[2] = rows.sum(0);
      return out;
    }
    const Incoming in = incoming(given.contiguous(), y, size, wantsBias);
    if (wantsX) out[0] = inputGradient(in.grad, weight, x, size);
    if (wantsWeight) out[1] = weightGradient(in.grad, x, size);
    if (wantsBias) out[2] = in.sum;
    return out;
  }

 private:
  SavedVariable x_, weight_, y_;
};

// Of larger products MKL's are as fast or faster (docs/performance.md).
constexpr int64_t kMostProducts = int64_t{1} << 26;
constexpr int64_t kMostWeights = int64_t{1} << 19;
constexpr int64_t kMostRows = 1024;

bool isPlainFloat(const at::Tensor& tensor) {
  return isPlainCpu(tensor) && tensor.scalar_type() == at::kFloat && tensor.is_contiguous();
}

bool suits(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  if (!hasGemm() || at::autocast::is_autocast_enabled(at::kCPU)) return false;
  if (!isPlainFloat(x) || !isPlainFloat(weight) || weight.dim() != 2 || x.dim() < 2 || x.numel() == 0 ||
      weight.numel() == 0 || x.size(-1) != weight.size(1))
    return false;
  const Sizes size = sizesOf(x, weight);
  if (size.rows > kMostRows || weight.numel() > kMostWeights || size.rows * weight.numel() > kMostProducts)
    return false;
  return !bias.defined() || (isPlainFloat(bias) && bias.dim() == 1 && bias.size(0) == size.out);
}

}  // namespace

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool relu) {
  if (!suits(x, weight, bias)) return byOperators(x, weight, bias, relu);
  const bool recorded = c10::GradMode::is_enabled() && (x.requires_grad() || weight.requires_grad() ||
                                                        (bias.defined() && bias.requires_grad()));
  if (!recorded) return forward(x, weight, bias, relu);
  const auto node = makeNode<LinearNode>(x, weight);
  node->set_next_edges(bias.defined() ? torch::autograd::collect_next_edges(x, weight, bias)
                                      : torch::autograd::collect_next_edges(x, weight));
  at::Tensor y;
  {
    const at::AutoDispatchBelowADInplaceOrView plain;
    y = forward(x, weight, bias, relu);
  }
  torch::autograd::set_history(y, node);
  if (relu) node->saveResult(y);
  return y;
}

}  // namespace sam
