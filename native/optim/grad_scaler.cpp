// Loss scaling on the device: what lib/optim/grad-scaler.ts asks for.
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_amp_foreach_non_finite_check_and_unscale.h>
#include <ATen/ops/_amp_update_scale.h>

#include <algorithm>

#include "core/addon.h"
#include "core/zero_tensor.h"
#include "param_vector.h"

namespace sam {
namespace {

using Tensors = std::vector<at::Tensor>;

// unscaleGrads(listIds, inverse scale, found): gradients times the inverse scale, found = 1 where one is not
// finite.
Napi::Value unscaleGrads(const Napi::CallbackInfo& info) {
  const at::AutoGradMode guard(false);
  const auto& inverse = handles(info.Env()).tensor(info[1], "unscale");
  at::Tensor found = handles(info.Env()).tensor(info[2], "unscale");
  // The kernel takes tensors of one device and dtype at a time.
  std::vector<std::pair<std::pair<c10::Device, c10::ScalarType>, Tensors>> alike;
  for (const auto& param : allParams(info[0], "unscale")) {
    const at::Tensor& grad = gradientOf(param);
    if (!grad.defined()) continue;
    if (grad.scalar_type() == at::kHalf) {
      badArgument("[unscale] expected gradients of float32 parameters, got float16",
                  "keep the weights in float32 under autocast");
    }
    const auto key = std::make_pair(grad.device(), grad.scalar_type());
    auto place =
        std::find_if(alike.begin(), alike.end(), [&](const auto& entry) { return entry.first == key; });
    if (place == alike.end()) place = alike.insert(alike.end(), {key, {}});
    place->second.push_back(grad);
  }
  for (auto& [key, grads] : alike) {
    at::Tensor here = found.to(key.first);
    at::_amp_foreach_non_finite_check_and_unscale_(grads, here, inverse.to(key.first, at::kFloat));
    if (!here.is_same(found)) found.copy_(found.maximum(here.to(found.device())));
  }
  return info.Env().Undefined();
}

// updateScale(scale, growth tracker, found, growth factor, backoff factor, interval): on the device
Napi::Value updateScale(const Napi::CallbackInfo& info) {
  const at::AutoGradMode guard(false);
  at::Tensor scale = handles(info.Env()).tensor(info[0], "updateScale");
  at::Tensor tracker = handles(info.Env()).tensor(info[1], "updateScale");
  const auto& found = handles(info.Env()).tensor(info[2], "updateScale");
  at::_amp_update_scale_(scale, tracker, found, info[3].As<Napi::Number>().DoubleValue(),
                         info[4].As<Napi::Number>().DoubleValue(), info[5].As<Napi::Number>().Int64Value());
  return info.Env().Undefined();
}

}  // namespace

void initGradScaler(Napi::Env, Napi::Object exports) {
  define<unscaleGrads>(exports, "unscaleGrads");
  define<updateScale>(exports, "updateScale");
}

}  // namespace sam
