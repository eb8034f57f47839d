#pragma once
#include <cstdint>
#include <memory>
#include <unordered_map>

namespace sam {

// Native objects that JavaScript names by number: one registry per environment and kind. An id is never used
// twice.
template <typename T>
class Registry {
 public:
  double add(std::shared_ptr<T> object) {
    items_.emplace(next_, std::move(object));
    return static_cast<double>(next_++);
  }
  std::shared_ptr<T> find(double id) const {
    const auto found = items_.find(static_cast<int64_t>(id));
    return found == items_.end() ? nullptr : found->second;
  }
  void remove(double id) { items_.erase(static_cast<int64_t>(id)); }

 private:
  std::unordered_map<int64_t, std::shared_ptr<T>> items_;
  int64_t next_ = 1;
};

}  // namespace sam
