#include "graph.h"

#include <ATen/Context.h>
#include <ATen/autocast_mode.h>
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
  // A cast made before is not part of the graph, which would read it for ever; one made in it has no values
  // for anybody else.
  at::autocast::clear_cache();
  // Only this thread's calls are watched: a loader's threads go on allocating pinned memory meanwhile. The
  // backward pass runs on a thread of LibTorch's; what it launches on the capturing stream joins the capture.
  g.graph.capture_begin(g.pool, cudaStreamCaptureModeThreadLocal);
}

void graphEnd(void* graph) {
  at::autocast::clear_cache();
  graphOf(graph).graph.capture_end();
}

template <typename F>
void ignoringErrors(const F& f) noexcept {
  try {
    f();
  } catch (const std::exception&) {
    // What is undone here may not have been done.
  }
}

// Whether the capture came to its end, though the graph could not be made of it: LibTorch tells the pool only
// then, and gives it back itself when the graph is freed.
bool hasEnded(at::cuda::CUDAGraph& graph) {
  try {
    static_cast<void>(graph.pool());
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

// Ends a capture that nothing will be made of.
void drop(Graph& g) {
  if (hasEnded(g.graph)) return;
  try {
    g.graph.capture_end();
  } catch (const std::exception&) {
    if (hasEnded(g.graph)) return;
    // The capture was invalid already. CUDA has ended it; LibTorch's allocators still serve from its pool,
    // and the graph does not give back what it has not finished.
    ignoringErrors([&] { c10::cuda::CUDACachingAllocator::endAllocateToPool(g.device, g.pool); });
    ignoringErrors([&] { at::getHostAllocator(at::kCUDA)->end_allocate_to_pool(g.pool); });
    ignoringErrors([&] { c10::cuda::CUDACachingAllocator::releasePool(g.device, g.pool); });
    ignoringErrors([&] { at::getHostAllocator(at::kCUDA)->release_pool(g.pool); });
  }
}

void graphAbandon(void* graph) {
  drop(graphOf(graph));
  at::autocast::clear_cache();
  // CUDA keeps the error for whoever asks next, who would take it for their own.
  static_cast<void>(cudaGetLastError());
}

void graphReplay(void* graph) {
  graphOf(graph).graph.replay();
  at::autocast::clear_cache();  // casts of the weights as they were before
}

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
