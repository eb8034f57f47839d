#include "run_time_compiler.h"

#include <c10/util/Exception.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

#include "shared_library.h"

extern const unsigned char kSamKernelSource[];

namespace sam::cuda {
namespace {

// NVRTC's C interface, which has been the same since CUDA 11; its header is not part of LibTorch.
struct Compiler {
  int (*create)(void**, const char*, const char*, int, const char* const*, const char* const*);
  int (*compile)(void*, int, const char* const*);
  int (*codeSize)(void*, size_t*);
  int (*code)(void*, char*);
  int (*logSize)(void*, size_t*);
  int (*log)(void*, char*);
  int (*destroy)(void**);
};

// What SAM_TORCH_NVRTC names; by name, as LibTorch has mapped it; then where the nvidia wheels lie beside
// LibTorch.
std::vector<std::string> candidates() {
#ifdef _WIN32
  return {"nvrtc64_130_0.dll", "nvrtc64_120_0.dll"};
#else
  std::vector<std::string> out{"libnvrtc.so.13", "libnvrtc.so.12"};
  if (const char* const named = std::getenv("SAM_TORCH_NVRTC")) out.insert(out.begin(), named);
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&c10::GetExceptionString), &info) != 0 &&
      info.dli_fname != nullptr) {
    const auto lib = std::filesystem::path(info.dli_fname).parent_path();
    for (const char* place :
         {"../../nvidia/cu13/lib/libnvrtc.so.13", "../../nvidia/cuda_nvrtc/lib/libnvrtc.so.12",
          "libnvrtc.so.13", "libnvrtc.so.12"}) {
      out.push_back((lib / place).string());
    }
  }
  return out;
#endif
}

template <class Function>
void take(void* library, const char* name, Function& into) {
  into = reinterpret_cast<Function>(symbolOf(library, name));
  TORCH_CHECK(into != nullptr, "expected NVRTC to have ", name, ", got one without it");
}

// NVRTC opens its built-in functions by name when it first compiles, and the wheels' NVRTC does not look
// beside itself. A library that is mapped already is found.
void mapBuiltins(void* create) {
#ifndef _WIN32
  Dl_info info{};
  if (dladdr(create, &info) == 0 || info.dli_fname == nullptr) return;
  std::error_code ignored;
  const auto directory = std::filesystem::path(info.dli_fname).parent_path();
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("libnvrtc-builtins.so")) openSharedLibrary(entry.path().c_str());
  }
#else
  static_cast<void>(create);
#endif
}

Compiler load() {
  std::string looked;
  for (const auto& path : candidates()) {
    void* const library = openSharedLibrary(path.c_str());
    if (library == nullptr) {
      looked += (looked.empty() ? "" : ", ") + path;
      continue;
    }
    Compiler c{};
    take(library, "nvrtcCreateProgram", c.create);
    take(library, "nvrtcCompileProgram", c.compile);
    take(library, "nvrtcGetCUBINSize", c.codeSize);
    take(library, "nvrtcGetCUBIN", c.code);
    take(library, "nvrtcGetProgramLogSize", c.logSize);
    take(library, "nvrtcGetProgramLog", c.log);
    take(library, "nvrtcDestroyProgram", c.destroy);
    mapBuiltins(reinterpret_cast<void*>(c.create));
    return c;
  }
  TORCH_CHECK(false, "expected NVRTC to compile kernels for this GPU with, got none (looked for ", looked,
              ")");
}

}  // namespace

std::string compileKernels(int major, int minor) {
  static const Compiler compiler = load();
  void* program = nullptr;
  TORCH_CHECK(compiler.create(&program, reinterpret_cast<const char*>(kSamKernelSource), "sam_kernels.cu", 0,
                              nullptr, nullptr) == 0,
              "expected NVRTC to take the kernels' source, got an error");
  const std::string architecture = "--gpu-architecture=sm_" + std::to_string(major) + std::to_string(minor);
  const char* const options[] = {architecture.c_str(), "--std=c++17"};
  const int failed = compiler.compile(program, 2, options);
  std::string text;
  size_t size = 0;
  if (failed != 0) {
    compiler.logSize(program, &size);
    text.resize(size);
    compiler.log(program, text.data());
  } else {
    compiler.codeSize(program, &size);
    text.resize(size);
    compiler.code(program, text.data());
  }
  compiler.destroy(&program);
  TORCH_CHECK(failed == 0, "expected the kernels to compile for sm_", major, minor, ", got:\n", text);
  return text;
}

}  // namespace sam::cuda
