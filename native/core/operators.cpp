// Every operator of LibTorch's dispatcher behind one entry: call(op, words).
#include "operators.h"

#include <ATen/core/function_schema.h>

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <sstream>

namespace sam {
namespace {

// Made once per operator, kept for the life of the process (shared by all environments).
struct Plan {
  explicit Plan(c10::OperatorHandle handle) : op(std::move(handle)) {
    const auto& schema = op.schema();
    name = schema.name().substr(schema.name().find("::") + 2);
    args = &schema.arguments();
    for (const auto& ret : schema.returns()) {
      int aliased = -1;
      if (const auto* alias = ret.alias_info(); alias != nullptr && alias->isWrite()) {
        for (size_t i = 0; i < args->size(); ++i) {
          const auto* other = (*args)[i].alias_info();
          if (other != nullptr && other->isWrite() && other->beforeSets() == alias->beforeSets()) {
            aliased = static_cast<int>(i);
          }
        }
      }
      returnsArgument.push_back(aliased);
    }
  }
  c10::OperatorHandle op;
  std::string name;
  const std::vector<c10::Argument>* args;
  std::vector<int> returnsArgument;  // which argument each result is (in-place operators), or -1
};

class Plans {
 public:
  // The overloads of "aten::add", as plan numbers, in the dispatcher's order.
  std::vector<size_t> overloads(const std::string& name) {
    const std::unique_lock lock(mutex_);
    if (auto found = byName_.find(name); found != byName_.end()) return found->second;
    std::vector<size_t> out;
    for (const auto& op : c10::Dispatcher::singleton().getAllOpNames()) {
      if (op.name != name) continue;
      if (auto handle = c10::Dispatcher::singleton().findSchema(op)) {
        out.push_back(plans_.size());
        plans_.push_back(std::make_unique<Plan>(*handle));
      }
    }
    if (!out.empty()) byName_.emplace(name, out);
    return out;
  }
  const Plan& at(double index) {
    const std::shared_lock lock(mutex_);
    if (!(index >= 0) || index >= static_cast<double>(plans_.size())) badArgument("[call] expected an operator's number");
    return *plans_[static_cast<size_t>(index)];
  }

