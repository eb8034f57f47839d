#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/aten.h"

namespace sam::data {

// A batch as the model takes it: one tensor per column, images and labels for instance.
using Batch = std::vector<at::Tensor>;

// Makes batch number `n`, on any thread; may return early with anything once `cancelled` is set.
using MakeBatch = std::function<Batch(int64_t n, const std::atomic<bool>& cancelled)>;

// Makes batches first .. last - 1 ahead of their use and gives them out in order.
//
// At most `prefetch` batches exist that nobody has taken. The threads run at lowered priority: they need a
// few per cent of one core, and the step must not wait for them. With prefetch 0 there are no threads and
// take() does the work. What a batch throws is thrown by the take() that would have returned it, and ends the
// loader.
class Loader {
 public:
  enum class Status { ready, pending, end };

  Loader(MakeBatch make, int64_t first, int64_t last, int prefetch, int threads);
  ~Loader();
  Loader(const Loader&) = delete;
  Loader& operator=(const Loader&) = delete;

  // Never blocks when there are threads: `pending` means that wait() would.
  Status take(Batch& out);
  // Blocks until take() has something else to say than `pending`; for a thread that may block.
  void wait();
  // Cancels what is being made and joins the threads: microseconds, since they look between two images.
  // Idempotent.
  void close() noexcept;

 private:
  struct Slot {
    Batch batch;
    std::exception_ptr error;
    bool full = false;
  };

  void work() noexcept;
  Slot& slotOf(int64_t n) { return slots_[static_cast<size_t>(n) % slots_.size()]; }
  bool settled() const;  // take() would not say `pending`; call with the mutex held

  const MakeBatch make_;
  const int64_t last_;
  std::atomic<bool> cancelled_{false};
  std::mutex mutex_;
  std::condition_variable space_, news_;
  std::vector<Slot> slots_;  // a ring: batch n lives in slot n mod size
  int64_t nextToMake_;
  int64_t nextToTake_;
  std::mutex joining_;
  std::vector<std::thread> threads_;
};

}  // namespace sam::data
