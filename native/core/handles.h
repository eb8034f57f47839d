#pragma once
#include <cstdint>
#include <vector>

#include "aten.h"
#include "napi.h"

namespace sam {

// The tensors that JavaScript can name, one table per environment (main thread or worker).
//
// A handle is a double: slot index + 2^26 * generation. A slot's generation moves on when it is freed, so a
// stale handle is recognised for 2^27 reuses of its slot. The table owns one reference to each tensor. A
// tracked slot also holds a weak reference to its JS object, which V8 empties during a collection, so that
// sweep() can free it synchronously (finalizers would only run on a later turn of the event loop). Tensors of
// a tidy() scope are not tracked: the scope frees them, and a weak reference costs as much as a small
// operator.
class Handles {
 public:
  explicit Handles(napi_env env) : env_(env) {}
  ~Handles();
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;

  double put(at::Tensor tensor);
  Napi::Value box(Napi::Env env, at::Tensor tensor) { return Napi::Number::New(env, put(std::move(tensor))); }

  // For a result that is new: its storage counts as its own, though autograd may have saved it too.
  Napi::Value boxNew(Napi::Env env, at::Tensor tensor);

  // The tensor behind a handle, or a Failure that says it was disposed. `op` names the caller in the message.
  const at::Tensor& at(double handle, const char* op = "tensor") const;
  const at::Tensor& tensor(const Napi::Value& value, const char* op) const;
  // The same for those who do not read its memory: see unsettled.h.
  const at::Tensor& unread(const Napi::Value& value, const char* op) const;
  std::vector<at::Tensor> list(const Napi::Value& value, const char* op) const;
  // The same for those who only read them: what keeps their memory in mind need not copy it.
  std::vector<at::Tensor> listToRead(const Napi::Value& value, const char* op) const;
  bool alive(double handle) const noexcept;

  // Ties the handle to `object`: once JavaScript drops it, a sweep frees the tensor. `bytes` is what that
  // would give back.
  void track(double handle, napi_value object, size_t bytes);
  void track(double handle, napi_value object);
  bool dispose(double handle);

  // Frees tracked slots whose JS object is gone: all of them, or those made since the sweep before last,
  // which is where a minor collection finds its dead.
  void sweep(bool all);
  // Whether so much was tracked since the last sweep that JavaScript should look for what it has dropped; and
  // whether so much is still there after looking among the young that it should look everywhere. rearm()
  // moves both marks. Small steps: dropped tensors that are freed soon leave memory that is still in the
  // processor's cache.
  bool crowded() const noexcept { return tracked_ >= youngCount_ || trackedBytes_ >= youngBytes_; }
  bool strained() const noexcept { return tracked_ >= allCount_ || trackedBytes_ >= allBytes_; }
  void rearm(bool all) noexcept;

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
    size_t bytes = 0;
    size_t newBytes = 0;  // of a tensor that boxNew() took, until it is tracked
    uint32_t generation = 1;
    uint32_t nextFree = 0;
    bool used = false;
  };
  static constexpr double kSpan = 67108864.0;  // 2^26 slots
  static constexpr uint32_t kGenerations = 1u << 27;
  static constexpr uint32_t kNone = 0xffffffffu;
  static constexpr size_t kYoungCount = 1 << 11;
  static constexpr size_t kYoungBytes = 32 << 20;
  static constexpr size_t kAllCount = 1 << 16;
  static constexpr size_t kAllBytes = 64 << 20;
  static constexpr size_t kAllBytesMost = size_t{1} << 30;

  size_t indexOf(double handle) const noexcept;  // SIZE_MAX when stale
  const at::Tensor& unreadAt(double handle, const char* op) const;
  std::vector<at::Tensor> unreadList(const Napi::Value& value, const char* op) const;
  void release(size_t index);
  bool isDropped(const Slot& slot) const;

  napi_env env_;
  std::vector<Slot> slots_;
  std::vector<uint32_t> young_;   // tracked since the last sweep
  std::vector<uint32_t> middle_;  // and since the one before
  uint32_t free_ = kNone;
  size_t live_ = 0;
  size_t tracked_ = 0;
  size_t trackedBytes_ = 0;
  size_t youngCount_ = kYoungCount;
  size_t youngBytes_ = kYoungBytes;
  size_t allCount_ = kAllCount;
  size_t allBytes_ = kAllBytes;
};

}  // namespace sam
