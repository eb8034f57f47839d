#include "unsettled.h"

#include <algorithm>

namespace sam {
namespace {

std::vector<Unsettled*>& list() {
  thread_local std::vector<Unsettled*> all;
  return all;
}

}  // namespace

std::atomic<size_t> Unsettled::waiting_{0};

const std::vector<Unsettled*>& Unsettled::ofThisThread() { return list(); }

void Unsettled::enter() {
  leave();
  list().push_back(this);
}

void Unsettled::leave() noexcept {
  setCount(0);
  std::erase(list(), this);
}

void Unsettled::setCount(size_t count) noexcept {
  waiting_ += count;
  waiting_ -= count_;
  count_ = count;
}

void Unsettled::settleEverywhere(const at::Tensor& tensor, What what) {
  if (!tensor.defined() || !tensor.has_storage()) return;
  const c10::StorageImpl* const storage = tensor.storage().unsafeGetStorageImpl();
  for (Unsettled* const one : ofThisThread()) one->settle(storage, what);
}

void Unsettled::settleAllEverywhere() {
  for (Unsettled* const one : ofThisThread()) one->settleAll();
}

void Unsettled::dropGradientEverywhere(const at::Tensor& tensor) {
  for (Unsettled* const one : ofThisThread()) one->dropGradient(tensor);
}

}  // namespace sam
