#pragma once
#include "errors.h"
#include "napi.h"

namespace sam {

// Frees whatever can be freed: JavaScript collects its garbage, the tensors that it had dropped go, caches
// are emptied.
void reclaim(napi_env env);

bool isOutOfMemory(std::exception_ptr error) noexcept;

// Runs `fn`; when memory runs out, reclaims and runs it once more. Only for work that can be begun again.
template <typename F>
auto withMemory(napi_env env, F&& fn) {
  try {
    return fn();
  } catch (...) {
    if (!isOutOfMemory(std::current_exception())) throw;
  }
  reclaim(env);
  return fn();
}

void initMemory(Napi::Env env, Napi::Object exports);

}  // namespace sam
