#pragma once
#include <exception>
#include <string>
#include <utility>

#include "napi.h"
#include "tape_entry.h"

namespace sam {

// An error on its way to JavaScript, where it becomes a TorchError with this code (lib/errors.ts).
class Failure : public std::exception {
 public:
  Failure(const char* code, std::string message, std::string help = {})
      : code_(code), message_(std::move(message)), help_(std::move(help)) {}
  const char* what() const noexcept override { return message_.c_str(); }
  const char* code() const noexcept { return code_; }
  const std::string& help() const noexcept { return help_; }

 private:
  const char* code_;
  std::string message_;
  std::string help_;
};

// Throws Failure{"E_ARG"}: the one-liner for argument checks.
[[noreturn]] void badArgument(std::string message, std::string help = {});

// The exception in flight as a Failure. `op` goes in front of messages that LibTorch wrote, `got` behind
// them.
Failure currentFailure(const std::string& op = {}, const std::string& got = {});

// Turns the exception in flight into a pending JS exception. Call it only inside a catch block.
void rethrowToJs(napi_env env) noexcept;
void throwToJs(napi_env env, const Failure& failure) noexcept;

// Wraps a native function so that no C++ exception of any kind crosses the boundary.
template <Napi::Value (*Fn)(const Napi::CallbackInfo&)>
Napi::Value guarded(const Napi::CallbackInfo& info) {
  try {
    return Fn(info);
  } catch (...) {
    rethrowToJs(info.Env());
    return {};
  }
}

// exports.name = Fn, guarded and known to tapes. `name` is a literal; info.Data() gives `data`.
template <Napi::Value (*Fn)(const Napi::CallbackInfo&)>
void define(Napi::Object exports, const char* name, void* data = nullptr) {
  const auto call = [name](const Napi::CallbackInfo& info) -> Napi::Value {
    const TapeEntry entry(name);
    return guarded<Fn>(info);
  };
  exports.Set(name, Napi::Function::New(exports.Env(), call, name, data));
}

}  // namespace sam
