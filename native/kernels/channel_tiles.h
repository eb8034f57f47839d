#pragma once
#include "bf16.h"

namespace sam::kernels {

// 16 bytes, which a thread reads and writes at once.
template <class T>
struct alignas(16) Vector {
  static constexpr u32 kSize = 16 / sizeof(T);
  T at[kSize];
};

template <class T>
SAM_HOST_DEVICE Vector<T> loadVector(const T* from) {
  return *reinterpret_cast<const Vector<T>*>(from);
}
template <class T>
SAM_HOST_DEVICE void storeVector(T* to, const Vector<T>& value) {
  *reinterpret_cast<Vector<T>*>(to) = value;
}

// How the threads of a launch share a matrix [rows][channels]: neighbours take neighbouring vectors of
// channels, and each keeps its channels, so that what belongs to a channel stays in registers. A block covers
// `lanes` vectors; `columns` blocks beside each other cover a row, and `slices` of them go through the rows.
struct ChannelTiles {
  static constexpr u32 kThreads = 256;
  static constexpr u32 kMostLanes = 64;

  i64 rows;
  u32 channels;
  u32 lanes;
  u32 columns;
  u32 slices;
};

// What one thread does of it.
template <class T>
struct TileThread {
  u32 slice, lane, row;
  u32 channel;  // its first one
  i64 first, step;
  bool works;

  SAM_HOST_DEVICE TileThread(const ChannelTiles& tiles, const Place& place) {
    const u32 rowsAtOnce = ChannelTiles::kThreads / tiles.lanes;
    slice = place.block / tiles.columns;
    lane = place.thread % tiles.lanes;
    row = place.thread / tiles.lanes;
    channel = ((place.block % tiles.columns) * tiles.lanes + lane) * Vector<T>::kSize;
    first = static_cast<i64>(slice) * rowsAtOnce + row;
    step = static_cast<i64>(tiles.slices) * rowsAtOnce;
    works = row < rowsAtOnce && channel < tiles.channels;
  }
};

// Two sums per channel over a block's rows: each thread's (phase 0 leaves them with put()), then folded by as
// many threads as there are (phase 1), then the rest and out to partials[slice][2][channels] (phase 2).
template <class T>
struct TwoSums {
  static constexpr u32 kThreads = ChannelTiles::kThreads;
  static constexpr u32 kSize = Vector<T>::kSize;
  static constexpr u32 kFolded = 2 * kSize * ChannelTiles::kMostLanes;
  static constexpr u32 kShared = 2 * kSize * kThreads + kFolded;

  static SAM_HOST_DEVICE void put(float* shared, u32 thread, const float* first, const float* second) {
    for (u32 v = 0; v < kSize; ++v) {
      shared[v * kThreads + thread] = first[v];
      shared[(kSize + v) * kThreads + thread] = second[v];
    }
  }

  static SAM_HOST_DEVICE u32 groupsOf(u32 outputs) { return outputs < kThreads ? kThreads / outputs : 1; }

  static SAM_HOST_DEVICE void fold(const ChannelTiles& tiles, u32 thread, float* shared) {
    const u32 outputs = 2 * kSize * tiles.lanes, groups = groupsOf(outputs);
    const u32 rowsAtOnce = kThreads / tiles.lanes;
    for (u32 i = thread; i < outputs * groups; i += kThreads) {
      const u32 output = i % outputs, group = i / outputs;
      const u32 lane = output % tiles.lanes, value = output / tiles.lanes;
      float sum = 0;
      for (u32 row = group; row < rowsAtOnce; row += groups)
        sum += shared[value * kThreads + row * tiles.lanes + lane];
      shared[2 * kSize * kThreads + i] = sum;
    }
  }

  static SAM_HOST_DEVICE void finish(const ChannelTiles& tiles, const Place& place, const float* shared,
                                     float* partials) {
    const u32 outputs = 2 * kSize * tiles.lanes, groups = groupsOf(outputs);
    const u32 column = place.block % tiles.columns, slice = place.block / tiles.columns;
    for (u32 output = place.thread; output < outputs; output += kThreads) {
      const u32 lane = output % tiles.lanes, value = output / tiles.lanes;
      const u32 which = value / kSize;
      const u32 channel = (column * tiles.lanes + lane) * kSize + value % kSize;
      if (channel >= tiles.channels) continue;
      float sum = 0;
      for (u32 group = 0; group < groups; ++group)
        sum += shared[2 * kSize * kThreads + group * outputs + output];
      partials[(static_cast<i64>(slice) * 2 + which) * tiles.channels + channel] = sum;
    }
  }
};

// The two sums of a channel over all slices, in double: 32 threads a channel, 8 channels a block. Phase 0
// adds up each thread's slices; total() folds those of a channel.
struct ChannelTotals {
  static constexpr u32 kThreads = 256, kChannels = 8, kAtOnce = kThreads / kChannels;
  static constexpr u32 kShared = 2 * 2 * kThreads;  // doubles

  static SAM_HOST_DEVICE u32 channelOf(const Place& place) {
    return place.block * kChannels + place.thread % kChannels;
  }
  static SAM_HOST_DEVICE void add(const float* partials, u32 slices, u32 channels, const Place& place,
                                  float* shared) {
    double* const sums = reinterpret_cast<double*>(shared);
    const u32 channel = channelOf(place);
    double first = 0, second = 0;
    if (channel < channels) {
      for (u32 slice = place.thread / kChannels; slice < slices; slice += kAtOnce) {
        const float* const at = partials + static_cast<i64>(slice) * 2 * channels + channel;
        first += static_cast<double>(at[0]);
        second += static_cast<double>(at[channels]);
      }
    }
    sums[place.thread] = first;
    sums[kThreads + place.thread] = second;
  }
  static SAM_HOST_DEVICE double total(const float* shared, u32 which, u32 thread) {
    const double* const sums = reinterpret_cast<const double*>(shared) + which * kThreads;
    double sum = 0;
    for (u32 i = 0; i < kAtOnce; ++i) sum += sums[i * kChannels + thread];
    return sum;
  }
};

}  // namespace sam::kernels
