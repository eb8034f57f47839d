#include "perturbation.h"

#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_copy.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/add.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <cmath>
#include <limits>
#include <map>

#include "core/addon.h"
#include "masters.h"
#include "norm.h"
#include "param_vector.h"

namespace sam {
namespace {

using Tensors = std::vector<at::Tensor>;

// Where rho / norm is on the device: 0 for a norm of zero, infinity or NaN, so that bad gradients never reach
// the weights.
at::Tensor safeInverse(const at::Tensor& norm) {
  const at::Tensor usable = at::isfinite(norm).logical_and(norm.gt(0));
  return at::where(usable, norm.reciprocal(), at::zeros_like(norm));
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

at::Tensor Perturbation::perturb(const Tensors& params, const Tensors& directions,
                                 const std::vector<Share>& shares, double p, at::Tensor* epsNorm) {
  const at::AutoGradMode guard(false);
  if (active())
    throw Failure("E_STATE", "[SAM] expected unperturbed weights, got weights that are perturbed already",
                  "call secondStep() or restore() first");
  const bool infinite = std::isinf(p);
  settle();
  Tensors weights;
  Tensors copies;   // the working copy of a weight that has one
  Tensors scaled;   // T d
  Tensors lengths;  // T, undefined for 1
  std::vector<double> factors;
  std::vector<Saved> saved;
  std::vector<MasterWeight*> masters;
  Tensors backedUp;  // without a master
  Tensors backups;   // of those
  backups_.resize(params.size());
  for (size_t i = 0; i < params.size(); ++i) {
    const Share& share = shares[i];
    if (share.masked || !directions[i].defined()) continue;
    at::Tensor d = directions[i];
    if (d.is_sparse()) badArgument("[SAM] expected dense gradients, got a sparse one");
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
    factors.push_back(share.rho * share.scale);
  }
  const at::Tensor norm = globalNorm(scaled, 2);
  const bool onHost = norm.is_cpu();
  // On the CPU there is nothing to wait for, and plain numbers save a pass over the weights.
  const double value = onHost ? norm.item().toDouble() : 1;
  const bool usable = std::isfinite(value) && value > 0;
  const at::Tensor inverse = onHost ? at::Tensor() : safeInverse(norm);

  if (!backups.empty()) at::_foreach_copy_(backups, backedUp);
  // From here on the weights may differ from w: restore() knows them all, whatever fails below.
  perturbed_ = std::move(saved);
  for (auto* master : masters) master->leave();

  std::map<double, Tensors> moves;
  bool plain = !infinite;
  for (size_t i = 0; i < weights.size(); ++i) {
    at::Tensor direction;
    double factor = factors[i];
    if (infinite) {
      direction = scaled[i].sign();
      if (lengths[i].defined()) direction.mul_(lengths[i]);
      if (onHost && !usable) factor = 0;
      if (!onHost) direction.mul_(at::isfinite(norm).to(direction.device(), direction.scalar_type()));
    } else {
      direction = lengths[i].defined() ? scaled[i].mul(lengths[i]) : scaled[i];
      if (onHost) {
        factor = usable ? factor / value : 0;
      } else {
        direction = direction.mul(inverse.to(direction.device(), direction.scalar_type()));
      }
    }
    plain = plain && !lengths[i].defined() && factors[i] == factors[0];
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
    *epsNorm = plain && onHost && usable ? norm.mul(factors[0] / value) : movedBy(moves, norm);
  }
  at::autocast::clear_cache();  // casts of the weights made before are not those of w + eps
  return norm;
}

void Perturbation::release() {
  if (!active()) return;
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
  if (!weights.empty()) at::_foreach_copy_(weights, backups);
  at::autocast::clear_cache();
}

void Perturbation::settle() {
  for (const at::Tensor& copy : std::exchange(released_, {})) {
    MasterWeight* const master = masterOf(copy);
    if (master != nullptr && master->isAway()) master->write();
  }
}

namespace {

std::shared_ptr<Perturbation> perturbation(const Napi::Value& id) {
  if (!id.IsNumber()) badArgument("[SAM] expected a perturbation");
  auto found = addon(id.Env()).perturbations.find(id.As<Napi::Number>().DoubleValue());
  if (!found) throw Failure("E_DISPOSED", "[SAM] expected a live optimizer");
  return found;
}

Napi::Value newPerturbation(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), addon(info.Env()).perturbations.add(std::make_shared<Perturbation>()));
}

Napi::Value disposePerturbation(const Napi::CallbackInfo& info) {
  if (info[0].IsNumber()) addon(info.Env()).perturbations.remove(info[0].As<Napi::Number>().DoubleValue());
  return info.Env().Undefined();
}

// perturb(id, listIds, vector, p, shares (6 numbers a parameter), wantEps) -> [|T d|, |eps| or 0]
Napi::Value perturb(const Napi::CallbackInfo& info) {
  const auto self = perturbation(info[0]);
  const auto params = allParams(info[1], "SAM");
  const auto directions = paramVector(info[2], "SAM");
  const double p = info[3].As<Napi::Number>().DoubleValue();
  if (!info[4].IsTypedArray()) badArgument("[SAM] expected shares");
  const auto numbers = info[4].As<Napi::Float64Array>();
  if (numbers.ElementLength() != 6 * params.size() || directions->items.size() != params.size()) {
    badArgument("[SAM] expected shares and directions for " + std::to_string(params.size()) + " parameters");
  }
  std::vector<Perturbation::Share> shares(params.size());
  for (size_t i = 0; i < params.size(); ++i) {
    const double* n = numbers.Data() + 6 * i;
    shares[i] = {n[0], n[1] != 0, n[2], n[3] != 0, n[4], n[5]};
  }
  at::Tensor epsNorm;
  at::Tensor norm;
  try {
    norm = self->perturb(params, directions->items, shares, p, info[5].ToBoolean() ? &epsNorm : nullptr);
  } catch (...) {
    const Failure failure = currentFailure("SAM");
    if (std::string_view(failure.code()) != "E_STATE") self->restore();
    throw failure;
  }
  auto out = Napi::Array::New(info.Env(), 2);
  out[0u] = handles(info.Env()).box(info.Env(), norm);
  out[1u] =
      epsNorm.defined() ? handles(info.Env()).box(info.Env(), epsNorm) : Napi::Number::New(info.Env(), 0);
  return out;
}

// release(id): back to w, but for working copies that the next update writes
Napi::Value release(const Napi::CallbackInfo& info) {
  perturbation(info[0])->release();
  return info.Env().Undefined();
}

Napi::Value restore(const Napi::CallbackInfo& info) {
  perturbation(info[0])->restore();
  return info.Env().Undefined();
}

}  // namespace

void initPerturbation(Napi::Env, Napi::Object exports) {
  define<newPerturbation>(exports, "newPerturbation");
  define<disposePerturbation>(exports, "disposePerturbation");
  define<perturb>(exports, "perturb");
  define<release>(exports, "release");
  define<restore>(exports, "restore");
}

}  // namespace sam
