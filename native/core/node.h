#pragma once
#include <torch/csrc/autograd/function.h>

#include <memory>
#include <type_traits>

#include "aten.h"

namespace sam {

// Nodes of autograd's graph, for every LibTorch that this library builds with: up to 2.11 at least they are
// held by std::shared_ptr, from 2.13 at the latest they count their owners themselves.
using NodePtr = decltype(std::declval<torch::autograd::Node&>().getptr());

// A node that saves tensors. Where nodes count their owners, a saved output knows its node, so that has to
// let go of it before it can be freed: LibTorch calls release_resources() when the last owner has gone.
template <typename Base>
class SavingNode : public Base {
 public:
  void release_resources() {  // overrides that of LibTorch, where it has one
    forget();
    if constexpr (requires(SavingNode & node) { node.Base::release_resources(); }) Base::release_resources();
  }

 protected:
  virtual void forget() = 0;
};
using Node = SavingNode<torch::autograd::Node>;

template <typename T, typename... Args>
auto makeNode(Args&&... args) {
  if constexpr (std::is_same_v<NodePtr, std::shared_ptr<torch::autograd::Node>>) {
    // LibTorch's own deleter frees a long graph without recursion.
    return std::shared_ptr<T>(new T(std::forward<Args>(args)...), [](T* node) { deleteNode(node); });
  } else {
    return c10::make_intrusive<T>(std::forward<Args>(args)...);
  }
}

}  // namespace sam
