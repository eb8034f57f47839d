#pragma once
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>

namespace sam {

// Large blocks of memory that are kept when they are freed, so that the next operator does not pay mmap,
// munmap and page faults again. Memory is mapped in segments, on huge pages where the system has them; a
// block is cut from the smallest free one that fits and grows together with its free neighbours when it is
// given back. Thread safe. Empty (every take() gives nullptr) on systems without mmap.
class PagePool {
 public:
  struct Options {
    size_t segment;  // bytes to map at once; a larger request gets a segment of its own
    size_t granule;  // block sizes are multiples of this power of two
  };
  struct Segment;
  struct Block {
    char* base = nullptr;
    size_t size = 0;
    size_t touched = 0;  // while free: bytes, counted from the front, that may be backed by memory
    bool free = false;
    Block* before = nullptr;  // neighbours in the segment
    Block* after = nullptr;
    Segment* segment = nullptr;
  };

  explicit PagePool(Options options) : options_(options) {}
  PagePool(const PagePool&) = delete;
  PagePool& operator=(const PagePool&) = delete;

  // A block of at least `bytes`, its base aligned to a page; nullptr when the system has no more.
  Block* take(size_t bytes);
  void give(Block* block);

  // Gives free memory back to the system until at most `keep` bytes of it are left; returns how many bytes
  // went.
  size_t trim(size_t keep);

  // Bytes of free blocks that are backed by memory, and bytes of address space mapped.
  size_t cached() const;
  size_t reserved() const;

 private:
  struct BySize {
    bool operator()(const Block* a, const Block* b) const noexcept {
      return a->size != b->size ? a->size < b->size : a->base < b->base;
    }
  };

  Block* grow(size_t bytes);
  void absorb(Block* into, Block* next);
  size_t release(Block* block);
  size_t trimLocked(size_t keep);

  const Options options_;
  mutable std::mutex mutex_;
  std::set<Block*, BySize> free_;
  size_t cached_ = 0;
  size_t reserved_ = 0;
};

}  // namespace sam
