#pragma once
#include <cstdint>

namespace sam {

// Bytes of memory this process may use in all (physical memory, or the control group's limit if that is
// lower), and how many of them are left now. 0 where the system does not tell.
int64_t totalMemory();
int64_t availableMemory();

}  // namespace sam
