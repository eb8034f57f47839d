#pragma once
#include <cstddef>
#include <cstdint>

namespace sam {

// LibTorch's CPU memory, from the first tensor to the end of the process.
//
// Blocks of 64 KiB and more come from two pools of huge pages and stay there when freed (an activation of 32
// MiB would otherwise cost mmap, munmap and 8,192 page faults in every operator). Free neighbours join, so
// the pools hold about as much as was in use at once, whatever the sizes. What they keep is bounded by
// SAM_TORCH_CACHE_LIMIT (bytes, or with k, m, g; 0 keeps nothing), else by half of the memory that the
// process may use; it is given back when the system runs short, when an allocation fails, and when asked for.
// SAM_TORCH_ALLOCATOR=system counts as usual and keeps nothing, for tools that watch allocations;
// SAM_TORCH_ALLOCATOR=default leaves LibTorch's own allocator in place.
void installAllocator();

struct MemoryCounts {
  int64_t live;      // bytes that tensors and graphs asked for and have not freed
  int64_t peak;      // the most of them since resetPeakCount()
  int64_t cached;    // freed, kept for the next use
  int64_t reserved;  // address space of the pools
};
MemoryCounts memoryCounts();
int64_t liveBytes() noexcept;
void resetPeakCount() noexcept;

// Gives memory that is kept but not in use back to the system; returns how many bytes.
int64_t trimMemory();

}  // namespace sam
