#pragma once
#include "tensor_table.h"

// A SAM step's arithmetic in three launches over all parameters: the norm of the ascent direction, the
// perturbation, the base optimizer's update. W is the dtype of the weights that count (fp32 masters, or the
// weights themselves), D of the directions, Out of what is perturbed.
namespace sam::kernels {

// ------------------------------------------------------------------------------------------- one element
// each

// T of ASAM's norm: |w| + eta, or 1.
struct AscentSettings {
  const double* rhoAt;  // null: `rho`; else where a CUDA graph reads it
  double rho;
  float scale;  // of eps, after the norm
  float eta;
  float decay;  // ascent direction d + decay w
  u32 adaptive;
};

SAM_HOST_DEVICE float lengthOf(const AscentSettings& s, float w) {
  return s.adaptive != 0 ? (w < 0 ? -w : w) + s.eta : 1;
}

// What the norm is of: T (d + decay w), and for p = infinity without T.
SAM_HOST_DEVICE float ascent(const AscentSettings& s, bool infinite, float w, float d) {
  const float along = s.decay != 0 ? d + s.decay * w : d;
  return infinite ? along : along * lengthOf(s, w);
}

// eps / factor: T^2 d, or T sign(d).
SAM_HOST_DEVICE float direction(const AscentSettings& s, bool infinite, float w, float d) {
  const float scaled = ascent(s, infinite, w, d);
  if (!infinite) return scaled * lengthOf(s, w);
  const float sign = static_cast<float>(scaled > 0) - static_cast<float>(scaled < 0);
  return sign * lengthOf(s, w);
}

struct SgdSettings {
  const float* lrAt;  // null: `lr`
  float lr;
  float momentum;
  float dampening;
  float weightDecay;
  u32 nesterov;
  u32 maximize;
};

// One step at w; `buffer` is the momentum's.
SAM_HOST_DEVICE float sgdUpdate(const SgdSettings& s, float lr, float w, float gradient, float& buffer) {
  float g = s.maximize != 0 ? -gradient : gradient;
  if (s.weightDecay != 0) g += s.weightDecay * w;
  if (s.momentum != 0) {
    buffer = s.momentum * buffer + (1 - s.dampening) * g;
    g = s.nesterov != 0 ? g + s.momentum * buffer : buffer;
  }
  return w - lr * g;
}

SAM_HOST_DEVICE bool isFinite(double x) { return x - x == 0; }

// rho / |T d| as a float; 0 where the gradient is so small that there is no such float.
SAM_HOST_DEVICE float factorOf(double quotient) {
  const float factor = static_cast<float>(quotient);
  return isFinite(static_cast<double>(factor)) ? factor : 0;
}

// ----------------------------------------------------------------------------------------------------
// kernels

constexpr u32 kAscentGroups = 8;

struct SamNormArguments {
  TensorTable table;  // weights, directions
  AscentSettings groups[kAscentGroups];
  double* partials;  // one per chunk: sums of squares
  u32 infinite;
};

template <class W, class D>
struct SamNorm {
  using Arguments = SamNormArguments;
  static constexpr u32 kThreads = TensorTable::kThreads, kShared = BlockSum::kShared;
  static constexpr int kPhases = 3;

  template <int phase>
  static SAM_HOST_DEVICE void run(const Arguments& a, Place place, float* shared) {
    if constexpr (phase == 0) {
      const Chunk chunk(a.table, place.block);
      const auto& entry = a.table.entries[chunk.entry];
      const AscentSettings& group = a.groups[entry.group];
      const W* const weights = static_cast<const W*>(entry.at[0]);
      const D* const directions = static_cast<const D*>(entry.at[1]);
      const bool readsWeights = group.adaptive != 0 || group.decay != 0;
      double sum = 0;
      for (u32 i = chunk.begin + place.thread; i < chunk.end; i += kThreads) {
        const float value =
            ascent(group, a.infinite != 0, readsWeights ? wide(weights[i]) : 0, wide(directions[i]));
        sum += static_cast<double>(value) * static_cast<double>(value);
      }
      BlockSum::doubles(shared)[place.thread] = sum;
    }
    if constexpr (phase == 1) BlockSum::first(place.thread, shared);
    if constexpr (phase == 2) {
      if (place.thread == 0) a.partials[place.block] = BlockSum::second(shared);
    }
  }
};

// The norm from its partial sums, by each block for itself: a few thousand numbers that lie in the cache cost
// less than another launch.
struct NormOfPartials {
  const double* partials;
  u32 count;

