#include "batch_norm.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/batch_norm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/scalar_tensor.h>
#include <ATen/ops/where.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>
#include <vector>

#include "core/plain_tensor.h"
#include "core/zero_tensor.h"
#include "nn/batch_norm_device.h"
#include "nn/batch_norm_rows.h"
#include "nn/rows.h"
#include "nn/tensor_data.h"
#include "simd/isa.h"

namespace sam {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

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

at::Tensor statisticsOf(const at::Tensor& x, const Rows& shape, const BatchNormRequest& request) {
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

at::Tensor applied(const at::Tensor& x, const at::Tensor& residual, const at::Tensor& statistics,
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

using Gradients = BatchNormGradients;
using Wanted = BatchNormWanted;

// y is undefined when the mask comes from x.
template <typename T>
Gradients gradientsOfRows(const at::Tensor& x, const at::Tensor& y, const at::Tensor& grad,
                          const at::Tensor& more, const at::Tensor& statistics, const Rows& shape, bool relu,
                          bool training, Wanted wanted) {
  const int64_t channels = shape.channels;
  const Statistics per(statistics);
  const Parts parts(shape.rows, channels);
  Gradients out;
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

// ------------------------------------------------------------------------------------------------ by
// LibTorch's operators

std::vector<int64_t> allButChannels(const at::Tensor& x) {
  std::vector<int64_t> dims;
  for (int64_t d = 0; d < x.dim(); ++d) {
    if (d != 1) dims.push_back(d);
  }
  return dims;
}

at::Tensor perChannel(const at::Tensor& values, const at::Tensor& x) {
  std::vector<int64_t> shape(static_cast<size_t>(x.dim()), 1);
  shape[1] = values.numel();
  return values.view(shape);
}

// (x - mean) / sqrt(var + eps), and 1 / sqrt(var + eps), both differentiable
std::pair<at::Tensor, at::Tensor> normalised(const at::Tensor& x, const BatchNormRequest& request) {
  if (!request.training) {
    const at::Tensor invStd = at::rsqrt(perChannel(request.runningVar.to(x.scalar_type()), x) + request.eps);
    return {(x - perChannel(request.runningMean.to(x.scalar_type()), x)) * invStd, invStd};
  }
  const at::Tensor centred = x - x.mean(allButChannels(x), true);
  const at::Tensor invStd = at::rsqrt((centred * centred).mean(allButChannels(x), true) + request.eps);
  return {centred * invStd, invStd};
}

at::Tensor beforeRelu(const at::Tensor& x, const BatchNormRequest& request) {
  at::Tensor z = normalised(x, request).first;
  if (request.weight.defined()) z = z * perChannel(request.weight.to(x.scalar_type()), x);
  if (request.bias.defined()) z = z + perChannel(request.bias.to(x.scalar_type()), x);
  return request.residual.defined() ? z + request.residual.to(x.scalar_type()) : z;
}

// The backward as a formula of differentiable operators: for double backward, and for float64. bf16 is
// widened to fp32.
Gradients gradientsByOperators(const at::Tensor& x0, const at::Tensor& grad0, const at::Tensor& more,
                               const BatchNormRequest& request) {
  const auto type = x0.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
  const at::Tensor x = x0.to(type);
  at::Tensor grad = grad0.to(type);
  if (request.relu) {
    const at::Tensor open = [&] {
      const c10::AutoGradMode off(false);
      return beforeRelu(x.detach(), request).le(0).logical_not();
    }();
    grad = at::where(open, grad, at::scalar_tensor(0, grad.options()));
  }
  const auto [unit, invStd] = normalised(x, request);
  const at::Tensor sum = grad.sum(allButChannels(x), true);
  const at::Tensor product = (grad * unit).sum(allButChannels(x), true);
  at::Tensor dx = grad;
  if (request.training) {
    const auto n = static_cast<double>(x.numel() / x.size(1));
    dx = dx - sum / n - unit * (product / n);
  }
  dx = dx * invStd;
  if (request.weight.defined()) dx = dx * perChannel(request.weight.to(type), x);
  dx = dx.to(x0.scalar_type());
  if (more.defined()) dx = dx + more;
  const auto vector = [&](const at::Tensor& values, const at::Tensor& like) {
    return like.defined() ? values.flatten().to(like.scalar_type()) : at::Tensor();
  };
  return {dx, request.residual.defined() ? grad.to(request.residual.scalar_type()) : at::Tensor(),
          vector(product, request.weight), vector(sum, request.bias)};
}

at::Tensor byOperators(const at::Tensor& x, const BatchNormRequest& request) {
  at::Tensor y = at::batch_norm(x, request.weight, request.bias, request.runningMean, request.runningVar,
                                request.training, request.momentum, request.eps, true);
  if (request.residual.defined()) y = y + request.residual;
  // In place: y is new, and no backward needs what it was.
  return request.relu ? at::relu_(y) : y;
}

// float64 by plain operators, so that finite differences check the same formulas that the kernels follow
at::Tensor appliedByOperators(const at::Tensor& x, const BatchNormRequest& request) {
  if (request.training && request.runningMean.defined()) {
    const auto n = static_cast<double>(x.numel() / x.size(1));
    const at::Tensor variance = x.var(allButChannels(x), /*unbiased=*/false) * (n / (n - 1));
    request.runningMean.mul_(1 - request.momentum).add_(x.mean(allButChannels(x)), request.momentum);
    request.runningVar.mul_(1 - request.momentum).add_(variance, request.momentum);
  }
  const at::Tensor z = beforeRelu(x, request);
  return request.relu ? at::relu(z) : z;
}

// -------------------------------------------------------------------------------------------------------------
// autograd

bool isPlain(const at::Tensor& tensor, at::ScalarType type, int64_t channels, c10::Device device) {
  return !tensor.defined() || (tensor.device() == device && tensor.scalar_type() == type &&
                               tensor.numel() == channels && tensor.is_contiguous());
}

// Whether this file's own path takes it.
bool suits(const at::Tensor& x, const std::optional<Rows>& shape, const BatchNormRequest& request) {
  if (!shape || (request.training && shape->rows < 2)) return false;
  if (!x.is_cpu() && !device::takesBatchNorm(x, *shape)) return false;
  const auto type = x.scalar_type();
  if (type != at::kFloat && type != at::kBFloat16 && type != at::kDouble) return false;
  const auto own = type == at::kDouble ? at::kDouble : at::kFloat;
  for (const at::Tensor& tensor : {request.weight, request.bias, request.runningMean, request.runningVar}) {
    if (!isPlain(tensor, own, shape->channels, x.device()) || hasTangent(tensor) || isWrapper(tensor))
      return false;
  }
  if (request.runningMean.defined() != request.runningVar.defined()) return false;
  if (!request.training && !request.runningMean.defined()) return false;
  if (hasTangent(x) || hasTangent(request.residual) || isWrapper(x) || isWrapper(request.residual))
    return false;
  return !request.residual.defined() ||
         (request.residual.scalar_type() == type && request.residual.sizes() == x.sizes() &&
          request.residual.device() == x.device());
}

std::pair<at::Tensor, at::Tensor> forward(const at::Tensor& x, const Rows& shape,
                                          const BatchNormRequest& request) {
  if (x.scalar_type() == at::kDouble) return {appliedByOperators(x, request), at::Tensor()};
  if (device::takesBatchNorm(x, shape)) {
    at::Tensor statistics = device::batchNormStatistics(x, shape, request);
    at::Tensor y = device::batchNormApplied(x, request.residual, statistics, shape, request.relu);
    return {std::move(y), std::move(statistics)};
  }
  at::Tensor statistics = statisticsOf(x, shape, request);
  at::Tensor y = applied(x, request.residual, statistics, shape, request.relu);
  return {std::move(y), std::move(statistics)};
}

class BatchNormRelu : public torch::autograd::Function<BatchNormRelu> {
 public:
  // The optional tensors are those of `given`, listed so that autograd sees them.
  static variable_list forward(AutogradContext* ctx, const Variable& x,
                               const std::optional<at::Tensor>& /*residual*/,
                               const std::optional<at::Tensor>& /*weight*/,
                               const std::optional<at::Tensor>& /*bias*/, const BatchNormRequest* given,
                               bool skip) {
    BatchNormRequest request = *given;
    const at::Tensor &residual = given->residual, &weight = given->weight, &bias = given->bias;
    const Rows shape = *asRows(x);
    if (residual.defined()) request.residual = residual.contiguous(shape.format);
    auto [y, statistics] = sam::forward(x, shape, request);
    ctx->set_materialize_grads(false);
    // In evaluation the running statistics are constants of the backward; in training they are not part of
    // it.
    const at::Tensor none;
    const bool fixed = !request.training;
    const bool keepsOutput = request.relu && residual.defined();
    ctx->save_for_backward({x, keepsOutput ? y : none, residual, weight, bias,
                            fixed ? request.runningMean : none, fixed ? request.runningVar : none,
                            statistics});
    ctx->saved_data["training"] = request.training;
    ctx->saved_data["relu"] = request.relu;
    ctx->saved_data["eps"] = request.eps;
    return skip ? variable_list{y, x} : variable_list{y};
  }

  static variable_list backward(AutogradContext* ctx, variable_list grads) {
    const auto saved = ctx->get_saved_variables();
    const at::Tensor& x = saved[0];
    const at::Tensor more = materialized(grads.size() > 1 ? grads[1] : at::Tensor());
    if (!grads[0].defined()) return {more, {}, {}, {}, {}, {}};
    const Rows shape = *asRows(x);
    // Edges are numbered without the inputs that were not there.
    size_t edge = 1;
    const auto needed = [&](const at::Tensor& input) {
      return input.defined() && ctx->needs_input_grad(edge++);
    };
    const bool wantsResidual = needed(saved[2]), wantsWeight = needed(saved[3]), wantsBias = needed(saved[4]);
    const Wanted wanted{ctx->needs_input_grad(0), wantsResidual, wantsWeight || wantsBias};
    Gradients out;
    if (x.scalar_type() == at::kDouble || c10::GradMode::is_enabled()) {
      BatchNormRequest request;
      request.residual = saved[2];
      request.weight = saved[3];
      request.bias = saved[4];
      request.runningMean = saved[5];
      request.runningVar = saved[6];
      request.training = ctx->saved_data["training"].toBool();
      request.relu = ctx->saved_data["relu"].toBool();
      request.eps = ctx->saved_data["eps"].toDouble();
      out = gradientsByOperators(x, grads[0], more, request);
    } else {
      const at::Tensor grad = materialized(grads[0]).to(x.scalar_type()).contiguous(shape.format);
      const at::Tensor beside = more.defined() ? more.to(x.scalar_type()).contiguous(shape.format) : more;
      const bool relu = ctx->saved_data["relu"].toBool(), training = ctx->saved_data["training"].toBool();
      if (device::takesBatchNorm(x, shape)) {
        out = device::batchNormGradients(x, saved[1], grad, beside, saved[7], shape, relu, training, wanted);
      } else {
        floatOrBf16(x, [&](auto type) {
          out = gradientsOfRows<decltype(type)>(x, saved[1], grad, beside, saved[7], shape, relu, training,
                                                wanted);
        });
      }
    }
    const at::Tensor none;
    return {wanted.x ? out.x : none,
            wanted.residual ? out.residual : none,
            wantsWeight ? out.weight : none,
            wantsBias ? out.bias : none,
            none,
            none};
  }
};

variable_list record(const at::Tensor& x, const BatchNormRequest& request, bool skip) {
  return BatchNormRelu::apply(x, maybe(request.residual), maybe(request.weight), maybe(request.bias),
                              &request, skip);
}

bool recorded(const at::Tensor& x, const BatchNormRequest& request) {
  if (!c10::GradMode::is_enabled()) return false;
  const auto asks = [](const at::Tensor& tensor) { return tensor.defined() && tensor.requires_grad(); };
  return asks(x) || asks(request.residual) || asks(request.weight) || asks(request.bias);
}

}  // namespace

at::Tensor batchNormRelu(const at::Tensor& x, const BatchNormRequest& request) {
  const auto shape = asRows(x);
  if (!suits(x, shape, request)) return byOperators(x, request);
  if (recorded(x, request)) return record(x, request, false)[0];
  BatchNormRequest plain = request;
  if (plain.residual.defined()) plain.residual = plain.residual.contiguous(shape->format);
  return forward(x, *shape, plain).first;
}

std::tuple<at::Tensor, at::Tensor> batchNormReluAndSkip(const at::Tensor& x,
                                                        const BatchNormRequest& request) {
  if (!suits(x, asRows(x), request) || !recorded(x, request)) return {batchNormRelu(x, request), x};
  auto out = record(x, request, true);
  return {out[0], out[1]};
}

}  // namespace sam
