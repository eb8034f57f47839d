// oneDNN's tensors have no storage. Among dense ones they reach kernels of the CPU that read it nonetheless,
// where an operator has no kernel for them.
#include "../errors.h"
#include "guards.h"

namespace sam {
namespace {

bool isOneDnn(const at::Tensor& x) { return x.defined() && x.key_set().has(c10::DispatchKey::MkldnnCPU); }
bool isDense(const at::Tensor& x) { return x.defined() && !isOneDnn(x) && x.has_storage() && x.numel() > 0; }

// Operators made of others are left to those.
bool readsStorage(const c10::OperatorHandle& op) {
  if (op.hasKernelForDispatchKey(c10::DispatchKey::MkldnnCPU)) return false;
  return op.hasKernelForDispatchKey(c10::DispatchKey::CPU) ||
         op.hasKernelForDispatchKey(c10::DispatchKey::CompositeExplicitAutograd) ||
         op.hasKernelForDispatchKey(c10::DispatchKey::CompositeExplicitAutogradNonFunctional);
}

}  // namespace

void refuseMixedLayouts(const Plan& plan, const torch::jit::Stack& stack) {
  bool any = false, dense = false;
  const auto look = [&](const at::Tensor& x) {
    any = any || isOneDnn(x);
    dense = dense || isDense(x);
  };
  for (const c10::IValue& value : stack) {
    if (value.isTensor()) look(value.toTensor());
    if (value.isTensorList()) {
      for (const at::Tensor& x : value.toTensorVector()) look(x);
    }
  }
  if (any && dense && readsStorage(plan.op)) {
    badArgument("expected dense tensors, got one in oneDNN's layout among them",
                "x.toDense() gives a dense one");
  }
}

}  // namespace sam
