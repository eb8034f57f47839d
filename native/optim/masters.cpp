#include "masters.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/where.h>

#include <mutex>
#include <unordered_map>

#include "core/addon.h"
#include "core/errors.h"

namespace sam {
namespace {

// Another number after every change in place, and for another storage.
int64_t stampOf(const at::Tensor& tensor) {
  const auto address = reinterpret_cast<uintptr_t>(tensor.is_meta() ? nullptr : tensor.const_data_ptr());
  return static_cast<int64_t>(tensor._version() * uint64_t{0x9E3779B97F4A7C15} + address);
}

}  // namespace

MasterWeight::MasterWeight(const at::Tensor& working, const at::Tensor& master)
    : working_(working.getIntrusivePtr()), master_(master.getIntrusivePtr()), version_(stampOf(working)) {}

at::Tensor MasterWeight::lock(const Weak& weak) {
  auto impl = weak.lock();
  if (!impl)
    throw Failure("E_DISPOSED", "[masterWeights] expected live weights, got weights that were freed");
  return at::Tensor(std::move(impl));
}

at::Tensor MasterWeight::value() {
  at::Tensor master = lock(master_);
  if (away_) return master;
  const at::Tensor working = lock(working_);
  if (stampOf(working) == version_) return master;
  const at::AutoGradMode guard(false);
  const at::Tensor now = working.detach();
  master.copy_(at::where(master.to(now.scalar_type()).eq(now), master, now.to(master.scalar_type())));
  version_ = stampOf(working);
  return master;
}

void MasterWeight::write() {
  const at::AutoGradMode guard(false);
  const at::Tensor working = lock(working_);
  working.copy_(lock(master_));
  version_ = stampOf(working);
  away_ = false;
}

namespace {

// Of the process: a tensor is one thing in all environments. Never destroyed, and owns no tensor.
struct Masters {
  std::mutex lock;
  // A weak pointer in the value keeps the address in the key from being used again.
  std::unordered_map<const void*, MasterWeight> items;

  static Masters& all() {
    static auto& masters = *new Masters;
    return masters;
  }
  void set(const at::Tensor& working, const at::Tensor& master) {
    const std::lock_guard guard(lock);
    for (auto item = items.begin(); item != items.end();) {
      item = item->second.expired() ? items.erase(item) : std::next(item);
    }
    items.insert_or_assign(working.unsafeGetTensorImpl(), MasterWeight(working, master));
  }
  void drop(const at::Tensor& working) {
    const std::lock_guard guard(lock);
    items.erase(working.unsafeGetTensorImpl());
  }
};

}  // namespace

MasterWeight* masterOf(const at::Tensor& param) {
  Masters& masters = Masters::all();
  const std::lock_guard guard(masters.lock);
  const auto found = masters.items.find(param.unsafeGetTensorImpl());
  return found == masters.items.end() ? nullptr : &found->second;
}

namespace {

// setMaster(param, master): `param` holds the master's values, rounded. Its gradients come in the master's
// dtype from here on: kernels that have them in float32 need not round, and those of several passes add up in
// float32.
Napi::Value setMaster(const Napi::CallbackInfo& info) {
  const at::Tensor working = handles(info.Env()).tensor(info[0], "masterWeights");
  const at::Tensor master = handles(info.Env()).tensor(info[1], "masterWeights");
  working.set_grad_dtype(master.scalar_type());
  Masters::all().set(working, master);
  return info.Env().Undefined();
}

// dropMaster(param): the parameter is its own again, with gradients of the dtype that it has by now.
Napi::Value dropMaster(const Napi::CallbackInfo& info) {
  const at::Tensor working = handles(info.Env()).tensor(info[0], "masterWeights");
  working.set_grad_dtype(working.scalar_type());
  Masters::all().drop(working);
  return info.Env().Undefined();
}

// syncMaster(param): the master takes over what was written into the parameter.
Napi::Value syncMaster(const Napi::CallbackInfo& info) {
  if (auto* master = masterOf(handles(info.Env()).tensor(info[0], "masterWeights"))) master->value();
  return info.Env().Undefined();
}

// writeWorking(param): the parameter takes its master's values.
Napi::Value writeWorking(const Napi::CallbackInfo& info) {
  if (auto* master = masterOf(handles(info.Env()).tensor(info[0], "masterWeights"))) master->write();
  return info.Env().Undefined();
}

}  // namespace

void initMasters(Napi::Env, Napi::Object exports) {
  define<setMaster>(exports, "setMaster");
  define<dropMaster>(exports, "dropMaster");
  define<syncMaster>(exports, "syncMaster");
  define<writeWorking>(exports, "writeWorking");
}

}  // namespace sam
