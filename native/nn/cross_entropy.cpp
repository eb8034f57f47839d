#include "cross_entropy.h"

#include <ATen/TensorOperators.h>
#include <ATen/autocast_mode.h>
#include <ATen/ops/_log_softmax.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/scalar_tensor.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <cmath>
#include <mutex>

#include "core/direct_backward.h"
#include "core/plain_tensor.h"
#include "core/zero_tensor.h"
#include "nn/rows.h"

namespace sam {
namespace {

using torch::autograd::SavedVariable;
using torch::autograd::variable_list;

at::Tensor byOperators(const at::Tensor& logits, const at::Tensor& target,
                       const CrossEntropyRequest& request) {
  return at::cross_entropy_loss(logits, target,
                                request.weight.defined() ? std::optional(request.weight) : std::nullopt,
                                request.reduction, request.ignoreIndex, request.labelSmoothing);
}

// Calls f with a value of the logits' element type.
template <typename F>
void floatOrDouble(const at::Tensor& logits, const F& f) {
  if (logits.scalar_type() == at::kFloat) return f(float{});
  f(double{});
}

// The class numbers that count, and what each row's gradient is divided by.
struct Targets {
  const int64_t* at;
  int64_t ignored;
  bool counts(int64_t row) const { return at[row] != ignored; }
};

bool areInRange(const Targets& targets, int64_t rows, int64_t classes) {
  for (int64_t n = 0; n < rows; ++n) {
    if (targets.counts(n) && (targets.at[n] < 0 || targets.at[n] >= classes)) return false;
  }
  return true;
}

int64_t countOf(const Targets& targets, int64_t rows) {
  int64_t count = 0;
  for (int64_t n = 0; n < rows; ++n) count += targets.counts(n) ? 1 : 0;
  return count;
}

// Fewer logits take less time, number by number, than LibTorch's vectors take to set out.
constexpr int64_t kFewLogits = 4096;

// Logarithms of the softmax. For a gradient the softmax itself is kept: of few logits it is made beside them,
// of the exponentials that are there, and of more by the backward pass.
struct LogSoftmax {
  at::Tensor logs;
  at::Tensor softmax;  // undefined of many
};

LogSoftmax logSoftmax(const at::Tensor& logits) {
  if (logits.numel() > kFewLogits) return {at::_log_softmax(logits, 1, false), at::Tensor()};
  LogSoftmax out{emptyCpu(logits.sizes(), logits.scalar_type()),
                 emptyCpu(logits.sizes(), logits.scalar_type())};
  const int64_t rows = logits.size(0), classes = logits.size(1);
  floatOrDouble(logits, [&](auto type) {
    using T = decltype(type);
    const auto* from = static_cast<const T*>(logits.const_data_ptr());
    auto* log = static_cast<T*>(out.logs.mutable_data_ptr());
    auto* share = static_cast<T*>(out.softmax.mutable_data_ptr());
    for (int64_t n = 0; n < rows; ++n, from += classes, log += classes, share += classes) {
      T most = from[0];
      for (int64_t c = 1; c < classes; ++c) most = from[c] > most || std::isnan(from[c]) ? from[c] : most;
      T sum = 0;
      for (int64_t c = 0; c < classes; ++c) sum += share[c] = std::exp(from[c] - most);
      const T logOfSum = std::log(sum);
      for (int64_t c = 0; c < classes; ++c) {
        log[c] = from[c] - most - logOfSum;
        share[c] /= sum;
      }
    }
  });
  return out;
}

// -(1 - s) l[y] - s / C sum_c l_c of each row of log-probabilities l, reduced.
at::Tensor lossOf(const at::Tensor& logs, const Targets& targets, const CrossEntropyRequest& request) {
  const int64_t rows = logs.size(0), classes = logs.size(1);
  const bool reduces = request.reduction != at::Reduction::None;
  at::Tensor out = emptyCpu(reduces ? at::IntArrayRef{} : at::IntArrayRef(rows), logs.scalar_type());
  const double spread = request.labelSmoothing / static_cast<double>(classes);
  floatOrDouble(logs, [&](auto type) {
    using T = decltype(type);
    const auto* from = static_cast<const T*>(logs.const_data_ptr());
    auto* to = static_cast<T*>(out.mutable_data_ptr());
    double total = 0;
    for (int64_t n = 0; n < rows; ++n) {
      double loss = 0;
      if (targets.counts(n)) {
        const T* const row = from + n * classes;
        loss = -(1 - request.labelSmoothing) * static_cast<double>(row[targets.at[n]]);
        if (spread != 0) {
          double sum = 0;
          for (int64_t c = 0; c < classes; ++c) sum += static_cast<double>(row[c]);
          loss -= spread * sum;
        }
      }
      if (reduces) {
        total += loss;
      } else {
        to[n] = static_cast<T>(loss);
      }
    }
    if (request.reduction == at::Reduction::Mean) total /= static_cast<double>(countOf(targets, rows));
    if (reduces) to[0] = static_cast<T>(total);
  });
  return out;
}

// (softmax - (1 - s) one-hot - s / C) times the row's gradient, 0 in rows that are ignored
at::Tensor logitsGradient(const at::Tensor& softmax, const Targets& targets, const at::Tensor& grad,
                          const CrossEntropyRequest& request) {
  const int64_t rows = softmax.size(0), classes = softmax.size(1);
  at::Tensor out = emptyCpu(softmax.sizes(), softmax.scalar_type());
  const double mean =
      request.reduction == at::Reduction::Mean ? 1 / static_cast<double>(countOf(targets, rows)) : 1;
  const double spread = request.labelSmoothing / static_cast<double>(classes);
  floatOrDouble(softmax, [&](auto type) {
    using T = decltype(type);
    const auto* from = static_cast<const T*>(softmax.const_data_ptr());
    const auto* grads = static_cast<const T*>(grad.const_data_ptr());
    auto* data = static_cast<T*>(out.mutable_data_ptr());
    Parts(rows, classes).run([&](int64_t, int64_t begin, int64_t end) {
      for (int64_t n = begin; n < end; ++n) {
        T* const row = data + n * classes;
        if (!targets.counts(n)) {
          std::fill(row, row + classes, T(0));
          continue;
        }
        const auto by = static_cast<T>(static_cast<double>(grads[grad.dim() == 0 ? 0 : n]) * mean);
        const T* const shares = from + n * classes;
        for (int64_t c = 0; c < classes; ++c) row[c] = shares[c] - static_cast<T>(spread);
        row[targets.at[n]] -= static_cast<T>(1 - request.labelSmoothing);
        for (int64_t c = 0; c < classes; ++c) row[c] *= by;
      }
    });
  });
  return out;
}

// The same as a formula of differentiable operators: for double backward.
at::Tensor gradientByOperators(const at::Tensor& logits, const Targets& targets, const at::Tensor& grad,
                               const CrossEntropyRequest& request) {
  const int64_t rows = logits.size(0);
  at::Tensor expected, share;
  {
    const c10::AutoGradMode off(false);
    // What softmax is compared with: minus the gradient at a softmax of 0.
    expected =
        logitsGradient(at::zeros_like(logits), targets, at::scalar_tensor(-1, logits.options()), request);
    share = emptyCpu({rows, 1}, logits.scalar_type());
    const double mean =
        request.reduction == at::Reduction::Mean ? 1 / static_cast<double>(countOf(targets, rows)) : 1;
    floatOrDouble(logits, [&](auto type) {
      auto* const data = static_cast<decltype(type)*>(share.mutable_data_ptr());
      for (int64_t n = 0; n < rows; ++n) data[n] = static_cast<decltype(type)>(targets.counts(n) ? mean : 0);
    });
  }
  const at::Tensor each = grad.dim() == 0 ? grad : grad.unsqueeze(1);
  return (at::softmax(logits, 1) * share - expected) * each;
}

class CrossEntropyNode : public DirectNode {
 public:
  CrossEntropyNode(const at::Tensor& logits, const at::Tensor& target, CrossEntropyRequest request)
      : request_(std::move(request)), logits_(logits, false), target_(target, false) {}

