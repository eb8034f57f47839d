#include "factored_gradients.h"

#include <algorithm>
#include <utility>

namespace sam {
namespace {

// Whether two passes with the factors are well below two with the gradient, in products of a number by a
// number. An input without a gradient is the data, most likely the same in both passes: then the second
// forward product is saved as well. Otherwise the weights' passes through memory are, which weigh like some
// 50 rows.
bool pays(const LinearSizes& size, bool hasInputGradient) {
  constexpr int64_t kFewestWeights = int64_t{1} << 14;  // less is done in no time
  const int64_t weights = size.in * size.out;
  if (weights < kFewestWeights) return false;
  if (!hasInputGradient) return size.rows * (size.in + 2 * size.out) <= weights;
  return 3 * size.rows * (size.in + size.out) <= weights;
}

}  // namespace

void FactoredGradients::collect(const std::vector<at::Tensor>& weights) {
  release();
  for (const at::Tensor& weight : weights) wanted_.insert(weight.unsafeGetTensorImpl());
  if (wanted_.empty()) return;
  enter();
}

void FactoredGradients::stop() noexcept { wanted_.clear(); }

FactoredGradients* FactoredGradients::collecting() noexcept {
  const auto& all = ofThisThread();
  for (auto at = all.rbegin(); at != all.rend(); ++at) {
    auto* const one = dynamic_cast<FactoredGradients*>(*at);
    if (one != nullptr && !one->wanted_.empty()) return one;
  }
  return nullptr;
}

bool FactoredGradients::wants(const at::Tensor& weight, const LinearSizes& size,
                              bool hasInputGradient) const {
  return wanted_.count(weight.unsafeGetTensorImpl()) != 0 && pays(size, hasInputGradient);
}

bool FactoredGradients::take(const at::Tensor& weight, at::Tensor x, at::Tensor d, at::Tensor product,
                             const Factors* earlier) {
  if (weight.grad().defined()) return false;
  if (of(weight) != nullptr) {  // used twice: gradients add up, factors do not
    settle(weight.storage().unsafeGetStorageImpl(), What::kGradient);
    return false;
  }
  factors_.push_back(std::make_shared<Factors>(weight, std::move(x), std::move(d), std::move(product)));
  if (earlier != nullptr) factors_.back()->adoptGram(*earlier);
  count();
  return true;
}

const std::shared_ptr<Factors>& FactoredGradients::of(const at::Tensor& weight) const {
  static const std::shared_ptr<Factors> kNone;
  const auto found = std::find_if(factors_.begin(), factors_.end(),
                                  [&](const auto& factors) { return factors->weight().is_same(weight); });
  return found == factors_.end() ? kNone : *found;
}

size_t FactoredGradients::recordedCount() const noexcept {
  return static_cast<size_t>(std::count_if(factors_.begin(), factors_.end(),
                                           [](const auto& factors) { return factors->isRecorded(); }));
}

double FactoredGradients::squares() {
  double sum = 0;
  for (const auto& factors : factors_) sum += factors->square();
  return sum;
}

void FactoredGradients::settleRecorded() {
  for (const auto& factors : factors_) {
    if (factors->isRecorded()) factors->settle();
  }
  count();
}

void FactoredGradients::release() {
  stop();
  for (const auto& factors : std::exchange(factors_, {})) {
    // It is written to, and may be the input that other factors share.
    if (factors->isInMemory()) sam::settle(factors->weight());
    factors->restore();
  }
  leave();
}

std::shared_ptr<Factors> FactoredGradients::find(const at::Tensor& weight,
                                                 bool (Factors::*is)() const noexcept) {
  if (!any()) return nullptr;
  for (const Unsettled* const all : ofThisThread()) {
    const auto* const one = dynamic_cast<const FactoredGradients*>(all);
    if (one == nullptr) continue;
    const auto& factors = one->of(weight);
    if (factors != nullptr && (*factors.*is)()) return factors;
  }
  return nullptr;
}

void FactoredGradients::dropGradient(const at::Tensor& weight) {
  const std::shared_ptr<Factors> factors = of(weight);
  if (factors == nullptr || !factors->isRecorded()) return;
  factors->drop();
  count();
}

void FactoredGradients::settle(const c10::StorageImpl* storage, What what) {
  bool changed = false;
  if (what == What::kMemory) ownInputs(storage);
  for (const auto& factors : factors_) {
    if (factors->storage() != storage || factors->isSettled()) continue;
    if (factors->isPerturbed() == (what == What::kGradient)) {
      if (what == What::kMemory) factors->forgetProduct();  // whoever has the weight may write to it
      continue;
    }
    if (factors->isPerturbed()) ownInputs(storage);
    factors->settle();
    changed = true;
  }
  if (changed) count();
}

void FactoredGradients::ownInputs(const c10::StorageImpl* storage) {
  for (const auto& factors : factors_) {
    if (!factors->isSettled() && factors->sharesInput(storage)) factors->ownInput();
  }
}

void FactoredGradients::settleAll() {
  for (const auto& factors : factors_) {
    if (!factors->isSettled()) factors->ownInput();
  }
  for (const auto& factors : factors_) factors->settle();
  count();
}

void FactoredGradients::count() {
  // A gradient that has been added up needs nothing more; weights at w + eps have to come back.
  std::erase_if(factors_, [](const auto& factors) { return factors->isOver(); });
  setCount(static_cast<size_t>(std::count_if(factors_.begin(), factors_.end(),
                                             [](const auto& factors) { return !factors->isSettled(); })));
}

void FactoredGradients::giveTo(const std::vector<at::Tensor>& weights, std::vector<at::Tensor>& gradients) {
  for (size_t i = 0; i < weights.size(); ++i) {
    if (const auto& factors = of(weights[i])) gradients[i] = factors->gradient();
  }
  release();
}

}  // namespace sam
