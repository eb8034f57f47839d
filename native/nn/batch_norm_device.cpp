#include "batch_norm_device.h"

#include <ATen/ops/clone.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include "kernels/launch.h"
#include "nn/tensor_data.h"

namespace sam::device {
namespace {

using kernels::ChannelTiles;
using kernels::u32;

// Kernels read 16 bytes at once, and a view may begin anywhere.
at::Tensor aligned(const at::Tensor& tensor) {
  const bool fits = !tensor.defined() || reinterpret_cast<uintptr_t>(tensor.const_data_ptr()) % 16 == 0;
  return fits ? tensor : tensor.clone();
}

u32 vectorSize(const at::Tensor& x) { return static_cast<u32>(16 / x.element_size()); }

// Blocks enough for every multiprocessor of the largest GPUs twice, and no more: each leaves partial sums
// behind that somebody has to add up.
ChannelTiles tilesOf(const at::Tensor& x, const Rows& shape) {
  constexpr int64_t kBlocks = 264, kRowsPerThread = 8;
  ChannelTiles tiles{};
  tiles.rows = shape.rows;
  tiles.channels = static_cast<u32>(shape.channels);
  const u32 vectors = tiles.channels / vectorSize(x);
  tiles.lanes = std::min(vectors, ChannelTiles::kMostLanes);
  tiles.columns = (vectors + tiles.lanes - 1) / tiles.lanes;
  const int64_t rowsAtOnce = ChannelTiles::kThreads / tiles.lanes;
  const int64_t wanted = (shape.rows + rowsAtOnce * kRowsPerThread - 1) / (rowsAtOnce * kRowsPerThread);
  tiles.slices =
      static_cast<u32>(std::clamp<int64_t>(wanted, 1, std::max<int64_t>(kBlocks / tiles.columns, 1)));
  return tiles;
}

// The same for what adds up nothing: as many blocks as there is work for.
ChannelTiles wideTilesOf(const at::Tensor& x, const Rows& shape) {
  constexpr int64_t kRowsPerThread = 4, kMostSlices = 65536;
  ChannelTiles tiles = tilesOf(x, shape);
  const int64_t rowsAtOnce = ChannelTiles::kThreads / tiles.lanes;
  const int64_t wanted = (shape.rows + rowsAtOnce * kRowsPerThread - 1) / (rowsAtOnce * kRowsPerThread);
  tiles.slices = static_cast<u32>(std::clamp<int64_t>(wanted, 1, kMostSlices));
  return tiles;
}

int64_t blocksOf(const ChannelTiles& tiles) { return static_cast<int64_t>(tiles.columns) * tiles.slices; }

int64_t channelBlocks(int64_t channels) {
  return (channels + kernels::ChannelTotals::kChannels - 1) / kernels::ChannelTotals::kChannels;
}

kernels::ChannelStatistics statisticsIn(const at::Tensor& tensor) {
  return {mutableData<float>(tensor), static_cast<u32>(tensor.size(1))};
}

at::Tensor floats(const at::Tensor& like, at::IntArrayRef shape) {
  return at::empty(shape, at::TensorOptions(like.device()).dtype(at::kFloat));
}

// Calls f with a value of the kernels' element type.
template <class F>
void byKernelType(const at::Tensor& x, const F& f) {
  if (x.scalar_type() == at::kFloat) return f(float{});
  f(kernels::Bf16{});
}

}  // namespace

bool takesBatchNorm(const at::Tensor& x, const Rows& shape) {
  const auto type = x.scalar_type();
  const bool isHere = x.is_cuda() ? cudaPart() != nullptr : x.is_cpu() && deviceKernelsOnCpu();
  return isHere && (type == at::kFloat || type == at::kBFloat16) && shape.channels % vectorSize(x) == 0 &&
         shape.channels < (int64_t{1} << 24) && reinterpret_cast<uintptr_t>(x.const_data_ptr()) % 16 == 0;
}

at::Tensor batchNormStatistics(const at::Tensor& x, const Rows& shape, const BatchNormRequest& request) {
  at::Tensor out = floats(x, {4, shape.channels});
  kernels::NormStatisticsArguments arguments{};
  at::Tensor partials;
  if (request.training) {
    const ChannelTiles tiles = tilesOf(x, shape);
    partials = floats(x, {tiles.slices, 2, shape.channels});
    byKernelType(x, [&](auto type) {
      kernels::launch<kernels::NormMoments<decltype(type)>>(
          x.device(), blocksOf(tiles),
          {.tiles = tiles, .x = constData(x), .partials = mutableData<float>(partials)});
    });
    arguments.slices = tiles.slices;
  }
  arguments.rows = shape.rows;
  arguments.channels = static_cast<u32>(shape.channels);
  arguments.x = constData(x);
  arguments.partials = constData<float>(partials);
  arguments.weight = constData<float>(request.weight);
  arguments.bias = constData<float>(request.bias);
  arguments.runningMean = mutableData<float>(request.runningMean);
  arguments.runningVar = mutableData<float>(request.runningVar);
  arguments.momentum = request.momentum;
  arguments.eps = request.eps;
  arguments.out = statisticsIn(out);
  byKernelType(x, [&](auto type) {
    kernels::launch<kernels::NormStatistics<decltype(type)>>(x.device(), channelBlocks(shape.channels),
                                                             arguments);
  });
  return out;
}

at::Tensor batchNormApplied(const at::Tensor& x, const at::Tensor& added, const at::Tensor& statistics,
                            const Rows& shape, bool relu) {
  const at::Tensor residual = aligned(added);
  at::Tensor y = at::empty_like(x);
  const ChannelTiles tiles = wideTilesOf(x, shape);
  byKernelType(x, [&](auto type) {
    kernels::launch<kernels::NormApply<decltype(type)>>(x.device(), blocksOf(tiles),
                                                        {.tiles = tiles,
                                                         .x = constData(x),
                                                         .residual = constData(residual),
                                                         .y = mutableData<void>(y),
                                                         .statistics = statisticsIn(statistics),
                                                         .relu = relu});
  });
  return y;
}

BatchNormGradients batchNormGradients(const at::Tensor& x, const at::Tensor& y, const at::Tensor& gradient,
                                      const at::Tensor& beside, const at::Tensor& statistics,
                                      const Rows& shape, bool relu, bool training, BatchNormWanted wanted) {
  const at::Tensor grad = aligned(gradient), more = aligned(beside);
  BatchNormGradients out;
  ChannelTiles tiles = tilesOf(x, shape);
  const at::Tensor partials = floats(x, {tiles.slices, 2, shape.channels});
  const at::Tensor lines = floats(x, {2, shape.channels});
  kernels::NormBackwardArguments arguments{};
  arguments.tiles = tiles;
  arguments.x = constData(x);
  arguments.y = constData(y);
  arguments.grad = constData(grad);
  arguments.more = constData(more);
  arguments.statistics = statisticsIn(statistics);
  arguments.lines = mutableData<float>(lines);
  arguments.partials = mutableData<float>(partials);
  arguments.relu = relu;
  if (wanted.parameters) {
    out.weight = floats(x, {shape.channels});
    out.bias = floats(x, {shape.channels});
  }
  byKernelType(x, [&](auto type) {
    kernels::launch<kernels::NormGradientSums<decltype(type)>>(x.device(), blocksOf(tiles), arguments);
  });
  kernels::launch<kernels::NormLines>(x.device(), channelBlocks(shape.channels),
                                      {.rows = shape.rows,
                                       .channels = static_cast<u32>(shape.channels),
                                       .slices = tiles.slices,
                                       .partials = arguments.partials,
                                       .statistics = arguments.statistics,
                                       .lines = arguments.lines,
                                       .dweight = mutableData<float>(out.weight),
                                       .dbias = mutableData<float>(out.bias),
                                       .training = training});
  const bool isGated = wanted.residual && relu;
  if (wanted.residual) out.residual = relu ? at::empty_like(x) : grad;
  if (!wanted.x && !isGated) return out;
  out.x = at::empty_like(x);
  arguments.dx = mutableData<void>(out.x);
  arguments.dresidual = isGated ? mutableData<void>(out.residual) : nullptr;
  arguments.tiles = tiles = wideTilesOf(x, shape);
  byKernelType(x, [&](auto type) {
    kernels::launch<kernels::NormGradient<decltype(type)>>(x.device(), blocksOf(tiles), arguments);
  });
  return out;
}

}  // namespace sam::device
