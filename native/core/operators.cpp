// Every operator of LibTorch's dispatcher behind one entry: call(operator, words, fresh).
#include "operators.h"

#include <ATen/core/LegacyTypeDispatch.h>

#include "dtype.h"
#include "guards/guards.h"
#include "memory.h"
#include "tape.h"
#include "tape_operators.h"

namespace sam {
namespace {

void decodeArguments(const Plan& plan, Reader& reader, Handles& handles, torch::jit::Stack& stack) {
  for (const auto& argument : plan.args) {
    if (reader.done() || reader.peek() == Tag::Default) {
      if (!reader.done()) reader.tag();
      if (argument.fallback == nullptr) missing(plan, argument);
      stack.push_back(*argument.fallback);
      continue;
    }
    try {
      stack.push_back(decode(reader, handles, *argument.type, argument.listSize));
    } catch (const Failure& failure) {
      throw blamed(failure, argument);
    }
  }
}

void describeWord(Reader& reader, const std::string& name, Handles& handles, std::string& out) {
  if (reader.peek() == Tag::List) {
    reader.tag();
    const size_t n = reader.count();
    for (size_t i = 0; i < n; ++i) {
      if (i < 4) {
        describeWord(reader, name + "[" + std::to_string(i) + "]", handles, out);
      } else {
        reader.skip();
      }
    }
    return;
  }
  if (reader.peek() != Tag::Tensor) return reader.skip();
  reader.tag();
  const double handle = reader.word();
  if (handles.alive(handle)) out += (out.empty() ? "" : ", ") + name + " " + describe(handles.at(handle));
}

// "self float32 [2, 3] cpu, weight ...", from the words that are still on the wire.
std::string describeArguments(const Plan& plan, const Wire& wire, size_t words, Handles& handles) {
  std::string out;
  try {
    Reader reader(wire, words);
    for (const auto& argument : plan.args) {
      if (reader.done()) break;
      describeWord(reader, argument.name, handles, out);
    }
  } catch (...) {
    return {};
  }
  return out;
}

size_t ownBytes(const at::Tensor& tensor, bool mayAlias) {
  if (!tensor.has_storage()) return 0;
  const auto& storage = tensor.storage();
  return mayAlias && storage.use_count() > 1 ? 0 : storage.nbytes();
}

// Puts the one result on the wire and ties it to the JS object that was made for it.
void give(Addon& self, const at::Tensor& result, bool mayAlias, napi_value fresh) {
  if (!result.defined()) return self.wire.push(static_cast<double>(Tag::None));
  const size_t bytes = fresh != nullptr ? ownBytes(result, mayAlias) : 0;
  const double handle = self.handles.put(result);
  if (fresh != nullptr) self.handles.track(handle, fresh, bytes);
  self.wire.push(Tag::Tensor, handle);
}

void callOnce(Addon& self, const Plan& plan, size_t words, napi_value fresh) {
  Reader reader(self.wire, words);
  Tape* const tape = Tape::recording();
  if (plan.unboxed != nullptr && tape == nullptr) {
    const at::Tensor result = plan.unboxed(plan, reader, self.handles);
    self.wire.begin();
    if (!plan.writes) give(self, result, plan.returns[0].mayAlias, fresh);
    return;
  }
  torch::jit::Stack stack =
      std::move(self.stack);  // its memory is used again; a nested call finds none and makes its own
  stack.clear();
  decodeArguments(plan, reader, self.handles, stack);
  refuseMixedLayouts(plan, stack);
  torch::jit::Stack given;
  if (tape != nullptr) given = stack;
  run(plan, stack);
  if (tape != nullptr) noteOperator(*tape, plan, std::move(given), stack);
  self.wire.begin();
  for (size_t i = 0; i < stack.size() && i < plan.returns.size(); ++i) {
    if (plan.returns[i].argument >= 0) continue;
    if (stack[i].isTensor()) {
      give(self, stack[i].toTensor(), plan.returns[i].mayAlias, plan.returns.size() == 1 ? fresh : nullptr);
    } else {
      encode(self.wire, self.handles, stack[i]);
    }
  }
  stack.clear();
  self.stack = std::move(stack);
}

// call(op, words, fresh?) -> true when JavaScript should collect. Arguments come from the wire, results go
// onto it. With `fresh`, the object that will stand for the one result, the result is tracked. The hot path:
// raw Node-API, no objects.
napi_value call(napi_env env, napi_callback_info info) {
  size_t argc = 3;
  napi_value argv[3] = {nullptr, nullptr, nullptr};
  void* data = nullptr;
  napi_get_cb_info(env, info, &argc, argv, nullptr, &data);
  auto& self = *static_cast<Addon*>(data);
  const TapeEntry entry("call");
  double number = -1;
  double count = 0;
  napi_get_value_double(env, argv[0], &number);
  napi_get_value_double(env, argv[1], &count);
  const auto words = static_cast<size_t>(count > 0 ? count : 0);
  napi_value fresh = argc > 2 ? argv[2] : nullptr;
  const Plan* plan = nullptr;
  try {
    plan = &planAt(number);
    try {
      callOnce(self, *plan, words, fresh);
    } catch (...) {
      // An operator that changes its arguments may be half done: it must not run twice.
      if (!isOutOfMemory(std::current_exception())) throw;
      reclaim(env);
      if (plan->writes) throw;
      callOnce(self, *plan, words, fresh);
    }
  } catch (const Napi::Error& error) {
    error.ThrowAsJavaScriptException();
    return nullptr;
  } catch (...) {
    bool pending = false;
    napi_is_exception_pending(env, &pending);
    if (pending) return nullptr;
    const std::string got = plan != nullptr ? describeArguments(*plan, self.wire, words, self.handles) : "";
    throwToJs(env, currentFailure(plan != nullptr ? plan->name : "call", got));
    return nullptr;
  }
  if (fresh == nullptr || !self.handles.crowded()) return nullptr;
  napi_value yes = nullptr;
  napi_get_boolean(env, true, &yes);
  return yes;
}

}  // namespace

void run(const Plan& plan, torch::jit::Stack& stack) {
  if (plan.guard != nullptr) plan.guard(Given(plan, stack));
  if (plan.isFactory) {
    const at::AutoDispatchBelowADInplaceOrView
        noHistory;  // as torch::zeros does: filling is not an in-place change
    plan.op.callBoxed(stack);
  } else {
    plan.op.callBoxed(stack);
  }
}

std::string describe(const at::Tensor& tensor) {
  std::string out = dtypeName(tensor.scalar_type());
  out += " [";
  for (int64_t i = 0; i < tensor.dim(); ++i) out += (i > 0 ? ", " : "") + std::to_string(tensor.size(i));
  return out + "] " + tensor.device().str();
}

Failure blamed(const Failure& failure, const Plan::Argument& argument) {
  return Failure(failure.code(), std::string(failure.what()) + " for '" + argument.name + "'",
                 failure.help());
}

void missing(const Plan& plan, const Plan::Argument& argument) {
  badArgument("expected argument '" + argument.name + "', got nothing", toString(plan.op.schema()));
}

void initOperators(Napi::Env env, Napi::Object exports) {
  napi_value fn;
  napi_create_function(env, "call", NAPI_AUTO_LENGTH, call, &addon(env), &fn);
  exports.Set("call", Napi::Value(env, fn));
  initSchemas(env, exports);
}

}  // namespace sam
