// Process and thread settings: autocast, threads, flags, what this LibTorch can do.
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/autocast_mode.h>
#include <c10/core/DefaultDtype.h>
#include <c10/core/ScalarTypeToTypeMeta.h>
#include <torch/version.h>

#include "addon.h"
#include "aten.h"
#include "dtype.h"

namespace sam {
namespace {

// Of a device that has autocast.
c10::DeviceType deviceType(const Napi::Value& value) {
  const auto type = static_cast<c10::DeviceType>(value.As<Napi::Number>().Int32Value());
  if (!at::autocast::is_autocast_available(type)) {
    badArgument("[autocast] expected a device with autocast, got " + c10::DeviceTypeName(type, true),
                "\"cpu\" and \"cuda\" have it");
  }
  return type;
}

// enterAutocast(deviceType, enabled, dtype or -1, cache) -> [enabled, dtype, cache] as they were
Napi::Value enterAutocast(const Napi::CallbackInfo& info) {
  const auto type = deviceType(info[0]);
  auto before = Napi::Array::New(info.Env(), 3);
  before[0u] = Napi::Boolean::New(info.Env(), at::autocast::is_autocast_enabled(type));
  before[1u] = Napi::Number::New(info.Env(), static_cast<int>(at::autocast::get_autocast_dtype(type)));
  before[2u] = Napi::Boolean::New(info.Env(), at::autocast::is_autocast_cache_enabled());
  const int dtype = info[2].As<Napi::Number>().Int32Value();
  at::autocast::increment_nesting();
  at::autocast::set_autocast_enabled(type, info[1].ToBoolean());
  if (dtype >= 0) at::autocast::set_autocast_dtype(type, static_cast<c10::ScalarType>(dtype));
  at::autocast::set_autocast_cache_enabled(info[3].ToBoolean());
  return before;
}

// exitAutocast(deviceType, enabled, dtype, cache): back to what it was; leaving the outermost forgets cached
// casts
Napi::Value exitAutocast(const Napi::CallbackInfo& info) {
  const auto type = deviceType(info[0]);
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  at::autocast::set_autocast_enabled(type, info[1].ToBoolean());
  at::autocast::set_autocast_dtype(type,
                                   static_cast<c10::ScalarType>(info[2].As<Napi::Number>().Int32Value()));
  at::autocast::set_autocast_cache_enabled(info[3].ToBoolean());
  return info.Env().Undefined();
}

Napi::Value clearAutocastCache(const Napi::CallbackInfo& info) {
  at::autocast::clear_cache();
  return info.Env().Undefined();
}

// autocastState(deviceType) -> [enabled, dtype, cache]
Napi::Value autocastState(const Napi::CallbackInfo& info) {
  const auto type = deviceType(info[0]);
  auto now = Napi::Array::New(info.Env(), 3);
  now[0u] = Napi::Boolean::New(info.Env(), at::autocast::is_autocast_enabled(type));
  now[1u] = Napi::Number::New(info.Env(), static_cast<int>(at::autocast::get_autocast_dtype(type)));
  now[2u] = Napi::Boolean::New(info.Env(), at::autocast::is_autocast_cache_enabled());
  return now;
}

Napi::Value isAutocastEnabled(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), at::autocast::is_autocast_enabled(deviceType(info[0])));
}

Napi::Value numThreads(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), at::get_num_threads());
}

Napi::Value setNumThreads(const Napi::CallbackInfo& info) {
  const double wanted = info[0].IsNumber() ? info[0].As<Napi::Number>().DoubleValue() : 0;
  if (!(wanted >= 1) || wanted > 4096)
    badArgument("[setNumThreads] expected a number of threads from 1 to 4096");
  at::set_num_threads(static_cast<int>(wanted));
  return info.Env().Undefined();
}

// defaultDtype() -> code; of floating point tensors when none is given
Napi::Value defaultDtype(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<int>(c10::get_default_dtype_as_scalartype()));
}

