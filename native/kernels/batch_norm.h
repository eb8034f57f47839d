#pragma once
#include "channel_tiles.h"

// Batch norm with the ReLU behind it and a residual before it, forward and backward, on rows of channels
// (NHWC): the formulas of native/nn/batch_norm_rows.h, as CUDA kernels.
namespace sam::kernels {

// Per channel, [4][channels]: mean, 1 / sqrt(var + eps), scale = weight times that, shift = bias - mean
// scale.
struct ChannelStatistics {
  float* data;
  u32 channels;
  SAM_HOST_DEVICE float& mean(u32 c) const { return data[c]; }
  SAM_HOST_DEVICE float& invStd(u32 c) const { return data[channels + c]; }
  SAM_HOST_DEVICE float& scale(u32 c) const { return data[2 * channels + c]; }
  SAM_HOST_DEVICE float& shift(u32 c) const { return data[3 * channels + c]; }
};

// ----------------------------------------------------------------------------------------------------
// forward

struct NormMomentsArguments {
  ChannelTiles tiles;
  const void* x;
  float* partials;  // [slices][2][channels]: sums of x - x[0] and of its square
};

// Sums relative to the first row, so that a mean that is large beside the spread costs no digits.
template <class T>
struct NormMoments {
  using Arguments = NormMomentsArguments;
  static constexpr u32 kThreads = ChannelTiles::kThreads, kShared = TwoSums<T>::kShared;
  static constexpr int kPhases = 3;

  template <int phase>
  static SAM_HOST_DEVICE void run(const Arguments& a, Place place, float* shared) {
    if constexpr (phase == 1) return TwoSums<T>::fold(a.tiles, place.thread, shared);
    if constexpr (phase == 2) return TwoSums<T>::finish(a.tiles, place, shared, a.partials);
    constexpr u32 kSize = Vector<T>::kSize;
    const TileThread<T> own(a.tiles, place);
    const T* const x = static_cast<const T*>(a.x) + own.channel;
    float sum[kSize] = {}, square[kSize] = {};
    if (own.works) {
      const Vector<T> pivot = loadVector(x);
      for (i64 row = own.first; row < a.tiles.rows; row += own.step) {
        const Vector<T> value = loadVector(x + row * a.tiles.channels);
        for (u32 v = 0; v < kSize; ++v) {
          const float d = wide(value.at[v]) - wide(pivot.at[v]);
          sum[v] += d;
          square[v] += d * d;
        }
      }
    }
    TwoSums<T>::put(shared, place.thread, sum, square);
  }
};

struct NormStatisticsArguments {
  i64 rows;
  u32 channels;
  u32 slices;  // 0: from the running statistics
  const void* x;
  const float* partials;
  const float* weight;  // null: 1
  const float* bias;    // null: 0
  float* runningMean;   // null: none
  float* runningVar;
  double momentum;
  double eps;
  ChannelStatistics out;
};

template <class T>
struct NormStatistics {
  using Arguments = NormStatisticsArguments;
  static constexpr u32 kThreads = ChannelTotals::kThreads, kShared = ChannelTotals::kShared;
  static constexpr int kPhases = 2;

  template <int phase>
  static SAM_HOST_DEVICE void run(const Arguments& a, Place place, float* shared) {
    if constexpr (phase == 0) {
      ChannelTotals::add(a.partials, a.slices, a.channels, place, shared);
    } else {
      const u32 c = ChannelTotals::channelOf(place);
      if (place.thread >= ChannelTotals::kChannels || c >= a.channels) return;
      double mean = 0, variance = 0;
      if (a.slices == 0) {
        mean = static_cast<double>(a.runningMean[c]);
        variance = static_cast<double>(a.runningVar[c]);
      } else {
        const double n = static_cast<double>(a.rows);
        const double sum = ChannelTotals::total(shared, 0, place.thread);
        const double square = ChannelTotals::total(shared, 1, place.thread);
        const double deviations = square - sum * sum / n;
        mean = static_cast<double>(wide(static_cast<const T*>(a.x)[c])) + sum / n;
        // Not by comparing with 0 alone: NaN has to come through.
        variance = deviations < 0 ? 0 : deviations / n;
        if (a.runningMean != nullptr) {
          move(a.runningMean[c], a.momentum, mean);
          move(a.runningVar[c], a.momentum, variance * (n / (n - 1)));
        }
      }
      const double invStd = 1 / squareRoot(variance + a.eps);
      const double scale = a.weight == nullptr ? invStd : static_cast<double>(a.weight[c]) * invStd;
      const double bias = a.bias == nullptr ? 0 : static_cast<double>(a.bias[c]);
      a.out.mean(c) = static_cast<float>(mean);
      a.out.invStd(c) = static_cast<float>(invStd);
      a.out.scale(c) = static_cast<float>(scale);
      a.out.shift(c) = static_cast<float>(bias - mean * scale);
    }
  }

