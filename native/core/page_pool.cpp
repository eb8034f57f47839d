#include "page_pool.h"

#include <algorithm>
#include <memory>
#include <new>
#include <vector>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/mman.h>
#endif

namespace sam {
namespace {

constexpr size_t kHugePage = size_t{2} << 20;

size_t roundUp(size_t n, size_t unit) { return (n + unit - 1) & ~(unit - 1); }

#if defined(MAP_ANONYMOUS)

// Address space that starts at a huge page. Nothing is backed by memory before it is touched. `spare`: more
// than was asked for, so the system need not promise memory for all of it; for what was asked for, it shall
// refuse what it cannot have.
char* mapPages(size_t bytes, bool spare) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS;
#if defined(MAP_NORESERVE)
  if (spare) flags |= MAP_NORESERVE;
#endif
  const size_t total = bytes + kHugePage;
  void* raw = mmap(nullptr, total, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (raw == MAP_FAILED) return nullptr;
  auto* start = static_cast<char*>(raw);
  auto* base = reinterpret_cast<char*>(roundUp(reinterpret_cast<uintptr_t>(start), kHugePage));
  if (base > start) munmap(start, static_cast<size_t>(base - start));
  const size_t tail = static_cast<size_t>((start + total) - (base + bytes));
  if (tail > 0) munmap(base + bytes, tail);
#if defined(MADV_HUGEPAGE)
  madvise(base, bytes, MADV_HUGEPAGE);  // refused where the system has none: plain pages then
#endif
  return base;
}

void unmapPages(char* base, size_t bytes) { munmap(base, bytes); }

bool dropPages(char* base, size_t bytes) {
#if defined(__APPLE__)
  return madvise(base, bytes, MADV_FREE) == 0;
#else
  return madvise(base, bytes, MADV_DONTNEED) == 0;
#endif
}

#else

char* mapPages(size_t, bool) { return nullptr; }
void unmapPages(char*, size_t) {}
bool dropPages(char*, size_t) { return false; }

#endif

}  // namespace

struct PagePool::Segment {
  char* base;
  size_t size;
};

PagePool::Block* PagePool::grow(size_t bytes) {
  const size_t exact = roundUp(bytes, kHugePage);
  size_t size = std::max(exact, options_.segment);
  char* base = mapPages(size, size > exact);
  if (base == nullptr && size > exact) base = mapPages(size = exact, false);
  if (base == nullptr) return nullptr;
  auto segment = std::make_unique<Segment>(Segment{base, size});
  auto block = std::make_unique<Block>();
  block->base = base;
  block->size = size;
  block->segment = segment.release();
  reserved_ += size;
  return block.release();
}

PagePool::Block* PagePool::take(size_t bytes) {
  if (bytes > SIZE_MAX / 2) return nullptr;
  const size_t size = roundUp(std::max<size_t>(bytes, 1), options_.granule);
  const std::lock_guard<std::mutex> lock(mutex_);
  Block wanted;
  wanted.size = size;
  auto found = free_.lower_bound(&wanted);
  Block* block = nullptr;
  if (found != free_.end()) {
    block = *found;
    free_.erase(found);
    cached_ -= block->touched;
  } else {
    block = grow(size);
    if (block == nullptr && trimLocked(0) > 0) block = grow(size);
    if (block == nullptr) return nullptr;
  }
  if (block->size - size >= options_.granule) {
    auto rest = std::make_unique<Block>();
    rest->base = block->base + size;
    rest->size = block->size - size;
    rest->touched = block->touched > size ? block->touched - size : 0;
    rest->free = true;
    rest->before = block;
    rest->after = block->after;
    rest->segment = block->segment;
    if (block->after != nullptr) block->after->before = rest.get();
    block->after = rest.get();
    block->size = size;
    cached_ += rest->touched;
    free_.insert(rest.release());
  }
  block->free = false;
  return block;
}

void PagePool::absorb(Block* into, Block* next) {
  into->touched += next->touched;
  into->size += next->size;
  into->after = next->after;
  if (next->after != nullptr) next->after->before = into;
  delete next;
}

void PagePool::give(Block* block) {
  const std::lock_guard<std::mutex> lock(mutex_);
  block->touched = block->size;
  cached_ += block->size;
  if (block->after != nullptr && block->after->free) {
    free_.erase(block->after);
    absorb(block, block->after);
  }
  if (block->before != nullptr && block->before->free) {
    free_.erase(block->before);
    block = block->before;
    absorb(block, block->after);
  }
  block->free = true;
  free_.insert(block);
}

// A free block that is a whole segment is unmapped and deleted; of any other, whole huge pages are dropped.
size_t PagePool::release(Block* block) {
  const size_t before = block->touched;
  if (block->before == nullptr && block->after == nullptr) {
    free_.erase(block);
    unmapPages(block->segment->base, block->segment->size);
    reserved_ -= block->segment->size;
    delete block->segment;
    delete block;
    cached_ -= before;
    return before;
  }
  const size_t start = roundUp(reinterpret_cast<uintptr_t>(block->base), kHugePage);
  const size_t end = reinterpret_cast<uintptr_t>(block->base + block->size) & ~(kHugePage - 1);
  if (before == 0 || end <= start || !dropPages(reinterpret_cast<char*>(start), end - start)) return 0;
  block->touched = std::min(before, block->size - (end - start));
  cached_ -= before - block->touched;
  return before - block->touched;
}

size_t PagePool::trimLocked(size_t keep) {
  size_t gone = 0;
  if (cached_ <= keep && keep > 0) return gone;
  std::vector<Block*> largestFirst(free_.rbegin(), free_.rend());
  for (Block* block : largestFirst) {
    if (cached_ <= keep && keep > 0) break;
    gone += release(block);
  }
  return gone;
}

size_t PagePool::trim(size_t keep) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return trimLocked(keep);
}

size_t PagePool::cached() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return cached_;
}

size_t PagePool::reserved() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return reserved_;
}

}  // namespace sam
