// CUDA graphs by number. Which graph for which call, and what is brought up to date before a replay, is
// decided in lib/cuda/graph-cache.ts.
#include <ATen/Context.h>
#include <ATen/DeviceAccelerator.h>

#include <memory>

#include "addon.h"
#include "aten.h"
#include "cuda_part.h"
#include "random.h"

namespace sam {

// A graph of native/cuda, which frees it.
struct CudaGraph {
  explicit CudaGraph(const CudaPart& part) : part(part), graph(part.graphNew()) {}
  ~CudaGraph() { part.graphFree(graph); }
  CudaGraph(const CudaGraph&) = delete;
  CudaGraph& operator=(const CudaGraph&) = delete;

  const CudaPart& part;
  void* const graph;
};

namespace {

constexpr const char* kGraph = "cuda.CUDAGraph";

std::shared_ptr<CudaGraph> graphAt(const Napi::Value& id) {
  auto found = addon(id.Env()).graphs.find(id.As<Napi::Number>().DoubleValue());
  if (!found) throw Failure("E_DISPOSED", "[cuda.CUDAGraph] expected a live graph, got one that was freed");
  return found;
}

Napi::Value graphNew(const Napi::CallbackInfo& info) {
  const CudaPart& part = requireCudaPart(kGraph);
  if (!at::globalContext().hasCUDA() || at::accelerator::deviceCount() == 0) {
    throw Failure("E_DEVICE", "[cuda.CUDAGraph] expected a CUDA device, got none",
                  "torch.cuda.isAvailable() tells whether there is one");
  }
  return Napi::Number::New(info.Env(), addon(info.Env()).graphs.add(std::make_shared<CudaGraph>(part)));
}

Napi::Value graphFree(const Napi::CallbackInfo& info) {
  addon(info.Env()).graphs.remove(info[0].As<Napi::Number>().DoubleValue());
  return info.Env().Undefined();
}

// Runs f(graph), with LibTorch's errors as Failures.
template <typename F>
Napi::Value withGraph(const Napi::CallbackInfo& info, const F& f) {
  const auto found = graphAt(info[0]);
  try {
    f(*found);
  } catch (...) {
    throw currentFailure(kGraph);
  }
  return info.Env().Undefined();
}

// graphRegister(graph, generator)
Napi::Value graphRegister(const Napi::CallbackInfo& info) {
  const at::Generator generator = generatorAt(info[1].As<Napi::Number>().DoubleValue());
  return withGraph(info, [&](CudaGraph& g) { g.part.graphRegister(g.graph, generator); });
}

// graphBegin(graph, graph to share memory with | 0)
Napi::Value graphBegin(const Napi::CallbackInfo& info) {
  const double share = info[1].As<Napi::Number>().DoubleValue();
  const auto pool = share == 0 ? nullptr : graphAt(info[1]);
  return withGraph(
      info, [&](CudaGraph& g) { g.part.graphBegin(g.graph, pool == nullptr ? nullptr : pool->graph); });
}

Napi::Value graphEnd(const Napi::CallbackInfo& info) {
  return withGraph(info, [](CudaGraph& g) { g.part.graphEnd(g.graph); });
}

Napi::Value graphAbandon(const Napi::CallbackInfo& info) {
  graphAt(info[0])->part.graphAbandon(graphAt(info[0])->graph);
  return graphFree(info);
}

Napi::Value graphReplay(const Napi::CallbackInfo& info) {
  return withGraph(info, [](CudaGraph& g) { g.part.graphReplay(g.graph); });
}

}  // namespace

void initGraphs(Napi::Env, Napi::Object exports) {
  define<graphNew>(exports, "graphNew");
  define<graphFree>(exports, "graphFree");
  define<graphRegister>(exports, "graphRegister");
  define<graphBegin>(exports, "graphBegin");
  define<graphEnd>(exports, "graphEnd");
  define<graphAbandon>(exports, "graphAbandon");
  define<graphReplay>(exports, "graphReplay");
}

}  // namespace sam