  static SAM_HOST_DEVICE void move(float& running, double momentum, double now) {
    running = static_cast<float>((1 - momentum) * static_cast<double>(running) + momentum * now);
  }
};

struct NormApplyArguments {
  ChannelTiles tiles;
  const void* x;
  const void* residual;  // null: none
  void* y;
  ChannelStatistics statistics;
  bool relu;
};

template <class T>
struct NormApply {
  using Arguments = NormApplyArguments;
  static constexpr u32 kThreads = ChannelTiles::kThreads, kShared = 0;
  static constexpr int kPhases = 1;

  template <int phase>
  static SAM_HOST_DEVICE void run(const Arguments& a, Place place, float*) {
    constexpr u32 kSize = Vector<T>::kSize;
    const TileThread<T> own(a.tiles, place);
    if (!own.works) return;
    float scale[kSize], shift[kSize];
    for (u32 v = 0; v < kSize; ++v) {
      scale[v] = a.statistics.scale(own.channel + v);
      shift[v] = a.statistics.shift(own.channel + v);
    }
    const T* const residual = static_cast<const T*>(a.residual);
    for (i64 row = own.first; row < a.tiles.rows; row += own.step) {
      const i64 at = row * a.tiles.channels + own.channel;
      const Vector<T> x = loadVector(static_cast<const T*>(a.x) + at);
      Vector<T> y, beside;
      if (residual != nullptr) beside = loadVector(residual + at);
      for (u32 v = 0; v < kSize; ++v) {
        float z = wide(x.at[v]) * scale[v] + shift[v];
        if (residual != nullptr) z += wide(beside.at[v]);
        y.at[v] = narrow<T>(a.relu && z <= 0 ? 0 : z);
      }
      storeVector(static_cast<T*>(a.y) + at, y);
    }
  }
};

// ---------------------------------------------------------------------------------------------------
// backward

struct NormBackwardArguments {
  ChannelTiles tiles;
  const void* x;
  const void* y;  // null: the ReLU's mask comes from its input, computed again
  const void* grad;
  const void* more;  // null, or what flows into x beside
  void* dx;
  void* dresidual;  // null, or where the gradient behind the ReLU goes
  ChannelStatistics statistics;
  float* lines;     // [2][channels]: slope and offset
  float* partials;  // [slices][2][channels]: sums of g and of g (x - mean)
  bool relu;
};

// The gradient behind the ReLU.
template <class T>
SAM_HOST_DEVICE float gated(const NormBackwardArguments& a, float grad, float x, float scale, float shift,
                            T y) {
  if (!a.relu) return grad;
  const float z = a.y != nullptr ? wide(y) : x * scale + shift;
  return z <= 0 ? 0 : grad;
}

template <class T>
struct NormGradientSums {
  using Arguments = NormBackwardArguments;
  static constexpr u32 kThreads = ChannelTiles::kThreads, kShared = TwoSums<T>::kShared;
  static constexpr int kPhases = 3;

