#include "param_vector.h"

#include <ATen/core/grad_mode.h>

#include "core/addon.h"
#include "core/operators.h"
#include "core/tape.h"
#include "core/zero_tensor.h"
#include "masters.h"
#include "norm.h"
#include "vector_sums.h"

namespace sam {
namespace {

using Tensors = std::vector<at::Tensor>;

using Vector = std::shared_ptr<ParamVector>;

// A function that changes vectors or parameters, now and in each play of the tape that records.
template <typename Call>
void run(const Call& call) {
  const at::AutoGradMode guard(false);
  call();
  if (Tape* const tape = Tape::recording()) {
    tape->add([call](const Tensors&, Tensors&) {
      const at::AutoGradMode plain(false);
      call();
    });
  }
}

// The same for one that makes a tensor.
template <typename Call>
Napi::Value give(const Napi::CallbackInfo& info, const Call& call) {
  const at::AutoGradMode guard(false);
  const at::Tensor made = call();
  if (Tape* const tape = Tape::recording()) {
    tape->add(
        [call](const Tensors&, Tensors& into) {
          const at::AutoGradMode plain(false);
          into[0] = call();
        },
        {}, {made});
  }
  return handles(info.Env()).box(info.Env(), made);
}

Napi::Value number(const Napi::CallbackInfo& info, double value) {
  return Napi::Number::New(info.Env(), value);
}

Tensors gradientsOf(const Tensors& params, bool take, bool leavesFactors) {
  Tensors items;
  for (const auto& param : params) {
    if (leavesFactors && !param.mutable_grad().defined()) {
      items.emplace_back();
      continue;
    }
    at::Tensor& grad = gradientOf(param);
    items.push_back(grad.defined() ? grad.detach() : at::Tensor());
    MasterWeight* const master = grad.defined() ? masterOf(param) : nullptr;
    if (master != nullptr) items.back() = items.back().to(master->value().scalar_type());
    if (take) grad = at::Tensor();
  }
  return items;
}

// gradsOf(listIds, take, leavesFactors) -> vector: the parameters' gradients, shared; with `take` they leave
// the parameters. `leavesFactors`: those that are factors only count as missing (nn/factored_gradients.h).
Napi::Value gradsOf(const Napi::CallbackInfo& info) {
  const auto params = allParams(info[0], "gradients");
  const bool take = info[1].ToBoolean(), leavesFactors = info[2].ToBoolean();
  const auto vector = std::make_shared<ParamVector>();
  run([=] { vector->items = gradientsOf(params, take, leavesFactors); });
  return number(info, addon(info.Env()).paramVectors.add(vector));
}

// putGrads(vector, listIds): its tensors become the parameters' gradients (no copy).
Napi::Value putGrads(const Napi::CallbackInfo& info) {
  const auto vector = paramVector(info[0], "gradients");
  const auto params = allParams(info[1], "gradients");
  if (params.size() != vector->items.size())
    badArgument("[gradients] expected as many tensors as parameters");
  run([=] {
    for (size_t i = 0; i < params.size(); ++i) params[i].mutable_grad() = vector->items[i];
  });
  return info.Env().Undefined();
}

// vectorFrom(handles, 0 where missing) -> vector that shares the tensors
Napi::Value vectorFrom(const Napi::CallbackInfo& info) {
  const auto list = info[0].As<Napi::Array>();
  Tensors given;
  for (uint32_t i = 0; i < list.Length(); ++i) {
    const Napi::Value item = list[i];
    const double handle = item.IsNumber() ? item.As<Napi::Number>().DoubleValue() : 0;
    given.push_back(handle == 0 ? at::Tensor() : handles(info.Env()).at(handle, "vector"));
  }
  const auto vector = std::make_shared<ParamVector>();
  const auto take = [vector](const Tensors& tensors) {
    vector->items.clear();
    for (const auto& tensor : tensors) vector->items.push_back(materialized(tensor));
  };
  take(given);
  if (Tape* const tape = Tape::recording())
    tape->add([take](const Tensors& tensors, Tensors&) { take(tensors); }, given);
  return number(info, addon(info.Env()).paramVectors.add(vector));
}

// vectorTensors(vector) -> handles, 0 where missing
Napi::Value vectorTensors(const Napi::CallbackInfo& info) {
  const auto vector = paramVector(info[0], "vector");
  auto out = Napi::Array::New(info.Env(), vector->items.size());
  for (uint32_t i = 0; i < vector->items.size(); ++i) {
    const auto& item = vector->items[i];
    out[i] = item.defined() ? handles(info.Env()).box(info.Env(), item) : number(info, 0);
  }
  if (Tape* const tape = Tape::recording())
    tape->add([vector](const Tensors&, Tensors& made) { made = vector->items; }, {}, vector->items);
  return out;
}

Napi::Value vectorClone(const Napi::CallbackInfo& info) {
  const auto from = paramVector(info[0], "vector");
  const auto vector = std::make_shared<ParamVector>();
  run([=] {
    vector->items.clear();
    for (const auto& item : from->items) vector->items.push_back(item.defined() ? item.clone() : item);
  });
  return number(info, addon(info.Env()).paramVectors.add(vector));
}

Napi::Value vectorDispose(const Napi::CallbackInfo& info) {
  if (!info[0].IsNumber()) return info.Env().Undefined();
  const double id = info[0].As<Napi::Number>().DoubleValue();
  auto& all = addon(info.Env()).paramVectors;
  Tape* const tape = Tape::recording();
  if (const auto vector = tape != nullptr ? all.find(id) : nullptr)
    tape->add([vector](const Tensors&, Tensors&) { vector->items.clear(); });
  else if (tape != nullptr)
    tape->pass();
  all.remove(id);
  return info.Env().Undefined();
}

// vectorCount(vector) -> how many tensors are there
Napi::Value vectorCount(const Napi::CallbackInfo& info) {
  int n = 0;
  for (const auto& item : paramVector(info[0], "vector")->items) n += item.defined() ? 1 : 0;
  return number(info, n);
}

// vectorNorm(vector, p) -> handle
Napi::Value vectorNorm(const Napi::CallbackInfo& info) {
  const auto vector = paramVector(info[0], "norm");
  const double p = info[1].As<Napi::Number>().DoubleValue();
  return give(info, [=] { return globalNorm(present(vector->items), p); });
}

// vectorDot(a, b) -> handle
Napi::Value vectorDot(const Napi::CallbackInfo& info) {
  const auto a = paramVector(info[0], "dot");
  const auto b = paramVector(info[1], "dot");
  if (a->items.size() != b->items.size()) badArgument("[dot] expected vectors over the same parameters");
  return give(info, [=] { return dot(a->items, b->items); });
}

// A factor that comes as [handle]: handles are numbers too.
at::Tensor factorTensor(const Napi::Value& value, const char* op) {
  if (!value.IsArray()) badArgument(std::string("[") + op + "] expected a number or a tensor");
  const Napi::Value handle = value.As<Napi::Array>()[0u];
  return handles(value.Env()).tensor(handle, op);
}

// Runs `call` with a factor, now and in each play of the tape that records.
template <typename Call>
void byFactor(const Napi::Value& value, const char* op, const Call& call) {
  if (value.IsNumber())
    return run([call, factor = Factor(value.As<Napi::Number>().DoubleValue())] { call(factor); });
  const at::AutoGradMode guard(false);
  const at::Tensor by = factorTensor(value, op);
  call(Factor(by));
  Tape* const tape = Tape::recording();
  if (tape == nullptr) return;
  tape->add(
      [call](const Tensors& given, Tensors&) {
        const at::AutoGradMode plain(false);
        call(Factor(given[0]));
      },
      {by});
}

// vectorScale(vector, factor): in place
Napi::Value vectorScale(const Napi::CallbackInfo& info) {
  const auto vector = paramVector(info[0], "scale");
  byFactor(info[1], "scale", [=](const Factor& factor) { scale(vector->items, factor); });
  return info.Env().Undefined();
}

// vectorAdd(y, x, factor): y += factor x, in place. Where y has nothing it becomes factor x.
Napi::Value vectorAdd(const Napi::CallbackInfo& info) {
  const auto y = paramVector(info[0], "add");
  const auto x = paramVector(info[1], "add");
  if (y->items.size() != x->items.size()) badArgument("[add] expected vectors over the same parameters");
  byFactor(info[2], "add", [=](const Factor& factor) { add(y->items, x->items, factor); });
  return info.Env().Undefined();
}

// vectorTakeWhere(y, when, x): y = x where `when` is not 0, decided on the device; zeros stand for what is
// missing.
Napi::Value vectorTakeWhere(const Napi::CallbackInfo& info) {
  const at::AutoGradMode guard(false);
  const auto y = paramVector(info[0], "takeWhere");
  const at::Tensor when = handles(info.Env()).tensor(info[1], "takeWhere").ne(0);
  const auto x = paramVector(info[2], "takeWhere");
  if (y->items.size() != x->items.size())
    badArgument("[takeWhere] expected vectors over the same parameters");
  takeWhere(y->items, when, x->items);
  return info.Env().Undefined();
}

// addToParams(listIds, vector, factors, unless | 0): w += factor x, in place, one factor per parameter;
// nothing where `unless` is not 0, decided on the device.
Napi::Value addToParams(const Napi::CallbackInfo& info) {
  const at::AutoGradMode guard(false);
  const auto params = allParams(info[0], "add");
  const auto vector = paramVector(info[1], "add");
  const auto factors = info[2].As<Napi::Float64Array>();
  if (params.size() != vector->items.size() || factors.ElementLength() != params.size()) {
    badArgument("[add] expected a vector and factors for " + std::to_string(params.size()) + " parameters");
  }
  at::Tensor unless;
  if (info[3].As<Napi::Number>().DoubleValue() != 0)
    unless = handles(info.Env()).tensor(info[3], "add").ne(0);
  addTo(params, vector->items, {factors.Data(), factors.ElementLength()}, unless);
  return info.Env().Undefined();
}

}  // namespace

std::shared_ptr<ParamVector> paramVector(const Napi::Value& id, const char* op) {
  if (!id.IsNumber()) badArgument(std::string("[") + op + "] expected a vector");
  auto found = addon(id.Env()).paramVectors.find(id.As<Napi::Number>().DoubleValue());
  if (!found) throw Failure("E_DISPOSED", std::string("[") + op + "] expected a live vector");
  return found;
}

std::vector<at::Tensor> allParams(const Napi::Value& listIds, const char* op) {
  if (!listIds.IsArray()) badArgument(std::string("[") + op + "] expected parameter groups");
  const auto ids = listIds.As<Napi::Array>();
  std::vector<at::Tensor> out;
  for (uint32_t i = 0; i < ids.Length(); ++i) {
    const Napi::Value id = ids[i];
    const auto list = paramList(id, op);
    out.insert(out.end(), list->params.begin(), list->params.end());
  }
  return out;
}

void initParamVector(Napi::Env, Napi::Object exports) {
  define<gradsOf>(exports, "gradsOf");
  define<putGrads>(exports, "putGrads");
  define<vectorFrom>(exports, "vectorFrom");
  define<vectorTensors>(exports, "vectorTensors");
  define<vectorClone>(exports, "vectorClone");
  define<vectorDispose>(exports, "vectorDispose");
  define<vectorCount>(exports, "vectorCount");
  define<vectorNorm>(exports, "vectorNorm");
  define<vectorDot>(exports, "vectorDot");
  define<vectorScale>(exports, "vectorScale");
  define<vectorAdd>(exports, "vectorAdd");
  define<vectorTakeWhere>(exports, "vectorTakeWhere");
  define<addToParams>(exports, "addToParams");
}

}  // namespace sam
