#pragma once
#include <atomic>
#include <cstddef>
#include <vector>

#include "aten.h"

namespace sam {

// Tensors that stand for more than is in their memory, or in their gradient, because the work was put off and
// may turn out to be unnecessary (nn/factored_gradients.h). Whoever gives a tensor away calls settle()
// before (settleToRead() where it is only read), whoever reads its gradient settleGradient(), so that nobody
// can see the difference. Memory that is only kept in mind for later is among them: it is copied before
// someone may write to it.
class Unsettled {
 public:
  Unsettled() = default;
  virtual ~Unsettled() { leave(); }
  Unsettled(const Unsettled&) = delete;
  Unsettled& operator=(const Unsettled&) = delete;

  enum class What { kMemory, kReadMemory, kGradient };
  // Does the work that was put off for whatever has this storage; nothing where it knows none.
  virtual void settle(const c10::StorageImpl* storage, What what) = 0;
  virtual void settleAll() = 0;
  // This tensor's gradient is given up, whatever of it was put off with it.
  virtual void dropGradient(const at::Tensor& tensor) = 0;

  static bool any() noexcept { return waiting_.load(std::memory_order_relaxed) != 0; }
  // Ask all of this thread.
  static void settleEverywhere(const at::Tensor& tensor, What what);
  static void settleAllEverywhere();
  static void dropGradientEverywhere(const at::Tensor& tensor);

 protected:
  // Those of this thread between enter() and leave(), whom settle() asks; `count` says how many tensors wait.
  static const std::vector<Unsettled*>& ofThisThread();
  void enter();
  void leave() noexcept;
  void setCount(size_t count) noexcept;

 private:
  size_t count_ = 0;
  static std::atomic<size_t> waiting_;  // of all threads: one load where nothing waits, which is always but
                                        // for steps of SAM
};

inline void settle(const at::Tensor& tensor) {
  if (Unsettled::any()) [[unlikely]]
    Unsettled::settleEverywhere(tensor, Unsettled::What::kMemory);
}

// All that are there.
inline void settle(const std::vector<at::Tensor>& tensors) {
  for (const auto& tensor : tensors) {
    if (tensor.defined()) settle(tensor);
  }
}

inline void settleToRead(const at::Tensor& tensor) {
  if (Unsettled::any()) [[unlikely]]
    Unsettled::settleEverywhere(tensor, Unsettled::What::kReadMemory);
}

inline void settleGradient(const at::Tensor& tensor) {
  if (Unsettled::any()) [[unlikely]]
    Unsettled::settleEverywhere(tensor, Unsettled::What::kGradient);
}

// Before it is replaced
inline void dropGradient(const at::Tensor& tensor) {
  if (Unsettled::any()) [[unlikely]]
    Unsettled::dropGradientEverywhere(tensor);
}

// For readers that hold tensors which nobody has given them now: modules of TorchScript.
inline void settleAll() {
  if (Unsettled::any()) [[unlikely]]
    Unsettled::settleAllEverywhere();
}

}  // namespace sam
