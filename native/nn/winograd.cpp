#include "winograd.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>

#include "core/plain_tensor.h"
#include "core/switch.h"
#include "nn/conv_node.h"
#include "nn/faster_of.h"
#include "nn/tensor_data.h"
#include "nn/winograd_jobs.h"
#include "simd/isa.h"
#include "simd/matrix_unit.h"

namespace sam {
namespace {

Switch& ownKernels() {
  static Switch value("SAM_TORCH_WINOGRAD");
  return value;
}

const WinogradTable& table() {
  static const WinogradTable found = [] {
    WinogradTable table{nullptr, nullptr};
#if SAM_X86
    if (isa() == Isa::Avx2) table = winogradAvx2();
    if (isa() >= Isa::Avx512) table = hasFastDotProducts() ? winogradAvx512Bf16() : winogradAvx512();
#endif
    // Where oneDNN has a matrix unit, its direct bf16 convolution is faster than these.
    if (hasMatrixUnit()) table.bf16 = nullptr;
    return table;
  }();
  return found;
}

template <typename T>
const WinogradKernels<T>& winogradKernels() {
  if constexpr (std::is_same_v<T, float>) {
    return *table().fp32;
  } else {
    return *table().bf16;
  }
}

ConvShape shapeOf(const at::Tensor& x, int64_t out, const WinogradTile& tile) {
  const int64_t height = x.size(2), width = x.size(3);
  return {x.size(0),
          height,
          width,
          x.size(1),
          out,
          (height + tile.height - 1) / tile.height,
          (width + tile.width - 1) / tile.width};
}

// Calls f(part, first, last) for parts of [0, count) in parallel, none smaller than `grain`.
template <typename F>
void inParts(int64_t count, int64_t parts, const F& f) {
  const int64_t each = (count + parts - 1) / parts;
  at::parallel_for(0, parts, 1, [&](int64_t first, int64_t last) {
    for (int64_t part = first; part < last; ++part) {
      const int64_t begin = std::min(count, part * each), end = std::min(count, begin + each);
      if (begin < end) f(part, begin, end);
    }
  });
}
int64_t partsOf(int64_t count, int64_t grain) {
  const int64_t threads = at::in_parallel_region() ? 1 : at::get_num_threads();
  return std::clamp<int64_t>(count / grain, 1, threads);
}

// Tiles of one thread: fewer than these outputs are not worth waking it.
int64_t tileGrain(const WinogradTile& tile) { return 192 / (tile.height * tile.width); }

// Its inputs side by side, and rounded first where autocast's would be.
template <typename T>
at::Tensor plainWeight(const at::Tensor& weight, const WinogradKernels<T>& kernel) {
  const bool rounds = sizeof(T) == 2 && kernel.roundsWeights;
  return weight.detach()
      .to(rounds ? at::kBFloat16 : weight.scalar_type())
      .contiguous(at::MemoryFormat::ChannelsLast);
}
at::Tensor plainBias(const at::Tensor& bias, at::ScalarType type) {
  const bool rounds = type == at::kBFloat16 && table().bf16->roundsWeights;
  return (rounds ? bias.to(type) : bias).to(at::kFloat).contiguous();
}
WeightView viewOf(const at::Tensor& weight) {
  const bool wide = weight.scalar_type() == at::kFloat;
  return {wide ? constData<float>(weight) : nullptr, wide ? nullptr : constData<Bf16>(weight),
          weight.stride(0), weight.stride(2), weight.stride(3)};
}

// y = conv(x, weight) (+ bias) (+ addend), or with `turned` the gradient of the input from that of the output
at::Tensor forward(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                   const at::Tensor& addend, bool turned, bool relu = false) {
  const int64_t in = weight.size(1), out = weight.size(0);
  at::Tensor y = at::empty({x.size(0), turned ? in : out, x.size(2), x.size(3)}, x.options(),
                           at::MemoryFormat::ChannelsLast);
  floatOrBf16(x, [&](auto type) {
    using T = decltype(type);
    const auto& kernel = winogradKernels<T>();
    const ConvShape shape = shapeOf(x, turned ? in : out, kernel.tile);
    const at::Tensor plain = plainWeight(weight, kernel);
    const at::Tensor transformed = bytes(kernel.weightBytes(in, out));
    void* to = transformed.mutable_data_ptr();
    inParts(shape.out / 16, partsOf(in * out, 64 * 64), [&](int64_t, int64_t begin, int64_t end) {
      (turned ? kernel.transformTurned : kernel.transformWeights)(viewOf(plain), in, out, to, begin, end);
    });
    const WinogradForward<T> job{shape,
                                 constData<T>(x),
                                 to,
                                 constData<float>(bias),
                                 constData<T>(addend),
                                 static_cast<T*>(y.mutable_data_ptr()),
                                 relu};
    const int64_t parts = partsOf(shape.tiles(), tileGrain(kernel.tile)),
                  scratchSize = kernel.forwardScratch(shape);
    const at::Tensor scratch = bytes(parts * scratchSize);
    auto* memory = static_cast<char*>(scratch.mutable_data_ptr());
    inParts(shape.tiles(), parts, [&](int64_t part, int64_t first, int64_t last) {
      kernel.forward(job, first, last, memory + part * scratchSize);
    });
  });
  return y;
}

// Threads share out the tiles, each with sums of its own, as long as the sums are not too large; more threads
// share out the outputs too.
at::Tensor weightGradient(const at::Tensor& x, const at::Tensor& grad, const at::Tensor& weight) {
  const int64_t in = weight.size(1), out = weight.size(0);
  at::Tensor result =
      at::empty(weight.sizes(), at::TensorOptions(at::kFloat), at::MemoryFormat::ChannelsLast);
  floatOrBf16(x, [&](auto type) {
    using T = decltype(type);
    const auto& kernel = winogradKernels<T>();
    const ConvShape shape = shapeOf(x, out, kernel.gradientTile);
    const int64_t panel = kernel.panel(out), panels = out / panel, size = kernel.sumNumbers(in, out);
    const int64_t threads = partsOf(shape.tiles(), 2 * tileGrain(kernel.gradientTile));
    const int64_t mostSets = std::clamp<int64_t>(kernel.mostForSums / (size * 4), 1, threads);
    const int64_t splits = std::min((threads + mostSets - 1) / mostSets, panels),
                  sets = std::min(mostSets, threads / splits);
    const at::Tensor sums = at::empty({sets * size}, at::TensorOptions(at::kFloat));
    auto* sum = static_cast<float*>(sums.mutable_data_ptr());
    const int64_t scratchSize = kernel.gradientScratch(shape);
    const at::Tensor scratch = bytes(sets * splits * scratchSize);
    auto* memory = static_cast<char*>(scratch.mutable_data_ptr());
    const WinogradWeightGradient<T> job{shape, constData<T>(x), constData<T>(grad)};
    const int64_t eachTiles = (shape.tiles() + sets - 1) / sets, eachPanels = (panels + splits - 1) / splits;
    at::parallel_for(0, sets * splits, 1, [&](int64_t begin, int64_t end) {
      for (int64_t part = begin; part < end; ++part) {
        const int64_t set = part / splits, split = part % splits;
        const int64_t first = std::min(panels, split * eachPanels) * panel,
                      last = std::min(panels, (split + 1) * eachPanels) * panel;
        if (first == last) continue;
        kernel.weightGradient(job, std::min(shape.tiles(), set * eachTiles),
                              std::min(shape.tiles(), (set + 1) * eachTiles), first, last, sum + set * size,
                              memory + part * scratchSize);
      }
    });
    const WeightGradient to{static_cast<float*>(result.mutable_data_ptr()), result.stride(0),
                            result.stride(1), result.stride(2), result.stride(3)};
    inParts(in / kernel.wide, partsOf(in * out, 64 * 64), [&](int64_t, int64_t begin, int64_t end) {
      kernel.finishWeights(sum, sets, size, in, out, to, begin, end);
    });
  });
  return result;
}

// -------------------------------------------------------------------------------------------------------------
// a way to convolve, LibTorch's where that was measured to be faster

at::Tensor fasterForward(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request) {
  const auto own = [&] {
    const at::Tensor bias = request.bias.defined() ? plainBias(request.bias, x.scalar_type()) : at::Tensor();
    return forward(x, weight, bias, request.addend, false, request.relu);
  };
  return fasterOf(Measured::Forward, x, weight, {request.addend.defined(), request.relu}, own,
                  [&] { return operators::forward(x, weight, request); });
}

at::Tensor fasterInputGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                               const ConvRequest& request) {
  return fasterOf(
      Measured::InputGradient, x, weight, {}, [&] { return forward(grad, weight, {}, {}, true); },
      [&] { return operators::inputGradient(grad, x, weight, request); });
}

at::Tensor fasterWeightGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                                const ConvRequest& request) {
  return fasterOf(
      Measured::WeightGradient, x, weight, {}, [&] { return weightGradient(x, grad, weight); },
      [&] { return operators::weightGradient(grad, x, weight, request); });
}

