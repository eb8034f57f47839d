#include "norm.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/scalar_tensor.h>
#include <ATen/ops/stack.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/cuda_part.h"
#include "core/errors.h"
#include "core/plain_tensor.h"
#include "host_loops.h"
#include "sam_kernels.h"

namespace sam {
namespace {

// Elements that one partial sum covers: fixed, so that threads do not change the result; and few, so that
// they get as many each.
constexpr int64_t kChunk = 4096;
constexpr int64_t kFewestChunks = 16;  // for a thread; less is done before it is awake
constexpr int64_t kLanes = 8;          // independent sums, which the compiler turns into vector registers

struct Chunk {
  const void* data;
  int64_t size;
  at::ScalarType dtype;
};

// A maximum that keeps NaN, as torch.max does.
inline double maximum(double a, double b) { return b > a || std::isnan(b) ? b : a; }

template <typename T>
inline double toDouble(T x) {
  return static_cast<double>(x);
}
inline double toDouble(at::BFloat16 x) { return static_cast<double>(static_cast<float>(x)); }
inline double toDouble(at::Half x) { return static_cast<double>(static_cast<float>(x)); }

double sumOfSquares(const float* x, int64_t n) { return hostLoops().squares(x, n); }

template <typename T>
double sumOfSquares(const T* x, int64_t n) {
  double lane[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (int64_t l = 0; l < kLanes; ++l) {
      const double value = toDouble(x[i + l]);
      lane[l] += value * value;
    }
  }
  double sum = 0;
  for (; i < n; ++i) {
    const double value = toDouble(x[i]);
    sum += value * value;
  }
  for (const double part : lane) sum += part;
  return sum;
}

// What one chunk adds to the norm, before the root.
template <typename T>
double partial(const T* x, int64_t n, double p) {
  if (p == 2) return sumOfSquares(x, n);
  double out = 0;
  for (int64_t i = 0; i < n; ++i) {
    const double value = std::fabs(toDouble(x[i]));
    out = std::isinf(p) ? maximum(out, value) : out + (p == 1 ? value : std::pow(value, p));
  }
  return out;
}

double partial(const Chunk& chunk, double p) {
  switch (chunk.dtype) {
    case at::kDouble:
      return partial(static_cast<const double*>(chunk.data), chunk.size, p);
    case at::kFloat:
      return partial(static_cast<const float*>(chunk.data), chunk.size, p);
    case at::kBFloat16:
      return partial(static_cast<const at::BFloat16*>(chunk.data), chunk.size, p);
    default:
      return partial(static_cast<const at::Half*>(chunk.data), chunk.size, p);
  }
}

double cpuPowers(at::TensorList tensors, double p) {
  std::vector<Chunk> chunks;
  std::vector<at::Tensor> dense;  // keeps copies alive
  for (const auto& tensor : tensors) {
    // Any order of the elements will do, so channels-last gradients are read where they lie.
    dense.push_back(tensor.is_non_overlapping_and_dense() ? tensor : tensor.contiguous());
    const auto* data = static_cast<const char*>(dense.back().const_data_ptr());
    const int64_t n = tensor.numel();
    const auto width = static_cast<int64_t>(tensor.element_size());
    for (int64_t at = 0; at < n; at += kChunk) {
      chunks.push_back({data + at * width, std::min(kChunk, n - at), tensor.scalar_type()});
    }
  }
  std::vector<double> parts(chunks.size());
  at::parallel_for(0, static_cast<int64_t>(chunks.size()), kFewestChunks, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) parts[i] = partial(chunks[i], p);
  });
  double total = 0;
  for (const double part : parts) total = std::isinf(p) ? maximum(total, part) : total + part;
  return total;
}

double cpuNorm(at::TensorList tensors, double p) {
  const double total = cpuPowers(tensors, p);
  if (p == 2) return std::sqrt(total);
  return std::isinf(p) || p == 1 ? total : std::pow(total, 1 / p);
}

at::Tensor numberOnCpu(double value) {
  at::Tensor out = emptyCpu({}, at::kFloat);
  *out.mutable_data_ptr<float>() = static_cast<float>(value);
  return out;
}

bool hasOwnKernel(const at::Tensor& tensor) {
  const auto dtype = tensor.scalar_type();
  return tensor.is_cpu() && !deviceKernelsOnCpu() &&
         (dtype == at::kFloat || dtype == at::kDouble || dtype == at::kBFloat16 || dtype == at::kHalf);
}

}  // namespace

at::Tensor globalNorm(at::TensorList tensors, double p) {
  if (!(p > 0)) badArgument("[norm] expected p > 0 or infinity, got " + std::to_string(p));
  const at::NoGradGuard noGrad;
  at::ScalarType dtype = at::kFloat;
  at::Device device = at::kCPU;
  std::vector<at::Tensor> onCpu;
  std::map<std::pair<at::DeviceIndex, at::ScalarType>, std::vector<at::Tensor>> others;
  for (const auto& tensor : tensors) {
    if (tensor.layout() != at::kStrided) badArgument("[norm] expected dense tensors, got a sparse one");
    if (!at::isFloatingType(tensor.scalar_type()) && !at::isComplexType(tensor.scalar_type())) {
      badArgument(std::string("[norm] expected floating-point tensors, got ") +
                  c10::toString(tensor.scalar_type()));
    }
    if (c10::toRealValueType(tensor.scalar_type()) == at::kDouble) dtype = at::kDouble;
    if (device.is_cpu() && !tensor.is_cpu()) device = tensor.device();
    if (tensor.numel() == 0) continue;
    if (hasOwnKernel(tensor)) {
      onCpu.push_back(tensor);
    } else {
      others[{tensor.is_cpu() ? at::DeviceIndex(-1) : tensor.device().index(), tensor.scalar_type()}]
          .push_back(tensor);
    }
  }
  if (p == 2 && dtype == at::kFloat && onCpu.empty() && others.size() == 1 &&
      device::takes({&others.begin()->second}))
    return device::norm(others.begin()->second);
  std::vector<at::Tensor> norms;
  if (!onCpu.empty() || others.empty())
    norms.push_back(at::scalar_tensor(cpuNorm(onCpu, p), at::TensorOptions(dtype)));
  for (const auto& [key, group] : others) {
    const auto accumulate = at::isComplexType(key.second) ? at::toComplexType(dtype) : dtype;
    for (auto& norm : at::_foreach_norm(group, p, accumulate)) norms.push_back(std::move(norm));
  }
  for (auto& norm : norms) norm = norm.to(at::TensorOptions(device).dtype(dtype), /*non_blocking=*/true);
  return norms.size() == 1 ? norms[0]
                           : at::linalg_vector_norm(at::stack(norms), p, std::nullopt, false, dtype);
}

at::Tensor globalNormWith(at::TensorList tensors, double squares) {
  const bool isOwn = std::all_of(tensors.begin(), tensors.end(), [](const at::Tensor& tensor) {
    return tensor.scalar_type() == at::kFloat && tensor.layout() == at::kStrided && hasOwnKernel(tensor);
  });
  if (isOwn) return numberOnCpu(std::sqrt(cpuPowers(tensors, 2) + squares));
  const at::Tensor norm = globalNorm(tensors);
  const double value = norm.item().toDouble();
  return at::scalar_tensor(std::sqrt(value * value + squares), norm.options());
}

}  // namespace sam
