#include "loader.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#if defined(__linux__)
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#elif defined(__APPLE__)
#include <pthread/qos.h>
#elif defined(_WIN32)
#include <windows.h>
#endif

namespace sam::data {
namespace {

void lowerPriority() noexcept {
#if defined(__linux__)
  // On Linux the nice value belongs to the thread, whatever POSIX says.
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), 5);
#elif defined(__APPLE__)
  pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0);
#elif defined(_WIN32)
  SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_BELOW_NORMAL);
#endif
}

// process.exit() skips every destructor but those of statics, and a thread that allocates while LibTorch's
// own statics go would crash the exit. So the live loaders are known here and joined first: this static is
// made after LibTorch's, with the first loader, and goes before them. The set itself is never destroyed.
class LiveLoaders {
 public:
  static LiveLoaders& get() {
    static LiveLoaders* const live = new LiveLoaders();
    static const struct AtExit {
      ~AtExit() { LiveLoaders::get().closeAll(); }
    } atExit;
    return *live;
  }
  void add(Loader* loader) {
    const std::scoped_lock lock(mutex_);
    loaders_.insert(loader);
  }
  void remove(Loader* loader) noexcept {
    const std::scoped_lock lock(mutex_);
    loaders_.erase(loader);
  }

 private:
  void closeAll() noexcept {
    const std::scoped_lock lock(mutex_);
    for (Loader* loader : loaders_) loader->close();
  }
  std::mutex mutex_;
  std::unordered_set<Loader*> loaders_;
};

}  // namespace

Loader::Loader(MakeBatch make, int64_t first, int64_t last, int prefetch, int threads)
    : make_(std::move(make)), last_(last), nextToMake_(first), nextToTake_(first) {
  if (prefetch <= 0 || first >= last) return;
  slots_.resize(static_cast<size_t>(prefetch));
  const auto batches = static_cast<int64_t>(std::clamp(threads, 1, prefetch));
  LiveLoaders::get().add(this);
  try {
    for (int64_t i = 0; i < std::min(batches, last - first); ++i) threads_.emplace_back([this] { work(); });
  } catch (...) {  // no more threads to be had: the destructor will not run
    close();
    LiveLoaders::get().remove(this);
    throw;
  }
}

Loader::~Loader() {
  LiveLoaders::get().remove(this);
  close();
}

bool Loader::settled() const {
  if (cancelled_ || nextToTake_ >= last_ || slots_.empty()) return true;
  return slots_[static_cast<size_t>(nextToTake_) % slots_.size()].full;
}

Loader::Status Loader::take(Batch& out) {
  if (slots_.empty()) {
    if (cancelled_ || nextToTake_ >= last_) return Status::end;
    try {
      out = make_(nextToTake_++, cancelled_);
    } catch (...) {
      close();
      throw;
    }
    return Status::ready;
  }
  std::exception_ptr error;
  {
    const std::scoped_lock lock(mutex_);
    if (!settled()) return Status::pending;
    if (cancelled_ || nextToTake_ >= last_) return Status::end;
    Slot& slot = slotOf(nextToTake_++);
    error = std::exchange(slot.error, nullptr);
    out = std::exchange(slot.batch, {});
    slot.full = false;
  }
  if (error) {
    close();
    std::rethrow_exception(error);
  }
  space_.notify_one();
  return Status::ready;
}

void Loader::wait() {
  std::unique_lock lock(mutex_);
  news_.wait(lock, [this] { return settled(); });
}

void Loader::work() noexcept {
  lowerPriority();
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto ring = static_cast<int64_t>(slots_.size());
    space_.wait(lock, [&] { return cancelled_ || nextToMake_ >= last_ || nextToMake_ < nextToTake_ + ring; });
    if (cancelled_ || nextToMake_ >= last_) return;
    const int64_t n = nextToMake_++;
    lock.unlock();
    Batch batch;
    std::exception_ptr error;
    try {
      batch = make_(n, cancelled_);
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    Slot& slot = slotOf(n);
    slot.batch = std::move(batch);
    slot.error = std::move(error);
    slot.full = true;
    news_.notify_all();
  }
}

void Loader::close() noexcept {
  {
    const std::scoped_lock lock(mutex_);
    cancelled_ = true;
  }
  space_.notify_all();
  news_.notify_all();
  const std::scoped_lock lock(joining_);
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
  threads_.clear();
  const std::scoped_lock slots(mutex_);
  for (Slot& slot : slots_) slot = Slot{};
}

}  // namespace sam::data
