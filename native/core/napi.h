#pragma once
// The only file that includes <napi.h>. Node-API 8 is what every supported runtime (Node 20 to 26) has;
// asking for a newer one would make loading in an older runtime crash instead of fail.
#define NAPI_VERSION 8
#define NODE_ADDON_API_CPP_EXCEPTIONS_ALL
#define NODE_ADDON_API_DISABLE_DEPRECATED
#define NODE_ADDON_API_REQUIRE_BASIC_FINALIZERS
#define NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS
#define NODE_API_NO_EXTERNAL_BUFFERS_ALLOWED
#include <napi.h>

#include <string>

namespace sam {

// A text from JavaScript; the caller has seen that it is one.
inline std::string textOf(const Napi::Value& value) { return value.As<Napi::String>().Utf8Value(); }

}  // namespace sam
