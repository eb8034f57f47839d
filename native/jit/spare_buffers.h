#pragma once
#include <ATen/core/grad_mode.h>
#include <ATen/ops/clone.h>
#include <torch/csrc/jit/api/module.h>

#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sam {

inline bool isTensorSlot(const c10::ClassType& type, size_t i, const c10::IValue& value) {
  return value.isTensor() && value.toTensor().defined() &&
         type.getAttribute(i)->isSubtypeOf(*c10::TensorType::get());
}

// While it lives, the buffers of modules in training (those of `only`, where there is such a list) are
// copies: what a pass does to them is forgotten. Copying back afterwards would not do, for the graph of that
// pass still wants the buffers as it left them.
class SpareBuffers {
 public:
  SpareBuffers(const torch::jit::Module& root, const std::optional<std::vector<at::Tensor>>& only) {
    std::unordered_set<const void*> wanted;
    for (const auto& buffer : only.value_or(std::vector<at::Tensor>{}))
      wanted.insert(buffer.unsafeGetTensorImpl());
    const at::NoGradGuard noGrad;
    std::unordered_set<const void*> seen;
    std::unordered_map<const void*, at::Tensor> copies;
    for (const torch::jit::Module& module : root.modules()) {
      if (!seen.insert(module._ivalue().get()).second || !module.is_training()) continue;
      const auto& type = *module.type();
      for (size_t i = 0; i < type.numAttributes(); ++i) {
        const c10::IValue value = module._ivalue()->getSlot(i);
        if (!type.is_buffer(i) || !isTensorSlot(type, i, value)) continue;
        const void* impl = value.toTensor().unsafeGetTensorImpl();
        if (only && !wanted.contains(impl)) continue;
        at::Tensor& copy = copies[impl];
        if (!copy.defined()) copy = value.toTensor().clone();
        slots_.push_back({module._ivalue(), i, value});
        module._ivalue()->setSlot(i, copy);
      }
    }
  }
  ~SpareBuffers() {
    for (auto& slot : slots_) slot.owner->setSlot(slot.at, std::move(slot.original));
  }
  SpareBuffers(const SpareBuffers&) = delete;
  SpareBuffers& operator=(const SpareBuffers&) = delete;

 private:
  struct Slot {
    torch::jit::ModulePtr owner;
    size_t at;
    c10::IValue original;
  };
  std::vector<Slot> slots_;
};

}  // namespace sam
