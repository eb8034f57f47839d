#include "factorable.h"

#include <c10/core/StorageImpl.h>

#include <unordered_map>

#include "core/plain_tensor.h"
#include "masters.h"

namespace sam {

std::vector<at::Tensor> factorable(const std::vector<at::Tensor>& params) {
  // What shares memory moves by the sum of all eps, of which factors would know their own only.
  std::unordered_map<const c10::StorageImpl*, size_t> names;
  for (const at::Tensor& param : params) {
    if (param.has_storage()) ++names[param.storage().unsafeGetStorageImpl()];
  }
  std::vector<at::Tensor> wanted;
  for (const at::Tensor& param : params) {
    const bool isPlain = isPlainCpu(param) && param.scalar_type() == at::kFloat && param.dim() == 2 &&
                         param.is_contiguous() && !param.is_inference();
    if (isPlain && param.requires_grad() && param.is_leaf() && masterOf(param) == nullptr &&
        names[param.storage().unsafeGetStorageImpl()] == 1)
      wanted.push_back(param);
  }
  return wanted;
}

}  // namespace sam
