#pragma once
#include <ATen/DeviceAccelerator.h>

#include <optional>

#include "aten.h"
#include "napi.h"

namespace sam {

// The accelerator of this machine. A LibTorch made for one says that it has it also where there is no device
// or no driver, and then throws at most questions about it.
inline std::optional<c10::DeviceType> presentAccelerator() {
  const auto found = at::getAccelerator(false);
  return found && at::accelerator::deviceCount() > 0 ? found : std::nullopt;
}

// The device of this number, or the current one for -1; E_DEVICE in the name of `op` for another.
c10::DeviceIndex deviceIndexOf(const Napi::Value& value, const char* op);

}  // namespace sam
