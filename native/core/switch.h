#pragma once
#include <atomic>
#include <cstdlib>
#include <cstring>

namespace sam {

// A choice for the whole process: on at first, unless the variable of that name is 0.
class Switch {
 public:
  explicit Switch(const char* variable) noexcept : on_(isOn(variable)) {}

  static bool isOn(const char* variable) noexcept {
    const char* const choice = std::getenv(variable);
    return choice == nullptr || std::strcmp(choice, "0") != 0;
  }
  bool isOn() const noexcept { return on_.load(std::memory_order_relaxed); }
  // Returns what it was.
  bool set(bool on) noexcept { return on_.exchange(on); }

 private:
  std::atomic<bool> on_;
};

}  // namespace sam
