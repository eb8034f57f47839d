// Seeds, generator objects and their state.
#include "random.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>

#include <mutex>
#include <unordered_map>

#include "addon.h"
#include "errors.h"
#include "operators.h"

namespace sam {
namespace {

struct Registry {
  std::mutex mutex;
  std::unordered_map<int64_t, at::Generator> items;
  int64_t next = 1;
};

Registry& registry() {
  static Registry* const instance = new Registry();  // leaked on purpose: may hold a CUDA generator
  return *instance;
}

int64_t seedFrom(const Napi::Value& value) {
  if (value.IsBigInt()) {
    bool lossless = true;
    return value.As<Napi::BigInt>().Int64Value(&lossless);
  }
  if (!value.IsNumber()) badArgument("[manualSeed] expected an integer seed");
  return value.As<Napi::Number>().Int64Value();
}

at::Generator generatorFrom(const Napi::Value& value) {
  if (!value.IsNumber()) badArgument("[Generator] expected a generator");
  return generatorAt(value.As<Napi::Number>().DoubleValue());
}

// manualSeed(seed): the default generators of every device.
Napi::Value manualSeed(const Napi::CallbackInfo& info) {
  at::manual_seed(static_cast<uint64_t>(seedFrom(info[0])));
  return info.Env().Undefined();
}

// newGenerator(deviceType, index) -> id; index -2 gives the device's default generator.
Napi::Value newGenerator(const Napi::CallbackInfo& info) {
  const auto type = static_cast<c10::DeviceType>(info[0].As<Napi::Number>().Int32Value());
  const int index = info[1].As<Napi::Number>().Int32Value();
  const bool isDefault = info[2].ToBoolean();
  at::Generator made;
  try {
    if (isDefault) {
      made = at::globalContext().defaultGenerator(c10::Device(type, static_cast<c10::DeviceIndex>(index)));
    } else if (type == c10::DeviceType::CPU) {
      made = at::make_generator<at::CPUGeneratorImpl>();
    } else {
      made = at::globalContext()
                 .defaultGenerator(c10::Device(type, static_cast<c10::DeviceIndex>(index < 0 ? 0 : index)))
                 .clone();
    }
  } catch (...) {
    throw currentFailure("Generator");
  }
  auto& all = registry();
  const std::scoped_lock lock(all.mutex);
  all.items.emplace(all.next, std::move(made));
  return Napi::Number::New(info.Env(), static_cast<double>(all.next++));
}

Napi::Value disposeGenerator(const Napi::CallbackInfo& info) {
  auto& all = registry();
  const std::scoped_lock lock(all.mutex);
  all.items.erase(info[0].As<Napi::Number>().Int64Value());
  return info.Env().Undefined();
}

Napi::Value generatorSeed(const Napi::CallbackInfo& info) {
  auto generator = generatorFrom(info[0]);
  const std::scoped_lock lock(generator.mutex());
  generator.set_current_seed(static_cast<uint64_t>(seedFrom(info[1])));
  return info.Env().Undefined();
}

// generatorInitialSeed(id) -> the seed that its numbers started from, as bigint
Napi::Value generatorInitialSeed(const Napi::CallbackInfo& info) {
  auto generator = generatorFrom(info[0]);
  const std::scoped_lock lock(generator.mutex());
  return Napi::BigInt::New(info.Env(), generator.current_seed());
}

// generatorState(id) -> handle of a uint8 tensor
Napi::Value generatorState(const Napi::CallbackInfo& info) {
  auto generator = generatorFrom(info[0]);
  const std::scoped_lock lock(generator.mutex());
  return handles(info.Env()).box(info.Env(), generator.get_state());
}

Napi::Value setGeneratorState(const Napi::CallbackInfo& info) {
  auto generator = generatorFrom(info[0]);
  const at::Tensor& state = handles(info.Env()).tensor(info[1], "setState");
  if (state.scalar_type() != at::kByte || !state.is_cpu()) {
    throw Failure("E_ARG", "[setState] expected a uint8 tensor on the CPU, got " + describe(state),
                  "pass what getState() gave");
  }
  try {
    const std::scoped_lock lock(generator.mutex());
    generator.set_state(state);
  } catch (const c10::Error&) {
    throw currentFailure("setState", describe(state));
  }
  return info.Env().Undefined();
}

}  // namespace

at::Generator generatorAt(double id) {
  auto& all = registry();
  const std::scoped_lock lock(all.mutex);
  const auto found = all.items.find(static_cast<int64_t>(id));
  if (found == all.items.end())
    badArgument("[Generator] expected a live generator, got one that was disposed");
  return found->second;
}

void initRandom(Napi::Env, Napi::Object exports) {
  define<manualSeed>(exports, "manualSeed");
  define<newGenerator>(exports, "newGenerator");
  define<disposeGenerator>(exports, "disposeGenerator");
  define<generatorSeed>(exports, "generatorSeed");
  define<generatorInitialSeed>(exports, "generatorInitialSeed");
  define<generatorState>(exports, "generatorState");
  define<setGeneratorState>(exports, "setGeneratorState");
}

}  // namespace sam
