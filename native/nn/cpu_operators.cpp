// Operators of LibTorch that are replaced on the CPU for whoever calls them: TypeScript, a layer, attention,
// an exported program, autograd. All others, and these where nothing has to change, stay LibTorch's.
//
//   _convolution, convolution_backward  half precision in fp32 (half_precision.h); strides no longer than the
//                                       image, as oneDNN counts through longer ones, for ever at 10^9
//   mm, bmm, mv, addmm, baddbmm, addmv  half precision in fp32: of them linear, matmul, einsum and attention
//                                       are made; not what writes into a given tensor
//   the gradients of attention          the same; forward LibTorch's kernel is as fast as in fp32
//   the gradients of group norm         of an input that needs none and is channels-last: LibTorch writes it
//                                       nevertheless, to no address
#include <ATen/ops/_convolution_compositeexplicitautograd_dispatch.h>
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu_backward_cpu_dispatch.h>
#include <ATen/ops/addmm_cpu_dispatch.h>
#include <ATen/ops/addmv_cpu_dispatch.h>
#include <ATen/ops/baddbmm_cpu_dispatch.h>
#include <ATen/ops/bmm_cpu_dispatch.h>
#include <ATen/ops/convolution_backward_compositeexplicitautograd_dispatch.h>
#include <ATen/ops/mm_cpu_dispatch.h>
#include <ATen/ops/mv_compositeexplicitautograd_dispatch.h>
#include <ATen/ops/native_group_norm_backward_cpu_dispatch.h>
#include <torch/library.h>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <vector>

#include "core/aten.h"
#include "core/without_autocast.h"
#include "nn/half_precision.h"

