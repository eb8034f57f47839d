// LibTorch's own modules (TorchScript): loaded, looked into, run and saved. The only file that includes the
// JIT's headers, which cost as much to compile as all others together.
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include <cstring>

#include "core/operators.h"
#include "core/unsettled.h"
#include "spare_buffers.h"

namespace sam {
namespace {

using torch::jit::Module;

// What an External of lib/jit holds. Freed by dispose(), or with its JavaScript object.
struct Script {
  Module module;
  bool disposed = false;
};

Napi::Value give(Napi::Env env, Module module) {
  auto owned = std::make_unique<Script>(Script{std::move(module)});
  auto out =
      Napi::External<Script>::New(env, owned.get(), [](Napi::BasicEnv, Script* script) { delete script; });
  owned.release();
  return out;
}

Script& scriptOf(const Napi::Value& value, const char* op) {
  settleAll();  // it reads its parameters itself
  if (!value.IsExternal()) badArgument(std::string("[") + op + "] expected a ScriptModule");
  Script& script = *value.As<Napi::External<Script>>().Data();
  if (script.disposed)
    throw Failure("E_DISPOSED", std::string("[") + op + "] expected a live module, got a disposed one");
  return script;
}

// Reads from memory that JavaScript owns; used up before the call that was given it ends.
class ReadableBytes : public caffe2::serialize::ReadAdapterInterface {
 public:
  explicit ReadableBytes(const Napi::Uint8Array& bytes) : data_(bytes.Data()), size_(bytes.ByteLength()) {}
  size_t size() const override { return size_; }
  size_t read(uint64_t at, void* into, size_t n, const char*) const override {
    if (at >= size_) return 0;
    const size_t some = std::min<size_t>(n, size_ - at);
    std::memcpy(into, data_ + at, some);
    return some;
  }

