#include "sam_host.h"

#include <ATen/Parallel.h>
#include <ATen/ops/_foreach_copy.h>
#include <ATen/ops/scalar_tensor.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "buckets.h"
#include "core/cuda_part.h"
#include "kernels/sam_step.h"

namespace sam::host {
namespace {

using kernels::AscentSettings;
using kernels::Bf16;
using Tensors = std::vector<at::Tensor>;

// Elements of a piece: as in norm.cpp, so that |T d| without T is that norm.
constexpr int64_t kPiece = 16384;
constexpr int64_t kPiecesPerThread = 4;  // fewer are not worth waking a thread

struct Piece {
  size_t kind, tensor;
  int64_t begin, end;
};

std::vector<Piece> piecesOf(const std::vector<Perturbed>& kinds) {
  std::vector<Piece> out;
  for (size_t kind = 0; kind < kinds.size(); ++kind) {
    for (size_t tensor = 0; tensor < kinds[kind].weights.size(); ++tensor) {
      const int64_t size = kinds[kind].weights[tensor].numel();
      for (int64_t at = 0; at < size; at += kPiece)
        out.push_back({kind, tensor, at, std::min(size, at + kPiece)});
    }
  }
  return out;
}

template <typename F>
void inParallel(size_t count, const F& f) {
  at::parallel_for(0, static_cast<int64_t>(count), kPiecesPerThread, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) f(static_cast<size_t>(i));
  });
}

// Calls f(settings) with what is plain in them known to the compiler, which then turns the loop into vectors.
template <typename F>
auto specialised(const AscentSettings& s, const F& f) {
  if (s.adaptive != 0 || s.decay != 0) return f(s);
  AscentSettings plain = s;
  plain.adaptive = 0;
  plain.decay = 0;
  return f(plain);
}

template <typename T>
const T* constAt(const at::Tensor& tensor, int64_t from) {
  return static_cast<const T*>(tensor.const_data_ptr()) + from;
}
template <typename T>
T* mutableAt(const at::Tensor& tensor, int64_t from) {
  return static_cast<T*>(tensor.mutable_data_ptr()) + from;
}

template <class W, class D>
double squares(const W* w, const D* d, int64_t n, const AscentSettings& given, bool infinite) {
  return specialised(given, [&](const AscentSettings& s) {
    constexpr int64_t kLanes = 8;  // independent sums, which become vectors
    double lanes[kLanes] = {};
    const bool readsWeights = s.adaptive != 0 || s.decay != 0;
    const auto square = [&](int64_t i) {
      const float value =
          kernels::ascent(s, infinite, readsWeights ? kernels::wide(w[i]) : 0, kernels::wide(d[i]));
      return static_cast<double>(value) * static_cast<double>(value);
    };
    int64_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
      for (int64_t l = 0; l < kLanes; ++l) lanes[l] += square(i + l);
    }
    double sum = 0;
    for (; i < n; ++i) sum += square(i);
    for (const double lane : lanes) sum += lane;
    return sum;
  });
}

// eps of one piece is by times the direction; returns the sum of its squares if that is asked for. Without
// masters (W = Out) the weights are saved in `target` and perturbed, with them `target` is the working copy.
template <class W, class D, class Out>
double move(W* w, const D* d, Out* target, int64_t n, const AscentSettings& given, bool infinite, float by,
            bool wantsEps) {
  return specialised(given, [&](const AscentSettings& s) {
    double sum = 0;
    for (int64_t i = 0; i < n; ++i) {
      const float before = kernels::wide(w[i]);
      const float eps = by == 0 ? 0 : by * kernels::direction(s, infinite, before, kernels::wide(d[i]));
      if constexpr (sizeof(W) == sizeof(Out)) {
        target[i] = w[i];
        w[i] = kernels::narrow<W>(before + eps);
      } else {
        target[i] = kernels::narrow<Out>(before + eps);
      }
      if (wantsEps) sum += static_cast<double>(eps) * static_cast<double>(eps);
    }
    return sum;
  });
}

