// What JavaScript asks about memory, and when it should look for tensors that it has dropped.
#include "memory.h"

#include <algorithm>
#include <atomic>

#include "addon.h"
#include "allocator.h"
#include "errors.h"

namespace sam {
namespace {

constexpr int64_t kStep = 64 << 20;  // collect after at least this many bytes of growth

std::atomic<int64_t> trigger{kStep};

template <int64_t MemoryCounts::* field>
Napi::Value counted(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(memoryCounts().*field));
}

Napi::Value resetPeak(const Napi::CallbackInfo& info) {
  resetPeakCount();
  return info.Env().Undefined();
}

// trimMemory() -> bytes that went back to the system
Napi::Value trim(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(trimMemory()));
}

// rearm(): after a collection, the next one is due when half as much again (at least 64 MB) has been allocated.
Napi::Value rearm(const Napi::CallbackInfo& info) {
  const int64_t now = liveBytes();
  trigger.store(now + std::max(kStep, now / 2));
  return info.Env().Undefined();
}

}  // namespace

bool underPressure() noexcept {
  return liveBytes() > trigger.load(std::memory_order_relaxed);
}

void initMemory(Napi::Env, Napi::Object exports) {
  installAllocator();
  define<counted<&MemoryCounts::live>>(exports, "allocatedBytes");
  define<counted<&MemoryCounts::peak>>(exports, "peakBytes");
  define<counted<&MemoryCounts::cached>>(exports, "cachedBytes");
  define<counted<&MemoryCounts::reserved>>(exports, "reservedBytes");
  define<trim>(exports, "trimMemory");
  define<resetPeak>(exports, "resetPeak");
  define<rearm>(exports, "rearm");
}

}  // namespace sam
