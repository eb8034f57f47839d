// A CPU allocator that counts, so that torch.memory() and the collector know what is really held (graphs included).
#include "memory.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "addon.h"
#include "errors.h"

namespace sam {
namespace {

constexpr int64_t kStep = 64 << 20;  // collect after at least this many bytes of growth

std::atomic<int64_t> allocated{0};
std::atomic<int64_t> peak{0};
std::atomic<int64_t> trigger{kStep};

class CountingAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(size_t size) override {
    if (size == 0) return {nullptr, c10::Device(c10::DeviceType::CPU)};
    auto* base = static_cast<char*>(c10::alloc_cpu(size + kHeader));
    std::memcpy(base, &size, sizeof size);
    const int64_t now = allocated.fetch_add(static_cast<int64_t>(size)) + static_cast<int64_t>(size);
    int64_t high = peak.load(std::memory_order_relaxed);
    while (now > high && !peak.compare_exchange_weak(high, now)) {
    }
    void* data = base + kHeader;
    return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
  }
  c10::DeleterFnPtr raw_deleter() const override { return &release; }
  void copy_data(void* dest, const void* src, std::size_t count) const override { std::memcpy(dest, src, count); }

 private:
  static constexpr size_t kHeader = 64;  // keeps LibTorch's 64-byte alignment
  static void release(void* data) {
    if (data == nullptr) return;
    auto* base = static_cast<char*>(data) - kHeader;
    size_t size = 0;
    std::memcpy(&size, base, sizeof size);
    allocated.fetch_sub(static_cast<int64_t>(size));
    c10::free_cpu(base);
  }
};

void install() {
  static std::once_flag once;
  std::call_once(once, [] {
    const char* choice = std::getenv("SAM_TORCH_ALLOCATOR");
    if (choice != nullptr && std::strcmp(choice, "default") == 0) return;
    c10::SetCPUAllocator(new CountingAllocator(), 1);  // leaked on purpose: tensors outlive every environment
  });
}

// allocatedBytes() -> CPU bytes held by tensors, graphs included
Napi::Value allocatedBytes(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(allocated.load()));
}

Napi::Value peakBytes(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(peak.load()));
}

Napi::Value resetPeak(const Napi::CallbackInfo& info) {
  peak.store(allocated.load());
  return info.Env().Undefined();
}

// rearm(): after a collection, the next one is due when half as much again (at least 64 MB) has been allocated.
Napi::Value rearm(const Napi::CallbackInfo& info) {
  const int64_t now = allocated.load();
  trigger.store(now + std::max(kStep, now / 2));
  return info.Env().Undefined();
}

}  // namespace

bool underPressure() noexcept {
  return allocated.load(std::memory_order_relaxed) > trigger.load(std::memory_order_relaxed);
}

void initMemory(Napi::Env, Napi::Object exports) {
  install();
  define<allocatedBytes>(exports, "allocatedBytes");
  define<peakBytes>(exports, "peakBytes");
  define<resetPeak>(exports, "resetPeak");
  define<rearm>(exports, "rearm");
}

}  // namespace sam
