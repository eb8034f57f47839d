#pragma once
#include <c10/core/ScalarType.h>

namespace sam {

// The name that JavaScript uses for an element type (lib/dtype.ts): "float32", "bfloat16".
const char* dtypeName(c10::ScalarType type) noexcept;

}  // namespace sam