 private:
  std::shared_mutex mutex_;
  std::vector<std::unique_ptr<Plan>> plans_;
  std::unordered_map<std::string, std::vector<size_t>> byName_;
};

Plans& plans() {
  static Plans* const instance = new Plans();  // leaked on purpose: operators may be called while statics die
  return *instance;
}

int listSize(const c10::Argument& argument) { return argument.N().value_or(0); }

void decodeArguments(const Plan& plan, Reader& reader, Handles& handles, torch::jit::Stack& stack) {
  for (const auto& argument : *plan.args) {
    if (reader.done() || reader.peek() == Tag::Default) {
      if (!reader.done()) reader.tag();
      if (!argument.default_value()) {
        badArgument("expected argument '" + argument.name() + "', got nothing", "schema: " + toString(plan.op.schema()));
      }
      stack.push_back(*argument.default_value());
      continue;
    }
    try {
      stack.push_back(decode(reader, handles, *argument.type(), listSize(argument)));
    } catch (const Failure& failure) {
      throw Failure(failure.code(), "for '" + argument.name() + "': " + failure.what(), failure.help());
    }
  }
}

// "input float32 [2, 3] cpu, weight ...", from the words that are still on the wire.
std::string describeArguments(const Plan& plan, const Wire& wire, size_t words, Handles& handles) {
  std::string out;
  try {
    Reader reader(wire, words);
    for (const auto& argument : *plan.args) {
      if (reader.done()) break;
      if (reader.peek() != Tag::Tensor) {
        reader.skip();
        continue;
      }
      reader.tag();
      const double handle = reader.word();
      if (!handles.alive(handle)) continue;
      out += (out.empty() ? "" : ", ") + argument.name() + " " + describe(handles.at(handle));
    }
  } catch (...) {
    return {};
  }
  return out;
}

// call(op, words): arguments from the wire, results onto the wire. The hot path: raw Node-API, no objects.
napi_value call(napi_env env, napi_callback_info info) {
  size_t argc = 2;
  napi_value argv[2];
  void* data = nullptr;
  napi_get_cb_info(env, info, &argc, argv, nullptr, &data);
  auto& self = *static_cast<Addon*>(data);
  double index = -1;
  double words = 0;
  napi_get_value_double(env, argv[0], &index);
  napi_get_value_double(env, argv[1], &words);
  const Plan* plan = nullptr;
  try {
    plan = &plans().at(index);
    torch::jit::Stack stack;
    stack.reserve(plan->args->size());
    Reader reader(self.wire, static_cast<size_t>(words < 0 ? 0 : words));
    decodeArguments(*plan, reader, self.handles, stack);
    plan->op.callBoxed(stack);
    self.wire.begin();
    for (size_t i = 0; i < stack.size() && i < plan->returnsArgument.size(); ++i) {
      if (plan->returnsArgument[i] < 0) encode(self.wire, self.handles, stack[i]);
    }
  } catch (const Napi::Error& error) {
    error.ThrowAsJavaScriptException();
  } catch (...) {
    bool pending = false;
    napi_is_exception_pending(env, &pending);
    if (!pending) {
      const std::string got =
          plan != nullptr ? describeArguments(*plan, self.wire, static_cast<size_t>(words), self.handles) : "";
      throwToJs(env, currentFailure(plan != nullptr ? plan->name : "call", got));
    }
  }
  return nullptr;
}

Napi::Value schemaOf(Napi::Env env, size_t index) {
  const Plan& plan = plans().at(static_cast<double>(index));
  const auto& schema = plan.op.schema();
  auto out = Napi::Object::New(env);
  out.Set("op", Napi::Number::New(env, static_cast<double>(index)));
  out.Set("overload", schema.overload_name());
  out.Set("schema", toString(schema));
  auto args = Napi::Array::New(env, schema.arguments().size());
  for (uint32_t i = 0; i < schema.arguments().size(); ++i) {
    const auto& argument = schema.arguments()[i];
    auto one = Napi::Object::New(env);
    one.Set("name", argument.name());
    one.Set("type", argument.real_type()->str());
    one.Set("kwargOnly", argument.kwarg_only());
    one.Set("optional", argument.default_value().has_value());
    one.Set("listSize", listSize(argument));
    one.Set("isWrite", argument.alias_info() != nullptr && argument.alias_info()->isWrite());
    if (argument.default_value()) {
      std::ostringstream text;
      text << *argument.default_value();
      one.Set("defaultText", text.str());
    }
    args[i] = one;
  }
  out.Set("args", args);
  auto returns = Napi::Array::New(env, schema.returns().size());
  for (uint32_t i = 0; i < schema.returns().size(); ++i) {
    auto one = Napi::Object::New(env);
    one.Set("name", schema.returns()[i].name());
    one.Set("type", schema.returns()[i].real_type()->str());
    one.Set("argument", plan.returnsArgument[i]);
    returns[i] = one;
  }
  out.Set("returns", returns);
  return out;
}

// operator("aten::add") -> schemas of its overloads, [] when there is none.
Napi::Value operatorSchemas(const Napi::CallbackInfo& info) {
  if (!info[0].IsString()) badArgument("[operator] expected a name such as \"aten::add\"");
  const auto found = plans().overloads(info[0].As<Napi::String>().Utf8Value());
  auto out = Napi::Array::New(info.Env(), found.size());
  for (uint32_t i = 0; i < found.size(); ++i) out[i] = schemaOf(info.Env(), found[i]);
  return out;
}

// operatorNames() -> ["aten::abs", ...], sorted and without duplicates.
Napi::Value operatorNames(const Napi::CallbackInfo& info) {
  std::vector<std::string> names;
  for (const auto& op : c10::Dispatcher::singleton().getAllOpNames()) names.push_back(op.name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  auto out = Napi::Array::New(info.Env(), names.size());
  for (uint32_t i = 0; i < names.size(); ++i) out[i] = Napi::String::New(info.Env(), names[i]);
  return out;
}

}  // namespace

std::string describe(const at::Tensor& tensor) {
  std::ostringstream out;
  std::string dtype = c10::toString(tensor.scalar_type());
  out << (dtype == "Float"      ? "float32"
          : dtype == "Double"   ? "float64"
          : dtype == "Long"     ? "int64"
          : dtype == "Int"      ? "int32"
          : dtype == "Short"    ? "int16"
          : dtype == "Char"     ? "int8"
          : dtype == "Byte"     ? "uint8"
          : dtype == "Half"     ? "float16"
          : dtype == "BFloat16" ? "bfloat16"
          : dtype == "Bool"     ? "bool"
                                : dtype)
      << " [";
  for (int64_t i = 0; i < tensor.dim(); ++i) out << (i ? ", " : "") << tensor.size(i);
  out << "] " << tensor.device().str();
  return out.str();
}

void initOperators(Napi::Env env, Napi::Object exports) {
  napi_value fn;
  napi_create_function(env, "call", NAPI_AUTO_LENGTH, call, &addon(env), &fn);
  exports.Set("call", Napi::Value(env, fn));
  define<operatorSchemas>(exports, "operator");
  define<operatorNames>(exports, "operatorNames");
}

}  // namespace sam
