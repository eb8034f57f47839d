#pragma once
#include <atomic>

namespace sam {

class Tape;  // tape.h

// A native function, from its entry to its end, for a tape that records on this thread. Where none does it
// costs one load.
class TapeEntry {
 public:
  // `name` lives on; null stands for a function that notes itself whatever it is called.
  explicit TapeEntry(const char* name) noexcept {
    if (open_.load(std::memory_order_relaxed) != 0) [[unlikely]]
      enter(name);
  }
  ~TapeEntry() {
    if (tape_ != nullptr) [[unlikely]]
      leave();
  }
  TapeEntry(const TapeEntry&) = delete;
  TapeEntry& operator=(const TapeEntry&) = delete;

  // Whether any thread records.
  static bool isAnyOpen() noexcept { return open_.load(std::memory_order_relaxed) != 0; }

 private:
  friend class Tape;
  void enter(const char* name) noexcept;
  void leave() noexcept;
  static inline std::atomic<int> open_{0};  // tapes that record, of all threads
  Tape* tape_ = nullptr;
};

}  // namespace sam
