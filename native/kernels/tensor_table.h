#pragma once
#include "channel_tiles.h"

namespace sam::kernels {

// Tensors that one launch goes through, handed over by value: a CUDA graph that holds the launch holds it
// too, and a step needs no copy to the device. Kernels take 4 KiB of arguments everywhere, so more tensors
// than fit are more launches.
struct TensorTable {
  static constexpr u32 kThreads = 256;
  static constexpr u32 kChunk = 16384;  // elements of one tensor that a block takes
  static constexpr u32 kMost = 110;

  struct Entry {
    void* at[3];  // what they are, each kernel says
    u32 size;
    u32 firstChunk : 24;
    u32 group : 8;  // whose settings are its own
  };

  u32 count = 0;
  u32 chunks = 0;
  Entry entries[kMost];
};

// The elements of a table that a block takes.
struct Chunk {
  u32 entry, begin, end;

  SAM_HOST_DEVICE Chunk(const TensorTable& table, u32 block) {
    u32 low = 0, high = table.count - 1;
    while (low < high) {
      const u32 middle = (low + high + 1) / 2;
      if (table.entries[middle].firstChunk <= block) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    entry = low;
    begin = (block - table.entries[low].firstChunk) * TensorTable::kChunk;
    const u32 size = table.entries[low].size;
    end = size - begin < TensorTable::kChunk ? size : begin + TensorTable::kChunk;
  }
};

// A block's sum of one double per thread: put() in one phase, then first(), then second(), whose thread 0
// has the sum. In a fixed order, so that a step gives the same bits each time.
struct BlockSum {
  static constexpr u32 kThreads = 256, kShared = 2 * kThreads;  // doubles

  static SAM_HOST_DEVICE double* doubles(float* shared) { return reinterpret_cast<double*>(shared); }
  static SAM_HOST_DEVICE void first(u32 thread, float* shared) {
    if (thread >= 16) return;
    double sum = 0;
    for (u32 i = thread; i < kThreads; i += 16) sum += doubles(shared)[i];
    doubles(shared)[thread] = sum;
  }
  static SAM_HOST_DEVICE double second(float* shared) {
    double sum = 0;
    for (u32 i = 0; i < 16; ++i) sum += doubles(shared)[i];
    return sum;
  }
};

}  // namespace sam::kernels
