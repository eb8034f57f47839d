#pragma once
#include "addon.h"
#include "aten.h"

namespace sam {

// The tensor that a call is about: its first argument.
inline const at::Tensor& self(const Napi::CallbackInfo& info, const char* op) {
  return handles(info.Env()).tensor(info[0], op);
}

// For what is asked about a tensor and not of its numbers.
inline const at::Tensor& unread(const Napi::CallbackInfo& info, const char* op) {
  return handles(info.Env()).unread(info[0], op);
}

}  // namespace sam
