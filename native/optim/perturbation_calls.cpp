// Perturbations, as JavaScript calls them.
#include "core/addon.h"
#include "core/operators.h"
#include "param_list.h"
#include "param_vector.h"
#include "perturbation.h"

namespace sam {
namespace {

using Tensors = std::vector<at::Tensor>;

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
  if (!info[0].IsNumber()) return info.Env().Undefined();
  const double id = info[0].As<Napi::Number>().DoubleValue();
  auto& all = addon(info.Env()).perturbations;
  if (const auto found = all.find(id)) found->settleGradients();
  all.remove(id);
  return info.Env().Undefined();
}

Napi::Value forgetPerturbation(const Napi::CallbackInfo& info) {
  perturbation(info[0])->forget();
  return info.Env().Undefined();
}

// refreshRadii(id, Float64Array): rho of each group, for steps that read it from the device
Napi::Value refreshRadii(const Napi::CallbackInfo& info) {
  const auto self = perturbation(info[0]);
  const auto rhos = info[1].As<Napi::Float64Array>();
  for (size_t group = 0; group < rhos.ElementLength(); ++group) self->refreshRadius(group, rhos[group]);
  return info.Env().Undefined();
}

// One tensor per parameter, on its device, shared by those of a group: the group's rho, from its first
// parameter's share.
Tensors radiiOf(Perturbation& self, const Napi::Value& lists,
                const std::vector<Perturbation::Share>& shares) {
  Tensors out;
  const auto ids = lists.As<Napi::Array>();
  for (uint32_t group = 0; group < ids.Length(); ++group) {
    const auto list = paramList(ids.Get(group), "SAM");
    const size_t first = out.size();
    for (const auto& param : list->params)
      out.push_back(self.radiusOn(group, param.device(), shares[first].rho));
  }
  return out;
}

// perturb(id, listIds, vector, p, shares (6 numbers a parameter), wantEps, capturable) -> [|T d|, |eps| or 0]
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
    const bool capturable = info[6].ToBoolean();
    const Tensors radii = capturable ? radiiOf(*self, info[1], shares) : Tensors();
    norm = self->perturb(params, directions->items, shares, p, info[5].ToBoolean() ? &epsNorm : nullptr,
                         capturable ? &radii : nullptr);
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

// collectFactors(id, listIds): before a first pass whose gradients only the perturbation needs
Napi::Value collectFactors(const Napi::CallbackInfo& info) {
  perturbation(info[0])->collectFactors(allParams(info[1], "SAM"));
  return info.Env().Undefined();
}

// collectLast(id, listIds): before a pass whose gradients only the norm and an optimizer's step need
Napi::Value collectLast(const Napi::CallbackInfo& info) {
  perturbation(info[0])->collectLast(allParams(info[1], "SAM"));
  return info.Env().Undefined();
}

// lastNorm(id, listIds, vector) -> handle: the norm of that vector and of the factors that collectLast() left
Napi::Value lastNorm(const Napi::CallbackInfo& info) {
  const auto self = perturbation(info[0]);
  const auto params = allParams(info[1], "SAM");
  const auto gradients = paramVector(info[2], "SAM");
  if (gradients->items.size() != params.size())
    badArgument("[SAM] expected a vector for " + std::to_string(params.size()) + " parameters");
  return handles(info.Env()).box(info.Env(), self->lastNorm(params, gradients->items));
}

// factorCount(id) -> how many gradients are factors now
Napi::Value factorCount(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(perturbation(info[0])->factorCount()));
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
  define<forgetPerturbation>(exports, "forgetPerturbation");
  define<refreshRadii>(exports, "refreshRadii");
  define<collectFactors>(exports, "collectFactors");
  define<collectLast>(exports, "collectLast");
  define<lastNorm>(exports, "lastNorm");
  define<factorCount>(exports, "factorCount");
  define<perturb>(exports, "perturb");
  define<release>(exports, "release");
  define<restore>(exports, "restore");
}

}  // namespace sam
