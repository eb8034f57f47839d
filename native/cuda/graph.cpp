// CUDA graphs as operators on numbers: sam_torch::graph_*. Which graph for which call, and what is refreshed
// before a replay, is decided in lib/cuda/graph.ts.
#include <ATen/Context.h>
#include <ATen/cuda/CUDAGraph.h>
#include <torch/library.h>

#include <memory>
#include <mutex>
#include <unordered_map>

namespace sam::cuda {
namespace {

struct Graphs {
  std::mutex mutex;
  std::unordered_map<int64_t, std::shared_ptr<at::cuda::CUDAGraph>> items;
  int64_t next = 1;
};

Graphs& graphs() {
  static Graphs* const instance = new Graphs();  // leaked on purpose: holds CUDA objects
  return *instance;
}

std::shared_ptr<at::cuda::CUDAGraph> graphAt(int64_t id) {
  auto& all = graphs();
  const std::scoped_lock lock(all.mutex);
  const auto found = all.items.find(id);
  TORCH_CHECK(found != all.items.end(), "expected a live graph, got one that was freed");
  return found->second;
}

// LibTorch 2.13 and newer: gradient accumulators made on another stream join the capture instead of breaking
// it.
template <class Context>
void overrideStaleCaptureStream(Context& context) {
  if constexpr (requires { context.setOverrideStaleCaptureStream(true); })
    context.setOverrideStaleCaptureStream(true);
}

int64_t graphNew() {
  auto made = std::make_shared<at::cuda::CUDAGraph>();
  auto& all = graphs();
  const std::scoped_lock lock(all.mutex);
  all.items.emplace(all.next, std::move(made));
  return all.next++;
}

// Launches on the current stream, which must not be the default one, go into the graph from now on. `poolOf`:
// a graph whose memory this one shares, 0 for memory of its own.
void graphBegin(int64_t id, int64_t poolOf) {
  overrideStaleCaptureStream(at::globalContext());
  const at::cuda::MempoolId_t pool = poolOf == 0 ? at::cuda::MempoolId_t{0, 0} : graphAt(poolOf)->pool();
  // Only this thread's calls are watched: a loader's threads go on allocating pinned memory meanwhile.
  graphAt(id)->capture_begin(pool, cudaStreamCaptureModeThreadLocal);
}

void graphEnd(int64_t id) { graphAt(id)->capture_end(); }

void graphFree(int64_t id) {
  auto& all = graphs();
  std::shared_ptr<at::cuda::CUDAGraph> last;
  const std::scoped_lock lock(all.mutex);
  if (const auto found = all.items.find(id); found != all.items.end()) {
    last = std::move(found->second);
    all.items.erase(found);
  }
}

// After an error inside a capture: whatever the stream's state is, it is no longer capturing afterwards.
// Never throws.
void graphAbandon(int64_t id) {
  try {
    graphAt(id)->capture_end();
  } catch (const std::exception&) {
    // The capture was invalid already; ending it is all that was wanted.
  }
  try {
    graphFree(id);
  } catch (const std::exception&) {
    // Likewise: the graph is out of the table, and nothing can replay it.
  }
}

void graphReplay(int64_t id) { graphAt(id)->replay(); }

}  // namespace

TORCH_LIBRARY_FRAGMENT(sam_torch, library) {
  library.def("graph_new() -> int", graphNew);
  library.def("graph_begin(int graph, int pool_of) -> ()", graphBegin);
  library.def("graph_end(int graph) -> ()", graphEnd);
  library.def("graph_abandon(int graph) -> ()", graphAbandon);
  library.def("graph_replay(int graph) -> ()", graphReplay);
  library.def("graph_free(int graph) -> ()", graphFree);
}

}  // namespace sam::cuda