Napi::Value setDefaultDtype(const Napi::CallbackInfo& info) {
  const auto type = static_cast<c10::ScalarType>(info[0].As<Napi::Number>().Int32Value());
  if (!at::isFloatingType(type))
    badArgument("[setDefaultDtype] expected a floating point dtype, got " + std::string(dtypeName(type)));
  c10::set_default_dtype(c10::scalarTypeToTypeMeta(type));
  return info.Env().Undefined();
}

// setFlag(name, value): switches of the process
Napi::Value setFlag(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>().Utf8Value();
  const bool value = info[1].ToBoolean();
  auto& context = at::globalContext();
  if (name == "cudnnBenchmark") {
    context.setBenchmarkCuDNN(value);
  } else if (name == "cudnnEnabled") {
    context.setUserEnabledCuDNN(value);
  } else if (name == "cudnnAllowTF32") {
    context.setAllowTF32CuDNN(value);
  } else if (name == "cublasAllowTF32") {
    context.setAllowTF32CuBLAS(value);
  } else if (name == "deterministicAlgorithms") {
    context.setDeterministicAlgorithms(value, info[2].ToBoolean());
  } else if (name == "cudnnDeterministic") {
    context.setDeterministicCuDNN(value);
  } else if (name == "mkldnnEnabled") {
    context.setUserEnabledMkldnn(value);
  } else if (name == "flushDenormal") {
    return Napi::Boolean::New(info.Env(), context.setFlushDenormal(value));
  } else {
    badArgument("[setFlag] expected the name of a switch, got \"" + name + "\"");
  }
  return info.Env().Undefined();
}

// deterministicAlgorithms() -> 0 off, 1 on, 2 warns only
Napi::Value deterministicAlgorithms(const Napi::CallbackInfo& info) {
  const auto& context = at::globalContext();
  const int mode = !context.deterministicAlgorithms() ? 0 : context.deterministicAlgorithmsWarnOnly() ? 2 : 1;
  return Napi::Number::New(info.Env(), mode);
}

// float32MatmulPrecision(precision?) -> the one in force, after setting it where one is given
Napi::Value float32MatmulPrecision(const Napi::CallbackInfo& info) {
  auto& context = at::globalContext();
  if (info[0].IsString()) context.setFloat32MatmulPrecision(info[0].As<Napi::String>().Utf8Value());
  switch (context.float32MatmulPrecision()) {
    case at::Float32MatmulPrecision::HIGHEST:
      return Napi::String::New(info.Env(), "highest");
    case at::Float32MatmulPrecision::HIGH:
      return Napi::String::New(info.Env(), "high");
    default:
      return Napi::String::New(info.Env(), "medium");
  }
}

Napi::Value showConfig(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), at::show_config());
}

Napi::Value cpuCapability(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), at::get_cpu_capability());
}

}  // namespace

void initContext(Napi::Env env, Napi::Object exports) {
  exports.Set("torchVersion", Napi::String::New(env, TORCH_VERSION));
  define<enterAutocast>(exports, "enterAutocast");
  define<exitAutocast>(exports, "exitAutocast");
  define<clearAutocastCache>(exports, "clearAutocastCache");
  define<autocastState>(exports, "autocastState");
  define<isAutocastEnabled>(exports, "isAutocastEnabled");
  define<numThreads>(exports, "numThreads");
  define<setNumThreads>(exports, "setNumThreads");
  define<defaultDtype>(exports, "defaultDtype");
  define<setDefaultDtype>(exports, "setDefaultDtype");
  define<setFlag>(exports, "setFlag");
  define<deterministicAlgorithms>(exports, "deterministicAlgorithms");
  define<float32MatmulPrecision>(exports, "float32MatmulPrecision");
  define<showConfig>(exports, "showConfig");
  define<cpuCapability>(exports, "cpuCapability");
}

}  // namespace sam
