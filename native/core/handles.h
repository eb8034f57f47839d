#pragma once
#include <cstdint>
#include <vector>

#include "aten.h"
#include "napi.h"

namespace sam {

// The tensors that JavaScript can name, one table per environment (main thread or worker).
//
// A handle is a double: slot index + 2^26 * generation. A slot's generation moves on when it is freed, so a stale handle
// is recognised for 2^27 reuses of its slot. The table owns one reference to each tensor; a tracked slot also holds a
// weak reference to its JS object, which V8 empties during a collection, so that sweep() can free it synchronously
// (finalizers would only run on a later turn of the event loop).
class Handles {
 public:
  explicit Handles(napi_env env) : env_(env) {}
  ~Handles();
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;

  double put(at::Tensor tensor);
  Napi::Value box(Napi::Env env, at::Tensor tensor) { return Napi::Number::New(env, put(std::move(tensor))); }

  // The tensor behind a handle, or a Failure that says it was disposed. `op` names the caller in the message.
  const at::Tensor& at(double handle, const char* op = "tensor") const;
  const at::Tensor& tensor(const Napi::Value& value, const char* op) const;
  std::vector<at::Tensor> list(const Napi::Value& value, const char* op) const;
  bool alive(double handle) const noexcept;

  // Puts another tensor behind a live handle: `x.data = y`.
  void replace(double handle, at::Tensor tensor, const char* op);

  void track(double handle, napi_value object);
  bool dispose(double handle);
  // Frees every tracked slot whose JS object is gone; returns how many.
  size_t sweep();

  size_t live() const noexcept { return live_; }
  template <typename F>
  void each(F&& f) const {
    for (const Slot& slot : slots_) {
      if (slot.used) f(slot.tensor);
    }
  }

 private:
  struct Slot {
    at::Tensor tensor;
    napi_ref weak = nullptr;
    uint32_t generation = 1;
    uint32_t nextFree = 0;
    bool used = false;
  };
  static constexpr double kSpan = 67108864.0;  // 2^26 slots
  static constexpr uint32_t kGenerations = 1u << 27;
  static constexpr uint32_t kNone = 0xffffffffu;

  size_t indexOf(double handle) const noexcept;  // SIZE_MAX when stale
  void release(size_t index);

  napi_env env_;
  std::vector<Slot> slots_;
  uint32_t free_ = kNone;
  size_t live_ = 0;
};

}  // namespace sam
