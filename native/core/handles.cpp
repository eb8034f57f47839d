#include "handles.h"

#include <algorithm>
#include <string>

#include "errors.h"
#include "tape.h"
#include "unsettled.h"

namespace sam {

Handles::~Handles() {
  for (Slot& slot : slots_) {
    if (slot.weak != nullptr) napi_delete_reference(env_, slot.weak);
  }
}

double Handles::put(at::Tensor tensor) {
  size_t index = free_;
  if (free_ == kNone) {
    index = slots_.size();
    if (index >= static_cast<size_t>(kSpan))
      throw Failure("E_OOM", "[tensor] expected at most 2^26 live tensors");
    slots_.emplace_back();
  } else {
    free_ = slots_[index].nextFree;
  }
  Tape::noteNamed(tensor);
  Slot& slot = slots_[index];
  slot.tensor = std::move(tensor);
  slot.used = true;
  ++live_;
  return static_cast<double>(slot.generation) * kSpan + static_cast<double>(index);
}

size_t Handles::indexOf(double handle) const noexcept {
  if (!(handle >= kSpan) || handle > 9007199254740991.0) return SIZE_MAX;
  const auto bits = static_cast<uint64_t>(handle);
  const size_t index = bits & ((1u << 26) - 1);
  if (index >= slots_.size()) return SIZE_MAX;
  const Slot& slot = slots_[index];
  return slot.used && slot.generation == static_cast<uint32_t>(bits >> 26) ? index : SIZE_MAX;
}

const at::Tensor& Handles::unreadAt(double handle, const char* op) const {
  const size_t index = indexOf(handle);
  if (index == SIZE_MAX) {
    throw Failure(
        "E_DISPOSED",
        (op == nullptr ? "" : std::string("[") + op + "] ") +
            "expected a live tensor, got one that was disposed",
        "a tensor made inside torch.tidy() ends with it, unless it is returned or kept with torch.keep()");
  }
  return slots_[index].tensor;
}

const at::Tensor& Handles::at(double handle, const char* op) const {
  const at::Tensor& found = unreadAt(handle, op);
  settle(found);
  return found;
}

const at::Tensor& Handles::unread(const Napi::Value& value, const char* op) const {
  if (!value.IsNumber()) badArgument(std::string("[") + op + "] expected a tensor");
  return unreadAt(value.As<Napi::Number>().DoubleValue(), op);
}

const at::Tensor& Handles::tensor(const Napi::Value& value, const char* op) const {
  const at::Tensor& found = unread(value, op);
  settle(found);
  return found;
}

Napi::Value Handles::boxNew(Napi::Env env, at::Tensor tensor) {
  const size_t bytes = tensor.has_storage() ? tensor.storage().nbytes() : 0;
  const double handle = put(std::move(tensor));
  slots_[indexOf(handle)].newBytes = bytes;
  return Napi::Number::New(env, handle);
}

std::vector<at::Tensor> Handles::list(const Napi::Value& value, const char* op) const {
  auto out = unreadList(value, op);
  settle(out);
  return out;
}

std::vector<at::Tensor> Handles::listToRead(const Napi::Value& value, const char* op) const {
  auto out = unreadList(value, op);
  for (const auto& tensor : out) {
    if (tensor.defined()) settleToRead(tensor);
  }
  return out;
}

std::vector<at::Tensor> Handles::unreadList(const Napi::Value& value, const char* op) const {
  if (!value.IsArray()) badArgument(std::string("[") + op + "] expected an array of tensors");
  const auto array = value.As<Napi::Array>();
  std::vector<at::Tensor> out;
  out.reserve(array.Length());
  for (uint32_t i = 0; i < array.Length(); ++i) {
    const Napi::Value item = array[i];
    // A hole of an array passes by every map() of JavaScript.
    if (item.IsUndefined()) {
      badArgument(std::string("[") + op + "] expected an array of tensors, got undefined at " +
                  std::to_string(i));
    }
    out.push_back(item.IsNull() ? at::Tensor() : unread(item, op));
  }
  return out;
}

bool Handles::alive(double handle) const noexcept { return indexOf(handle) != SIZE_MAX; }

void Handles::track(double handle, napi_value object, size_t bytes) {
  const size_t index = indexOf(handle);
  if (index == SIZE_MAX || slots_[index].weak != nullptr) return;
  Slot& slot = slots_[index];
  if (napi_create_reference(env_, object, 0, &slot.weak) != napi_ok) return;
  slot.bytes = bytes;
  young_.push_back(static_cast<uint32_t>(index));
  ++tracked_;
  trackedBytes_ += bytes;
}

void Handles::track(double handle, napi_value object) {
  const size_t index = indexOf(handle);
  if (index == SIZE_MAX) return;
  const at::Tensor& tensor = slots_[index].tensor;
  // Where others hold the storage too, dropping this name gives nothing back.
  const bool owns = tensor.defined() && tensor.has_storage() && tensor.storage().use_count() == 1;
  track(handle, object, owns ? tensor.storage().nbytes() : slots_[index].newBytes);
}

void Handles::release(size_t index) {
  Slot& slot = slots_[index];
  // Freeing a tensor can run arbitrary code (graphs with JS functions), so the slot is consistent before it
  // goes.
  const at::Tensor last = std::move(slot.tensor);
  if (slot.weak != nullptr) {
    napi_delete_reference(env_, slot.weak);
    --tracked_;
    trackedBytes_ -= slot.bytes;
  }
  slot.tensor = at::Tensor();
  slot.weak = nullptr;
  slot.newBytes = 0;
  slot.used = false;
  if (++slot.generation >= kGenerations) slot.generation = 1;
  slot.nextFree = free_;
  free_ = static_cast<uint32_t>(index);
  --live_;
}

bool Handles::dispose(double handle) {
  const size_t index = indexOf(handle);
  if (index == SIZE_MAX) return false;
  release(index);
  return true;
}

bool Handles::isDropped(const Slot& slot) const {
  napi_value object = nullptr;
  return slot.weak != nullptr && napi_get_reference_value(env_, slot.weak, &object) == napi_ok &&
         object == nullptr;
}

void Handles::sweep(bool all) {
  // One scope per stretch: asking for a live object makes a local handle.
  constexpr size_t kStretch = 1024;
  if (all) {
    for (size_t index = 0; index < slots_.size();) {
      Napi::HandleScope scope(env_);
      for (const size_t end = index + kStretch; index < end && index < slots_.size(); ++index) {
        if (isDropped(slots_[index])) release(index);
      }
    }
    young_.clear();
    middle_.clear();
    return;
  }
  std::vector<uint32_t> candidates = std::move(middle_);
  const size_t older = candidates.size();
  candidates.insert(candidates.end(), young_.begin(), young_.end());
  young_.clear();
  middle_.clear();
  for (size_t i = 0; i < candidates.size();) {
    Napi::HandleScope scope(env_);
    for (const size_t end = i + kStretch; i < end && i < candidates.size(); ++i) {
      const Slot& slot = slots_[candidates[i]];
      if (isDropped(slot)) {
        release(candidates[i]);
      } else if (i >= older && slot.weak != nullptr) {
        middle_.push_back(candidates[i]);
      }
    }
  }
}

void Handles::rearm(bool all) noexcept {
  youngCount_ = tracked_ + kYoungCount;
  youngBytes_ = trackedBytes_ + kYoungBytes;
  if (!all) return;
  // In proportion, so that a program that keeps much is not searched again and again.
  allCount_ = tracked_ + std::max(kAllCount, tracked_ / 2);
  allBytes_ = trackedBytes_ + std::clamp(trackedBytes_ / 2, kAllBytes, kAllBytesMost);
}

}  // namespace sam
