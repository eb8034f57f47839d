#include "tile_gradient.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <vector>

#include "nn/tensor_data.h"
#include "nn/tile_gradient_job.h"
#include "simd/matrix_unit.h"

namespace sam {
namespace {

// Pixels that are packed at a time: x for 32 channels and three columns of a kernel is then half a megabyte,
// and sums go through memory once in so many products.
constexpr int64_t kChunkPixels = 2048;

// Bytes that pay for sums of each thread's own; beyond them threads share out the outputs, and each packs x.
constexpr int64_t kMostForSums = int64_t{16} << 20;

// Products that are worth waking a thread for.
constexpr int64_t kProductsOfThread = int64_t{1} << 22;

constexpr int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

ConvGeometry geometryOf(const at::Tensor& x, const at::Tensor& grad, at::IntArrayRef sizes,
                        const ConvRequest& request) {
  return {x.size(0),          x.size(2),           x.size(3),          x.size(1),
          grad.size(2),       grad.size(3),        grad.size(1),       sizes[2],
          sizes[3],           request.stride[0],   request.stride[1],  request.padding[0],
          request.padding[1], request.dilation[0], request.dilation[1]};
}

// A plan with the lists that it points to.
struct Cut {
  TilePlan plan{};
  std::vector<TilePlane> planes;
  std::vector<TileTap> taps;

  explicit Cut(const ConvGeometry& conv) {
    plan.conv = conv;
    plan.inPairs = ceilDiv(conv.in, 32);
    plan.outPairs = ceilDiv(conv.out, 32);
    plan.pairColumns = ceilDiv(conv.columns, 2);
    plan.segmentRows = std::clamp<int64_t>(kChunkPixels / (2 * plan.pairColumns), 1, conv.rows);
    plan.segmentsPerImage = ceilDiv(conv.rows, plan.segmentRows);
    plan.segmentTiles = ceilDiv(plan.segmentRows * plan.pairColumns, 16);
    plan.chunkSegments = std::clamp<int64_t>(kChunkPixels / (plan.segmentTiles * 32), 1, plan.segments());
    addPlanes();
    const int64_t reach = (conv.kernelHeight - 1) * conv.dilationY / conv.strideY;
    plan.planeRows = plan.segmentRows + reach;
    plan.planePairs =
        std::max(plan.planeRows * plan.pairColumns, reach * plan.pairColumns + plan.segmentTiles * 16);
    plan.planes = planes.data();
    plan.planeCount = std::ssize(planes);
    plan.taps = taps.data();
    plan.tapCount = std::ssize(taps);
  }
  Cut(const Cut&) = delete;
  Cut& operator=(const Cut&) = delete;

 private:
  void addPlanes() {
    const ConvGeometry& conv = plan.conv;
    for (int64_t column = 0; column < conv.kernelWidth; ++column) {
      // Rows with one remainder share a plane; there are at most as many planes as rows, however far the
      // stride.
      std::vector<int64_t> remainders;
      for (int64_t row = 0; row < conv.kernelHeight; ++row) {
        const int64_t remainder = row * conv.dilationY % conv.strideY;
        if (std::find(remainders.begin(), remainders.end(), remainder) == remainders.end())
          remainders.push_back(remainder);
      }
      for (const int64_t remainder : remainders) {
        for (int64_t row = 0; row < conv.kernelHeight; ++row) {
          const int64_t down = row * conv.dilationY;
          if (down % conv.strideY != remainder) continue;
          taps.push_back(
              {std::ssize(planes), down / conv.strideY * plan.pairColumns, row * conv.kernelWidth + column});
        }
        planes.push_back({column, remainder});
      }
    }
  }
};

// Threads as sets, each with sums and segments of its own, that are split by outputs.
struct Shares {
  int64_t sets, splits;

  explicit Shares(const TilePlan& plan) {
    const ConvGeometry& conv = plan.conv;
    const int64_t products = conv.images * conv.rows * conv.columns * conv.in * conv.out * plan.tapCount;
    const int64_t most = at::in_parallel_region() ? 1 : at::get_num_threads();
    const int64_t threads = std::clamp<int64_t>(products / kProductsOfThread, 1, most);
    const int64_t bytes = plan.sumNumbers() * static_cast<int64_t>(sizeof(float));
    sets = std::min(std::clamp<int64_t>(kMostForSums / bytes, 1, threads),
                    ceilDiv(plan.segments(), plan.chunkSegments));
    splits = std::min(ceilDiv(threads, sets), plan.outPairs);
  }
};

}  // namespace

bool hasTiles() noexcept { return tileKernelsAmx() != nullptr && mayUseMatrixUnit(); }

at::Tensor tileWeightGradient(const at::Tensor& x, const at::Tensor& grad, at::IntArrayRef sizes,
                              const ConvRequest& request, TileUnit unit) {
  const TileKernels& kernels = unit == TileUnit::Amx ? *tileKernelsAmx() : tileKernelsPortable();
  const Cut cut(geometryOf(x, grad, sizes, request));
  const TilePlan& plan = cut.plan;
  const Shares shares(plan);
  at::Tensor result = at::empty(sizes, at::TensorOptions(at::kFloat), at::MemoryFormat::ChannelsLast);
  const at::Tensor sums = at::empty({shares.sets * plan.sumNumbers()}, at::TensorOptions(at::kFloat));
  const int64_t eachOut = ceilDiv(plan.outPairs, shares.splits),
                scratchSize = ceilDiv(kernels.scratchBytes(plan, eachOut), 64) * 64;
  const at::Tensor scratch = bytes(shares.sets * shares.splits * scratchSize);
  auto* sum = static_cast<float*>(sums.mutable_data_ptr());
  auto* memory = static_cast<char*>(scratch.mutable_data_ptr());
  const TileGradient job{&plan, constData<Bf16>(x), constData<Bf16>(grad)};
  const int64_t eachSegments = ceilDiv(plan.segments(), shares.sets);
  // Rounding up may leave the last sets with nothing to sum up.
  const int64_t sets = ceilDiv(plan.segments(), eachSegments);
  const auto firstPair = [&](int64_t split) { return std::min(plan.outPairs, split * eachOut); };
  at::parallel_for(0, sets * shares.splits, 1, [&](int64_t begin, int64_t end) {
    for (int64_t part = begin; part < end; ++part) {
      const int64_t set = part / shares.splits, split = part % shares.splits;
      if (firstPair(split) == firstPair(split + 1)) continue;
      kernels.sums(job, set * eachSegments, std::min(plan.segments(), (set + 1) * eachSegments),
                   firstPair(split), firstPair(split + 1), sum + set * plan.sumNumbers(),
                   memory + part * scratchSize);
    }
  });
  auto* to = static_cast<float*>(result.mutable_data_ptr());
  at::parallel_for(0, plan.outPairs, ceilDiv(64 * 64 * 9, plan.sumNumbers() / plan.outPairs),
                   [&](int64_t first, int64_t last) { kernels.finish(plan, sum, sets, first, last, to); });
  return result;
}

}  // namespace sam
