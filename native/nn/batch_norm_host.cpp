#include "batch_norm_host.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <cmath>
#include <vector>

#include "nn/batch_norm_rows.h"
#include "nn/tensor_data.h"
#include "simd/isa.h"

namespace sam {
namespace {

const BatchNormKernels& batchNormKernels() {
#if SAM_X86
  static const BatchNormKernels& found = isa() == Isa::Avx512Bf16 ? batchNormKernelsAvx512Bf16()
                                         : isa() == Isa::Avx512   ? batchNormKernelsAvx512()
                                         : isa() == Isa::Avx2     ? batchNormKernelsAvx2()
                                                                  : batchNormKernelsPortable();
  return found;
#else
  return batchNormKernelsPortable();
#endif
}

template <typename T>
const RowsKernels<T>& kernelsFor() {
  if constexpr (std::is_same_v<T, float>) {
    return batchNormKernels().fp32;
  } else {
    return batchNormKernels().bf16;
  }
}

// Whether a result is written past the caches: it is larger than what they would still hold when it is read,
// and every vector of it is aligned.
bool goesPast(const at::Tensor& out, const Rows& shape) {
  constexpr size_t kLargerThanCaches = size_t{12} << 20;
  return out.nbytes() > kLargerThanCaches && shape.channels % 16 == 0 &&
         reinterpret_cast<uintptr_t>(out.const_data_ptr()) % 64 == 0;
}

// What the kernels need per channel, in one tensor [4, C]: mean, 1 / sqrt(var + eps), scale = weight times
// that, shift = bias - mean scale.
struct Statistics {
  explicit Statistics(const at::Tensor& tensor)
      : size(tensor.size(1)), data(static_cast<float*>(tensor.mutable_data_ptr())) {}
  float* mean() const { return data; }
  float* invStd() const { return data + size; }
  float* scale() const { return data + 2 * size; }
  float* shift() const { return data + 3 * size; }
  int64_t size;
  float* data;
};

struct Moments {
  std::vector<double> mean;
  std::vector<double> deviations;  // sums of squared ones
};

template <typename T>
Moments momentsOf(const T* x, const Rows& shape) {
  const Parts parts(shape.rows, shape.channels);
  const int64_t channels = shape.channels;
  std::vector<double> mean(static_cast<size_t>(parts.count() * channels));
  std::vector<double> deviations(mean.size());
  std::vector<float> scratch(2 * mean.size());
  std::vector<int64_t> rows(static_cast<size_t>(parts.count()));
  parts.run([&](int64_t part, int64_t begin, int64_t end) {
    const int64_t at = part * channels;
    rows[static_cast<size_t>(part)] = end - begin;
    kernelsFor<T>().moments(x, begin, end, channels, mean.data() + at, deviations.data() + at,
                            scratch.data() + 2 * at);
  });
  double before = static_cast<double>(rows[0]);
  for (int64_t part = 1; part < parts.count(); ++part) {
    const auto more = static_cast<double>(rows[static_cast<size_t>(part)]);
    if (more == 0) continue;
    const double share = more / (before + more);
    for (int64_t c = 0; c < channels; ++c) {
      const auto to = static_cast<size_t>(c);
      const auto from = static_cast<size_t>(part * channels + c);
      const double apart = mean[from] - mean[to];
      mean[to] += apart * share;
      deviations[to] += deviations[from] + apart * apart * before * share;
    }
    before += more;
  }
  mean.resize(static_cast<size_t>(channels));
  deviations.resize(static_cast<size_t>(channels));
  return {std::move(mean), std::move(deviations)};
}

// running <- (1 - momentum) running + momentum now
void move(const at::Tensor& running, double momentum, const std::vector<double>& now, double factor) {
  if (!running.defined()) return;
  auto* data = static_cast<float*>(running.mutable_data_ptr());
  for (size_t c = 0; c < now.size(); ++c) {
    data[c] = static_cast<float>((1 - momentum) * static_cast<double>(data[c]) + momentum * now[c] * factor);
  }
}

template <typename T>
BatchNormGradients gradientsOfRows(const at::Tensor& x, const at::Tensor& y, const at::Tensor& grad,
                                   const at::Tensor& more, const at::Tensor& statistics, const Rows& shape,
                                   bool relu, bool training, BatchNormWanted wanted) {
  const int64_t channels = shape.channels;
  const Statistics per(statistics);
  const Parts parts(shape.rows, channels);
  BatchNormGradients out;
  at::Tensor lines = at::empty({2, channels}, at::TensorOptions(at::kFloat));
  auto* slope = static_cast<float*>(lines.mutable_data_ptr());
  float* offset = slope + channels;
  const Gate gate = !relu ? Gate::None : y.defined() ? Gate::Output : Gate::Input;
  RowsBackward<T> job{};
  job.x = constData<T>(x);
  job.y = y.defined() ? constData<T>(y) : job.x;
  job.grad = constData<T>(grad);
  job.more = constData<T>(more);
  job.mean = per.mean();
  job.scale = per.scale();
  job.shift = per.shift();
  job.slope = slope;
  job.offset = offset;
  job.channels = channels;
  job.gate = gate;

  std::fill(slope, slope + 2 * channels, 0.0f);
  if (training || wanted.parameters) {
    std::vector<double> sums(static_cast<size_t>(parts.count() * channels));
    std::vector<double> products(sums.size());
    std::vector<float> scratch(2 * sums.size());
    parts.run([&](int64_t part, int64_t begin, int64_t end) {
      const int64_t at = part * channels;
      kernelsFor<T>().sums(job, begin, end, sums.data() + at, products.data() + at, scratch.data() + 2 * at);
    });
    if (wanted.parameters) {
      out.weight = at::empty({channels}, at::TensorOptions(at::kFloat));
      out.bias = at::empty({channels}, at::TensorOptions(at::kFloat));
    }
    auto* dweight = mutableData<float>(out.weight);
    auto* dbias = mutableData<float>(out.bias);
    const auto n = static_cast<double>(shape.rows);
    for (int64_t c = 0; c < channels; ++c) {
      double sum = 0, product = 0;
      for (int64_t part = 0; part < parts.count(); ++part) {
        sum += sums[static_cast<size_t>(part * channels + c)];
        product += products[static_cast<size_t>(part * channels + c)];
      }
      const auto invStd = static_cast<double>(per.invStd()[c]);
      const auto scale = static_cast<double>(per.scale()[c]);
      if (wanted.parameters) {
        dweight[c] = static_cast<float>(product * invStd);
        dbias[c] = static_cast<float>(sum);
      }
      if (training) {
        slope[c] = static_cast<float>(-scale * invStd * invStd * product / n);
        offset[c] = static_cast<float>(-scale * sum / n);
      }
    }
  }
  if (wanted.residual && gate == Gate::None) out.residual = grad;
  if (wanted.residual && gate != Gate::None) out.residual = at::empty_like(x);
  if (wanted.x || (wanted.residual && gate != Gate::None)) {
    out.x = at::empty_like(x);
    job.dx = mutableData<T>(out.x);
    if (wanted.residual && gate != Gate::None) job.dresidual = mutableData<T>(out.residual);
    job.past = goesPast(out.x, shape) && (job.dresidual == nullptr || goesPast(out.residual, shape));
    parts.run([&](int64_t, int64_t begin, int64_t end) { kernelsFor<T>().backward(job, begin, end); });
  }
  return out;
}

}  // namespace

namespace host {

at::Tensor batchNormStatistics(const at::Tensor& x, const Rows& shape, const BatchNormRequest& request) {
  at::Tensor tensor = at::empty({4, shape.channels}, at::TensorOptions(at::kFloat));
  const Statistics out(tensor);
  const auto n = static_cast<double>(shape.rows);
  const auto* weight = constData<float>(request.weight);
  const auto* bias = constData<float>(request.bias);
  const auto fill = [&](int64_t c, double mean, double variance) {
    const double invStd = 1 / std::sqrt(variance + request.eps);
    const double scale = weight == nullptr ? invStd : static_cast<double>(weight[c]) * invStd;
    out.mean()[c] = static_cast<float>(mean);
    out.invStd()[c] = static_cast<float>(invStd);
    out.scale()[c] = static_cast<float>(scale);
    out.shift()[c] =
        static_cast<float>((bias == nullptr ? 0.0 : static_cast<double>(bias[c])) - mean * scale);
  };
  if (!request.training) {
    const auto* mean = constData<float>(request.runningMean);
    const auto* variance = constData<float>(request.runningVar);
    for (int64_t c = 0; c < shape.channels; ++c)
      fill(c, static_cast<double>(mean[c]), static_cast<double>(variance[c]));
    return tensor;
  }
  floatOrBf16(x, [&](auto type) {
    const Moments moments = momentsOf(constData<decltype(type)>(x), shape);
    for (int64_t c = 0; c < shape.channels; ++c) {
      fill(c, moments.mean[static_cast<size_t>(c)], moments.deviations[static_cast<size_t>(c)] / n);
    }
    move(request.runningMean, request.momentum, moments.mean, 1);
    move(request.runningVar, request.momentum, moments.deviations, 1 / (n - 1));
  });
  return tensor;
}

at::Tensor batchNormApplied(const at::Tensor& x, const at::Tensor& residual, const at::Tensor& statistics,
                            const Rows& shape, bool relu) {
  at::Tensor y = at::empty_like(x);
  const Statistics at(statistics);
  floatOrBf16(x, [&](auto type) {
    using T = decltype(type);
    const RowsForward<T> job{constData<T>(x),
                             constData<T>(residual),
                             mutableData<T>(y),
                             at.scale(),
                             at.shift(),
                             shape.channels,
                             relu,
                             goesPast(y, shape)};
    Parts(shape.rows, shape.channels).run([&](int64_t, int64_t begin, int64_t end) {
      kernelsFor<T>().forward(job, begin, end);
    });
  });
  return y;
}

BatchNormGradients batchNormGradients(const at::Tensor& x, const at::Tensor& y, const at::Tensor& grad,
                                      const at::Tensor& more, const at::Tensor& statistics, const Rows& shape,
                                      bool relu, bool training, BatchNormWanted wanted) {
  BatchNormGradients out;
  floatOrBf16(x, [&](auto type) {
    out = gradientsOfRows<decltype(type)>(x, y, grad, more, statistics, shape, relu, training, wanted);
  });
  return out;
}

}  // namespace host
}  // namespace sam
