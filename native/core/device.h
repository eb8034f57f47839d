#pragma once
#include <ATen/DeviceAccelerator.h>

#include <optional>

#include "aten.h"

namespace sam {

// The accelerator of this machine. A LibTorch made for one says that it has it also where there is no device
// or no driver, and then throws at most questions about it.
inline std::optional<c10::DeviceType> presentAccelerator() {
  const auto found = at::getAccelerator(false);
  return found && at::accelerator::deviceCount() > 0 ? found : std::nullopt;
}

}  // namespace sam
