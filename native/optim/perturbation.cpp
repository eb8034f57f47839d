#include "perturbation.h"

#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_copy.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/add.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/scalar_tensor.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/InferenceMode.h>

#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "core/operators.h"
#include "core/plain_tensor.h"
#include "factorable.h"
#include "host_loops.h"
#include "masters.h"
#include "norm.h"
#include "perturbed.h"
#include "sam_host.h"
#include "sam_kernels.h"

namespace sam {
namespace {

using Tensors = std::vector<at::Tensor>;

// rho / |T d| where that is on the device, in a direction's dtype: 0 for a norm of zero, infinity or NaN, and
// for one so small that the quotient is beyond the dtype, so that bad gradients never reach the weights.
at::Tensor safeFactor(const at::Tensor& value, at::ScalarType dtype) {
  const at::Tensor factor = value.to(dtype);
  return at::where(at::isfinite(factor), factor, at::zeros_like(factor));
}

// The largest factor that a kernel for this dtype takes.
double largestFactor(at::ScalarType dtype) {
  return c10::toRealValueType(dtype) == at::kDouble ? std::numeric_limits<double>::max()
                                                    : std::numeric_limits<float>::max();
}

// |eps| where tensors move by factor times direction: one norm per factor, so one for all but groups with a
// rho of their own, and no copy of eps.
at::Tensor movedBy(const std::map<double, Tensors>& moves, const at::Tensor& like) {
  Tensors parts;
  for (const auto& [factor, directions] : moves) {
    parts.push_back(globalNorm(directions, 2).to(like.options(), /*non_blocking=*/true).mul(factor));
  }
  if (parts.empty()) return at::zeros_like(like);
  return parts.size() == 1 ? parts[0] : at::linalg_vector_norm(at::stack(parts), 2);
}

}  // namespace

const at::Tensor& Perturbation::backupOf(size_t position, const at::Tensor& param) {
  at::Tensor& backup = backups_[position];
  if (!backup.defined() || backup.sizes() != param.sizes() || backup.dtype() != param.dtype() ||
      backup.device() != param.device() || backup.strides() != param.strides()) {
    backup = at::empty_like(param);
  }
  return backup;
}

at::Tensor Perturbation::perturb(const Tensors& params, Tensors directions, const std::vector<Share>& shares,
                                 double p, at::Tensor* epsNorm, const Tensors* radii) {
  const at::AutoGradMode guard(false);
  if (isPerturbed_)
    throw Failure("E_STATE", "[SAM] expected unperturbed weights, got weights that are perturbed already",
                  "call secondStep() or restore() first");
  const bool infinite = std::isinf(p);
  settle();
  backups_.resize(params.size());
  factors_.stop();
  isPerturbed_ = true;  // also where it fails half way: release() takes back what there is
  auto known = perturbInPasses(params, directions, shares, infinite, epsNorm, radii);
  if (!known && !factors_.isEmpty()) {
    factors_.giveTo(params, directions);
    known = perturbInPasses(params, directions, shares, infinite, epsNorm, radii);
  }
  if (known) return *known;
  Tensors weights;
  Tensors copies;   // the working copy of a weight that has one
  Tensors scaled;   // T d
  Tensors lengths;  // T, undefined for 1
  Tensors rhos;     // with `radii`
  std::vector<double> factors;
  std::vector<Saved> saved;
  std::vector<MasterWeight*> masters;
  Tensors backedUp;  // without a master
  Tensors backups;   // of those
  for (size_t i = 0; i < params.size(); ++i) {
    const Share& share = shares[i];
    if (share.masked || !directions[i].defined()) continue;
    at::Tensor d = directions[i];
    if (d.is_sparse()) badArgument("[SAM] expected dense gradients, got a sparse one");
    if (params[i].is_meta())
      badArgument("[SAM] expected weights with values, got " + describe(params[i]),
                  "make the model on a device that has memory");
    MasterWeight* const master = masterOf(params[i]);
    const at::Tensor w = master != nullptr ? master->value() : params[i];
    if (share.decay != 0) d = d.add(w, share.decay);
    at::Tensor t;
    if (share.adaptive) {
      t = w.abs();
      if (share.eta != 0) t.add_(share.eta);
      if (!infinite) d = d.mul(t);
    }
    if (master != nullptr) {
      masters.push_back(master);
      saved.push_back({params[i], {}});
    } else {
      backedUp.push_back(w);
      backups.push_back(backupOf(i, w));
      saved.push_back({w, backups.back()});
    }
    weights.push_back(w);
    copies.push_back(master != nullptr ? params[i] : at::Tensor());
    scaled.push_back(std::move(d));
    lengths.push_back(std::move(t));
    factors.push_back(radii != nullptr ? share.scale : share.rho * share.scale);
    rhos.push_back(radii != nullptr ? (*radii)[i] : at::Tensor());
  }
  const at::Tensor norm = globalNorm(scaled, 2);
  const bool onHost = norm.is_cpu() && radii == nullptr;
  // On the CPU there is nothing to wait for, and plain numbers save a pass over the weights.
  const double value = onHost ? norm.item().toDouble() : 1;
  const bool usable = std::isfinite(value) && value > 0;
  const at::Tensor inverse = onHost ? at::Tensor() : norm.to(at::kDouble).reciprocal();

  if (!backups.empty()) at::_foreach_copy_(backups, backedUp);
  // From here on the weights may differ from w: restore() knows them all, whatever fails below.
  perturbed_ = std::move(saved);
  for (auto* master : masters) master->leave();

  std::map<double, Tensors> moves;
  bool plain = !infinite && !weights.empty();
  // rho / |T d|, 0-dimensional, for a direction's device and dtype; parameters of one group share it.
  std::map<std::tuple<const void*, c10::DeviceIndex, at::ScalarType>, at::Tensor> onDevice;
  const auto factorOn = [&](const at::Tensor& direction, const at::Tensor& rho) {
    const void* const from = rho.defined() ? rho.unsafeGetTensorImpl() : nullptr;
    at::Tensor& factor = onDevice[{from, direction.device().index(), direction.scalar_type()}];
    if (!factor.defined()) {
      at::Tensor value = (infinite ? at::isfinite(norm) : inverse).to(direction.device());
      if (rho.defined()) value = rho.mul(value);
      factor = safeFactor(value, direction.scalar_type());
    }
    return factor;
  };

  for (size_t i = 0; i < weights.size(); ++i) {
    at::Tensor direction;
    double factor = factors[i];
    if (infinite) {
      direction = scaled[i].sgn();  // of a real number its sign
      if (lengths[i].defined()) direction.mul_(lengths[i]);
      if (onHost && !usable) factor = 0;
    } else {
      direction = lengths[i].defined() ? scaled[i].mul(lengths[i]) : scaled[i];
      if (onHost) {
        factor = usable ? factor / value : 0;
        if (std::fabs(factor) > largestFactor(direction.scalar_type())) factor = 0;
      }
    }
    if (!onHost) {
      // rho / |T d| is soon beyond float16.
      if (direction.scalar_type() == at::kHalf) direction = direction.to(at::kFloat);
      const at::Tensor by = factorOn(direction, rhos[i]);
      direction = at::where(by.ne(0), direction.mul(by), at::zeros_like(by));  // 0 times NaN is NaN
    }
    plain = plain && !lengths[i].defined() && factors[i] == factors[0] && factor != 0;
    if (factor == 0 && onHost) continue;
    if (copies[i].defined()) {
      at::add_out(copies[i], weights[i], direction, factor);
    } else {
      weights[i].add_(direction, factor);
    }
    if (epsNorm != nullptr) moves[factor].push_back(direction);
  }
  if (epsNorm != nullptr) {
    // One factor for all and no T: the norm is known already.
    *epsNorm = plain && onHost ? norm.mul(factors[0] / value) : movedBy(moves, norm);
  }
  at::autocast::clear_cache();  // casts of the weights made before are not those of w + eps
  return norm;
}

std::optional<at::Tensor> Perturbation::perturbInPasses(const Tensors& params, const Tensors& directions,
                                                        const std::vector<Share>& shares, bool infinite,
                                                        at::Tensor* epsNorm, const Tensors* radii) {
  std::map<std::tuple<at::ScalarType, at::ScalarType, at::ScalarType>, Perturbed> byDtype;
  std::vector<Saved> saved;
  std::vector<MasterWeight*> masters;
  Tensors changed;
  for (size_t i = 0; i < params.size(); ++i) {
    if (shares[i].masked || !directions[i].defined()) continue;
    if (directions[i].is_sparse()) return std::nullopt;
    MasterWeight* const master = masterOf(params[i]);
    if (master != nullptr) masters.push_back(master);
    const at::Tensor weight = master != nullptr ? master->value() : params[i];
    const at::Tensor target = master != nullptr ? params[i] : backupOf(i, params[i]);
    saved.push_back({params[i], master != nullptr ? at::Tensor() : target});
    changed.push_back(params[i]);
    auto& kind = byDtype[{weight.scalar_type(), directions[i].scalar_type(), target.scalar_type()}];
    kind.weights.push_back(weight);
    kind.directions.push_back(directions[i]);
    kind.targets.push_back(target);
    kind.shares.push_back(shares[i]);
    if (radii != nullptr) kind.radii.push_back((*radii)[i]);
  }
  std::vector<Perturbed> kinds;
  for (auto& [dtypes, kind] : byDtype) kinds.push_back(std::move(kind));
  const bool hasFactors = !factors_.isEmpty();
  if (hasFactors && (epsNorm != nullptr || radii != nullptr)) return std::nullopt;
  const bool byKernels = !hasFactors && epsNorm == nullptr && device::takes(kinds);
  const bool isEmpty = hasFactors && kinds.empty();
  if (!byKernels && !isEmpty && !host::takes(kinds)) return std::nullopt;
  const auto others = squareOfFactors(params, shares, infinite);
  if (!others) return std::nullopt;
  for (const at::Tensor& param : changed) sam::settle(param);
  perturbed_ = std::move(saved);
  for (auto* master : masters) master->leave();
  at::Tensor out;
  if (byKernels) {
    out = device::perturb(kinds, infinite);
  } else {
    const double norm = host::perturb(kinds, infinite, epsNorm, *others);
    for (size_t i = 0; i < params.size(); ++i) {
      if (const auto& factors = factors_.of(params[i])) factors->perturb(host::factorAt(norm, shares[i]));
    }
    out = at::scalar_tensor(norm, at::TensorOptions(at::kFloat));
  }
  for (const at::Tensor& param : changed) {
    if (!param.is_inference()) param.unsafeGetTensorImpl()->bump_version();
  }
  at::autocast::clear_cache();
  return out;
}

void Perturbation::collectFactors(const Tensors& params) { factors_.collect(factorable(params)); }

std::optional<double> Perturbation::squareOfFactors(const Tensors& params, const std::vector<Share>& shares,
                                                    bool infinite) {
  if (factors_.isEmpty()) return 0;
  if (infinite) return std::nullopt;
  for (size_t i = 0; i < params.size(); ++i) {
    const Share& share = shares[i];
    if (factors_.of(params[i]) != nullptr && (share.masked || share.adaptive || share.decay != 0))
      return std::nullopt;
  }
  const double square = factors_.squares();
  return std::isfinite(square) ? std::optional(square) : std::nullopt;
}

void Perturbation::release() {
  factors_.settleRecorded();  // there are any only where the step has failed before it perturbed
  factors_.release();
  last.stop();
  isPerturbed_ = false;
  if (perturbed_.empty()) return;
  const at::AutoGradMode guard(false);
  Tensors weights;
  Tensors backups;
  for (const Saved& saved : perturbed_) {
    if (!saved.backup.defined()) {
      released_.push_back(saved.param);
      continue;
    }
    weights.push_back(saved.param);
    backups.push_back(saved.backup);
  }
  perturbed_.clear();
  for (const at::Tensor& weight : weights) sam::settle(weight);
  if (!weights.empty()) host::copy(weights, backups);
  at::autocast::clear_cache();
}

void Perturbation::forget() {
  factors_.release();
  isPerturbed_ = false;
  for (const Saved& saved : perturbed_) {
    if (!saved.backup.defined()) released_.push_back(saved.param);
  }
  perturbed_.clear();
}

void Perturbation::settle() {
  for (const at::Tensor& copy : std::exchange(released_, {})) {
    MasterWeight* const master = masterOf(copy);
    if (master != nullptr && master->isAway()) master->write();
  }
}

}  // namespace sam
