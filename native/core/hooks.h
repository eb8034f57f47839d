#pragma once
#include <memory>
#include <mutex>
#include <vector>

#include "napi.h"

namespace sam {

// Ids of hooks whose last native owner is gone; JS drains them and forgets its functions. Shared with the
// hooks themselves, which may die on another thread or after the environment.
struct DeadHooks {
  std::mutex mutex;
  std::vector<double> ids;
};

// A native owner of the JS function with this id.
class HookToken {
 public:
  HookToken(std::shared_ptr<DeadHooks> dead, double id) : dead_(std::move(dead)), id_(id) {}
  ~HookToken() {
    const std::scoped_lock lock(dead_->mutex);
    dead_->ids.push_back(id_);
  }
  HookToken(const HookToken&) = delete;
  HookToken& operator=(const HookToken&) = delete;
  double id() const noexcept { return id_; }

 private:
  std::shared_ptr<DeadHooks> dead_;
  double id_;
};

void initHooks(Napi::Env env, Napi::Object exports);

}  // namespace sam
