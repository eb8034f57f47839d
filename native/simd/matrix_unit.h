#pragma once

namespace sam {

// Whether the processor multiplies bf16 matrices by a unit of their own (AMX), so that LibTorch's bf16
// convolutions and products do.
bool hasMatrixUnit() noexcept;

// Whether kernels here may use it too: the kernel lets this process have the unit's registers (Linux gives
// them on request), and SAM_TORCH_ISA does not ask for less.
bool mayUseMatrixUnit() noexcept;

}  // namespace sam
