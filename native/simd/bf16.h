#pragma once
#include <cstdint>

namespace sam {

// A bf16 number's bits: the upper half of a float. Plain, so that kernels need nothing of LibTorch.
struct Bf16 {
  uint16_t bits;
};

}  // namespace sam
