#include "unsettled.h"

#include <algorithm>
#include <vector>

namespace sam {
namespace {

std::vector<Unsettled*>& ofThisThread() {
  thread_local std::vector<Unsettled*> list;
  return list;
}

}  // namespace

std::atomic<size_t> Unsettled::waiting_{0};

void Unsettled::enter() {
  leave();
  ofThisThread().push_back(this);
}

void Unsettled::leave() noexcept {
  setCount(0);
  std::erase(ofThisThread(), this);
}

void Unsettled::setCount(size_t count) noexcept {
  waiting_ += count;
  waiting_ -= count_;
  count_ = count;
}

void unsettled::settle(const at::Tensor& tensor, Unsettled::What what) {
  if (!tensor.defined() || !tensor.has_storage()) return;
  const c10::StorageImpl* const storage = tensor.storage().unsafeGetStorageImpl();
  for (Unsettled* const one : ofThisThread()) one->settle(storage, what);
}

void unsettled::settleAll() {
  for (Unsettled* const one : ofThisThread()) one->settleAll();
}

}  // namespace sam