 private:
  const uint8_t* data_;
  size_t size_;
};

std::string className(const Module& module) {
  const auto& name = module.type()->name();
  return name ? name->name() : "ScriptModule";
}

// jitLoad(path | bytes, deviceType, deviceIndex) -> module; deviceType -1: where they were saved
Napi::Value jitLoad(const Napi::CallbackInfo& info) {
  std::optional<c10::Device> device;
  if (const int type = info[1].As<Napi::Number>().Int32Value(); type >= 0) {
    device = c10::Device(static_cast<c10::DeviceType>(type),
                         static_cast<c10::DeviceIndex>(info[2].As<Napi::Number>().Int32Value()));
  }
  try {
    if (info[0].IsString()) return give(info.Env(), torch::jit::load(textOf(info[0]), device, false));
    const auto bytes = std::make_shared<ReadableBytes>(info[0].As<Napi::Uint8Array>());
    return give(info.Env(), torch::jit::load(bytes, device));
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    const Failure failure = currentFailure("jit.load");
    const std::string code = failure.code();
    if (code != "E_TORCH") throw failure;
    const bool isOperator = std::string(failure.what()).find("nknown builtin op") != std::string::npos;
    throw Failure("E_DATA", failure.what(),
                  isOperator
                      ? "torch.ops.loadLibrary(path) brings the operators of other libraries"
                      : "a file that torch.jit.save wrote, whole; weights alone are read by torch.load()");
  }
}

Napi::Array pair(Napi::Env env, const std::string& name, Napi::Value value) {
  auto out = Napi::Array::New(env, 2);
  out[0u] = Napi::String::New(env, name);
  out[1u] = value;
  return out;
}

// jitDescribe(module) -> what it holds itself: { id, name, parameters, buffers, children, methods, attributes
// }. `id` is the same for one module under two names.
Napi::Value jitDescribe(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  const Module& module = scriptOf(info[0], "jit").module;
  const auto& type = *module.type();
  auto parameters = Napi::Array::New(env);
  auto buffers = Napi::Array::New(env);
  auto children = Napi::Array::New(env);
  auto attributes = Napi::Array::New(env);
  for (size_t i = 0; i < type.numAttributes(); ++i) {
    const c10::IValue value = module._ivalue()->getSlot(i);
    const std::string& name = type.getAttributeName(i);
    if (type.getAttribute(i)->is_module()) {
      children[children.Length()] = pair(env, name, give(env, value.toModule()));
    } else if (isTensorSlot(type, i, value) && (type.is_parameter(i) || type.is_buffer(i))) {
      auto& list = type.is_parameter(i) ? parameters : buffers;
      list[list.Length()] = pair(env, name, handles(env).box(env, value.toTensor()));
    } else if (name != "training" && name != "_is_full_backward_hook") {
      attributes[attributes.Length()] = Napi::String::New(env, name);
    }
  }
  auto methods = Napi::Array::New(env);
  for (const auto& method : module.get_methods())
    methods[methods.Length()] = Napi::String::New(env, method.name());
  auto out = Napi::Object::New(env);
  out.Set("name", className(module));
  out.Set("parameters", parameters);
  out.Set("buffers", buffers);
  out.Set("children", children);
  out.Set("attributes", attributes);
  out.Set("methods", methods);
  return out;
}

std::vector<c10::IValue> decodeInputs(const c10::FunctionSchema& schema, Reader& reader, Handles& handles) {
  std::vector<c10::IValue> out;
  const auto& arguments = schema.arguments();
  for (size_t i = 1; i < arguments.size(); ++i) {  // the first is the module itself
    const auto& argument = arguments[i];
    try {
      if (!reader.done() && reader.peek() != Tag::Default) {
        out.push_back(decode(reader, handles, *argument.type(), 0));
        continue;
      }
    } catch (const Failure& failure) {
      throw Failure(failure.code(), std::string(failure.what()) + " for '" + argument.name() + "'",
                    failure.help().empty() ? toString(schema) : failure.help());
    }
    if (!reader.done()) reader.tag();
    if (!argument.default_value())
      badArgument("expected argument '" + argument.name() + "', got nothing", toString(schema));
    out.push_back(*argument.default_value());
  }
  if (!reader.done()) {
    badArgument("expected at most " + std::to_string(arguments.size() - 1) + " arguments, got more",
                toString(schema));
  }
  return out;
}

std::string describeInputs(const std::vector<c10::IValue>& inputs) {
  std::string out;
  for (const auto& input : inputs) {
    if (!input.isTensor() || !input.toTensor().defined()) continue;
    out += (out.empty() ? "" : ", ") + describe(input.toTensor());
  }
  return out;
}

// jitRun(module, method, words, frozen): arguments from the wire, the result onto it. `frozen`: true when all
// buffers stay as they are, or a list of those that do.
Napi::Value jitRun(const Napi::CallbackInfo& info) {
  auto& self = addon(info.Env());
  const std::string name = textOf(info[1]);
  const Module module = scriptOf(info[0], name.c_str()).module;  // a hook may dispose of it on the way
  const std::string op = className(module) + "." + name;
  std::vector<c10::IValue> inputs;
  c10::IValue result;
  std::string got;
  try {
    const auto method = module.find_method(name);
    if (!method) badArgument("expected a method of the module, got '" + name + "'");
    Reader reader(self.wire, static_cast<size_t>(info[2].As<Napi::Number>().DoubleValue()));
    inputs = decodeInputs(method->function().getSchema(), reader, self.handles);
    got = describeInputs(inputs);
    std::optional<SpareBuffers> spare;
    std::optional<std::vector<at::Tensor>> held;
    if (info[3].IsArray()) held = self.handles.list(info[3], op.c_str());
    if (info[3].ToBoolean()) spare.emplace(module, held);
    result = (*method)(std::move(inputs));
    requireForm(result);
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw currentFailure(op, got);
  }
  self.wire.begin();
  encode(self.wire, self.handles, result);
  return info.Env().Undefined();
}

// jitAttribute(module, name): its value onto the wire
Napi::Value jitAttribute(const Napi::CallbackInfo& info) {
  auto& self = addon(info.Env());
  const Module& module = scriptOf(info[0], "attribute").module;
  const std::string name = textOf(info[1]);
  if (!module.hasattr(name))
    badArgument("[attribute] expected an attribute of the module, got '" + name + "'");
  const c10::IValue value = module.attr(name);
  requireForm(value);
  self.wire.begin();
  encode(self.wire, self.handles, value);
  return info.Env().Undefined();
}

// jitTraining(module) -> boolean; null for a frozen module, which has no modes
Napi::Value jitTraining(const Napi::CallbackInfo& info) {
  const Module& module = scriptOf(info[0], "training").module;
  if (!module.hasattr("training")) return info.Env().Null();
  return Napi::Boolean::New(info.Env(), module.attr("training").toBool());
}

// jitSetTraining(module, value): this one only
Napi::Value jitSetTraining(const Napi::CallbackInfo& info) {
  const Module& module = scriptOf(info[0], "train").module;
  if (module.hasattr("training")) module._ivalue()->setAttr("training", info[1].ToBoolean().Value());
  return info.Env().Undefined();
}

// jitSave(module) -> the file's bytes
Napi::Value jitSave(const Napi::CallbackInfo& info) {
  const Module& module = scriptOf(info[0], "jit.save").module;
  std::ostringstream out;
  try {
    module.save(out);
  } catch (...) {
    throw currentFailure("jit.save");
  }
  const std::string bytes = std::move(out).str();
  return Napi::Buffer<char>::Copy(info.Env(), bytes.data(), bytes.size());
}

// jitFreeze(module, names to keep, forInference) -> a module whose weights are constants
Napi::Value jitFreeze(const Napi::CallbackInfo& info) {
  const Module& module = scriptOf(info[0], "jit.freeze").module;
  std::vector<std::string> kept;
  const auto names = info[1].As<Napi::Array>();
  for (uint32_t i = 0; i < names.Length(); ++i) kept.push_back(textOf(names[i]));
  try {
    if (!info[2].ToBoolean()) return give(info.Env(), torch::jit::freeze(module, kept));
    Module copy = module;
    return give(info.Env(), torch::jit::optimize_for_inference(copy, kept));
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw currentFailure("jit.freeze");
  }
}

// jitDispose(module): it lets go of everything; twice does nothing
Napi::Value jitDispose(const Napi::CallbackInfo& info) {
  if (!info[0].IsExternal()) badArgument("[dispose] expected a ScriptModule");
  Script& script = *info[0].As<Napi::External<Script>>().Data();
  script.module = Module();
  script.disposed = true;
  return info.Env().Undefined();
}

}  // namespace

void initJitModule(Napi::Env, Napi::Object exports) {
  define<jitLoad>(exports, "jitLoad");
  define<jitDescribe>(exports, "jitDescribe");
  define<jitRun>(exports, "jitRun");
  define<jitAttribute>(exports, "jitAttribute");
  define<jitTraining>(exports, "jitTraining");
  define<jitSetTraining>(exports, "jitSetTraining");
  define<jitSave>(exports, "jitSave");
  define<jitFreeze>(exports, "jitFreeze");
  define<jitDispose>(exports, "jitDispose");
}

}  // namespace sam
