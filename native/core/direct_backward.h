#pragma once
#include <torch/csrc/autograd/edge.h>
#include <torch/csrc/autograd/variable.h>

#include "node.h"

namespace sam {

// A node that needs nothing of autograd's engine but its gradients, of which it makes those of its inputs, in
// their shape, type and device.
class DirectNode : public Node {
 public:
  // Not so where a hook keeps what it has saved: that may ask which backward pass it is in.
  virtual bool isDirect() const = 0;
};

// A backward pass into the .grad of the leaves, without the engine: its bookkeeping (a task with a copy of
// the thread's state, queues, a future) takes some 50 us, which is more than all products of a small net.
//
// Returns whether it ran. It does for a graph on the CPU of few nodes, each of them direct or a leaf, without
// hooks, outside of other backward passes. `keepGraph` as in PyTorch's retain_graph. The nodes run in the
// engine's order, so that sums have the same terms in the same order.
bool backwardDirectly(const torch::autograd::edge_list& roots, const torch::autograd::variable_list& grads,
                      bool keepGraph);

// The same for a loss with one element, before LibTorch has made anything of it.
bool backwardDirectly(const at::Tensor& loss, bool keepGraph);

// Whether this thread is in one, and how many it has run.
bool isBackwardDirect() noexcept;
int64_t directBackwards() noexcept;

}  // namespace sam
