// What changes a tensor without being an operator, and its lifetime.
#include "addon.h"
#include "aten.h"
#include "operators.h"
#include "self.h"
#include "tape.h"
#include "zero_tensor.h"

namespace sam {
namespace {

Napi::Value setRequiresGrad(const Napi::CallbackInfo& info) {
  const auto& tensor = self(info, "requiresGrad");
  const bool wanted = info[1].ToBoolean();
  if (wanted && !at::isFloatingType(tensor.scalar_type()) && !at::isComplexType(tensor.scalar_type())) {
    badArgument("[requiresGrad] expected a floating point or complex tensor, got " + describe(tensor));
  }
  if (!wanted && !tensor.is_leaf()) {
    badArgument("[requiresGrad] expected a leaf tensor, got the result of a computation",
                "use x.detach() for a tensor that is cut off from the graph");
  }
  try {
    tensor.requires_grad_(wanted);
  } catch (...) {
    throw currentFailure("requiresGrad", describe(tensor));
  }
  return info.Env().Undefined();
}

// grad(h) -> handle or 0
Napi::Value grad(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = self(info, "grad");
  const at::Tensor& value = gradientOf(tensor);
  if (Tape* const tape = Tape::recording()) {
    tape->add(
        [tape, wasThere = value.defined()](const Tape::Tensors& given, Tape::Tensors& made) {
          settle(given[0]);
          made[0] = gradientOf(given[0]);
          if (made[0].defined() != wasThere)
            throw tape->changed("grad", wasThere ? "a gradient" : "no gradient", wasThere ? "none" : "one");
        },
        {tensor}, {value});
  }
  return value.defined() ? handles(info.Env()).box(info.Env(), value) : Napi::Number::New(info.Env(), 0);
}

void noteGradient(Tape& tape, const at::Tensor& tensor, const at::Tensor& value) {
  tape.add(
      [](const Tape::Tensors& given, Tape::Tensors&) {
        dropGradient(given[0]);
        given[0].mutable_grad() = given[1];
      },
      {tensor, value});
}

Napi::Value setGrad(const Napi::CallbackInfo& info) {
  const auto& tensor = self(info, "grad");
  if (!info[1].IsNumber() || info[1].As<Napi::Number>().DoubleValue() == 0) {
    dropGradient(tensor);
    tensor.mutable_grad() = at::Tensor();
    if (Tape* const tape = Tape::recording()) noteGradient(*tape, tensor, {});
    return info.Env().Undefined();
  }
  const auto& value = handles(info.Env()).tensor(info[1], "grad");
  if (value.sizes() != tensor.sizes() || value.device() != tensor.device()) {
    badArgument("[grad] expected a gradient like " + describe(tensor) + ", got " + describe(value));
  }
  dropGradient(tensor);
  tensor.mutable_grad() = value;
  if (Tape* const tape = Tape::recording()) noteGradient(*tape, tensor, value);
  return info.Env().Undefined();
}

// setData(h, other): other's data, under this tensor's identity; shapes may differ, as in PyTorch's x.data =
// y.
Napi::Value setData(const Napi::CallbackInfo& info) {
  const at::Tensor& tensor = self(info, "setData");
  const at::Tensor& data = handles(info.Env()).tensor(info[1], "setData");
  try {
    tensor.set_data(data);
  } catch (const c10::Error&) {
    throw currentFailure("setData", describe(tensor) + " and " + describe(data));
  }
  return info.Env().Undefined();
}

// clone of the handle: a second name for the same tensor
Napi::Value alias(const Napi::CallbackInfo& info) {
  return handles(info.Env()).box(info.Env(), unread(info, "alias"));
}

// track(h, object) -> true when memory is tight and JS should collect. Raw Node-API: runs for every new
// tensor.
napi_value track(napi_env env, napi_callback_info info) {
  size_t argc = 2;
  napi_value argv[2];
  void* data = nullptr;
  napi_get_cb_info(env, info, &argc, argv, nullptr, &data);
  double handle = 0;
  napi_get_value_double(env, argv[0], &handle);
  auto& owner = *static_cast<Addon*>(data);
  owner.handles.track(handle, argv[1]);
  if (!owner.handles.crowded()) return nullptr;
  napi_value yes = nullptr;
  napi_get_boolean(env, true, &yes);
  return yes;
}

Napi::Value dispose(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(
      info.Env(),
      info[0].IsNumber() && handles(info.Env()).dispose(info[0].As<Napi::Number>().DoubleValue()));
}

// disposeMany(count): handles on the wire
Napi::Value disposeMany(const Napi::CallbackInfo& info) {
  auto& owner = addon(info.Env());
  const uint32_t count = info[0].As<Napi::Number>().Uint32Value();
  if (count > owner.wire.size()) badArgument("[dispose] expected handles that fit the wire");
  const std::vector<double> list(owner.wire.data(),
                                 owner.wire.data() + count);  // freeing may run JS that uses the wire
  for (const double handle : list) owner.handles.dispose(handle);
  return info.Env().Undefined();
}

Napi::Value alive(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(
      info.Env(), info[0].IsNumber() && handles(info.Env()).alive(info[0].As<Napi::Number>().DoubleValue()));
}

}  // namespace

void initTensor(Napi::Env env, Napi::Object exports) {
  define<setRequiresGrad>(exports, "setRequiresGrad");
  define<grad>(exports, "grad");
  define<setGrad>(exports, "setGrad");
  define<setData>(exports, "setData");
  define<alias>(exports, "alias");
  napi_value fn;
  napi_create_function(env, "track", NAPI_AUTO_LENGTH, track, &addon(env), &fn);
  exports.Set("track", Napi::Value(env, fn));
  define<dispose>(exports, "dispose");
  define<disposeMany>(exports, "disposeMany");
  define<alive>(exports, "alive");
}

}  // namespace sam
