// Perturbations, as JavaScript calls them.
#include "core/addon.h"
#include "core/operators.h"
#include "core/tape.h"
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
  if (const auto found = all.find(id)) found->last.settle();
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
  for (size_t group = 0; group < rhos.ElementLength(); ++group) self->radii.refresh(group, rhos[group]);
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
      out.push_back(self.radii.on(group, param.device(), shares[first].rho));
  }
  return out;
}

std::vector<Perturbation::Share> sharesOf(const std::vector<double>& numbers) {
  std::vector<Perturbation::Share> shares(numbers.size() / 6);
  for (size_t i = 0; i < shares.size(); ++i) {
    const double* n = numbers.data() + 6 * i;
    shares[i] = {n[0], n[1] != 0, n[2], n[3] != 0, n[4], n[5]};
  }
  return shares;
}

// Puts on the tape that records, if one does, that `call` is done once more.
template <typename Call>
void note(const Call& call, const Tensors& made = {}) {
  if (Tape* const tape = Tape::recording())
    tape->add([call](const Tensors&, Tensors& into) { call(into); }, {}, made);
}

// perturb(id, listIds, vector, p, shares (6 numbers a parameter), wantEps, capturable) -> [|T d|, |eps| or 0]
Napi::Value perturb(const Napi::CallbackInfo& info) {
  const auto self = perturbation(info[0]);
  const auto params = allParams(info[1], "SAM");
  const auto directions = paramVector(info[2], "SAM");
  const double p = info[3].As<Napi::Number>().DoubleValue();
  if (!info[4].IsTypedArray()) badArgument("[SAM] expected shares");
  const auto array = info[4].As<Napi::Float64Array>();
  const std::vector<double> numbers(array.Data(), array.Data() + array.ElementLength());
  if (numbers.size() != 6 * params.size() || directions->items.size() != params.size()) {
    badArgument("[SAM] expected shares and directions for " + std::to_string(params.size()) + " parameters");
  }
  const bool wantsEps = info[5].ToBoolean(), capturable = info[6].ToBoolean();
  const auto run = [self, params, directions, p, wantsEps](const std::vector<double>& now,
                                                           const Tensors* radii) {
    Tensors out(2);
    try {
      out[0] =
          self->perturb(params, directions->items, sharesOf(now), p, wantsEps ? &out[1] : nullptr, radii);
    } catch (...) {
      const Failure failure = currentFailure("SAM");
      if (std::string_view(failure.code()) != "E_STATE") self->restore();
      throw failure;
    }
    return out;
  };
  const Tensors radii = capturable ? radiiOf(*self, info[1], sharesOf(numbers)) : Tensors();
  const Tensors found = run(numbers, capturable ? &radii : nullptr);
  Tape* const tape = Tape::recording();
  if (tape != nullptr && !capturable) {
    const auto shares = tape->dial("shares", numbers);
    note([run, shares](Tensors& into) { into = run(*shares, nullptr); }, found);
  }
  auto out = Napi::Array::New(info.Env(), 2);
  out[0u] = handles(info.Env()).box(info.Env(), found[0]);
  out[1u] =
      found[1].defined() ? handles(info.Env()).box(info.Env(), found[1]) : Napi::Number::New(info.Env(), 0);
  return out;
}

// collectFactors(id, listIds): before a first pass whose gradients only the perturbation needs
Napi::Value collectFactors(const Napi::CallbackInfo& info) {
  const auto self = perturbation(info[0]);
  const auto params = allParams(info[1], "SAM");
  self->collectFactors(params);
  note([=](Tensors&) { self->collectFactors(params); });
  return info.Env().Undefined();
}

// collectLast(id, listIds): before a pass whose gradients only the norm and an optimizer's step need
Napi::Value collectLast(const Napi::CallbackInfo& info) {
  const auto self = perturbation(info[0]);
  const auto params = allParams(info[1], "SAM");
  self->last.collect(params);
  note([=](Tensors&) { self->last.collect(params); });
  return info.Env().Undefined();
}

// isLastFinite(id, listIds, vector, stops) -> whether that vector and the factors that collectLast() left are
// finite. With `stops` a tape goes no further where they are not.
Napi::Value isLastFinite(const Napi::CallbackInfo& info) {
  const auto self = perturbation(info[0]);
  const auto params = allParams(info[1], "SAM");
  const auto gradients = paramVector(info[2], "SAM");
  if (gradients->items.size() != params.size())
    badArgument("[SAM] expected a vector for " + std::to_string(params.size()) + " parameters");
  const bool stops = info[3].ToBoolean();
  const bool isFinite = self->last.isFinite(params, gradients->items);
  if (Tape* const tape = Tape::recording()) {
    tape->addCheck([=] { return self->last.isFinite(params, gradients->items) || !stops; },
                   isFinite || !stops);
  }
  return Napi::Boolean::New(info.Env(), isFinite);
}

// lastNorm(id) -> handle: the norm of what isLastFinite() was asked about
Napi::Value lastNorm(const Napi::CallbackInfo& info) {
  const auto self = perturbation(info[0]);
  const at::Tensor norm = self->last.norm();
  note([=](Tensors& into) { into[0] = self->last.norm(); }, {norm});
  return handles(info.Env()).box(info.Env(), norm);
}

// factorCount(id) -> how many gradients are factors now
Napi::Value factorCount(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(perturbation(info[0])->factorCount()));
}

Napi::Value isPerturbed(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), perturbation(info[0])->isPerturbed());
}

// release(id): back to w, but for working copies that the next update writes
Napi::Value release(const Napi::CallbackInfo& info) {
  const auto self = perturbation(info[0]);
  self->release();
  note([=](Tensors&) { self->release(); });
  return info.Env().Undefined();
}

Napi::Value restore(const Napi::CallbackInfo& info) {
  const auto self = perturbation(info[0]);
  self->restore();
  note([=](Tensors&) { self->restore(); });
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
  define<isLastFinite>(exports, "isLastFinite");
  define<lastNorm>(exports, "lastNorm");
  define<factorCount>(exports, "factorCount");
  define<perturb>(exports, "perturb");
  define<isPerturbed>(exports, "isPerturbed");
  define<release>(exports, "release");
  define<restore>(exports, "restore");
}

}  // namespace sam