constexpr ConvWay kWinograd{fasterForward, fasterInputGradient, fasterWeightGradient};

// -------------------------------------------------------------------------------------------------------------
// choosing

bool isAll(const std::vector<int64_t>& values, int64_t value) {
  return values.size() == 2 && values[0] == value && values[1] == value;
}

template <typename T>
bool pays(const WinogradKernels<T>& kernel, const at::Tensor& x, int64_t in, int64_t out) {
  const int64_t unit = std::max<int64_t>(16, kernel.wide);
  if (in % unit != 0 || out % unit != 0) return false;
  constexpr int64_t kMostForWeights = int64_t{512} << 20;
  if (kernel.weightBytes(in, out) > kMostForWeights) return false;
  const auto [height, width] = kernel.tile;
  const int64_t tiles = shapeOf(x, out, kernel.tile).tiles();
  // Fewer do not pay for transforming the weights.
  constexpr int64_t kFewestOutputs = 384;
  if (tiles * height * width < kFewestOutputs) return false;
  // Tiles reach past small images, and what lies there is multiplied too.
  return tiles * (height + 2) * (width + 2) < 9 * x.size(0) * x.size(2) * x.size(3);
}

}  // namespace

bool winogradTakes(const at::Tensor& x, at::ScalarType type, const at::Tensor& weight,
                   const ConvRequest& request) {
  if (!winogradEnabled() || !isPlainCpu(x) || !isPlainCpu(weight) || x.dim() != 4 || weight.dim() != 4 ||
      request.groups != 1)
    return false;
  if (weight.size(2) != 3 || weight.size(3) != 3 || weight.size(1) != x.size(1)) return false;
  if (!isAll(request.stride, 1) || !isAll(request.padding, 1) || !isAll(request.dilation, 1)) return false;
  if (weight.scalar_type() != at::kFloat && weight.scalar_type() != type) return false;
  const int64_t in = weight.size(1), out = weight.size(0);
  if (type == at::kFloat
          ? table().fp32 == nullptr || !pays(*table().fp32, x, in, out)
          : type != at::kBFloat16 || table().bf16 == nullptr || !pays(*table().bf16, x, in, out))
    return false;
  if (x.numel() == 0 || !x.is_contiguous(at::MemoryFormat::ChannelsLast)) return false;
  if (request.bias.defined() &&
      (!isPlainCpu(request.bias) || request.bias.numel() != out || request.bias.dim() != 1))
    return false;
  const at::Tensor& addend = request.addend;
  return !addend.defined() ||
         (isPlainCpu(addend) && addend.scalar_type() == type && hasSizesOfConv(addend, x, weight, request));
}

at::Tensor winogradConv2d(const at::Tensor& x, const at::Tensor& weight, const ConvRequest& request) {
  return convBy(kWinograd, x, weight, request);
}

bool winogradEnabled() { return ownKernels().isOn(); }
bool setWinograd(bool enabled) { return ownKernels().set(enabled); }

}  // namespace sam