bool liesAs(const at::Tensor& tensor, const at::Tensor& other) {
  return tensor.is_cpu() && tensor.layout() == at::kStrided && tensor.is_non_overlapping_and_dense() &&
         tensor.sizes() == other.sizes() && sameStrides(tensor, other);
}

}  // namespace

float factorAt(double norm, const Perturbation::Share& share) {
  if (!std::isfinite(norm) || norm <= 0) return 0;
  const auto scale = static_cast<double>(static_cast<float>(share.scale));  // as the kernels have it
  return kernels::factorOf(share.rho * scale / norm);
}

bool takes(const std::vector<Perturbed>& kinds) {
  if (deviceKernelsOnCpu()) return false;
  const bool known = std::all_of(kinds.begin(), kinds.end(), [](const Perturbed& kind) {
    if (!kind.radii.empty() || !hasKnownTypes(kind)) return false;
    for (size_t i = 0; i < kind.weights.size(); ++i) {
      const at::Tensor& weight = kind.weights[i];
      if (!liesAs(weight, weight) || !liesAs(kind.directions[i], weight) || !liesAs(kind.targets[i], weight))
        return false;
    }
    return true;
  });
  return !kinds.empty() && known && !shareMemory(kinds);
}

double perturb(const std::vector<Perturbed>& kinds, bool infinite, at::Tensor* epsNorm, double others) {
  const auto pieces = piecesOf(kinds);
  std::vector<double> sums(pieces.size());
  const auto total = [&](double sum) {
    for (const double part : sums) sum += part;
    return std::sqrt(sum);
  };
  inParallel(pieces.size(), [&](size_t i) {
    const auto [kind, tensor, begin, end] = pieces[i];
    const Perturbed& from = kinds[kind];
    sums[i] = withTypes(from, [&, tensor = tensor, begin = begin, end = end]<class W, class D, class Out>() {
      return squares(constAt<W>(from.weights[tensor], begin), constAt<D>(from.directions[tensor], begin),
                     end - begin, settingsOf(from.shares[tensor]), infinite);
    });
  });
  const double norm = total(others);
  const bool usable = std::isfinite(norm) && norm > 0;
  inParallel(pieces.size(), [&](size_t i) {
    const auto [kind, tensor, begin, end] = pieces[i];
    const Perturbed& from = kinds[kind];
    const AscentSettings settings = settingsOf(from.shares[tensor]);
    const float by =
        infinite
            ? kernels::factorOf(usable ? from.shares[tensor].rho * static_cast<double>(settings.scale) : 0)
            : factorAt(norm, from.shares[tensor]);
    sums[i] = withTypes(from, [&, tensor = tensor, begin = begin, end = end]<class W, class D, class Out>() {
      return move(mutableAt<W>(from.weights[tensor], begin), constAt<D>(from.directions[tensor], begin),
                  mutableAt<Out>(from.targets[tensor], begin), end - begin, settings, infinite, by,
                  epsNorm != nullptr);
    });
  });
  if (epsNorm != nullptr) *epsNorm = at::scalar_tensor(total(0), at::TensorOptions(at::kFloat));
  return norm;
}

void copy(const Tensors& to, const Tensors& from) {
  struct Part {
    char* to;
    const char* from;
    size_t bytes;
  };
  std::vector<Part> parts;
  for (size_t i = 0; i < to.size(); ++i) {
    if (to[i].scalar_type() != from[i].scalar_type() || !liesAs(to[i], to[i]) || !liesAs(from[i], to[i]))
      return at::_foreach_copy_(to, from);
    constexpr size_t kBytes = size_t{4} * kPiece;
    for (size_t at = 0; at < to[i].nbytes(); at += kBytes) {
      parts.push_back({static_cast<char*>(to[i].mutable_data_ptr()) + at,
                       static_cast<const char*>(from[i].const_data_ptr()) + at,
                       std::min(kBytes, to[i].nbytes() - at)});
    }
  }
  inParallel(parts.size(), [&](size_t i) { std::memcpy(parts[i].to, parts[i].from, parts[i].bytes); });
  for (const at::Tensor& tensor : to) {
    if (!tensor.is_inference()) tensor.unsafeGetTensorImpl()->bump_version();
  }
}

}  // namespace sam::host