namespace sam {
namespace {

using MaybeTensor = std::optional<at::Tensor>;
using Lacks = bool(at::ScalarType);

// Whether all of them go by fp32. Here, below everything that wraps or transforms tensors, those of this
// dispatch key are what they look like.
bool widens(Lacks lacks, at::ScalarType type, std::initializer_list<const at::Tensor*> tensors) {
  return lacks(type) && wideHalfEnabled() &&
         std::all_of(tensors.begin(), tensors.end(), [&](const at::Tensor* tensor) {
           return !tensor->defined() ||
                  (tensor->is_cpu() && tensor->layout() == at::kStrided && tensor->scalar_type() == type);
         });
}

at::Tensor wide(const at::Tensor& tensor) { return tensor.to(at::kFloat); }
MaybeTensor wide(const MaybeTensor& tensor) {
  return tensor && tensor->defined() ? MaybeTensor(wide(*tensor)) : std::nullopt;
}
at::Tensor orUndefined(const MaybeTensor& tensor) { return tensor ? *tensor : at::Tensor(); }

// Of strides and dilations that change nothing, small ones: a stride beyond the image, or of the single row
// that a transposed convolution starts from; the dilation of a kernel of one pixel.
struct Steps {
  std::vector<int64_t> stride, dilation;
};

Steps withinReach(const at::Tensor& x, const at::Tensor& weight, at::IntArrayRef stride,
                  at::IntArrayRef padding, at::IntArrayRef dilation, bool transposed,
                  at::IntArrayRef outputPadding) {
  Steps out{stride.vec(), dilation.vec()};
  const size_t dimensions = stride.size();
  const auto suits = [&](at::IntArrayRef list) { return list.size() == dimensions; };
  if (!suits(padding) || !suits(dilation) || !suits(outputPadding) ||
      x.dim() != static_cast<int64_t>(dimensions) + 2 || weight.dim() != x.dim())
    return out;
  for (size_t i = 0; i < dimensions; ++i) {
    const int64_t side = x.size(static_cast<int64_t>(i) + 2);
    const int64_t reach = transposed ? side == 1 ? outputPadding[i] + 1 : stride[i] : side + 2 * padding[i];
    if (reach > 0) out.stride[i] = std::min(stride[i], reach);
    if (weight.size(static_cast<int64_t>(i) + 2) != 1 || dilation[i] < 1) continue;
    // LibTorch wants an output padding below the stride or the dilation.
    out.dilation[i] =
        transposed && outputPadding[i] > 0 ? std::min(outputPadding[i], dilation[i] - 1) + 1 : 1;
  }
  return out;
}

// What convolutions of all kinds come to, and what a traced program calls.
at::Tensor convolution(const at::Tensor& x, const at::Tensor& weight, const MaybeTensor& bias,
                       at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation,
                       bool transposed, at::IntArrayRef outputPadding, int64_t groups, bool benchmark,
                       bool deterministic, bool cudnn, bool allowTF32) {
  const Steps steps = withinReach(x, weight, stride, padding, dilation, transposed, outputPadding);
  const auto run = [&](const at::Tensor& from, const at::Tensor& by, const MaybeTensor& shift) {
    return at::compositeexplicitautograd::_convolution(from, by, shift, steps.stride, padding, steps.dilation,
                                                       transposed, outputPadding, groups, benchmark,
                                                       deterministic, cudnn, allowTF32);
  };
  const at::Tensor shift = orUndefined(bias);
  if (!widens(lacksConvolutions, x.scalar_type(), {&x, &weight, &shift})) return run(x, weight, bias);
  const WithoutAutocast asIs;
  return run(wide(x), wide(weight), wide(bias)).to(x.scalar_type());
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> convolutionBackward(
    const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight, at::OptionalIntArrayRef biasSizes,
    at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool transposed,
    at::IntArrayRef outputPadding, int64_t groups, std::array<bool, 3> wanted) {
  const Steps steps = withinReach(x, weight, stride, padding, dilation, transposed, outputPadding);
  const auto run = [&](const at::Tensor& gradient, const at::Tensor& from, const at::Tensor& by) {
    return at::compositeexplicitautograd::convolution_backward(gradient, from, by, biasSizes, steps.stride,
                                                               padding, steps.dilation, transposed,
                                                               outputPadding, groups, wanted);
  };
  const auto type = x.scalar_type();
  if (!widens(lacksConvolutions, type, {&grad, &x, &weight})) return run(grad, x, weight);
  const WithoutAutocast asIs;
  auto [dx, dweight, dbias] = run(wide(grad), wide(x), wide(weight));
  for (at::Tensor* made : {&dx, &dweight, &dbias}) {
    if (made->defined()) *made = made->to(type);
  }
  return {dx, dweight, dbias};
}

// a b, of a kind; the kernels are arguments and not of the type, as Windows has no address of a library's
// function before it runs.
using Product = at::Tensor(const at::Tensor& a, const at::Tensor& b);
at::Tensor product(Product* multiply, const at::Tensor& a, const at::Tensor& b) {
  if (!widens(lacksProducts, a.scalar_type(), {&a, &b})) return multiply(a, b);
  return multiply(wide(a), wide(b)).to(a.scalar_type());
}

// beta c + alpha a b, of a kind
using Adding = at::Tensor(const at::Tensor& c, const at::Tensor& a, const at::Tensor& b,
                          const at::Scalar& beta, const at::Scalar& alpha);
at::Tensor adding(Adding* add, const at::Tensor& c, const at::Tensor& a, const at::Tensor& b,
                  const at::Scalar& beta, const at::Scalar& alpha) {
  if (!widens(lacksProducts, a.scalar_type(), {&c, &a, &b})) return add(c, a, b, beta, alpha);
  return add(wide(c), wide(a), wide(b), beta, alpha).to(a.scalar_type());
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> attentionBackward(const at::Tensor& grad, const at::Tensor& q,
                                                                 const at::Tensor& k, const at::Tensor& v,
                                                                 const at::Tensor& out,
                                                                 const at::Tensor& logSumExp, double dropout,
                                                                 bool causal, const MaybeTensor& mask,
                                                                 std::optional<double> scale) {
  const auto type = q.scalar_type();
  const bool hasFlags = mask && mask->defined() && !at::isFloatingType(mask->scalar_type());
  if (!grad.defined() || hasFlags || !widens(lacksProducts, type, {&grad, &q, &k, &v, &out})) {
    return at::cpu::_scaled_dot_product_flash_attention_for_cpu_backward(grad, q, k, v, out, logSumExp,
                                                                         dropout, causal, mask, scale);
  }
  const auto [dq, dk, dv] = at::cpu::_scaled_dot_product_flash_attention_for_cpu_backward(
      wide(grad), wide(q), wide(k), wide(v), wide(out), logSumExp, dropout, causal, wide(mask), scale);
  return {dq.to(type), dk.to(type), dv.to(type)};
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> groupNormBackward(const at::Tensor& grad, const at::Tensor& x,
                                                                 const at::Tensor& mean,
                                                                 const at::Tensor& rstd,
                                                                 const MaybeTensor& weight, int64_t n,
                                                                 int64_t channels, int64_t area,
                                                                 int64_t groups, std::array<bool, 3> wanted) {
  const bool isRows = x.suggest_memory_format() != at::MemoryFormat::Contiguous;
  auto made = at::cpu::native_group_norm_backward(grad, x, mean, rstd, weight, n, channels, area, groups,
                                                  {wanted[0] || isRows, wanted[1], wanted[2]});
  if (!wanted[0]) std::get<0>(made) = at::Tensor();
  return made;
}

// LibTorch warns of every kernel that takes another one's place.
struct Silence : c10::WarningHandler {
  void process(const c10::Warning& /*warning*/) override {}
};

TORCH_LIBRARY_IMPL(aten, CPU, library) {
  Silence silence;
  const c10::WarningUtils::WarningHandlerGuard guard(&silence);
  library.impl("_convolution", convolution);
  library.impl("convolution_backward", convolutionBackward);
  library.impl("mm", [](const at::Tensor& a, const at::Tensor& b) { return product(at::cpu::mm, a, b); });
  library.impl("bmm", [](const at::Tensor& a, const at::Tensor& b) { return product(at::cpu::bmm, a, b); });
  library.impl("mv", [](const at::Tensor& a, const at::Tensor& b) {
    return product(at::compositeexplicitautograd::mv, a, b);
  });
  library.impl("addmm",
               [](const at::Tensor& c, const at::Tensor& a, const at::Tensor& b, const at::Scalar& beta,
                  const at::Scalar& alpha) { return adding(at::cpu::addmm, c, a, b, beta, alpha); });
  library.impl("baddbmm",
               [](const at::Tensor& c, const at::Tensor& a, const at::Tensor& b, const at::Scalar& beta,
                  const at::Scalar& alpha) { return adding(at::cpu::baddbmm, c, a, b, beta, alpha); });
  library.impl("addmv",
               [](const at::Tensor& c, const at::Tensor& a, const at::Tensor& b, const at::Scalar& beta,
                  const at::Scalar& alpha) { return adding(at::cpu::addmv, c, a, b, beta, alpha); });
  library.impl("_scaled_dot_product_flash_attention_for_cpu_backward", attentionBackward);
  library.impl("native_group_norm_backward", groupNormBackward);
}

}  // namespace
}  // namespace sam
