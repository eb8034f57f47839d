// What JavaScript asks about memory, and what happens when there is none left.
#include "memory.h"

#include <new>
#include <unordered_map>
#include <unordered_set>

#include "addon.h"
#include "allocator.h"
#include "aten.h"
#include "device.h"

namespace sam {
namespace {

template <int64_t MemoryCounts::*field>
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

// sweep(all) frees what JavaScript has dropped, as far as V8 has noticed: everywhere, or among the tensors
// made lately.
Napi::Value sweep(const Napi::CallbackInfo& info) {
  handles(info.Env()).sweep(info[0].ToBoolean());
  return info.Env().Undefined();
}

// isCrowded(everywhere) -> whether there is still much that JavaScript may have dropped, lately or at all
Napi::Value isCrowded(const Napi::CallbackInfo& info) {
  const auto& table = handles(info.Env());
  return Napi::Boolean::New(info.Env(), info[0].ToBoolean() ? table.strained() : table.crowded());
}

// rearm(all): a collection, full or not, has done what it can; the next one is due after growth.
Napi::Value rearm(const Napi::CallbackInfo& info) {
  handles(info.Env()).rearm(info[0].ToBoolean());
  return info.Env().Undefined();
}

// setCollector(() => void): collects JavaScript's garbage and sweeps
Napi::Value setCollector(const Napi::CallbackInfo& info) {
  if (!info[0].IsFunction()) badArgument("[setCollector] expected a function");
  addon(info.Env()).collector = Napi::Persistent(info[0].As<Napi::Function>());
  return info.Env().Undefined();
}

// liveTensors() -> [count, deviceCode, bytes, ...]: bytes of distinct storages that live handles reach, per
// device
Napi::Value liveTensors(const Napi::CallbackInfo& info) {
  const auto& table = handles(info.Env());
  std::unordered_set<const void*> seen;
  std::unordered_map<int, double> bytes;
  table.each([&](const at::Tensor& tensor) {
    if (!tensor.defined() || !tensor.has_storage()) return;
    const auto* storage = tensor.storage().unsafeGetStorageImpl();
    if (!seen.insert(storage).second) return;
    const auto where = tensor.device();
    bytes[static_cast<int>(where.type()) * 256 + where.index() + 1] += static_cast<double>(storage->nbytes());
  });
  auto out = Napi::Array::New(info.Env());
  uint32_t n = 0;
  out[n++] = Napi::Number::New(info.Env(), static_cast<double>(table.live()));
  for (const auto& [code, size] : bytes) {
    out[n++] = Napi::Number::New(info.Env(), code);
    out[n++] = Napi::Number::New(info.Env(), size);
  }
  return out;
}

}  // namespace

void reclaim(napi_env env) {
  auto& self = addon(env);
  Napi::HandleScope scope(env);
  if (!self.collector.IsEmpty()) self.collector.Call({});
  trimMemory();
  if (presentAccelerator()) at::accelerator::emptyCache();
}

bool isOutOfMemory(std::exception_ptr error) noexcept {
  try {
    std::rethrow_exception(std::move(error));
  } catch (const c10::OutOfMemoryError&) {
    return true;
  } catch (const std::bad_alloc&) {
    return true;
  } catch (const c10::Error& other) {
    return std::string(other.what_without_backtrace()).find("not enough memory") != std::string::npos;
  } catch (...) {
    return false;
  }
}

void initMemory(Napi::Env, Napi::Object exports) {
  installAllocator();
  define<counted<&MemoryCounts::live>>(exports, "allocatedBytes");
  define<counted<&MemoryCounts::peak>>(exports, "peakBytes");
  define<counted<&MemoryCounts::cached>>(exports, "cachedBytes");
  define<counted<&MemoryCounts::reserved>>(exports, "reservedBytes");
  define<trim>(exports, "trimMemory");
  define<resetPeak>(exports, "resetPeak");
  define<sweep>(exports, "sweep");
  define<isCrowded>(exports, "isCrowded");
  define<rearm>(exports, "rearm");
  define<setCollector>(exports, "setCollector");
  define<liveTensors>(exports, "liveTensors");
}

}  // namespace sam
