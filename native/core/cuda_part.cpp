#include "cuda_part.h"

#include <atomic>
#include <mutex>
#include <string>

#include "addon.h"
#include "device.h"
#include "errors.h"

#ifdef _WIN32
#include <windows.h>
#else
#include <dlfcn.h>
#endif

namespace sam {
namespace {

struct State {
  std::mutex mutex;
  std::string path;  // empty: there is none
  std::string reason = "no CUDA part was looked for";
  std::string help;
  bool tried = false;
  const CudaPart* part = nullptr;
};

State& state() {
  static State* const instance = new State();  // leaked on purpose: workers may ask while the process ends
  return *instance;
}

// The part's table, or null and the reason. Never closed: CUDA's libraries do not stand it.
const CudaPart* open(const std::string& path, std::string& reason) {
  constexpr const char* kEntry = "sam_torch_cuda_part";
#ifdef _WIN32
  const HMODULE library = LoadLibraryA(path.c_str());
  if (library == nullptr) {
    reason = "Windows error " + std::to_string(GetLastError());
    return nullptr;
  }
  void* const entry = reinterpret_cast<void*>(GetProcAddress(library, kEntry));
#else
  // All symbols now: one that is missing must be an error here, and not the end of the process later.
  void* const library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* const text = dlerror();
    reason = text != nullptr ? text : "no reason given";
    return nullptr;
  }
  void* const entry = dlsym(library, kEntry);
#endif
  if (entry == nullptr) {
    reason = std::string("a file without ") + kEntry;
    return nullptr;
  }
  const CudaPart* const part = reinterpret_cast<const CudaPart* (*)()>(entry)();
  if (part->version != CudaPart::kVersion) {
    reason = "one of another build (version " + std::to_string(part->version) + ", not " +
             std::to_string(CudaPart::kVersion) + ")";
    return nullptr;
  }
  return part;
}

const CudaPart* find(State& s) {
  const std::scoped_lock lock(s.mutex);
  if (!s.tried && !s.path.empty()) {
    std::string reason;
    s.part = open(s.path, reason);
    if (s.part == nullptr) s.reason = "expected " + s.path + " to load, got: " + reason;
    s.tried = true;
  }
  return s.part;
}

// setCudaPart(path, why there is none, help): the file is opened when it is first needed
Napi::Value setCudaPart(const Napi::CallbackInfo& info) {
  State& s = state();
  const std::scoped_lock lock(s.mutex);
  if (s.tried) return info.Env().Undefined();  // another environment was first
  s.path = info[0].As<Napi::String>().Utf8Value();
  s.reason = info[1].As<Napi::String>().Utf8Value();
  s.help = info[2].As<Napi::String>().Utf8Value();
  return info.Env().Undefined();
}

Napi::Value openCudaPart(const Napi::CallbackInfo& info) {
  requireCudaPart("cuda");
  return info.Env().Undefined();
}

// cudaProperties(device) -> [name, major, minor, multiprocessors, bytes]
Napi::Value cudaProperties(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "cuda.getDeviceProperties";
  CudaDeviceProperties found{};
  try {
    const CudaPart& part = requireCudaPart(kOp);
    if (!presentAccelerator()) {
      throw Failure("E_DEVICE", "[cuda.getDeviceProperties] expected a CUDA device, got none",
                    "torch.cuda.isAvailable() tells whether there is one");
    }
    const int index = info[0].As<Napi::Number>().Int32Value();
    part.properties(index == -1 ? at::accelerator::getDeviceIndex() : index, &found);
  } catch (...) {
    throw currentFailure(kOp);
  }
  auto out = Napi::Array::New(info.Env(), 5);
  out[0u] = Napi::String::New(info.Env(), found.name);
  out[1u] = Napi::Number::New(info.Env(), found.major);
  out[2u] = Napi::Number::New(info.Env(), found.minor);
  out[3u] = Napi::Number::New(info.Env(), found.multiProcessors);
  out[4u] = Napi::Number::New(info.Env(), static_cast<double>(found.bytes));
  return out;
}

// compileCudaKernels(major, minor) -> bytes of machine code
Napi::Value compileCudaKernels(const Napi::CallbackInfo& info) {
  constexpr const char* kOp = "cuda.compileKernels";
  try {
    const int64_t bytes = requireCudaPart(kOp).compile(info[0].As<Napi::Number>().Int32Value(),
                                                       info[1].As<Napi::Number>().Int32Value());
    return Napi::Number::New(info.Env(), static_cast<double>(bytes));
  } catch (...) {
    throw currentFailure(kOp);
  }
}

std::atomic<bool> onCpu = false;

Napi::Value setDeviceKernelsOnCpu(const Napi::CallbackInfo& info) {
  onCpu = info[0].ToBoolean();
  return info.Env().Undefined();
}

}  // namespace

bool deviceKernelsOnCpu() noexcept { return onCpu.load(std::memory_order_relaxed); }

const CudaPart* cudaPart() noexcept {
  try {
    return find(state());
  } catch (const std::exception&) {
    return nullptr;  // out of memory, while looking
  }
}

const CudaPart& requireCudaPart(const char* op) {
  State& s = state();
  if (const CudaPart* const part = find(s)) return *part;
  const std::scoped_lock lock(s.mutex);
  throw Failure("E_LOAD", std::string("[") + op + "] " + s.reason, s.help);
}

void initCudaPart(Napi::Env, Napi::Object exports) {
  define<setCudaPart>(exports, "setCudaPart");
  define<openCudaPart>(exports, "openCudaPart");
  define<cudaProperties>(exports, "cudaProperties");
  define<compileCudaKernels>(exports, "compileCudaKernels");
  define<setDeviceKernelsOnCpu>(exports, "setDeviceKernelsOnCpu");
}

}  // namespace sam
