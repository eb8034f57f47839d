// Devices: what is there, and what they hold. Everything goes through LibTorch's generic accelerator
// interface, so that the core needs no CUDA to link.
#include <ATen/Context.h>
#include <ATen/DeviceAccelerator.h>

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
  const auto accelerator = at::getAccelerator(false);
  if (!accelerator || *accelerator != type) return Napi::Number::New(info.Env(), 0);
  return Napi::Number::New(info.Env(), static_cast<double>(at::accelerator::deviceCount()));
}

Napi::Value synchronize(const Napi::CallbackInfo& info) {
  if (at::getAccelerator(false)) {
    at::accelerator::synchronizeDevice(
        static_cast<c10::DeviceIndex>(info[0].As<Napi::Number>().Int32Value()));
  }
  return info.Env().Undefined();
}

Napi::Value emptyCache(const Napi::CallbackInfo& info) {
  if (at::getAccelerator(false)) at::accelerator::emptyCache();
  return info.Env().Undefined();
}

// deviceMemory(index) -> [allocated, peak allocated, reserved, peak reserved] in bytes
Napi::Value deviceMemory(const Napi::CallbackInfo& info) {
  auto out = Napi::Array::New(info.Env(), 4);
  std::array<int64_t, 4> values{};
  if (at::getAccelerator(false)) {
    const auto stats = at::accelerator::getDeviceStats(
        static_cast<c10::DeviceIndex>(info[0].As<Napi::Number>().Int32Value()));
    values = {stats.allocated_bytes[0].current, stats.allocated_bytes[0].peak,
              stats.reserved_bytes[0].current, stats.reserved_bytes[0].peak};
  }
  for (uint32_t i = 0; i < 4; ++i) out[i] = Napi::Number::New(info.Env(), static_cast<double>(values[i]));
  return out;
}

Napi::Value resetPeakDeviceMemory(const Napi::CallbackInfo& info) {
  if (at::getAccelerator(false)) {
    at::accelerator::resetPeakStats(static_cast<c10::DeviceIndex>(info[0].As<Napi::Number>().Int32Value()));
  }
  return info.Env().Undefined();
}

}  // namespace

void initDevice(Napi::Env, Napi::Object exports) {
  define<deviceCount>(exports, "deviceCount");
  define<synchronize>(exports, "synchronize");
  define<emptyCache>(exports, "emptyCache");
  define<deviceMemory>(exports, "deviceMemory");
  define<resetPeakDeviceMemory>(exports, "resetPeakDeviceMemory");
}

}  // namespace sam
