#include "errors.h"

#include <new>

#include "addon.h"
#include "aten.h"

namespace sam {

void badArgument(std::string message, std::string help) {
  throw Failure("E_ARG", std::move(message), std::move(help));
}

namespace {

// LibTorch's messages can carry a C++ stack behind the first blank line or "Exception raised from".
std::string firstPart(std::string text) {
  // The last mark is where a list of every backend begins.
  for (const char* mark : {"\nException raised from", "\n\nException raised",
                           " This could be because the operator doesn't exist"}) {
    if (auto at = text.find(mark); at != std::string::npos) text.resize(at);
  }
  const size_t start = text.find_first_not_of(" \n");
  if (start == std::string::npos) return {};
  return text.substr(start, text.find_last_not_of(" \n") - start + 1);
}

// An assertion of LibTorch's own, most often on arguments: what was asserted, without its C++ source line and
// whom to write to.
std::string withoutAssertion(const std::string& text) {
  const std::string mark = " INTERNAL ASSERT FAILED at ";
  const std::string tail = "please report a bug to PyTorch.";
  const size_t at = text.find(mark);
  const size_t end = text.find(tail);
  if (at == std::string::npos || end == std::string::npos) return text;
  const std::string asserted = text.substr(0, at);
  const std::string said = firstPart(text.substr(end + tail.size()));
  if (said.empty()) return "LibTorch expected " + asserted;
  return asserted == "false" ? said : said + " (LibTorch expected " + asserted + ")";
}

std::string phrase(const std::string& op, const std::string& text, const std::string& got) {
  const std::string first = withoutAssertion(firstPart(text));
  std::string message = op.empty() ? first : "[" + op + "] " + first;
  if (!got.empty()) message += "\n  got: " + got;
  return message;
}

// A line of help for what people run into most.
std::string helpFor(const std::string& text) {
  const auto has = [&](const char* part) { return text.find(part) != std::string::npos; };
  if (has("does not require grad")) return "set requiresGrad on a tensor that the result is computed from";
  if (has("second time")) return "pass { retainGraph: true } to the first backward()";
  if (has("inplace operation")) return "use the operator without the underscore, or work on a clone()";
  if (has("a leaf Variable that requires grad")) return "wrap the change in torch.noGrad(() => ...)";
  if (has("same device") || has("same type and device")) return "move one side with x.to(device)";
  if (has("can't be cast") || has("expected scalar type") || has("same dtype"))
    return "convert one side with x.to(dtype)";
  if (has("can be broadcast") || has("must match the size"))
    return "shapes are aligned from the last dimension; use unsqueeze() or view()";
  return {};
}

// A device that this LibTorch was not built for, that has no driver, or that is not there.
bool isDeviceMissing(const std::string& text) {
  for (const char* part :
       {"not linked with support for", "from the 'CUDA' backend", "from the 'MPS' backend",
        "from the 'XPU' backend", "from the 'HIP' backend", "NVIDIA driver", "driver version is insufficient",
        "CUDA initialization", "No CUDA GPUs are available", "no CUDA-capable device",
        "invalid device ordinal", "Cannot access accelerator device", "no pinned memory allocator",
        "Cannot initialize CUDA"}) {
    if (text.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

Failure currentFailure(const std::string& op, const std::string& got) {
  try {
    throw;
  } catch (const Failure& failure) {
    if (op.empty() || failure.what()[0] == '[') return failure;
    return Failure(failure.code(), phrase(op, failure.what(), got), failure.help());
  } catch (const c10::OutOfMemoryError& error) {
    return Failure("E_OOM", phrase(op, error.what_without_backtrace(), got),
                   "use a smaller batch, torch.tidy(), or torch.cuda.emptyCache()");
  } catch (const c10::Error& error) {
    const std::string text = error.what_without_backtrace();
    const bool memory = text.find("not enough memory") != std::string::npos ||
                        text.find("can't allocate memory") != std::string::npos;
    if (isDeviceMissing(text)) {
      return Failure("E_DEVICE", phrase(op, text, got),
                     "`npx sam-torch doctor` lists the devices that work here; \"cpu\" always does");
    }
    return Failure(memory ? "E_OOM" : "E_TORCH", phrase(op, text, got), helpFor(text));
  } catch (const std::bad_alloc&) {
    return Failure("E_OOM", phrase(op, "out of memory", got), "use a smaller batch or torch.tidy()");
  } catch (const std::exception& error) {
    return Failure("E_TORCH", phrase(op, error.what(), got), helpFor(error.what()));
  } catch (...) {
    return Failure("E_TORCH", phrase(op, "unknown native error", got));
  }
}

void throwToJs(napi_env env, const Failure& failure) noexcept {
  try {
    Napi::HandleScope scope(env);
    auto& factory = addon(env).errorFactory;
    if (factory.IsEmpty()) {
      napi_throw_error(env, failure.code(), failure.what());
      return;
    }
    Napi::Value error =
        factory.Call({Napi::String::New(env, failure.code()), Napi::String::New(env, failure.what()),
                      Napi::String::New(env, failure.help())});
    napi_throw(env, error);
  } catch (const Napi::Error& error) {
    error.ThrowAsJavaScriptException();
  } catch (...) {
    napi_throw_error(env, failure.code(), failure.what());
  }
}

void rethrowToJs(napi_env env) noexcept {
  try {
    throw;
  } catch (const Napi::Error& error) {
    error.ThrowAsJavaScriptException();  // a JS callback threw: its own error goes on
  } catch (...) {
    bool pending = false;
    napi_is_exception_pending(env, &pending);
    if (!pending) throwToJs(env, currentFailure());
  }
}

}  // namespace sam
