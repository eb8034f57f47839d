#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "napi.h"

namespace sam {

// The JS functions and values that graphs hold, by id: JavaScript keeps them in a map, native code keeps
// tokens. Shared with the tokens, which may die on another thread or after the environment.
struct Callbacks {
  std::mutex mutex;
  std::vector<double> dead;  // ids whose last token is gone; JS drains them and forgets what they stood for
  std::atomic<int64_t> live{0};
};

// A native owner of what JavaScript holds under this id.
class CallbackToken {
 public:
  CallbackToken(std::shared_ptr<Callbacks> all, double id) : all_(std::move(all)), id_(id) { ++all_->live; }
  ~CallbackToken() {
    --all_->live;
    const std::scoped_lock lock(all_->mutex);
    all_->dead.push_back(id_);
  }
  CallbackToken(const CallbackToken&) = delete;
  CallbackToken& operator=(const CallbackToken&) = delete;
  double id() const noexcept { return id_; }

 private:
  std::shared_ptr<Callbacks> all_;
  double id_;
};

std::shared_ptr<CallbackToken> callbackToken(napi_env env, double id);

// On the JS thread: calls what JavaScript holds under `id`.
Napi::Value callBack(napi_env env, double id, std::vector<napi_value> arguments);

// Whether a backward pass may call JavaScript from a thread that is not the JS thread.
bool callsFromAway(napi_env env);

void initCallbacks(Napi::Env env, Napi::Object exports);

}  // namespace sam
