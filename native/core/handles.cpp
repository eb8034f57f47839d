#include "handles.h"

#include <string>

#include "errors.h"

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
    if (index >= static_cast<size_t>(kSpan)) throw Failure("E_OOM", "[tensor] expected at most 2^26 live tensors");
    slots_.emplace_back();
  } else {
    free_ = slots_[index].nextFree;
  }
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

const at::Tensor& Handles::at(double handle, const char* op) const {
  const size_t index = indexOf(handle);
  if (index == SIZE_MAX) {
    throw Failure("E_DISPOSED", std::string("[") + op + "] expected a live tensor, got one that was disposed",
                  "a tensor made inside torch.tidy() ends with it, unless it is returned or kept with torch.keep()");
  }
  return slots_[index].tensor;
}

const at::Tensor& Handles::tensor(const Napi::Value& value, const char* op) const {
  if (!value.IsNumber()) badArgument(std::string("[") + op + "] expected a tensor");
  return at(value.As<Napi::Number>().DoubleValue(), op);
}

std::vector<at::Tensor> Handles::list(const Napi::Value& value, const char* op) const {
  if (!value.IsArray()) badArgument(std::string("[") + op + "] expected an array of tensors");
  const auto array = value.As<Napi::Array>();
  std::vector<at::Tensor> out;
  out.reserve(array.Length());
  for (uint32_t i = 0; i < array.Length(); ++i) {
    const Napi::Value item = array[i];
    out.push_back(item.IsNull() || item.IsUndefined() ? at::Tensor() : tensor(item, op));
  }
  return out;
}

bool Handles::alive(double handle) const noexcept { return indexOf(handle) != SIZE_MAX; }

void Handles::replace(double handle, at::Tensor tensor, const char* op) {
  this->at(handle, op);
  slots_[indexOf(handle)].tensor = std::move(tensor);
}

void Handles::track(double handle, napi_value object) {
  const size_t index = indexOf(handle);
  if (index == SIZE_MAX || slots_[index].weak != nullptr) return;
  napi_create_reference(env_, object, 0, &slots_[index].weak);
}

void Handles::release(size_t index) {
  Slot& slot = slots_[index];
  // Freeing a tensor can run arbitrary code (autograd graphs with JS hooks), so the slot is consistent before it goes.
  const at::Tensor last = std::move(slot.tensor);
  if (slot.weak != nullptr) napi_delete_reference(env_, slot.weak);
  slot.tensor = at::Tensor();
  slot.weak = nullptr;
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

size_t Handles::sweep() {
  size_t freed = 0;
  for (size_t index = 0; index < slots_.size();) {
    Napi::HandleScope scope(env_);  // one scope per stretch: asking for a live object makes a local handle
    const size_t end = std::min(slots_.size(), index + 1024);
    for (; index < end; ++index) {
      if (slots_[index].weak == nullptr) continue;
      napi_value object = nullptr;
      if (napi_get_reference_value(env_, slots_[index].weak, &object) != napi_ok || object != nullptr) continue;
      release(index);
      ++freed;
    }
  }
  return freed;
}

}  // namespace sam
