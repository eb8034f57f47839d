#include "vector_sums.h"

#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/dot.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/view_as_real.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include "core/errors.h"
#include "core/operators.h"
#include "core/unsettled.h"
#include "masters.h"

namespace sam {

using Tensors = std::vector<at::Tensor>;

namespace {

// Numbers of this real dtype: a complex one is two, so that dot products are those of the real parameters
// that norms are of.
at::Tensor realAs(const at::Tensor& tensor, at::ScalarType type) {
  return (tensor.is_complex() ? at::view_as_real(tensor.resolve_conj()) : tensor).to(type);
}

}  // namespace

Factor::Factor(const at::Tensor& tensor) {
  if (tensor.numel() != 1)
    badArgument("[factor] expected a number or a tensor with one element, got " + describe(tensor));
  if (tensor.is_cpu()) {
    number_ = tensor.item().toDouble();
  } else {
    tensor_ = tensor;
  }
}

Tensors present(const Tensors& items) {
  Tensors out;
  for (const at::Tensor& item : items) {
    if (item.defined()) out.push_back(item);
  }
  return out;
}

at::Tensor dot(const Tensors& a, const Tensors& b) {
  Tensors parts;
  bool wide = false;
  for (size_t i = 0; i < a.size(); ++i)
    wide = wide || (a[i].defined() && c10::toRealValueType(a[i].scalar_type()) == at::kDouble);
  const auto type = wide ? at::kDouble : at::kFloat;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!a[i].defined() || !b[i].defined() || a[i].numel() == 0) continue;
    const at::Tensor x = realAs(a[i], type);
    const at::Tensor y = realAs(b[i], type);
    const bool flat = x.is_non_overlapping_and_dense() && x.strides() == y.strides();
    if (flat) {
      parts.push_back(at::dot(x.as_strided({x.numel()}, {1}), y.as_strided({y.numel()}, {1})));
    } else {
      parts.push_back(x.mul(y).sum());
    }
    if (!parts.empty()) parts.back() = parts.back().to(parts.front().device(), /*non_blocking=*/true);
  }
  if (parts.empty()) return at::zeros({}, at::TensorOptions(type));
  return at::stack(parts).sum();
}

void scale(Tensors& items, const Factor& factor) {
  Tensors there = present(items);
  if (there.empty()) return;
  if (factor.isNumber()) {
    at::_foreach_mul_(there, factor.number());
  } else {
    for (auto& item : there) item.mul_(factor.tensor().to(item.device(), /*non_blocking=*/true));
  }
}

void add(Tensors& y, const Tensors& x, const Factor& factor) {
  Tensors into;
  Tensors from;
  for (size_t i = 0; i < x.size(); ++i) {
    if (!x[i].defined()) continue;
    if (!y[i].defined()) {
      y[i] = factor.isNumber() ? x[i].mul(factor.number()) : x[i].mul(factor.tensor());
    } else {
      into.push_back(y[i]);
      from.push_back(x[i]);
    }
  }
  if (into.empty()) return;
  if (factor.isNumber()) {
    at::_foreach_add_(into, from, factor.number());
  } else {
    for (size_t i = 0; i < into.size(); ++i)
      into[i].addcmul_(from[i], factor.tensor().to(into[i].device(), true));
  }
}

void takeWhere(Tensors& y, const at::Tensor& when, const Tensors& x) {
  for (size_t i = 0; i < y.size(); ++i) {
    at::Tensor& into = y[i];
    const at::Tensor& from = x[i];
    if (!into.defined() && !from.defined()) continue;
    if (!into.defined()) into = at::zeros_like(from);
    into.copy_(at::where(when.to(into.device(), /*non_blocking=*/true),
                         from.defined() ? from : at::zeros_like(into), into));
  }
}

void addTo(const Tensors& params, const Tensors& x, std::span<const double> factors,
           const at::Tensor& unless) {
  for (size_t i = 0; i < params.size(); ++i) {
    if (!x[i].defined()) continue;
    settle(params[i]);
    MasterWeight* const master = masterOf(params[i]);
    const at::Tensor param = master != nullptr ? master->value() : params[i];
    if (!unless.defined()) {
      param.add_(x[i], factors[i]);
    } else {
      param.copy_(at::where(unless.to(param.device(), true), param, param.add(x[i], factors[i])));
    }
    if (master != nullptr) master->write();
  }
}

}  // namespace sam