  template <int phase>
  static SAM_HOST_DEVICE void run(const Arguments& a, Place place, float* shared) {
    if constexpr (phase == 1) return TwoSums<T>::fold(a.tiles, place.thread, shared);
    if constexpr (phase == 2) return TwoSums<T>::finish(a.tiles, place, shared, a.partials);
    constexpr u32 kSize = Vector<T>::kSize;
    const TileThread<T> own(a.tiles, place);
    float sum[kSize] = {}, product[kSize] = {};
    if (own.works) {
      float mean[kSize], scale[kSize], shift[kSize];
      for (u32 v = 0; v < kSize; ++v) {
        mean[v] = a.statistics.mean(own.channel + v);
        scale[v] = a.statistics.scale(own.channel + v);
        shift[v] = a.statistics.shift(own.channel + v);
      }
      for (i64 row = own.first; row < a.tiles.rows; row += own.step) {
        const i64 at = row * a.tiles.channels + own.channel;
        const Vector<T> x = loadVector(static_cast<const T*>(a.x) + at);
        const Vector<T> grad = loadVector(static_cast<const T*>(a.grad) + at);
        const Vector<T> y = a.y != nullptr ? loadVector(static_cast<const T*>(a.y) + at) : x;
        for (u32 v = 0; v < kSize; ++v) {
          const float value = wide(x.at[v]);
          const float g = gated(a, wide(grad.at[v]), value, scale[v], shift[v], y.at[v]);
          sum[v] += g;
          product[v] += g * (value - mean[v]);
        }
      }
    }
    TwoSums<T>::put(shared, place.thread, sum, product);
  }
};

struct NormLinesArguments {
  i64 rows;
  u32 channels;
  u32 slices;
  const float* partials;
  ChannelStatistics statistics;
  float* lines;
  float* dweight;  // null: not wanted
  float* dbias;
  bool training;  // in evaluation the statistics are constants, and the lines zero
};

struct NormLines {
  using Arguments = NormLinesArguments;
  static constexpr u32 kThreads = ChannelTotals::kThreads, kShared = ChannelTotals::kShared;
  static constexpr int kPhases = 2;

  template <int phase>
  static SAM_HOST_DEVICE void run(const Arguments& a, Place place, float* shared) {
    if constexpr (phase == 0) {
      ChannelTotals::add(a.partials, a.slices, a.channels, place, shared);
    } else {
      const u32 c = ChannelTotals::channelOf(place);
      if (place.thread >= ChannelTotals::kChannels || c >= a.channels) return;
      const double sum = ChannelTotals::total(shared, 0, place.thread);
      const double product = ChannelTotals::total(shared, 1, place.thread);
      const double n = static_cast<double>(a.rows);
      const double invStd = static_cast<double>(a.statistics.invStd(c));
      const double scale = static_cast<double>(a.statistics.scale(c));
      if (a.dweight != nullptr) a.dweight[c] = static_cast<float>(product * invStd);
      if (a.dbias != nullptr) a.dbias[c] = static_cast<float>(sum);
      a.lines[c] = a.training ? static_cast<float>(-scale * invStd * invStd * product / n) : 0;
      a.lines[a.channels + c] = a.training ? static_cast<float>(-scale * sum / n) : 0;
    }
  }
};

// dx = g scale + (x - mean) slope + offset (+ more); the residual's gradient is g
template <class T>
struct NormGradient {
  using Arguments = NormBackwardArguments;
  static constexpr u32 kThreads = ChannelTiles::kThreads, kShared = 0;
  static constexpr int kPhases = 1;

  template <int phase>
  static SAM_HOST_DEVICE void run(const Arguments& a, Place place, float*) {
    constexpr u32 kSize = Vector<T>::kSize;
    const TileThread<T> own(a.tiles, place);
    if (!own.works) return;
    float mean[kSize], scale[kSize], shift[kSize], slope[kSize], offset[kSize];
    for (u32 v = 0; v < kSize; ++v) {
      const u32 c = own.channel + v;
      mean[v] = a.statistics.mean(c);
      scale[v] = a.statistics.scale(c);
      shift[v] = a.statistics.shift(c);
      slope[v] = a.lines[c];
      offset[v] = a.lines[a.tiles.channels + c];
    }
    for (i64 row = own.first; row < a.tiles.rows; row += own.step) {
      const i64 at = row * a.tiles.channels + own.channel;
      const Vector<T> x = loadVector(static_cast<const T*>(a.x) + at);
      const Vector<T> grad = loadVector(static_cast<const T*>(a.grad) + at);
      const Vector<T> y = a.y != nullptr ? loadVector(static_cast<const T*>(a.y) + at) : x;
      Vector<T> dx, dresidual, more;
      if (a.more != nullptr) more = loadVector(static_cast<const T*>(a.more) + at);
      for (u32 v = 0; v < kSize; ++v) {
        const float value = wide(x.at[v]);
        const float g = gated(a, wide(grad.at[v]), value, scale[v], shift[v], y.at[v]);
        float d = g * scale[v] + ((value - mean[v]) * slope[v] + offset[v]);
        if (a.more != nullptr) d += wide(more.at[v]);
        dx.at[v] = narrow<T>(d);
        dresidual.at[v] = narrow<T>(g);
      }
      storeVector(static_cast<T*>(a.dx) + at, dx);
      if (a.dresidual != nullptr) storeVector(static_cast<T*>(a.dresidual) + at, dresidual);
    }
  }
};

}  // namespace sam::kernels
