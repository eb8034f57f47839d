#include "direct_backward.h"

#include <ATen/ops/add.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/functions/accumulate_grad.h>
#include <torch/csrc/autograd/graph_task.h>

#include <typeinfo>

#include "hooks.h"
#include "plain_tensor.h"

namespace sam {
namespace {

using torch::autograd::AccumulateGrad;
using torch::autograd::variable_list;
using GraphNode = torch::autograd::Node;

thread_local bool isRunningDirectly = false;
thread_local int64_t directRuns = 0;

struct Running {
  Running() {
    isRunningDirectly = true;
    ++directRuns;
  }
  ~Running() { isRunningDirectly = false; }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
};

struct Step {
  GraphNode* node;
  int waiting;  // for so many gradients
  variable_list grads;
};

// Found by looking at each: few enough for that.
constexpr size_t kMostNodes = 64;
using Steps = c10::SmallVector<Step, 16>;

bool takes(GraphNode& node) {
  if (typeid(node) == typeid(AccumulateGrad)) {
    auto& leaf = static_cast<AccumulateGrad&>(node);
    return !hasHooks(leaf) && isPlainCpu(leaf.variable) &&
           leaf.input_metadata(0).grad_dtype() == leaf.variable.scalar_type();
  }
  const auto* const direct = dynamic_cast<const DirectNode*>(&node);
  return direct != nullptr && direct->isDirect() && node.pre_hooks().empty() && node.post_hooks().empty() &&
         node.tensor_pre_hooks().empty() && node.retains_grad_hooks().empty();
}

size_t placeOf(const Steps& steps, const GraphNode* node) {
  size_t place = 0;
  while (place < steps.size() && steps[place].node != node) ++place;
  return place;
}

// The graph behind the first of `steps`; false where the engine has to run it.
bool explore(Steps& steps) {
  for (size_t at = 0; at < steps.size(); ++at) {
    GraphNode& node = *steps[at].node;
    if (!takes(node)) return false;
    for (const auto& edge : node.next_edges()) {
      if (!edge.is_valid()) continue;
      const size_t place = placeOf(steps, edge.function.get());
      if (place == kMostNodes) return false;
      if (place == steps.size())
        steps.push_back({edge.function.get(), 0, variable_list(edge.function->num_inputs())});
      ++steps[place].waiting;
    }
  }
  return true;
}

void add(at::Tensor& sum, at::Tensor&& term) {
  if (!term.defined()) return;
  if (sum.defined()) {
    sum = at::add(sum, term);
  } else {
    sum = std::move(term);
  }
}

// The step that the engine would take: of those that wait for nothing, the one whose node was made last.
Step* nextOf(Steps& steps) {
  Step* best = nullptr;
  for (Step& step : steps) {
    if (step.waiting != 0) continue;
    if (best == nullptr || step.node->sequence_nr() > best->node->sequence_nr()) best = &step;
  }
  return best;
}

// Whether the engine would take the gradient as it is.
bool fits(const torch::autograd::Edge& root, const at::Tensor& grad) {
  if (!root.is_valid() || !isPlainCpu(grad)) return false;
  const auto& metadata = root.function->input_metadata(root.input_nr);
  return metadata.device().is_cpu() && metadata.grad_dtype() == grad.scalar_type() &&
         !metadata.is_nested_tensor() && metadata.is_same_shape(grad);
}

}  // namespace

bool isBackwardDirect() noexcept { return isRunningDirectly; }

int64_t directBackwards() noexcept { return directRuns; }

bool backwardDirectly(const torch::autograd::edge_list& roots, const variable_list& grads, bool keepGraph) {
  if (roots.size() != 1 || grads.size() != 1 || !fits(roots[0], grads[0])) return false;
  if (isRunningDirectly || torch::autograd::get_current_graph_task_id() >= 0 ||
      c10::InferenceMode::is_enabled())
    return false;
  GraphNode& root = *roots[0].function;
  Steps steps;
  steps.push_back({&root, 0, variable_list(root.num_inputs())});
  if (!explore(steps)) return false;
  const Running running;
  const c10::AutoGradMode recordsNothing(false);
  steps[0].grads[roots[0].input_nr] = grads[0];
  while (Step* const step = nextOf(steps)) {
    step->waiting = -1;  // done
    variable_list out = (*step->node)(std::move(step->grads));
    if (!keepGraph) step->node->release_variables();
    for (size_t i = 0; i < out.size(); ++i) {
      const auto& edge = step->node->next_edge(i);
      if (!edge.is_valid()) continue;
      Step& next = steps[placeOf(steps, edge.function.get())];
      add(next.grads[edge.input_nr], std::move(out[i]));
      --next.waiting;
    }
  }
  return true;
}

bool backwardDirectly(const at::Tensor& loss, bool keepGraph) {
  if (!isPlainCpu(loss) || loss.numel() != 1 || loss.scalar_type() != at::kFloat ||
      torch::autograd::AnomalyMode::is_enabled())
    return false;
  const at::Tensor one = emptyCpu(loss.sizes(), at::kFloat);
  *one.mutable_data_ptr<float>() = 1;
  return backwardDirectly({torch::autograd::impl::gradient_edge(loss)}, {one}, keepGraph);
}

}  // namespace sam
