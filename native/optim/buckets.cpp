#include "buckets.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_foreach_div.h>
#include <ATen/ops/_foreach_neg.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/empty_strided.h>
#include <ATen/ops/where.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/addon.h"
#include "core/operators.h"
#include "core/zero_tensor.h"
#include "nn/factored_gradients.h"

namespace sam {
namespace {

std::string nameOf(const char* op, size_t position) {
  return std::string("[") + op + "] expected parameter " + std::to_string(position) + " of the group ";
}

void checkParam(const at::Tensor& param, const at::Tensor& grad, const char* op, size_t position) {
  if (!at::isFloatingType(param.scalar_type())) {
    badArgument(nameOf(op, position) + "to be of a floating-point dtype, got " + describe(param),
                at::isComplexType(param.scalar_type()) ? "optimize torch.viewAsReal(x) instead" : "");
  }
  if (grad.layout() != at::kStrided) {
    badArgument(nameOf(op, position) + "to have a dense gradient, got a sparse one",
                "x.grad = x.grad.toDense()");
  }
  if (grad.device() != param.device() || grad.sizes() != param.sizes()) {
    badArgument(nameOf(op, position) + "and its gradient to agree, got " + describe(param) + " and " +
                describe(grad));
  }
}

at::Tensor stridedLike(const at::Tensor& from, const at::Tensor& like) {
  return at::empty_strided(like.sizes(), like.strides(), like.options()).copy_(from);
}

bool sharesStorage(const ParamList& list, size_t position) {
  const at::Storage& storage = list.params[position].storage();
  for (size_t i = 0; i < list.params.size(); ++i) {
    if (i != position && list.params[i].has_storage() && list.params[i].storage().is_alias_of(storage))
      return true;
  }
  return false;
}

}  // namespace

bool overlap(const std::vector<at::TensorList>& lists) {
  std::vector<std::pair<const char*, const char*>> ranges;
  for (const at::TensorList list : lists) {
    for (const at::Tensor& tensor : list) {
      const auto* const begin = static_cast<const char*>(tensor.const_data_ptr());
      if (tensor.numel() > 0) ranges.emplace_back(begin, begin + tensor.nbytes());
    }
  }
  std::sort(ranges.begin(), ranges.end());
  for (size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].first < ranges[i - 1].second) return true;
  }
  return false;
}

bool sameStrides(const at::Tensor& a, const at::Tensor& b) {
  for (int64_t d = 0; d < a.dim(); ++d) {
    if (a.size(d) > 1 && a.stride(d) != b.stride(d)) return false;
  }
  return true;
}

void StandIn::finish() const {
  if (!before.defined()) {
    param.copy_(copy);
    return;
  }
  // What another parameter's step has changed meanwhile adds up with this one's.
  const at::Tensor moved = param + (copy - before);
  param.copy_(at::where(param.eq(before), copy, moved));
}

void Bucket::finish() const {
  for (const auto& standIn : standIns) standIn.finish();
  for (const auto& param : params) {
    if (!param.is_inference()) param.unsafeGetTensorImpl()->bump_version();
  }
  for (auto* master : masters) master->write();
}

std::vector<at::Tensor> Bucket::descent(double weightDecay, bool maximize, const Scaling& scaling) const {
  if (const auto scale = scaling.scaleOn(device)) at::_foreach_div_(grads, *scale);
  auto out = maximize ? at::_foreach_neg(grads) : grads;
  if (weightDecay != 0) out = at::_foreach_add(out, params, weightDecay);
  return out;
}

void checkGradients(const ParamList& list, const char* op) {
  for (size_t i = 0; i < list.params.size(); ++i) {
    if (FactoredGradients::recorded(list.params[i]) != nullptr) continue;  // they come from a layer that fits
    const auto& grad = gradientOf(list.params[i]);
    if (grad.defined()) checkParam(list.params[i], grad, op, i);
  }
}

std::vector<Bucket> buckets(const ParamList& list, const char* op, const std::vector<bool>& leaves) {
  checkGradients(list, op);
  std::vector<Bucket> out;
  for (size_t i = 0; i < list.params.size(); ++i) {
    if (!leaves.empty() && leaves[i]) continue;
    at::Tensor param = list.params[i];
    settle(param);
    at::Tensor grad = gradientOf(param);
    if (!grad.defined()) continue;
    MasterWeight* const master = masterOf(param);
    if (master != nullptr) param = master->value();
    const auto dtype = param.scalar_type();
    Bucket* bucket = nullptr;
    for (auto& known : out) {
      if (known.device == param.device() && known.dtype == dtype) bucket = &known;
    }
    if (bucket == nullptr) bucket = &out.emplace_back(Bucket{param.device(), dtype, {}, {}, {}, {}, {}});
    if (!param.is_non_overlapping_and_dense()) {
      const at::Tensor copy = at::empty_like(param).copy_(param);
      bucket->standIns.push_back({param, copy, sharesStorage(list, i) ? copy.clone() : at::Tensor()});
      param = copy;
    }
    if (grad.scalar_type() != dtype || !sameStrides(grad, param)) grad = stridedLike(grad, param);
    if (master != nullptr) bucket->masters.push_back(master);
    bucket->positions.push_back(i);
    bucket->params.push_back(std::move(param));
    bucket->grads.push_back(std::move(grad));
  }
  return out;
}

Scaling::Scaling(std::optional<at::Tensor> scale, std::optional<at::Tensor> found)
    : scale_(std::move(scale)), found_(std::move(found)) {}

Scaling Scaling::from(const Napi::Value& scale, const Napi::Value& found, const char* op) {
  const auto read = [&](const Napi::Value& value, const char* name) -> std::optional<at::Tensor> {
    if (!value.IsNumber() || value.As<Napi::Number>().DoubleValue() == 0) return std::nullopt;
    const auto& tensor = handles(value.Env()).tensor(value, op);
    if (tensor.numel() != 1) {
      badArgument(std::string("[") + op + "] expected " + name + " with one element, got " +
                  describe(tensor));
    }
    return tensor.detach();
  };
  return {read(scale, "gradScale"), read(found, "foundInf")};
}

bool Scaling::skips() const { return found_ && found_->is_cpu() && skipsAfterWaiting(); }
bool Scaling::skipsAfterWaiting() const { return found_ && found_->item().toDouble() != 0; }

std::optional<at::Tensor> Scaling::scaleOn(c10::Device device) const {
  if (!scale_) return std::nullopt;
  return scale_->to(at::TensorOptions(device).dtype(at::kFloat), /*non_blocking=*/!device.is_cpu());
}

std::optional<at::Tensor> Scaling::foundOn(c10::Device device) const {
  if (!found_) return std::nullopt;
  // The kernels skip at exactly 1; a sum over several devices or passes may be more.
  return found_->to(at::TensorOptions(device).dtype(at::kFloat), /*non_blocking=*/!device.is_cpu())
      .clamp(0, 1);
}

double stepNumber(const Napi::Value& value, const char* op, const char* name) {
  if (!value.IsNumber()) {
    badArgument(std::string("[") + op + "] expected the group's " + name + " to be a number, got " +
                value.ToString().Utf8Value());
  }
  return value.As<Napi::Number>().DoubleValue();
}

}  // namespace sam
