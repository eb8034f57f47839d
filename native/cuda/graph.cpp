#include "graph.h"

#include <ATen/Context.h>
#include <ATen/core/CachingHostAllocator.h>
#include <ATen/core/Generator.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAFunctions.h>

namespace sam::cuda {
namespace {

// A graph and where its memory comes from. LibTorch would choose the pool itself, but says which only after a
// capture that went well.
struct Graph {
  at::cuda::CUDAGraph graph;
  at::cuda::MempoolId_t pool{0, 0};
  c10::DeviceIndex device = -1;
};

Graph& graphOf(void* graph) { return *static_cast<Graph*>(graph); }

// LibTorch 2.13 and newer: gradient accumulators made on another stream join the capture instead of breaking
// it.
template <class Context>
void overrideStaleCaptureStream(Context& context) {
  if constexpr (requires { context.setOverrideStaleCaptureStream(true); })
    context.setOverrideStaleCaptureStream(true);
}

void* graphNew() { return new Graph(); }

void graphFree(void* graph) { delete static_cast<Graph*>(graph); }

void graphRegister(void* graph, const at::Generator& generator) {
  graphOf(graph).graph.register_generator_state(generator);
}

void graphBegin(void* graph, void* poolOf) {
  Graph& g = graphOf(graph);
  overrideStaleCaptureStream(at::globalContext());
  g.pool = poolOf == nullptr ? at::cuda::graph_pool_handle() : graphOf(poolOf).pool;
  g.device = c10::cuda::current_device();
  // Only this thread's calls are watched: a loader's threads go on allocating pinned memory meanwhile. The
  // backward pass runs on a thread of LibTorch's; what it launches on the capturing stream joins the capture.
  g.graph.capture_begin(g.pool, cudaStreamCaptureModeThreadLocal);
}

void graphEnd(void* graph) { graphOf(graph).graph.capture_end(); }

template <typename F>
void ignoringErrors(const F& f) noexcept {
  try {
    f();
  } catch (const std::exception&) {
    // What is undone here may not have been done.
  }
}

void graphAbandon(void* graph) {
  Graph& g = graphOf(graph);
  try {
    g.graph.capture_end();
  } catch (const std::exception&) {
    // The capture was invalid already. CUDA has ended it; LibTorch's allocators still serve from its pool,
    // and the graph does not give back what it has not finished.
    ignoringErrors([&] { c10::cuda::CUDACachingAllocator::endAllocateToPool(g.device, g.pool); });
    ignoringErrors([&] { at::getHostAllocator(at::kCUDA)->end_allocate_to_pool(g.pool); });
    ignoringErrors([&] { c10::cuda::CUDACachingAllocator::releasePool(g.device, g.pool); });
  }
  // CUDA keeps the error for whoever asks next, who would take it for their own.
  static_cast<void>(cudaGetLastError());
}

void graphReplay(void* graph) { graphOf(graph).graph.replay(); }

}  // namespace

void fillGraphFunctions(CudaPart& part) {
  part.graphNew = graphNew;
  part.graphFree = graphFree;
  part.graphRegister = graphRegister;
  part.graphBegin = graphBegin;
  part.graphEnd = graphEnd;
  part.graphAbandon = graphAbandon;
  part.graphReplay = graphReplay;
}

}  // namespace sam::cuda
