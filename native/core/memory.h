#pragma once
#include <cstdint>

#include "napi.h"

namespace sam {

// True when the process has allocated enough since the last collection that JS should look for dropped tensors.
bool underPressure() noexcept;

void initMemory(Napi::Env env, Napi::Object exports);

}  // namespace sam
