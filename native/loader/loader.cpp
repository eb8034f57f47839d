// The loader: maps LibTorch into the process by absolute path, before Node loads the core.
//
// It is linked to nothing but the C library, so it can be loaded (and can explain what is wrong) on a machine
// without LibTorch. Node-API's C interface is enough here; its few functions never throw C++ exceptions. It
// opens the libraries of operators that users bring, too.

#define NAPI_VERSION 8
#include <node_api.h>

#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#ifdef _WIN32
#include <windows.h>
#else
#include <dlfcn.h>
#endif

namespace {

using Library = void*;

// Libraries are never closed: LibTorch registers kernels and thread-local state with the process and cannot
// be taken out again. The list is leaked for the same reason, so that no destructor runs while a worker
// thread still uses it.
struct Libraries {
  std::mutex mutex;
  std::vector<Library> opened;
};

Libraries& libraries() {
  static auto* instance = new Libraries;
  return *instance;
}

#ifdef _WIN32
std::optional<std::string> openLibrary(const std::string& path, bool /*global*/, Library& library) {
  std::wstring wide(path.size(), L'\0');
  wide.resize(static_cast<size_t>(MultiByteToWideChar(CP_UTF8, 0, path.data(), static_cast<int>(path.size()),
                                                      wide.data(), static_cast<int>(wide.size()))));
  // The altered search path makes the library's own directory the first place for what it needs.
  library = LoadLibraryExW(wide.c_str(), nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
  if (library) return std::nullopt;
  return path + ": Windows error " + std::to_string(GetLastError());
}

void* findSymbol(Library library, const char* name) {
  return reinterpret_cast<void*>(GetProcAddress(static_cast<HMODULE>(library), name));
}
#else
std::optional<std::string> openLibrary(const std::string& path, bool global, Library& library) {
  // glibc declares that dlopen throws nothing, and a compiler that believes it leaves the handlers out.
  void* (*volatile const mayThrow)(const char*, int) = dlopen;
  try {
    library = mayThrow(path.c_str(), RTLD_LAZY | (global ? RTLD_GLOBAL : RTLD_LOCAL));
  } catch (const std::exception& error) {
    // A library's constructors run here, and registering an operator that exists throws. Uncaught it would
    // end the process.
    const std::string text = error.what();
    return text.substr(0, text.find("\nException raised from"));
  } catch (...) {
    return path + ": its initialisation failed";
  }
  if (library) return std::nullopt;
  const char* text = dlerror();
  return text ? text : path + ": cannot be loaded";
}

void* findSymbol(Library library, const char* name) { return dlsym(library, name); }
#endif

std::optional<std::string> readString(napi_env env, napi_value value) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok) return std::nullopt;
  std::string text(length, '\0');
  napi_get_value_string_utf8(env, value, text.data(), length + 1, &length);
  return text;
}

napi_value makeNull(napi_env env) {
  napi_value value = nullptr;
  napi_get_null(env, &value);
  return value;
}

// open(path: string, global: boolean): string | null. Null when the library is mapped, else the reason why it
// is not.
napi_value open(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2] = {};
  if (napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr) != napi_ok) return nullptr;
  bool global = false;
  const std::optional<std::string> path = readString(env, arguments[0]);
  if (!path || napi_get_value_bool(env, arguments[1], &global) != napi_ok) {
    napi_throw_type_error(env, "E_ARG", "[open] expected (path: string, global: boolean)");
    return nullptr;
  }

  Library library = nullptr;
  const std::optional<std::string> failure = openLibrary(*path, global, library);
  if (failure) {
    napi_value text = nullptr;
    napi_create_string_utf8(env, failure->c_str(), failure->size(), &text);
    return text;
  }
  Libraries& all = libraries();
  const std::lock_guard<std::mutex> lock(all.mutex);
  all.opened.push_back(library);
  return makeNull(env);
}

// The path of the LibTorch that is mapped into this process, whoever brought it: this addon, or another copy
// of it. None when there is none.
std::optional<std::string> mappedLibTorch() {
#ifdef _WIN32
  const HMODULE module = GetModuleHandleW(L"torch_cpu.dll");
  if (!module) return std::nullopt;
  std::wstring wide(32768, L'\0');
  wide.resize(GetModuleFileNameW(module, wide.data(), static_cast<DWORD>(wide.size())));
  const int length = WideCharToMultiByte(CP_UTF8, 0, wide.data(), static_cast<int>(wide.size()), nullptr, 0,
                                         nullptr, nullptr);
  std::string path(static_cast<size_t>(length), '\0');
  WideCharToMultiByte(CP_UTF8, 0, wide.data(), static_cast<int>(wide.size()), path.data(), length, nullptr,
                      nullptr);
  return path;
#else
  void* symbol = dlsym(RTLD_DEFAULT, "aoti_torch_abi_version");
  Dl_info info = {};
  if (!symbol || dladdr(symbol, &info) == 0 || !info.dli_fname) return std::nullopt;
  return info.dli_fname;
#endif
}

// mapped(): string | null. Two LibTorchs in one process end it: each registers the same names.
napi_value mapped(napi_env env, napi_callback_info /*info*/) {
  const std::optional<std::string> path = mappedLibTorch();
  if (!path) return makeNull(env);
  napi_value text = nullptr;
  napi_create_string_utf8(env, path->c_str(), path->size(), &text);
  return text;
}

// abiVersion(): {major, minor, patch} | null. What the mapped libtorch_cpu says of itself; null while none is
// mapped. LibTorch gives one 64-bit number: major, minor and patch in the three highest bytes
// (torch/headeronly/version.h).
napi_value abiVersion(napi_env env, napi_callback_info /*info*/) {
  void* symbol = nullptr;
  {
    Libraries& all = libraries();
    const std::lock_guard<std::mutex> lock(all.mutex);
    for (Library library : all.opened) {
      symbol = findSymbol(library, "aoti_torch_abi_version");
      if (symbol) break;
    }
  }
  if (!symbol) return makeNull(env);
  const std::uint64_t version = reinterpret_cast<std::uint64_t (*)()>(symbol)();

  napi_value result = nullptr;
  napi_create_object(env, &result);
  const char* names[] = {"major", "minor", "patch"};
  for (unsigned i = 0; i < 3; ++i) {
    napi_value part = nullptr;
    napi_create_uint32(env, static_cast<std::uint32_t>((version >> (56 - 8 * i)) & 0xff), &part);
    napi_set_named_property(env, result, names[i], part);
  }
  return result;
}

}  // namespace

NAPI_MODULE_INIT() {
  const napi_property_descriptor functions[] = {
      {"open", nullptr, open, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"mapped", nullptr, mapped, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"abiVersion", nullptr, abiVersion, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, sizeof functions / sizeof functions[0], functions);
  return exports;
}
