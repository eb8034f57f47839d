#include "small_blocks.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>

#if defined(_WIN32)
#include <malloc.h>
#endif

namespace sam {
namespace {

// Classes: multiples of 64 up to 1 KiB, then four per doubling, so that at most a fifth is wasted.
constexpr size_t kFine = 16;
constexpr size_t kClasses = kFine + 4 * 6;
constexpr size_t kKeptPerClass = size_t{128}
                                 << 10;  // bytes a thread keeps of one class: 5 MiB a thread at the very most

size_t classOf(size_t bytes) {
  if (bytes <= kFine * 64) return (bytes + 63) / 64 - 1;
  const size_t doubling =
      static_cast<size_t>(std::bit_width(bytes - 1)) - 1;  // 2^doubling < bytes <= 2^(doubling + 1)
  return kFine + (doubling - 10) * 4 + ((bytes - 1 - (size_t{1} << doubling)) >> (doubling - 2));
}

size_t capacityOf(size_t sizeClass) {
  if (sizeClass < kFine) return (sizeClass + 1) * 64;
  const size_t doubling = 10 + (sizeClass - kFine) / 4;
  return (size_t{1} << doubling) + (((sizeClass - kFine) % 4 + 1) << (doubling - 2));
}

void* fromLibrary(size_t bytes) noexcept {
#if defined(_WIN32)
  return _aligned_malloc(bytes, 64);
#else
  void* block = nullptr;
  return posix_memalign(&block, 64, bytes) == 0 ? block : nullptr;
#endif
}

void toLibrary(void* block) noexcept {
#if defined(_WIN32)
  _aligned_free(block);
#else
  std::free(block);
#endif
}

struct FreeBlock {
  FreeBlock* next;
};
struct List {
  FreeBlock* first;
  size_t count;
};

// Needs no construction, so that it works from a thread's first moment to its last.
struct Kept {
  std::array<List, kClasses> lists;
  bool armed;  // the thread will call close() when it ends
  bool closed;
};
thread_local constinit Kept kept{};

// Other objects of an ending thread may still free blocks after this one is gone: those go to the library.
struct Closer {
  ~Closer() {
    kept.closed = true;
    for (List& list : kept.lists) {
      while (list.first != nullptr) {
        FreeBlock* node = list.first;
        list.first = node->next;
        toLibrary(node);
      }
      list.count = 0;
    }
  }
  void arm() noexcept { kept.armed = true; }
};
thread_local Closer closer;

}  // namespace

void* takeSmall(size_t bytes, size_t& capacity) noexcept {
  const size_t sizeClass = classOf(bytes);
  capacity = capacityOf(sizeClass);
  List& list = kept.lists[sizeClass];
  if (list.first == nullptr) return fromLibrary(capacity);
  FreeBlock* node = list.first;
  list.first = node->next;
  --list.count;
  return node;
}

void giveSmall(void* block, size_t capacity) noexcept {
  if (!kept.armed && !kept.closed) closer.arm();
  List& list = kept.lists[classOf(capacity)];
  if (kept.closed || (list.count + 1) * capacity > kKeptPerClass) return toLibrary(block);
  auto* node = static_cast<FreeBlock*>(block);
  node->next = list.first;
  list.first = node;
  ++list.count;
}

}  // namespace sam
