#include "allocator.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "page_pool.h"
#include "small_blocks.h"
#include "system_memory.h"

namespace sam {
namespace {

constexpr size_t kLarge = size_t{2} << 20;

std::atomic<int64_t> live{0};
std::atomic<int64_t> peak{0};

void count(int64_t bytes) noexcept {
  const int64_t now = live.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  int64_t high = peak.load(std::memory_order_relaxed);
  while (now > high && !peak.compare_exchange_weak(high, now, std::memory_order_relaxed)) {
  }
}

// "512m" -> bytes; -1 when it is no size.
int64_t parseBytes(const char* text) {
  char* end = nullptr;
  const double value = std::strtod(text, &end);
  if (end == text || !(value >= 0)) return -1;
  double unit = 1;
  switch (std::tolower(static_cast<unsigned char>(*end))) {
    case 'k':
      unit = 1024.0;
      break;
    case 'm':
      unit = 1048576.0;
      break;
    case 'g':
      unit = 1073741824.0;
      break;
    case '\0':
      break;
    default:
      return -1;
  }
  return static_cast<int64_t>(std::min(value * unit, 9e18));
}

// Both pools, and how much they may keep. Two, so that small blocks that live long do not split large ones.
class Cache {
 public:
  Cache() : total_(totalMemory()) {
    const char* text = std::getenv("SAM_TORCH_CACHE_LIMIT");
    const int64_t given = text == nullptr ? -1 : parseBytes(text);
    limit_ = static_cast<size_t>(given >= 0 ? given : total_ > 0 ? total_ / 2 : int64_t{4} << 30);
  }

  PagePool& poolFor(size_t bytes) { return bytes < kLarge ? medium_ : large_; }

  // Keeps within the limit, and looks at most once a second whether others need the memory more.
  void afterFree() {
    const size_t kept = cached();
    if (kept > limit_) {
      trim(limit_ / 4 * 3);
    } else if (kept > kWatched && dueForLook() && systemIsShort()) {
      trim(0);
    }
  }

  size_t trim(size_t keep) {
    size_t gone = large_.trim(keep);
    const size_t left = large_.cached();
    gone += medium_.trim(keep > left ? keep - left : 0);
    return gone;
  }

  size_t cached() const { return medium_.cached() + large_.cached(); }
  size_t reserved() const { return medium_.reserved() + large_.reserved(); }

 private:
  static constexpr size_t kWatched = size_t{64} << 20;

  bool dueForLook() {
    using namespace std::chrono;
    const int64_t now = duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
    int64_t due = nextLook_.load(std::memory_order_relaxed);
    return now >= due && nextLook_.compare_exchange_strong(due, now + 1000);
  }
  bool systemIsShort() const { return total_ > 0 && availableMemory() < total_ / 16; }

  const int64_t total_;
  size_t limit_ = 0;
  std::atomic<int64_t> nextLook_{0};
  PagePool medium_{{size_t{32} << 20, 4096}};
  PagePool large_{{size_t{512} << 20, 4096}};
};

// Counted as usual, but nothing is kept: what tools that watch each allocation (sanitizers, valgrind) need.
bool direct = false;

Cache* cache = nullptr;  // leaked on purpose, like the allocator: tensors outlive every environment

// Stands in front of every block; keeps LibTorch's alignment of 64 bytes.
struct alignas(64) Header {
  uint64_t
      mark;  // tells our blocks from those that LibTorch's own allocator made before this one was installed
  size_t size;
  size_t capacity;  // of a small block
  PagePool* pool;   // nullptr: a small block
  PagePool::Block* block;
};
static_assert(sizeof(Header) == 64);

uint64_t markOf(const Header* header) { return reinterpret_cast<uintptr_t>(header) ^ 0x5a6d746f72636821ull; }

class CachingAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(size_t size) override {
    const c10::Device cpu(c10::DeviceType::CPU);
    if (size == 0) return {nullptr, cpu};
    TORCH_CHECK_WITH(OutOfMemoryError, size < SIZE_MAX / 4, "not enough memory: you tried to allocate ", size,
                     " bytes");
    const size_t whole = size + sizeof(Header);
    Header* header = direct ? fromSystem(whole) : whole <= kSmallLimit ? small(whole) : pooled(whole);
    TORCH_CHECK_WITH(OutOfMemoryError, header != nullptr, "not enough memory: you tried to allocate ", size,
                     " bytes");
    header->mark = markOf(header);
    header->size = size;
    count(static_cast<int64_t>(size));
    void* data = header + 1;
    return {data, data, &release, cpu};
  }
  c10::DeleterFnPtr raw_deleter() const override { return &release; }
  void copy_data(void* dest, const void* src, std::size_t bytes) const override {
    std::memcpy(dest, src, bytes);
  }

 private:
  static constexpr size_t kFromLibTorch = 0;  // a capacity that no small block has

  static Header* small(size_t bytes) {
    size_t capacity = 0;
    void* block = takeSmall(bytes, capacity);
    if (block == nullptr && cache->trim(0) > 0) block = takeSmall(bytes, capacity);
    return block == nullptr ? nullptr : fill(block, capacity, nullptr, nullptr);
  }

  static Header* pooled(size_t bytes) {
    PagePool& pool = cache->poolFor(bytes);
    PagePool::Block* block = pool.take(bytes);
    if (block == nullptr && cache->trim(0) > 0) block = pool.take(bytes);
    if (block != nullptr) return fill(block->base, 0, &pool, block);
    return fromSystem(bytes);  // without mmap
  }

  static Header* fromSystem(size_t bytes) {
    try {
      return fill(c10::alloc_cpu(bytes), kFromLibTorch, nullptr, nullptr);
    } catch (const c10::Error&) {
      return nullptr;
    }
  }

  static Header* fill(void* memory, size_t capacity, PagePool* pool, PagePool::Block* block) {
    auto* header = static_cast<Header*>(memory);
    header->capacity = capacity;
    header->pool = pool;
    header->block = block;
    return header;
  }

  static void release(void* data) {
    if (data == nullptr) return;
    auto* header = static_cast<Header*>(data) - 1;
    if (header->mark != markOf(header)) return c10::free_cpu(data);
    header->mark = 0;
    live.fetch_sub(static_cast<int64_t>(header->size), std::memory_order_relaxed);
    if (header->pool != nullptr) {
      header->pool->give(header->block);
      cache->afterFree();
    } else if (header->capacity != kFromLibTorch) {
      giveSmall(header, header->capacity);
    } else {
      c10::free_cpu(header);
    }
  }
};

}  // namespace

void installAllocator() {
  static std::once_flag once;
  std::call_once(once, [] {
    const char* choice = std::getenv("SAM_TORCH_ALLOCATOR");
    if (choice != nullptr && std::strcmp(choice, "default") == 0) return;
    direct = choice != nullptr && std::strcmp(choice, "system") == 0;
    cache = new Cache();
    c10::SetCPUAllocator(new CachingAllocator(), 1);
  });
}

MemoryCounts memoryCounts() {
  MemoryCounts counts{};
  counts.live = live.load();
  counts.peak = peak.load();
  if (cache != nullptr) {
    counts.cached = static_cast<int64_t>(cache->cached());
    counts.reserved = static_cast<int64_t>(cache->reserved());
  }
  return counts;
}

int64_t liveBytes() noexcept { return live.load(std::memory_order_relaxed); }

void resetPeakCount() noexcept { peak.store(live.load()); }

int64_t trimMemory() { return cache == nullptr ? 0 : static_cast<int64_t>(cache->trim(0)); }

}  // namespace sam
