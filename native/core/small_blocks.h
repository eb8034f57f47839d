#pragma once
#include <cstddef>

namespace sam {

// Blocks below 64 KiB, aligned to 64 bytes, from the C library. Each thread keeps some of those it has freed,
// so that the usual small tensor costs neither a lock nor an aligned allocation (100 ns and more in glibc). A
// block may be freed by any thread. The C library's settings belong to the process and are left alone.
constexpr size_t kSmallLimit = size_t{64} << 10;

// `capacity` is set to what the block really holds; takeSmall() gives nullptr when there is no memory.
void* takeSmall(size_t bytes, size_t& capacity) noexcept;
void giveSmall(void* block, size_t capacity) noexcept;

}  // namespace sam
