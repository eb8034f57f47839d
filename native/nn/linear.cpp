#include "linear.h"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/threshold_backward.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/functions/accumulate_grad.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/graph_task.h>
#include <torch/csrc/autograd/saved_variable.h>

#include "core/direct_backward.h"
#include "core/hooks.h"
#include "core/plain_tensor.h"
#include "core/unsettled.h"
#include "core/zero_tensor.h"
#include "factored_gradients.h"
#include "gemm.h"
#include "linear_loops.h"
#include "nn/tensor_data.h"

namespace sam {
namespace {

using torch::autograd::SavedVariable;
using torch::autograd::variable_list;

using Sizes = LinearSizes;

Sizes sizesOf(const at::Tensor& x, const at::Tensor& weight) {
  return {x.numel() / weight.size(1), weight.size(1), weight.size(0)};
}

const float* dataOf(const at::Tensor& tensor) {
  return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

at::Tensor byOperators(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool relu) {
  at::Tensor y = at::linear(x, weight, maybe(bias));
  return relu ? y.relu_() : y;  // nothing else needs what it was
}

// What SAM has to do with a pass; nothing most of the time.
struct SamPass {
  std::shared_ptr<Factors> factors;  // what the weight is perturbed with
  bool givesFactors = false;         // whether its gradient may be given up as factors
  at::Tensor product;                // defined: becomes x weight^T
  int64_t version = 0;               // of the weight in it
};

at::Tensor forward(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool relu,
                   const SamPass& sam) {
  const Sizes size = sizesOf(x, weight);
  c10::DimVector shape(x.sizes());
  shape.back() = size.out;
  at::Tensor y = emptyCpu(shape, at::kFloat);
  if (sam.factors != nullptr) {
    sam.factors->forward(x, dataOf(bias), relu, y);
    return y;
  }
  auto* const to = y.mutable_data_ptr<float>();
  Gemm job{size.rows, size.out, size.in, {dataOf(x), size.in, 1}, {dataOf(weight), 1, size.in}, to, size.out};
  job.bias = dataOf(bias);
  job.relu = relu;
  if (sam.product.defined()) job.product = sam.product.mutable_data_ptr<float>();
  gemm(job);
  return y;
}

// What flows into the product, and the bias's gradient: the sum of its rows.
struct Incoming {
  at::Tensor grad;
  at::Tensor sum;
};

Incoming incoming(const at::Tensor& given, bool isOwned, const at::Tensor& y, const Sizes& size, bool sums) {
  constexpr int64_t kGrain = 32768, kColumns = 64;  // less is done before another thread is awake
  Incoming out{given, sums ? emptyCpu({size.out}, at::kFloat) : at::Tensor()};
  if (y.defined()) {
    if (!isOwned) out.grad = emptyCpu(given.sizes(), at::kFloat);
    auto* to = out.grad.mutable_data_ptr<float>();
    at::parallel_for(0, given.numel(), kGrain, [&](int64_t begin, int64_t end) {
      linearLoops().mask(dataOf(given) + begin, dataOf(y) + begin, to + begin, end - begin);
    });
  }
  if (!sums) return out;
  auto* sum = out.sum.mutable_data_ptr<float>();
  const float* from = dataOf(out.grad);
  const int64_t blocks = (size.out + kColumns - 1) / kColumns;
  const int64_t grain = std::max<int64_t>(1, kGrain / (size.rows * kColumns));
  at::parallel_for(0, blocks, grain, [&](int64_t first, int64_t last) {
    const int64_t begin = first * kColumns, end = std::min(size.out, last * kColumns);
    linearLoops().addRows(from + begin, size.rows, size.out, sum + begin, end - begin);
  });
  return out;
}

at::Tensor weightGradient(const at::Tensor& grad, const at::Tensor& x, const Sizes& size) {
  at::Tensor out = emptyCpu({size.out, size.in}, at::kFloat);
  gemm({size.out, size.in, size.rows, MatrixView{dataOf(grad), 1, size.out},
        MatrixView{dataOf(x), size.in, 1}, out.mutable_data_ptr<float>(), size.in});
  return out;
}

at::Tensor inputGradient(const at::Tensor& grad, const at::Tensor& weight, at::IntArrayRef shape,
                         const Sizes& size, const Factors* factors) {
  at::Tensor out = emptyCpu(shape, at::kFloat);
  if (factors != nullptr && factors->isMoved()) {
    factors->inputGradient(grad, size, out);
    return out;
  }
  gemm({size.rows, size.in, size.out, MatrixView{dataOf(grad), size.out, 1},
        MatrixView{dataOf(weight), size.in, 1}, out.mutable_data_ptr<float>(), size.in});
  return out;
}

class LinearNode : public DirectNode {
 public:
  // Each of the two is saved for the other's gradient only: what has none may change, as with LibTorch's own
  // operators, and frees its memory.
  LinearNode(const at::Tensor& x, const at::Tensor& weight, SamPass sam)
      : inputShape_(x.sizes()), size_(sizesOf(x, weight)), sam_(std::move(sam)) {
    if (weight.requires_grad()) x_ = SavedVariable(x, false);
    if (x.requires_grad()) weight_ = SavedVariable(weight, false);
  }

  std::string name() const override { return "LinearBackward"; }
  // The ReLU's result; after it has been told that it comes from this node.
  void saveResult(const at::Tensor& y) { y_ = SavedVariable(y, true); }

  bool isDirect() const override { return !x_.has_hooks() && !weight_.has_hooks() && !y_.has_hooks(); }

  void release_variables() override {
    x_.reset_data();
    weight_.reset_data();
    y_.reset_data();
    sam_ = {};
  }

 protected:
  void forget() override {
    x_ = SavedVariable();
    weight_ = SavedVariable();
    y_ = SavedVariable();
    sam_ = {};
  }

  variable_list apply(variable_list&& grads) override {
    variable_list out(num_outputs());
    if (!grads[0].defined()) return out;
    // Nobody else will see what is in it now.
    const bool isOwned = isBackwardDirect() && grads[0].use_count() == 1 && grads[0].has_storage() &&
                         grads[0].storage().use_count() == 1;
    const std::lock_guard<std::mutex> lock(mutex_);
    const at::Tensor y = y_.unpack(getptr());
    const bool wantsX = task_should_compute_output(0), wantsWeight = task_should_compute_output(1);
    const at::Tensor x = wantsWeight ? x_.unpack() : at::Tensor();
    const at::Tensor weight = wantsX ? weight_.unpack() : at::Tensor();
    const bool wantsBias = num_outputs() > 2 && task_should_compute_output(2);
    const Sizes& size = size_;
    const at::Tensor given = materialized(grads[0]);
    if (c10::GradMode::is_enabled() || !isPlainCpu(given) || given.scalar_type() != at::kFloat) {
      settle(weight);
      const at::Tensor grad = y.defined() ? at::threshold_backward(given, y, 0) : given;
      const at::Tensor rows = grad.reshape({size.rows, size.out});
      if (wantsX) out[0] = at::matmul(grad, weight);
      if (wantsWeight) out[1] = at::matmul(rows.t(), x.reshape({size.rows, size.in}));
      if (wantsBias) out[2] = rows.sum(0);
      return out;
    }
    const Incoming in = incoming(given.contiguous(), isOwned, y, size, wantsBias);
    if (wantsX) out[0] = inputGradient(in.grad, weight, inputShape_, size, sam_.factors.get());
    if (wantsWeight && !givesFactors(in.grad, y.defined(), x, wantsX, size))
      out[1] = weightGradient(in.grad, x, size);
    if (wantsBias) out[2] = in.sum;
    return out;
  }

 private:
  // Whether SAM takes the weight's gradient as its factors: when all of it would go into .grad and nobody
  // waits to see it there.
  bool givesFactors(const at::Tensor& grad, bool isFresh, const at::Tensor& x, bool hasInputGradient,
                    const Sizes& size) {
    auto* const collector = FactoredGradients::collecting();
    if (collector == nullptr) return false;
    auto* const leaf = dynamic_cast<torch::autograd::AccumulateGrad*>(next_edge(1).function.get());
    if (leaf == nullptr || !leaf->variable.requires_grad() ||  // frozen since: its leaf takes nothing
        !collector->wants(leaf->variable, size, hasInputGradient))
      return false;
    if (!goesToAllLeaves() || !post_hooks().empty() || hasHooks(*leaf)) return false;
    const auto rows = [&](const at::Tensor& t, int64_t width) { return t.reshape({size.rows, width}); };
    // A copy: what the closure or a hook does to it later must not reach the perturbation.
    // The layer does not save its weight where the input has no gradient: that may have changed since.
    const bool isProduct = sam_.product.defined() && leaf->variable._version() == sam_.version;
    return collector->take(leaf->variable, rows(x, size.in),
                           isFresh ? rows(grad, size.out) : rows(grad, size.out).clone(),
                           isProduct ? sam_.product : at::Tensor(), sam_.factors.get());
  }

  static bool goesToAllLeaves() {
    if (isBackwardDirect()) return true;
    const auto* const inputs = torch::autograd::get_current_graph_task_exec_info();
    return inputs != nullptr && inputs->empty();
  }

  SavedVariable x_, weight_, y_;
  c10::DimVector inputShape_;
  Sizes size_;
  SamPass sam_;
};

constexpr int64_t kMostWeights = int64_t{1} << 19;
constexpr int64_t kMostRows = 1024;

bool isPlainFloat(const at::Tensor& tensor) {
  return isPlainCpu(tensor) && tensor.scalar_type() == at::kFloat && tensor.is_contiguous();
}

bool suits(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  if (at::autocast::is_autocast_enabled(at::kCPU)) return false;
  if (!isPlainFloat(x) || !isPlainFloat(weight) || weight.dim() != 2 || x.dim() < 2 || x.numel() == 0 ||
      weight.numel() == 0 || x.size(-1) != weight.size(1))
    return false;
  return !bias.defined() || (isPlainFloat(bias) && bias.dim() == 1 && bias.size(0) == weight.size(0));
}

// Whether LibTorch's own way is slower.
bool isSmall(const Sizes& size) {
  const int64_t weights = size.in * size.out;
  return hasGemm() && size.rows <= kMostRows && weights <= kMostWeights &&
         size.rows * weights <= kMostProducts;
}

SamPass samPass(const at::Tensor& x, const at::Tensor& weight, const Sizes& size) {
  auto factors = FactoredGradients::perturbing(weight);
  if (factors != nullptr && factors->isMoved()) return {std::move(factors), false, {}, 0};
  if (factors == nullptr) settleToRead(weight);  // it may be another name of one that is perturbed
  const auto* const collector = FactoredGradients::collecting();
  const bool hasInputGradient = x.requires_grad();
  if (collector == nullptr || !c10::GradMode::is_enabled() ||
      !collector->wants(weight, size, hasInputGradient))
    return {};
  // What depends on other weights is another input in the second pass.
  if (hasInputGradient) return {nullptr, true, {}, 0};
  return {nullptr, true, emptyCpu({size.rows, size.out}, at::kFloat), weight._version()};
}

}  // namespace

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool relu) {
  const auto byLibTorch = [&] {
    settle(weight);
    return byOperators(x, weight, bias, relu);
  };
  settleToRead(x);
  if (!suits(x, weight, bias)) return byLibTorch();
  const Sizes size = sizesOf(x, weight);
  const SamPass sam = samPass(x, weight, size);
  if (sam.factors == nullptr && !sam.givesFactors && !isSmall(size)) return byLibTorch();
  const bool recorded = c10::GradMode::is_enabled() && (x.requires_grad() || weight.requires_grad() ||
                                                        (bias.defined() && bias.requires_grad()));
  if (!recorded) return forward(x, weight, bias, relu, sam);
  const auto node = makeNode<LinearNode>(x, weight, sam);
  node->set_next_edges(bias.defined() ? torch::autograd::collect_next_edges(x, weight, bias)
                                      : torch::autograd::collect_next_edges(x, weight));
  at::Tensor y;
  {
    const at::AutoDispatchBelowADInplaceOrView plain;
    y = forward(x, weight, bias, relu, sam);
  }
  torch::autograd::set_history(y, node);
  if (relu) node->saveResult(y);
  return y;
}

}  // namespace sam
