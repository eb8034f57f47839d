#pragma once
#include <memory>
#include <unordered_set>
#include <vector>

#include "core/unsettled.h"
#include "factors.h"

namespace sam {

// A first pass of SAM needs a weight's gradient for its norm and for the perturbation only. Where a linear
// layer has few rows, both come cheaper from the gradient's factors: the weights then stay at w in memory,
// and the layers compute as if they were at w + eps. Whoever else asks for such a weight or its gradient gets
// it as it should be: see unsettled.h.
//
// The last pass's gradient may stay factors too, until its readers are there: the norm, and an optimizer that
// goes over it once.
class FactoredGradients : public Unsettled {
 public:
  ~FactoredGradients() override { release(); }

  // From here to stop(), backward passes of this thread give up the gradients of these weights as factors,
  // where that pays. Of several in a thread the last one counts.
  void collect(const std::vector<at::Tensor>& weights);
  void stop() noexcept;
  static FactoredGradients* collecting() noexcept;

  // Whether a linear layer should give up this weight's gradient.
  bool wants(const at::Tensor& weight, const LinearSizes& size, bool hasInputGradient) const;
  // Takes it, unless there is some of it already. x and d as Factors has them; `earlier` are those of a pass
  // before, if there are any.
  bool take(const at::Tensor& weight, at::Tensor x, at::Tensor d, at::Tensor product, const Factors* earlier);

  bool isEmpty() const noexcept { return factors_.empty(); }
  const std::vector<std::shared_ptr<Factors>>& all() const noexcept { return factors_; }
  // How many are a gradient that nobody has asked for.
  size_t recordedCount() const noexcept;
  const std::shared_ptr<Factors>& of(const at::Tensor& weight) const;  // null where it has none
  // The sum of |g|^2; not finite where it cannot be told well.
  double squares();
  // Those that nobody has asked for become gradients like any other.
  void settleRecorded();
  // All become gradients in memory, each at its weight's place; none are left.
  void giveTo(const std::vector<at::Tensor>& weights, std::vector<at::Tensor>& gradients);
  // Back to w, bit for bit, and no factors left.
  void release();

  // What a weight of this thread is perturbed with, if that is not in its memory.
  static std::shared_ptr<Factors> perturbing(const at::Tensor& weight) {
    return find(weight, &Factors::isPerturbed);
  }

  // Those that a weight's gradient, as far as this thread has put it off, is.
  static std::shared_ptr<Factors> recorded(const at::Tensor& weight) {
    return find(weight, &Factors::isRecorded);
  }

  void settle(const c10::StorageImpl* storage, What what) override;
  void settleAll() override;
  void dropGradient(const at::Tensor& weight) override;

 private:
  static std::shared_ptr<Factors> find(const at::Tensor& weight, bool (Factors::*is)() const noexcept);
  void count();
  void ownInputs(const c10::StorageImpl* storage);
  std::unordered_set<const c10::TensorImpl*> wanted_;
  std::vector<std::shared_ptr<Factors>> factors_;
};

}  // namespace sam