  std::string name() const override { return "CrossEntropyBackward"; }
  bool isDirect() const override { return !logits_.has_hooks() && !target_.has_hooks(); }
  void save(const LogSoftmax& made) { made_ = made.softmax.defined() ? LogSoftmax{{}, made.softmax} : made; }

  void release_variables() override {
    logits_.reset_data();
    target_.reset_data();
    made_ = {};
  }

 protected:
  void forget() override {
    logits_ = SavedVariable();
    target_ = SavedVariable();
    made_ = {};
  }

  variable_list apply(variable_list&& grads) override {
    if (!grads[0].defined()) return {at::Tensor()};
    const std::lock_guard<std::mutex> lock(mutex_);
    const at::Tensor logits = logits_.unpack(), target = target_.unpack();
    const Targets targets{target.const_data_ptr<int64_t>(), request_.ignoreIndex};
    const at::Tensor grad = materialized(grads[0]).to(logits.scalar_type());
    if (c10::GradMode::is_enabled()) return {gradientByOperators(logits, targets, grad, request_)};
    const at::Tensor softmax = made_.softmax.defined() ? made_.softmax : at::exp(made_.logs);
    return {logitsGradient(softmax, targets, grad.contiguous(), request_)};
  }

 private:
  CrossEntropyRequest request_;
  SavedVariable logits_, target_;
  LogSoftmax made_;  // nobody else's; one of the two
};

// More logits than this are kept once, not twice, and the node's share of the time is small.
constexpr int64_t kMostLogits = 1 << 20;

bool suits(const at::Tensor& logits, const at::Tensor& target, const CrossEntropyRequest& request) {
  if (!isPlainCpu(logits) || !isPlainCpu(target) || request.weight.defined()) return false;
  if (logits.scalar_type() != at::kFloat && logits.scalar_type() != at::kDouble) return false;
  if (logits.dim() != 2 || logits.numel() == 0 || logits.numel() > kMostLogits || !logits.is_contiguous())
    return false;
  if (target.scalar_type() != at::kLong || target.dim() != 1 || target.size(0) != logits.size(0) ||
      !target.is_contiguous())
    return false;
  if (at::autocast::is_autocast_enabled(at::kCPU) && logits.scalar_type() == at::kDouble) return false;
  if (!(request.labelSmoothing >= 0 && request.labelSmoothing <= 1)) return false;
  return areInRange({target.const_data_ptr<int64_t>(), request.ignoreIndex}, logits.size(0), logits.size(1));
}

}  // namespace

at::Tensor crossEntropy(const at::Tensor& logits, const at::Tensor& target,
                        const CrossEntropyRequest& request) {
  if (!suits(logits, target, request)) return byOperators(logits, target, request);
  const Targets targets{target.const_data_ptr<int64_t>(), request.ignoreIndex};
  if (!c10::GradMode::is_enabled() || !logits.requires_grad())
    return lossOf(logSoftmax(logits).logs, targets, request);
  const auto node = makeNode<CrossEntropyNode>(logits, target, request);
  node->set_next_edges(torch::autograd::collect_next_edges(logits));
  at::Tensor loss;
  {
    const at::AutoDispatchBelowADInplaceOrView plain;
    const LogSoftmax made = logSoftmax(logits);
    loss = lossOf(made.logs, targets, request);
    node->save(made);
  }
  torch::autograd::set_history(loss, node);
  return loss;
}

}  // namespace sam
