// Operators of LibTorch that are replaced on the CPU for whoever calls them: TypeScript, a layer, attention,
// an exported program, autograd. All others, and these where nothing has to change, stay LibTorch's.
//
//   convolution, convolution_backward   half precision in fp32 (half_precision.h); strides that end at the
//                                       image, as oneDNN's gradients count through longer ones, for ever at
//                                       10^9
//   mm, bmm, mv, addmm, baddbmm, addmv  half precision in fp32: of them linear, matmul, einsum and attention
//                                       are made; not what writes into a given tensor
//   the gradients of attention          the same; forward LibTorch's kernel is as fast as in fp32
#include <ATen/autocast_mode.h>
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu_backward_cpu_dispatch.h>
#include <ATen/ops/addmm_cpu_dispatch.h>
#include <ATen/ops/addmv_cpu_dispatch.h>
#include <ATen/ops/baddbmm_cpu_dispatch.h>
#include <ATen/ops/bmm_cpu_dispatch.h>
#include <ATen/ops/convolution_backward_compositeexplicitautograd_dispatch.h>
#include <ATen/ops/convolution_compositeexplicitautograd_dispatch.h>
#include <ATen/ops/mm_cpu_dispatch.h>
#include <ATen/ops/mv_compositeexplicitautograd_dispatch.h>
#include <torch/library.h>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <vector>

#include "core/plain_tensor.h"
#include "nn/half_precision.h"

namespace sam {
namespace {

using MaybeTensor = std::optional<at::Tensor>;
using Lacks = bool(at::ScalarType);

// Whether all of them, which have one type, go by fp32.
bool widens(Lacks lacks, at::ScalarType type, std::initializer_list<const at::Tensor*> tensors) {
  return lacks(type) && wideHalfEnabled() &&
         std::all_of(tensors.begin(), tensors.end(), [&](const at::Tensor* tensor) {
           return !tensor->defined() || (isPlainCpu(*tensor) && tensor->scalar_type() == type);
         });
}

at::Tensor wide(const at::Tensor& tensor) { return tensor.to(at::kFloat); }
MaybeTensor wide(const MaybeTensor& tensor) {
  return tensor && tensor->defined() ? MaybeTensor(wide(*tensor)) : std::nullopt;
}
at::Tensor orUndefined(const MaybeTensor& tensor) { return tensor ? *tensor : at::Tensor(); }

// Autocast would take what is made wide back to half precision.
using AsItIs = c10::impl::ExcludeDispatchKeyGuard;

// A stride beyond the image changes nothing: the same ones, but none longer than the image.
std::vector<int64_t> withinReach(const at::Tensor& x, at::IntArrayRef stride, at::IntArrayRef padding,
                                 bool transposed) {
  std::vector<int64_t> out = stride.vec();
  const size_t dimensions = out.size();
  if (transposed || padding.size() != dimensions || x.dim() != static_cast<int64_t>(dimensions) + 2)
    return out;
  for (size_t i = 0; i < dimensions; ++i) {
    const int64_t reach = x.size(static_cast<int64_t>(i) + 2) + 2 * padding[i];
    if (reach > 0) out[i] = std::min(out[i], reach);
  }
  return out;
}

at::Tensor convolution(const at::Tensor& x, const at::Tensor& weight, const MaybeTensor& bias,
                       at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation,
                       bool transposed, at::IntArrayRef outputPadding, int64_t groups) {
  const auto steps = withinReach(x, stride, padding, transposed);
  const auto run = [&](const at::Tensor& from, const at::Tensor& by, const MaybeTensor& shift) {
    return at::compositeexplicitautograd::convolution(from, by, shift, steps, padding, dilation, transposed,
                                                      outputPadding, groups);
  };
  const at::Tensor shift = orUndefined(bias);
  if (!widens(lacksConvolutions, x.scalar_type(), {&x, &weight, &shift})) return run(x, weight, bias);
  const AsItIs guard(c10::autocast_dispatch_keyset);
  return run(wide(x), wide(weight), wide(bias)).to(x.scalar_type());
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> convolutionBackward(
    const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight, at::OptionalIntArrayRef biasSizes,
    at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool transposed,
    at::IntArrayRef outputPadding, int64_t groups, std::array<bool, 3> wanted) {
  const auto steps = withinReach(x, stride, padding, transposed);
  const auto run = [&](const at::Tensor& gradient, const at::Tensor& from, const at::Tensor& by) {
    return at::compositeexplicitautograd::convolution_backward(
        gradient, from, by, biasSizes, steps, padding, dilation, transposed, outputPadding, groups, wanted);
  };
  const auto type = x.scalar_type();
  if (!widens(lacksConvolutions, type, {&grad, &x, &weight})) return run(grad, x, weight);
  const AsItIs guard(c10::autocast_dispatch_keyset);
  auto [dx, dweight, dbias] = run(wide(grad), wide(x), wide(weight));
  for (at::Tensor* made : {&dx, &dweight, &dbias}) {
    if (made->defined()) *made = made->to(type);
  }
  return {dx, dweight, dbias};
}

// a b, of a kind
using Product = at::Tensor(const at::Tensor& a, const at::Tensor& b);
template <Product* multiply>
at::Tensor product(const at::Tensor& a, const at::Tensor& b) {
  if (!widens(lacksProducts, a.scalar_type(), {&a, &b})) return multiply(a, b);
  return multiply(wide(a), wide(b)).to(a.scalar_type());
}

// beta c + alpha a b, of a kind
using Adding = at::Tensor(const at::Tensor& c, const at::Tensor& a, const at::Tensor& b,
                          const at::Scalar& beta, const at::Scalar& alpha);
template <Adding* add>
at::Tensor adding(const at::Tensor& c, const at::Tensor& a, const at::Tensor& b, const at::Scalar& beta,
                  const at::Scalar& alpha) {
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
  if (!widens(lacksProducts, type, {&grad, &q, &k, &v, &out})) {
    return at::cpu::_scaled_dot_product_flash_attention_for_cpu_backward(grad, q, k, v, out, logSumExp,
                                                                         dropout, causal, mask, scale);
  }
  const auto [dq, dk, dv] = at::cpu::_scaled_dot_product_flash_attention_for_cpu_backward(
      wide(grad), wide(q), wide(k), wide(v), wide(out), logSumExp, dropout, causal, wide(mask), scale);
  return {dq.to(type), dk.to(type), dv.to(type)};
}

// LibTorch warns of every kernel that takes another one's place.
struct Silence : c10::WarningHandler {
  void process(const c10::Warning& /*warning*/) override {}
};

TORCH_LIBRARY_IMPL(aten, CPU, library) {
  Silence silence;
  const c10::WarningUtils::WarningHandlerGuard guard(&silence);
  library.impl("convolution", convolution);
  library.impl("convolution_backward", convolutionBackward);
  library.impl("mm", product<at::cpu::mm>);
  library.impl("bmm", product<at::cpu::bmm>);
  library.impl("mv", product<at::compositeexplicitautograd::mv>);
  library.impl("addmm", adding<at::cpu::addmm>);
  library.impl("baddbmm", adding<at::cpu::baddbmm>);
  library.impl("addmv", adding<at::cpu::addmv>);
  library.impl("_scaled_dot_product_flash_attention_for_cpu_backward", attentionBackward);
}

}  // namespace
}  // namespace sam