  template <int phase>
  SAM_HOST_DEVICE void run(u32 thread, float* shared) const {
    if constexpr (phase == 0) {
      double sum = 0;
      for (u32 i = thread; i < count; i += BlockSum::kThreads) sum += partials[i];
      BlockSum::doubles(shared)[thread] = sum;
    } else {
      BlockSum::first(thread, shared);
    }
  }
  static SAM_HOST_DEVICE double norm(float* shared) { return squareRoot(BlockSum::second(shared)); }
};

struct TotalNormArguments {
  NormOfPartials from;
  float* norm;
};

struct TotalNorm {
  using Arguments = TotalNormArguments;
  static constexpr u32 kThreads = BlockSum::kThreads, kShared = BlockSum::kShared;
  static constexpr int kPhases = 3;

  template <int phase>
  static SAM_HOST_DEVICE void run(const Arguments& a, Place place, float* shared) {
    if constexpr (phase < 2) {
      a.from.run<phase>(place.thread, shared);
    } else {
      if (place.thread == 0) *a.norm = static_cast<float>(NormOfPartials::norm(shared));
    }
  }
};

struct SamPerturbArguments {
  TensorTable table;  // weights (W), directions (D), back-ups (W) or, with masters, the working weights (Out)
  AscentSettings groups[kAscentGroups];
  NormOfPartials from;
  float* norm;
  u32 infinite;
};

// eps = rho T^2 d / |T d|, or rho T sign(d); 0 where the norm is 0 or not finite. Without masters (W = Out)
// the weights are saved first and perturbed in place; with masters, working weights become narrow(w + eps).
template <class W, class D, class Out>
struct SamPerturb {
  static constexpr bool masters = sizeof(W) != sizeof(Out);
  using Arguments = SamPerturbArguments;
  static constexpr u32 kThreads = TensorTable::kThreads, kShared = BlockSum::kShared;
  static constexpr int kPhases = 3;

  template <int phase>
  static SAM_HOST_DEVICE void run(const Arguments& a, Place place, float* shared) {
    if constexpr (phase < 2) {
      a.from.run<phase>(place.thread, shared);
    } else {
      const double norm = NormOfPartials::norm(shared);
      if (place.block == 0 && place.thread == 0) *a.norm = static_cast<float>(norm);
      const Chunk chunk(a.table, place.block);
      const auto& entry = a.table.entries[chunk.entry];
      const AscentSettings& group = a.groups[entry.group];
      const bool infinite = a.infinite != 0;
      const bool usable = isFinite(norm) && norm > 0;
      const double rho = group.rhoAt != nullptr ? *group.rhoAt : group.rho;
      const double factor = usable ? rho * static_cast<double>(group.scale) / (infinite ? 1 : norm) : 0;
      const float by = factorOf(factor);
      W* const weights = static_cast<W*>(entry.at[0]);
      const D* const directions = static_cast<const D*>(entry.at[1]);
      for (u32 i = chunk.begin + place.thread; i < chunk.end; i += kThreads) {
        const W before = weights[i];
        const float w = wide(before);
        const float eps = by == 0 ? 0 : by * direction(group, infinite, w, wide(directions[i]));
        if constexpr (masters) {
          static_cast<Out*>(entry.at[2])[i] = narrow<Out>(w + eps);
        } else {
          static_cast<W*>(entry.at[2])[i] = before;
          weights[i] = narrow<W>(w + eps);
        }
      }
    }
  }
};

struct SgdStepArguments {
  TensorTable table;  // weights, gradients, momentum buffers or null; all of W
  SgdSettings settings;
  const float* foundInf;  // null, or where a number that is not 0 means: change nothing
};

template <class W>
struct SgdStep {
  using Arguments = SgdStepArguments;
  static constexpr u32 kThreads = TensorTable::kThreads, kShared = 0;
  static constexpr int kPhases = 1;

  template <int phase>
  static SAM_HOST_DEVICE void run(const Arguments& a, Place place, float*) {
    if (a.foundInf != nullptr && *a.foundInf != 0) return;
    const Chunk chunk(a.table, place.block);
    const auto& entry = a.table.entries[chunk.entry];
    const float lr = a.settings.lrAt != nullptr ? *a.settings.lrAt : a.settings.lr;
    W* const weights = static_cast<W*>(entry.at[0]);
    const W* const gradients = static_cast<const W*>(entry.at[1]);
    W* const buffers = static_cast<W*>(entry.at[2]);
    for (u32 i = chunk.begin + place.thread; i < chunk.end; i += kThreads) {
      float buffer = buffers != nullptr ? wide(buffers[i]) : 0;
      const float w = sgdUpdate(a.settings, lr, wide(weights[i]), wide(gradients[i]), buffer);
      weights[i] = narrow<W>(w);
      if (buffers != nullptr) buffers[i] = narrow<W>(buffer);
    }
  }
};

static_assert(sizeof(SamNormArguments) <= 4096 && sizeof(SamPerturbArguments) <= 4096 &&
                  sizeof(SgdStepArguments) <= 4096,
              "what every CUDA takes as arguments of a kernel");

}  // namespace sam::kernels
