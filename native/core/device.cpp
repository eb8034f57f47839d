// Devices: what is there, and what they hold. Everything goes through LibTorch's generic accelerator
// interface, so that the core needs no CUDA to link.
#include "device.h"

#include <ATen/Context.h>

#include <array>
#include <optional>
#include <string>

#include "addon.h"
#include "aten.h"

namespace sam {
namespace {

// deviceCount(type): 0 where LibTorch has no such backend or the machine no such device
Napi::Value deviceCount(const Napi::CallbackInfo& info) {
  const auto type = static_cast<c10::DeviceType>(info[0].As<Napi::Number>().Int32Value());
  if (type == c10::DeviceType::CPU) return Napi::Number::New(info.Env(), 1);
  if (type == c10::DeviceType::CUDA && !at::globalContext().hasCUDA())
    return Napi::Number::New(info.Env(), 0);
  const auto accelerator = presentAccelerator();
  if (!accelerator || *accelerator != type) return Napi::Number::New(info.Env(), 0);
  return Napi::Number::New(info.Env(), static_cast<double>(at::accelerator::deviceCount()));
}

// The accelerator, ready for questions; nothing where there is none.
std::optional<c10::DeviceType> ready() {
  const auto found = presentAccelerator();
  if (found) at::globalContext().lazyInitDevice(*found);  // the allocator knows no device before
  return found;
}

// synchronize(index): does nothing without an accelerator, since nothing is under way then
Napi::Value synchronize(const Napi::CallbackInfo& info) {
  if (ready()) at::accelerator::synchronizeDevice(deviceIndexOf(info[0], "cuda.synchronize"));
  return info.Env().Undefined();
}

Napi::Value emptyCache(const Napi::CallbackInfo& info) {
  if (ready()) at::accelerator::emptyCache();
  return info.Env().Undefined();
}

// deviceMemory(index) -> [allocated, peak allocated, reserved, peak reserved] in bytes; zeros without an
// accelerator
Napi::Value deviceMemory(const Napi::CallbackInfo& info) {
  auto out = Napi::Array::New(info.Env(), 4);
  std::array<int64_t, 4> values{};
  if (ready()) {
    const auto stats = at::accelerator::getDeviceStats(deviceIndexOf(info[0], "cuda.memoryAllocated"));
    values = {stats.allocated_bytes[0].current, stats.allocated_bytes[0].peak,
              stats.reserved_bytes[0].current, stats.reserved_bytes[0].peak};
  }
  for (uint32_t i = 0; i < 4; ++i) out[i] = Napi::Number::New(info.Env(), static_cast<double>(values[i]));
  return out;
}

Napi::Value resetPeakDeviceMemory(const Napi::CallbackInfo& info) {
  if (ready()) at::accelerator::resetPeakStats(deviceIndexOf(info[0], "cuda.resetPeakMemoryStats"));
  return info.Env().Undefined();
}

// deviceMemoryInfo(index) -> [free, total] bytes of the device, whoever uses the rest
Napi::Value deviceMemoryInfo(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "cuda.memGetInfo";
  if (!ready()) {
    throw Failure("E_DEVICE", "[cuda.memGetInfo] expected a CUDA device, got none",
                  "torch.cuda.isAvailable() tells whether there is one");
  }
  const auto [free, total] = at::accelerator::getMemoryInfo(deviceIndexOf(info[0], kOp));
  auto out = Napi::Array::New(info.Env(), 2);
  out[0u] = Napi::Number::New(info.Env(), static_cast<double>(free));
  out[1u] = Napi::Number::New(info.Env(), static_cast<double>(total));
  return out;
}

}  // namespace

c10::DeviceIndex deviceIndexOf(const Napi::Value& value, const char* op) {
  const int index = value.As<Napi::Number>().Int32Value();
  if (index == -1) return at::accelerator::getDeviceIndex();
  const int count = at::accelerator::deviceCount();
  if (index >= 0 && index < count) return static_cast<c10::DeviceIndex>(index);
  throw Failure("E_DEVICE",
                std::string("[") + op + "] expected a device from 0 to " + std::to_string(count - 1) +
                    ", got " + std::to_string(index),
                "torch.cuda.deviceCount() tells how many there are");
}

void initDevice(Napi::Env, Napi::Object exports) {
  define<deviceCount>(exports, "deviceCount");
  define<synchronize>(exports, "synchronize");
  define<emptyCache>(exports, "emptyCache");
  define<deviceMemory>(exports, "deviceMemory");
  define<resetPeakDeviceMemory>(exports, "resetPeakDeviceMemory");
  define<deviceMemoryInfo>(exports, "deviceMemoryInfo");
}

}  // namespace sam
