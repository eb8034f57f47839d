// What LibTorch's dispatcher knows of its operators, for lib/ops and the generator.
#include <ATen/core/function_schema.h>

#include <algorithm>
#include <sstream>

#include "operators.h"

namespace sam {
namespace {

Napi::Object argumentOf(Napi::Env env, const c10::Argument& argument) {
  auto out = Napi::Object::New(env);
  out.Set("name", argument.name());
  out.Set("type", argument.real_type()->str());
  out.Set("kwargOnly", argument.kwarg_only());
  out.Set("optional", argument.default_value().has_value());
  out.Set("listSize", argument.N().value_or(0));
  out.Set("isWrite", argument.alias_info() != nullptr && argument.alias_info()->isWrite());
  if (argument.default_value()) {
    std::ostringstream text;
    text << *argument.default_value();
    out.Set("defaultText", text.str());
  }
  return out;
}

Napi::Object schemaOf(Napi::Env env, size_t number) {
  const Plan& plan = planAt(static_cast<double>(number));
  const auto& schema = plan.op.schema();
  auto out = Napi::Object::New(env);
  out.Set("op", Napi::Number::New(env, static_cast<double>(number)));
  out.Set("overload", schema.overload_name());
  out.Set("schema", toString(schema));
  auto args = Napi::Array::New(env, schema.arguments().size());
  for (uint32_t i = 0; i < schema.arguments().size(); ++i) args[i] = argumentOf(env, schema.arguments()[i]);
  out.Set("args", args);
  auto returns = Napi::Array::New(env, schema.returns().size());
  for (uint32_t i = 0; i < schema.returns().size(); ++i) {
    auto one = Napi::Object::New(env);
    one.Set("name", schema.returns()[i].name());
    one.Set("type", schema.returns()[i].real_type()->str());
    one.Set("argument", plan.returns[i].argument);
    returns[i] = one;
  }
  out.Set("returns", returns);
  return out;
}

// operator("aten::add") -> schemas of its overloads, [] when there is none.
Napi::Value operatorSchemas(const Napi::CallbackInfo& info) {
  if (!info[0].IsString()) badArgument("[operator] expected a name such as \"aten::add\"");
  const auto found = plansOf(info[0].As<Napi::String>().Utf8Value());
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

// forgetOperators(): a library may have registered more
Napi::Value forgetOperators(const Napi::CallbackInfo& info) {
  forgetPlanNames();
  return info.Env().Undefined();
}

}  // namespace

void initSchemas(Napi::Env, Napi::Object exports) {
  define<operatorSchemas>(exports, "operator");
  define<operatorNames>(exports, "operatorNames");
  define<forgetOperators>(exports, "forgetOperators");
}

}  // namespace sam
