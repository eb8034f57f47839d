#pragma once

namespace sam {

// Whether the processor multiplies bf16 matrices by a unit of their own (AMX), so that LibTorch's bf16
// convolutions and products do. SAM_TORCH_ISA can ask for less.
bool hasMatrixUnit() noexcept;

// Whether own kernels may use it too: the system lets this process have the unit's registers (Linux gives
// them on request).
bool mayUseMatrixUnit() noexcept;

}  // namespace sam
