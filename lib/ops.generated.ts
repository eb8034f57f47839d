// Written by scripts/generate-ops.ts from LibTorch 2.13.0; `npm run generate` writes it again.
// One binding per public aten:: operator. Arguments with defaults go into the options object or, where PyTorch allows it, stand in order.
import type { Device } from "./device.js";
import type { DType, Layout, MemoryFormat } from "./dtype.js";
import type { Generator } from "./generator.js";
import { operator } from "./ops/operator.js";
import type { Scalar, Tensor } from "./tensor.js";

/** An integer; bigint beyond 2^53. */
export type Int = number | bigint;
export type Ints = readonly Int[];
/** What operators that create tensors take besides values and shape; null is the same as leaving it out. */
export interface FactoryOptions {
  dtype?: DType | null;
  layout?: Layout | null;
  device?: Device | null;
  pinMemory?: boolean | null;
  requiresGrad?: boolean;
}
/** Several results: a tuple whose items also have names. */
export type Named<N, T extends readonly unknown[]> = T & N;

/** `abs(Tensor self) -> Tensor` */
export const abs = operator<{
  (self: Tensor): Tensor;
}>("abs", "aten::abs");

/** `abs_(Tensor(a!) self) -> Tensor(a!)` */
export const abs_ = operator<{
  (self: Tensor): Tensor;
}>("abs_", "aten::abs_");

/** `absolute(Tensor self) -> Tensor` */
export const absolute = operator<{
  (self: Tensor): Tensor;
}>("absolute", "aten::absolute");

/** `absolute_(Tensor(a!) self) -> Tensor(a!)` */
export const absolute_ = operator<{
  (self: Tensor): Tensor;
}>("absolute_", "aten::absolute_");

/** `acos(Tensor self) -> Tensor` */
export const acos = operator<{
  (self: Tensor): Tensor;
}>("acos", "aten::acos");

/** `acos_(Tensor(a!) self) -> Tensor(a!)` */
export const acos_ = operator<{
  (self: Tensor): Tensor;
}>("acos_", "aten::acos_");

/** `acosh(Tensor self) -> Tensor` */
export const acosh = operator<{
  (self: Tensor): Tensor;
}>("acosh", "aten::acosh");

/** `acosh_(Tensor(a!) self) -> Tensor(a!)` */
export const acosh_ = operator<{
  (self: Tensor): Tensor;
}>("acosh_", "aten::acosh_");

/** `adaptive_avg_pool1d(Tensor self, int[1] output_size) -> Tensor` */
export const adaptiveAvgPool1d = operator<{
  (self: Tensor, outputSize: Ints | Int): Tensor;
}>("adaptiveAvgPool1d", "aten::adaptive_avg_pool1d");

/** `adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor` */
export const adaptiveAvgPool2d = operator<{
  (self: Tensor, outputSize: Ints | Int): Tensor;
}>("adaptiveAvgPool2d", "aten::adaptive_avg_pool2d");

/** `adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor` */
export const adaptiveAvgPool3d = operator<{
  (self: Tensor, outputSize: Ints | Int): Tensor;
}>("adaptiveAvgPool3d", "aten::adaptive_avg_pool3d");

/** `adaptive_max_pool1d(Tensor self, int[1] output_size) -> (Tensor, Tensor)` */
export const adaptiveMaxPool1d = operator<{
  (self: Tensor, outputSize: Ints | Int): [Tensor, Tensor];
}>("adaptiveMaxPool1d", "aten::adaptive_max_pool1d");

/** `adaptive_max_pool2d(Tensor self, int[2] output_size) -> (Tensor, Tensor)` */
export const adaptiveMaxPool2d = operator<{
  (self: Tensor, outputSize: Ints | Int): [Tensor, Tensor];
}>("adaptiveMaxPool2d", "aten::adaptive_max_pool2d");

/** `adaptive_max_pool2d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor` */
export const adaptiveMaxPool2dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, indices: Tensor): Tensor;
}>("adaptiveMaxPool2dBackward", "aten::adaptive_max_pool2d_backward");

/** `adaptive_max_pool3d(Tensor self, int[3] output_size) -> (Tensor, Tensor)` */
export const adaptiveMaxPool3d = operator<{
  (self: Tensor, outputSize: Ints | Int): [Tensor, Tensor];
}>("adaptiveMaxPool3d", "aten::adaptive_max_pool3d");

/** `adaptive_max_pool3d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor` */
export const adaptiveMaxPool3dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, indices: Tensor): Tensor;
}>("adaptiveMaxPool3dBackward", "aten::adaptive_max_pool3d_backward");

/** `add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
export const add = operator<{
  (self: Tensor, other: Tensor | Scalar, options?: { alpha?: Scalar }): Tensor;
}>("add", "aten::add");

/** `add_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)` */
export const add_ = operator<{
  (self: Tensor, other: Tensor | Scalar, options?: { alpha?: Scalar }): Tensor;
}>("add_", "aten::add_");

/** `addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
export const addbmm = operator<{
  (self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
}>("addbmm", "aten::addbmm");

/** `addbmm_(Tensor(a!) self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)` */
export const addbmm_ = operator<{
  (self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
}>("addbmm_", "aten::addbmm_");

/** `addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` */
export const addcdiv = operator<{
  (self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
}>("addcdiv", "aten::addcdiv");

/** `addcdiv_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!)` */
export const addcdiv_ = operator<{
  (self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
}>("addcdiv_", "aten::addcdiv_");

/** `addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` */
export const addcmul = operator<{
  (self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
}>("addcmul", "aten::addcmul");

/** `addcmul_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!)` */
export const addcmul_ = operator<{
  (self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
}>("addcmul_", "aten::addcmul_");

/**
 * - `addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor`
 * - `addmm.dtype(Tensor self, Tensor mat1, Tensor mat2, ScalarType out_dtype, *, Scalar beta=1, Scalar alpha=1) -> Tensor`
 */
export const addmm = operator<{
  (self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  (self: Tensor, mat1: Tensor, mat2: Tensor, outDtype: DType, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
}>("addmm", "aten::addmm");

/** `addmm_(Tensor(a!) self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)` */
export const addmm_ = operator<{
  (self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
}>("addmm_", "aten::addmm_");

/** `addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
export const addmv = operator<{
  (self: Tensor, mat: Tensor, vec: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
}>("addmv", "aten::addmv");

/** `addmv_(Tensor(a!) self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)` */
export const addmv_ = operator<{
  (self: Tensor, mat: Tensor, vec: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
}>("addmv_", "aten::addmv_");

/** `addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
export const addr = operator<{
  (self: Tensor, vec1: Tensor, vec2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
}>("addr", "aten::addr");

/** `addr_(Tensor(a!) self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)` */
export const addr_ = operator<{
  (self: Tensor, vec1: Tensor, vec2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
}>("addr_", "aten::addr_");

/** `adjoint(Tensor(a) self) -> Tensor(a)` */
export const adjoint = operator<{
  (self: Tensor): Tensor;
}>("adjoint", "aten::adjoint");

/** `affine_grid_generator(Tensor theta, SymInt[] size, bool align_corners) -> Tensor` */
export const affineGridGenerator = operator<{
  (theta: Tensor, size: Ints, alignCorners: boolean): Tensor;
}>("affineGridGenerator", "aten::affine_grid_generator");

/** `affine_grid_generator_backward(Tensor grad, SymInt[] size, bool align_corners) -> Tensor` */
export const affineGridGeneratorBackward = operator<{
  (grad: Tensor, size: Ints, alignCorners: boolean): Tensor;
}>("affineGridGeneratorBackward", "aten::affine_grid_generator_backward");

/** `alias(Tensor(a) self) -> Tensor(a)` */
export const alias = operator<{
  (self: Tensor): Tensor;
}>("alias", "aten::alias");

/** `alias_copy(Tensor self) -> Tensor` */
export const aliasCopy = operator<{
  (self: Tensor): Tensor;
}>("aliasCopy", "aten::alias_copy");

/**
 * - `all(Tensor self) -> Tensor`
 * - `all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor`
 * - `all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor`
 */
export const all = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, dim: Int, options?: { keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Int, keepdim: boolean): Tensor;
  (self: Tensor, options?: { dim?: Ints | null; keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | null, keepdim?: boolean): Tensor;
}>("all", "aten::all");

/** `allclose(Tensor self, Tensor other, float rtol=1.0000000000000001e-05, float atol=1e-08, bool equal_nan=False) -> bool` */
export const allclose = operator<{
  (self: Tensor, other: Tensor, options?: { rtol?: number; atol?: number; equalNan?: boolean }): boolean;
  (self: Tensor, other: Tensor, rtol: number, atol?: number, equalNan?: boolean): boolean;
}>("allclose", "aten::allclose");

/** `alpha_dropout(Tensor input, float p, bool train) -> Tensor` */
export const alphaDropout = operator<{
  (input: Tensor, p: number, train: boolean): Tensor;
}>("alphaDropout", "aten::alpha_dropout");

/** `alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)` */
export const alphaDropout_ = operator<{
  (self: Tensor, p: number, train: boolean): Tensor;
}>("alphaDropout_", "aten::alpha_dropout_");

/** `amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor` */
export const amax = operator<{
  (self: Tensor, options?: { dim?: Ints | Int; keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | Int, keepdim?: boolean): Tensor;
}>("amax", "aten::amax");

/** `amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor` */
export const amin = operator<{
  (self: Tensor, options?: { dim?: Ints | Int; keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | Int, keepdim?: boolean): Tensor;
}>("amin", "aten::amin");

/** `aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)` */
export const aminmax = operator<{
  (self: Tensor, options?: { dim?: Int | null; keepdim?: boolean }): Named<{ min: Tensor; max: Tensor }, [min: Tensor, max: Tensor]>;
}>("aminmax", "aten::aminmax");

/** `angle(Tensor self) -> Tensor` */
export const angle = operator<{
  (self: Tensor): Tensor;
}>("angle", "aten::angle");

/**
 * - `any(Tensor self) -> Tensor`
 * - `any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor`
 * - `any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor`
 */
export const any = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, dim: Int, options?: { keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Int, keepdim: boolean): Tensor;
  (self: Tensor, options?: { dim?: Ints | null; keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | null, keepdim?: boolean): Tensor;
}>("any", "aten::any");

/**
 * - `arange(Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `arange.start(Scalar start, Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `arange.start_step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const arange = operator<{
  (end: Scalar, options?: FactoryOptions): Tensor;
  (start: Scalar, end: Scalar, options?: FactoryOptions): Tensor;
  (start: Scalar, end: Scalar, options?: { step?: Scalar } & FactoryOptions): Tensor;
  (start: Scalar, end: Scalar, step: Scalar, options?: FactoryOptions): Tensor;
}>("arange", "aten::arange");

/** `arccos(Tensor self) -> Tensor` */
export const arccos = operator<{
  (self: Tensor): Tensor;
}>("arccos", "aten::arccos");

/** `arccos_(Tensor(a!) self) -> Tensor(a!)` */
export const arccos_ = operator<{
  (self: Tensor): Tensor;
}>("arccos_", "aten::arccos_");

/** `arccosh(Tensor self) -> Tensor` */
export const arccosh = operator<{
  (self: Tensor): Tensor;
}>("arccosh", "aten::arccosh");

/** `arccosh_(Tensor(a!) self) -> Tensor(a!)` */
export const arccosh_ = operator<{
  (self: Tensor): Tensor;
}>("arccosh_", "aten::arccosh_");

/** `arcsin(Tensor self) -> Tensor` */
export const arcsin = operator<{
  (self: Tensor): Tensor;
}>("arcsin", "aten::arcsin");

/** `arcsin_(Tensor(a!) self) -> Tensor(a!)` */
export const arcsin_ = operator<{
  (self: Tensor): Tensor;
}>("arcsin_", "aten::arcsin_");

/** `arcsinh(Tensor self) -> Tensor` */
export const arcsinh = operator<{
  (self: Tensor): Tensor;
}>("arcsinh", "aten::arcsinh");

/** `arcsinh_(Tensor(a!) self) -> Tensor(a!)` */
export const arcsinh_ = operator<{
  (self: Tensor): Tensor;
}>("arcsinh_", "aten::arcsinh_");

/** `arctan(Tensor self) -> Tensor` */
export const arctan = operator<{
  (self: Tensor): Tensor;
}>("arctan", "aten::arctan");

/** `arctan2(Tensor self, Tensor other) -> Tensor` */
export const arctan2 = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("arctan2", "aten::arctan2");

/** `arctan2_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const arctan2_ = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("arctan2_", "aten::arctan2_");

/** `arctan_(Tensor(a!) self) -> Tensor(a!)` */
export const arctan_ = operator<{
  (self: Tensor): Tensor;
}>("arctan_", "aten::arctan_");

/** `arctanh(Tensor self) -> Tensor` */
export const arctanh = operator<{
  (self: Tensor): Tensor;
}>("arctanh", "aten::arctanh");

/** `arctanh_(Tensor(a!) self) -> Tensor(a!)` */
export const arctanh_ = operator<{
  (self: Tensor): Tensor;
}>("arctanh_", "aten::arctanh_");

/** `argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor` */
export const argmax = operator<{
  (self: Tensor, options?: { dim?: Int | null; keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Int | null, keepdim?: boolean): Tensor;
}>("argmax", "aten::argmax");

/** `argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor` */
export const argmin = operator<{
  (self: Tensor, options?: { dim?: Int | null; keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Int | null, keepdim?: boolean): Tensor;
}>("argmin", "aten::argmin");

/**
 * - `argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor`
 * - `argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor`
 */
export const argsort = operator<{
  (self: Tensor, options?: { dim?: Int; descending?: boolean }): Tensor;
  (self: Tensor, dim: Int, descending?: boolean): Tensor;
  (self: Tensor, options: { stable: boolean; dim?: Int; descending?: boolean }): Tensor;
}>("argsort", "aten::argsort");

/** `argwhere(Tensor self) -> Tensor` */
export const argwhere = operator<{
  (self: Tensor): Tensor;
}>("argwhere", "aten::argwhere");

/** `as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a)` */
export const asStrided = operator<{
  (self: Tensor, size: Ints, stride: Ints, options?: { storageOffset?: Int | null }): Tensor;
  (self: Tensor, size: Ints, stride: Ints, storageOffset: Int | null): Tensor;
}>("asStrided", "aten::as_strided");

/** `as_strided_(Tensor(a!) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a!)` */
export const asStrided_ = operator<{
  (self: Tensor, size: Ints, stride: Ints, options?: { storageOffset?: Int | null }): Tensor;
  (self: Tensor, size: Ints, stride: Ints, storageOffset: Int | null): Tensor;
}>("asStrided_", "aten::as_strided_");

/** `as_strided_copy(Tensor self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor` */
export const asStridedCopy = operator<{
  (self: Tensor, size: Ints, stride: Ints, options?: { storageOffset?: Int | null }): Tensor;
  (self: Tensor, size: Ints, stride: Ints, storageOffset: Int | null): Tensor;
}>("asStridedCopy", "aten::as_strided_copy");

/** `as_strided_scatter(Tensor self, Tensor src, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor` */
export const asStridedScatter = operator<{
  (self: Tensor, src: Tensor, size: Ints, stride: Ints, options?: { storageOffset?: Int | null }): Tensor;
  (self: Tensor, src: Tensor, size: Ints, stride: Ints, storageOffset: Int | null): Tensor;
}>("asStridedScatter", "aten::as_strided_scatter");

/** `asin(Tensor self) -> Tensor` */
export const asin = operator<{
  (self: Tensor): Tensor;
}>("asin", "aten::asin");

/** `asin_(Tensor(a!) self) -> Tensor(a!)` */
export const asin_ = operator<{
  (self: Tensor): Tensor;
}>("asin_", "aten::asin_");

/** `asinh(Tensor self) -> Tensor` */
export const asinh = operator<{
  (self: Tensor): Tensor;
}>("asinh", "aten::asinh");

/** `asinh_(Tensor(a!) self) -> Tensor(a!)` */
export const asinh_ = operator<{
  (self: Tensor): Tensor;
}>("asinh_", "aten::asinh_");

/** `atan(Tensor self) -> Tensor` */
export const atan = operator<{
  (self: Tensor): Tensor;
}>("atan", "aten::atan");

/** `atan2(Tensor self, Tensor other) -> Tensor` */
export const atan2 = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("atan2", "aten::atan2");

/** `atan2_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const atan2_ = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("atan2_", "aten::atan2_");

/** `atan_(Tensor(a!) self) -> Tensor(a!)` */
export const atan_ = operator<{
  (self: Tensor): Tensor;
}>("atan_", "aten::atan_");

/** `atanh(Tensor self) -> Tensor` */
export const atanh = operator<{
  (self: Tensor): Tensor;
}>("atanh", "aten::atanh");

/** `atanh_(Tensor(a!) self) -> Tensor(a!)` */
export const atanh_ = operator<{
  (self: Tensor): Tensor;
}>("atanh_", "aten::atanh_");

/**
 * - `atleast_1d(Tensor self) -> Tensor`
 * - `atleast_1d.Sequence(Tensor[] tensors) -> Tensor[]`
 */
export const atleast1d = operator<{
  (self: Tensor): Tensor;
  (tensors: readonly Tensor[]): Tensor[];
}>("atleast1d", "aten::atleast_1d");

/**
 * - `atleast_2d(Tensor self) -> Tensor`
 * - `atleast_2d.Sequence(Tensor[] tensors) -> Tensor[]`
 */
export const atleast2d = operator<{
  (self: Tensor): Tensor;
  (tensors: readonly Tensor[]): Tensor[];
}>("atleast2d", "aten::atleast_2d");

/**
 * - `atleast_3d(Tensor self) -> Tensor`
 * - `atleast_3d.Sequence(Tensor[] tensors) -> Tensor[]`
 */
export const atleast3d = operator<{
  (self: Tensor): Tensor;
  (tensors: readonly Tensor[]): Tensor[];
}>("atleast3d", "aten::atleast_3d");

/** `avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], bool ceil_mode=False, bool count_include_pad=True) -> Tensor` */
export const avgPool1d = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; ceilMode?: boolean; countIncludePad?: boolean }): Tensor;
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, ceilMode?: boolean, countIncludePad?: boolean): Tensor;
}>("avgPool1d", "aten::avg_pool1d");

/** `avg_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor` */
export const avgPool2d = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: Int | null }): Tensor;
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: Int | null): Tensor;
}>("avgPool2d", "aten::avg_pool2d");

/** `avg_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride, int[2] padding, bool ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor` */
export const avgPool2dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding: Ints | Int, ceilMode: boolean, countIncludePad: boolean, divisorOverride: Int | null): Tensor;
}>("avgPool2dBackward", "aten::avg_pool2d_backward");

/** `avg_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor` */
export const avgPool3d = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: Int | null }): Tensor;
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: Int | null): Tensor;
}>("avgPool3d", "aten::avg_pool3d");

/** `avg_pool3d_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] stride, int[3] padding, bool ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor` */
export const avgPool3dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding: Ints | Int, ceilMode: boolean, countIncludePad: boolean, divisorOverride: Int | null): Tensor;
}>("avgPool3dBackward", "aten::avg_pool3d_backward");

/**
 * - `baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor`
 * - `baddbmm.dtype(Tensor self, Tensor batch1, Tensor batch2, ScalarType out_dtype, *, Scalar beta=1, Scalar alpha=1) -> Tensor`
 */
export const baddbmm = operator<{
  (self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  (self: Tensor, batch1: Tensor, batch2: Tensor, outDtype: DType, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
}>("baddbmm", "aten::baddbmm");

/** `baddbmm_(Tensor(a!) self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)` */
export const baddbmm_ = operator<{
  (self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
}>("baddbmm_", "aten::baddbmm_");

/**
 * - `bartlett_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `bartlett_window.periodic(int window_length, bool periodic, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const bartlettWindow = operator<{
  (windowLength: Int, options?: FactoryOptions): Tensor;
  (windowLength: Int, periodic: boolean, options?: FactoryOptions): Tensor;
}>("bartlettWindow", "aten::bartlett_window");

/** `batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor` */
export const batchNorm = operator<{
  (input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, momentum: number, eps: number, cudnnEnabled: boolean): Tensor;
}>("batchNorm", "aten::batch_norm");

/** `batch_norm_backward(Tensor grad_out, Tensor input, Tensor weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_var, bool update, float eps, bool[3] output_mask, Tensor reserve) -> (Tensor, Tensor, Tensor)` */
export const batchNormBackward = operator<{
  (gradOut: Tensor, input: Tensor, weight: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveVar: Tensor | null, update: boolean, eps: number, outputMask: readonly boolean[] | boolean, reserve: Tensor): [Tensor, Tensor, Tensor];
}>("batchNormBackward", "aten::batch_norm_backward");

/** `batch_norm_backward_elemt(Tensor grad_out, Tensor input, Tensor mean, Tensor invstd, Tensor? weight, Tensor sum_dy, Tensor sum_dy_xmu, Tensor count) -> Tensor` */
export const batchNormBackwardElemt = operator<{
  (gradOut: Tensor, input: Tensor, mean: Tensor, invstd: Tensor, weight: Tensor | null, sumDy: Tensor, sumDyXmu: Tensor, count: Tensor): Tensor;
}>("batchNormBackwardElemt", "aten::batch_norm_backward_elemt");

/** `batch_norm_backward_reduce(Tensor grad_out, Tensor input, Tensor mean, Tensor invstd, Tensor? weight, bool input_g, bool weight_g, bool bias_g) -> (Tensor, Tensor, Tensor, Tensor)` */
export const batchNormBackwardReduce = operator<{
  (gradOut: Tensor, input: Tensor, mean: Tensor, invstd: Tensor, weight: Tensor | null, inputG: boolean, weightG: boolean, biasG: boolean): [Tensor, Tensor, Tensor, Tensor];
}>("batchNormBackwardReduce", "aten::batch_norm_backward_reduce");

/** `batch_norm_elemt(Tensor input, Tensor? weight, Tensor? bias, Tensor mean, Tensor invstd, float eps) -> Tensor` */
export const batchNormElemt = operator<{
  (input: Tensor, weight: Tensor | null, bias: Tensor | null, mean: Tensor, invstd: Tensor, eps: number): Tensor;
}>("batchNormElemt", "aten::batch_norm_elemt");

/** `batch_norm_gather_stats(Tensor input, Tensor mean, Tensor invstd, Tensor? running_mean, Tensor? running_var, float momentum, float eps, int count) -> (Tensor, Tensor)` */
export const batchNormGatherStats = operator<{
  (input: Tensor, mean: Tensor, invstd: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, momentum: number, eps: number, count: Int): [Tensor, Tensor];
}>("batchNormGatherStats", "aten::batch_norm_gather_stats");

/** `batch_norm_gather_stats_with_counts(Tensor input, Tensor mean, Tensor invstd, Tensor? running_mean, Tensor? running_var, float momentum, float eps, Tensor counts) -> (Tensor, Tensor)` */
export const batchNormGatherStatsWithCounts = operator<{
  (input: Tensor, mean: Tensor, invstd: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, momentum: number, eps: number, counts: Tensor): [Tensor, Tensor];
}>("batchNormGatherStatsWithCounts", "aten::batch_norm_gather_stats_with_counts");

/** `batch_norm_stats(Tensor input, float eps) -> (Tensor, Tensor)` */
export const batchNormStats = operator<{
  (input: Tensor, eps: number): [Tensor, Tensor];
}>("batchNormStats", "aten::batch_norm_stats");

/** `batch_norm_update_stats(Tensor input, Tensor? running_mean, Tensor? running_var, float momentum) -> (Tensor, Tensor)` */
export const batchNormUpdateStats = operator<{
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, momentum: number): [Tensor, Tensor];
}>("batchNormUpdateStats", "aten::batch_norm_update_stats");

/**
 * - `bernoulli(Tensor self, *, Generator? generator=None) -> Tensor`
 * - `bernoulli.Tensor(Tensor self, Tensor p, *, Generator? generator=None) -> Tensor`
 * - `bernoulli.p(Tensor self, float p, *, Generator? generator=None) -> Tensor`
 */
export const bernoulli = operator<{
  (self: Tensor, options?: { generator?: Generator | null }): Tensor;
  (self: Tensor, p: Tensor | number, options?: { generator?: Generator | null }): Tensor;
}>("bernoulli", "aten::bernoulli");

/**
 * - `bernoulli_.Tensor(Tensor(a!) self, Tensor p, *, Generator? generator=None) -> Tensor(a!)`
 * - `bernoulli_.float(Tensor(a!) self, float p=0.5, *, Generator? generator=None) -> Tensor(a!)`
 */
export const bernoulli_ = operator<{
  (self: Tensor, p: Tensor | number, options?: { generator?: Generator | null }): Tensor;
  (self: Tensor, options?: { p?: number; generator?: Generator | null }): Tensor;
}>("bernoulli_", "aten::bernoulli_");

/** `bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor` */
export const bilinear = operator<{
  (input1: Tensor, input2: Tensor, weight: Tensor, options?: { bias?: Tensor | null }): Tensor;
  (input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | null): Tensor;
}>("bilinear", "aten::bilinear");

/** `binary_cross_entropy(Tensor self, Tensor target, Tensor? weight=None, int reduction=1) -> Tensor` */
export const binaryCrossEntropy = operator<{
  (self: Tensor, target: Tensor, options?: { weight?: Tensor | null; reduction?: Int }): Tensor;
  (self: Tensor, target: Tensor, weight: Tensor | null, reduction?: Int): Tensor;
}>("binaryCrossEntropy", "aten::binary_cross_entropy");

/** `binary_cross_entropy_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight=None, int reduction=1) -> Tensor` */
export const binaryCrossEntropyBackward = operator<{
  (gradOutput: Tensor, self: Tensor, target: Tensor, options?: { weight?: Tensor | null; reduction?: Int }): Tensor;
  (gradOutput: Tensor, self: Tensor, target: Tensor, weight: Tensor | null, reduction?: Int): Tensor;
}>("binaryCrossEntropyBackward", "aten::binary_cross_entropy_backward");

/** `binary_cross_entropy_with_logits(Tensor self, Tensor target, Tensor? weight=None, Tensor? pos_weight=None, int reduction=1) -> Tensor` */
export const binaryCrossEntropyWithLogits = operator<{
  (self: Tensor, target: Tensor, options?: { weight?: Tensor | null; posWeight?: Tensor | null; reduction?: Int }): Tensor;
  (self: Tensor, target: Tensor, weight: Tensor | null, posWeight?: Tensor | null, reduction?: Int): Tensor;
}>("binaryCrossEntropyWithLogits", "aten::binary_cross_entropy_with_logits");

/** `bincount(Tensor self, Tensor? weights=None, SymInt minlength=0) -> Tensor` */
export const bincount = operator<{
  (self: Tensor, options?: { weights?: Tensor | null; minlength?: Int }): Tensor;
  (self: Tensor, weights: Tensor | null, minlength?: Int): Tensor;
}>("bincount", "aten::bincount");

/** `binomial(Tensor count, Tensor prob, Generator? generator=None) -> Tensor` */
export const binomial = operator<{
  (count: Tensor, prob: Tensor, options?: { generator?: Generator | null }): Tensor;
  (count: Tensor, prob: Tensor, generator: Generator | null): Tensor;
}>("binomial", "aten::binomial");

/**
 * - `bitwise_and.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `bitwise_and.Scalar_Tensor(Scalar self, Tensor other) -> Tensor`
 * - `bitwise_and.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const bitwiseAnd = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
  (self: Scalar, other: Tensor): Tensor;
}>("bitwiseAnd", "aten::bitwise_and");

/**
 * - `bitwise_and_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `bitwise_and_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const bitwiseAnd_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("bitwiseAnd_", "aten::bitwise_and_");

/**
 * - `bitwise_left_shift.Scalar_Tensor(Scalar self, Tensor other) -> Tensor`
 * - `bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor`
 * - `bitwise_left_shift.Tensor_Scalar(Tensor self, Scalar other) -> Tensor`
 */
export const bitwiseLeftShift = operator<{
  (self: Scalar | Tensor, other: Tensor): Tensor;
  (self: Tensor, other: Scalar): Tensor;
}>("bitwiseLeftShift", "aten::bitwise_left_shift");

/**
 * - `bitwise_left_shift_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 * - `bitwise_left_shift_.Tensor_Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 */
export const bitwiseLeftShift_ = operator<{
  (self: Tensor, other: Tensor | Scalar): Tensor;
}>("bitwiseLeftShift_", "aten::bitwise_left_shift_");

/** `bitwise_not(Tensor self) -> Tensor` */
export const bitwiseNot = operator<{
  (self: Tensor): Tensor;
}>("bitwiseNot", "aten::bitwise_not");

/** `bitwise_not_(Tensor(a!) self) -> Tensor(a!)` */
export const bitwiseNot_ = operator<{
  (self: Tensor): Tensor;
}>("bitwiseNot_", "aten::bitwise_not_");

/**
 * - `bitwise_or.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `bitwise_or.Scalar_Tensor(Scalar self, Tensor other) -> Tensor`
 * - `bitwise_or.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const bitwiseOr = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
  (self: Scalar, other: Tensor): Tensor;
}>("bitwiseOr", "aten::bitwise_or");

/**
 * - `bitwise_or_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `bitwise_or_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const bitwiseOr_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("bitwiseOr_", "aten::bitwise_or_");

/**
 * - `bitwise_right_shift.Scalar_Tensor(Scalar self, Tensor other) -> Tensor`
 * - `bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor`
 * - `bitwise_right_shift.Tensor_Scalar(Tensor self, Scalar other) -> Tensor`
 */
export const bitwiseRightShift = operator<{
  (self: Scalar | Tensor, other: Tensor): Tensor;
  (self: Tensor, other: Scalar): Tensor;
}>("bitwiseRightShift", "aten::bitwise_right_shift");

/**
 * - `bitwise_right_shift_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 * - `bitwise_right_shift_.Tensor_Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 */
export const bitwiseRightShift_ = operator<{
  (self: Tensor, other: Tensor | Scalar): Tensor;
}>("bitwiseRightShift_", "aten::bitwise_right_shift_");

/**
 * - `bitwise_xor.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `bitwise_xor.Scalar_Tensor(Scalar self, Tensor other) -> Tensor`
 * - `bitwise_xor.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const bitwiseXor = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
  (self: Scalar, other: Tensor): Tensor;
}>("bitwiseXor", "aten::bitwise_xor");

/**
 * - `bitwise_xor_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `bitwise_xor_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const bitwiseXor_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("bitwiseXor_", "aten::bitwise_xor_");

/**
 * - `blackman_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `blackman_window.periodic(int window_length, bool periodic, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const blackmanWindow = operator<{
  (windowLength: Int, options?: FactoryOptions): Tensor;
  (windowLength: Int, periodic: boolean, options?: FactoryOptions): Tensor;
}>("blackmanWindow", "aten::blackman_window");

/** `block_diag(Tensor[] tensors) -> Tensor` */
export const blockDiag = operator<{
  (tensors: readonly Tensor[]): Tensor;
}>("blockDiag", "aten::block_diag");

/**
 * - `bmm(Tensor self, Tensor mat2) -> Tensor`
 * - `bmm.dtype(Tensor self, Tensor mat2, ScalarType out_dtype) -> Tensor`
 */
export const bmm = operator<{
  (self: Tensor, mat2: Tensor): Tensor;
  (self: Tensor, mat2: Tensor, outDtype: DType): Tensor;
}>("bmm", "aten::bmm");

/** `broadcast_tensors(Tensor[] tensors) -> Tensor[]` */
export const broadcastTensors = operator<{
  (tensors: readonly Tensor[]): Tensor[];
}>("broadcastTensors", "aten::broadcast_tensors");

/** `broadcast_to(Tensor(a) self, SymInt[] size) -> Tensor(a)` */
export const broadcastTo = operator<{
  (self: Tensor, size: Ints): Tensor;
}>("broadcastTo", "aten::broadcast_to");

/**
 * - `bucketize.Scalar(Scalar self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor`
 * - `bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor`
 */
export const bucketize = operator<{
  (self: Scalar | Tensor, boundaries: Tensor, options?: { outInt32?: boolean; right?: boolean }): Tensor;
}>("bucketize", "aten::bucketize");

/** `can_cast(ScalarType from_, ScalarType to) -> bool` */
export const canCast = operator<{
  (from_: DType, to: DType): boolean;
}>("canCast", "aten::can_cast");

/** `cartesian_prod(Tensor[] tensors) -> Tensor` */
export const cartesianProd = operator<{
  (tensors: readonly Tensor[]): Tensor;
}>("cartesianProd", "aten::cartesian_prod");

/** `cat(Tensor[] tensors, int dim=0) -> Tensor` */
export const cat = operator<{
  (tensors: readonly Tensor[], options?: { dim?: Int }): Tensor;
  (tensors: readonly Tensor[], dim: Int): Tensor;
}>("cat", "aten::cat");

/** `cauchy(Tensor self, float median=0., float sigma=1., *, Generator? generator=None) -> Tensor` */
export const cauchy = operator<{
  (self: Tensor, options?: { median?: number; sigma?: number; generator?: Generator | null }): Tensor;
  (self: Tensor, median: number, sigma?: number, options?: { generator?: Generator | null }): Tensor;
}>("cauchy", "aten::cauchy");

/** `cauchy_(Tensor(a!) self, float median=0., float sigma=1., *, Generator? generator=None) -> Tensor(a!)` */
export const cauchy_ = operator<{
  (self: Tensor, options?: { median?: number; sigma?: number; generator?: Generator | null }): Tensor;
  (self: Tensor, median: number, sigma?: number, options?: { generator?: Generator | null }): Tensor;
}>("cauchy_", "aten::cauchy_");

/** `ccol_indices(Tensor(a) self) -> Tensor(a)` */
export const ccolIndices = operator<{
  (self: Tensor): Tensor;
}>("ccolIndices", "aten::ccol_indices");

/** `ccol_indices_copy(Tensor self) -> Tensor` */
export const ccolIndicesCopy = operator<{
  (self: Tensor): Tensor;
}>("ccolIndicesCopy", "aten::ccol_indices_copy");

/** `cdist(Tensor x1, Tensor x2, float p=2., int? compute_mode=None) -> Tensor` */
export const cdist = operator<{
  (x1: Tensor, x2: Tensor, options?: { p?: number; computeMode?: Int | null }): Tensor;
  (x1: Tensor, x2: Tensor, p: number, computeMode?: Int | null): Tensor;
}>("cdist", "aten::cdist");

/** `ceil(Tensor self) -> Tensor` */
export const ceil = operator<{
  (self: Tensor): Tensor;
}>("ceil", "aten::ceil");

/** `ceil_(Tensor(a!) self) -> Tensor(a!)` */
export const ceil_ = operator<{
  (self: Tensor): Tensor;
}>("ceil_", "aten::ceil_");

/** `celu(Tensor self, Scalar alpha=1.) -> Tensor` */
export const celu = operator<{
  (self: Tensor, options?: { alpha?: Scalar }): Tensor;
  (self: Tensor, alpha: Scalar): Tensor;
}>("celu", "aten::celu");

/** `celu_(Tensor(a!) self, Scalar alpha=1.) -> Tensor(a!)` */
export const celu_ = operator<{
  (self: Tensor, options?: { alpha?: Scalar }): Tensor;
  (self: Tensor, alpha: Scalar): Tensor;
}>("celu_", "aten::celu_");

/** `chain_matmul(Tensor[] matrices) -> Tensor` */
export const chainMatmul = operator<{
  (matrices: readonly Tensor[]): Tensor;
}>("chainMatmul", "aten::chain_matmul");

/** `chalf(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor` */
export const chalf = operator<{
  (self: Tensor, options?: { memoryFormat?: MemoryFormat | null }): Tensor;
}>("chalf", "aten::chalf");

/** `channel_shuffle(Tensor self, SymInt groups) -> Tensor` */
export const channelShuffle = operator<{
  (self: Tensor, groups: Int): Tensor;
}>("channelShuffle", "aten::channel_shuffle");

/** `cholesky(Tensor self, bool upper=False) -> Tensor` */
export const cholesky = operator<{
  (self: Tensor, options?: { upper?: boolean }): Tensor;
  (self: Tensor, upper: boolean): Tensor;
}>("cholesky", "aten::cholesky");

/** `cholesky_inverse(Tensor self, bool upper=False) -> Tensor` */
export const choleskyInverse = operator<{
  (self: Tensor, options?: { upper?: boolean }): Tensor;
  (self: Tensor, upper: boolean): Tensor;
}>("choleskyInverse", "aten::cholesky_inverse");

/** `cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor` */
export const choleskySolve = operator<{
  (self: Tensor, input2: Tensor, options?: { upper?: boolean }): Tensor;
  (self: Tensor, input2: Tensor, upper: boolean): Tensor;
}>("choleskySolve", "aten::cholesky_solve");

/** `choose_qparams_optimized(Tensor input, int numel, int n_bins, float ratio, int bit_width) -> (Tensor, Tensor)` */
export const chooseQparamsOptimized = operator<{
  (input: Tensor, numel: Int, nBins: Int, ratio: number, bitWidth: Int): [Tensor, Tensor];
}>("chooseQparamsOptimized", "aten::choose_qparams_optimized");

/** `chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[]` */
export const chunk = operator<{
  (self: Tensor, chunks: Int, options?: { dim?: Int }): Tensor[];
  (self: Tensor, chunks: Int, dim: Int): Tensor[];
}>("chunk", "aten::chunk");

/**
 * - `clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor`
 * - `clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor`
 */
export const clamp = operator<{
  (self: Tensor, options?: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  (self: Tensor, min: Scalar | null, max?: Scalar | null): Tensor;
  (self: Tensor, options?: { min?: Tensor | null; max?: Tensor | null }): Tensor;
  (self: Tensor, min: Tensor | null, max?: Tensor | null): Tensor;
}>("clamp", "aten::clamp");

/**
 * - `clamp_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!)`
 * - `clamp_.Tensor(Tensor(a!) self, Tensor? min=None, Tensor? max=None) -> Tensor(a!)`
 */
export const clamp_ = operator<{
  (self: Tensor, options?: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  (self: Tensor, min: Scalar | null, max?: Scalar | null): Tensor;
  (self: Tensor, options?: { min?: Tensor | null; max?: Tensor | null }): Tensor;
  (self: Tensor, min: Tensor | null, max?: Tensor | null): Tensor;
}>("clamp_", "aten::clamp_");

/**
 * - `clamp_max(Tensor self, Scalar max) -> Tensor`
 * - `clamp_max.Tensor(Tensor self, Tensor max) -> Tensor`
 */
export const clampMax = operator<{
  (self: Tensor, max: Scalar | Tensor): Tensor;
}>("clampMax", "aten::clamp_max");

/**
 * - `clamp_max_(Tensor(a!) self, Scalar max) -> Tensor(a!)`
 * - `clamp_max_.Tensor(Tensor(a!) self, Tensor max) -> Tensor(a!)`
 */
export const clampMax_ = operator<{
  (self: Tensor, max: Scalar | Tensor): Tensor;
}>("clampMax_", "aten::clamp_max_");

/**
 * - `clamp_min(Tensor self, Scalar min) -> Tensor`
 * - `clamp_min.Tensor(Tensor self, Tensor min) -> Tensor`
 */
export const clampMin = operator<{
  (self: Tensor, min: Scalar | Tensor): Tensor;
}>("clampMin", "aten::clamp_min");

/**
 * - `clamp_min_(Tensor(a!) self, Scalar min) -> Tensor(a!)`
 * - `clamp_min_.Tensor(Tensor(a!) self, Tensor min) -> Tensor(a!)`
 */
export const clampMin_ = operator<{
  (self: Tensor, min: Scalar | Tensor): Tensor;
}>("clampMin_", "aten::clamp_min_");

/**
 * - `clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor`
 * - `clip.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor`
 */
export const clip = operator<{
  (self: Tensor, options?: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  (self: Tensor, min: Scalar | null, max?: Scalar | null): Tensor;
  (self: Tensor, options?: { min?: Tensor | null; max?: Tensor | null }): Tensor;
  (self: Tensor, min: Tensor | null, max?: Tensor | null): Tensor;
}>("clip", "aten::clip");

/**
 * - `clip_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!)`
 * - `clip_.Tensor(Tensor(a!) self, Tensor? min=None, Tensor? max=None) -> Tensor(a!)`
 */
export const clip_ = operator<{
  (self: Tensor, options?: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  (self: Tensor, min: Scalar | null, max?: Scalar | null): Tensor;
  (self: Tensor, options?: { min?: Tensor | null; max?: Tensor | null }): Tensor;
  (self: Tensor, min: Tensor | null, max?: Tensor | null): Tensor;
}>("clip_", "aten::clip_");

/** `clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor` */
export const clone = operator<{
  (self: Tensor, options?: { memoryFormat?: MemoryFormat | null }): Tensor;
}>("clone", "aten::clone");

/** `coalesce(Tensor(a) self) -> Tensor(a)` */
export const coalesce = operator<{
  (self: Tensor): Tensor;
}>("coalesce", "aten::coalesce");

/** `col2im(Tensor self, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor` */
export const col2im = operator<{
  (self: Tensor, outputSize: Ints | Int, kernelSize: Ints | Int, dilation: Ints | Int, padding: Ints | Int, stride: Ints | Int): Tensor;
}>("col2im", "aten::col2im");

/** `col_indices(Tensor(a) self) -> Tensor(a)` */
export const colIndices = operator<{
  (self: Tensor): Tensor;
}>("colIndices", "aten::col_indices");

/** `col_indices_copy(Tensor self) -> Tensor` */
export const colIndicesCopy = operator<{
  (self: Tensor): Tensor;
}>("colIndicesCopy", "aten::col_indices_copy");

/** `column_stack(Tensor[] tensors) -> Tensor` */
export const columnStack = operator<{
  (tensors: readonly Tensor[]): Tensor;
}>("columnStack", "aten::column_stack");

/** `combinations(Tensor self, int r=2, bool with_replacement=False) -> Tensor` */
export const combinations = operator<{
  (self: Tensor, options?: { r?: Int; withReplacement?: boolean }): Tensor;
  (self: Tensor, r: Int, withReplacement?: boolean): Tensor;
}>("combinations", "aten::combinations");

/** `complex(Tensor real, Tensor imag) -> Tensor` */
export const complex = operator<{
  (real: Tensor, imag: Tensor): Tensor;
}>("complex", "aten::complex");

/** `concat(Tensor[] tensors, int dim=0) -> Tensor` */
export const concat = operator<{
  (tensors: readonly Tensor[], options?: { dim?: Int }): Tensor;
  (tensors: readonly Tensor[], dim: Int): Tensor;
}>("concat", "aten::concat");

/** `concatenate(Tensor[] tensors, int dim=0) -> Tensor` */
export const concatenate = operator<{
  (tensors: readonly Tensor[], options?: { dim?: Int }): Tensor;
  (tensors: readonly Tensor[], dim: Int): Tensor;
}>("concatenate", "aten::concatenate");

/** `conj(Tensor(a) self) -> Tensor(a)` */
export const conj = operator<{
  (self: Tensor): Tensor;
}>("conj", "aten::conj");

/** `conj_physical(Tensor self) -> Tensor` */
export const conjPhysical = operator<{
  (self: Tensor): Tensor;
}>("conjPhysical", "aten::conj_physical");

/** `conj_physical_(Tensor(a!) self) -> Tensor(a!)` */
export const conjPhysical_ = operator<{
  (self: Tensor): Tensor;
}>("conjPhysical_", "aten::conj_physical_");

/** `constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor` */
export const constantPadNd = operator<{
  (self: Tensor, pad: Ints, options?: { value?: Scalar }): Tensor;
  (self: Tensor, pad: Ints, value: Scalar): Tensor;
}>("constantPadNd", "aten::constant_pad_nd");

/** `contiguous(Tensor(a) self, *, MemoryFormat memory_format=0) -> Tensor(a)` */
export const contiguous = operator<{
  (self: Tensor, options?: { memoryFormat?: MemoryFormat }): Tensor;
}>("contiguous", "aten::contiguous");

/**
 * - `conv1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], SymInt[1] padding=[0], SymInt[1] dilation=[1], SymInt groups=1) -> Tensor`
 * - `conv1d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], str padding="valid", SymInt[1] dilation=[1], SymInt groups=1) -> Tensor`
 */
export const conv1d = operator<{
  (input: Tensor, weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; groups?: Int }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int | string, dilation?: Ints | Int, groups?: Int): Tensor;
  (input: Tensor, weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: string; dilation?: Ints | Int; groups?: Int }): Tensor;
}>("conv1d", "aten::conv1d");

/**
 * - `conv2d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] dilation=[1, 1], SymInt groups=1) -> Tensor`
 * - `conv2d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], str padding="valid", SymInt[2] dilation=[1, 1], SymInt groups=1) -> Tensor`
 */
export const conv2d = operator<{
  (input: Tensor, weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; groups?: Int }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int | string, dilation?: Ints | Int, groups?: Int): Tensor;
  (input: Tensor, weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: string; dilation?: Ints | Int; groups?: Int }): Tensor;
}>("conv2d", "aten::conv2d");

/**
 * - `conv3d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] dilation=[1, 1, 1], SymInt groups=1) -> Tensor`
 * - `conv3d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], str padding="valid", SymInt[3] dilation=[1, 1, 1], SymInt groups=1) -> Tensor`
 */
export const conv3d = operator<{
  (input: Tensor, weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; groups?: Int }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int | string, dilation?: Ints | Int, groups?: Int): Tensor;
  (input: Tensor, weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: string; dilation?: Ints | Int; groups?: Int }): Tensor;
}>("conv3d", "aten::conv3d");

/** `conv_depthwise3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias, SymInt[3] stride, SymInt[3] padding, SymInt[3] dilation) -> Tensor` */
export const convDepthwise3d = operator<{
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride: Ints | Int, padding: Ints | Int, dilation: Ints | Int): Tensor;
}>("convDepthwise3d", "aten::conv_depthwise3d");

/** `conv_tbc(Tensor self, Tensor weight, Tensor bias, int pad=0) -> Tensor` */
export const convTbc = operator<{
  (self: Tensor, weight: Tensor, bias: Tensor, options?: { pad?: Int }): Tensor;
  (self: Tensor, weight: Tensor, bias: Tensor, pad: Int): Tensor;
}>("convTbc", "aten::conv_tbc");

/** `conv_tbc_backward(Tensor self, Tensor input, Tensor weight, Tensor bias, int pad) -> (Tensor, Tensor, Tensor)` */
export const convTbcBackward = operator<{
  (self: Tensor, input: Tensor, weight: Tensor, bias: Tensor, pad: Int): [Tensor, Tensor, Tensor];
}>("convTbcBackward", "aten::conv_tbc_backward");

/** `conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], SymInt[1] padding=[0], SymInt[1] output_padding=[0], SymInt groups=1, SymInt[1] dilation=[1]) -> Tensor` */
export const convTranspose1d = operator<{
  (input: Tensor, weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; outputPadding?: Ints | Int; groups?: Int; dilation?: Ints | Int }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, outputPadding?: Ints | Int, groups?: Int, dilation?: Ints | Int): Tensor;
}>("convTranspose1d", "aten::conv_transpose1d");

/** `conv_transpose2d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] output_padding=[0, 0], SymInt groups=1, SymInt[2] dilation=[1, 1]) -> Tensor` */
export const convTranspose2d = operator<{
  (input: Tensor, weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; outputPadding?: Ints | Int; groups?: Int; dilation?: Ints | Int }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, outputPadding?: Ints | Int, groups?: Int, dilation?: Ints | Int): Tensor;
}>("convTranspose2d", "aten::conv_transpose2d");

/** `conv_transpose3d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] output_padding=[0, 0, 0], SymInt groups=1, SymInt[3] dilation=[1, 1, 1]) -> Tensor` */
export const convTranspose3d = operator<{
  (input: Tensor, weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; outputPadding?: Ints | Int; groups?: Int; dilation?: Ints | Int }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, outputPadding?: Ints | Int, groups?: Int, dilation?: Ints | Int): Tensor;
}>("convTranspose3d", "aten::conv_transpose3d");

/** `convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor` */
export const convolution = operator<{
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: Ints, padding: Ints, dilation: Ints, transposed: boolean, outputPadding: Ints, groups: Int): Tensor;
}>("convolution", "aten::convolution");

/** `convolution_backward(Tensor grad_output, Tensor input, Tensor weight, SymInt[]? bias_sizes, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
export const convolutionBackward = operator<{
  (gradOutput: Tensor, input: Tensor, weight: Tensor, biasSizes: Ints | null, stride: Ints, padding: Ints, dilation: Ints, transposed: boolean, outputPadding: Ints, groups: Int, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
}>("convolutionBackward", "aten::convolution_backward");

/** `convolution_backward_overrideable(Tensor grad_output, Tensor input, Tensor weight, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool[3] output_mask) -> (Tensor grad_input, Tensor grad_weight, Tensor grad_bias)` */
export const convolutionBackwardOverrideable = operator<{
  (gradOutput: Tensor, input: Tensor, weight: Tensor, stride: Ints, padding: Ints, dilation: Ints, transposed: boolean, outputPadding: Ints, groups: Int, outputMask: readonly boolean[] | boolean): Named<{ gradInput: Tensor; gradWeight: Tensor; gradBias: Tensor }, [gradInput: Tensor, gradWeight: Tensor, gradBias: Tensor]>;
}>("convolutionBackwardOverrideable", "aten::convolution_backward_overrideable");

/** `convolution_overrideable(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor` */
export const convolutionOverrideable = operator<{
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: Ints, padding: Ints, dilation: Ints, transposed: boolean, outputPadding: Ints, groups: Int): Tensor;
}>("convolutionOverrideable", "aten::convolution_overrideable");

/** `copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor` */
export const copy = operator<{
  (self: Tensor, src: Tensor | Scalar, options?: { nonBlocking?: boolean }): Tensor;
  (self: Tensor, src: Tensor | Scalar, nonBlocking: boolean): Tensor;
}>("copy", "aten::copy");

/** `copy_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!)` */
export const copy_ = operator<{
  (self: Tensor, src: Tensor | Scalar, options?: { nonBlocking?: boolean }): Tensor;
  (self: Tensor, src: Tensor | Scalar, nonBlocking: boolean): Tensor;
}>("copy_", "aten::copy_");

/** `copy_sparse_to_sparse(Tensor self, Tensor src, bool non_blocking=False) -> Tensor` */
export const copySparseToSparse = operator<{
  (self: Tensor, src: Tensor, options?: { nonBlocking?: boolean }): Tensor;
  (self: Tensor, src: Tensor, nonBlocking: boolean): Tensor;
}>("copySparseToSparse", "aten::copy_sparse_to_sparse");

/** `copy_sparse_to_sparse_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!)` */
export const copySparseToSparse_ = operator<{
  (self: Tensor, src: Tensor, options?: { nonBlocking?: boolean }): Tensor;
  (self: Tensor, src: Tensor, nonBlocking: boolean): Tensor;
}>("copySparseToSparse_", "aten::copy_sparse_to_sparse_");

/**
 * - `copysign.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `copysign.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const copysign = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("copysign", "aten::copysign");

/**
 * - `copysign_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `copysign_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const copysign_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("copysign_", "aten::copysign_");

/** `corrcoef(Tensor self) -> Tensor` */
export const corrcoef = operator<{
  (self: Tensor): Tensor;
}>("corrcoef", "aten::corrcoef");

/** `cos(Tensor self) -> Tensor` */
export const cos = operator<{
  (self: Tensor): Tensor;
}>("cos", "aten::cos");

/** `cos_(Tensor(a!) self) -> Tensor(a!)` */
export const cos_ = operator<{
  (self: Tensor): Tensor;
}>("cos_", "aten::cos_");

/** `cosh(Tensor self) -> Tensor` */
export const cosh = operator<{
  (self: Tensor): Tensor;
}>("cosh", "aten::cosh");

/** `cosh_(Tensor(a!) self) -> Tensor(a!)` */
export const cosh_ = operator<{
  (self: Tensor): Tensor;
}>("cosh_", "aten::cosh_");

/** `cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0., int reduction=1) -> Tensor` */
export const cosineEmbeddingLoss = operator<{
  (input1: Tensor, input2: Tensor, target: Tensor, options?: { margin?: number; reduction?: Int }): Tensor;
  (input1: Tensor, input2: Tensor, target: Tensor, margin: number, reduction?: Int): Tensor;
}>("cosineEmbeddingLoss", "aten::cosine_embedding_loss");

/** `cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor` */
export const cosineSimilarity = operator<{
  (x1: Tensor, x2: Tensor, options?: { dim?: Int; eps?: number }): Tensor;
  (x1: Tensor, x2: Tensor, dim: Int, eps?: number): Tensor;
}>("cosineSimilarity", "aten::cosine_similarity");

/**
 * - `count_nonzero(Tensor self, int? dim=None) -> Tensor`
 * - `count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor`
 */
export const countNonzero = operator<{
  (self: Tensor, options?: { dim?: Int | null }): Tensor;
  (self: Tensor, dim: Int | null | Ints): Tensor;
}>("countNonzero", "aten::count_nonzero");

/** `cov(Tensor self, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor` */
export const cov = operator<{
  (self: Tensor, options?: { correction?: Int; fweights?: Tensor | null; aweights?: Tensor | null }): Tensor;
}>("cov", "aten::cov");

/** `cross(Tensor self, Tensor other, int? dim=None) -> Tensor` */
export const cross = operator<{
  (self: Tensor, other: Tensor, options?: { dim?: Int | null }): Tensor;
  (self: Tensor, other: Tensor, dim: Int | null): Tensor;
}>("cross", "aten::cross");

/** `cross_entropy_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100, float label_smoothing=0.) -> Tensor` */
export const crossEntropyLoss = operator<{
  (self: Tensor, target: Tensor, options?: { weight?: Tensor | null; reduction?: Int; ignoreIndex?: Int; labelSmoothing?: number }): Tensor;
  (self: Tensor, target: Tensor, weight: Tensor | null, reduction?: Int, ignoreIndex?: Int, labelSmoothing?: number): Tensor;
}>("crossEntropyLoss", "aten::cross_entropy_loss");

/** `crow_indices(Tensor(a) self) -> Tensor(a)` */
export const crowIndices = operator<{
  (self: Tensor): Tensor;
}>("crowIndices", "aten::crow_indices");

/** `crow_indices_copy(Tensor self) -> Tensor` */
export const crowIndicesCopy = operator<{
  (self: Tensor): Tensor;
}>("crowIndicesCopy", "aten::crow_indices_copy");

/**
 * - `ctc_loss.IntList(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank=0, int reduction=1, bool zero_infinity=False) -> Tensor`
 * - `ctc_loss.Tensor(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, int blank=0, int reduction=1, bool zero_infinity=False) -> Tensor`
 */
export const ctcLoss = operator<{
  (logProbs: Tensor, targets: Tensor, inputLengths: Ints, targetLengths: Ints, options?: { blank?: Int; reduction?: Int; zeroInfinity?: boolean }): Tensor;
  (logProbs: Tensor, targets: Tensor, inputLengths: Ints, targetLengths: Ints, blank: Int, reduction?: Int, zeroInfinity?: boolean): Tensor;
  (logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, options?: { blank?: Int; reduction?: Int; zeroInfinity?: boolean }): Tensor;
  (logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank: Int, reduction?: Int, zeroInfinity?: boolean): Tensor;
}>("ctcLoss", "aten::ctc_loss");

/** `cudnn_affine_grid_generator(Tensor theta, int N, int C, int H, int W) -> Tensor grid` */
export const cudnnAffineGridGenerator = operator<{
  (theta: Tensor, N: Int, C: Int, H: Int, W: Int): Tensor;
}>("cudnnAffineGridGenerator", "aten::cudnn_affine_grid_generator");

/** `cudnn_affine_grid_generator_backward(Tensor grad, int N, int C, int H, int W) -> Tensor grad_theta` */
export const cudnnAffineGridGeneratorBackward = operator<{
  (grad: Tensor, N: Int, C: Int, H: Int, W: Int): Tensor;
}>("cudnnAffineGridGeneratorBackward", "aten::cudnn_affine_grid_generator_backward");

/** `cudnn_batch_norm(Tensor input, Tensor weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float exponential_average_factor, float epsilon) -> (Tensor, Tensor, Tensor, Tensor)` */
export const cudnnBatchNorm = operator<{
  (input: Tensor, weight: Tensor, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, exponentialAverageFactor: number, epsilon: number): [Tensor, Tensor, Tensor, Tensor];
}>("cudnnBatchNorm", "aten::cudnn_batch_norm");

/** `cudnn_batch_norm_backward(Tensor input, Tensor grad_output, Tensor weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_var, float epsilon, Tensor reserveSpace) -> (Tensor, Tensor, Tensor)` */
export const cudnnBatchNormBackward = operator<{
  (input: Tensor, gradOutput: Tensor, weight: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveVar: Tensor | null, epsilon: number, reserveSpace: Tensor): [Tensor, Tensor, Tensor];
}>("cudnnBatchNormBackward", "aten::cudnn_batch_norm_backward");

/** `cudnn_convolution(Tensor self, Tensor weight, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic, bool allow_tf32) -> Tensor` */
export const cudnnConvolution = operator<{
  (self: Tensor, weight: Tensor, padding: Ints, stride: Ints, dilation: Ints, groups: Int, benchmark: boolean, deterministic: boolean, allowTf32: boolean): Tensor;
}>("cudnnConvolution", "aten::cudnn_convolution");

/** `cudnn_convolution_add_relu(Tensor self, Tensor weight, Tensor z, Scalar? alpha, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, SymInt groups) -> Tensor` */
export const cudnnConvolutionAddRelu = operator<{
  (self: Tensor, weight: Tensor, z: Tensor, alpha: Scalar | null, bias: Tensor | null, stride: Ints, padding: Ints, dilation: Ints, groups: Int): Tensor;
}>("cudnnConvolutionAddRelu", "aten::cudnn_convolution_add_relu");

/** `cudnn_convolution_relu(Tensor self, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, SymInt groups) -> Tensor` */
export const cudnnConvolutionRelu = operator<{
  (self: Tensor, weight: Tensor, bias: Tensor | null, stride: Ints, padding: Ints, dilation: Ints, groups: Int): Tensor;
}>("cudnnConvolutionRelu", "aten::cudnn_convolution_relu");

/** `cudnn_convolution_transpose(Tensor self, Tensor weight, SymInt[] padding, SymInt[] output_padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic, bool allow_tf32) -> Tensor` */
export const cudnnConvolutionTranspose = operator<{
  (self: Tensor, weight: Tensor, padding: Ints, outputPadding: Ints, stride: Ints, dilation: Ints, groups: Int, benchmark: boolean, deterministic: boolean, allowTf32: boolean): Tensor;
}>("cudnnConvolutionTranspose", "aten::cudnn_convolution_transpose");

/** `cudnn_grid_sampler(Tensor self, Tensor grid) -> Tensor output` */
export const cudnnGridSampler = operator<{
  (self: Tensor, grid: Tensor): Tensor;
}>("cudnnGridSampler", "aten::cudnn_grid_sampler");

/** `cudnn_grid_sampler_backward(Tensor self, Tensor grid, Tensor grad_output) -> (Tensor grad_self, Tensor grad_grid)` */
export const cudnnGridSamplerBackward = operator<{
  (self: Tensor, grid: Tensor, gradOutput: Tensor): Named<{ gradSelf: Tensor; gradGrid: Tensor }, [gradSelf: Tensor, gradGrid: Tensor]>;
}>("cudnnGridSamplerBackward", "aten::cudnn_grid_sampler_backward");

/** `cudnn_is_acceptable(Tensor self) -> bool` */
export const cudnnIsAcceptable = operator<{
  (self: Tensor): boolean;
}>("cudnnIsAcceptable", "aten::cudnn_is_acceptable");

/** `cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)` */
export const cummax = operator<{
  (self: Tensor, dim: Int): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
}>("cummax", "aten::cummax");

/** `cummaxmin_backward(Tensor grad, Tensor input, Tensor indices, int dim) -> Tensor` */
export const cummaxminBackward = operator<{
  (grad: Tensor, input: Tensor, indices: Tensor, dim: Int): Tensor;
}>("cummaxminBackward", "aten::cummaxmin_backward");

/** `cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)` */
export const cummin = operator<{
  (self: Tensor, dim: Int): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
}>("cummin", "aten::cummin");

/** `cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor` */
export const cumprod = operator<{
  (self: Tensor, dim: Int, options?: { dtype?: DType | null }): Tensor;
}>("cumprod", "aten::cumprod");

/** `cumprod_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!)` */
export const cumprod_ = operator<{
  (self: Tensor, dim: Int, options?: { dtype?: DType | null }): Tensor;
}>("cumprod_", "aten::cumprod_");

/** `cumprod_backward(Tensor grad, Tensor input, int dim, Tensor output) -> Tensor` */
export const cumprodBackward = operator<{
  (grad: Tensor, input: Tensor, dim: Int, output: Tensor): Tensor;
}>("cumprodBackward", "aten::cumprod_backward");

/** `cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor` */
export const cumsum = operator<{
  (self: Tensor, dim: Int, options?: { dtype?: DType | null }): Tensor;
}>("cumsum", "aten::cumsum");

/** `cumsum_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!)` */
export const cumsum_ = operator<{
  (self: Tensor, dim: Int, options?: { dtype?: DType | null }): Tensor;
}>("cumsum_", "aten::cumsum_");

/**
 * - `cumulative_trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor`
 * - `cumulative_trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor`
 */
export const cumulativeTrapezoid = operator<{
  (y: Tensor, options?: { dx?: Scalar; dim?: Int }): Tensor;
  (y: Tensor, x: Tensor, options?: { dim?: Int }): Tensor;
}>("cumulativeTrapezoid", "aten::cumulative_trapezoid");

/** `data(Tensor self) -> Tensor` */
export const data = operator<{
  (self: Tensor): Tensor;
}>("data", "aten::data");

/** `deg2rad(Tensor self) -> Tensor` */
export const deg2rad = operator<{
  (self: Tensor): Tensor;
}>("deg2rad", "aten::deg2rad");

/** `deg2rad_(Tensor(a!) self) -> Tensor(a!)` */
export const deg2rad_ = operator<{
  (self: Tensor): Tensor;
}>("deg2rad_", "aten::deg2rad_");

/** `dense_dim(Tensor self) -> int` */
export const denseDim = operator<{
  (self: Tensor): number;
}>("denseDim", "aten::dense_dim");

/**
 * - `dequantize.self(Tensor self) -> Tensor`
 * - `dequantize.tensors(Tensor[] tensors) -> Tensor[]`
 */
export const dequantize = operator<{
  (self: Tensor): Tensor;
  (tensors: readonly Tensor[]): Tensor[];
}>("dequantize", "aten::dequantize");

/** `det(Tensor self) -> Tensor` */
export const det = operator<{
  (self: Tensor): Tensor;
}>("det", "aten::det");

/** `detach(Tensor(a) self) -> Tensor(a)` */
export const detach = operator<{
  (self: Tensor): Tensor;
}>("detach", "aten::detach");

/** `detach_(Tensor(a!) self) -> Tensor(a!)` */
export const detach_ = operator<{
  (self: Tensor): Tensor;
}>("detach_", "aten::detach_");

/** `detach_copy(Tensor self) -> Tensor` */
export const detachCopy = operator<{
  (self: Tensor): Tensor;
}>("detachCopy", "aten::detach_copy");

/** `diag(Tensor self, int diagonal=0) -> Tensor` */
export const diag = operator<{
  (self: Tensor, options?: { diagonal?: Int }): Tensor;
  (self: Tensor, diagonal: Int): Tensor;
}>("diag", "aten::diag");

/** `diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor` */
export const diagEmbed = operator<{
  (self: Tensor, options?: { offset?: Int; dim1?: Int; dim2?: Int }): Tensor;
  (self: Tensor, offset: Int, dim1?: Int, dim2?: Int): Tensor;
}>("diagEmbed", "aten::diag_embed");

/** `diagflat(Tensor self, int offset=0) -> Tensor` */
export const diagflat = operator<{
  (self: Tensor, options?: { offset?: Int }): Tensor;
  (self: Tensor, offset: Int): Tensor;
}>("diagflat", "aten::diagflat");

/** `diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)` */
export const diagonal = operator<{
  (self: Tensor, options?: { offset?: Int; dim1?: Int; dim2?: Int }): Tensor;
  (self: Tensor, offset: Int, dim1?: Int, dim2?: Int): Tensor;
}>("diagonal", "aten::diagonal");

/** `diagonal_backward(Tensor grad_output, SymInt[] input_sizes, int offset, int dim1, int dim2) -> Tensor` */
export const diagonalBackward = operator<{
  (gradOutput: Tensor, inputSizes: Ints, offset: Int, dim1: Int, dim2: Int): Tensor;
}>("diagonalBackward", "aten::diagonal_backward");

/** `diagonal_copy(Tensor self, int offset=0, int dim1=0, int dim2=1) -> Tensor` */
export const diagonalCopy = operator<{
  (self: Tensor, options?: { offset?: Int; dim1?: Int; dim2?: Int }): Tensor;
  (self: Tensor, offset: Int, dim1?: Int, dim2?: Int): Tensor;
}>("diagonalCopy", "aten::diagonal_copy");

/** `diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor` */
export const diagonalScatter = operator<{
  (self: Tensor, src: Tensor, options?: { offset?: Int; dim1?: Int; dim2?: Int }): Tensor;
  (self: Tensor, src: Tensor, offset: Int, dim1?: Int, dim2?: Int): Tensor;
}>("diagonalScatter", "aten::diagonal_scatter");

/** `diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor` */
export const diff = operator<{
  (self: Tensor, options?: { n?: Int; dim?: Int; prepend?: Tensor | null; append?: Tensor | null }): Tensor;
  (self: Tensor, n: Int, dim?: Int, prepend?: Tensor | null, append?: Tensor | null): Tensor;
}>("diff", "aten::diff");

/** `digamma(Tensor self) -> Tensor` */
export const digamma = operator<{
  (self: Tensor): Tensor;
}>("digamma", "aten::digamma");

/** `digamma_(Tensor(a!) self) -> Tensor(a!)` */
export const digamma_ = operator<{
  (self: Tensor): Tensor;
}>("digamma_", "aten::digamma_");

/** `dim(Tensor self) -> int` */
export const dim = operator<{
  (self: Tensor): number;
}>("dim", "aten::dim");

/** `dist(Tensor self, Tensor other, Scalar p=2) -> Tensor` */
export const dist = operator<{
  (self: Tensor, other: Tensor, options?: { p?: Scalar }): Tensor;
  (self: Tensor, other: Tensor, p: Scalar): Tensor;
}>("dist", "aten::dist");

/**
 * - `div.Tensor(Tensor self, Tensor other) -> Tensor`
 * - `div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor`
 * - `div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor`
 */
export const div = operator<{
  (self: Tensor, other: Tensor | Scalar): Tensor;
  (self: Tensor, other: Scalar | Tensor, options: { roundingMode: string | null }): Tensor;
}>("div", "aten::div");

/**
 * - `div_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 * - `div_.Scalar_mode(Tensor(a!) self, Scalar other, *, str? rounding_mode) -> Tensor(a!)`
 * - `div_.Tensor_mode(Tensor(a!) self, Tensor other, *, str? rounding_mode) -> Tensor(a!)`
 */
export const div_ = operator<{
  (self: Tensor, other: Tensor | Scalar): Tensor;
  (self: Tensor, other: Scalar | Tensor, options: { roundingMode: string | null }): Tensor;
}>("div_", "aten::div_");

/**
 * - `divide.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `divide.Tensor(Tensor self, Tensor other) -> Tensor`
 * - `divide.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor`
 * - `divide.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor`
 */
export const divide = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
  (self: Tensor, other: Scalar | Tensor, options: { roundingMode: string | null }): Tensor;
}>("divide", "aten::divide");

/**
 * - `divide_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 * - `divide_.Scalar_mode(Tensor(a!) self, Scalar other, *, str? rounding_mode) -> Tensor(a!)`
 * - `divide_.Tensor_mode(Tensor(a!) self, Tensor other, *, str? rounding_mode) -> Tensor(a!)`
 */
export const divide_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
  (self: Tensor, other: Scalar | Tensor, options: { roundingMode: string | null }): Tensor;
}>("divide_", "aten::divide_");

/** `dot(Tensor self, Tensor tensor) -> Tensor` */
export const dot = operator<{
  (self: Tensor, tensor: Tensor): Tensor;
}>("dot", "aten::dot");

/** `dropout(Tensor input, float p, bool train) -> Tensor` */
export const dropout = operator<{
  (input: Tensor, p: number, train: boolean): Tensor;
}>("dropout", "aten::dropout");

/** `dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)` */
export const dropout_ = operator<{
  (self: Tensor, p: number, train: boolean): Tensor;
}>("dropout_", "aten::dropout_");

/**
 * - `dsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]`
 * - `dsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]`
 */
export const dsplit = operator<{
  (self: Tensor, indices: Ints): Tensor[];
  (self: Tensor, sections: Int): Tensor[];
}>("dsplit", "aten::dsplit");

/** `dstack(Tensor[] tensors) -> Tensor` */
export const dstack = operator<{
  (tensors: readonly Tensor[]): Tensor;
}>("dstack", "aten::dstack");

/** `einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor` */
export const einsum = operator<{
  (equation: string, tensors: readonly Tensor[], options?: { path?: Ints | null }): Tensor;
}>("einsum", "aten::einsum");

/** `elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor` */
export const elu = operator<{
  (self: Tensor, options?: { alpha?: Scalar; scale?: Scalar; inputScale?: Scalar }): Tensor;
  (self: Tensor, alpha: Scalar, scale?: Scalar, inputScale?: Scalar): Tensor;
}>("elu", "aten::elu");

/** `elu_(Tensor(a!) self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor(a!)` */
export const elu_ = operator<{
  (self: Tensor, options?: { alpha?: Scalar; scale?: Scalar; inputScale?: Scalar }): Tensor;
  (self: Tensor, alpha: Scalar, scale?: Scalar, inputScale?: Scalar): Tensor;
}>("elu_", "aten::elu_");

/** `elu_backward(Tensor grad_output, Scalar alpha, Scalar scale, Scalar input_scale, bool is_result, Tensor self_or_result) -> Tensor` */
export const eluBackward = operator<{
  (gradOutput: Tensor, alpha: Scalar, scale: Scalar, inputScale: Scalar, isResult: boolean, selfOrResult: Tensor): Tensor;
}>("eluBackward", "aten::elu_backward");

/** `embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor` */
export const embedding = operator<{
  (weight: Tensor, indices: Tensor, options?: { paddingIdx?: Int; scaleGradByFreq?: boolean; sparse?: boolean }): Tensor;
  (weight: Tensor, indices: Tensor, paddingIdx: Int, scaleGradByFreq?: boolean, sparse?: boolean): Tensor;
}>("embedding", "aten::embedding");

/** `embedding_backward(Tensor grad, Tensor indices, SymInt num_weights, SymInt padding_idx, bool scale_grad_by_freq, bool sparse) -> Tensor` */
export const embeddingBackward = operator<{
  (grad: Tensor, indices: Tensor, numWeights: Int, paddingIdx: Int, scaleGradByFreq: boolean, sparse: boolean): Tensor;
}>("embeddingBackward", "aten::embedding_backward");

/**
 * - `embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False) -> (Tensor, Tensor, Tensor, Tensor)`
 * - `embedding_bag.padding_idx(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq, int mode, bool sparse, Tensor? per_sample_weights, bool include_last_offset, int? padding_idx) -> (Tensor, Tensor, Tensor, Tensor)`
 */
export const embeddingBag = operator<{
  (weight: Tensor, indices: Tensor, offsets: Tensor, options?: { scaleGradByFreq?: boolean; mode?: Int; sparse?: boolean; perSampleWeights?: Tensor | null; includeLastOffset?: boolean }): [Tensor, Tensor, Tensor, Tensor];
  (weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq: boolean, mode?: Int, sparse?: boolean, perSampleWeights?: Tensor | null, includeLastOffset?: boolean): [Tensor, Tensor, Tensor, Tensor];
  (weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq: boolean, mode: Int, sparse: boolean, perSampleWeights: Tensor | null, includeLastOffset: boolean, paddingIdx: Int | null): [Tensor, Tensor, Tensor, Tensor];
}>("embeddingBag", "aten::embedding_bag");

/** `embedding_dense_backward(Tensor grad_output, Tensor indices, SymInt num_weights, SymInt padding_idx, bool scale_grad_by_freq) -> Tensor` */
export const embeddingDenseBackward = operator<{
  (gradOutput: Tensor, indices: Tensor, numWeights: Int, paddingIdx: Int, scaleGradByFreq: boolean): Tensor;
}>("embeddingDenseBackward", "aten::embedding_dense_backward");

/** `embedding_renorm(Tensor self, Tensor indices, float max_norm, float norm_type) -> Tensor` */
export const embeddingRenorm = operator<{
  (self: Tensor, indices: Tensor, maxNorm: number, normType: number): Tensor;
}>("embeddingRenorm", "aten::embedding_renorm");

/** `embedding_renorm_(Tensor(a!) self, Tensor indices, float max_norm, float norm_type) -> Tensor(a!)` */
export const embeddingRenorm_ = operator<{
  (self: Tensor, indices: Tensor, maxNorm: number, normType: number): Tensor;
}>("embeddingRenorm_", "aten::embedding_renorm_");

/** `embedding_sparse_backward(Tensor grad, Tensor indices, int num_weights, int padding_idx, bool scale_grad_by_freq) -> Tensor` */
export const embeddingSparseBackward = operator<{
  (grad: Tensor, indices: Tensor, numWeights: Int, paddingIdx: Int, scaleGradByFreq: boolean): Tensor;
}>("embeddingSparseBackward", "aten::embedding_sparse_backward");

/** `empty.memory_format(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor` */
export const empty = operator<{
  (size: Ints, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  (...size: Ints): Tensor;
}>("empty", "aten::empty");

/** `empty_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor` */
export const emptyLike = operator<{
  (self: Tensor, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
}>("emptyLike", "aten::empty_like");

/** `empty_permuted(SymInt[] size, int[] physical_layout, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const emptyPermuted = operator<{
  (size: Ints, physicalLayout: Ints, options?: FactoryOptions): Tensor;
}>("emptyPermuted", "aten::empty_permuted");

/** `empty_quantized(int[] size, Tensor qtensor, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor` */
export const emptyQuantized = operator<{
  (size: Ints, qtensor: Tensor, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
}>("emptyQuantized", "aten::empty_quantized");

/** `empty_strided(SymInt[] size, SymInt[] stride, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const emptyStrided = operator<{
  (size: Ints, stride: Ints, options?: FactoryOptions): Tensor;
}>("emptyStrided", "aten::empty_strided");

/**
 * - `eq.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `eq.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const eq = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("eq", "aten::eq");

/**
 * - `eq_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `eq_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const eq_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("eq_", "aten::eq_");

/** `equal(Tensor self, Tensor other) -> bool` */
export const equal = operator<{
  (self: Tensor, other: Tensor): boolean;
}>("equal", "aten::equal");

/** `erf(Tensor self) -> Tensor` */
export const erf = operator<{
  (self: Tensor): Tensor;
}>("erf", "aten::erf");

/** `erf_(Tensor(a!) self) -> Tensor(a!)` */
export const erf_ = operator<{
  (self: Tensor): Tensor;
}>("erf_", "aten::erf_");

/** `erfc(Tensor self) -> Tensor` */
export const erfc = operator<{
  (self: Tensor): Tensor;
}>("erfc", "aten::erfc");

/** `erfc_(Tensor(a!) self) -> Tensor(a!)` */
export const erfc_ = operator<{
  (self: Tensor): Tensor;
}>("erfc_", "aten::erfc_");

/** `erfinv(Tensor self) -> Tensor` */
export const erfinv = operator<{
  (self: Tensor): Tensor;
}>("erfinv", "aten::erfinv");

/** `erfinv_(Tensor(a!) self) -> Tensor(a!)` */
export const erfinv_ = operator<{
  (self: Tensor): Tensor;
}>("erfinv_", "aten::erfinv_");

/** `exp(Tensor self) -> Tensor` */
export const exp = operator<{
  (self: Tensor): Tensor;
}>("exp", "aten::exp");

/** `exp2(Tensor self) -> Tensor` */
export const exp2 = operator<{
  (self: Tensor): Tensor;
}>("exp2", "aten::exp2");

/** `exp2_(Tensor(a!) self) -> Tensor(a!)` */
export const exp2_ = operator<{
  (self: Tensor): Tensor;
}>("exp2_", "aten::exp2_");

/** `exp_(Tensor(a!) self) -> Tensor(a!)` */
export const exp_ = operator<{
  (self: Tensor): Tensor;
}>("exp_", "aten::exp_");

/** `expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)` */
export const expand = operator<{
  (self: Tensor, size: Ints, options?: { implicit?: boolean }): Tensor;
}>("expand", "aten::expand");

/** `expand_as(Tensor(a) self, Tensor other) -> Tensor(a)` */
export const expandAs = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("expandAs", "aten::expand_as");

/** `expand_copy(Tensor self, SymInt[] size, *, bool implicit=False) -> Tensor` */
export const expandCopy = operator<{
  (self: Tensor, size: Ints, options?: { implicit?: boolean }): Tensor;
}>("expandCopy", "aten::expand_copy");

/** `expm1(Tensor self) -> Tensor` */
export const expm1 = operator<{
  (self: Tensor): Tensor;
}>("expm1", "aten::expm1");

/** `expm1_(Tensor(a!) self) -> Tensor(a!)` */
export const expm1_ = operator<{
  (self: Tensor): Tensor;
}>("expm1_", "aten::expm1_");

/** `exponential(Tensor self, float lambd=1., *, Generator? generator=None) -> Tensor` */
export const exponential = operator<{
  (self: Tensor, options?: { lambd?: number; generator?: Generator | null }): Tensor;
  (self: Tensor, lambd: number, options?: { generator?: Generator | null }): Tensor;
}>("exponential", "aten::exponential");

/** `exponential_(Tensor(a!) self, float lambd=1., *, Generator? generator=None) -> Tensor(a!)` */
export const exponential_ = operator<{
  (self: Tensor, options?: { lambd?: number; generator?: Generator | null }): Tensor;
  (self: Tensor, lambd: number, options?: { generator?: Generator | null }): Tensor;
}>("exponential_", "aten::exponential_");

/**
 * - `eye(SymInt n, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `eye.m(SymInt n, SymInt m, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const eye = operator<{
  (n: Int, options?: FactoryOptions): Tensor;
  (n: Int, m: Int, options?: FactoryOptions): Tensor;
}>("eye", "aten::eye");

/** `fake_quantize_per_channel_affine(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, int quant_max) -> Tensor` */
export const fakeQuantizePerChannelAffine = operator<{
  (self: Tensor, scale: Tensor, zeroPoint: Tensor, axis: Int, quantMin: Int, quantMax: Int): Tensor;
}>("fakeQuantizePerChannelAffine", "aten::fake_quantize_per_channel_affine");

/** `fake_quantize_per_channel_affine_cachemask(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, int quant_max) -> (Tensor output, Tensor mask)` */
export const fakeQuantizePerChannelAffineCachemask = operator<{
  (self: Tensor, scale: Tensor, zeroPoint: Tensor, axis: Int, quantMin: Int, quantMax: Int): Named<{ output: Tensor; mask: Tensor }, [output: Tensor, mask: Tensor]>;
}>("fakeQuantizePerChannelAffineCachemask", "aten::fake_quantize_per_channel_affine_cachemask");

/** `fake_quantize_per_channel_affine_cachemask_backward(Tensor grad, Tensor mask) -> Tensor` */
export const fakeQuantizePerChannelAffineCachemaskBackward = operator<{
  (grad: Tensor, mask: Tensor): Tensor;
}>("fakeQuantizePerChannelAffineCachemaskBackward", "aten::fake_quantize_per_channel_affine_cachemask_backward");

/**
 * - `fake_quantize_per_tensor_affine(Tensor self, float scale, int zero_point, int quant_min, int quant_max) -> Tensor`
 * - `fake_quantize_per_tensor_affine.tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, int quant_min, int quant_max) -> Tensor`
 */
export const fakeQuantizePerTensorAffine = operator<{
  (self: Tensor, scale: number, zeroPoint: Int, quantMin: Int, quantMax: Int): Tensor;
  (self: Tensor, scale: Tensor, zeroPoint: Tensor, quantMin: Int, quantMax: Int): Tensor;
}>("fakeQuantizePerTensorAffine", "aten::fake_quantize_per_tensor_affine");

/** `fake_quantize_per_tensor_affine_cachemask(Tensor self, float scale, int zero_point, int quant_min, int quant_max) -> (Tensor output, Tensor mask)` */
export const fakeQuantizePerTensorAffineCachemask = operator<{
  (self: Tensor, scale: number, zeroPoint: Int, quantMin: Int, quantMax: Int): Named<{ output: Tensor; mask: Tensor }, [output: Tensor, mask: Tensor]>;
}>("fakeQuantizePerTensorAffineCachemask", "aten::fake_quantize_per_tensor_affine_cachemask");

/** `fake_quantize_per_tensor_affine_cachemask_backward(Tensor grad, Tensor mask) -> Tensor` */
export const fakeQuantizePerTensorAffineCachemaskBackward = operator<{
  (grad: Tensor, mask: Tensor): Tensor;
}>("fakeQuantizePerTensorAffineCachemaskBackward", "aten::fake_quantize_per_tensor_affine_cachemask_backward");

/**
 * - `fbgemm_linear_fp16_weight(Tensor input, Tensor packed_weight, Tensor bias) -> Tensor`
 * - `fbgemm_linear_fp16_weight.out(Tensor input, Tensor packed_weight, Tensor bias, Tensor(a!) output) -> Tensor`
 */
export const fbgemmLinearFp16Weight = operator<{
  (input: Tensor, packedWeight: Tensor, bias: Tensor): Tensor;
  (input: Tensor, packedWeight: Tensor, bias: Tensor, output: Tensor): Tensor;
}>("fbgemmLinearFp16Weight", "aten::fbgemm_linear_fp16_weight");

/**
 * - `fbgemm_linear_fp16_weight_fp32_activation(Tensor input, Tensor packed_weight, Tensor? bias) -> Tensor`
 * - `fbgemm_linear_fp16_weight_fp32_activation.out(Tensor input, Tensor packed_weight, Tensor? bias, Tensor(a!) output) -> Tensor`
 */
export const fbgemmLinearFp16WeightFp32Activation = operator<{
  (input: Tensor, packedWeight: Tensor, bias: Tensor | null): Tensor;
  (input: Tensor, packedWeight: Tensor, bias: Tensor | null, output: Tensor): Tensor;
}>("fbgemmLinearFp16WeightFp32Activation", "aten::fbgemm_linear_fp16_weight_fp32_activation");

/** `fbgemm_linear_int8_weight(Tensor input, Tensor weight, Tensor packed, Tensor col_offsets, Scalar weight_scale, Scalar weight_zero_point, Tensor bias) -> Tensor` */
export const fbgemmLinearInt8Weight = operator<{
  (input: Tensor, weight: Tensor, packed: Tensor, colOffsets: Tensor, weightScale: Scalar, weightZeroPoint: Scalar, bias: Tensor): Tensor;
}>("fbgemmLinearInt8Weight", "aten::fbgemm_linear_int8_weight");

/** `fbgemm_linear_int8_weight_fp32_activation(Tensor input, Tensor weight, Tensor packed, Tensor col_offsets, Scalar weight_scale, Scalar weight_zero_point, Tensor bias) -> Tensor` */
export const fbgemmLinearInt8WeightFp32Activation = operator<{
  (input: Tensor, weight: Tensor, packed: Tensor, colOffsets: Tensor, weightScale: Scalar, weightZeroPoint: Scalar, bias: Tensor): Tensor;
}>("fbgemmLinearInt8WeightFp32Activation", "aten::fbgemm_linear_int8_weight_fp32_activation");

/** `fbgemm_linear_quantize_weight(Tensor input) -> (Tensor, Tensor, float, int)` */
export const fbgemmLinearQuantizeWeight = operator<{
  (input: Tensor): [Tensor, Tensor, number, number];
}>("fbgemmLinearQuantizeWeight", "aten::fbgemm_linear_quantize_weight");

/** `fbgemm_pack_gemm_matrix_fp16(Tensor input) -> Tensor` */
export const fbgemmPackGemmMatrixFp16 = operator<{
  (input: Tensor): Tensor;
}>("fbgemmPackGemmMatrixFp16", "aten::fbgemm_pack_gemm_matrix_fp16");

/**
 * - `fbgemm_pack_quantized_matrix(Tensor input) -> Tensor`
 * - `fbgemm_pack_quantized_matrix.KN(Tensor input, int K, int N) -> Tensor`
 */
export const fbgemmPackQuantizedMatrix = operator<{
  (input: Tensor): Tensor;
  (input: Tensor, K: Int, N: Int): Tensor;
}>("fbgemmPackQuantizedMatrix", "aten::fbgemm_pack_quantized_matrix");

/** `feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor` */
export const featureAlphaDropout = operator<{
  (input: Tensor, p: number, train: boolean): Tensor;
}>("featureAlphaDropout", "aten::feature_alpha_dropout");

/** `feature_alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)` */
export const featureAlphaDropout_ = operator<{
  (self: Tensor, p: number, train: boolean): Tensor;
}>("featureAlphaDropout_", "aten::feature_alpha_dropout_");

/** `feature_dropout(Tensor input, float p, bool train) -> Tensor` */
export const featureDropout = operator<{
  (input: Tensor, p: number, train: boolean): Tensor;
}>("featureDropout", "aten::feature_dropout");

/** `feature_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)` */
export const featureDropout_ = operator<{
  (self: Tensor, p: number, train: boolean): Tensor;
}>("featureDropout_", "aten::feature_dropout_");

/** `fft_fft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor` */
export const fftFft = operator<{
  (self: Tensor, options?: { n?: Int | null; dim?: Int; norm?: string | null }): Tensor;
  (self: Tensor, n: Int | null, dim?: Int, norm?: string | null): Tensor;
}>("fftFft", "aten::fft_fft");

/** `fft_fft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor` */
export const fftFft2 = operator<{
  (self: Tensor, options?: { s?: Ints | Int | null; dim?: Ints | Int; norm?: string | null }): Tensor;
  (self: Tensor, s: Ints | Int | null, dim?: Ints | Int, norm?: string | null): Tensor;
}>("fftFft2", "aten::fft_fft2");

/** `fft_fftfreq(int n, float d=1., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const fftFftfreq = operator<{
  (n: Int, options?: { d?: number } & FactoryOptions): Tensor;
  (n: Int, d: number, options?: FactoryOptions): Tensor;
}>("fftFftfreq", "aten::fft_fftfreq");

/** `fft_fftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor` */
export const fftFftn = operator<{
  (self: Tensor, options?: { s?: Ints | Int | null; dim?: Ints | Int | null; norm?: string | null }): Tensor;
  (self: Tensor, s: Ints | Int | null, dim?: Ints | Int | null, norm?: string | null): Tensor;
}>("fftFftn", "aten::fft_fftn");

/** `fft_fftshift(Tensor self, int[1]? dim=None) -> Tensor` */
export const fftFftshift = operator<{
  (self: Tensor, options?: { dim?: Ints | Int | null }): Tensor;
  (self: Tensor, dim: Ints | Int | null): Tensor;
}>("fftFftshift", "aten::fft_fftshift");

/** `fft_hfft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor` */
export const fftHfft = operator<{
  (self: Tensor, options?: { n?: Int | null; dim?: Int; norm?: string | null }): Tensor;
  (self: Tensor, n: Int | null, dim?: Int, norm?: string | null): Tensor;
}>("fftHfft", "aten::fft_hfft");

/** `fft_hfft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor` */
export const fftHfft2 = operator<{
  (self: Tensor, options?: { s?: Ints | Int | null; dim?: Ints | Int; norm?: string | null }): Tensor;
  (self: Tensor, s: Ints | Int | null, dim?: Ints | Int, norm?: string | null): Tensor;
}>("fftHfft2", "aten::fft_hfft2");

/** `fft_hfftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor` */
export const fftHfftn = operator<{
  (self: Tensor, options?: { s?: Ints | Int | null; dim?: Ints | Int | null; norm?: string | null }): Tensor;
  (self: Tensor, s: Ints | Int | null, dim?: Ints | Int | null, norm?: string | null): Tensor;
}>("fftHfftn", "aten::fft_hfftn");

/** `fft_ifft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor` */
export const fftIfft = operator<{
  (self: Tensor, options?: { n?: Int | null; dim?: Int; norm?: string | null }): Tensor;
  (self: Tensor, n: Int | null, dim?: Int, norm?: string | null): Tensor;
}>("fftIfft", "aten::fft_ifft");

/** `fft_ifft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor` */
export const fftIfft2 = operator<{
  (self: Tensor, options?: { s?: Ints | Int | null; dim?: Ints | Int; norm?: string | null }): Tensor;
  (self: Tensor, s: Ints | Int | null, dim?: Ints | Int, norm?: string | null): Tensor;
}>("fftIfft2", "aten::fft_ifft2");

/** `fft_ifftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor` */
export const fftIfftn = operator<{
  (self: Tensor, options?: { s?: Ints | Int | null; dim?: Ints | Int | null; norm?: string | null }): Tensor;
  (self: Tensor, s: Ints | Int | null, dim?: Ints | Int | null, norm?: string | null): Tensor;
}>("fftIfftn", "aten::fft_ifftn");

/** `fft_ifftshift(Tensor self, int[1]? dim=None) -> Tensor` */
export const fftIfftshift = operator<{
  (self: Tensor, options?: { dim?: Ints | Int | null }): Tensor;
  (self: Tensor, dim: Ints | Int | null): Tensor;
}>("fftIfftshift", "aten::fft_ifftshift");

/** `fft_ihfft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor` */
export const fftIhfft = operator<{
  (self: Tensor, options?: { n?: Int | null; dim?: Int; norm?: string | null }): Tensor;
  (self: Tensor, n: Int | null, dim?: Int, norm?: string | null): Tensor;
}>("fftIhfft", "aten::fft_ihfft");

/** `fft_ihfft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor` */
export const fftIhfft2 = operator<{
  (self: Tensor, options?: { s?: Ints | Int | null; dim?: Ints | Int; norm?: string | null }): Tensor;
  (self: Tensor, s: Ints | Int | null, dim?: Ints | Int, norm?: string | null): Tensor;
}>("fftIhfft2", "aten::fft_ihfft2");

/** `fft_ihfftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor` */
export const fftIhfftn = operator<{
  (self: Tensor, options?: { s?: Ints | Int | null; dim?: Ints | Int | null; norm?: string | null }): Tensor;
  (self: Tensor, s: Ints | Int | null, dim?: Ints | Int | null, norm?: string | null): Tensor;
}>("fftIhfftn", "aten::fft_ihfftn");

/** `fft_irfft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor` */
export const fftIrfft = operator<{
  (self: Tensor, options?: { n?: Int | null; dim?: Int; norm?: string | null }): Tensor;
  (self: Tensor, n: Int | null, dim?: Int, norm?: string | null): Tensor;
}>("fftIrfft", "aten::fft_irfft");

/** `fft_irfft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor` */
export const fftIrfft2 = operator<{
  (self: Tensor, options?: { s?: Ints | Int | null; dim?: Ints | Int; norm?: string | null }): Tensor;
  (self: Tensor, s: Ints | Int | null, dim?: Ints | Int, norm?: string | null): Tensor;
}>("fftIrfft2", "aten::fft_irfft2");

/** `fft_irfftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor` */
export const fftIrfftn = operator<{
  (self: Tensor, options?: { s?: Ints | Int | null; dim?: Ints | Int | null; norm?: string | null }): Tensor;
  (self: Tensor, s: Ints | Int | null, dim?: Ints | Int | null, norm?: string | null): Tensor;
}>("fftIrfftn", "aten::fft_irfftn");

/** `fft_rfft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor` */
export const fftRfft = operator<{
  (self: Tensor, options?: { n?: Int | null; dim?: Int; norm?: string | null }): Tensor;
  (self: Tensor, n: Int | null, dim?: Int, norm?: string | null): Tensor;
}>("fftRfft", "aten::fft_rfft");

/** `fft_rfft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor` */
export const fftRfft2 = operator<{
  (self: Tensor, options?: { s?: Ints | Int | null; dim?: Ints | Int; norm?: string | null }): Tensor;
  (self: Tensor, s: Ints | Int | null, dim?: Ints | Int, norm?: string | null): Tensor;
}>("fftRfft2", "aten::fft_rfft2");

/** `fft_rfftfreq(int n, float d=1., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const fftRfftfreq = operator<{
  (n: Int, options?: { d?: number } & FactoryOptions): Tensor;
  (n: Int, d: number, options?: FactoryOptions): Tensor;
}>("fftRfftfreq", "aten::fft_rfftfreq");

/** `fft_rfftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor` */
export const fftRfftn = operator<{
  (self: Tensor, options?: { s?: Ints | Int | null; dim?: Ints | Int | null; norm?: string | null }): Tensor;
  (self: Tensor, s: Ints | Int | null, dim?: Ints | Int | null, norm?: string | null): Tensor;
}>("fftRfftn", "aten::fft_rfftn");

/**
 * - `fill.Scalar(Tensor self, Scalar value) -> Tensor`
 * - `fill.Tensor(Tensor self, Tensor value) -> Tensor`
 */
export const fill = operator<{
  (self: Tensor, value: Scalar | Tensor): Tensor;
}>("fill", "aten::fill");

/**
 * - `fill_.Scalar(Tensor(a!) self, Scalar value) -> Tensor(a!)`
 * - `fill_.Tensor(Tensor(a!) self, Tensor value) -> Tensor(a!)`
 */
export const fill_ = operator<{
  (self: Tensor, value: Scalar | Tensor): Tensor;
}>("fill_", "aten::fill_");

/** `fill_diagonal_(Tensor(a!) self, Scalar fill_value, bool wrap=False) -> Tensor(a!)` */
export const fillDiagonal_ = operator<{
  (self: Tensor, fillValue: Scalar, options?: { wrap?: boolean }): Tensor;
  (self: Tensor, fillValue: Scalar, wrap: boolean): Tensor;
}>("fillDiagonal_", "aten::fill_diagonal_");

/** `fix(Tensor self) -> Tensor` */
export const fix = operator<{
  (self: Tensor): Tensor;
}>("fix", "aten::fix");

/** `fix_(Tensor(a!) self) -> Tensor(a!)` */
export const fix_ = operator<{
  (self: Tensor): Tensor;
}>("fix_", "aten::fix_");

/** `flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)` */
export const flatten = operator<{
  (self: Tensor, options?: { startDim?: Int; endDim?: Int }): Tensor;
  (self: Tensor, startDim: Int, endDim?: Int): Tensor;
}>("flatten", "aten::flatten");

/** `flatten_dense_tensors(Tensor[] tensors) -> Tensor` */
export const flattenDenseTensors = operator<{
  (tensors: readonly Tensor[]): Tensor;
}>("flattenDenseTensors", "aten::flatten_dense_tensors");

/** `flip(Tensor self, int[] dims) -> Tensor` */
export const flip = operator<{
  (self: Tensor, dims: Ints): Tensor;
}>("flip", "aten::flip");

/** `fliplr(Tensor self) -> Tensor` */
export const fliplr = operator<{
  (self: Tensor): Tensor;
}>("fliplr", "aten::fliplr");

/** `flipud(Tensor self) -> Tensor` */
export const flipud = operator<{
  (self: Tensor): Tensor;
}>("flipud", "aten::flipud");

/**
 * - `float_power.Scalar(Scalar self, Tensor exponent) -> Tensor`
 * - `float_power.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor`
 * - `float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor`
 */
export const floatPower = operator<{
  (self: Scalar | Tensor, exponent: Tensor): Tensor;
  (self: Tensor, exponent: Scalar): Tensor;
}>("floatPower", "aten::float_power");

/**
 * - `float_power_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)`
 * - `float_power_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)`
 */
export const floatPower_ = operator<{
  (self: Tensor, exponent: Scalar | Tensor): Tensor;
}>("floatPower_", "aten::float_power_");

/** `floor(Tensor self) -> Tensor` */
export const floor = operator<{
  (self: Tensor): Tensor;
}>("floor", "aten::floor");

/** `floor_(Tensor(a!) self) -> Tensor(a!)` */
export const floor_ = operator<{
  (self: Tensor): Tensor;
}>("floor_", "aten::floor_");

/**
 * - `floor_divide(Tensor self, Tensor other) -> Tensor`
 * - `floor_divide.Scalar(Tensor self, Scalar other) -> Tensor`
 */
export const floorDivide = operator<{
  (self: Tensor, other: Tensor | Scalar): Tensor;
}>("floorDivide", "aten::floor_divide");

/**
 * - `floor_divide_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `floor_divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const floorDivide_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("floorDivide_", "aten::floor_divide_");

/** `fmax(Tensor self, Tensor other) -> Tensor` */
export const fmax = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("fmax", "aten::fmax");

/** `fmin(Tensor self, Tensor other) -> Tensor` */
export const fmin = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("fmin", "aten::fmin");

/**
 * - `fmod.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `fmod.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const fmod = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("fmod", "aten::fmod");

/**
 * - `fmod_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `fmod_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const fmod_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("fmod_", "aten::fmod_");

/** `frac(Tensor self) -> Tensor` */
export const frac = operator<{
  (self: Tensor): Tensor;
}>("frac", "aten::frac");

/** `frac_(Tensor(a!) self) -> Tensor(a!)` */
export const frac_ = operator<{
  (self: Tensor): Tensor;
}>("frac_", "aten::frac_");

/** `fractional_max_pool2d(Tensor self, int[2] kernel_size, int[2] output_size, Tensor random_samples) -> (Tensor, Tensor)` */
export const fractionalMaxPool2d = operator<{
  (self: Tensor, kernelSize: Ints | Int, outputSize: Ints | Int, randomSamples: Tensor): [Tensor, Tensor];
}>("fractionalMaxPool2d", "aten::fractional_max_pool2d");

/** `fractional_max_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] output_size, Tensor indices) -> Tensor` */
export const fractionalMaxPool2dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, kernelSize: Ints | Int, outputSize: Ints | Int, indices: Tensor): Tensor;
}>("fractionalMaxPool2dBackward", "aten::fractional_max_pool2d_backward");

/** `fractional_max_pool3d(Tensor self, int[3] kernel_size, int[3] output_size, Tensor random_samples) -> (Tensor, Tensor)` */
export const fractionalMaxPool3d = operator<{
  (self: Tensor, kernelSize: Ints | Int, outputSize: Ints | Int, randomSamples: Tensor): [Tensor, Tensor];
}>("fractionalMaxPool3d", "aten::fractional_max_pool3d");

/** `fractional_max_pool3d_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] output_size, Tensor indices) -> Tensor` */
export const fractionalMaxPool3dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, kernelSize: Ints | Int, outputSize: Ints | Int, indices: Tensor): Tensor;
}>("fractionalMaxPool3dBackward", "aten::fractional_max_pool3d_backward");

/** `frexp.Tensor(Tensor self) -> (Tensor mantissa, Tensor exponent)` */
export const frexp = operator<{
  (self: Tensor): Named<{ mantissa: Tensor; exponent: Tensor }, [mantissa: Tensor, exponent: Tensor]>;
}>("frexp", "aten::frexp");

/** `frobenius_norm.dim(Tensor self, int[1] dim, bool keepdim=False) -> Tensor` */
export const frobeniusNorm = operator<{
  (self: Tensor, dim: Ints | Int, options?: { keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | Int, keepdim: boolean): Tensor;
}>("frobeniusNorm", "aten::frobenius_norm");

/** `from_file(str filename, bool? shared=None, int? size=0, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const fromFile = operator<{
  (filename: string, options?: { shared?: boolean | null; size?: Int | null } & FactoryOptions): Tensor;
  (filename: string, shared: boolean | null, size?: Int | null, options?: FactoryOptions): Tensor;
}>("fromFile", "aten::from_file");

/** `full(SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const full = operator<{
  (size: Ints, fillValue: Scalar, options?: FactoryOptions): Tensor;
}>("full", "aten::full");

/** `full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor` */
export const fullLike = operator<{
  (self: Tensor, fillValue: Scalar, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
}>("fullLike", "aten::full_like");

/** `fused_moving_avg_obs_fake_quant(Tensor self, Tensor observer_on, Tensor fake_quant_on, Tensor(a!) running_min, Tensor(b!) running_max, Tensor(c!) scale, Tensor(d!) zero_point, float averaging_const, int quant_min, int quant_max, int ch_axis, bool per_row_fake_quant=False, bool symmetric_quant=False) -> Tensor` */
export const fusedMovingAvgObsFakeQuant = operator<{
  (self: Tensor, observerOn: Tensor, fakeQuantOn: Tensor, runningMin: Tensor, runningMax: Tensor, scale: Tensor, zeroPoint: Tensor, averagingConst: number, quantMin: Int, quantMax: Int, chAxis: Int, options?: { perRowFakeQuant?: boolean; symmetricQuant?: boolean }): Tensor;
  (self: Tensor, observerOn: Tensor, fakeQuantOn: Tensor, runningMin: Tensor, runningMax: Tensor, scale: Tensor, zeroPoint: Tensor, averagingConst: number, quantMin: Int, quantMax: Int, chAxis: Int, perRowFakeQuant: boolean, symmetricQuant?: boolean): Tensor;
}>("fusedMovingAvgObsFakeQuant", "aten::fused_moving_avg_obs_fake_quant");

/** `gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor` */
export const gather = operator<{
  (self: Tensor, dim: Int, index: Tensor, options?: { sparseGrad?: boolean }): Tensor;
}>("gather", "aten::gather");

/** `gather_backward(Tensor grad, Tensor self, int dim, Tensor index, bool sparse_grad) -> Tensor` */
export const gatherBackward = operator<{
  (grad: Tensor, self: Tensor, dim: Int, index: Tensor, sparseGrad: boolean): Tensor;
}>("gatherBackward", "aten::gather_backward");

/** `gcd(Tensor self, Tensor other) -> Tensor` */
export const gcd = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("gcd", "aten::gcd");

/** `gcd_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const gcd_ = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("gcd_", "aten::gcd_");

/**
 * - `ge.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `ge.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const ge = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("ge", "aten::ge");

/**
 * - `ge_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `ge_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const ge_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("ge_", "aten::ge_");

/** `gelu(Tensor self, *, str approximate="none") -> Tensor` */
export const gelu = operator<{
  (self: Tensor, options?: { approximate?: string }): Tensor;
}>("gelu", "aten::gelu");

/** `gelu_(Tensor(a!) self, *, str approximate="none") -> Tensor(a!)` */
export const gelu_ = operator<{
  (self: Tensor, options?: { approximate?: string }): Tensor;
}>("gelu_", "aten::gelu_");

/** `gelu_backward(Tensor grad_output, Tensor self, *, str approximate="none") -> Tensor` */
export const geluBackward = operator<{
  (gradOutput: Tensor, self: Tensor, options?: { approximate?: string }): Tensor;
}>("geluBackward", "aten::gelu_backward");

/** `geometric(Tensor self, float p, *, Generator? generator=None) -> Tensor` */
export const geometric = operator<{
  (self: Tensor, p: number, options?: { generator?: Generator | null }): Tensor;
}>("geometric", "aten::geometric");

/** `geometric_(Tensor(a!) self, float p, *, Generator? generator=None) -> Tensor(a!)` */
export const geometric_ = operator<{
  (self: Tensor, p: number, options?: { generator?: Generator | null }): Tensor;
}>("geometric_", "aten::geometric_");

/** `geqrf(Tensor self) -> (Tensor a, Tensor tau)` */
export const geqrf = operator<{
  (self: Tensor): Named<{ a: Tensor; tau: Tensor }, [a: Tensor, tau: Tensor]>;
}>("geqrf", "aten::geqrf");

/** `ger(Tensor self, Tensor vec2) -> Tensor` */
export const ger = operator<{
  (self: Tensor, vec2: Tensor): Tensor;
}>("ger", "aten::ger");

/** `get_device(Tensor self) -> int` */
export const getDevice = operator<{
  (self: Tensor): number;
}>("getDevice", "aten::get_device");

/** `get_gradients(int context_id) -> Dict(Tensor, Tensor)` */
export const getGradients = operator<{
  (contextId: Int): unknown;
}>("getGradients", "aten::get_gradients");

/** `glu(Tensor self, int dim=-1) -> Tensor` */
export const glu = operator<{
  (self: Tensor, options?: { dim?: Int }): Tensor;
  (self: Tensor, dim: Int): Tensor;
}>("glu", "aten::glu");

/** `glu_backward(Tensor grad_output, Tensor self, int dim) -> Tensor` */
export const gluBackward = operator<{
  (gradOutput: Tensor, self: Tensor, dim: Int): Tensor;
}>("gluBackward", "aten::glu_backward");

/** `glu_backward_jvp(Tensor grad_x, Tensor grad_glu, Tensor x, Tensor dgrad_glu, Tensor dx, int dim) -> Tensor` */
export const gluBackwardJvp = operator<{
  (gradX: Tensor, gradGlu: Tensor, x: Tensor, dgradGlu: Tensor, dx: Tensor, dim: Int): Tensor;
}>("gluBackwardJvp", "aten::glu_backward_jvp");

/** `glu_jvp(Tensor glu, Tensor x, Tensor dx, int dim) -> Tensor` */
export const gluJvp = operator<{
  (glu: Tensor, x: Tensor, dx: Tensor, dim: Int): Tensor;
}>("gluJvp", "aten::glu_jvp");

/**
 * - `gradient.array(Tensor self, *, int[] dim, int edge_order=1) -> Tensor[]`
 * - `gradient.scalararray(Tensor self, *, Scalar spacing, int[] dim, int edge_order=1) -> Tensor[]`
 * - `gradient.scalarint(Tensor self, *, Scalar? spacing=None, int? dim=None, int edge_order=1) -> Tensor[]`
 * - `gradient.scalarrayarray(Tensor self, *, Scalar[] spacing, int[] dim, int edge_order=1) -> Tensor[]`
 * - `gradient.scalarrayint(Tensor self, *, Scalar[] spacing, int? dim=None, int edge_order=1) -> Tensor[]`
 * - `gradient.tensorarray(Tensor self, *, Tensor[] spacing, int[] dim, int edge_order=1) -> Tensor[]`
 * - `gradient.tensorarrayint(Tensor self, *, Tensor[] spacing, int? dim=None, int edge_order=1) -> Tensor[]`
 */
export const gradient = operator<{
  (self: Tensor, options: { dim: Ints; edgeOrder?: Int }): Tensor[];
  (self: Tensor, options: { spacing: Scalar; dim: Ints; edgeOrder?: Int }): Tensor[];
  (self: Tensor, options?: { spacing?: Scalar | null; dim?: Int | null; edgeOrder?: Int }): Tensor[];
  (self: Tensor, options: { spacing: readonly Scalar[]; dim: Ints; edgeOrder?: Int }): Tensor[];
  (self: Tensor, options: { spacing: readonly Scalar[]; dim?: Int | null; edgeOrder?: Int }): Tensor[];
  (self: Tensor, options: { spacing: readonly Tensor[]; dim: Ints; edgeOrder?: Int }): Tensor[];
  (self: Tensor, options: { spacing: readonly Tensor[]; dim?: Int | null; edgeOrder?: Int }): Tensor[];
}>("gradient", "aten::gradient");

/**
 * - `greater.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `greater.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const greater = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("greater", "aten::greater");

/**
 * - `greater_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `greater_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const greater_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("greater_", "aten::greater_");

/**
 * - `greater_equal.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `greater_equal.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const greaterEqual = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("greaterEqual", "aten::greater_equal");

/**
 * - `greater_equal_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `greater_equal_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const greaterEqual_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("greaterEqual_", "aten::greater_equal_");

/** `grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor` */
export const gridSampler = operator<{
  (input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean): Tensor;
}>("gridSampler", "aten::grid_sampler");

/** `grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor` */
export const gridSampler2d = operator<{
  (input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean): Tensor;
}>("gridSampler2d", "aten::grid_sampler_2d");

/** `grid_sampler_2d_backward(Tensor grad_output, Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners, bool[2] output_mask) -> (Tensor, Tensor)` */
export const gridSampler2dBackward = operator<{
  (gradOutput: Tensor, input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean, outputMask: readonly boolean[] | boolean): [Tensor, Tensor];
}>("gridSampler2dBackward", "aten::grid_sampler_2d_backward");

/** `grid_sampler_3d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor` */
export const gridSampler3d = operator<{
  (input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean): Tensor;
}>("gridSampler3d", "aten::grid_sampler_3d");

/** `grid_sampler_3d_backward(Tensor grad_output, Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners, bool[2] output_mask) -> (Tensor, Tensor)` */
export const gridSampler3dBackward = operator<{
  (gradOutput: Tensor, input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean, outputMask: readonly boolean[] | boolean): [Tensor, Tensor];
}>("gridSampler3dBackward", "aten::grid_sampler_3d_backward");

/** `group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1.0000000000000001e-05, bool cudnn_enabled=True) -> Tensor` */
export const groupNorm = operator<{
  (input: Tensor, numGroups: Int, options?: { weight?: Tensor | null; bias?: Tensor | null; eps?: number; cudnnEnabled?: boolean }): Tensor;
  (input: Tensor, numGroups: Int, weight: Tensor | null, bias?: Tensor | null, eps?: number, cudnnEnabled?: boolean): Tensor;
}>("groupNorm", "aten::group_norm");

/**
 * - `gru.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)`
 * - `gru.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)`
 */
export const gru = operator<{
  (data: Tensor, batchSizes: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
  (input: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor];
}>("gru", "aten::gru");

/** `gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor` */
export const gruCell = operator<{
  (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, options?: { bIh?: Tensor | null; bHh?: Tensor | null }): Tensor;
  (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor | null, bHh?: Tensor | null): Tensor;
}>("gruCell", "aten::gru_cell");

/**
 * - `gt.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `gt.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const gt = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("gt", "aten::gt");

/**
 * - `gt_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `gt_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const gt_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("gt_", "aten::gt_");

/**
 * - `hamming_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `hamming_window.periodic(int window_length, bool periodic, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `hamming_window.periodic_alpha(int window_length, bool periodic, float alpha, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `hamming_window.periodic_alpha_beta(int window_length, bool periodic, float alpha, float beta, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const hammingWindow = operator<{
  (windowLength: Int, options?: FactoryOptions): Tensor;
  (windowLength: Int, periodic: boolean, options?: FactoryOptions): Tensor;
  (windowLength: Int, periodic: boolean, alpha: number, options?: FactoryOptions): Tensor;
  (windowLength: Int, periodic: boolean, alpha: number, beta: number, options?: FactoryOptions): Tensor;
}>("hammingWindow", "aten::hamming_window");

/**
 * - `hann_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `hann_window.periodic(int window_length, bool periodic, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const hannWindow = operator<{
  (windowLength: Int, options?: FactoryOptions): Tensor;
  (windowLength: Int, periodic: boolean, options?: FactoryOptions): Tensor;
}>("hannWindow", "aten::hann_window");

/** `hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor` */
export const hardshrink = operator<{
  (self: Tensor, options?: { lambd?: Scalar }): Tensor;
  (self: Tensor, lambd: Scalar): Tensor;
}>("hardshrink", "aten::hardshrink");

/** `hardshrink_backward(Tensor grad_out, Tensor self, Scalar lambd) -> Tensor` */
export const hardshrinkBackward = operator<{
  (gradOut: Tensor, self: Tensor, lambd: Scalar): Tensor;
}>("hardshrinkBackward", "aten::hardshrink_backward");

/** `hardsigmoid(Tensor self) -> Tensor` */
export const hardsigmoid = operator<{
  (self: Tensor): Tensor;
}>("hardsigmoid", "aten::hardsigmoid");

/** `hardsigmoid_(Tensor(a!) self) -> Tensor(a!)` */
export const hardsigmoid_ = operator<{
  (self: Tensor): Tensor;
}>("hardsigmoid_", "aten::hardsigmoid_");

/** `hardsigmoid_backward(Tensor grad_output, Tensor self) -> Tensor` */
export const hardsigmoidBackward = operator<{
  (gradOutput: Tensor, self: Tensor): Tensor;
}>("hardsigmoidBackward", "aten::hardsigmoid_backward");

/** `hardswish(Tensor self) -> Tensor` */
export const hardswish = operator<{
  (self: Tensor): Tensor;
}>("hardswish", "aten::hardswish");

/** `hardswish_(Tensor(a!) self) -> Tensor(a!)` */
export const hardswish_ = operator<{
  (self: Tensor): Tensor;
}>("hardswish_", "aten::hardswish_");

/** `hardswish_backward(Tensor grad_output, Tensor self) -> Tensor` */
export const hardswishBackward = operator<{
  (gradOutput: Tensor, self: Tensor): Tensor;
}>("hardswishBackward", "aten::hardswish_backward");

/** `hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor` */
export const hardtanh = operator<{
  (self: Tensor, options?: { minVal?: Scalar; maxVal?: Scalar }): Tensor;
  (self: Tensor, minVal: Scalar, maxVal?: Scalar): Tensor;
}>("hardtanh", "aten::hardtanh");

/** `hardtanh_(Tensor(a!) self, Scalar min_val=-1, Scalar max_val=1) -> Tensor(a!)` */
export const hardtanh_ = operator<{
  (self: Tensor, options?: { minVal?: Scalar; maxVal?: Scalar }): Tensor;
  (self: Tensor, minVal: Scalar, maxVal?: Scalar): Tensor;
}>("hardtanh_", "aten::hardtanh_");

/** `hardtanh_backward(Tensor grad_output, Tensor self, Scalar min_val, Scalar max_val) -> Tensor` */
export const hardtanhBackward = operator<{
  (gradOutput: Tensor, self: Tensor, minVal: Scalar, maxVal: Scalar): Tensor;
}>("hardtanhBackward", "aten::hardtanh_backward");

/** `hash_tensor(Tensor self, int[1] dim=[], *, bool keepdim=False, int mode=0) -> Tensor` */
export const hashTensor = operator<{
  (self: Tensor, options?: { dim?: Ints | Int; keepdim?: boolean; mode?: Int }): Tensor;
  (self: Tensor, dim: Ints | Int, options?: { keepdim?: boolean; mode?: Int }): Tensor;
}>("hashTensor", "aten::hash_tensor");

/** `heaviside(Tensor self, Tensor values) -> Tensor` */
export const heaviside = operator<{
  (self: Tensor, values: Tensor): Tensor;
}>("heaviside", "aten::heaviside");

/** `heaviside_(Tensor(a!) self, Tensor values) -> Tensor(a!)` */
export const heaviside_ = operator<{
  (self: Tensor, values: Tensor): Tensor;
}>("heaviside_", "aten::heaviside_");

/** `hinge_embedding_loss(Tensor self, Tensor target, float margin=1., int reduction=1) -> Tensor` */
export const hingeEmbeddingLoss = operator<{
  (self: Tensor, target: Tensor, options?: { margin?: number; reduction?: Int }): Tensor;
  (self: Tensor, target: Tensor, margin: number, reduction?: Int): Tensor;
}>("hingeEmbeddingLoss", "aten::hinge_embedding_loss");

/** `histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor` */
export const histc = operator<{
  (self: Tensor, options?: { bins?: Int; min?: Scalar; max?: Scalar }): Tensor;
  (self: Tensor, bins: Int, min?: Scalar, max?: Scalar): Tensor;
}>("histc", "aten::histc");

/**
 * - `histogram.bins_tensor(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)`
 * - `histogram.bin_ct(Tensor self, int bins=100, *, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)`
 */
export const histogram = operator<{
  (self: Tensor, bins: Tensor, options?: { weight?: Tensor | null; density?: boolean }): Named<{ hist: Tensor; binEdges: Tensor }, [hist: Tensor, binEdges: Tensor]>;
  (self: Tensor, options?: { bins?: Int; range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Named<{ hist: Tensor; binEdges: Tensor }, [hist: Tensor, binEdges: Tensor]>;
  (self: Tensor, bins: Int, options?: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Named<{ hist: Tensor; binEdges: Tensor }, [hist: Tensor, binEdges: Tensor]>;
}>("histogram", "aten::histogram");

/**
 * - `histogramdd(Tensor self, int[] bins, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor[] bin_edges)`
 * - `histogramdd.TensorList_bins(Tensor self, Tensor[] bins, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor[] bin_edges)`
 * - `histogramdd.int_bins(Tensor self, int bins, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor[] bin_edges)`
 */
export const histogramdd = operator<{
  (self: Tensor, bins: Ints | readonly Tensor[] | Int, options?: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Named<{ hist: Tensor; binEdges: Tensor[] }, [hist: Tensor, binEdges: Tensor[]]>;
  (self: Tensor, bins: Ints | readonly Tensor[] | Int, range: readonly number[] | null, weight?: Tensor | null, density?: boolean): Named<{ hist: Tensor; binEdges: Tensor[] }, [hist: Tensor, binEdges: Tensor[]]>;
}>("histogramdd", "aten::histogramdd");

/**
 * - `hsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]`
 * - `hsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]`
 */
export const hsplit = operator<{
  (self: Tensor, indices: Ints): Tensor[];
  (self: Tensor, sections: Int): Tensor[];
}>("hsplit", "aten::hsplit");

/** `hspmm(Tensor mat1, Tensor mat2) -> Tensor` */
export const hspmm = operator<{
  (mat1: Tensor, mat2: Tensor): Tensor;
}>("hspmm", "aten::hspmm");

/** `hstack(Tensor[] tensors) -> Tensor` */
export const hstack = operator<{
  (tensors: readonly Tensor[]): Tensor;
}>("hstack", "aten::hstack");

/** `huber_loss(Tensor self, Tensor target, int reduction=1, float delta=1.) -> Tensor` */
export const huberLoss = operator<{
  (self: Tensor, target: Tensor, options?: { reduction?: Int; delta?: number }): Tensor;
  (self: Tensor, target: Tensor, reduction: Int, delta?: number): Tensor;
}>("huberLoss", "aten::huber_loss");

/** `huber_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, float delta) -> Tensor` */
export const huberLossBackward = operator<{
  (gradOutput: Tensor, self: Tensor, target: Tensor, reduction: Int, delta: number): Tensor;
}>("huberLossBackward", "aten::huber_loss_backward");

/** `hypot(Tensor self, Tensor other) -> Tensor` */
export const hypot = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("hypot", "aten::hypot");

/** `hypot_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const hypot_ = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("hypot_", "aten::hypot_");

/** `i0(Tensor self) -> Tensor` */
export const i0 = operator<{
  (self: Tensor): Tensor;
}>("i0", "aten::i0");

/** `i0_(Tensor(a!) self) -> Tensor(a!)` */
export const i0_ = operator<{
  (self: Tensor): Tensor;
}>("i0_", "aten::i0_");

/** `igamma(Tensor self, Tensor other) -> Tensor` */
export const igamma = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("igamma", "aten::igamma");

/** `igamma_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const igamma_ = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("igamma_", "aten::igamma_");

/** `igammac(Tensor self, Tensor other) -> Tensor` */
export const igammac = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("igammac", "aten::igammac");

/** `igammac_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const igammac_ = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("igammac_", "aten::igammac_");

/** `im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor` */
export const im2col = operator<{
  (self: Tensor, kernelSize: Ints | Int, dilation: Ints | Int, padding: Ints | Int, stride: Ints | Int): Tensor;
}>("im2col", "aten::im2col");

/** `imag(Tensor(a) self) -> Tensor(a)` */
export const imag = operator<{
  (self: Tensor): Tensor;
}>("imag", "aten::imag");

/** `index.Tensor(Tensor self, Tensor?[] indices) -> Tensor` */
export const index = operator<{
  (self: Tensor, indices: readonly (Tensor | null)[]): Tensor;
}>("index", "aten::index");

/** `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` */
export const indexAdd = operator<{
  (self: Tensor, dim: Int, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): Tensor;
}>("indexAdd", "aten::index_add");

/** `index_add_(Tensor(a!) self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor(a!)` */
export const indexAdd_ = operator<{
  (self: Tensor, dim: Int, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): Tensor;
}>("indexAdd_", "aten::index_add_");

/** `index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor` */
export const indexCopy = operator<{
  (self: Tensor, dim: Int, index: Tensor, source: Tensor): Tensor;
}>("indexCopy", "aten::index_copy");

/** `index_copy_(Tensor(a!) self, int dim, Tensor index, Tensor source) -> Tensor(a!)` */
export const indexCopy_ = operator<{
  (self: Tensor, dim: Int, index: Tensor, source: Tensor): Tensor;
}>("indexCopy_", "aten::index_copy_");

/**
 * - `index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor`
 * - `index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor`
 */
export const indexFill = operator<{
  (self: Tensor, dim: Int, index: Tensor, value: Scalar | Tensor): Tensor;
}>("indexFill", "aten::index_fill");

/**
 * - `index_fill_.int_Scalar(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)`
 * - `index_fill_.int_Tensor(Tensor(a!) self, int dim, Tensor index, Tensor value) -> Tensor(a!)`
 */
export const indexFill_ = operator<{
  (self: Tensor, dim: Int, index: Tensor, value: Scalar | Tensor): Tensor;
}>("indexFill_", "aten::index_fill_");

/** `index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor` */
export const indexPut = operator<{
  (self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, options?: { accumulate?: boolean }): Tensor;
  (self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, accumulate: boolean): Tensor;
}>("indexPut", "aten::index_put");

/** `index_put_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor(a!)` */
export const indexPut_ = operator<{
  (self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, options?: { accumulate?: boolean }): Tensor;
  (self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, accumulate: boolean): Tensor;
}>("indexPut_", "aten::index_put_");

/** `index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor` */
export const indexReduce = operator<{
  (self: Tensor, dim: Int, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean }): Tensor;
}>("indexReduce", "aten::index_reduce");

/** `index_reduce_(Tensor(a!) self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor(a!)` */
export const indexReduce_ = operator<{
  (self: Tensor, dim: Int, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean }): Tensor;
}>("indexReduce_", "aten::index_reduce_");

/** `index_select(Tensor self, int dim, Tensor index) -> Tensor` */
export const indexSelect = operator<{
  (self: Tensor, dim: Int, index: Tensor): Tensor;
}>("indexSelect", "aten::index_select");

/** `index_select_backward(Tensor grad, SymInt[] self_sizes, int dim, Tensor index) -> Tensor` */
export const indexSelectBackward = operator<{
  (grad: Tensor, selfSizes: Ints, dim: Int, index: Tensor): Tensor;
}>("indexSelectBackward", "aten::index_select_backward");

/** `indices(Tensor(a) self) -> Tensor(a)` */
export const indices = operator<{
  (self: Tensor): Tensor;
}>("indices", "aten::indices");

/** `indices_copy(Tensor self) -> Tensor` */
export const indicesCopy = operator<{
  (self: Tensor): Tensor;
}>("indicesCopy", "aten::indices_copy");

/** `infinitely_differentiable_gelu_backward(Tensor grad, Tensor self) -> Tensor` */
export const infinitelyDifferentiableGeluBackward = operator<{
  (grad: Tensor, self: Tensor): Tensor;
}>("infinitelyDifferentiableGeluBackward", "aten::infinitely_differentiable_gelu_backward");

/** `inner(Tensor self, Tensor other) -> Tensor` */
export const inner = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("inner", "aten::inner");

/** `instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled) -> Tensor` */
export const instanceNorm = operator<{
  (input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, useInputStats: boolean, momentum: number, eps: number, cudnnEnabled: boolean): Tensor;
}>("instanceNorm", "aten::instance_norm");

/** `int_repr(Tensor self) -> Tensor` */
export const intRepr = operator<{
  (self: Tensor): Tensor;
}>("intRepr", "aten::int_repr");

/** `inverse(Tensor self) -> Tensor` */
export const inverse = operator<{
  (self: Tensor): Tensor;
}>("inverse", "aten::inverse");

/** `is_coalesced(Tensor self) -> bool` */
export const isCoalesced = operator<{
  (self: Tensor): boolean;
}>("isCoalesced", "aten::is_coalesced");

/** `is_complex(Tensor self) -> bool` */
export const isComplex = operator<{
  (self: Tensor): boolean;
}>("isComplex", "aten::is_complex");

/** `is_conj(Tensor self) -> bool` */
export const isConj = operator<{
  (self: Tensor): boolean;
}>("isConj", "aten::is_conj");

/**
 * - `is_contiguous(Tensor self) -> bool`
 * - `is_contiguous.memory_format(Tensor self, MemoryFormat memory_format) -> bool`
 */
export const isContiguous = operator<{
  (self: Tensor): boolean;
  (self: Tensor, memoryFormat: MemoryFormat): boolean;
}>("isContiguous", "aten::is_contiguous");

/** `is_distributed(Tensor self) -> bool` */
export const isDistributed = operator<{
  (self: Tensor): boolean;
}>("isDistributed", "aten::is_distributed");

/** `is_floating_point(Tensor self) -> bool` */
export const isFloatingPoint = operator<{
  (self: Tensor): boolean;
}>("isFloatingPoint", "aten::is_floating_point");

/** `is_inference(Tensor self) -> bool` */
export const isInference = operator<{
  (self: Tensor): boolean;
}>("isInference", "aten::is_inference");

/** `is_leaf(Tensor self) -> bool` */
export const isLeaf = operator<{
  (self: Tensor): boolean;
}>("isLeaf", "aten::is_leaf");

/** `is_neg(Tensor self) -> bool` */
export const isNeg = operator<{
  (self: Tensor): boolean;
}>("isNeg", "aten::is_neg");

/** `is_nonzero(Tensor self) -> bool` */
export const isNonzero = operator<{
  (self: Tensor): boolean;
}>("isNonzero", "aten::is_nonzero");

/** `is_pinned(Tensor self, Device? device=None) -> bool` */
export const isPinned = operator<{
  (self: Tensor, options?: { device?: Device | null }): boolean;
  (self: Tensor, device: Device | null): boolean;
}>("isPinned", "aten::is_pinned");

/** `is_same_size(Tensor self, Tensor other) -> bool` */
export const isSameSize = operator<{
  (self: Tensor, other: Tensor): boolean;
}>("isSameSize", "aten::is_same_size");

/** `is_set_to(Tensor self, Tensor tensor) -> bool` */
export const isSetTo = operator<{
  (self: Tensor, tensor: Tensor): boolean;
}>("isSetTo", "aten::is_set_to");

/** `is_signed(Tensor self) -> bool` */
export const isSigned = operator<{
  (self: Tensor): boolean;
}>("isSigned", "aten::is_signed");

/** `is_vulkan_available() -> bool` */
export const isVulkanAvailable = operator<{
  (): boolean;
}>("isVulkanAvailable", "aten::is_vulkan_available");

/** `isclose(Tensor self, Tensor other, float rtol=1.0000000000000001e-05, float atol=1e-08, bool equal_nan=False) -> Tensor` */
export const isclose = operator<{
  (self: Tensor, other: Tensor, options?: { rtol?: number; atol?: number; equalNan?: boolean }): Tensor;
  (self: Tensor, other: Tensor, rtol: number, atol?: number, equalNan?: boolean): Tensor;
}>("isclose", "aten::isclose");

/** `isfinite(Tensor self) -> Tensor` */
export const isfinite = operator<{
  (self: Tensor): Tensor;
}>("isfinite", "aten::isfinite");

/**
 * - `isin.Scalar_Tensor(Scalar element, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor`
 * - `isin.Tensor_Scalar(Tensor elements, Scalar test_element, *, bool assume_unique=False, bool invert=False) -> Tensor`
 * - `isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor`
 */
export const isin = operator<{
  (element: Scalar, testElements: Tensor, options?: { assumeUnique?: boolean; invert?: boolean }): Tensor;
  (elements: Tensor, testElement: Scalar, options?: { assumeUnique?: boolean; invert?: boolean }): Tensor;
  (elements: Tensor, testElements: Tensor, options?: { assumeUnique?: boolean; invert?: boolean }): Tensor;
}>("isin", "aten::isin");

/** `isinf(Tensor self) -> Tensor` */
export const isinf = operator<{
  (self: Tensor): Tensor;
}>("isinf", "aten::isinf");

/** `isnan(Tensor self) -> Tensor` */
export const isnan = operator<{
  (self: Tensor): Tensor;
}>("isnan", "aten::isnan");

/** `isneginf(Tensor self) -> Tensor` */
export const isneginf = operator<{
  (self: Tensor): Tensor;
}>("isneginf", "aten::isneginf");

/** `isposinf(Tensor self) -> Tensor` */
export const isposinf = operator<{
  (self: Tensor): Tensor;
}>("isposinf", "aten::isposinf");

/** `isreal(Tensor self) -> Tensor` */
export const isreal = operator<{
  (self: Tensor): Tensor;
}>("isreal", "aten::isreal");

/** `istft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, bool normalized=False, bool? onesided=None, int? length=None, bool return_complex=False) -> Tensor` */
export const istft = operator<{
  (self: Tensor, nFft: Int, options?: { hopLength?: Int | null; winLength?: Int | null; window?: Tensor | null; center?: boolean; normalized?: boolean; onesided?: boolean | null; length?: Int | null; returnComplex?: boolean }): Tensor;
  (self: Tensor, nFft: Int, hopLength: Int | null, winLength?: Int | null, window?: Tensor | null, center?: boolean, normalized?: boolean, onesided?: boolean | null, length?: Int | null, returnComplex?: boolean): Tensor;
}>("istft", "aten::istft");

/** `item(Tensor self) -> Scalar` */
export const item = operator<{
  (self: Tensor): Scalar;
}>("item", "aten::item");

/**
 * - `kaiser_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `kaiser_window.periodic(int window_length, bool periodic, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `kaiser_window.beta(int window_length, bool periodic, float beta, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const kaiserWindow = operator<{
  (windowLength: Int, options?: FactoryOptions): Tensor;
  (windowLength: Int, periodic: boolean, options?: FactoryOptions): Tensor;
  (windowLength: Int, periodic: boolean, beta: number, options?: FactoryOptions): Tensor;
}>("kaiserWindow", "aten::kaiser_window");

/** `kl_div(Tensor self, Tensor target, int reduction=1, *, bool log_target=False) -> Tensor` */
export const klDiv = operator<{
  (self: Tensor, target: Tensor, options?: { reduction?: Int; logTarget?: boolean }): Tensor;
  (self: Tensor, target: Tensor, reduction: Int, options?: { logTarget?: boolean }): Tensor;
}>("klDiv", "aten::kl_div");

/** `kron(Tensor self, Tensor other) -> Tensor` */
export const kron = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("kron", "aten::kron");

/** `kthvalue(Tensor self, SymInt k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)` */
export const kthvalue = operator<{
  (self: Tensor, k: Int, options?: { dim?: Int; keepdim?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  (self: Tensor, k: Int, dim: Int, keepdim?: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
}>("kthvalue", "aten::kthvalue");

/** `l1_loss(Tensor self, Tensor target, int reduction=1) -> Tensor` */
export const l1Loss = operator<{
  (self: Tensor, target: Tensor, options?: { reduction?: Int }): Tensor;
  (self: Tensor, target: Tensor, reduction: Int): Tensor;
}>("l1Loss", "aten::l1_loss");

/** `layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1.0000000000000001e-05, bool cudnn_enable=True) -> Tensor` */
export const layerNorm = operator<{
  (input: Tensor, normalizedShape: Ints, options?: { weight?: Tensor | null; bias?: Tensor | null; eps?: number; cudnnEnable?: boolean }): Tensor;
  (input: Tensor, normalizedShape: Ints, weight: Tensor | null, bias?: Tensor | null, eps?: number, cudnnEnable?: boolean): Tensor;
}>("layerNorm", "aten::layer_norm");

/** `lcm(Tensor self, Tensor other) -> Tensor` */
export const lcm = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("lcm", "aten::lcm");

/** `lcm_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const lcm_ = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("lcm_", "aten::lcm_");

/** `ldexp.Tensor(Tensor self, Tensor other) -> Tensor` */
export const ldexp = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("ldexp", "aten::ldexp");

/** `ldexp_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const ldexp_ = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("ldexp_", "aten::ldexp_");

/**
 * - `le.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `le.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const le = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("le", "aten::le");

/**
 * - `le_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `le_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const le_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("le_", "aten::le_");

/** `leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor` */
export const leakyRelu = operator<{
  (self: Tensor, options?: { negativeSlope?: Scalar }): Tensor;
  (self: Tensor, negativeSlope: Scalar): Tensor;
}>("leakyRelu", "aten::leaky_relu");

/** `leaky_relu_(Tensor(a!) self, Scalar negative_slope=0.01) -> Tensor(a!)` */
export const leakyRelu_ = operator<{
  (self: Tensor, options?: { negativeSlope?: Scalar }): Tensor;
  (self: Tensor, negativeSlope: Scalar): Tensor;
}>("leakyRelu_", "aten::leaky_relu_");

/** `leaky_relu_backward(Tensor grad_output, Tensor self, Scalar negative_slope, bool self_is_result) -> Tensor` */
export const leakyReluBackward = operator<{
  (gradOutput: Tensor, self: Tensor, negativeSlope: Scalar, selfIsResult: boolean): Tensor;
}>("leakyReluBackward", "aten::leaky_relu_backward");

/**
 * - `lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor`
 * - `lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor`
 */
export const lerp = operator<{
  (self: Tensor, end: Tensor, weight: Scalar | Tensor): Tensor;
}>("lerp", "aten::lerp");

/**
 * - `lerp_.Scalar(Tensor(a!) self, Tensor end, Scalar weight) -> Tensor(a!)`
 * - `lerp_.Tensor(Tensor(a!) self, Tensor end, Tensor weight) -> Tensor(a!)`
 */
export const lerp_ = operator<{
  (self: Tensor, end: Tensor, weight: Scalar | Tensor): Tensor;
}>("lerp_", "aten::lerp_");

/**
 * - `less.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `less.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const less = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("less", "aten::less");

/**
 * - `less_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `less_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const less_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("less_", "aten::less_");

/**
 * - `less_equal.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `less_equal.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const lessEqual = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("lessEqual", "aten::less_equal");

/**
 * - `less_equal_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `less_equal_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const lessEqual_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("lessEqual_", "aten::less_equal_");

/** `lgamma(Tensor self) -> Tensor` */
export const lgamma = operator<{
  (self: Tensor): Tensor;
}>("lgamma", "aten::lgamma");

/** `lgamma_(Tensor(a!) self) -> Tensor(a!)` */
export const lgamma_ = operator<{
  (self: Tensor): Tensor;
}>("lgamma_", "aten::lgamma_");

/** `lift(Tensor self) -> Tensor` */
export const lift = operator<{
  (self: Tensor): Tensor;
}>("lift", "aten::lift");

/** `lift_fresh(Tensor(a) self) -> Tensor(a)` */
export const liftFresh = operator<{
  (self: Tensor): Tensor;
}>("liftFresh", "aten::lift_fresh");

/** `lift_fresh_copy(Tensor self) -> Tensor` */
export const liftFreshCopy = operator<{
  (self: Tensor): Tensor;
}>("liftFreshCopy", "aten::lift_fresh_copy");

/** `linalg__powsum(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
export const linalgPowsum = operator<{
  (self: Tensor, options?: { ord?: Scalar; dim?: Ints | Int | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  (self: Tensor, ord: Scalar, dim?: Ints | Int | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
}>("linalgPowsum", "aten::linalg__powsum");

/** `linalg_cholesky(Tensor self, *, bool upper=False) -> Tensor` */
export const linalgCholesky = operator<{
  (self: Tensor, options?: { upper?: boolean }): Tensor;
}>("linalgCholesky", "aten::linalg_cholesky");

/** `linalg_cholesky_ex(Tensor self, *, bool upper=False, bool check_errors=False) -> (Tensor L, Tensor info)` */
export const linalgCholeskyEx = operator<{
  (self: Tensor, options?: { upper?: boolean; checkErrors?: boolean }): Named<{ L: Tensor; info: Tensor }, [L: Tensor, info: Tensor]>;
}>("linalgCholeskyEx", "aten::linalg_cholesky_ex");

/**
 * - `linalg_cond(Tensor self, Scalar? p=None) -> Tensor`
 * - `linalg_cond.p_str(Tensor self, str p) -> Tensor`
 */
export const linalgCond = operator<{
  (self: Tensor, options?: { p?: Scalar | null }): Tensor;
  (self: Tensor, p: Scalar | null | string): Tensor;
}>("linalgCond", "aten::linalg_cond");

/** `linalg_cross(Tensor self, Tensor other, *, int dim=-1) -> Tensor` */
export const linalgCross = operator<{
  (self: Tensor, other: Tensor, options?: { dim?: Int }): Tensor;
}>("linalgCross", "aten::linalg_cross");

/** `linalg_det(Tensor A) -> Tensor` */
export const linalgDet = operator<{
  (A: Tensor): Tensor;
}>("linalgDet", "aten::linalg_det");

/** `linalg_diagonal(Tensor(a) A, *, int offset=0, int dim1=-2, int dim2=-1) -> Tensor(a)` */
export const linalgDiagonal = operator<{
  (A: Tensor, options?: { offset?: Int; dim1?: Int; dim2?: Int }): Tensor;
}>("linalgDiagonal", "aten::linalg_diagonal");

/** `linalg_eig(Tensor self) -> (Tensor eigenvalues, Tensor eigenvectors)` */
export const linalgEig = operator<{
  (self: Tensor): Named<{ eigenvalues: Tensor; eigenvectors: Tensor }, [eigenvalues: Tensor, eigenvectors: Tensor]>;
}>("linalgEig", "aten::linalg_eig");

/** `linalg_eigh(Tensor self, str UPLO="L") -> (Tensor eigenvalues, Tensor eigenvectors)` */
export const linalgEigh = operator<{
  (self: Tensor, options?: { UPLO?: string }): Named<{ eigenvalues: Tensor; eigenvectors: Tensor }, [eigenvalues: Tensor, eigenvectors: Tensor]>;
  (self: Tensor, UPLO: string): Named<{ eigenvalues: Tensor; eigenvectors: Tensor }, [eigenvalues: Tensor, eigenvectors: Tensor]>;
}>("linalgEigh", "aten::linalg_eigh");

/** `linalg_eigvals(Tensor self) -> Tensor` */
export const linalgEigvals = operator<{
  (self: Tensor): Tensor;
}>("linalgEigvals", "aten::linalg_eigvals");

/** `linalg_eigvalsh(Tensor self, str UPLO="L") -> Tensor` */
export const linalgEigvalsh = operator<{
  (self: Tensor, options?: { UPLO?: string }): Tensor;
  (self: Tensor, UPLO: string): Tensor;
}>("linalgEigvalsh", "aten::linalg_eigvalsh");

/** `linalg_householder_product(Tensor input, Tensor tau) -> Tensor` */
export const linalgHouseholderProduct = operator<{
  (input: Tensor, tau: Tensor): Tensor;
}>("linalgHouseholderProduct", "aten::linalg_householder_product");

/** `linalg_inv(Tensor A) -> Tensor` */
export const linalgInv = operator<{
  (A: Tensor): Tensor;
}>("linalgInv", "aten::linalg_inv");

/** `linalg_inv_ex(Tensor A, *, bool check_errors=False) -> (Tensor inverse, Tensor info)` */
export const linalgInvEx = operator<{
  (A: Tensor, options?: { checkErrors?: boolean }): Named<{ inverse: Tensor; info: Tensor }, [inverse: Tensor, info: Tensor]>;
}>("linalgInvEx", "aten::linalg_inv_ex");

/** `linalg_ldl_factor(Tensor self, *, bool hermitian=False) -> (Tensor LD, Tensor pivots)` */
export const linalgLdlFactor = operator<{
  (self: Tensor, options?: { hermitian?: boolean }): Named<{ LD: Tensor; pivots: Tensor }, [LD: Tensor, pivots: Tensor]>;
}>("linalgLdlFactor", "aten::linalg_ldl_factor");

/** `linalg_ldl_factor_ex(Tensor self, *, bool hermitian=False, bool check_errors=False) -> (Tensor LD, Tensor pivots, Tensor info)` */
export const linalgLdlFactorEx = operator<{
  (self: Tensor, options?: { hermitian?: boolean; checkErrors?: boolean }): Named<{ LD: Tensor; pivots: Tensor; info: Tensor }, [LD: Tensor, pivots: Tensor, info: Tensor]>;
}>("linalgLdlFactorEx", "aten::linalg_ldl_factor_ex");

/** `linalg_ldl_solve(Tensor LD, Tensor pivots, Tensor B, *, bool hermitian=False) -> Tensor` */
export const linalgLdlSolve = operator<{
  (LD: Tensor, pivots: Tensor, B: Tensor, options?: { hermitian?: boolean }): Tensor;
}>("linalgLdlSolve", "aten::linalg_ldl_solve");

/** `linalg_lstsq(Tensor self, Tensor b, float? rcond=None, *, str? driver=None) -> (Tensor solution, Tensor residuals, Tensor rank, Tensor singular_values)` */
export const linalgLstsq = operator<{
  (self: Tensor, b: Tensor, options?: { rcond?: number | null; driver?: string | null }): Named<{ solution: Tensor; residuals: Tensor; rank: Tensor; singularValues: Tensor }, [solution: Tensor, residuals: Tensor, rank: Tensor, singularValues: Tensor]>;
  (self: Tensor, b: Tensor, rcond: number | null, options?: { driver?: string | null }): Named<{ solution: Tensor; residuals: Tensor; rank: Tensor; singularValues: Tensor }, [solution: Tensor, residuals: Tensor, rank: Tensor, singularValues: Tensor]>;
}>("linalgLstsq", "aten::linalg_lstsq");

/** `linalg_lu(Tensor A, *, bool pivot=True) -> (Tensor P, Tensor L, Tensor U)` */
export const linalgLu = operator<{
  (A: Tensor, options?: { pivot?: boolean }): Named<{ P: Tensor; L: Tensor; U: Tensor }, [P: Tensor, L: Tensor, U: Tensor]>;
}>("linalgLu", "aten::linalg_lu");

/** `linalg_lu_factor(Tensor A, *, bool pivot=True) -> (Tensor LU, Tensor pivots)` */
export const linalgLuFactor = operator<{
  (A: Tensor, options?: { pivot?: boolean }): Named<{ LU: Tensor; pivots: Tensor }, [LU: Tensor, pivots: Tensor]>;
}>("linalgLuFactor", "aten::linalg_lu_factor");

/** `linalg_lu_factor_ex(Tensor A, *, bool pivot=True, bool check_errors=False) -> (Tensor LU, Tensor pivots, Tensor info)` */
export const linalgLuFactorEx = operator<{
  (A: Tensor, options?: { pivot?: boolean; checkErrors?: boolean }): Named<{ LU: Tensor; pivots: Tensor; info: Tensor }, [LU: Tensor, pivots: Tensor, info: Tensor]>;
}>("linalgLuFactorEx", "aten::linalg_lu_factor_ex");

/** `linalg_lu_solve(Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False) -> Tensor` */
export const linalgLuSolve = operator<{
  (LU: Tensor, pivots: Tensor, B: Tensor, options?: { left?: boolean; adjoint?: boolean }): Tensor;
}>("linalgLuSolve", "aten::linalg_lu_solve");

/** `linalg_matmul(Tensor self, Tensor other) -> Tensor` */
export const linalgMatmul = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("linalgMatmul", "aten::linalg_matmul");

/** `linalg_matrix_exp(Tensor self) -> Tensor` */
export const linalgMatrixExp = operator<{
  (self: Tensor): Tensor;
}>("linalgMatrixExp", "aten::linalg_matrix_exp");

/**
 * - `linalg_matrix_norm(Tensor self, Scalar ord, int[] dim=[-2, -1], bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`
 * - `linalg_matrix_norm.str_ord(Tensor self, str ord="fro", int[] dim=[-2, -1], bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`
 */
export const linalgMatrixNorm = operator<{
  (self: Tensor, ord: Scalar, options?: { dim?: Ints; keepdim?: boolean; dtype?: DType | null }): Tensor;
  (self: Tensor, ord: Scalar, dim: Ints, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  (self: Tensor, options?: { ord?: string; dim?: Ints; keepdim?: boolean; dtype?: DType | null }): Tensor;
  (self: Tensor, ord: string, dim?: Ints, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
}>("linalgMatrixNorm", "aten::linalg_matrix_norm");

/** `linalg_matrix_power(Tensor self, int n) -> Tensor` */
export const linalgMatrixPower = operator<{
  (self: Tensor, n: Int): Tensor;
}>("linalgMatrixPower", "aten::linalg_matrix_power");

/**
 * - `linalg_matrix_rank(Tensor self, float tol, bool hermitian=False) -> Tensor`
 * - `linalg_matrix_rank.tol_tensor(Tensor input, Tensor tol, bool hermitian=False) -> Tensor`
 * - `linalg_matrix_rank.atol_rtol_float(Tensor self, *, float? atol=None, float? rtol=None, bool hermitian=False) -> Tensor`
 * - `linalg_matrix_rank.atol_rtol_tensor(Tensor input, *, Tensor? atol=None, Tensor? rtol=None, bool hermitian=False) -> Tensor`
 */
export const linalgMatrixRank = operator<{
  (self: Tensor, tol: number, options?: { hermitian?: boolean }): Tensor;
  (self: Tensor, tol: number, hermitian: boolean): Tensor;
  (input: Tensor, tol: Tensor, options?: { hermitian?: boolean }): Tensor;
  (input: Tensor, tol: Tensor, hermitian: boolean): Tensor;
  (self: Tensor, options?: { atol?: number | null; rtol?: number | null; hermitian?: boolean }): Tensor;
  (input: Tensor, options?: { atol?: Tensor | null; rtol?: Tensor | null; hermitian?: boolean }): Tensor;
}>("linalgMatrixRank", "aten::linalg_matrix_rank");

/** `linalg_multi_dot(Tensor[] tensors) -> Tensor` */
export const linalgMultiDot = operator<{
  (tensors: readonly Tensor[]): Tensor;
}>("linalgMultiDot", "aten::linalg_multi_dot");

/**
 * - `linalg_norm(Tensor self, Scalar? ord=None, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`
 * - `linalg_norm.ord_str(Tensor self, str ord, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`
 */
export const linalgNorm = operator<{
  (self: Tensor, options?: { ord?: Scalar | null; dim?: Ints | Int | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  (self: Tensor, ord: Scalar | null, dim?: Ints | Int | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  (self: Tensor, ord: string, options?: { dim?: Ints | Int | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  (self: Tensor, ord: string, dim: Ints | Int | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
}>("linalgNorm", "aten::linalg_norm");

/**
 * - `linalg_pinv(Tensor self, float rcond, bool hermitian=False) -> Tensor`
 * - `linalg_pinv.rcond_tensor(Tensor self, Tensor rcond, bool hermitian=False) -> Tensor`
 * - `linalg_pinv.atol_rtol_float(Tensor self, *, float? atol=None, float? rtol=None, bool hermitian=False) -> Tensor`
 * - `linalg_pinv.atol_rtol_tensor(Tensor self, *, Tensor? atol=None, Tensor? rtol=None, bool hermitian=False) -> Tensor`
 */
export const linalgPinv = operator<{
  (self: Tensor, rcond: number | Tensor, options?: { hermitian?: boolean }): Tensor;
  (self: Tensor, rcond: number | Tensor, hermitian: boolean): Tensor;
  (self: Tensor, options?: { atol?: number | null; rtol?: number | null; hermitian?: boolean }): Tensor;
  (self: Tensor, options?: { atol?: Tensor | null; rtol?: Tensor | null; hermitian?: boolean }): Tensor;
}>("linalgPinv", "aten::linalg_pinv");

/** `linalg_qr(Tensor A, str mode="reduced") -> (Tensor Q, Tensor R)` */
export const linalgQr = operator<{
  (A: Tensor, options?: { mode?: string }): Named<{ Q: Tensor; R: Tensor }, [Q: Tensor, R: Tensor]>;
  (A: Tensor, mode: string): Named<{ Q: Tensor; R: Tensor }, [Q: Tensor, R: Tensor]>;
}>("linalgQr", "aten::linalg_qr");

/** `linalg_slogdet(Tensor A) -> (Tensor sign, Tensor logabsdet)` */
export const linalgSlogdet = operator<{
  (A: Tensor): Named<{ sign: Tensor; logabsdet: Tensor }, [sign: Tensor, logabsdet: Tensor]>;
}>("linalgSlogdet", "aten::linalg_slogdet");

/** `linalg_solve(Tensor A, Tensor B, *, bool left=True) -> Tensor` */
export const linalgSolve = operator<{
  (A: Tensor, B: Tensor, options?: { left?: boolean }): Tensor;
}>("linalgSolve", "aten::linalg_solve");

/** `linalg_solve_ex(Tensor A, Tensor B, *, bool left=True, bool check_errors=False) -> (Tensor result, Tensor info)` */
export const linalgSolveEx = operator<{
  (A: Tensor, B: Tensor, options?: { left?: boolean; checkErrors?: boolean }): Named<{ result: Tensor; info: Tensor }, [result: Tensor, info: Tensor]>;
}>("linalgSolveEx", "aten::linalg_solve_ex");

/** `linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor` */
export const linalgSolveTriangular = operator<{
  (self: Tensor, B: Tensor, options: { upper: boolean; left?: boolean; unitriangular?: boolean }): Tensor;
}>("linalgSolveTriangular", "aten::linalg_solve_triangular");

/** `linalg_svd(Tensor A, bool full_matrices=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh)` */
export const linalgSvd = operator<{
  (A: Tensor, options?: { fullMatrices?: boolean; driver?: string | null }): Named<{ U: Tensor; S: Tensor; Vh: Tensor }, [U: Tensor, S: Tensor, Vh: Tensor]>;
  (A: Tensor, fullMatrices: boolean, options?: { driver?: string | null }): Named<{ U: Tensor; S: Tensor; Vh: Tensor }, [U: Tensor, S: Tensor, Vh: Tensor]>;
}>("linalgSvd", "aten::linalg_svd");

/** `linalg_svdvals(Tensor A, *, str? driver=None) -> Tensor` */
export const linalgSvdvals = operator<{
  (A: Tensor, options?: { driver?: string | null }): Tensor;
}>("linalgSvdvals", "aten::linalg_svdvals");

/** `linalg_tensorinv(Tensor self, int ind=2) -> Tensor` */
export const linalgTensorinv = operator<{
  (self: Tensor, options?: { ind?: Int }): Tensor;
  (self: Tensor, ind: Int): Tensor;
}>("linalgTensorinv", "aten::linalg_tensorinv");

/** `linalg_tensorsolve(Tensor self, Tensor other, int[]? dims=None) -> Tensor` */
export const linalgTensorsolve = operator<{
  (self: Tensor, other: Tensor, options?: { dims?: Ints | null }): Tensor;
  (self: Tensor, other: Tensor, dims: Ints | null): Tensor;
}>("linalgTensorsolve", "aten::linalg_tensorsolve");

/** `linalg_vander(Tensor x, *, SymInt? N=None) -> Tensor` */
export const linalgVander = operator<{
  (x: Tensor, options?: { N?: Int | null }): Tensor;
}>("linalgVander", "aten::linalg_vander");

/** `linalg_vecdot(Tensor x, Tensor y, *, int dim=-1) -> Tensor` */
export const linalgVecdot = operator<{
  (x: Tensor, y: Tensor, options?: { dim?: Int }): Tensor;
}>("linalgVecdot", "aten::linalg_vecdot");

/** `linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
export const linalgVectorNorm = operator<{
  (self: Tensor, options?: { ord?: Scalar; dim?: Ints | Int | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  (self: Tensor, ord: Scalar, dim?: Ints | Int | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
}>("linalgVectorNorm", "aten::linalg_vector_norm");

/** `linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor` */
export const linear = operator<{
  (input: Tensor, weight: Tensor, options?: { bias?: Tensor | null }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null): Tensor;
}>("linear", "aten::linear");

/** `linear_backward(Tensor self, Tensor grad_output, Tensor weight, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
export const linearBackward = operator<{
  (self: Tensor, gradOutput: Tensor, weight: Tensor, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
}>("linearBackward", "aten::linear_backward");

/**
 * - `linspace(Scalar start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `linspace.Scalar_Tensor(Scalar start, Tensor end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `linspace.Tensor_Scalar(Tensor start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `linspace.Tensor_Tensor(Tensor start, Tensor end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const linspace = operator<{
  (start: Scalar | Tensor, end: Scalar | Tensor, steps: Int, options?: FactoryOptions): Tensor;
}>("linspace", "aten::linspace");

/** `log(Tensor self) -> Tensor` */
export const log = operator<{
  (self: Tensor): Tensor;
}>("log", "aten::log");

/** `log10(Tensor self) -> Tensor` */
export const log10 = operator<{
  (self: Tensor): Tensor;
}>("log10", "aten::log10");

/** `log10_(Tensor(a!) self) -> Tensor(a!)` */
export const log10_ = operator<{
  (self: Tensor): Tensor;
}>("log10_", "aten::log10_");

/** `log1p(Tensor self) -> Tensor` */
export const log1p = operator<{
  (self: Tensor): Tensor;
}>("log1p", "aten::log1p");

/** `log1p_(Tensor(a!) self) -> Tensor(a!)` */
export const log1p_ = operator<{
  (self: Tensor): Tensor;
}>("log1p_", "aten::log1p_");

/** `log2(Tensor self) -> Tensor` */
export const log2 = operator<{
  (self: Tensor): Tensor;
}>("log2", "aten::log2");

/** `log2_(Tensor(a!) self) -> Tensor(a!)` */
export const log2_ = operator<{
  (self: Tensor): Tensor;
}>("log2_", "aten::log2_");

/** `log_(Tensor(a!) self) -> Tensor(a!)` */
export const log_ = operator<{
  (self: Tensor): Tensor;
}>("log_", "aten::log_");

/** `log_normal(Tensor self, float mean=1., float std=2., *, Generator? generator=None) -> Tensor` */
export const logNormal = operator<{
  (self: Tensor, options?: { mean?: number; std?: number; generator?: Generator | null }): Tensor;
  (self: Tensor, mean: number, std?: number, options?: { generator?: Generator | null }): Tensor;
}>("logNormal", "aten::log_normal");

/** `log_normal_(Tensor(a!) self, float mean=1., float std=2., *, Generator? generator=None) -> Tensor(a!)` */
export const logNormal_ = operator<{
  (self: Tensor, options?: { mean?: number; std?: number; generator?: Generator | null }): Tensor;
  (self: Tensor, mean: number, std?: number, options?: { generator?: Generator | null }): Tensor;
}>("logNormal_", "aten::log_normal_");

/** `log_sigmoid(Tensor self) -> Tensor` */
export const logSigmoid = operator<{
  (self: Tensor): Tensor;
}>("logSigmoid", "aten::log_sigmoid");

/** `log_sigmoid_backward(Tensor grad_output, Tensor self, Tensor buffer) -> Tensor` */
export const logSigmoidBackward = operator<{
  (gradOutput: Tensor, self: Tensor, buffer: Tensor): Tensor;
}>("logSigmoidBackward", "aten::log_sigmoid_backward");

/** `log_sigmoid_forward(Tensor self) -> (Tensor output, Tensor buffer)` */
export const logSigmoidForward = operator<{
  (self: Tensor): Named<{ output: Tensor; buffer: Tensor }, [output: Tensor, buffer: Tensor]>;
}>("logSigmoidForward", "aten::log_sigmoid_forward");

/** `log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor` */
export const logSoftmax = operator<{
  (self: Tensor, dim: Int, options?: { dtype?: DType | null }): Tensor;
  (self: Tensor, dim: Int, dtype: DType | null): Tensor;
}>("logSoftmax", "aten::log_softmax");

/** `logaddexp(Tensor self, Tensor other) -> Tensor` */
export const logaddexp = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("logaddexp", "aten::logaddexp");

/** `logaddexp2(Tensor self, Tensor other) -> Tensor` */
export const logaddexp2 = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("logaddexp2", "aten::logaddexp2");

/** `logcumsumexp(Tensor self, int dim) -> Tensor` */
export const logcumsumexp = operator<{
  (self: Tensor, dim: Int): Tensor;
}>("logcumsumexp", "aten::logcumsumexp");

/** `logdet(Tensor self) -> Tensor` */
export const logdet = operator<{
  (self: Tensor): Tensor;
}>("logdet", "aten::logdet");

/** `logical_and(Tensor self, Tensor other) -> Tensor` */
export const logicalAnd = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("logicalAnd", "aten::logical_and");

/** `logical_and_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const logicalAnd_ = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("logicalAnd_", "aten::logical_and_");

/** `logical_not(Tensor self) -> Tensor` */
export const logicalNot = operator<{
  (self: Tensor): Tensor;
}>("logicalNot", "aten::logical_not");

/** `logical_not_(Tensor(a!) self) -> Tensor(a!)` */
export const logicalNot_ = operator<{
  (self: Tensor): Tensor;
}>("logicalNot_", "aten::logical_not_");

/** `logical_or(Tensor self, Tensor other) -> Tensor` */
export const logicalOr = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("logicalOr", "aten::logical_or");

/** `logical_or_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const logicalOr_ = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("logicalOr_", "aten::logical_or_");

/** `logical_xor(Tensor self, Tensor other) -> Tensor` */
export const logicalXor = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("logicalXor", "aten::logical_xor");

/** `logical_xor_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const logicalXor_ = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("logicalXor_", "aten::logical_xor_");

/** `logit(Tensor self, float? eps=None) -> Tensor` */
export const logit = operator<{
  (self: Tensor, options?: { eps?: number | null }): Tensor;
  (self: Tensor, eps: number | null): Tensor;
}>("logit", "aten::logit");

/** `logit_(Tensor(a!) self, float? eps=None) -> Tensor(a!)` */
export const logit_ = operator<{
  (self: Tensor, options?: { eps?: number | null }): Tensor;
  (self: Tensor, eps: number | null): Tensor;
}>("logit_", "aten::logit_");

/** `logit_backward(Tensor grad_output, Tensor self, float? eps=None) -> Tensor` */
export const logitBackward = operator<{
  (gradOutput: Tensor, self: Tensor, options?: { eps?: number | null }): Tensor;
  (gradOutput: Tensor, self: Tensor, eps: number | null): Tensor;
}>("logitBackward", "aten::logit_backward");

/**
 * - `logspace(Scalar start, Scalar end, int steps, float base=10., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `logspace.Scalar_Tensor(Scalar start, Tensor end, int steps, float base=10., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `logspace.Tensor_Scalar(Tensor start, Scalar end, int steps, float base=10., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `logspace.Tensor_Tensor(Tensor start, Tensor end, int steps, float base=10., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const logspace = operator<{
  (start: Scalar | Tensor, end: Scalar | Tensor, steps: Int, options?: { base?: number } & FactoryOptions): Tensor;
  (start: Scalar | Tensor, end: Scalar | Tensor, steps: Int, base: number, options?: FactoryOptions): Tensor;
}>("logspace", "aten::logspace");

/** `logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor` */
export const logsumexp = operator<{
  (self: Tensor, dim: Ints | Int, options?: { keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | Int, keepdim: boolean): Tensor;
}>("logsumexp", "aten::logsumexp");

/**
 * - `lstm.data(Tensor data, Tensor batch_sizes, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor, Tensor)`
 * - `lstm.input(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor, Tensor)`
 */
export const lstm = operator<{
  (data: Tensor, batchSizes: Tensor, hx: readonly Tensor[], params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor, Tensor];
  (input: Tensor, hx: readonly Tensor[], params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor, Tensor];
}>("lstm", "aten::lstm");

/** `lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> (Tensor, Tensor)` */
export const lstmCell = operator<{
  (input: Tensor, hx: readonly Tensor[], wIh: Tensor, wHh: Tensor, options?: { bIh?: Tensor | null; bHh?: Tensor | null }): [Tensor, Tensor];
  (input: Tensor, hx: readonly Tensor[], wIh: Tensor, wHh: Tensor, bIh: Tensor | null, bHh?: Tensor | null): [Tensor, Tensor];
}>("lstmCell", "aten::lstm_cell");

/** `lstm_mps_backward(Tensor? grad_y, Tensor? grad_hy, Tensor? grad_cy, Tensor z_state, Tensor cell_state_fwd, Tensor input, Tensor layersOutputs, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor[], Tensor[])` */
export const lstmMpsBackward = operator<{
  (gradY: Tensor | null, gradHy: Tensor | null, gradCy: Tensor | null, zState: Tensor, cellStateFwd: Tensor, input: Tensor, layersOutputs: Tensor, hx: readonly Tensor[], params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor[], Tensor[]];
}>("lstmMpsBackward", "aten::lstm_mps_backward");

/**
 * - `lt.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `lt.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const lt = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("lt", "aten::lt");

/**
 * - `lt_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `lt_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const lt_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("lt_", "aten::lt_");

/** `lu_solve(Tensor self, Tensor LU_data, Tensor LU_pivots) -> Tensor` */
export const luSolve = operator<{
  (self: Tensor, LUData: Tensor, LUPivots: Tensor): Tensor;
}>("luSolve", "aten::lu_solve");

/** `lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool unpack_pivots=True) -> (Tensor P, Tensor L, Tensor U)` */
export const luUnpack = operator<{
  (LUData: Tensor, LUPivots: Tensor, options?: { unpackData?: boolean; unpackPivots?: boolean }): Named<{ P: Tensor; L: Tensor; U: Tensor }, [P: Tensor, L: Tensor, U: Tensor]>;
  (LUData: Tensor, LUPivots: Tensor, unpackData: boolean, unpackPivots?: boolean): Named<{ P: Tensor; L: Tensor; U: Tensor }, [P: Tensor, L: Tensor, U: Tensor]>;
}>("luUnpack", "aten::lu_unpack");

/** `mH(Tensor(a) self) -> Tensor(a)` */
export const mH = operator<{
  (self: Tensor): Tensor;
}>("mH", "aten::mH");

/** `mT(Tensor(a) self) -> Tensor(a)` */
export const mT = operator<{
  (self: Tensor): Tensor;
}>("mT", "aten::mT");

/** `margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0., int reduction=1) -> Tensor` */
export const marginRankingLoss = operator<{
  (input1: Tensor, input2: Tensor, target: Tensor, options?: { margin?: number; reduction?: Int }): Tensor;
  (input1: Tensor, input2: Tensor, target: Tensor, margin: number, reduction?: Int): Tensor;
}>("marginRankingLoss", "aten::margin_ranking_loss");

/**
 * - `masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor`
 * - `masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor`
 */
export const maskedFill = operator<{
  (self: Tensor, mask: Tensor, value: Scalar | Tensor): Tensor;
}>("maskedFill", "aten::masked_fill");

/**
 * - `masked_fill_.Scalar(Tensor(a!) self, Tensor mask, Scalar value) -> Tensor(a!)`
 * - `masked_fill_.Tensor(Tensor(a!) self, Tensor mask, Tensor value) -> Tensor(a!)`
 */
export const maskedFill_ = operator<{
  (self: Tensor, mask: Tensor, value: Scalar | Tensor): Tensor;
}>("maskedFill_", "aten::masked_fill_");

/** `masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor` */
export const maskedScatter = operator<{
  (self: Tensor, mask: Tensor, source: Tensor): Tensor;
}>("maskedScatter", "aten::masked_scatter");

/** `masked_scatter_(Tensor(a!) self, Tensor mask, Tensor source) -> Tensor(a!)` */
export const maskedScatter_ = operator<{
  (self: Tensor, mask: Tensor, source: Tensor): Tensor;
}>("maskedScatter_", "aten::masked_scatter_");

/** `masked_scatter_backward(Tensor grad_output, Tensor mask, SymInt[] sizes) -> Tensor` */
export const maskedScatterBackward = operator<{
  (gradOutput: Tensor, mask: Tensor, sizes: Ints): Tensor;
}>("maskedScatterBackward", "aten::masked_scatter_backward");

/** `masked_select(Tensor self, Tensor mask) -> Tensor` */
export const maskedSelect = operator<{
  (self: Tensor, mask: Tensor): Tensor;
}>("maskedSelect", "aten::masked_select");

/** `masked_select_backward(Tensor grad, Tensor input, Tensor mask) -> Tensor` */
export const maskedSelectBackward = operator<{
  (grad: Tensor, input: Tensor, mask: Tensor): Tensor;
}>("maskedSelectBackward", "aten::masked_select_backward");

/** `matmul(Tensor self, Tensor other) -> Tensor` */
export const matmul = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("matmul", "aten::matmul");

/** `matmul_backward(Tensor grad, Tensor self, Tensor other, bool[2] mask) -> (Tensor, Tensor)` */
export const matmulBackward = operator<{
  (grad: Tensor, self: Tensor, other: Tensor, mask: readonly boolean[] | boolean): [Tensor, Tensor];
}>("matmulBackward", "aten::matmul_backward");

/** `matrix_H(Tensor(a) self) -> Tensor(a)` */
export const matrixH = operator<{
  (self: Tensor): Tensor;
}>("matrixH", "aten::matrix_H");

/** `matrix_exp(Tensor self) -> Tensor` */
export const matrixExp = operator<{
  (self: Tensor): Tensor;
}>("matrixExp", "aten::matrix_exp");

/** `matrix_exp_backward(Tensor self, Tensor grad) -> Tensor` */
export const matrixExpBackward = operator<{
  (self: Tensor, grad: Tensor): Tensor;
}>("matrixExpBackward", "aten::matrix_exp_backward");

/** `matrix_power(Tensor self, int n) -> Tensor` */
export const matrixPower = operator<{
  (self: Tensor, n: Int): Tensor;
}>("matrixPower", "aten::matrix_power");

/**
 * - `max(Tensor self) -> Tensor`
 * - `max.other(Tensor self, Tensor other) -> Tensor`
 * - `max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`
 */
export const max = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, other: Tensor): Tensor;
  (self: Tensor, dim: Int, options?: { keepdim?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  (self: Tensor, dim: Int, keepdim: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
}>("max", "aten::max");

/** `max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], int[1] dilation=[1], bool ceil_mode=False) -> Tensor` */
export const maxPool1d = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
}>("maxPool1d", "aten::max_pool1d");

/** `max_pool1d_with_indices(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], int[1] dilation=[1], bool ceil_mode=False) -> (Tensor, Tensor)` */
export const maxPool1dWithIndices = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): [Tensor, Tensor];
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): [Tensor, Tensor];
}>("maxPool1dWithIndices", "aten::max_pool1d_with_indices");

/** `max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor` */
export const maxPool2d = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
}>("maxPool2d", "aten::max_pool2d");

/** `max_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor` */
export const maxPool2dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  (gradOutput: Tensor, self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
}>("maxPool2dBackward", "aten::max_pool2d_backward");

/** `max_pool2d_with_indices(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)` */
export const maxPool2dWithIndices = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): [Tensor, Tensor];
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): [Tensor, Tensor];
}>("maxPool2dWithIndices", "aten::max_pool2d_with_indices");

/** `max_pool2d_with_indices_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride, int[2] padding, int[2] dilation, bool ceil_mode, Tensor indices) -> Tensor` */
export const maxPool2dWithIndicesBackward = operator<{
  (gradOutput: Tensor, self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding: Ints | Int, dilation: Ints | Int, ceilMode: boolean, indices: Tensor): Tensor;
}>("maxPool2dWithIndicesBackward", "aten::max_pool2d_with_indices_backward");

/** `max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor` */
export const maxPool3d = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
}>("maxPool3d", "aten::max_pool3d");

/** `max_pool3d_with_indices(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)` */
export const maxPool3dWithIndices = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): [Tensor, Tensor];
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): [Tensor, Tensor];
}>("maxPool3dWithIndices", "aten::max_pool3d_with_indices");

/** `max_pool3d_with_indices_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] stride, int[3] padding, int[3] dilation, bool ceil_mode, Tensor indices) -> Tensor` */
export const maxPool3dWithIndicesBackward = operator<{
  (gradOutput: Tensor, self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding: Ints | Int, dilation: Ints | Int, ceilMode: boolean, indices: Tensor): Tensor;
}>("maxPool3dWithIndicesBackward", "aten::max_pool3d_with_indices_backward");

/** `max_unpool2d(Tensor self, Tensor indices, SymInt[2] output_size) -> Tensor` */
export const maxUnpool2d = operator<{
  (self: Tensor, indices: Tensor, outputSize: Ints | Int): Tensor;
}>("maxUnpool2d", "aten::max_unpool2d");

/** `max_unpool3d(Tensor self, Tensor indices, SymInt[3] output_size, int[3] stride, int[3] padding) -> Tensor` */
export const maxUnpool3d = operator<{
  (self: Tensor, indices: Tensor, outputSize: Ints | Int, stride: Ints | Int, padding: Ints | Int): Tensor;
}>("maxUnpool3d", "aten::max_unpool3d");

/** `maximum(Tensor self, Tensor other) -> Tensor` */
export const maximum = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("maximum", "aten::maximum");

/**
 * - `mean(Tensor self, *, ScalarType? dtype=None) -> Tensor`
 * - `mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`
 */
export const mean = operator<{
  (self: Tensor, options?: { dtype?: DType | null }): Tensor;
  (self: Tensor, dim: Ints | Int | null, options?: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  (self: Tensor, dim: Ints | Int | null, keepdim: boolean, options?: { dtype?: DType | null }): Tensor;
}>("mean", "aten::mean");

/**
 * - `median(Tensor self) -> Tensor`
 * - `median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`
 */
export const median = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, dim: Int, options?: { keepdim?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  (self: Tensor, dim: Int, keepdim: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
}>("median", "aten::median");

/**
 * - `meshgrid(Tensor[] tensors) -> Tensor[]`
 * - `meshgrid.indexing(Tensor[] tensors, *, str indexing) -> Tensor[]`
 */
export const meshgrid = operator<{
  (tensors: readonly Tensor[]): Tensor[];
  (tensors: readonly Tensor[], options: { indexing: string }): Tensor[];
}>("meshgrid", "aten::meshgrid");

/**
 * - `min(Tensor self) -> Tensor`
 * - `min.other(Tensor self, Tensor other) -> Tensor`
 * - `min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`
 */
export const min = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, other: Tensor): Tensor;
  (self: Tensor, dim: Int, options?: { keepdim?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  (self: Tensor, dim: Int, keepdim: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
}>("min", "aten::min");

/** `minimum(Tensor self, Tensor other) -> Tensor` */
export const minimum = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("minimum", "aten::minimum");

/** `miopen_batch_norm(Tensor input, Tensor weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float exponential_average_factor, float epsilon) -> (Tensor, Tensor, Tensor)` */
export const miopenBatchNorm = operator<{
  (input: Tensor, weight: Tensor, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, exponentialAverageFactor: number, epsilon: number): [Tensor, Tensor, Tensor];
}>("miopenBatchNorm", "aten::miopen_batch_norm");

/** `miopen_batch_norm_backward(Tensor input, Tensor grad_output, Tensor weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_var, float epsilon) -> (Tensor, Tensor, Tensor)` */
export const miopenBatchNormBackward = operator<{
  (input: Tensor, gradOutput: Tensor, weight: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveVar: Tensor | null, epsilon: number): [Tensor, Tensor, Tensor];
}>("miopenBatchNormBackward", "aten::miopen_batch_norm_backward");

/** `miopen_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic) -> Tensor` */
export const miopenConvolution = operator<{
  (self: Tensor, weight: Tensor, bias: Tensor | null, padding: Ints, stride: Ints, dilation: Ints, groups: Int, benchmark: boolean, deterministic: boolean): Tensor;
}>("miopenConvolution", "aten::miopen_convolution");

/** `miopen_convolution_add_relu(Tensor self, Tensor weight, Tensor z, Scalar? alpha, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, SymInt groups) -> Tensor` */
export const miopenConvolutionAddRelu = operator<{
  (self: Tensor, weight: Tensor, z: Tensor, alpha: Scalar | null, bias: Tensor | null, stride: Ints, padding: Ints, dilation: Ints, groups: Int): Tensor;
}>("miopenConvolutionAddRelu", "aten::miopen_convolution_add_relu");

/** `miopen_convolution_relu(Tensor self, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, SymInt groups) -> Tensor` */
export const miopenConvolutionRelu = operator<{
  (self: Tensor, weight: Tensor, bias: Tensor | null, stride: Ints, padding: Ints, dilation: Ints, groups: Int): Tensor;
}>("miopenConvolutionRelu", "aten::miopen_convolution_relu");

/** `miopen_convolution_transpose(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] output_padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic) -> Tensor` */
export const miopenConvolutionTranspose = operator<{
  (self: Tensor, weight: Tensor, bias: Tensor | null, padding: Ints, outputPadding: Ints, stride: Ints, dilation: Ints, groups: Int, benchmark: boolean, deterministic: boolean): Tensor;
}>("miopenConvolutionTranspose", "aten::miopen_convolution_transpose");

/**
 * - `miopen_ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank, bool deterministic, bool zero_infinity) -> (Tensor, Tensor)`
 * - `miopen_ctc_loss.Tensor(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, int blank, bool deterministic, bool zero_infinity) -> (Tensor, Tensor)`
 */
export const miopenCtcLoss = operator<{
  (logProbs: Tensor, targets: Tensor, inputLengths: Ints, targetLengths: Ints, blank: Int, deterministic: boolean, zeroInfinity: boolean): [Tensor, Tensor];
  (logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank: Int, deterministic: boolean, zeroInfinity: boolean): [Tensor, Tensor];
}>("miopenCtcLoss", "aten::miopen_ctc_loss");

/** `miopen_depthwise_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic) -> Tensor` */
export const miopenDepthwiseConvolution = operator<{
  (self: Tensor, weight: Tensor, bias: Tensor | null, padding: Ints, stride: Ints, dilation: Ints, groups: Int, benchmark: boolean, deterministic: boolean): Tensor;
}>("miopenDepthwiseConvolution", "aten::miopen_depthwise_convolution");

/** `miopen_rnn(Tensor input, Tensor[] weight, int weight_stride0, Tensor hx, Tensor? cx, int mode, int hidden_size, int num_layers, bool batch_first, float dropout, bool train, bool bidirectional, int[] batch_sizes, Tensor? dropout_state) -> (Tensor, Tensor, Tensor, Tensor, Tensor)` */
export const miopenRnn = operator<{
  (input: Tensor, weight: readonly Tensor[], weightStride0: Int, hx: Tensor, cx: Tensor | null, mode: Int, hiddenSize: Int, numLayers: Int, batchFirst: boolean, dropout: number, train: boolean, bidirectional: boolean, batchSizes: Ints, dropoutState: Tensor | null): [Tensor, Tensor, Tensor, Tensor, Tensor];
}>("miopenRnn", "aten::miopen_rnn");

/** `miopen_rnn_backward(Tensor input, Tensor[] weight, int weight_stride0, Tensor weight_buf, Tensor hx, Tensor? cx, Tensor output, Tensor? grad_output, Tensor? grad_hy, Tensor? grad_cy, int mode, int hidden_size, int num_layers, bool batch_first, float dropout, bool train, bool bidirectional, int[] batch_sizes, Tensor? dropout_state, Tensor reserve, bool[4] output_mask) -> (Tensor, Tensor, Tensor, Tensor[])` */
export const miopenRnnBackward = operator<{
  (input: Tensor, weight: readonly Tensor[], weightStride0: Int, weightBuf: Tensor, hx: Tensor, cx: Tensor | null, output: Tensor, gradOutput: Tensor | null, gradHy: Tensor | null, gradCy: Tensor | null, mode: Int, hiddenSize: Int, numLayers: Int, batchFirst: boolean, dropout: number, train: boolean, bidirectional: boolean, batchSizes: Ints, dropoutState: Tensor | null, reserve: Tensor, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor, Tensor[]];
}>("miopenRnnBackward", "aten::miopen_rnn_backward");

/** `mish(Tensor self) -> Tensor` */
export const mish = operator<{
  (self: Tensor): Tensor;
}>("mish", "aten::mish");

/** `mish_(Tensor(a!) self) -> Tensor(a!)` */
export const mish_ = operator<{
  (self: Tensor): Tensor;
}>("mish_", "aten::mish_");

/** `mish_backward(Tensor grad_output, Tensor self) -> Tensor` */
export const mishBackward = operator<{
  (gradOutput: Tensor, self: Tensor): Tensor;
}>("mishBackward", "aten::mish_backward");

/** `mkldnn_adaptive_avg_pool2d(Tensor self, int[2] output_size) -> Tensor` */
export const mkldnnAdaptiveAvgPool2d = operator<{
  (self: Tensor, outputSize: Ints | Int): Tensor;
}>("mkldnnAdaptiveAvgPool2d", "aten::mkldnn_adaptive_avg_pool2d");

/** `mkldnn_adaptive_avg_pool2d_backward(Tensor grad_output, Tensor self) -> Tensor` */
export const mkldnnAdaptiveAvgPool2dBackward = operator<{
  (gradOutput: Tensor, self: Tensor): Tensor;
}>("mkldnnAdaptiveAvgPool2dBackward", "aten::mkldnn_adaptive_avg_pool2d_backward");

/** `mkldnn_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups) -> Tensor` */
export const mkldnnConvolution = operator<{
  (self: Tensor, weight: Tensor, bias: Tensor | null, padding: Ints, stride: Ints, dilation: Ints, groups: Int): Tensor;
}>("mkldnnConvolution", "aten::mkldnn_convolution");

/** `mkldnn_linear(Tensor self, Tensor weight, Tensor? bias=None) -> Tensor` */
export const mkldnnLinear = operator<{
  (self: Tensor, weight: Tensor, options?: { bias?: Tensor | null }): Tensor;
  (self: Tensor, weight: Tensor, bias: Tensor | null): Tensor;
}>("mkldnnLinear", "aten::mkldnn_linear");

/** `mkldnn_linear_backward(Tensor self, Tensor grad_output, Tensor weight, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
export const mkldnnLinearBackward = operator<{
  (self: Tensor, gradOutput: Tensor, weight: Tensor, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
}>("mkldnnLinearBackward", "aten::mkldnn_linear_backward");

/** `mkldnn_linear_backward_input(int[] input_size, Tensor grad_output, Tensor weight) -> Tensor` */
export const mkldnnLinearBackwardInput = operator<{
  (inputSize: Ints, gradOutput: Tensor, weight: Tensor): Tensor;
}>("mkldnnLinearBackwardInput", "aten::mkldnn_linear_backward_input");

/** `mkldnn_linear_backward_weights(Tensor grad_output, Tensor input, Tensor weight, bool bias_defined) -> (Tensor, Tensor)` */
export const mkldnnLinearBackwardWeights = operator<{
  (gradOutput: Tensor, input: Tensor, weight: Tensor, biasDefined: boolean): [Tensor, Tensor];
}>("mkldnnLinearBackwardWeights", "aten::mkldnn_linear_backward_weights");

/** `mkldnn_max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor` */
export const mkldnnMaxPool2d = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
}>("mkldnnMaxPool2d", "aten::mkldnn_max_pool2d");

/** `mkldnn_max_pool2d_backward(Tensor grad_output, Tensor output, Tensor input, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor` */
export const mkldnnMaxPool2dBackward = operator<{
  (gradOutput: Tensor, output: Tensor, input: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  (gradOutput: Tensor, output: Tensor, input: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
}>("mkldnnMaxPool2dBackward", "aten::mkldnn_max_pool2d_backward");

/** `mkldnn_max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor` */
export const mkldnnMaxPool3d = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
}>("mkldnnMaxPool3d", "aten::mkldnn_max_pool3d");

/** `mkldnn_max_pool3d_backward(Tensor grad_output, Tensor output, Tensor input, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor` */
export const mkldnnMaxPool3dBackward = operator<{
  (gradOutput: Tensor, output: Tensor, input: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  (gradOutput: Tensor, output: Tensor, input: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
}>("mkldnnMaxPool3dBackward", "aten::mkldnn_max_pool3d_backward");

/** `mkldnn_reorder_conv2d_weight(Tensor self, SymInt[2] padding=[0, 0], SymInt[2] stride=[1, 1], SymInt[2] dilation=[1, 1], SymInt groups=1, SymInt[]? input_size=None) -> Tensor` */
export const mkldnnReorderConv2dWeight = operator<{
  (self: Tensor, options?: { padding?: Ints | Int; stride?: Ints | Int; dilation?: Ints | Int; groups?: Int; inputSize?: Ints | null }): Tensor;
  (self: Tensor, padding: Ints | Int, stride?: Ints | Int, dilation?: Ints | Int, groups?: Int, inputSize?: Ints | null): Tensor;
}>("mkldnnReorderConv2dWeight", "aten::mkldnn_reorder_conv2d_weight");

/** `mkldnn_reorder_conv3d_weight(Tensor self, SymInt[3] padding=[0, 0, 0], SymInt[3] stride=[1, 1, 1], SymInt[3] dilation=[1, 1, 1], SymInt groups=1, SymInt[]? input_size=None) -> Tensor` */
export const mkldnnReorderConv3dWeight = operator<{
  (self: Tensor, options?: { padding?: Ints | Int; stride?: Ints | Int; dilation?: Ints | Int; groups?: Int; inputSize?: Ints | null }): Tensor;
  (self: Tensor, padding: Ints | Int, stride?: Ints | Int, dilation?: Ints | Int, groups?: Int, inputSize?: Ints | null): Tensor;
}>("mkldnnReorderConv3dWeight", "aten::mkldnn_reorder_conv3d_weight");

/** `mkldnn_rnn_layer(Tensor input, Tensor weight0, Tensor weight1, Tensor weight2, Tensor weight3, Tensor hx_, Tensor cx_, bool reverse, int[] batch_sizes, int mode, int hidden_size, int num_layers, bool has_biases, bool bidirectional, bool batch_first, bool train) -> (Tensor, Tensor, Tensor, Tensor)` */
export const mkldnnRnnLayer = operator<{
  (input: Tensor, weight0: Tensor, weight1: Tensor, weight2: Tensor, weight3: Tensor, hx_: Tensor, cx_: Tensor, reverse: boolean, batchSizes: Ints, mode: Int, hiddenSize: Int, numLayers: Int, hasBiases: boolean, bidirectional: boolean, batchFirst: boolean, train: boolean): [Tensor, Tensor, Tensor, Tensor];
}>("mkldnnRnnLayer", "aten::mkldnn_rnn_layer");

/** `mkldnn_rnn_layer_backward(Tensor input, Tensor weight1, Tensor weight2, Tensor weight3, Tensor weight4, Tensor hx_, Tensor cx_tmp, Tensor output, Tensor hy_, Tensor cy_, Tensor? grad_output, Tensor? grad_hy, Tensor? grad_cy, bool reverse, int mode, int hidden_size, int num_layers, bool has_biases, bool train, bool bidirectional, int[] batch_sizes, bool batch_first, Tensor workspace) -> (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor)` */
export const mkldnnRnnLayerBackward = operator<{
  (input: Tensor, weight1: Tensor, weight2: Tensor, weight3: Tensor, weight4: Tensor, hx_: Tensor, cxTmp: Tensor, output: Tensor, hy_: Tensor, cy_: Tensor, gradOutput: Tensor | null, gradHy: Tensor | null, gradCy: Tensor | null, reverse: boolean, mode: Int, hiddenSize: Int, numLayers: Int, hasBiases: boolean, train: boolean, bidirectional: boolean, batchSizes: Ints, batchFirst: boolean, workspace: Tensor): [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
}>("mkldnnRnnLayerBackward", "aten::mkldnn_rnn_layer_backward");

/**
 * - `mm(Tensor self, Tensor mat2) -> Tensor`
 * - `mm.dtype(Tensor self, Tensor mat2, ScalarType out_dtype) -> Tensor`
 */
export const mm = operator<{
  (self: Tensor, mat2: Tensor): Tensor;
  (self: Tensor, mat2: Tensor, outDtype: DType): Tensor;
}>("mm", "aten::mm");

/** `mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)` */
export const mode = operator<{
  (self: Tensor, options?: { dim?: Int; keepdim?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  (self: Tensor, dim: Int, keepdim?: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
}>("mode", "aten::mode");

/**
 * - `moveaxis.int(Tensor(a) self, int source, int destination) -> Tensor(a)`
 * - `moveaxis.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)`
 */
export const moveaxis = operator<{
  (self: Tensor, source: Int, destination: Int): Tensor;
  (self: Tensor, source: Ints, destination: Ints): Tensor;
}>("moveaxis", "aten::moveaxis");

/**
 * - `movedim.int(Tensor(a) self, int source, int destination) -> Tensor(a)`
 * - `movedim.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)`
 */
export const movedim = operator<{
  (self: Tensor, source: Int, destination: Int): Tensor;
  (self: Tensor, source: Ints, destination: Ints): Tensor;
}>("movedim", "aten::movedim");

/** `mps_convolution_backward(Tensor self, Tensor grad_output, Tensor weight, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
export const mpsConvolutionBackward = operator<{
  (self: Tensor, gradOutput: Tensor, weight: Tensor, padding: Ints, stride: Ints, dilation: Ints, groups: Int, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
}>("mpsConvolutionBackward", "aten::mps_convolution_backward");

/** `mps_convolution_transpose_backward(Tensor self, Tensor grad_output, Tensor weight, SymInt[] padding, SymInt[] output_padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool[2] output_mask) -> (Tensor, Tensor)` */
export const mpsConvolutionTransposeBackward = operator<{
  (self: Tensor, gradOutput: Tensor, weight: Tensor, padding: Ints, outputPadding: Ints, stride: Ints, dilation: Ints, groups: Int, outputMask: readonly boolean[] | boolean): [Tensor, Tensor];
}>("mpsConvolutionTransposeBackward", "aten::mps_convolution_transpose_backward");

/** `mse_loss(Tensor self, Tensor target, int reduction=1) -> Tensor` */
export const mseLoss = operator<{
  (self: Tensor, target: Tensor, options?: { reduction?: Int }): Tensor;
  (self: Tensor, target: Tensor, reduction: Int): Tensor;
}>("mseLoss", "aten::mse_loss");

/** `mse_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction) -> Tensor` */
export const mseLossBackward = operator<{
  (gradOutput: Tensor, self: Tensor, target: Tensor, reduction: Int): Tensor;
}>("mseLossBackward", "aten::mse_loss_backward");

/** `msort(Tensor self) -> Tensor` */
export const msort = operator<{
  (self: Tensor): Tensor;
}>("msort", "aten::msort");

/** `mul.Tensor(Tensor self, Tensor other) -> Tensor` */
export const mul = operator<{
  (self: Tensor, other: Tensor | Scalar): Tensor;
}>("mul", "aten::mul");

/** `mul_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const mul_ = operator<{
  (self: Tensor, other: Tensor | Scalar): Tensor;
}>("mul_", "aten::mul_");

/** `multi_margin_loss(Tensor self, Tensor target, Scalar p=1, Scalar margin=1, Tensor? weight=None, int reduction=1) -> Tensor` */
export const multiMarginLoss = operator<{
  (self: Tensor, target: Tensor, options?: { p?: Scalar; margin?: Scalar; weight?: Tensor | null; reduction?: Int }): Tensor;
  (self: Tensor, target: Tensor, p: Scalar, margin?: Scalar, weight?: Tensor | null, reduction?: Int): Tensor;
}>("multiMarginLoss", "aten::multi_margin_loss");

/** `multi_margin_loss_backward(Tensor grad_output, Tensor self, Tensor target, Scalar p, Scalar margin, Tensor? weight=None, int reduction=1) -> Tensor` */
export const multiMarginLossBackward = operator<{
  (gradOutput: Tensor, self: Tensor, target: Tensor, p: Scalar, margin: Scalar, options?: { weight?: Tensor | null; reduction?: Int }): Tensor;
  (gradOutput: Tensor, self: Tensor, target: Tensor, p: Scalar, margin: Scalar, weight: Tensor | null, reduction?: Int): Tensor;
}>("multiMarginLossBackward", "aten::multi_margin_loss_backward");

/** `multilabel_margin_loss(Tensor self, Tensor target, int reduction=1) -> Tensor` */
export const multilabelMarginLoss = operator<{
  (self: Tensor, target: Tensor, options?: { reduction?: Int }): Tensor;
  (self: Tensor, target: Tensor, reduction: Int): Tensor;
}>("multilabelMarginLoss", "aten::multilabel_margin_loss");

/** `multilabel_margin_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, Tensor is_target) -> Tensor` */
export const multilabelMarginLossBackward = operator<{
  (gradOutput: Tensor, self: Tensor, target: Tensor, reduction: Int, isTarget: Tensor): Tensor;
}>("multilabelMarginLossBackward", "aten::multilabel_margin_loss_backward");

/** `multilabel_margin_loss_forward(Tensor self, Tensor target, int reduction) -> (Tensor output, Tensor is_target)` */
export const multilabelMarginLossForward = operator<{
  (self: Tensor, target: Tensor, reduction: Int): Named<{ output: Tensor; isTarget: Tensor }, [output: Tensor, isTarget: Tensor]>;
}>("multilabelMarginLossForward", "aten::multilabel_margin_loss_forward");

/** `multinomial(Tensor self, SymInt num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor` */
export const multinomial = operator<{
  (self: Tensor, numSamples: Int, options?: { replacement?: boolean; generator?: Generator | null }): Tensor;
  (self: Tensor, numSamples: Int, replacement: boolean, options?: { generator?: Generator | null }): Tensor;
}>("multinomial", "aten::multinomial");

/**
 * - `multiply.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `multiply.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const multiply = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("multiply", "aten::multiply");

/**
 * - `multiply_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `multiply_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const multiply_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("multiply_", "aten::multiply_");

/** `mv(Tensor self, Tensor vec) -> Tensor` */
export const mv = operator<{
  (self: Tensor, vec: Tensor): Tensor;
}>("mv", "aten::mv");

/** `mvlgamma(Tensor self, int p) -> Tensor` */
export const mvlgamma = operator<{
  (self: Tensor, p: Int): Tensor;
}>("mvlgamma", "aten::mvlgamma");

/** `mvlgamma_(Tensor(a!) self, int p) -> Tensor(a!)` */
export const mvlgamma_ = operator<{
  (self: Tensor, p: Int): Tensor;
}>("mvlgamma_", "aten::mvlgamma_");

/** `nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor` */
export const nanToNum = operator<{
  (self: Tensor, options?: { nan?: number | null; posinf?: number | null; neginf?: number | null }): Tensor;
  (self: Tensor, nan: number | null, posinf?: number | null, neginf?: number | null): Tensor;
}>("nanToNum", "aten::nan_to_num");

/** `nan_to_num_(Tensor(a!) self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor(a!)` */
export const nanToNum_ = operator<{
  (self: Tensor, options?: { nan?: number | null; posinf?: number | null; neginf?: number | null }): Tensor;
  (self: Tensor, nan: number | null, posinf?: number | null, neginf?: number | null): Tensor;
}>("nanToNum_", "aten::nan_to_num_");

/** `nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
export const nanmean = operator<{
  (self: Tensor, options?: { dim?: Ints | Int | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  (self: Tensor, dim: Ints | Int | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
}>("nanmean", "aten::nanmean");

/**
 * - `nanmedian(Tensor self) -> Tensor`
 * - `nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`
 */
export const nanmedian = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, dim: Int, options?: { keepdim?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  (self: Tensor, dim: Int, keepdim: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
}>("nanmedian", "aten::nanmedian");

/**
 * - `nanquantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation="linear") -> Tensor`
 * - `nanquantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation="linear") -> Tensor`
 */
export const nanquantile = operator<{
  (self: Tensor, q: Tensor | number, options?: { dim?: Int | null; keepdim?: boolean; interpolation?: string }): Tensor;
  (self: Tensor, q: Tensor | number, dim: Int | null, keepdim?: boolean, options?: { interpolation?: string }): Tensor;
}>("nanquantile", "aten::nanquantile");

/** `nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
export const nansum = operator<{
  (self: Tensor, options?: { dim?: Ints | Int | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  (self: Tensor, dim: Ints | Int | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
}>("nansum", "aten::nansum");

/**
 * - `narrow(Tensor(a) self, int dim, SymInt start, SymInt length) -> Tensor(a)`
 * - `narrow.Tensor(Tensor(a) self, int dim, Tensor start, SymInt length) -> Tensor(a)`
 */
export const narrow = operator<{
  (self: Tensor, dim: Int, start: Int | Tensor, length: Int): Tensor;
}>("narrow", "aten::narrow");

/** `narrow_copy(Tensor self, int dim, SymInt start, SymInt length) -> Tensor` */
export const narrowCopy = operator<{
  (self: Tensor, dim: Int, start: Int, length: Int): Tensor;
}>("narrowCopy", "aten::narrow_copy");

/** `native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)` */
export const nativeBatchNorm = operator<{
  (input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, momentum: number, eps: number): [Tensor, Tensor, Tensor];
}>("nativeBatchNorm", "aten::native_batch_norm");

/** `native_batch_norm_backward(Tensor grad_out, Tensor input, Tensor? weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_invstd, bool train, float eps, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
export const nativeBatchNormBackward = operator<{
  (gradOut: Tensor, input: Tensor, weight: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveInvstd: Tensor | null, train: boolean, eps: number, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
}>("nativeBatchNormBackward", "aten::native_batch_norm_backward");

/** `native_channel_shuffle(Tensor self, SymInt groups) -> Tensor` */
export const nativeChannelShuffle = operator<{
  (self: Tensor, groups: Int): Tensor;
}>("nativeChannelShuffle", "aten::native_channel_shuffle");

/** `native_dropout(Tensor input, float p, bool? train) -> (Tensor, Tensor)` */
export const nativeDropout = operator<{
  (input: Tensor, p: number, train: boolean | null): [Tensor, Tensor];
}>("nativeDropout", "aten::native_dropout");

/** `native_dropout_backward(Tensor grad_output, Tensor mask, float scale) -> Tensor` */
export const nativeDropoutBackward = operator<{
  (gradOutput: Tensor, mask: Tensor, scale: number): Tensor;
}>("nativeDropoutBackward", "aten::native_dropout_backward");

/** `native_group_norm(Tensor input, Tensor? weight, Tensor? bias, SymInt N, SymInt C, SymInt HxW, int group, float eps) -> (Tensor, Tensor, Tensor)` */
export const nativeGroupNorm = operator<{
  (input: Tensor, weight: Tensor | null, bias: Tensor | null, N: Int, C: Int, HxW: Int, group: Int, eps: number): [Tensor, Tensor, Tensor];
}>("nativeGroupNorm", "aten::native_group_norm");

/** `native_group_norm_backward(Tensor grad_out, Tensor input, Tensor mean, Tensor rstd, Tensor? weight, SymInt N, SymInt C, SymInt HxW, int group, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
export const nativeGroupNormBackward = operator<{
  (gradOut: Tensor, input: Tensor, mean: Tensor, rstd: Tensor, weight: Tensor | null, N: Int, C: Int, HxW: Int, group: Int, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
}>("nativeGroupNormBackward", "aten::native_group_norm_backward");

/** `native_layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight, Tensor? bias, float eps) -> (Tensor, Tensor, Tensor)` */
export const nativeLayerNorm = operator<{
  (input: Tensor, normalizedShape: Ints, weight: Tensor | null, bias: Tensor | null, eps: number): [Tensor, Tensor, Tensor];
}>("nativeLayerNorm", "aten::native_layer_norm");

/** `native_layer_norm_backward(Tensor grad_out, Tensor input, SymInt[] normalized_shape, Tensor mean, Tensor rstd, Tensor? weight, Tensor? bias, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
export const nativeLayerNormBackward = operator<{
  (gradOut: Tensor, input: Tensor, normalizedShape: Ints, mean: Tensor, rstd: Tensor, weight: Tensor | null, bias: Tensor | null, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
}>("nativeLayerNormBackward", "aten::native_layer_norm_backward");

/**
 * - `native_norm(Tensor self, Scalar p=2) -> Tensor`
 * - `native_norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, ScalarType? dtype) -> Tensor`
 */
export const nativeNorm = operator<{
  (self: Tensor, options?: { p?: Scalar }): Tensor;
  (self: Tensor, p: Scalar): Tensor;
  (self: Tensor, p: Scalar | null, dim: Ints | Int, keepdim: boolean, dtype: DType | null): Tensor;
}>("nativeNorm", "aten::native_norm");

/**
 * - `ne.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `ne.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const ne = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("ne", "aten::ne");

/**
 * - `ne_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `ne_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const ne_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("ne_", "aten::ne_");

/** `neg(Tensor self) -> Tensor` */
export const neg = operator<{
  (self: Tensor): Tensor;
}>("neg", "aten::neg");

/** `neg_(Tensor(a!) self) -> Tensor(a!)` */
export const neg_ = operator<{
  (self: Tensor): Tensor;
}>("neg_", "aten::neg_");

/** `negative(Tensor self) -> Tensor` */
export const negative = operator<{
  (self: Tensor): Tensor;
}>("negative", "aten::negative");

/** `negative_(Tensor(a!) self) -> Tensor(a!)` */
export const negative_ = operator<{
  (self: Tensor): Tensor;
}>("negative_", "aten::negative_");

/** `nested_to_padded_tensor(Tensor self, float padding, int[]? output_size=None) -> Tensor` */
export const nestedToPaddedTensor = operator<{
  (self: Tensor, padding: number, options?: { outputSize?: Ints | null }): Tensor;
  (self: Tensor, padding: number, outputSize: Ints | null): Tensor;
}>("nestedToPaddedTensor", "aten::nested_to_padded_tensor");

/** `new_empty(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const newEmpty = operator<{
  (self: Tensor, size: Ints, options?: FactoryOptions): Tensor;
}>("newEmpty", "aten::new_empty");

/** `new_empty_strided(Tensor self, SymInt[] size, SymInt[] stride, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const newEmptyStrided = operator<{
  (self: Tensor, size: Ints, stride: Ints, options?: FactoryOptions): Tensor;
}>("newEmptyStrided", "aten::new_empty_strided");

/** `new_full(Tensor self, SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const newFull = operator<{
  (self: Tensor, size: Ints, fillValue: Scalar, options?: FactoryOptions): Tensor;
}>("newFull", "aten::new_full");

/** `new_ones(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const newOnes = operator<{
  (self: Tensor, size: Ints, options?: FactoryOptions): Tensor;
}>("newOnes", "aten::new_ones");

/** `new_zeros(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const newZeros = operator<{
  (self: Tensor, size: Ints, options?: FactoryOptions): Tensor;
}>("newZeros", "aten::new_zeros");

/** `nextafter(Tensor self, Tensor other) -> Tensor` */
export const nextafter = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("nextafter", "aten::nextafter");

/** `nextafter_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
export const nextafter_ = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("nextafter_", "aten::nextafter_");

/** `nll_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100) -> Tensor` */
export const nllLoss = operator<{
  (self: Tensor, target: Tensor, options?: { weight?: Tensor | null; reduction?: Int; ignoreIndex?: Int }): Tensor;
  (self: Tensor, target: Tensor, weight: Tensor | null, reduction?: Int, ignoreIndex?: Int): Tensor;
}>("nllLoss", "aten::nll_loss");

/** `nll_loss2d(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100) -> Tensor` */
export const nllLoss2d = operator<{
  (self: Tensor, target: Tensor, options?: { weight?: Tensor | null; reduction?: Int; ignoreIndex?: Int }): Tensor;
  (self: Tensor, target: Tensor, weight: Tensor | null, reduction?: Int, ignoreIndex?: Int): Tensor;
}>("nllLoss2d", "aten::nll_loss2d");

/** `nll_loss2d_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index, Tensor total_weight) -> Tensor` */
export const nllLoss2dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, target: Tensor, weight: Tensor | null, reduction: Int, ignoreIndex: Int, totalWeight: Tensor): Tensor;
}>("nllLoss2dBackward", "aten::nll_loss2d_backward");

/** `nll_loss2d_forward(Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index) -> (Tensor output, Tensor total_weight)` */
export const nllLoss2dForward = operator<{
  (self: Tensor, target: Tensor, weight: Tensor | null, reduction: Int, ignoreIndex: Int): Named<{ output: Tensor; totalWeight: Tensor }, [output: Tensor, totalWeight: Tensor]>;
}>("nllLoss2dForward", "aten::nll_loss2d_forward");

/** `nll_loss_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index, Tensor total_weight) -> Tensor` */
export const nllLossBackward = operator<{
  (gradOutput: Tensor, self: Tensor, target: Tensor, weight: Tensor | null, reduction: Int, ignoreIndex: Int, totalWeight: Tensor): Tensor;
}>("nllLossBackward", "aten::nll_loss_backward");

/** `nll_loss_forward(Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index) -> (Tensor output, Tensor total_weight)` */
export const nllLossForward = operator<{
  (self: Tensor, target: Tensor, weight: Tensor | null, reduction: Int, ignoreIndex: Int): Named<{ output: Tensor; totalWeight: Tensor }, [output: Tensor, totalWeight: Tensor]>;
}>("nllLossForward", "aten::nll_loss_forward");

/** `nll_loss_nd(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100) -> Tensor` */
export const nllLossNd = operator<{
  (self: Tensor, target: Tensor, options?: { weight?: Tensor | null; reduction?: Int; ignoreIndex?: Int }): Tensor;
  (self: Tensor, target: Tensor, weight: Tensor | null, reduction?: Int, ignoreIndex?: Int): Tensor;
}>("nllLossNd", "aten::nll_loss_nd");

/** `nonzero(Tensor self) -> Tensor` */
export const nonzero = operator<{
  (self: Tensor): Tensor;
}>("nonzero", "aten::nonzero");

/** `nonzero_numpy(Tensor self) -> Tensor[]` */
export const nonzeroNumpy = operator<{
  (self: Tensor): Tensor[];
}>("nonzeroNumpy", "aten::nonzero_numpy");

/** `nonzero_static(Tensor self, *, SymInt size, int fill_value=-1) -> Tensor` */
export const nonzeroStatic = operator<{
  (self: Tensor, options: { size: Int; fillValue?: Int }): Tensor;
}>("nonzeroStatic", "aten::nonzero_static");

/**
 * - `norm.Scalar(Tensor self, Scalar p=2) -> Tensor`
 * - `norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor`
 * - `norm.ScalarOpt_dim(Tensor self, Scalar? p, int[1] dim, bool keepdim=False) -> Tensor`
 * - `norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, *, ScalarType dtype) -> Tensor`
 */
export const norm = operator<{
  (self: Tensor, options?: { p?: Scalar }): Tensor;
  (self: Tensor, p: Scalar): Tensor;
  (self: Tensor, p: Scalar | null, options: { dtype: DType }): Tensor;
  (self: Tensor, p: Scalar | null, dim: Ints | Int, options?: { keepdim?: boolean }): Tensor;
  (self: Tensor, p: Scalar | null, dim: Ints | Int, keepdim: boolean): Tensor;
  (self: Tensor, p: Scalar | null, dim: Ints | Int, keepdim: boolean, options: { dtype: DType }): Tensor;
}>("norm", "aten::norm");

/** `norm_except_dim(Tensor v, int pow=2, int dim=0) -> Tensor` */
export const normExceptDim = operator<{
  (v: Tensor, options?: { pow?: Int; dim?: Int }): Tensor;
  (v: Tensor, pow: Int, dim?: Int): Tensor;
}>("normExceptDim", "aten::norm_except_dim");

/**
 * - `normal.Tensor_Tensor(Tensor mean, Tensor std, *, Generator? generator=None) -> Tensor`
 * - `normal.Tensor_float(Tensor mean, float std=1., *, Generator? generator=None) -> Tensor`
 * - `normal.float_Tensor(float mean, Tensor std, *, Generator? generator=None) -> Tensor`
 * - `normal.float_float(float mean, float std, SymInt[] size, *, Generator? generator=None, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const normal = operator<{
  (mean: Tensor, std: Tensor | number, options?: { generator?: Generator | null }): Tensor;
  (mean: Tensor, options?: { std?: number; generator?: Generator | null }): Tensor;
  (mean: number, std: Tensor, options?: { generator?: Generator | null }): Tensor;
  (mean: number, std: number, size: Ints, options?: { generator?: Generator | null } & FactoryOptions): Tensor;
}>("normal", "aten::normal");

/** `normal_(Tensor(a!) self, float mean=0., float std=1., *, Generator? generator=None) -> Tensor(a!)` */
export const normal_ = operator<{
  (self: Tensor, options?: { mean?: number; std?: number; generator?: Generator | null }): Tensor;
  (self: Tensor, mean: number, std?: number, options?: { generator?: Generator | null }): Tensor;
}>("normal_", "aten::normal_");

/** `normal_functional(Tensor self, float mean=0., float std=1., *, Generator? generator=None) -> Tensor` */
export const normalFunctional = operator<{
  (self: Tensor, options?: { mean?: number; std?: number; generator?: Generator | null }): Tensor;
  (self: Tensor, mean: number, std?: number, options?: { generator?: Generator | null }): Tensor;
}>("normalFunctional", "aten::normal_functional");

/**
 * - `not_equal.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `not_equal.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const notEqual = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("notEqual", "aten::not_equal");

/**
 * - `not_equal_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `not_equal_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const notEqual_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("notEqual_", "aten::not_equal_");

/**
 * - `nuclear_norm(Tensor self, bool keepdim=False) -> Tensor`
 * - `nuclear_norm.dim(Tensor self, int[2] dim, bool keepdim=False) -> Tensor`
 */
export const nuclearNorm = operator<{
  (self: Tensor, options?: { keepdim?: boolean }): Tensor;
  (self: Tensor, keepdim: boolean): Tensor;
  (self: Tensor, dim: Ints | Int, options?: { keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | Int, keepdim: boolean): Tensor;
}>("nuclearNorm", "aten::nuclear_norm");

/** `numel(Tensor self) -> int` */
export const numel = operator<{
  (self: Tensor): number;
}>("numel", "aten::numel");

/** `numpy_T(Tensor(a) self) -> Tensor(a)` */
export const numpyT = operator<{
  (self: Tensor): Tensor;
}>("numpyT", "aten::numpy_T");

/** `one_hot(Tensor self, int num_classes=-1) -> Tensor` */
export const oneHot = operator<{
  (self: Tensor, options?: { numClasses?: Int }): Tensor;
  (self: Tensor, numClasses: Int): Tensor;
}>("oneHot", "aten::one_hot");

/** `ones(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const ones = operator<{
  (size: Ints, options?: FactoryOptions): Tensor;
  (...size: Ints): Tensor;
}>("ones", "aten::ones");

/** `ones_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor` */
export const onesLike = operator<{
  (self: Tensor, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
}>("onesLike", "aten::ones_like");

/** `orgqr(Tensor self, Tensor input2) -> Tensor` */
export const orgqr = operator<{
  (self: Tensor, input2: Tensor): Tensor;
}>("orgqr", "aten::orgqr");

/** `ormqr(Tensor self, Tensor input2, Tensor input3, bool left=True, bool transpose=False) -> Tensor` */
export const ormqr = operator<{
  (self: Tensor, input2: Tensor, input3: Tensor, options?: { left?: boolean; transpose?: boolean }): Tensor;
  (self: Tensor, input2: Tensor, input3: Tensor, left: boolean, transpose?: boolean): Tensor;
}>("ormqr", "aten::ormqr");

/** `outer(Tensor self, Tensor vec2) -> Tensor` */
export const outer = operator<{
  (self: Tensor, vec2: Tensor): Tensor;
}>("outer", "aten::outer");

/** `output_nr(Tensor self) -> int` */
export const outputNr = operator<{
  (self: Tensor): number;
}>("outputNr", "aten::output_nr");

/** `pad(Tensor self, SymInt[] pad, str mode="constant", float? value=None) -> Tensor` */
export const pad = operator<{
  (self: Tensor, pad: Ints, options?: { mode?: string; value?: number | null }): Tensor;
  (self: Tensor, pad: Ints, mode: string, value?: number | null): Tensor;
}>("pad", "aten::pad");

/** `pad_sequence(Tensor[] sequences, bool batch_first=False, float padding_value=0., str padding_side="right") -> Tensor` */
export const padSequence = operator<{
  (sequences: readonly Tensor[], options?: { batchFirst?: boolean; paddingValue?: number; paddingSide?: string }): Tensor;
  (sequences: readonly Tensor[], batchFirst: boolean, paddingValue?: number, paddingSide?: string): Tensor;
}>("padSequence", "aten::pad_sequence");

/** `pairwise_distance(Tensor x1, Tensor x2, float p=2., float eps=9.9999999999999995e-07, bool keepdim=False) -> Tensor` */
export const pairwiseDistance = operator<{
  (x1: Tensor, x2: Tensor, options?: { p?: number; eps?: number; keepdim?: boolean }): Tensor;
  (x1: Tensor, x2: Tensor, p: number, eps?: number, keepdim?: boolean): Tensor;
}>("pairwiseDistance", "aten::pairwise_distance");

/** `pdist(Tensor self, float p=2.) -> Tensor` */
export const pdist = operator<{
  (self: Tensor, options?: { p?: number }): Tensor;
  (self: Tensor, p: number): Tensor;
}>("pdist", "aten::pdist");

/** `permute(Tensor(a) self, int[] dims) -> Tensor(a)` */
export const permute = operator<{
  (self: Tensor, dims: Ints): Tensor;
}>("permute", "aten::permute");

/** `permute_copy(Tensor self, int[] dims) -> Tensor` */
export const permuteCopy = operator<{
  (self: Tensor, dims: Ints): Tensor;
}>("permuteCopy", "aten::permute_copy");

/** `pin_memory(Tensor(a) self, Device? device=None) -> Tensor(a)` */
export const pinMemory = operator<{
  (self: Tensor, options?: { device?: Device | null }): Tensor;
  (self: Tensor, device: Device | null): Tensor;
}>("pinMemory", "aten::pin_memory");

/** `pinverse(Tensor self, float rcond=1.0000000000000001e-15) -> Tensor` */
export const pinverse = operator<{
  (self: Tensor, options?: { rcond?: number }): Tensor;
  (self: Tensor, rcond: number): Tensor;
}>("pinverse", "aten::pinverse");

/** `pixel_shuffle(Tensor self, int upscale_factor) -> Tensor` */
export const pixelShuffle = operator<{
  (self: Tensor, upscaleFactor: Int): Tensor;
}>("pixelShuffle", "aten::pixel_shuffle");

/** `pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor` */
export const pixelUnshuffle = operator<{
  (self: Tensor, downscaleFactor: Int): Tensor;
}>("pixelUnshuffle", "aten::pixel_unshuffle");

/** `poisson(Tensor self, Generator? generator=None) -> Tensor` */
export const poisson = operator<{
  (self: Tensor, options?: { generator?: Generator | null }): Tensor;
  (self: Tensor, generator: Generator | null): Tensor;
}>("poisson", "aten::poisson");

/** `poisson_nll_loss(Tensor input, Tensor target, bool log_input, bool full, float eps, int reduction) -> Tensor` */
export const poissonNllLoss = operator<{
  (input: Tensor, target: Tensor, logInput: boolean, full: boolean, eps: number, reduction: Int): Tensor;
}>("poissonNllLoss", "aten::poisson_nll_loss");

/** `polar(Tensor abs, Tensor angle) -> Tensor` */
export const polar = operator<{
  (abs: Tensor, angle: Tensor): Tensor;
}>("polar", "aten::polar");

/** `polygamma(int n, Tensor self) -> Tensor` */
export const polygamma = operator<{
  (n: Int, self: Tensor): Tensor;
}>("polygamma", "aten::polygamma");

/** `polygamma_(Tensor(a!) self, int n) -> Tensor(a!)` */
export const polygamma_ = operator<{
  (self: Tensor, n: Int): Tensor;
}>("polygamma_", "aten::polygamma_");

/** `positive(Tensor(a) self) -> Tensor(a)` */
export const positive = operator<{
  (self: Tensor): Tensor;
}>("positive", "aten::positive");

/**
 * - `pow.Scalar(Scalar self, Tensor exponent) -> Tensor`
 * - `pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor`
 * - `pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor`
 */
export const pow = operator<{
  (self: Scalar | Tensor, exponent: Tensor): Tensor;
  (self: Tensor, exponent: Scalar): Tensor;
}>("pow", "aten::pow");

/**
 * - `pow_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)`
 * - `pow_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)`
 */
export const pow_ = operator<{
  (self: Tensor, exponent: Scalar | Tensor): Tensor;
}>("pow_", "aten::pow_");

/** `prelu(Tensor self, Tensor weight) -> Tensor` */
export const prelu = operator<{
  (self: Tensor, weight: Tensor): Tensor;
}>("prelu", "aten::prelu");

/**
 * - `prod(Tensor self, *, ScalarType? dtype=None) -> Tensor`
 * - `prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`
 */
export const prod = operator<{
  (self: Tensor, options?: { dtype?: DType | null }): Tensor;
  (self: Tensor, dim: Int, options?: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  (self: Tensor, dim: Int, keepdim: boolean, options?: { dtype?: DType | null }): Tensor;
}>("prod", "aten::prod");

/** `promote_types(ScalarType type1, ScalarType type2) -> ScalarType` */
export const promoteTypes = operator<{
  (type1: DType, type2: DType): DType;
}>("promoteTypes", "aten::promote_types");

/** `put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor` */
export const put = operator<{
  (self: Tensor, index: Tensor, source: Tensor, options?: { accumulate?: boolean }): Tensor;
  (self: Tensor, index: Tensor, source: Tensor, accumulate: boolean): Tensor;
}>("put", "aten::put");

/** `put_(Tensor(a!) self, Tensor index, Tensor source, bool accumulate=False) -> Tensor(a!)` */
export const put_ = operator<{
  (self: Tensor, index: Tensor, source: Tensor, options?: { accumulate?: boolean }): Tensor;
  (self: Tensor, index: Tensor, source: Tensor, accumulate: boolean): Tensor;
}>("put_", "aten::put_");

/** `q_per_channel_axis(Tensor self) -> int` */
export const qPerChannelAxis = operator<{
  (self: Tensor): number;
}>("qPerChannelAxis", "aten::q_per_channel_axis");

/** `q_per_channel_scales(Tensor self) -> Tensor` */
export const qPerChannelScales = operator<{
  (self: Tensor): Tensor;
}>("qPerChannelScales", "aten::q_per_channel_scales");

/** `q_per_channel_zero_points(Tensor self) -> Tensor` */
export const qPerChannelZeroPoints = operator<{
  (self: Tensor): Tensor;
}>("qPerChannelZeroPoints", "aten::q_per_channel_zero_points");

/** `q_scale(Tensor self) -> float` */
export const qScale = operator<{
  (self: Tensor): number;
}>("qScale", "aten::q_scale");

/** `q_zero_point(Tensor self) -> int` */
export const qZeroPoint = operator<{
  (self: Tensor): number;
}>("qZeroPoint", "aten::q_zero_point");

/** `qr(Tensor self, bool some=True) -> (Tensor Q, Tensor R)` */
export const qr = operator<{
  (self: Tensor, options?: { some?: boolean }): Named<{ Q: Tensor; R: Tensor }, [Q: Tensor, R: Tensor]>;
  (self: Tensor, some: boolean): Named<{ Q: Tensor; R: Tensor }, [Q: Tensor, R: Tensor]>;
}>("qr", "aten::qr");

/** `qscheme(Tensor self) -> QScheme` */
export const qscheme = operator<{
  (self: Tensor): unknown;
}>("qscheme", "aten::qscheme");

/**
 * - `quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation="linear") -> Tensor`
 * - `quantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation="linear") -> Tensor`
 */
export const quantile = operator<{
  (self: Tensor, q: Tensor | number, options?: { dim?: Int | null; keepdim?: boolean; interpolation?: string }): Tensor;
  (self: Tensor, q: Tensor | number, dim: Int | null, keepdim?: boolean, options?: { interpolation?: string }): Tensor;
}>("quantile", "aten::quantile");

/** `quantize_per_channel(Tensor self, Tensor scales, Tensor zero_points, int axis, ScalarType dtype) -> Tensor` */
export const quantizePerChannel = operator<{
  (self: Tensor, scales: Tensor, zeroPoints: Tensor, axis: Int, dtype: DType): Tensor;
}>("quantizePerChannel", "aten::quantize_per_channel");

/**
 * - `quantize_per_tensor(Tensor self, float scale, int zero_point, ScalarType dtype) -> Tensor`
 * - `quantize_per_tensor.tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, ScalarType dtype) -> Tensor`
 * - `quantize_per_tensor.tensors(Tensor[] tensors, Tensor scales, Tensor zero_points, ScalarType dtype) -> Tensor[]`
 */
export const quantizePerTensor = operator<{
  (self: Tensor, scale: number, zeroPoint: Int, dtype: DType): Tensor;
  (self: Tensor, scale: Tensor, zeroPoint: Tensor, dtype: DType): Tensor;
  (tensors: readonly Tensor[], scales: Tensor, zeroPoints: Tensor, dtype: DType): Tensor[];
}>("quantizePerTensor", "aten::quantize_per_tensor");

/** `quantize_per_tensor_dynamic(Tensor self, ScalarType dtype, bool reduce_range) -> Tensor` */
export const quantizePerTensorDynamic = operator<{
  (self: Tensor, dtype: DType, reduceRange: boolean): Tensor;
}>("quantizePerTensorDynamic", "aten::quantize_per_tensor_dynamic");

/** `quantized_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor mean, Tensor var, float eps, float output_scale, int output_zero_point) -> Tensor` */
export const quantizedBatchNorm = operator<{
  (input: Tensor, weight: Tensor | null, bias: Tensor | null, mean: Tensor, var_: Tensor, eps: number, outputScale: number, outputZeroPoint: Int): Tensor;
}>("quantizedBatchNorm", "aten::quantized_batch_norm");

/**
 * - `quantized_gru.data(Tensor data, Tensor batch_sizes, Tensor hx, __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)`
 * - `quantized_gru.data_legacy(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)`
 * - `quantized_gru.input(Tensor input, Tensor hx, __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)`
 * - `quantized_gru.input_legacy(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)`
 */
export const quantizedGru = operator<{
  (data: Tensor, batchSizes: Tensor, hx: Tensor, params: readonly never[] | readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
  (input: Tensor, hx: Tensor, params: readonly never[] | readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor];
}>("quantizedGru", "aten::quantized_gru");

/** `quantized_gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> Tensor` */
export const quantizedGruCell = operator<{
  (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor, bHh: Tensor, packedIh: Tensor, packedHh: Tensor, colOffsetsIh: Tensor, colOffsetsHh: Tensor, scaleIh: Scalar, scaleHh: Scalar, zeroPointIh: Scalar, zeroPointHh: Scalar): Tensor;
}>("quantizedGruCell", "aten::quantized_gru_cell");

/**
 * - `quantized_lstm.data(Tensor data, Tensor batch_sizes, Tensor[] hx, __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, *, ScalarType? dtype=None, bool use_dynamic=False) -> (Tensor, Tensor, Tensor)`
 * - `quantized_lstm.data_legacy(Tensor data, Tensor batch_sizes, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, *, ScalarType? dtype=None, bool use_dynamic=False) -> (Tensor, Tensor, Tensor)`
 * - `quantized_lstm.input(Tensor input, Tensor[] hx, __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first, *, ScalarType? dtype=None, bool use_dynamic=False) -> (Tensor, Tensor, Tensor)`
 * - `quantized_lstm.input_legacy(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first, *, ScalarType? dtype=None, bool use_dynamic=False) -> (Tensor, Tensor, Tensor)`
 */
export const quantizedLstm = operator<{
  (data: Tensor, batchSizes: Tensor, hx: readonly Tensor[], params: readonly never[] | readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, options?: { dtype?: DType | null; useDynamic?: boolean }): [Tensor, Tensor, Tensor];
  (input: Tensor, hx: readonly Tensor[], params: readonly never[] | readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean, options?: { dtype?: DType | null; useDynamic?: boolean }): [Tensor, Tensor, Tensor];
}>("quantizedLstm", "aten::quantized_lstm");

/** `quantized_lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> (Tensor, Tensor)` */
export const quantizedLstmCell = operator<{
  (input: Tensor, hx: readonly Tensor[], wIh: Tensor, wHh: Tensor, bIh: Tensor, bHh: Tensor, packedIh: Tensor, packedHh: Tensor, colOffsetsIh: Tensor, colOffsetsHh: Tensor, scaleIh: Scalar, scaleHh: Scalar, zeroPointIh: Scalar, zeroPointHh: Scalar): [Tensor, Tensor];
}>("quantizedLstmCell", "aten::quantized_lstm_cell");

/** `quantized_max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], int[1] dilation=[1], bool ceil_mode=False) -> Tensor` */
export const quantizedMaxPool1d = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
}>("quantizedMaxPool1d", "aten::quantized_max_pool1d");

/** `quantized_max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor` */
export const quantizedMaxPool2d = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
}>("quantizedMaxPool2d", "aten::quantized_max_pool2d");

/** `quantized_max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor` */
export const quantizedMaxPool3d = operator<{
  (self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  (self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
}>("quantizedMaxPool3d", "aten::quantized_max_pool3d");

/** `quantized_rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> Tensor` */
export const quantizedRnnReluCell = operator<{
  (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor, bHh: Tensor, packedIh: Tensor, packedHh: Tensor, colOffsetsIh: Tensor, colOffsetsHh: Tensor, scaleIh: Scalar, scaleHh: Scalar, zeroPointIh: Scalar, zeroPointHh: Scalar): Tensor;
}>("quantizedRnnReluCell", "aten::quantized_rnn_relu_cell");

/** `quantized_rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> Tensor` */
export const quantizedRnnTanhCell = operator<{
  (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor, bHh: Tensor, packedIh: Tensor, packedHh: Tensor, colOffsetsIh: Tensor, colOffsetsHh: Tensor, scaleIh: Scalar, scaleHh: Scalar, zeroPointIh: Scalar, zeroPointHh: Scalar): Tensor;
}>("quantizedRnnTanhCell", "aten::quantized_rnn_tanh_cell");

/** `rad2deg(Tensor self) -> Tensor` */
export const rad2deg = operator<{
  (self: Tensor): Tensor;
}>("rad2deg", "aten::rad2deg");

/** `rad2deg_(Tensor(a!) self) -> Tensor(a!)` */
export const rad2deg_ = operator<{
  (self: Tensor): Tensor;
}>("rad2deg_", "aten::rad2deg_");

/**
 * - `rand(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `rand.generator(SymInt[] size, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const rand = operator<{
  (size: Ints, options?: FactoryOptions): Tensor;
  (...size: Ints): Tensor;
  (size: Ints, options: { generator: Generator | null } & FactoryOptions): Tensor;
}>("rand", "aten::rand");

/**
 * - `rand_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
 * - `rand_like.generator(Tensor self, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
 */
export const randLike = operator<{
  (self: Tensor, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  (self: Tensor, options: { generator: Generator | null; memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
}>("randLike", "aten::rand_like");

/**
 * - `randint(SymInt high, SymInt[] size, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `randint.generator(SymInt high, SymInt[] size, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `randint.low(SymInt low, SymInt high, SymInt[] size, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `randint.low_generator(SymInt low, SymInt high, SymInt[] size, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const randint = operator<{
  (high: Int, size: Ints, options?: FactoryOptions): Tensor;
  (high: Int, size: Ints, options: { generator: Generator | null } & FactoryOptions): Tensor;
  (low: Int, high: Int, size: Ints, options?: FactoryOptions): Tensor;
  (low: Int, high: Int, size: Ints, options: { generator: Generator | null } & FactoryOptions): Tensor;
}>("randint", "aten::randint");

/**
 * - `randint_like(Tensor self, SymInt high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
 * - `randint_like.Tensor(Tensor self, Tensor high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
 * - `randint_like.Tensor_generator(Tensor self, Tensor high, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
 * - `randint_like.generator(Tensor self, SymInt high, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
 * - `randint_like.low_dtype(Tensor self, SymInt low, SymInt high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
 * - `randint_like.low_generator_dtype(Tensor self, SymInt low, SymInt high, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
 */
export const randintLike = operator<{
  (self: Tensor, high: Int | Tensor, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  (self: Tensor, high: Tensor | Int, options: { generator: Generator | null; memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  (self: Tensor, low: Int, high: Int, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  (self: Tensor, low: Int, high: Int, options: { generator: Generator | null; memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
}>("randintLike", "aten::randint_like");

/**
 * - `randn(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `randn.generator(SymInt[] size, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const randn = operator<{
  (size: Ints, options?: FactoryOptions): Tensor;
  (...size: Ints): Tensor;
  (size: Ints, options: { generator: Generator | null } & FactoryOptions): Tensor;
}>("randn", "aten::randn");

/**
 * - `randn_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
 * - `randn_like.generator(Tensor self, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
 */
export const randnLike = operator<{
  (self: Tensor, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  (self: Tensor, options: { generator: Generator | null; memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
}>("randnLike", "aten::randn_like");

/**
 * - `random(Tensor self, *, Generator? generator=None) -> Tensor`
 * - `random.to(Tensor self, int to, *, Generator? generator=None) -> Tensor`
 * - `random.from(Tensor self, int from, int? to, *, Generator? generator=None) -> Tensor`
 */
export const random = operator<{
  (self: Tensor, options?: { generator?: Generator | null }): Tensor;
  (self: Tensor, to: Int, options?: { generator?: Generator | null }): Tensor;
  (self: Tensor, from: Int, to: Int | null, options?: { generator?: Generator | null }): Tensor;
}>("random", "aten::random");

/**
 * - `random_(Tensor(a!) self, *, Generator? generator=None) -> Tensor(a!)`
 * - `random_.to(Tensor(a!) self, int to, *, Generator? generator=None) -> Tensor(a!)`
 * - `random_.from(Tensor(a!) self, int from, int? to, *, Generator? generator=None) -> Tensor(a!)`
 */
export const random_ = operator<{
  (self: Tensor, options?: { generator?: Generator | null }): Tensor;
  (self: Tensor, to: Int, options?: { generator?: Generator | null }): Tensor;
  (self: Tensor, from: Int, to: Int | null, options?: { generator?: Generator | null }): Tensor;
}>("random_", "aten::random_");

/**
 * - `randperm(SymInt n, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `randperm.generator(SymInt n, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const randperm = operator<{
  (n: Int, options?: FactoryOptions): Tensor;
  (n: Int, options: { generator: Generator | null } & FactoryOptions): Tensor;
}>("randperm", "aten::randperm");

/**
 * - `range(Scalar start, Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 * - `range.step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
 */
export const range = operator<{
  (start: Scalar, end: Scalar, options?: FactoryOptions): Tensor;
  (start: Scalar, end: Scalar, options?: { step?: Scalar } & FactoryOptions): Tensor;
  (start: Scalar, end: Scalar, step: Scalar, options?: FactoryOptions): Tensor;
}>("range", "aten::range");

/** `ravel(Tensor(a) self) -> Tensor(a)` */
export const ravel = operator<{
  (self: Tensor): Tensor;
}>("ravel", "aten::ravel");

/** `real(Tensor(a) self) -> Tensor(a)` */
export const real = operator<{
  (self: Tensor): Tensor;
}>("real", "aten::real");

/** `reciprocal(Tensor self) -> Tensor` */
export const reciprocal = operator<{
  (self: Tensor): Tensor;
}>("reciprocal", "aten::reciprocal");

/** `reciprocal_(Tensor(a!) self) -> Tensor(a!)` */
export const reciprocal_ = operator<{
  (self: Tensor): Tensor;
}>("reciprocal_", "aten::reciprocal_");

/** `record_stream(Tensor(a!) self, Stream s) -> ()` */
export const recordStream = operator<{
  (self: Tensor, s: never): void;
}>("recordStream", "aten::record_stream");

/** `reflection_pad1d(Tensor self, SymInt[2] padding) -> Tensor` */
export const reflectionPad1d = operator<{
  (self: Tensor, padding: Ints | Int): Tensor;
}>("reflectionPad1d", "aten::reflection_pad1d");

/** `reflection_pad1d_backward(Tensor grad_output, Tensor self, SymInt[2] padding) -> Tensor` */
export const reflectionPad1dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, padding: Ints | Int): Tensor;
}>("reflectionPad1dBackward", "aten::reflection_pad1d_backward");

/** `reflection_pad2d(Tensor self, SymInt[4] padding) -> Tensor` */
export const reflectionPad2d = operator<{
  (self: Tensor, padding: Ints | Int): Tensor;
}>("reflectionPad2d", "aten::reflection_pad2d");

/** `reflection_pad2d_backward(Tensor grad_output, Tensor self, SymInt[4] padding) -> Tensor` */
export const reflectionPad2dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, padding: Ints | Int): Tensor;
}>("reflectionPad2dBackward", "aten::reflection_pad2d_backward");

/** `reflection_pad3d(Tensor self, SymInt[6] padding) -> Tensor` */
export const reflectionPad3d = operator<{
  (self: Tensor, padding: Ints | Int): Tensor;
}>("reflectionPad3d", "aten::reflection_pad3d");

/** `reflection_pad3d_backward(Tensor grad_output, Tensor self, SymInt[6] padding) -> Tensor` */
export const reflectionPad3dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, padding: Ints | Int): Tensor;
}>("reflectionPad3dBackward", "aten::reflection_pad3d_backward");

/** `relu(Tensor self) -> Tensor` */
export const relu = operator<{
  (self: Tensor): Tensor;
}>("relu", "aten::relu");

/** `relu6(Tensor self) -> Tensor` */
export const relu6 = operator<{
  (self: Tensor): Tensor;
}>("relu6", "aten::relu6");

/** `relu6_(Tensor(a!) self) -> Tensor(a!)` */
export const relu6_ = operator<{
  (self: Tensor): Tensor;
}>("relu6_", "aten::relu6_");

/** `relu_(Tensor(a!) self) -> Tensor(a!)` */
export const relu_ = operator<{
  (self: Tensor): Tensor;
}>("relu_", "aten::relu_");

/**
 * - `remainder.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `remainder.Scalar_Tensor(Scalar self, Tensor other) -> Tensor`
 * - `remainder.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const remainder = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
  (self: Scalar, other: Tensor): Tensor;
}>("remainder", "aten::remainder");

/**
 * - `remainder_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `remainder_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const remainder_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("remainder_", "aten::remainder_");

/** `renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor` */
export const renorm = operator<{
  (self: Tensor, p: Scalar, dim: Int, maxnorm: Scalar): Tensor;
}>("renorm", "aten::renorm");

/** `renorm_(Tensor(a!) self, Scalar p, int dim, Scalar maxnorm) -> Tensor(a!)` */
export const renorm_ = operator<{
  (self: Tensor, p: Scalar, dim: Int, maxnorm: Scalar): Tensor;
}>("renorm_", "aten::renorm_");

/** `repeat(Tensor self, SymInt[] repeats) -> Tensor` */
export const repeat = operator<{
  (self: Tensor, repeats: Ints): Tensor;
}>("repeat", "aten::repeat");

/**
 * - `repeat_interleave.Tensor(Tensor repeats, *, SymInt? output_size=None) -> Tensor`
 * - `repeat_interleave.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor`
 * - `repeat_interleave.self_int(Tensor self, SymInt repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor`
 */
export const repeatInterleave = operator<{
  (repeats: Tensor, options?: { outputSize?: Int | null }): Tensor;
  (self: Tensor, repeats: Tensor | Int, options?: { dim?: Int | null; outputSize?: Int | null }): Tensor;
  (self: Tensor, repeats: Tensor | Int, dim: Int | null, options?: { outputSize?: Int | null }): Tensor;
}>("repeatInterleave", "aten::repeat_interleave");

/** `replication_pad1d(Tensor self, SymInt[2] padding) -> Tensor` */
export const replicationPad1d = operator<{
  (self: Tensor, padding: Ints | Int): Tensor;
}>("replicationPad1d", "aten::replication_pad1d");

/** `replication_pad1d_backward(Tensor grad_output, Tensor self, SymInt[2] padding) -> Tensor` */
export const replicationPad1dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, padding: Ints | Int): Tensor;
}>("replicationPad1dBackward", "aten::replication_pad1d_backward");

/** `replication_pad2d(Tensor self, SymInt[4] padding) -> Tensor` */
export const replicationPad2d = operator<{
  (self: Tensor, padding: Ints | Int): Tensor;
}>("replicationPad2d", "aten::replication_pad2d");

/** `replication_pad2d_backward(Tensor grad_output, Tensor self, SymInt[4] padding) -> Tensor` */
export const replicationPad2dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, padding: Ints | Int): Tensor;
}>("replicationPad2dBackward", "aten::replication_pad2d_backward");

/** `replication_pad3d(Tensor self, SymInt[6] padding) -> Tensor` */
export const replicationPad3d = operator<{
  (self: Tensor, padding: Ints | Int): Tensor;
}>("replicationPad3d", "aten::replication_pad3d");

/** `replication_pad3d_backward(Tensor grad_output, Tensor self, SymInt[6] padding) -> Tensor` */
export const replicationPad3dBackward = operator<{
  (gradOutput: Tensor, self: Tensor, padding: Ints | Int): Tensor;
}>("replicationPad3dBackward", "aten::replication_pad3d_backward");

/** `requires_grad_(Tensor(a!) self, bool requires_grad=True) -> Tensor(a!)` */
export const requiresGrad_ = operator<{
  (self: Tensor, options?: { requiresGrad?: boolean }): Tensor;
  (self: Tensor, requiresGrad: boolean): Tensor;
}>("requiresGrad_", "aten::requires_grad_");

/** `reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)` */
export const reshape = operator<{
  (self: Tensor, shape: Ints): Tensor;
}>("reshape", "aten::reshape");

/** `reshape_as(Tensor(a) self, Tensor other) -> Tensor(a)` */
export const reshapeAs = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("reshapeAs", "aten::reshape_as");

/** `resize(Tensor self, SymInt[] size, *, MemoryFormat? memory_format=None) -> Tensor` */
export const resize = operator<{
  (self: Tensor, size: Ints, options?: { memoryFormat?: MemoryFormat | null }): Tensor;
}>("resize", "aten::resize");

/** `resize_(Tensor(a!) self, SymInt[] size, *, MemoryFormat? memory_format=None) -> Tensor(a!)` */
export const resize_ = operator<{
  (self: Tensor, size: Ints, options?: { memoryFormat?: MemoryFormat | null }): Tensor;
}>("resize_", "aten::resize_");

/** `resize_as(Tensor self, Tensor the_template, *, MemoryFormat? memory_format=None) -> Tensor` */
export const resizeAs = operator<{
  (self: Tensor, theTemplate: Tensor, options?: { memoryFormat?: MemoryFormat | null }): Tensor;
}>("resizeAs", "aten::resize_as");

/** `resize_as_(Tensor(a!) self, Tensor the_template, *, MemoryFormat? memory_format=None) -> Tensor(a!)` */
export const resizeAs_ = operator<{
  (self: Tensor, theTemplate: Tensor, options?: { memoryFormat?: MemoryFormat | null }): Tensor;
}>("resizeAs_", "aten::resize_as_");

/** `resize_as_sparse(Tensor self, Tensor the_template) -> Tensor` */
export const resizeAsSparse = operator<{
  (self: Tensor, theTemplate: Tensor): Tensor;
}>("resizeAsSparse", "aten::resize_as_sparse");

/** `resize_as_sparse_(Tensor(a!) self, Tensor the_template) -> Tensor(a!)` */
export const resizeAsSparse_ = operator<{
  (self: Tensor, theTemplate: Tensor): Tensor;
}>("resizeAsSparse_", "aten::resize_as_sparse_");

/** `resolve_conj(Tensor(a) self) -> Tensor(a)` */
export const resolveConj = operator<{
  (self: Tensor): Tensor;
}>("resolveConj", "aten::resolve_conj");

/** `resolve_neg(Tensor(a) self) -> Tensor(a)` */
export const resolveNeg = operator<{
  (self: Tensor): Tensor;
}>("resolveNeg", "aten::resolve_neg");

/**
 * - `result_type.Scalar(Tensor tensor, Scalar other) -> ScalarType`
 * - `result_type.Scalar_Scalar(Scalar scalar1, Scalar scalar2) -> ScalarType`
 * - `result_type.Scalar_Tensor(Scalar scalar, Tensor tensor) -> ScalarType`
 * - `result_type.Tensor(Tensor tensor, Tensor other) -> ScalarType`
 */
export const resultType = operator<{
  (tensor: Tensor, other: Scalar | Tensor): DType;
  (scalar1: Scalar, scalar2: Scalar): DType;
  (scalar: Scalar, tensor: Tensor): DType;
}>("resultType", "aten::result_type");

/** `retain_grad(Tensor(a!) self) -> ()` */
export const retainGrad = operator<{
  (self: Tensor): void;
}>("retainGrad", "aten::retain_grad");

/** `retains_grad(Tensor self) -> bool` */
export const retainsGrad = operator<{
  (self: Tensor): boolean;
}>("retainsGrad", "aten::retains_grad");

/** `rms_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor` */
export const rmsNorm = operator<{
  (input: Tensor, normalizedShape: Ints, options?: { weight?: Tensor | null; eps?: number | null }): Tensor;
  (input: Tensor, normalizedShape: Ints, weight: Tensor | null, eps?: number | null): Tensor;
}>("rmsNorm", "aten::rms_norm");

/**
 * - `rnn_relu.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)`
 * - `rnn_relu.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)`
 */
export const rnnRelu = operator<{
  (data: Tensor, batchSizes: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
  (input: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor];
}>("rnnRelu", "aten::rnn_relu");

/** `rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor` */
export const rnnReluCell = operator<{
  (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, options?: { bIh?: Tensor | null; bHh?: Tensor | null }): Tensor;
  (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor | null, bHh?: Tensor | null): Tensor;
}>("rnnReluCell", "aten::rnn_relu_cell");

/**
 * - `rnn_tanh.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)`
 * - `rnn_tanh.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)`
 */
export const rnnTanh = operator<{
  (data: Tensor, batchSizes: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
  (input: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor];
}>("rnnTanh", "aten::rnn_tanh");

/** `rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor` */
export const rnnTanhCell = operator<{
  (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, options?: { bIh?: Tensor | null; bHh?: Tensor | null }): Tensor;
  (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor | null, bHh?: Tensor | null): Tensor;
}>("rnnTanhCell", "aten::rnn_tanh_cell");

/** `roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor` */
export const roll = operator<{
  (self: Tensor, shifts: Ints | Int, options?: { dims?: Ints | Int }): Tensor;
  (self: Tensor, shifts: Ints | Int, dims: Ints | Int): Tensor;
}>("roll", "aten::roll");

/** `rot90(Tensor self, int k=1, int[] dims=[0, 1]) -> Tensor` */
export const rot90 = operator<{
  (self: Tensor, options?: { k?: Int; dims?: Ints }): Tensor;
  (self: Tensor, k: Int, dims?: Ints): Tensor;
}>("rot90", "aten::rot90");

/**
 * - `round(Tensor self) -> Tensor`
 * - `round.decimals(Tensor self, *, int decimals) -> Tensor`
 */
export const round = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, options: { decimals: Int }): Tensor;
}>("round", "aten::round");

/**
 * - `round_(Tensor(a!) self) -> Tensor(a!)`
 * - `round_.decimals(Tensor(a!) self, *, int decimals) -> Tensor(a!)`
 */
export const round_ = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, options: { decimals: Int }): Tensor;
}>("round_", "aten::round_");

/** `row_indices(Tensor(a) self) -> Tensor(a)` */
export const rowIndices = operator<{
  (self: Tensor): Tensor;
}>("rowIndices", "aten::row_indices");

/** `row_indices_copy(Tensor self) -> Tensor` */
export const rowIndicesCopy = operator<{
  (self: Tensor): Tensor;
}>("rowIndicesCopy", "aten::row_indices_copy");

/** `row_stack(Tensor[] tensors) -> Tensor` */
export const rowStack = operator<{
  (tensors: readonly Tensor[]): Tensor;
}>("rowStack", "aten::row_stack");

/** `rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> Tensor` */
export const rrelu = operator<{
  (self: Tensor, options?: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  (self: Tensor, lower: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): Tensor;
}>("rrelu", "aten::rrelu");

/** `rrelu_(Tensor(a!) self, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> Tensor(a!)` */
export const rrelu_ = operator<{
  (self: Tensor, options?: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  (self: Tensor, lower: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): Tensor;
}>("rrelu_", "aten::rrelu_");

/** `rrelu_with_noise(Tensor self, Tensor(b!) noise, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> Tensor` */
export const rreluWithNoise = operator<{
  (self: Tensor, noise: Tensor, options?: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  (self: Tensor, noise: Tensor, lower: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): Tensor;
}>("rreluWithNoise", "aten::rrelu_with_noise");

/** `rrelu_with_noise_(Tensor(a!) self, Tensor(b!) noise, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> Tensor(a!)` */
export const rreluWithNoise_ = operator<{
  (self: Tensor, noise: Tensor, options?: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  (self: Tensor, noise: Tensor, lower: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): Tensor;
}>("rreluWithNoise_", "aten::rrelu_with_noise_");

/** `rrelu_with_noise_backward(Tensor grad_output, Tensor self, Tensor noise, Scalar lower, Scalar upper, bool training, bool self_is_result) -> Tensor` */
export const rreluWithNoiseBackward = operator<{
  (gradOutput: Tensor, self: Tensor, noise: Tensor, lower: Scalar, upper: Scalar, training: boolean, selfIsResult: boolean): Tensor;
}>("rreluWithNoiseBackward", "aten::rrelu_with_noise_backward");

/** `rrelu_with_noise_functional(Tensor self, Tensor noise, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> (Tensor, Tensor noise_out)` */
export const rreluWithNoiseFunctional = operator<{
  (self: Tensor, noise: Tensor, options?: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): [Tensor, Tensor];
  (self: Tensor, noise: Tensor, lower: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): [Tensor, Tensor];
}>("rreluWithNoiseFunctional", "aten::rrelu_with_noise_functional");

/** `rsqrt(Tensor self) -> Tensor` */
export const rsqrt = operator<{
  (self: Tensor): Tensor;
}>("rsqrt", "aten::rsqrt");

/** `rsqrt_(Tensor(a!) self) -> Tensor(a!)` */
export const rsqrt_ = operator<{
  (self: Tensor): Tensor;
}>("rsqrt_", "aten::rsqrt_");

/**
 * - `rsub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor`
 * - `rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`
 */
export const rsub = operator<{
  (self: Tensor, other: Scalar | Tensor, options?: { alpha?: Scalar }): Tensor;
  (self: Tensor, other: Scalar, alpha: Scalar): Tensor;
}>("rsub", "aten::rsub");

/** `scalar_tensor(Scalar s, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const scalarTensor = operator<{
  (s: Scalar, options?: FactoryOptions): Tensor;
}>("scalarTensor", "aten::scalar_tensor");

/** `scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0., bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor` */
export const scaledDotProductAttention = operator<{
  (query: Tensor, key: Tensor, value: Tensor, options?: { attnMask?: Tensor | null; dropoutP?: number; isCausal?: boolean; scale?: number | null; enableGqa?: boolean }): Tensor;
  (query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null, dropoutP?: number, isCausal?: boolean, options?: { scale?: number | null; enableGqa?: boolean }): Tensor;
}>("scaledDotProductAttention", "aten::scaled_dot_product_attention");

/**
 * - `scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor`
 * - `scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor`
 * - `scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor`
 * - `scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor`
 */
export const scatter = operator<{
  (self: Tensor, dim: Int, index: Tensor, src: Tensor): Tensor;
  (self: Tensor, dim: Int, index: Tensor, value: Scalar): Tensor;
  (self: Tensor, dim: Int, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
  (self: Tensor, dim: Int, index: Tensor, value: Scalar, options: { reduce: string }): Tensor;
}>("scatter", "aten::scatter");

/**
 * - `scatter_.src(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)`
 * - `scatter_.value(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)`
 * - `scatter_.reduce(Tensor(a!) self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor(a!)`
 * - `scatter_.value_reduce(Tensor(a!) self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor(a!)`
 */
export const scatter_ = operator<{
  (self: Tensor, dim: Int, index: Tensor, src: Tensor): Tensor;
  (self: Tensor, dim: Int, index: Tensor, value: Scalar): Tensor;
  (self: Tensor, dim: Int, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
  (self: Tensor, dim: Int, index: Tensor, value: Scalar, options: { reduce: string }): Tensor;
}>("scatter_", "aten::scatter_");

/** `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` */
export const scatterAdd = operator<{
  (self: Tensor, dim: Int, index: Tensor, src: Tensor): Tensor;
}>("scatterAdd", "aten::scatter_add");

/** `scatter_add_(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)` */
export const scatterAdd_ = operator<{
  (self: Tensor, dim: Int, index: Tensor, src: Tensor): Tensor;
}>("scatterAdd_", "aten::scatter_add_");

/** `scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor` */
export const scatterReduce = operator<{
  (self: Tensor, dim: Int, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean }): Tensor;
}>("scatterReduce", "aten::scatter_reduce");

/** `scatter_reduce_.two(Tensor(a!) self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor(a!)` */
export const scatterReduce_ = operator<{
  (self: Tensor, dim: Int, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean }): Tensor;
}>("scatterReduce_", "aten::scatter_reduce_");

/**
 * - `searchsorted.Scalar(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor`
 * - `searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor`
 */
export const searchsorted = operator<{
  (sortedSequence: Tensor, self: Scalar | Tensor, options?: { outInt32?: boolean; right?: boolean; side?: string | null; sorter?: Tensor | null }): Tensor;
}>("searchsorted", "aten::searchsorted");

/** `segment_reduce(Tensor data, str reduce, *, Tensor? lengths=None, Tensor? indices=None, Tensor? offsets=None, int axis=0, bool unsafe=False, Scalar? initial=None) -> Tensor` */
export const segmentReduce = operator<{
  (data: Tensor, reduce: string, options?: { lengths?: Tensor | null; indices?: Tensor | null; offsets?: Tensor | null; axis?: Int; unsafe?: boolean; initial?: Scalar | null }): Tensor;
}>("segmentReduce", "aten::segment_reduce");

/** `select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)` */
export const select = operator<{
  (self: Tensor, dim: Int, index: Int): Tensor;
}>("select", "aten::select");

/** `select_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt index) -> Tensor` */
export const selectBackward = operator<{
  (gradOutput: Tensor, inputSizes: Ints, dim: Int, index: Int): Tensor;
}>("selectBackward", "aten::select_backward");

/** `select_copy.int(Tensor self, int dim, SymInt index) -> Tensor` */
export const selectCopy = operator<{
  (self: Tensor, dim: Int, index: Int): Tensor;
}>("selectCopy", "aten::select_copy");

/** `select_scatter(Tensor self, Tensor src, int dim, SymInt index) -> Tensor` */
export const selectScatter = operator<{
  (self: Tensor, src: Tensor, dim: Int, index: Int): Tensor;
}>("selectScatter", "aten::select_scatter");

/** `selu(Tensor self) -> Tensor` */
export const selu = operator<{
  (self: Tensor): Tensor;
}>("selu", "aten::selu");

/** `selu_(Tensor(a!) self) -> Tensor(a!)` */
export const selu_ = operator<{
  (self: Tensor): Tensor;
}>("selu_", "aten::selu_");

/**
 * - `set(Tensor self) -> Tensor`
 * - `set.source_Storage(Tensor self, Storage source) -> Tensor`
 * - `set.source_Tensor(Tensor self, Tensor source) -> Tensor`
 * - `set.source_Storage_storage_offset(Tensor self, Storage source, SymInt storage_offset, SymInt[] size, SymInt[] stride=[]) -> Tensor`
 */
export const set = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, source: never | Tensor): Tensor;
  (self: Tensor, source: never, storageOffset: Int, size: Ints, options?: { stride?: Ints }): Tensor;
  (self: Tensor, source: never, storageOffset: Int, size: Ints, stride: Ints): Tensor;
}>("set", "aten::set");

/**
 * - `set_(Tensor(a!) self) -> Tensor(a!)`
 * - `set_.source_Storage(Tensor(a!) self, Storage source) -> Tensor(a!)`
 * - `set_.source_Tensor(Tensor(a!) self, Tensor source) -> Tensor(a!)`
 * - `set_.source_Storage_storage_offset(Tensor(a!) self, Storage source, SymInt storage_offset, SymInt[] size, SymInt[] stride=[]) -> Tensor(a!)`
 * - `set_.source_Tensor_storage_offset(Tensor(a!) self, Tensor source, SymInt storage_offset, SymInt[] size, SymInt[] stride=[]) -> Tensor(a!)`
 */
export const set_ = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, source: never | Tensor): Tensor;
  (self: Tensor, source: never | Tensor, storageOffset: Int, size: Ints, options?: { stride?: Ints }): Tensor;
  (self: Tensor, source: never | Tensor, storageOffset: Int, size: Ints, stride: Ints): Tensor;
}>("set_", "aten::set_");

/** `set_data(Tensor(a!) self, Tensor new_data) -> ()` */
export const setData = operator<{
  (self: Tensor, newData: Tensor): void;
}>("setData", "aten::set_data");

/** `sgn(Tensor self) -> Tensor` */
export const sgn = operator<{
  (self: Tensor): Tensor;
}>("sgn", "aten::sgn");

/** `sgn_(Tensor(a!) self) -> Tensor(a!)` */
export const sgn_ = operator<{
  (self: Tensor): Tensor;
}>("sgn_", "aten::sgn_");

/** `sigmoid(Tensor self) -> Tensor` */
export const sigmoid = operator<{
  (self: Tensor): Tensor;
}>("sigmoid", "aten::sigmoid");

/** `sigmoid_(Tensor(a!) self) -> Tensor(a!)` */
export const sigmoid_ = operator<{
  (self: Tensor): Tensor;
}>("sigmoid_", "aten::sigmoid_");

/** `sigmoid_backward(Tensor grad_output, Tensor output) -> Tensor` */
export const sigmoidBackward = operator<{
  (gradOutput: Tensor, output: Tensor): Tensor;
}>("sigmoidBackward", "aten::sigmoid_backward");

/** `sign(Tensor self) -> Tensor` */
export const sign = operator<{
  (self: Tensor): Tensor;
}>("sign", "aten::sign");

/** `sign_(Tensor(a!) self) -> Tensor(a!)` */
export const sign_ = operator<{
  (self: Tensor): Tensor;
}>("sign_", "aten::sign_");

/** `signbit(Tensor self) -> Tensor` */
export const signbit = operator<{
  (self: Tensor): Tensor;
}>("signbit", "aten::signbit");

/** `silu(Tensor self) -> Tensor` */
export const silu = operator<{
  (self: Tensor): Tensor;
}>("silu", "aten::silu");

/** `silu_(Tensor(a!) self) -> Tensor(a!)` */
export const silu_ = operator<{
  (self: Tensor): Tensor;
}>("silu_", "aten::silu_");

/** `silu_backward(Tensor grad_output, Tensor self) -> Tensor` */
export const siluBackward = operator<{
  (gradOutput: Tensor, self: Tensor): Tensor;
}>("siluBackward", "aten::silu_backward");

/** `sin(Tensor self) -> Tensor` */
export const sin = operator<{
  (self: Tensor): Tensor;
}>("sin", "aten::sin");

/** `sin_(Tensor(a!) self) -> Tensor(a!)` */
export const sin_ = operator<{
  (self: Tensor): Tensor;
}>("sin_", "aten::sin_");

/** `sinc(Tensor self) -> Tensor` */
export const sinc = operator<{
  (self: Tensor): Tensor;
}>("sinc", "aten::sinc");

/** `sinc_(Tensor(a!) self) -> Tensor(a!)` */
export const sinc_ = operator<{
  (self: Tensor): Tensor;
}>("sinc_", "aten::sinc_");

/** `sinh(Tensor self) -> Tensor` */
export const sinh = operator<{
  (self: Tensor): Tensor;
}>("sinh", "aten::sinh");

/** `sinh_(Tensor(a!) self) -> Tensor(a!)` */
export const sinh_ = operator<{
  (self: Tensor): Tensor;
}>("sinh_", "aten::sinh_");

/** `size.int(Tensor self, int dim) -> int` */
export const size = operator<{
  (self: Tensor, dim: Int): number;
}>("size", "aten::size");

/** `slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)` */
export const slice = operator<{
  (self: Tensor, options?: { dim?: Int; start?: Int | null; end?: Int | null; step?: Int }): Tensor;
  (self: Tensor, dim: Int, start?: Int | null, end?: Int | null, step?: Int): Tensor;
}>("slice", "aten::slice");

/** `slice_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt start, SymInt end, SymInt step) -> Tensor` */
export const sliceBackward = operator<{
  (gradOutput: Tensor, inputSizes: Ints, dim: Int, start: Int, end: Int, step: Int): Tensor;
}>("sliceBackward", "aten::slice_backward");

/** `slice_copy.Tensor(Tensor self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor` */
export const sliceCopy = operator<{
  (self: Tensor, options?: { dim?: Int; start?: Int | null; end?: Int | null; step?: Int }): Tensor;
  (self: Tensor, dim: Int, start?: Int | null, end?: Int | null, step?: Int): Tensor;
}>("sliceCopy", "aten::slice_copy");

/** `slice_inverse(Tensor(a) self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)` */
export const sliceInverse = operator<{
  (self: Tensor, src: Tensor, options?: { dim?: Int; start?: Int | null; end?: Int | null; step?: Int }): Tensor;
  (self: Tensor, src: Tensor, dim: Int, start?: Int | null, end?: Int | null, step?: Int): Tensor;
}>("sliceInverse", "aten::slice_inverse");

/** `slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor` */
export const sliceScatter = operator<{
  (self: Tensor, src: Tensor, options?: { dim?: Int; start?: Int | null; end?: Int | null; step?: Int }): Tensor;
  (self: Tensor, src: Tensor, dim: Int, start?: Int | null, end?: Int | null, step?: Int): Tensor;
}>("sliceScatter", "aten::slice_scatter");

/** `slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet)` */
export const slogdet = operator<{
  (self: Tensor): Named<{ sign: Tensor; logabsdet: Tensor }, [sign: Tensor, logabsdet: Tensor]>;
}>("slogdet", "aten::slogdet");

/** `slow_conv3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0]) -> Tensor` */
export const slowConv3d = operator<{
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int }): Tensor;
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int): Tensor;
}>("slowConv3d", "aten::slow_conv3d");

/** `slow_conv3d_forward(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias, SymInt[3] stride, SymInt[3] padding) -> Tensor` */
export const slowConv3dForward = operator<{
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride: Ints | Int, padding: Ints | Int): Tensor;
}>("slowConv3dForward", "aten::slow_conv3d_forward");

/** `slow_conv_dilated2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] dilation=[1, 1]) -> Tensor` */
export const slowConvDilated2d = operator<{
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int }): Tensor;
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int): Tensor;
}>("slowConvDilated2d", "aten::slow_conv_dilated2d");

/** `slow_conv_dilated3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] dilation=[1, 1, 1]) -> Tensor` */
export const slowConvDilated3d = operator<{
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int }): Tensor;
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int): Tensor;
}>("slowConvDilated3d", "aten::slow_conv_dilated3d");

/** `slow_conv_transpose2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] output_padding=[0, 0], SymInt[2] dilation=[1, 1]) -> Tensor` */
export const slowConvTranspose2d = operator<{
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; outputPadding?: Ints | Int; dilation?: Ints | Int }): Tensor;
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, outputPadding?: Ints | Int, dilation?: Ints | Int): Tensor;
}>("slowConvTranspose2d", "aten::slow_conv_transpose2d");

/** `slow_conv_transpose3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] output_padding=[0, 0, 0], SymInt[3] dilation=[1, 1, 1]) -> Tensor` */
export const slowConvTranspose3d = operator<{
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; outputPadding?: Ints | Int; dilation?: Ints | Int }): Tensor;
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, outputPadding?: Ints | Int, dilation?: Ints | Int): Tensor;
}>("slowConvTranspose3d", "aten::slow_conv_transpose3d");

/** `smm(Tensor self, Tensor mat2) -> Tensor` */
export const smm = operator<{
  (self: Tensor, mat2: Tensor): Tensor;
}>("smm", "aten::smm");

/** `smooth_l1_loss(Tensor self, Tensor target, int reduction=1, float beta=1.) -> Tensor` */
export const smoothL1Loss = operator<{
  (self: Tensor, target: Tensor, options?: { reduction?: Int; beta?: number }): Tensor;
  (self: Tensor, target: Tensor, reduction: Int, beta?: number): Tensor;
}>("smoothL1Loss", "aten::smooth_l1_loss");

/** `smooth_l1_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, float beta) -> Tensor` */
export const smoothL1LossBackward = operator<{
  (gradOutput: Tensor, self: Tensor, target: Tensor, reduction: Int, beta: number): Tensor;
}>("smoothL1LossBackward", "aten::smooth_l1_loss_backward");

/** `soft_margin_loss(Tensor self, Tensor target, int reduction=1) -> Tensor` */
export const softMarginLoss = operator<{
  (self: Tensor, target: Tensor, options?: { reduction?: Int }): Tensor;
  (self: Tensor, target: Tensor, reduction: Int): Tensor;
}>("softMarginLoss", "aten::soft_margin_loss");

/** `soft_margin_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction) -> Tensor` */
export const softMarginLossBackward = operator<{
  (gradOutput: Tensor, self: Tensor, target: Tensor, reduction: Int): Tensor;
}>("softMarginLossBackward", "aten::soft_margin_loss_backward");

/** `softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor` */
export const softmax = operator<{
  (self: Tensor, dim: Int, options?: { dtype?: DType | null }): Tensor;
  (self: Tensor, dim: Int, dtype: DType | null): Tensor;
}>("softmax", "aten::softmax");

/** `softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor` */
export const softplus = operator<{
  (self: Tensor, options?: { beta?: Scalar; threshold?: Scalar }): Tensor;
  (self: Tensor, beta: Scalar, threshold?: Scalar): Tensor;
}>("softplus", "aten::softplus");

/** `softplus_backward(Tensor grad_output, Tensor self, Scalar beta, Scalar threshold) -> Tensor` */
export const softplusBackward = operator<{
  (gradOutput: Tensor, self: Tensor, beta: Scalar, threshold: Scalar): Tensor;
}>("softplusBackward", "aten::softplus_backward");

/** `softshrink(Tensor self, Scalar lambd=0.5) -> Tensor` */
export const softshrink = operator<{
  (self: Tensor, options?: { lambd?: Scalar }): Tensor;
  (self: Tensor, lambd: Scalar): Tensor;
}>("softshrink", "aten::softshrink");

/** `softshrink_backward(Tensor grad_output, Tensor self, Scalar lambd) -> Tensor` */
export const softshrinkBackward = operator<{
  (gradOutput: Tensor, self: Tensor, lambd: Scalar): Tensor;
}>("softshrinkBackward", "aten::softshrink_backward");

/**
 * - `sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)`
 * - `sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)`
 */
export const sort = operator<{
  (self: Tensor, options?: { dim?: Int; descending?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  (self: Tensor, dim: Int, descending?: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  (self: Tensor, options: { stable: boolean | null; dim?: Int; descending?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
}>("sort", "aten::sort");

/**
 * - `sparse_bsc_tensor.ccol_row_value(Tensor ccol_indices, Tensor row_indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
 * - `sparse_bsc_tensor.ccol_row_value_size(Tensor ccol_indices, Tensor row_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
 */
export const sparseBscTensor = operator<{
  (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, options?: FactoryOptions): Tensor;
  (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, size: Ints, options?: FactoryOptions): Tensor;
}>("sparseBscTensor", "aten::sparse_bsc_tensor");

/**
 * - `sparse_bsr_tensor.crow_col_value(Tensor crow_indices, Tensor col_indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
 * - `sparse_bsr_tensor.crow_col_value_size(Tensor crow_indices, Tensor col_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
 */
export const sparseBsrTensor = operator<{
  (crowIndices: Tensor, colIndices: Tensor, values: Tensor, options?: FactoryOptions): Tensor;
  (crowIndices: Tensor, colIndices: Tensor, values: Tensor, size: Ints, options?: FactoryOptions): Tensor;
}>("sparseBsrTensor", "aten::sparse_bsr_tensor");

/**
 * - `sparse_compressed_tensor.comp_plain_value(Tensor compressed_indices, Tensor plain_indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
 * - `sparse_compressed_tensor.comp_plain_value_size(Tensor compressed_indices, Tensor plain_indices, Tensor values, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
 */
export const sparseCompressedTensor = operator<{
  (compressedIndices: Tensor, plainIndices: Tensor, values: Tensor, options?: FactoryOptions): Tensor;
  (compressedIndices: Tensor, plainIndices: Tensor, values: Tensor, size: Ints, options?: FactoryOptions): Tensor;
}>("sparseCompressedTensor", "aten::sparse_compressed_tensor");

/**
 * - `sparse_coo_tensor.size(int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
 * - `sparse_coo_tensor.indices(Tensor indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool? is_coalesced=None) -> Tensor`
 * - `sparse_coo_tensor.indices_size(Tensor indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool? is_coalesced=None) -> Tensor`
 */
export const sparseCooTensor = operator<{
  (size: Ints, options?: FactoryOptions): Tensor;
  (...size: Ints): Tensor;
  (indices: Tensor, values: Tensor, options?: { isCoalesced?: boolean | null } & FactoryOptions): Tensor;
  (indices: Tensor, values: Tensor, size: Ints, options?: { isCoalesced?: boolean | null } & FactoryOptions): Tensor;
}>("sparseCooTensor", "aten::sparse_coo_tensor");

/**
 * - `sparse_csc_tensor.ccol_row_value(Tensor ccol_indices, Tensor row_indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
 * - `sparse_csc_tensor.ccol_row_value_size(Tensor ccol_indices, Tensor row_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
 */
export const sparseCscTensor = operator<{
  (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, options?: FactoryOptions): Tensor;
  (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, size: Ints, options?: FactoryOptions): Tensor;
}>("sparseCscTensor", "aten::sparse_csc_tensor");

/**
 * - `sparse_csr_tensor.crow_col_value(Tensor crow_indices, Tensor col_indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
 * - `sparse_csr_tensor.crow_col_value_size(Tensor crow_indices, Tensor col_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
 */
export const sparseCsrTensor = operator<{
  (crowIndices: Tensor, colIndices: Tensor, values: Tensor, options?: FactoryOptions): Tensor;
  (crowIndices: Tensor, colIndices: Tensor, values: Tensor, size: Ints, options?: FactoryOptions): Tensor;
}>("sparseCsrTensor", "aten::sparse_csr_tensor");

/** `sparse_dim(Tensor self) -> int` */
export const sparseDim = operator<{
  (self: Tensor): number;
}>("sparseDim", "aten::sparse_dim");

/** `sparse_mask(Tensor self, Tensor mask) -> Tensor` */
export const sparseMask = operator<{
  (self: Tensor, mask: Tensor): Tensor;
}>("sparseMask", "aten::sparse_mask");

/** `sparse_resize(Tensor self, int[] size, int sparse_dim, int dense_dim) -> Tensor` */
export const sparseResize = operator<{
  (self: Tensor, size: Ints, sparseDim: Int, denseDim: Int): Tensor;
}>("sparseResize", "aten::sparse_resize");

/** `sparse_resize_(Tensor(a!) self, int[] size, int sparse_dim, int dense_dim) -> Tensor(a!)` */
export const sparseResize_ = operator<{
  (self: Tensor, size: Ints, sparseDim: Int, denseDim: Int): Tensor;
}>("sparseResize_", "aten::sparse_resize_");

/** `sparse_resize_and_clear(Tensor self, int[] size, int sparse_dim, int dense_dim) -> Tensor` */
export const sparseResizeAndClear = operator<{
  (self: Tensor, size: Ints, sparseDim: Int, denseDim: Int): Tensor;
}>("sparseResizeAndClear", "aten::sparse_resize_and_clear");

/** `sparse_resize_and_clear_(Tensor(a!) self, int[] size, int sparse_dim, int dense_dim) -> Tensor(a!)` */
export const sparseResizeAndClear_ = operator<{
  (self: Tensor, size: Ints, sparseDim: Int, denseDim: Int): Tensor;
}>("sparseResizeAndClear_", "aten::sparse_resize_and_clear_");

/** `sparse_sampled_addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
export const sparseSampledAddmm = operator<{
  (self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
}>("sparseSampledAddmm", "aten::sparse_sampled_addmm");

/** `special_airy_ai(Tensor x) -> Tensor` */
export const specialAiryAi = operator<{
  (x: Tensor): Tensor;
}>("specialAiryAi", "aten::special_airy_ai");

/** `special_bessel_j0(Tensor self) -> Tensor` */
export const specialBesselJ0 = operator<{
  (self: Tensor): Tensor;
}>("specialBesselJ0", "aten::special_bessel_j0");

/** `special_bessel_j1(Tensor self) -> Tensor` */
export const specialBesselJ1 = operator<{
  (self: Tensor): Tensor;
}>("specialBesselJ1", "aten::special_bessel_j1");

/** `special_bessel_y0(Tensor self) -> Tensor` */
export const specialBesselY0 = operator<{
  (self: Tensor): Tensor;
}>("specialBesselY0", "aten::special_bessel_y0");

/** `special_bessel_y1(Tensor self) -> Tensor` */
export const specialBesselY1 = operator<{
  (self: Tensor): Tensor;
}>("specialBesselY1", "aten::special_bessel_y1");

/**
 * - `special_chebyshev_polynomial_t(Tensor x, Tensor n) -> Tensor`
 * - `special_chebyshev_polynomial_t.n_scalar(Tensor x, Scalar n) -> Tensor`
 * - `special_chebyshev_polynomial_t.x_scalar(Scalar x, Tensor n) -> Tensor`
 */
export const specialChebyshevPolynomialT = operator<{
  (x: Tensor, n: Tensor | Scalar): Tensor;
  (x: Scalar, n: Tensor): Tensor;
}>("specialChebyshevPolynomialT", "aten::special_chebyshev_polynomial_t");

/**
 * - `special_chebyshev_polynomial_u(Tensor x, Tensor n) -> Tensor`
 * - `special_chebyshev_polynomial_u.n_scalar(Tensor x, Scalar n) -> Tensor`
 * - `special_chebyshev_polynomial_u.x_scalar(Scalar x, Tensor n) -> Tensor`
 */
export const specialChebyshevPolynomialU = operator<{
  (x: Tensor, n: Tensor | Scalar): Tensor;
  (x: Scalar, n: Tensor): Tensor;
}>("specialChebyshevPolynomialU", "aten::special_chebyshev_polynomial_u");

/**
 * - `special_chebyshev_polynomial_v(Tensor x, Tensor n) -> Tensor`
 * - `special_chebyshev_polynomial_v.n_scalar(Tensor x, Scalar n) -> Tensor`
 * - `special_chebyshev_polynomial_v.x_scalar(Scalar x, Tensor n) -> Tensor`
 */
export const specialChebyshevPolynomialV = operator<{
  (x: Tensor, n: Tensor | Scalar): Tensor;
  (x: Scalar, n: Tensor): Tensor;
}>("specialChebyshevPolynomialV", "aten::special_chebyshev_polynomial_v");

/**
 * - `special_chebyshev_polynomial_w(Tensor x, Tensor n) -> Tensor`
 * - `special_chebyshev_polynomial_w.n_scalar(Tensor x, Scalar n) -> Tensor`
 * - `special_chebyshev_polynomial_w.x_scalar(Scalar x, Tensor n) -> Tensor`
 */
export const specialChebyshevPolynomialW = operator<{
  (x: Tensor, n: Tensor | Scalar): Tensor;
  (x: Scalar, n: Tensor): Tensor;
}>("specialChebyshevPolynomialW", "aten::special_chebyshev_polynomial_w");

/** `special_digamma(Tensor self) -> Tensor` */
export const specialDigamma = operator<{
  (self: Tensor): Tensor;
}>("specialDigamma", "aten::special_digamma");

/** `special_entr(Tensor self) -> Tensor` */
export const specialEntr = operator<{
  (self: Tensor): Tensor;
}>("specialEntr", "aten::special_entr");

/** `special_erf(Tensor self) -> Tensor` */
export const specialErf = operator<{
  (self: Tensor): Tensor;
}>("specialErf", "aten::special_erf");

/** `special_erfc(Tensor self) -> Tensor` */
export const specialErfc = operator<{
  (self: Tensor): Tensor;
}>("specialErfc", "aten::special_erfc");

/** `special_erfcx(Tensor self) -> Tensor` */
export const specialErfcx = operator<{
  (self: Tensor): Tensor;
}>("specialErfcx", "aten::special_erfcx");

/** `special_erfinv(Tensor self) -> Tensor` */
export const specialErfinv = operator<{
  (self: Tensor): Tensor;
}>("specialErfinv", "aten::special_erfinv");

/** `special_exp2(Tensor self) -> Tensor` */
export const specialExp2 = operator<{
  (self: Tensor): Tensor;
}>("specialExp2", "aten::special_exp2");

/** `special_expit(Tensor self) -> Tensor` */
export const specialExpit = operator<{
  (self: Tensor): Tensor;
}>("specialExpit", "aten::special_expit");

/** `special_expm1(Tensor self) -> Tensor` */
export const specialExpm1 = operator<{
  (self: Tensor): Tensor;
}>("specialExpm1", "aten::special_expm1");

/** `special_gammainc(Tensor self, Tensor other) -> Tensor` */
export const specialGammainc = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("specialGammainc", "aten::special_gammainc");

/** `special_gammaincc(Tensor self, Tensor other) -> Tensor` */
export const specialGammaincc = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("specialGammaincc", "aten::special_gammaincc");

/** `special_gammaln(Tensor self) -> Tensor` */
export const specialGammaln = operator<{
  (self: Tensor): Tensor;
}>("specialGammaln", "aten::special_gammaln");

/**
 * - `special_hermite_polynomial_h(Tensor x, Tensor n) -> Tensor`
 * - `special_hermite_polynomial_h.n_scalar(Tensor x, Scalar n) -> Tensor`
 * - `special_hermite_polynomial_h.x_scalar(Scalar x, Tensor n) -> Tensor`
 */
export const specialHermitePolynomialH = operator<{
  (x: Tensor, n: Tensor | Scalar): Tensor;
  (x: Scalar, n: Tensor): Tensor;
}>("specialHermitePolynomialH", "aten::special_hermite_polynomial_h");

/**
 * - `special_hermite_polynomial_he(Tensor x, Tensor n) -> Tensor`
 * - `special_hermite_polynomial_he.n_scalar(Tensor x, Scalar n) -> Tensor`
 * - `special_hermite_polynomial_he.x_scalar(Scalar x, Tensor n) -> Tensor`
 */
export const specialHermitePolynomialHe = operator<{
  (x: Tensor, n: Tensor | Scalar): Tensor;
  (x: Scalar, n: Tensor): Tensor;
}>("specialHermitePolynomialHe", "aten::special_hermite_polynomial_he");

/** `special_i0(Tensor self) -> Tensor` */
export const specialI0 = operator<{
  (self: Tensor): Tensor;
}>("specialI0", "aten::special_i0");

/** `special_i0e(Tensor self) -> Tensor` */
export const specialI0e = operator<{
  (self: Tensor): Tensor;
}>("specialI0e", "aten::special_i0e");

/** `special_i1(Tensor self) -> Tensor` */
export const specialI1 = operator<{
  (self: Tensor): Tensor;
}>("specialI1", "aten::special_i1");

/** `special_i1e(Tensor self) -> Tensor` */
export const specialI1e = operator<{
  (self: Tensor): Tensor;
}>("specialI1e", "aten::special_i1e");

/**
 * - `special_laguerre_polynomial_l(Tensor x, Tensor n) -> Tensor`
 * - `special_laguerre_polynomial_l.n_scalar(Tensor x, Scalar n) -> Tensor`
 * - `special_laguerre_polynomial_l.x_scalar(Scalar x, Tensor n) -> Tensor`
 */
export const specialLaguerrePolynomialL = operator<{
  (x: Tensor, n: Tensor | Scalar): Tensor;
  (x: Scalar, n: Tensor): Tensor;
}>("specialLaguerrePolynomialL", "aten::special_laguerre_polynomial_l");

/**
 * - `special_legendre_polynomial_p(Tensor x, Tensor n) -> Tensor`
 * - `special_legendre_polynomial_p.n_scalar(Tensor x, Scalar n) -> Tensor`
 * - `special_legendre_polynomial_p.x_scalar(Scalar x, Tensor n) -> Tensor`
 */
export const specialLegendrePolynomialP = operator<{
  (x: Tensor, n: Tensor | Scalar): Tensor;
  (x: Scalar, n: Tensor): Tensor;
}>("specialLegendrePolynomialP", "aten::special_legendre_polynomial_p");

/** `special_log1p(Tensor self) -> Tensor` */
export const specialLog1p = operator<{
  (self: Tensor): Tensor;
}>("specialLog1p", "aten::special_log1p");

/** `special_log_ndtr(Tensor self) -> Tensor` */
export const specialLogNdtr = operator<{
  (self: Tensor): Tensor;
}>("specialLogNdtr", "aten::special_log_ndtr");

/** `special_log_softmax(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor` */
export const specialLogSoftmax = operator<{
  (self: Tensor, dim: Int, options?: { dtype?: DType | null }): Tensor;
}>("specialLogSoftmax", "aten::special_log_softmax");

/** `special_logit(Tensor self, float? eps=None) -> Tensor` */
export const specialLogit = operator<{
  (self: Tensor, options?: { eps?: number | null }): Tensor;
  (self: Tensor, eps: number | null): Tensor;
}>("specialLogit", "aten::special_logit");

/** `special_logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor` */
export const specialLogsumexp = operator<{
  (self: Tensor, dim: Ints | Int, options?: { keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | Int, keepdim: boolean): Tensor;
}>("specialLogsumexp", "aten::special_logsumexp");

/** `special_modified_bessel_i0(Tensor self) -> Tensor` */
export const specialModifiedBesselI0 = operator<{
  (self: Tensor): Tensor;
}>("specialModifiedBesselI0", "aten::special_modified_bessel_i0");

/** `special_modified_bessel_i1(Tensor self) -> Tensor` */
export const specialModifiedBesselI1 = operator<{
  (self: Tensor): Tensor;
}>("specialModifiedBesselI1", "aten::special_modified_bessel_i1");

/** `special_modified_bessel_k0(Tensor self) -> Tensor` */
export const specialModifiedBesselK0 = operator<{
  (self: Tensor): Tensor;
}>("specialModifiedBesselK0", "aten::special_modified_bessel_k0");

/** `special_modified_bessel_k1(Tensor self) -> Tensor` */
export const specialModifiedBesselK1 = operator<{
  (self: Tensor): Tensor;
}>("specialModifiedBesselK1", "aten::special_modified_bessel_k1");

/** `special_multigammaln(Tensor self, int p) -> Tensor` */
export const specialMultigammaln = operator<{
  (self: Tensor, p: Int): Tensor;
}>("specialMultigammaln", "aten::special_multigammaln");

/** `special_ndtr(Tensor self) -> Tensor` */
export const specialNdtr = operator<{
  (self: Tensor): Tensor;
}>("specialNdtr", "aten::special_ndtr");

/** `special_ndtri(Tensor self) -> Tensor` */
export const specialNdtri = operator<{
  (self: Tensor): Tensor;
}>("specialNdtri", "aten::special_ndtri");

/** `special_polygamma(int n, Tensor self) -> Tensor` */
export const specialPolygamma = operator<{
  (n: Int, self: Tensor): Tensor;
}>("specialPolygamma", "aten::special_polygamma");

/** `special_psi(Tensor self) -> Tensor` */
export const specialPsi = operator<{
  (self: Tensor): Tensor;
}>("specialPsi", "aten::special_psi");

/** `special_round(Tensor self, *, int decimals=0) -> Tensor` */
export const specialRound = operator<{
  (self: Tensor, options?: { decimals?: Int }): Tensor;
}>("specialRound", "aten::special_round");

/** `special_scaled_modified_bessel_k0(Tensor x) -> Tensor` */
export const specialScaledModifiedBesselK0 = operator<{
  (x: Tensor): Tensor;
}>("specialScaledModifiedBesselK0", "aten::special_scaled_modified_bessel_k0");

/** `special_scaled_modified_bessel_k1(Tensor x) -> Tensor` */
export const specialScaledModifiedBesselK1 = operator<{
  (x: Tensor): Tensor;
}>("specialScaledModifiedBesselK1", "aten::special_scaled_modified_bessel_k1");

/**
 * - `special_shifted_chebyshev_polynomial_t(Tensor x, Tensor n) -> Tensor`
 * - `special_shifted_chebyshev_polynomial_t.n_scalar(Tensor x, Scalar n) -> Tensor`
 * - `special_shifted_chebyshev_polynomial_t.x_scalar(Scalar x, Tensor n) -> Tensor`
 */
export const specialShiftedChebyshevPolynomialT = operator<{
  (x: Tensor, n: Tensor | Scalar): Tensor;
  (x: Scalar, n: Tensor): Tensor;
}>("specialShiftedChebyshevPolynomialT", "aten::special_shifted_chebyshev_polynomial_t");

/**
 * - `special_shifted_chebyshev_polynomial_u(Tensor x, Tensor n) -> Tensor`
 * - `special_shifted_chebyshev_polynomial_u.n_scalar(Tensor x, Scalar n) -> Tensor`
 * - `special_shifted_chebyshev_polynomial_u.x_scalar(Scalar x, Tensor n) -> Tensor`
 */
export const specialShiftedChebyshevPolynomialU = operator<{
  (x: Tensor, n: Tensor | Scalar): Tensor;
  (x: Scalar, n: Tensor): Tensor;
}>("specialShiftedChebyshevPolynomialU", "aten::special_shifted_chebyshev_polynomial_u");

/**
 * - `special_shifted_chebyshev_polynomial_v(Tensor x, Tensor n) -> Tensor`
 * - `special_shifted_chebyshev_polynomial_v.n_scalar(Tensor x, Scalar n) -> Tensor`
 * - `special_shifted_chebyshev_polynomial_v.x_scalar(Scalar x, Tensor n) -> Tensor`
 */
export const specialShiftedChebyshevPolynomialV = operator<{
  (x: Tensor, n: Tensor | Scalar): Tensor;
  (x: Scalar, n: Tensor): Tensor;
}>("specialShiftedChebyshevPolynomialV", "aten::special_shifted_chebyshev_polynomial_v");

/**
 * - `special_shifted_chebyshev_polynomial_w(Tensor x, Tensor n) -> Tensor`
 * - `special_shifted_chebyshev_polynomial_w.n_scalar(Tensor x, Scalar n) -> Tensor`
 * - `special_shifted_chebyshev_polynomial_w.x_scalar(Scalar x, Tensor n) -> Tensor`
 */
export const specialShiftedChebyshevPolynomialW = operator<{
  (x: Tensor, n: Tensor | Scalar): Tensor;
  (x: Scalar, n: Tensor): Tensor;
}>("specialShiftedChebyshevPolynomialW", "aten::special_shifted_chebyshev_polynomial_w");

/** `special_sinc(Tensor self) -> Tensor` */
export const specialSinc = operator<{
  (self: Tensor): Tensor;
}>("specialSinc", "aten::special_sinc");

/** `special_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor` */
export const specialSoftmax = operator<{
  (self: Tensor, dim: Int, options?: { dtype?: DType | null }): Tensor;
  (self: Tensor, dim: Int, dtype: DType | null): Tensor;
}>("specialSoftmax", "aten::special_softmax");

/** `special_spherical_bessel_j0(Tensor x) -> Tensor` */
export const specialSphericalBesselJ0 = operator<{
  (x: Tensor): Tensor;
}>("specialSphericalBesselJ0", "aten::special_spherical_bessel_j0");

/**
 * - `special_xlog1py(Tensor self, Tensor other) -> Tensor`
 * - `special_xlog1py.other_scalar(Tensor self, Scalar other) -> Tensor`
 * - `special_xlog1py.self_scalar(Scalar self, Tensor other) -> Tensor`
 */
export const specialXlog1py = operator<{
  (self: Tensor, other: Tensor | Scalar): Tensor;
  (self: Scalar, other: Tensor): Tensor;
}>("specialXlog1py", "aten::special_xlog1py");

/**
 * - `special_xlogy(Tensor self, Tensor other) -> Tensor`
 * - `special_xlogy.other_scalar(Tensor self, Scalar other) -> Tensor`
 * - `special_xlogy.self_scalar(Scalar self, Tensor other) -> Tensor`
 */
export const specialXlogy = operator<{
  (self: Tensor, other: Tensor | Scalar): Tensor;
  (self: Scalar, other: Tensor): Tensor;
}>("specialXlogy", "aten::special_xlogy");

/**
 * - `special_zeta(Tensor self, Tensor other) -> Tensor`
 * - `special_zeta.other_scalar(Tensor self, Scalar other) -> Tensor`
 * - `special_zeta.self_scalar(Scalar self, Tensor other) -> Tensor`
 */
export const specialZeta = operator<{
  (self: Tensor, other: Tensor | Scalar): Tensor;
  (self: Scalar, other: Tensor): Tensor;
}>("specialZeta", "aten::special_zeta");

/**
 * - `split.Tensor(Tensor(a -> *) self, SymInt split_size, int dim=0) -> Tensor(a)[]`
 * - `split.sizes(Tensor(a -> *) self, SymInt[] split_size, int dim=0) -> Tensor(a)[]`
 */
export const split = operator<{
  (self: Tensor, splitSize: Int | Ints, options?: { dim?: Int }): Tensor[];
  (self: Tensor, splitSize: Int | Ints, dim: Int): Tensor[];
}>("split", "aten::split");

/** `split_copy.Tensor(Tensor self, SymInt split_size, int dim=0) -> Tensor[]` */
export const splitCopy = operator<{
  (self: Tensor, splitSize: Int, options?: { dim?: Int }): Tensor[];
  (self: Tensor, splitSize: Int, dim: Int): Tensor[];
}>("splitCopy", "aten::split_copy");

/** `split_with_sizes(Tensor(a -> *) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[]` */
export const splitWithSizes = operator<{
  (self: Tensor, splitSizes: Ints, options?: { dim?: Int }): Tensor[];
  (self: Tensor, splitSizes: Ints, dim: Int): Tensor[];
}>("splitWithSizes", "aten::split_with_sizes");

/** `split_with_sizes_copy(Tensor self, SymInt[] split_sizes, int dim=0) -> Tensor[]` */
export const splitWithSizesCopy = operator<{
  (self: Tensor, splitSizes: Ints, options?: { dim?: Int }): Tensor[];
  (self: Tensor, splitSizes: Ints, dim: Int): Tensor[];
}>("splitWithSizesCopy", "aten::split_with_sizes_copy");

/** `sqrt(Tensor self) -> Tensor` */
export const sqrt = operator<{
  (self: Tensor): Tensor;
}>("sqrt", "aten::sqrt");

/** `sqrt_(Tensor(a!) self) -> Tensor(a!)` */
export const sqrt_ = operator<{
  (self: Tensor): Tensor;
}>("sqrt_", "aten::sqrt_");

/** `square(Tensor self) -> Tensor` */
export const square = operator<{
  (self: Tensor): Tensor;
}>("square", "aten::square");

/** `square_(Tensor(a!) self) -> Tensor(a!)` */
export const square_ = operator<{
  (self: Tensor): Tensor;
}>("square_", "aten::square_");

/**
 * - `squeeze(Tensor(a) self) -> Tensor(a)`
 * - `squeeze.dim(Tensor(a) self, int dim) -> Tensor(a)`
 * - `squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)`
 */
export const squeeze = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, dim: Int | Ints): Tensor;
}>("squeeze", "aten::squeeze");

/**
 * - `squeeze_(Tensor(a!) self) -> Tensor(a!)`
 * - `squeeze_.dim(Tensor(a!) self, int dim) -> Tensor(a!)`
 * - `squeeze_.dims(Tensor(a!) self, int[] dim) -> Tensor(a!)`
 */
export const squeeze_ = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, dim: Int | Ints): Tensor;
}>("squeeze_", "aten::squeeze_");

/**
 * - `squeeze_copy(Tensor self) -> Tensor`
 * - `squeeze_copy.dim(Tensor self, int dim) -> Tensor`
 * - `squeeze_copy.dims(Tensor self, int[] dim) -> Tensor`
 */
export const squeezeCopy = operator<{
  (self: Tensor): Tensor;
  (self: Tensor, dim: Int | Ints): Tensor;
}>("squeezeCopy", "aten::squeeze_copy");

/** `sspaddmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
export const sspaddmm = operator<{
  (self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
}>("sspaddmm", "aten::sspaddmm");

/** `stack(Tensor[] tensors, int dim=0) -> Tensor` */
export const stack = operator<{
  (tensors: readonly Tensor[], options?: { dim?: Int }): Tensor;
  (tensors: readonly Tensor[], dim: Int): Tensor;
}>("stack", "aten::stack");

/**
 * - `std(Tensor self, bool unbiased=True) -> Tensor`
 * - `std.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor`
 * - `std.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor`
 */
export const std = operator<{
  (self: Tensor, options?: { unbiased?: boolean }): Tensor;
  (self: Tensor, unbiased: boolean): Tensor;
  (self: Tensor, options?: { dim?: Ints | Int | null; correction?: Scalar | null; keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | Int | null, options?: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | Int | null, options?: { unbiased?: boolean; keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | Int | null, unbiased: boolean, keepdim?: boolean): Tensor;
}>("std", "aten::std");

/**
 * - `std_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)`
 * - `std_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)`
 * - `std_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)`
 */
export const stdMean = operator<{
  (self: Tensor, options?: { unbiased?: boolean }): [Tensor, Tensor];
  (self: Tensor, unbiased: boolean): [Tensor, Tensor];
  (self: Tensor, options?: { dim?: Ints | Int | null; correction?: Scalar | null; keepdim?: boolean }): [Tensor, Tensor];
  (self: Tensor, dim: Ints | Int | null, options?: { correction?: Scalar | null; keepdim?: boolean }): [Tensor, Tensor];
  (self: Tensor, dim: Ints | Int | null, options?: { unbiased?: boolean; keepdim?: boolean }): [Tensor, Tensor];
  (self: Tensor, dim: Ints | Int | null, unbiased: boolean, keepdim?: boolean): [Tensor, Tensor];
}>("stdMean", "aten::std_mean");

/**
 * - `stft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool normalized=False, bool? onesided=None, bool? return_complex=None, bool? align_to_window=None) -> Tensor`
 * - `stft.center(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, str pad_mode="reflect", bool normalized=False, bool? onesided=None, bool? return_complex=None, bool? align_to_window=None) -> Tensor`
 */
export const stft = operator<{
  (self: Tensor, nFft: Int, options?: { hopLength?: Int | null; winLength?: Int | null; window?: Tensor | null; normalized?: boolean; onesided?: boolean | null; returnComplex?: boolean | null; alignToWindow?: boolean | null }): Tensor;
  (self: Tensor, nFft: Int, hopLength: Int | null, winLength?: Int | null, window?: Tensor | null, normalized?: boolean, onesided?: boolean | null, returnComplex?: boolean | null, alignToWindow?: boolean | null): Tensor;
  (self: Tensor, nFft: Int, options?: { hopLength?: Int | null; winLength?: Int | null; window?: Tensor | null; center?: boolean; padMode?: string; normalized?: boolean; onesided?: boolean | null; returnComplex?: boolean | null; alignToWindow?: boolean | null }): Tensor;
  (self: Tensor, nFft: Int, hopLength: Int | null, winLength?: Int | null, window?: Tensor | null, center?: boolean, padMode?: string, normalized?: boolean, onesided?: boolean | null, returnComplex?: boolean | null, alignToWindow?: boolean | null): Tensor;
}>("stft", "aten::stft");

/** `storage_offset(Tensor self) -> int` */
export const storageOffset = operator<{
  (self: Tensor): number;
}>("storageOffset", "aten::storage_offset");

/** `stride.int(Tensor self, int dim) -> int` */
export const stride = operator<{
  (self: Tensor, dim: Int): number;
}>("stride", "aten::stride");

/** `sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
export const sub = operator<{
  (self: Tensor, other: Tensor | Scalar, options?: { alpha?: Scalar }): Tensor;
}>("sub", "aten::sub");

/** `sub_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)` */
export const sub_ = operator<{
  (self: Tensor, other: Tensor | Scalar, options?: { alpha?: Scalar }): Tensor;
}>("sub_", "aten::sub_");

/**
 * - `subtract.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor`
 * - `subtract.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`
 */
export const subtract = operator<{
  (self: Tensor, other: Scalar | Tensor, options?: { alpha?: Scalar }): Tensor;
  (self: Tensor, other: Scalar, alpha: Scalar): Tensor;
}>("subtract", "aten::subtract");

/**
 * - `subtract_.Scalar(Tensor(a!) self, Scalar other, Scalar alpha=1) -> Tensor(a!)`
 * - `subtract_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)`
 */
export const subtract_ = operator<{
  (self: Tensor, other: Scalar | Tensor, options?: { alpha?: Scalar }): Tensor;
  (self: Tensor, other: Scalar, alpha: Scalar): Tensor;
}>("subtract_", "aten::subtract_");

/**
 * - `sum(Tensor self, *, ScalarType? dtype=None) -> Tensor`
 * - `sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`
 */
export const sum = operator<{
  (self: Tensor, options?: { dtype?: DType | null }): Tensor;
  (self: Tensor, dim: Ints | Int | null, options?: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  (self: Tensor, dim: Ints | Int | null, keepdim: boolean, options?: { dtype?: DType | null }): Tensor;
}>("sum", "aten::sum");

/** `sum_to_size(Tensor self, SymInt[] size) -> Tensor` */
export const sumToSize = operator<{
  (self: Tensor, size: Ints): Tensor;
}>("sumToSize", "aten::sum_to_size");

/** `svd(Tensor self, bool some=True, bool compute_uv=True) -> (Tensor U, Tensor S, Tensor V)` */
export const svd = operator<{
  (self: Tensor, options?: { some?: boolean; computeUv?: boolean }): Named<{ U: Tensor; S: Tensor; V: Tensor }, [U: Tensor, S: Tensor, V: Tensor]>;
  (self: Tensor, some: boolean, computeUv?: boolean): Named<{ U: Tensor; S: Tensor; V: Tensor }, [U: Tensor, S: Tensor, V: Tensor]>;
}>("svd", "aten::svd");

/** `swapaxes(Tensor(a) self, int axis0, int axis1) -> Tensor(a)` */
export const swapaxes = operator<{
  (self: Tensor, axis0: Int, axis1: Int): Tensor;
}>("swapaxes", "aten::swapaxes");

/** `swapaxes_(Tensor(a!) self, int axis0, int axis1) -> Tensor(a!)` */
export const swapaxes_ = operator<{
  (self: Tensor, axis0: Int, axis1: Int): Tensor;
}>("swapaxes_", "aten::swapaxes_");

/** `swapdims(Tensor(a) self, int dim0, int dim1) -> Tensor(a)` */
export const swapdims = operator<{
  (self: Tensor, dim0: Int, dim1: Int): Tensor;
}>("swapdims", "aten::swapdims");

/** `swapdims_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!)` */
export const swapdims_ = operator<{
  (self: Tensor, dim0: Int, dim1: Int): Tensor;
}>("swapdims_", "aten::swapdims_");

/** `sym_constrain_range(Scalar size, *, int? min=None, int? max=None) -> ()` */
export const symConstrainRange = operator<{
  (size: Scalar, options?: { min?: Int | null; max?: Int | null }): void;
}>("symConstrainRange", "aten::sym_constrain_range");

/** `sym_constrain_range_for_size(Scalar size, *, int? min=None, int? max=None) -> ()` */
export const symConstrainRangeForSize = operator<{
  (size: Scalar, options?: { min?: Int | null; max?: Int | null }): void;
}>("symConstrainRangeForSize", "aten::sym_constrain_range_for_size");

/** `sym_is_contiguous(Tensor self, MemoryFormat memory_format=0) -> SymBool` */
export const symIsContiguous = operator<{
  (self: Tensor, options?: { memoryFormat?: MemoryFormat }): boolean;
  (self: Tensor, memoryFormat: MemoryFormat): boolean;
}>("symIsContiguous", "aten::sym_is_contiguous");

/** `sym_numel(Tensor self) -> SymInt` */
export const symNumel = operator<{
  (self: Tensor): number;
}>("symNumel", "aten::sym_numel");

/** `sym_size.int(Tensor self, int dim) -> SymInt` */
export const symSize = operator<{
  (self: Tensor, dim: Int): number;
}>("symSize", "aten::sym_size");

/** `sym_storage_offset(Tensor self) -> SymInt` */
export const symStorageOffset = operator<{
  (self: Tensor): number;
}>("symStorageOffset", "aten::sym_storage_offset");

/** `sym_stride.int(Tensor self, int dim) -> SymInt` */
export const symStride = operator<{
  (self: Tensor, dim: Int): number;
}>("symStride", "aten::sym_stride");

/** `t(Tensor(a) self) -> Tensor(a)` */
export const t = operator<{
  (self: Tensor): Tensor;
}>("t", "aten::t");

/** `t_(Tensor(a!) self) -> Tensor(a!)` */
export const t_ = operator<{
  (self: Tensor): Tensor;
}>("t_", "aten::t_");

/** `t_copy(Tensor self) -> Tensor` */
export const tCopy = operator<{
  (self: Tensor): Tensor;
}>("tCopy", "aten::t_copy");

/** `take(Tensor self, Tensor index) -> Tensor` */
export const take = operator<{
  (self: Tensor, index: Tensor): Tensor;
}>("take", "aten::take");

/** `take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor` */
export const takeAlongDim = operator<{
  (self: Tensor, indices: Tensor, options?: { dim?: Int | null }): Tensor;
  (self: Tensor, indices: Tensor, dim: Int | null): Tensor;
}>("takeAlongDim", "aten::take_along_dim");

/** `tan(Tensor self) -> Tensor` */
export const tan = operator<{
  (self: Tensor): Tensor;
}>("tan", "aten::tan");

/** `tan_(Tensor(a!) self) -> Tensor(a!)` */
export const tan_ = operator<{
  (self: Tensor): Tensor;
}>("tan_", "aten::tan_");

/** `tanh(Tensor self) -> Tensor` */
export const tanh = operator<{
  (self: Tensor): Tensor;
}>("tanh", "aten::tanh");

/** `tanh_(Tensor(a!) self) -> Tensor(a!)` */
export const tanh_ = operator<{
  (self: Tensor): Tensor;
}>("tanh_", "aten::tanh_");

/** `tanh_backward(Tensor grad_output, Tensor output) -> Tensor` */
export const tanhBackward = operator<{
  (gradOutput: Tensor, output: Tensor): Tensor;
}>("tanhBackward", "aten::tanh_backward");

/**
 * - `tensor_split.indices(Tensor(a -> *) self, SymInt[] indices, int dim=0) -> Tensor(a)[]`
 * - `tensor_split.sections(Tensor(a -> *) self, SymInt sections, int dim=0) -> Tensor(a)[]`
 * - `tensor_split.tensor_indices_or_sections(Tensor(a -> *) self, Tensor tensor_indices_or_sections, int dim=0) -> Tensor(a)[]`
 */
export const tensorSplit = operator<{
  (self: Tensor, indices: Ints, options?: { dim?: Int }): Tensor[];
  (self: Tensor, indices: Ints, dim: Int): Tensor[];
  (self: Tensor, sections: Int, options?: { dim?: Int }): Tensor[];
  (self: Tensor, sections: Int, dim: Int): Tensor[];
  (self: Tensor, tensorIndicesOrSections: Tensor, options?: { dim?: Int }): Tensor[];
  (self: Tensor, tensorIndicesOrSections: Tensor, dim: Int): Tensor[];
}>("tensorSplit", "aten::tensor_split");

/** `tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor` */
export const tensordot = operator<{
  (self: Tensor, other: Tensor, dimsSelf: Ints, dimsOther: Ints): Tensor;
}>("tensordot", "aten::tensordot");

/** `thnn_conv2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0]) -> Tensor` */
export const thnnConv2d = operator<{
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int }): Tensor;
  (self: Tensor, weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int): Tensor;
}>("thnnConv2d", "aten::thnn_conv2d");

/** `threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor` */
export const threshold = operator<{
  (self: Tensor, threshold: Scalar, value: Scalar): Tensor;
}>("threshold", "aten::threshold");

/** `threshold_(Tensor(a!) self, Scalar threshold, Scalar value) -> Tensor(a!)` */
export const threshold_ = operator<{
  (self: Tensor, threshold: Scalar, value: Scalar): Tensor;
}>("threshold_", "aten::threshold_");

/** `threshold_backward(Tensor grad_output, Tensor self, Scalar threshold) -> Tensor` */
export const thresholdBackward = operator<{
  (gradOutput: Tensor, self: Tensor, threshold: Scalar): Tensor;
}>("thresholdBackward", "aten::threshold_backward");

/** `tile(Tensor self, SymInt[] dims) -> Tensor` */
export const tile = operator<{
  (self: Tensor, dims: Ints): Tensor;
}>("tile", "aten::tile");

/**
 * - `to.dtype(Tensor(a) self, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)`
 * - `to.other(Tensor(a) self, Tensor other, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)`
 * - `to.device(Tensor(a) self, Device device, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)`
 * - `to.dtype_layout(Tensor(a) self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)`
 */
export const to = operator<{
  (self: Tensor, dtype: DType, options?: { nonBlocking?: boolean; copy?: boolean; memoryFormat?: MemoryFormat | null }): Tensor;
  (self: Tensor, dtype: DType, nonBlocking: boolean, copy?: boolean, memoryFormat?: MemoryFormat | null): Tensor;
  (self: Tensor, other: Tensor, options?: { nonBlocking?: boolean; copy?: boolean; memoryFormat?: MemoryFormat | null }): Tensor;
  (self: Tensor, other: Tensor, nonBlocking: boolean, copy?: boolean, memoryFormat?: MemoryFormat | null): Tensor;
  (self: Tensor, device: Device, dtype: DType, options?: { nonBlocking?: boolean; copy?: boolean; memoryFormat?: MemoryFormat | null }): Tensor;
  (self: Tensor, device: Device, dtype: DType, nonBlocking: boolean, copy?: boolean, memoryFormat?: MemoryFormat | null): Tensor;
  (self: Tensor, options?: { nonBlocking?: boolean; copy?: boolean; memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
}>("to", "aten::to");

/** `to_dense(Tensor self, ScalarType? dtype=None, *, bool? masked_grad=None) -> Tensor` */
export const toDense = operator<{
  (self: Tensor, options?: { dtype?: DType | null; maskedGrad?: boolean | null }): Tensor;
  (self: Tensor, dtype: DType | null, options?: { maskedGrad?: boolean | null }): Tensor;
}>("toDense", "aten::to_dense");

/** `to_dense_backward(Tensor grad, Tensor input, bool? masked_grad=None) -> Tensor` */
export const toDenseBackward = operator<{
  (grad: Tensor, input: Tensor, options?: { maskedGrad?: boolean | null }): Tensor;
  (grad: Tensor, input: Tensor, maskedGrad: boolean | null): Tensor;
}>("toDenseBackward", "aten::to_dense_backward");

/** `to_mkldnn(Tensor self, ScalarType? dtype=None) -> Tensor` */
export const toMkldnn = operator<{
  (self: Tensor, options?: { dtype?: DType | null }): Tensor;
  (self: Tensor, dtype: DType | null): Tensor;
}>("toMkldnn", "aten::to_mkldnn");

/** `to_mkldnn_backward(Tensor grad, Tensor input) -> Tensor` */
export const toMkldnnBackward = operator<{
  (grad: Tensor, input: Tensor): Tensor;
}>("toMkldnnBackward", "aten::to_mkldnn_backward");

/** `to_padded_tensor(Tensor self, float padding, SymInt[]? output_size=None) -> Tensor` */
export const toPaddedTensor = operator<{
  (self: Tensor, padding: number, options?: { outputSize?: Ints | null }): Tensor;
  (self: Tensor, padding: number, outputSize: Ints | null): Tensor;
}>("toPaddedTensor", "aten::to_padded_tensor");

/**
 * - `to_sparse.sparse_dim(Tensor self, int sparse_dim) -> Tensor`
 * - `to_sparse(Tensor self, *, Layout? layout=None, int[2]? blocksize=None, int? dense_dim=None) -> Tensor`
 */
export const toSparse = operator<{
  (self: Tensor, sparseDim: Int): Tensor;
  (self: Tensor, options?: { layout?: Layout | null; blocksize?: Ints | Int | null; denseDim?: Int | null }): Tensor;
}>("toSparse", "aten::to_sparse");

/** `to_sparse_bsc(Tensor self, int[2] blocksize, int? dense_dim=None) -> Tensor` */
export const toSparseBsc = operator<{
  (self: Tensor, blocksize: Ints | Int, options?: { denseDim?: Int | null }): Tensor;
  (self: Tensor, blocksize: Ints | Int, denseDim: Int | null): Tensor;
}>("toSparseBsc", "aten::to_sparse_bsc");

/** `to_sparse_bsr(Tensor self, int[2] blocksize, int? dense_dim=None) -> Tensor` */
export const toSparseBsr = operator<{
  (self: Tensor, blocksize: Ints | Int, options?: { denseDim?: Int | null }): Tensor;
  (self: Tensor, blocksize: Ints | Int, denseDim: Int | null): Tensor;
}>("toSparseBsr", "aten::to_sparse_bsr");

/** `to_sparse_csc(Tensor self, int? dense_dim=None) -> Tensor` */
export const toSparseCsc = operator<{
  (self: Tensor, options?: { denseDim?: Int | null }): Tensor;
  (self: Tensor, denseDim: Int | null): Tensor;
}>("toSparseCsc", "aten::to_sparse_csc");

/** `to_sparse_csr(Tensor self, int? dense_dim=None) -> Tensor` */
export const toSparseCsr = operator<{
  (self: Tensor, options?: { denseDim?: Int | null }): Tensor;
  (self: Tensor, denseDim: Int | null): Tensor;
}>("toSparseCsr", "aten::to_sparse_csr");

/** `topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)` */
export const topk = operator<{
  (self: Tensor, k: Int, options?: { dim?: Int; largest?: boolean; sorted?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  (self: Tensor, k: Int, dim: Int, largest?: boolean, sorted?: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
}>("topk", "aten::topk");

/** `trace(Tensor self) -> Tensor` */
export const trace = operator<{
  (self: Tensor): Tensor;
}>("trace", "aten::trace");

/** `trace_backward(Tensor grad, SymInt[] sizes) -> Tensor` */
export const traceBackward = operator<{
  (grad: Tensor, sizes: Ints): Tensor;
}>("traceBackward", "aten::trace_backward");

/** `transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)` */
export const transpose = operator<{
  (self: Tensor, dim0: Int, dim1: Int): Tensor;
}>("transpose", "aten::transpose");

/** `transpose_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!)` */
export const transpose_ = operator<{
  (self: Tensor, dim0: Int, dim1: Int): Tensor;
}>("transpose_", "aten::transpose_");

/** `transpose_copy.int(Tensor self, int dim0, int dim1) -> Tensor` */
export const transposeCopy = operator<{
  (self: Tensor, dim0: Int, dim1: Int): Tensor;
}>("transposeCopy", "aten::transpose_copy");

/**
 * - `trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor`
 * - `trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor`
 */
export const trapezoid = operator<{
  (y: Tensor, options?: { dx?: Scalar; dim?: Int }): Tensor;
  (y: Tensor, x: Tensor, options?: { dim?: Int }): Tensor;
}>("trapezoid", "aten::trapezoid");

/**
 * - `trapz.dx(Tensor y, *, float dx=1., int dim=-1) -> Tensor`
 * - `trapz.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor`
 */
export const trapz = operator<{
  (y: Tensor, options?: { dx?: number; dim?: Int }): Tensor;
  (y: Tensor, x: Tensor, options?: { dim?: Int }): Tensor;
}>("trapz", "aten::trapz");

/** `triangular_solve(Tensor self, Tensor A, bool upper=True, bool transpose=False, bool unitriangular=False) -> (Tensor solution, Tensor cloned_coefficient)` */
export const triangularSolve = operator<{
  (self: Tensor, A: Tensor, options?: { upper?: boolean; transpose?: boolean; unitriangular?: boolean }): Named<{ solution: Tensor; clonedCoefficient: Tensor }, [solution: Tensor, clonedCoefficient: Tensor]>;
  (self: Tensor, A: Tensor, upper: boolean, transpose?: boolean, unitriangular?: boolean): Named<{ solution: Tensor; clonedCoefficient: Tensor }, [solution: Tensor, clonedCoefficient: Tensor]>;
}>("triangularSolve", "aten::triangular_solve");

/** `tril(Tensor self, SymInt diagonal=0) -> Tensor` */
export const tril = operator<{
  (self: Tensor, options?: { diagonal?: Int }): Tensor;
  (self: Tensor, diagonal: Int): Tensor;
}>("tril", "aten::tril");

/** `tril_(Tensor(a!) self, SymInt diagonal=0) -> Tensor(a!)` */
export const tril_ = operator<{
  (self: Tensor, options?: { diagonal?: Int }): Tensor;
  (self: Tensor, diagonal: Int): Tensor;
}>("tril_", "aten::tril_");

/** `tril_indices(int row, int col, int offset=0, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const trilIndices = operator<{
  (row: Int, col: Int, options?: { offset?: Int } & FactoryOptions): Tensor;
  (row: Int, col: Int, offset: Int, options?: FactoryOptions): Tensor;
}>("trilIndices", "aten::tril_indices");

/** `triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1., float p=2., float eps=9.9999999999999995e-07, bool swap=False, int reduction=1) -> Tensor` */
export const tripletMarginLoss = operator<{
  (anchor: Tensor, positive: Tensor, negative: Tensor, options?: { margin?: number; p?: number; eps?: number; swap?: boolean; reduction?: Int }): Tensor;
  (anchor: Tensor, positive: Tensor, negative: Tensor, margin: number, p?: number, eps?: number, swap?: boolean, reduction?: Int): Tensor;
}>("tripletMarginLoss", "aten::triplet_margin_loss");

/** `triu(Tensor self, SymInt diagonal=0) -> Tensor` */
export const triu = operator<{
  (self: Tensor, options?: { diagonal?: Int }): Tensor;
  (self: Tensor, diagonal: Int): Tensor;
}>("triu", "aten::triu");

/** `triu_(Tensor(a!) self, SymInt diagonal=0) -> Tensor(a!)` */
export const triu_ = operator<{
  (self: Tensor, options?: { diagonal?: Int }): Tensor;
  (self: Tensor, diagonal: Int): Tensor;
}>("triu_", "aten::triu_");

/** `triu_indices(int row, int col, int offset=0, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const triuIndices = operator<{
  (row: Int, col: Int, options?: { offset?: Int } & FactoryOptions): Tensor;
  (row: Int, col: Int, offset: Int, options?: FactoryOptions): Tensor;
}>("triuIndices", "aten::triu_indices");

/**
 * - `true_divide.Scalar(Tensor self, Scalar other) -> Tensor`
 * - `true_divide.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const trueDivide = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("trueDivide", "aten::true_divide");

/**
 * - `true_divide_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `true_divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const trueDivide_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("trueDivide_", "aten::true_divide_");

/** `trunc(Tensor self) -> Tensor` */
export const trunc = operator<{
  (self: Tensor): Tensor;
}>("trunc", "aten::trunc");

/** `trunc_(Tensor(a!) self) -> Tensor(a!)` */
export const trunc_ = operator<{
  (self: Tensor): Tensor;
}>("trunc_", "aten::trunc_");

/** `type_as(Tensor self, Tensor other) -> Tensor` */
export const typeAs = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("typeAs", "aten::type_as");

/** `unbind.int(Tensor(a -> *) self, int dim=0) -> Tensor(a)[]` */
export const unbind = operator<{
  (self: Tensor, options?: { dim?: Int }): Tensor[];
  (self: Tensor, dim: Int): Tensor[];
}>("unbind", "aten::unbind");

/** `unbind_copy.int(Tensor self, int dim=0) -> Tensor[]` */
export const unbindCopy = operator<{
  (self: Tensor, options?: { dim?: Int }): Tensor[];
  (self: Tensor, dim: Int): Tensor[];
}>("unbindCopy", "aten::unbind_copy");

/** `unflatten.int(Tensor(a) self, int dim, SymInt[] sizes) -> Tensor(a)` */
export const unflatten = operator<{
  (self: Tensor, dim: Int, sizes: Ints): Tensor;
}>("unflatten", "aten::unflatten");

/** `unflatten_dense_tensors(Tensor flat, Tensor[] tensors) -> Tensor[]` */
export const unflattenDenseTensors = operator<{
  (flat: Tensor, tensors: readonly Tensor[]): Tensor[];
}>("unflattenDenseTensors", "aten::unflatten_dense_tensors");

/** `unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)` */
export const unfold = operator<{
  (self: Tensor, dimension: Int, size: Int, step: Int): Tensor;
}>("unfold", "aten::unfold");

/** `unfold_backward(Tensor grad_in, SymInt[] input_sizes, int dim, int size, int step) -> Tensor` */
export const unfoldBackward = operator<{
  (gradIn: Tensor, inputSizes: Ints, dim: Int, size: Int, step: Int): Tensor;
}>("unfoldBackward", "aten::unfold_backward");

/** `unfold_copy(Tensor self, int dimension, int size, int step) -> Tensor` */
export const unfoldCopy = operator<{
  (self: Tensor, dimension: Int, size: Int, step: Int): Tensor;
}>("unfoldCopy", "aten::unfold_copy");

/** `uniform(Tensor self, float from=0., float to=1., *, Generator? generator=None) -> Tensor` */
export const uniform = operator<{
  (self: Tensor, options?: { from?: number; to?: number; generator?: Generator | null }): Tensor;
  (self: Tensor, from: number, to?: number, options?: { generator?: Generator | null }): Tensor;
}>("uniform", "aten::uniform");

/** `uniform_(Tensor(a!) self, float from=0., float to=1., *, Generator? generator=None) -> Tensor(a!)` */
export const uniform_ = operator<{
  (self: Tensor, options?: { from?: number; to?: number; generator?: Generator | null }): Tensor;
  (self: Tensor, from: number, to?: number, options?: { generator?: Generator | null }): Tensor;
}>("uniform_", "aten::uniform_");

/** `unique_consecutive(Tensor self, bool return_inverse=False, bool return_counts=False, int? dim=None) -> (Tensor, Tensor, Tensor)` */
export const uniqueConsecutive = operator<{
  (self: Tensor, options?: { returnInverse?: boolean; returnCounts?: boolean; dim?: Int | null }): [Tensor, Tensor, Tensor];
  (self: Tensor, returnInverse: boolean, returnCounts?: boolean, dim?: Int | null): [Tensor, Tensor, Tensor];
}>("uniqueConsecutive", "aten::unique_consecutive");

/** `unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)` */
export const uniqueDim = operator<{
  (self: Tensor, dim: Int, options?: { sorted?: boolean; returnInverse?: boolean; returnCounts?: boolean }): [Tensor, Tensor, Tensor];
  (self: Tensor, dim: Int, sorted: boolean, returnInverse?: boolean, returnCounts?: boolean): [Tensor, Tensor, Tensor];
}>("uniqueDim", "aten::unique_dim");

/** `unique_dim_consecutive(Tensor self, int dim, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)` */
export const uniqueDimConsecutive = operator<{
  (self: Tensor, dim: Int, options?: { returnInverse?: boolean; returnCounts?: boolean }): [Tensor, Tensor, Tensor];
  (self: Tensor, dim: Int, returnInverse: boolean, returnCounts?: boolean): [Tensor, Tensor, Tensor];
}>("uniqueDimConsecutive", "aten::unique_dim_consecutive");

/** `unsafe_chunk(Tensor self, int chunks, int dim=0) -> Tensor[]` */
export const unsafeChunk = operator<{
  (self: Tensor, chunks: Int, options?: { dim?: Int }): Tensor[];
  (self: Tensor, chunks: Int, dim: Int): Tensor[];
}>("unsafeChunk", "aten::unsafe_chunk");

/** `unsafe_split.Tensor(Tensor self, SymInt split_size, int dim=0) -> Tensor[]` */
export const unsafeSplit = operator<{
  (self: Tensor, splitSize: Int, options?: { dim?: Int }): Tensor[];
  (self: Tensor, splitSize: Int, dim: Int): Tensor[];
}>("unsafeSplit", "aten::unsafe_split");

/** `unsafe_split_with_sizes(Tensor self, SymInt[] split_sizes, int dim=0) -> Tensor[]` */
export const unsafeSplitWithSizes = operator<{
  (self: Tensor, splitSizes: Ints, options?: { dim?: Int }): Tensor[];
  (self: Tensor, splitSizes: Ints, dim: Int): Tensor[];
}>("unsafeSplitWithSizes", "aten::unsafe_split_with_sizes");

/** `unsqueeze(Tensor(a) self, int dim) -> Tensor(a)` */
export const unsqueeze = operator<{
  (self: Tensor, dim: Int): Tensor;
}>("unsqueeze", "aten::unsqueeze");

/** `unsqueeze_(Tensor(a!) self, int dim) -> Tensor(a!)` */
export const unsqueeze_ = operator<{
  (self: Tensor, dim: Int): Tensor;
}>("unsqueeze_", "aten::unsqueeze_");

/** `unsqueeze_copy(Tensor self, int dim) -> Tensor` */
export const unsqueezeCopy = operator<{
  (self: Tensor, dim: Int): Tensor;
}>("unsqueezeCopy", "aten::unsqueeze_copy");

/**
 * - `upsample_bicubic2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor`
 * - `upsample_bicubic2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor`
 */
export const upsampleBicubic2d = operator<{
  (input: Tensor, outputSize: Ints | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
  (self: Tensor, outputSize: Ints | Int, alignCorners: boolean, options?: { scalesH?: number | null; scalesW?: number | null }): Tensor;
  (self: Tensor, outputSize: Ints | Int, alignCorners: boolean, scalesH: number | null, scalesW?: number | null): Tensor;
}>("upsampleBicubic2d", "aten::upsample_bicubic2d");

/** `upsample_bicubic2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor` */
export const upsampleBicubic2dBackward = operator<{
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, options?: { scalesH?: number | null; scalesW?: number | null }): Tensor;
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, scalesH: number | null, scalesW?: number | null): Tensor;
}>("upsampleBicubic2dBackward", "aten::upsample_bicubic2d_backward");

/**
 * - `upsample_bilinear2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor`
 * - `upsample_bilinear2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor`
 */
export const upsampleBilinear2d = operator<{
  (input: Tensor, outputSize: Ints | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
  (self: Tensor, outputSize: Ints | Int, alignCorners: boolean, options?: { scalesH?: number | null; scalesW?: number | null }): Tensor;
  (self: Tensor, outputSize: Ints | Int, alignCorners: boolean, scalesH: number | null, scalesW?: number | null): Tensor;
}>("upsampleBilinear2d", "aten::upsample_bilinear2d");

/** `upsample_bilinear2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor` */
export const upsampleBilinear2dBackward = operator<{
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, options?: { scalesH?: number | null; scalesW?: number | null }): Tensor;
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, scalesH: number | null, scalesW?: number | null): Tensor;
}>("upsampleBilinear2dBackward", "aten::upsample_bilinear2d_backward");

/**
 * - `upsample_linear1d(Tensor self, SymInt[1] output_size, bool align_corners, float? scales=None) -> Tensor`
 * - `upsample_linear1d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor`
 */
export const upsampleLinear1d = operator<{
  (self: Tensor, outputSize: Ints | Int, alignCorners: boolean, options?: { scales?: number | null }): Tensor;
  (self: Tensor, outputSize: Ints | Int, alignCorners: boolean, scales: number | null): Tensor;
  (input: Tensor, outputSize: Ints | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
}>("upsampleLinear1d", "aten::upsample_linear1d");

/** `upsample_linear1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, bool align_corners, float? scales=None) -> Tensor` */
export const upsampleLinear1dBackward = operator<{
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, options?: { scales?: number | null }): Tensor;
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, scales: number | null): Tensor;
}>("upsampleLinear1dBackward", "aten::upsample_linear1d_backward");

/**
 * - `upsample_nearest1d(Tensor self, SymInt[1] output_size, float? scales=None) -> Tensor`
 * - `upsample_nearest1d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor`
 */
export const upsampleNearest1d = operator<{
  (self: Tensor, outputSize: Ints | Int, options?: { scales?: number | null }): Tensor;
  (self: Tensor, outputSize: Ints | Int, scales: number | null): Tensor;
  (input: Tensor, outputSize: Ints | null, scaleFactors: readonly number[] | null): Tensor;
}>("upsampleNearest1d", "aten::upsample_nearest1d");

/** `upsample_nearest1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, float? scales=None) -> Tensor` */
export const upsampleNearest1dBackward = operator<{
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, options?: { scales?: number | null }): Tensor;
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, scales: number | null): Tensor;
}>("upsampleNearest1dBackward", "aten::upsample_nearest1d_backward");

/**
 * - `upsample_nearest2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor`
 * - `upsample_nearest2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? scales_w=None) -> Tensor`
 */
export const upsampleNearest2d = operator<{
  (input: Tensor, outputSize: Ints | null, scaleFactors: readonly number[] | null): Tensor;
  (self: Tensor, outputSize: Ints | Int, options?: { scalesH?: number | null; scalesW?: number | null }): Tensor;
  (self: Tensor, outputSize: Ints | Int, scalesH: number | null, scalesW?: number | null): Tensor;
}>("upsampleNearest2d", "aten::upsample_nearest2d");

/** `upsample_nearest2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, float? scales_h=None, float? scales_w=None) -> Tensor` */
export const upsampleNearest2dBackward = operator<{
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, options?: { scalesH?: number | null; scalesW?: number | null }): Tensor;
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, scalesH: number | null, scalesW?: number | null): Tensor;
}>("upsampleNearest2dBackward", "aten::upsample_nearest2d_backward");

/**
 * - `upsample_nearest3d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor`
 * - `upsample_nearest3d(Tensor self, SymInt[3] output_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor`
 */
export const upsampleNearest3d = operator<{
  (input: Tensor, outputSize: Ints | null, scaleFactors: readonly number[] | null): Tensor;
  (self: Tensor, outputSize: Ints | Int, options?: { scalesD?: number | null; scalesH?: number | null; scalesW?: number | null }): Tensor;
  (self: Tensor, outputSize: Ints | Int, scalesD: number | null, scalesH?: number | null, scalesW?: number | null): Tensor;
}>("upsampleNearest3d", "aten::upsample_nearest3d");

/** `upsample_nearest3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor` */
export const upsampleNearest3dBackward = operator<{
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, options?: { scalesD?: number | null; scalesH?: number | null; scalesW?: number | null }): Tensor;
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, scalesD: number | null, scalesH?: number | null, scalesW?: number | null): Tensor;
}>("upsampleNearest3dBackward", "aten::upsample_nearest3d_backward");

/**
 * - `upsample_trilinear3d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor`
 * - `upsample_trilinear3d(Tensor self, SymInt[3] output_size, bool align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor`
 */
export const upsampleTrilinear3d = operator<{
  (input: Tensor, outputSize: Ints | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
  (self: Tensor, outputSize: Ints | Int, alignCorners: boolean, options?: { scalesD?: number | null; scalesH?: number | null; scalesW?: number | null }): Tensor;
  (self: Tensor, outputSize: Ints | Int, alignCorners: boolean, scalesD: number | null, scalesH?: number | null, scalesW?: number | null): Tensor;
}>("upsampleTrilinear3d", "aten::upsample_trilinear3d");

/** `upsample_trilinear3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, bool align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor` */
export const upsampleTrilinear3dBackward = operator<{
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, options?: { scalesD?: number | null; scalesH?: number | null; scalesW?: number | null }): Tensor;
  (gradOutput: Tensor, outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, scalesD: number | null, scalesH?: number | null, scalesW?: number | null): Tensor;
}>("upsampleTrilinear3dBackward", "aten::upsample_trilinear3d_backward");

/** `value_selecting_reduction_backward(Tensor grad, int dim, Tensor indices, SymInt[] sizes, bool keepdim) -> Tensor` */
export const valueSelectingReductionBackward = operator<{
  (grad: Tensor, dim: Int, indices: Tensor, sizes: Ints, keepdim: boolean): Tensor;
}>("valueSelectingReductionBackward", "aten::value_selecting_reduction_backward");

/** `values(Tensor(a) self) -> Tensor(a)` */
export const values = operator<{
  (self: Tensor): Tensor;
}>("values", "aten::values");

/** `values_copy(Tensor self) -> Tensor` */
export const valuesCopy = operator<{
  (self: Tensor): Tensor;
}>("valuesCopy", "aten::values_copy");

/** `vander(Tensor x, int? N=None, bool increasing=False) -> Tensor` */
export const vander = operator<{
  (x: Tensor, options?: { N?: Int | null; increasing?: boolean }): Tensor;
  (x: Tensor, N: Int | null, increasing?: boolean): Tensor;
}>("vander", "aten::vander");

/**
 * - `var(Tensor self, bool unbiased=True) -> Tensor`
 * - `var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor`
 * - `var.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor`
 */
export const var_op = operator<{
  (self: Tensor, options?: { unbiased?: boolean }): Tensor;
  (self: Tensor, unbiased: boolean): Tensor;
  (self: Tensor, options?: { dim?: Ints | Int | null; correction?: Scalar | null; keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | Int | null, options?: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | Int | null, options?: { unbiased?: boolean; keepdim?: boolean }): Tensor;
  (self: Tensor, dim: Ints | Int | null, unbiased: boolean, keepdim?: boolean): Tensor;
}>("var", "aten::var");

/**
 * - `var_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)`
 * - `var_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)`
 * - `var_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)`
 */
export const varMean = operator<{
  (self: Tensor, options?: { unbiased?: boolean }): [Tensor, Tensor];
  (self: Tensor, unbiased: boolean): [Tensor, Tensor];
  (self: Tensor, options?: { dim?: Ints | Int | null; correction?: Scalar | null; keepdim?: boolean }): [Tensor, Tensor];
  (self: Tensor, dim: Ints | Int | null, options?: { correction?: Scalar | null; keepdim?: boolean }): [Tensor, Tensor];
  (self: Tensor, dim: Ints | Int | null, options?: { unbiased?: boolean; keepdim?: boolean }): [Tensor, Tensor];
  (self: Tensor, dim: Ints | Int | null, unbiased: boolean, keepdim?: boolean): [Tensor, Tensor];
}>("varMean", "aten::var_mean");

/** `vdot(Tensor self, Tensor other) -> Tensor` */
export const vdot = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("vdot", "aten::vdot");

/**
 * - `view(Tensor(a) self, SymInt[] size) -> Tensor(a)`
 * - `view.dtype(Tensor(a) self, ScalarType dtype) -> Tensor(a)`
 */
export const view = operator<{
  (self: Tensor, size: Ints): Tensor;
  (self: Tensor, dtype: DType): Tensor;
}>("view", "aten::view");

/** `view_as(Tensor(a) self, Tensor other) -> Tensor(a)` */
export const viewAs = operator<{
  (self: Tensor, other: Tensor): Tensor;
}>("viewAs", "aten::view_as");

/** `view_as_complex(Tensor(a) self) -> Tensor(a)` */
export const viewAsComplex = operator<{
  (self: Tensor): Tensor;
}>("viewAsComplex", "aten::view_as_complex");

/** `view_as_complex_copy(Tensor self) -> Tensor` */
export const viewAsComplexCopy = operator<{
  (self: Tensor): Tensor;
}>("viewAsComplexCopy", "aten::view_as_complex_copy");

/** `view_as_real(Tensor(a) self) -> Tensor(a)` */
export const viewAsReal = operator<{
  (self: Tensor): Tensor;
}>("viewAsReal", "aten::view_as_real");

/** `view_as_real_copy(Tensor self) -> Tensor` */
export const viewAsRealCopy = operator<{
  (self: Tensor): Tensor;
}>("viewAsRealCopy", "aten::view_as_real_copy");

/**
 * - `view_copy(Tensor self, SymInt[] size) -> Tensor`
 * - `view_copy.dtype(Tensor self, ScalarType dtype) -> Tensor`
 */
export const viewCopy = operator<{
  (self: Tensor, size: Ints): Tensor;
  (self: Tensor, dtype: DType): Tensor;
}>("viewCopy", "aten::view_copy");

/**
 * - `vsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]`
 * - `vsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]`
 */
export const vsplit = operator<{
  (self: Tensor, indices: Ints): Tensor[];
  (self: Tensor, sections: Int): Tensor[];
}>("vsplit", "aten::vsplit");

/** `vstack(Tensor[] tensors) -> Tensor` */
export const vstack = operator<{
  (tensors: readonly Tensor[]): Tensor;
}>("vstack", "aten::vstack");

/**
 * - `where(Tensor condition) -> Tensor[]`
 * - `where.Scalar(Tensor condition, Scalar self, Scalar other) -> Tensor`
 * - `where.ScalarOther(Tensor condition, Tensor self, Scalar other) -> Tensor`
 * - `where.ScalarSelf(Tensor condition, Scalar self, Tensor other) -> Tensor`
 * - `where.self(Tensor condition, Tensor self, Tensor other) -> Tensor`
 */
export const where = operator<{
  (condition: Tensor): Tensor[];
  (condition: Tensor, self: Scalar | Tensor, other: Scalar | Tensor): Tensor;
}>("where", "aten::where");

/**
 * - `xlogy.Scalar_Other(Tensor self, Scalar other) -> Tensor`
 * - `xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor`
 * - `xlogy.Tensor(Tensor self, Tensor other) -> Tensor`
 */
export const xlogy = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
  (self: Scalar, other: Tensor): Tensor;
}>("xlogy", "aten::xlogy");

/**
 * - `xlogy_.Scalar_Other(Tensor(a!) self, Scalar other) -> Tensor(a!)`
 * - `xlogy_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
 */
export const xlogy_ = operator<{
  (self: Tensor, other: Scalar | Tensor): Tensor;
}>("xlogy_", "aten::xlogy_");

/** `zero(Tensor self) -> Tensor` */
export const zero = operator<{
  (self: Tensor): Tensor;
}>("zero", "aten::zero");

/** `zero_(Tensor(a!) self) -> Tensor(a!)` */
export const zero_ = operator<{
  (self: Tensor): Tensor;
}>("zero_", "aten::zero_");

/** `zeros(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
export const zeros = operator<{
  (size: Ints, options?: FactoryOptions): Tensor;
  (...size: Ints): Tensor;
}>("zeros", "aten::zeros");

/** `zeros_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor` */
export const zerosLike = operator<{
  (self: Tensor, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
}>("zerosLike", "aten::zeros_like");

export { var_op as var };

/** PyTorch's `torch.linalg`. */
export const linalg = {
  cholesky: linalgCholesky,
  choleskyEx: linalgCholeskyEx,
  cond: linalgCond,
  cross: linalgCross,
  det: linalgDet,
  diagonal: linalgDiagonal,
  eig: linalgEig,
  eigh: linalgEigh,
  eigvals: linalgEigvals,
  eigvalsh: linalgEigvalsh,
  householderProduct: linalgHouseholderProduct,
  inv: linalgInv,
  invEx: linalgInvEx,
  ldlFactor: linalgLdlFactor,
  ldlFactorEx: linalgLdlFactorEx,
  ldlSolve: linalgLdlSolve,
  lstsq: linalgLstsq,
  lu: linalgLu,
  luFactor: linalgLuFactor,
  luFactorEx: linalgLuFactorEx,
  luSolve: linalgLuSolve,
  matmul: linalgMatmul,
  matrixExp: linalgMatrixExp,
  matrixNorm: linalgMatrixNorm,
  matrixPower: linalgMatrixPower,
  matrixRank: linalgMatrixRank,
  multiDot: linalgMultiDot,
  norm: linalgNorm,
  pinv: linalgPinv,
  qr: linalgQr,
  slogdet: linalgSlogdet,
  solve: linalgSolve,
  solveEx: linalgSolveEx,
  solveTriangular: linalgSolveTriangular,
  svd: linalgSvd,
  svdvals: linalgSvdvals,
  tensorinv: linalgTensorinv,
  tensorsolve: linalgTensorsolve,
  vander: linalgVander,
  vecdot: linalgVecdot,
  vectorNorm: linalgVectorNorm,
};

/** PyTorch's `torch.fft`. */
export const fft = {
  fft: fftFft,
  fft2: fftFft2,
  fftfreq: fftFftfreq,
  fftn: fftFftn,
  fftshift: fftFftshift,
  hfft: fftHfft,
  hfft2: fftHfft2,
  hfftn: fftHfftn,
  ifft: fftIfft,
  ifft2: fftIfft2,
  ifftn: fftIfftn,
  ifftshift: fftIfftshift,
  ihfft: fftIhfft,
  ihfft2: fftIhfft2,
  ihfftn: fftIhfftn,
  irfft: fftIrfft,
  irfft2: fftIrfft2,
  irfftn: fftIrfftn,
  rfft: fftRfft,
  rfft2: fftRfft2,
  rfftfreq: fftRfftfreq,
  rfftn: fftRfftn,
};

/** PyTorch's `torch.special`. */
export const special = {
  airyAi: specialAiryAi,
  besselJ0: specialBesselJ0,
  besselJ1: specialBesselJ1,
  besselY0: specialBesselY0,
  besselY1: specialBesselY1,
  chebyshevPolynomialT: specialChebyshevPolynomialT,
  chebyshevPolynomialU: specialChebyshevPolynomialU,
  chebyshevPolynomialV: specialChebyshevPolynomialV,
  chebyshevPolynomialW: specialChebyshevPolynomialW,
  digamma: specialDigamma,
  entr: specialEntr,
  erf: specialErf,
  erfc: specialErfc,
  erfcx: specialErfcx,
  erfinv: specialErfinv,
  exp2: specialExp2,
  expit: specialExpit,
  expm1: specialExpm1,
  gammainc: specialGammainc,
  gammaincc: specialGammaincc,
  gammaln: specialGammaln,
  hermitePolynomialH: specialHermitePolynomialH,
  hermitePolynomialHe: specialHermitePolynomialHe,
  i0: specialI0,
  i0e: specialI0e,
  i1: specialI1,
  i1e: specialI1e,
  laguerrePolynomialL: specialLaguerrePolynomialL,
  legendrePolynomialP: specialLegendrePolynomialP,
  log1p: specialLog1p,
  logNdtr: specialLogNdtr,
  logSoftmax: specialLogSoftmax,
  logit: specialLogit,
  logsumexp: specialLogsumexp,
  modifiedBesselI0: specialModifiedBesselI0,
  modifiedBesselI1: specialModifiedBesselI1,
  modifiedBesselK0: specialModifiedBesselK0,
  modifiedBesselK1: specialModifiedBesselK1,
  multigammaln: specialMultigammaln,
  ndtr: specialNdtr,
  ndtri: specialNdtri,
  polygamma: specialPolygamma,
  psi: specialPsi,
  round: specialRound,
  scaledModifiedBesselK0: specialScaledModifiedBesselK0,
  scaledModifiedBesselK1: specialScaledModifiedBesselK1,
  shiftedChebyshevPolynomialT: specialShiftedChebyshevPolynomialT,
  shiftedChebyshevPolynomialU: specialShiftedChebyshevPolynomialU,
  shiftedChebyshevPolynomialV: specialShiftedChebyshevPolynomialV,
  shiftedChebyshevPolynomialW: specialShiftedChebyshevPolynomialW,
  sinc: specialSinc,
  softmax: specialSoftmax,
  sphericalBesselJ0: specialSphericalBesselJ0,
  xlog1py: specialXlog1py,
  xlogy: specialXlogy,
  zeta: specialZeta,
};

/** Operators whose first argument is a tensor, as its methods. */
export interface TensorMethods {
  /** `abs(Tensor self) -> Tensor` */
  abs(): Tensor;
  /** `abs_(Tensor(a!) self) -> Tensor(a!)` */
  abs_(): Tensor;
  /** `absolute(Tensor self) -> Tensor` */
  absolute(): Tensor;
  /** `absolute_(Tensor(a!) self) -> Tensor(a!)` */
  absolute_(): Tensor;
  /** `acos(Tensor self) -> Tensor` */
  acos(): Tensor;
  /** `acos_(Tensor(a!) self) -> Tensor(a!)` */
  acos_(): Tensor;
  /** `acosh(Tensor self) -> Tensor` */
  acosh(): Tensor;
  /** `acosh_(Tensor(a!) self) -> Tensor(a!)` */
  acosh_(): Tensor;
  /** `adaptive_avg_pool1d(Tensor self, int[1] output_size) -> Tensor` */
  adaptiveAvgPool1d(outputSize: Ints | Int): Tensor;
  /** `adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor` */
  adaptiveAvgPool2d(outputSize: Ints | Int): Tensor;
  /** `adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor` */
  adaptiveAvgPool3d(outputSize: Ints | Int): Tensor;
  /** `adaptive_max_pool1d(Tensor self, int[1] output_size) -> (Tensor, Tensor)` */
  adaptiveMaxPool1d(outputSize: Ints | Int): [Tensor, Tensor];
  /** `adaptive_max_pool2d(Tensor self, int[2] output_size) -> (Tensor, Tensor)` */
  adaptiveMaxPool2d(outputSize: Ints | Int): [Tensor, Tensor];
  /** `adaptive_max_pool2d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor` */
  adaptiveMaxPool2dBackward(self: Tensor, indices: Tensor): Tensor;
  /** `adaptive_max_pool3d(Tensor self, int[3] output_size) -> (Tensor, Tensor)` */
  adaptiveMaxPool3d(outputSize: Ints | Int): [Tensor, Tensor];
  /** `adaptive_max_pool3d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor` */
  adaptiveMaxPool3dBackward(self: Tensor, indices: Tensor): Tensor;
  /** `add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  add(other: Tensor | Scalar, options?: { alpha?: Scalar }): Tensor;
  /** `add_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)` */
  add_(other: Tensor | Scalar, options?: { alpha?: Scalar }): Tensor;
  /** `addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addbmm(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** `addbmm_(Tensor(a!) self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)` */
  addbmm_(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** `addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` */
  addcdiv(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  /** `addcdiv_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!)` */
  addcdiv_(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  /** `addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor` */
  addcmul(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  /** `addcmul_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!)` */
  addcmul_(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  /**
   * - `addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor`
   * - `addmm.dtype(Tensor self, Tensor mat1, Tensor mat2, ScalarType out_dtype, *, Scalar beta=1, Scalar alpha=1) -> Tensor`
   */
  addmm(mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  addmm(mat1: Tensor, mat2: Tensor, outDtype: DType, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** `addmm_(Tensor(a!) self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)` */
  addmm_(mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** `addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addmv(mat: Tensor, vec: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** `addmv_(Tensor(a!) self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)` */
  addmv_(mat: Tensor, vec: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** `addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  addr(vec1: Tensor, vec2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** `addr_(Tensor(a!) self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)` */
  addr_(vec1: Tensor, vec2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** `adjoint(Tensor(a) self) -> Tensor(a)` */
  adjoint(): Tensor;
  /** `affine_grid_generator(Tensor theta, SymInt[] size, bool align_corners) -> Tensor` */
  affineGridGenerator(size: Ints, alignCorners: boolean): Tensor;
  /** `affine_grid_generator_backward(Tensor grad, SymInt[] size, bool align_corners) -> Tensor` */
  affineGridGeneratorBackward(size: Ints, alignCorners: boolean): Tensor;
  /** `alias(Tensor(a) self) -> Tensor(a)` */
  alias(): Tensor;
  /** `alias_copy(Tensor self) -> Tensor` */
  aliasCopy(): Tensor;
  /**
   * - `all(Tensor self) -> Tensor`
   * - `all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor`
   * - `all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor`
   */
  all(): Tensor;
  all(dim: Int, options?: { keepdim?: boolean }): Tensor;
  all(dim: Int, keepdim: boolean): Tensor;
  all(options?: { dim?: Ints | null; keepdim?: boolean }): Tensor;
  all(dim: Ints | null, keepdim?: boolean): Tensor;
  /** `allclose(Tensor self, Tensor other, float rtol=1.0000000000000001e-05, float atol=1e-08, bool equal_nan=False) -> bool` */
  allclose(other: Tensor, options?: { rtol?: number; atol?: number; equalNan?: boolean }): boolean;
  allclose(other: Tensor, rtol: number, atol?: number, equalNan?: boolean): boolean;
  /** `alpha_dropout(Tensor input, float p, bool train) -> Tensor` */
  alphaDropout(p: number, train: boolean): Tensor;
  /** `alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)` */
  alphaDropout_(p: number, train: boolean): Tensor;
  /** `amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor` */
  amax(options?: { dim?: Ints | Int; keepdim?: boolean }): Tensor;
  amax(dim: Ints | Int, keepdim?: boolean): Tensor;
  /** `amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor` */
  amin(options?: { dim?: Ints | Int; keepdim?: boolean }): Tensor;
  amin(dim: Ints | Int, keepdim?: boolean): Tensor;
  /** `aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)` */
  aminmax(options?: { dim?: Int | null; keepdim?: boolean }): Named<{ min: Tensor; max: Tensor }, [min: Tensor, max: Tensor]>;
  /** `angle(Tensor self) -> Tensor` */
  angle(): Tensor;
  /**
   * - `any(Tensor self) -> Tensor`
   * - `any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor`
   * - `any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor`
   */
  any(): Tensor;
  any(dim: Int, options?: { keepdim?: boolean }): Tensor;
  any(dim: Int, keepdim: boolean): Tensor;
  any(options?: { dim?: Ints | null; keepdim?: boolean }): Tensor;
  any(dim: Ints | null, keepdim?: boolean): Tensor;
  /** `arccos(Tensor self) -> Tensor` */
  arccos(): Tensor;
  /** `arccos_(Tensor(a!) self) -> Tensor(a!)` */
  arccos_(): Tensor;
  /** `arccosh(Tensor self) -> Tensor` */
  arccosh(): Tensor;
  /** `arccosh_(Tensor(a!) self) -> Tensor(a!)` */
  arccosh_(): Tensor;
  /** `arcsin(Tensor self) -> Tensor` */
  arcsin(): Tensor;
  /** `arcsin_(Tensor(a!) self) -> Tensor(a!)` */
  arcsin_(): Tensor;
  /** `arcsinh(Tensor self) -> Tensor` */
  arcsinh(): Tensor;
  /** `arcsinh_(Tensor(a!) self) -> Tensor(a!)` */
  arcsinh_(): Tensor;
  /** `arctan(Tensor self) -> Tensor` */
  arctan(): Tensor;
  /** `arctan2(Tensor self, Tensor other) -> Tensor` */
  arctan2(other: Tensor): Tensor;
  /** `arctan2_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  arctan2_(other: Tensor): Tensor;
  /** `arctan_(Tensor(a!) self) -> Tensor(a!)` */
  arctan_(): Tensor;
  /** `arctanh(Tensor self) -> Tensor` */
  arctanh(): Tensor;
  /** `arctanh_(Tensor(a!) self) -> Tensor(a!)` */
  arctanh_(): Tensor;
  /** `argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor` */
  argmax(options?: { dim?: Int | null; keepdim?: boolean }): Tensor;
  argmax(dim: Int | null, keepdim?: boolean): Tensor;
  /** `argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor` */
  argmin(options?: { dim?: Int | null; keepdim?: boolean }): Tensor;
  argmin(dim: Int | null, keepdim?: boolean): Tensor;
  /**
   * - `argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor`
   * - `argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor`
   */
  argsort(options?: { dim?: Int; descending?: boolean }): Tensor;
  argsort(dim: Int, descending?: boolean): Tensor;
  argsort(options: { stable: boolean; dim?: Int; descending?: boolean }): Tensor;
  /** `argwhere(Tensor self) -> Tensor` */
  argwhere(): Tensor;
  /** `as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a)` */
  asStrided(size: Ints, stride: Ints, options?: { storageOffset?: Int | null }): Tensor;
  asStrided(size: Ints, stride: Ints, storageOffset: Int | null): Tensor;
  /** `as_strided_(Tensor(a!) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a!)` */
  asStrided_(size: Ints, stride: Ints, options?: { storageOffset?: Int | null }): Tensor;
  asStrided_(size: Ints, stride: Ints, storageOffset: Int | null): Tensor;
  /** `as_strided_copy(Tensor self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor` */
  asStridedCopy(size: Ints, stride: Ints, options?: { storageOffset?: Int | null }): Tensor;
  asStridedCopy(size: Ints, stride: Ints, storageOffset: Int | null): Tensor;
  /** `as_strided_scatter(Tensor self, Tensor src, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor` */
  asStridedScatter(src: Tensor, size: Ints, stride: Ints, options?: { storageOffset?: Int | null }): Tensor;
  asStridedScatter(src: Tensor, size: Ints, stride: Ints, storageOffset: Int | null): Tensor;
  /** `asin(Tensor self) -> Tensor` */
  asin(): Tensor;
  /** `asin_(Tensor(a!) self) -> Tensor(a!)` */
  asin_(): Tensor;
  /** `asinh(Tensor self) -> Tensor` */
  asinh(): Tensor;
  /** `asinh_(Tensor(a!) self) -> Tensor(a!)` */
  asinh_(): Tensor;
  /** `atan(Tensor self) -> Tensor` */
  atan(): Tensor;
  /** `atan2(Tensor self, Tensor other) -> Tensor` */
  atan2(other: Tensor): Tensor;
  /** `atan2_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  atan2_(other: Tensor): Tensor;
  /** `atan_(Tensor(a!) self) -> Tensor(a!)` */
  atan_(): Tensor;
  /** `atanh(Tensor self) -> Tensor` */
  atanh(): Tensor;
  /** `atanh_(Tensor(a!) self) -> Tensor(a!)` */
  atanh_(): Tensor;
  /** `atleast_1d(Tensor self) -> Tensor` */
  atleast1d(): Tensor;
  /** `atleast_2d(Tensor self) -> Tensor` */
  atleast2d(): Tensor;
  /** `atleast_3d(Tensor self) -> Tensor` */
  atleast3d(): Tensor;
  /** `avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], bool ceil_mode=False, bool count_include_pad=True) -> Tensor` */
  avgPool1d(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; ceilMode?: boolean; countIncludePad?: boolean }): Tensor;
  avgPool1d(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, ceilMode?: boolean, countIncludePad?: boolean): Tensor;
  /** `avg_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor` */
  avgPool2d(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: Int | null }): Tensor;
  avgPool2d(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: Int | null): Tensor;
  /** `avg_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride, int[2] padding, bool ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor` */
  avgPool2dBackward(self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding: Ints | Int, ceilMode: boolean, countIncludePad: boolean, divisorOverride: Int | null): Tensor;
  /** `avg_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor` */
  avgPool3d(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: Int | null }): Tensor;
  avgPool3d(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: Int | null): Tensor;
  /** `avg_pool3d_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] stride, int[3] padding, bool ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor` */
  avgPool3dBackward(self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding: Ints | Int, ceilMode: boolean, countIncludePad: boolean, divisorOverride: Int | null): Tensor;
  /**
   * - `baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor`
   * - `baddbmm.dtype(Tensor self, Tensor batch1, Tensor batch2, ScalarType out_dtype, *, Scalar beta=1, Scalar alpha=1) -> Tensor`
   */
  baddbmm(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  baddbmm(batch1: Tensor, batch2: Tensor, outDtype: DType, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** `baddbmm_(Tensor(a!) self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!)` */
  baddbmm_(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** `batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor` */
  batchNorm(weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, momentum: number, eps: number, cudnnEnabled: boolean): Tensor;
  /** `batch_norm_backward(Tensor grad_out, Tensor input, Tensor weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_var, bool update, float eps, bool[3] output_mask, Tensor reserve) -> (Tensor, Tensor, Tensor)` */
  batchNormBackward(input: Tensor, weight: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveVar: Tensor | null, update: boolean, eps: number, outputMask: readonly boolean[] | boolean, reserve: Tensor): [Tensor, Tensor, Tensor];
  /** `batch_norm_backward_elemt(Tensor grad_out, Tensor input, Tensor mean, Tensor invstd, Tensor? weight, Tensor sum_dy, Tensor sum_dy_xmu, Tensor count) -> Tensor` */
  batchNormBackwardElemt(input: Tensor, mean: Tensor, invstd: Tensor, weight: Tensor | null, sumDy: Tensor, sumDyXmu: Tensor, count: Tensor): Tensor;
  /** `batch_norm_backward_reduce(Tensor grad_out, Tensor input, Tensor mean, Tensor invstd, Tensor? weight, bool input_g, bool weight_g, bool bias_g) -> (Tensor, Tensor, Tensor, Tensor)` */
  batchNormBackwardReduce(input: Tensor, mean: Tensor, invstd: Tensor, weight: Tensor | null, inputG: boolean, weightG: boolean, biasG: boolean): [Tensor, Tensor, Tensor, Tensor];
  /** `batch_norm_elemt(Tensor input, Tensor? weight, Tensor? bias, Tensor mean, Tensor invstd, float eps) -> Tensor` */
  batchNormElemt(weight: Tensor | null, bias: Tensor | null, mean: Tensor, invstd: Tensor, eps: number): Tensor;
  /** `batch_norm_gather_stats(Tensor input, Tensor mean, Tensor invstd, Tensor? running_mean, Tensor? running_var, float momentum, float eps, int count) -> (Tensor, Tensor)` */
  batchNormGatherStats(mean: Tensor, invstd: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, momentum: number, eps: number, count: Int): [Tensor, Tensor];
  /** `batch_norm_gather_stats_with_counts(Tensor input, Tensor mean, Tensor invstd, Tensor? running_mean, Tensor? running_var, float momentum, float eps, Tensor counts) -> (Tensor, Tensor)` */
  batchNormGatherStatsWithCounts(mean: Tensor, invstd: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, momentum: number, eps: number, counts: Tensor): [Tensor, Tensor];
  /** `batch_norm_stats(Tensor input, float eps) -> (Tensor, Tensor)` */
  batchNormStats(eps: number): [Tensor, Tensor];
  /** `batch_norm_update_stats(Tensor input, Tensor? running_mean, Tensor? running_var, float momentum) -> (Tensor, Tensor)` */
  batchNormUpdateStats(runningMean: Tensor | null, runningVar: Tensor | null, momentum: number): [Tensor, Tensor];
  /**
   * - `bernoulli(Tensor self, *, Generator? generator=None) -> Tensor`
   * - `bernoulli.Tensor(Tensor self, Tensor p, *, Generator? generator=None) -> Tensor`
   * - `bernoulli.p(Tensor self, float p, *, Generator? generator=None) -> Tensor`
   */
  bernoulli(options?: { generator?: Generator | null }): Tensor;
  bernoulli(p: Tensor | number, options?: { generator?: Generator | null }): Tensor;
  /**
   * - `bernoulli_.Tensor(Tensor(a!) self, Tensor p, *, Generator? generator=None) -> Tensor(a!)`
   * - `bernoulli_.float(Tensor(a!) self, float p=0.5, *, Generator? generator=None) -> Tensor(a!)`
   */
  bernoulli_(p: Tensor | number, options?: { generator?: Generator | null }): Tensor;
  bernoulli_(options?: { p?: number; generator?: Generator | null }): Tensor;
  /** `bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor` */
  bilinear(input2: Tensor, weight: Tensor, options?: { bias?: Tensor | null }): Tensor;
  bilinear(input2: Tensor, weight: Tensor, bias: Tensor | null): Tensor;
  /** `binary_cross_entropy(Tensor self, Tensor target, Tensor? weight=None, int reduction=1) -> Tensor` */
  binaryCrossEntropy(target: Tensor, options?: { weight?: Tensor | null; reduction?: Int }): Tensor;
  binaryCrossEntropy(target: Tensor, weight: Tensor | null, reduction?: Int): Tensor;
  /** `binary_cross_entropy_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight=None, int reduction=1) -> Tensor` */
  binaryCrossEntropyBackward(self: Tensor, target: Tensor, options?: { weight?: Tensor | null; reduction?: Int }): Tensor;
  binaryCrossEntropyBackward(self: Tensor, target: Tensor, weight: Tensor | null, reduction?: Int): Tensor;
  /** `binary_cross_entropy_with_logits(Tensor self, Tensor target, Tensor? weight=None, Tensor? pos_weight=None, int reduction=1) -> Tensor` */
  binaryCrossEntropyWithLogits(target: Tensor, options?: { weight?: Tensor | null; posWeight?: Tensor | null; reduction?: Int }): Tensor;
  binaryCrossEntropyWithLogits(target: Tensor, weight: Tensor | null, posWeight?: Tensor | null, reduction?: Int): Tensor;
  /** `bincount(Tensor self, Tensor? weights=None, SymInt minlength=0) -> Tensor` */
  bincount(options?: { weights?: Tensor | null; minlength?: Int }): Tensor;
  bincount(weights: Tensor | null, minlength?: Int): Tensor;
  /** `binomial(Tensor count, Tensor prob, Generator? generator=None) -> Tensor` */
  binomial(prob: Tensor, options?: { generator?: Generator | null }): Tensor;
  binomial(prob: Tensor, generator: Generator | null): Tensor;
  /**
   * - `bitwise_and.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `bitwise_and.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  bitwiseAnd(other: Scalar | Tensor): Tensor;
  /**
   * - `bitwise_and_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `bitwise_and_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  bitwiseAnd_(other: Scalar | Tensor): Tensor;
  /**
   * - `bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor`
   * - `bitwise_left_shift.Tensor_Scalar(Tensor self, Scalar other) -> Tensor`
   */
  bitwiseLeftShift(other: Tensor | Scalar): Tensor;
  /**
   * - `bitwise_left_shift_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   * - `bitwise_left_shift_.Tensor_Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   */
  bitwiseLeftShift_(other: Tensor | Scalar): Tensor;
  /** `bitwise_not(Tensor self) -> Tensor` */
  bitwiseNot(): Tensor;
  /** `bitwise_not_(Tensor(a!) self) -> Tensor(a!)` */
  bitwiseNot_(): Tensor;
  /**
   * - `bitwise_or.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `bitwise_or.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  bitwiseOr(other: Scalar | Tensor): Tensor;
  /**
   * - `bitwise_or_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `bitwise_or_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  bitwiseOr_(other: Scalar | Tensor): Tensor;
  /**
   * - `bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor`
   * - `bitwise_right_shift.Tensor_Scalar(Tensor self, Scalar other) -> Tensor`
   */
  bitwiseRightShift(other: Tensor | Scalar): Tensor;
  /**
   * - `bitwise_right_shift_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   * - `bitwise_right_shift_.Tensor_Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   */
  bitwiseRightShift_(other: Tensor | Scalar): Tensor;
  /**
   * - `bitwise_xor.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `bitwise_xor.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  bitwiseXor(other: Scalar | Tensor): Tensor;
  /**
   * - `bitwise_xor_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `bitwise_xor_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  bitwiseXor_(other: Scalar | Tensor): Tensor;
  /**
   * - `bmm(Tensor self, Tensor mat2) -> Tensor`
   * - `bmm.dtype(Tensor self, Tensor mat2, ScalarType out_dtype) -> Tensor`
   */
  bmm(mat2: Tensor): Tensor;
  bmm(mat2: Tensor, outDtype: DType): Tensor;
  /** `broadcast_to(Tensor(a) self, SymInt[] size) -> Tensor(a)` */
  broadcastTo(size: Ints): Tensor;
  broadcastTo(...size: Ints): Tensor;
  /** `bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor` */
  bucketize(boundaries: Tensor, options?: { outInt32?: boolean; right?: boolean }): Tensor;
  /** `cauchy(Tensor self, float median=0., float sigma=1., *, Generator? generator=None) -> Tensor` */
  cauchy(options?: { median?: number; sigma?: number; generator?: Generator | null }): Tensor;
  cauchy(median: number, sigma?: number, options?: { generator?: Generator | null }): Tensor;
  /** `cauchy_(Tensor(a!) self, float median=0., float sigma=1., *, Generator? generator=None) -> Tensor(a!)` */
  cauchy_(options?: { median?: number; sigma?: number; generator?: Generator | null }): Tensor;
  cauchy_(median: number, sigma?: number, options?: { generator?: Generator | null }): Tensor;
  /** `ccol_indices(Tensor(a) self) -> Tensor(a)` */
  ccolIndices(): Tensor;
  /** `ccol_indices_copy(Tensor self) -> Tensor` */
  ccolIndicesCopy(): Tensor;
  /** `cdist(Tensor x1, Tensor x2, float p=2., int? compute_mode=None) -> Tensor` */
  cdist(x2: Tensor, options?: { p?: number; computeMode?: Int | null }): Tensor;
  cdist(x2: Tensor, p: number, computeMode?: Int | null): Tensor;
  /** `ceil(Tensor self) -> Tensor` */
  ceil(): Tensor;
  /** `ceil_(Tensor(a!) self) -> Tensor(a!)` */
  ceil_(): Tensor;
  /** `celu(Tensor self, Scalar alpha=1.) -> Tensor` */
  celu(options?: { alpha?: Scalar }): Tensor;
  celu(alpha: Scalar): Tensor;
  /** `celu_(Tensor(a!) self, Scalar alpha=1.) -> Tensor(a!)` */
  celu_(options?: { alpha?: Scalar }): Tensor;
  celu_(alpha: Scalar): Tensor;
  /** `chalf(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor` */
  chalf(options?: { memoryFormat?: MemoryFormat | null }): Tensor;
  /** `channel_shuffle(Tensor self, SymInt groups) -> Tensor` */
  channelShuffle(groups: Int): Tensor;
  /** `cholesky(Tensor self, bool upper=False) -> Tensor` */
  cholesky(options?: { upper?: boolean }): Tensor;
  cholesky(upper: boolean): Tensor;
  /** `cholesky_inverse(Tensor self, bool upper=False) -> Tensor` */
  choleskyInverse(options?: { upper?: boolean }): Tensor;
  choleskyInverse(upper: boolean): Tensor;
  /** `cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor` */
  choleskySolve(input2: Tensor, options?: { upper?: boolean }): Tensor;
  choleskySolve(input2: Tensor, upper: boolean): Tensor;
  /** `choose_qparams_optimized(Tensor input, int numel, int n_bins, float ratio, int bit_width) -> (Tensor, Tensor)` */
  chooseQparamsOptimized(numel: Int, nBins: Int, ratio: number, bitWidth: Int): [Tensor, Tensor];
  /** `chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[]` */
  chunk(chunks: Int, options?: { dim?: Int }): Tensor[];
  chunk(chunks: Int, dim: Int): Tensor[];
  /**
   * - `clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor`
   * - `clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor`
   */
  clamp(options?: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  clamp(min: Scalar | null, max?: Scalar | null): Tensor;
  clamp(options?: { min?: Tensor | null; max?: Tensor | null }): Tensor;
  clamp(min: Tensor | null, max?: Tensor | null): Tensor;
  /**
   * - `clamp_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!)`
   * - `clamp_.Tensor(Tensor(a!) self, Tensor? min=None, Tensor? max=None) -> Tensor(a!)`
   */
  clamp_(options?: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  clamp_(min: Scalar | null, max?: Scalar | null): Tensor;
  clamp_(options?: { min?: Tensor | null; max?: Tensor | null }): Tensor;
  clamp_(min: Tensor | null, max?: Tensor | null): Tensor;
  /**
   * - `clamp_max(Tensor self, Scalar max) -> Tensor`
   * - `clamp_max.Tensor(Tensor self, Tensor max) -> Tensor`
   */
  clampMax(max: Scalar | Tensor): Tensor;
  /**
   * - `clamp_max_(Tensor(a!) self, Scalar max) -> Tensor(a!)`
   * - `clamp_max_.Tensor(Tensor(a!) self, Tensor max) -> Tensor(a!)`
   */
  clampMax_(max: Scalar | Tensor): Tensor;
  /**
   * - `clamp_min(Tensor self, Scalar min) -> Tensor`
   * - `clamp_min.Tensor(Tensor self, Tensor min) -> Tensor`
   */
  clampMin(min: Scalar | Tensor): Tensor;
  /**
   * - `clamp_min_(Tensor(a!) self, Scalar min) -> Tensor(a!)`
   * - `clamp_min_.Tensor(Tensor(a!) self, Tensor min) -> Tensor(a!)`
   */
  clampMin_(min: Scalar | Tensor): Tensor;
  /**
   * - `clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor`
   * - `clip.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor`
   */
  clip(options?: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  clip(min: Scalar | null, max?: Scalar | null): Tensor;
  clip(options?: { min?: Tensor | null; max?: Tensor | null }): Tensor;
  clip(min: Tensor | null, max?: Tensor | null): Tensor;
  /**
   * - `clip_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!)`
   * - `clip_.Tensor(Tensor(a!) self, Tensor? min=None, Tensor? max=None) -> Tensor(a!)`
   */
  clip_(options?: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  clip_(min: Scalar | null, max?: Scalar | null): Tensor;
  clip_(options?: { min?: Tensor | null; max?: Tensor | null }): Tensor;
  clip_(min: Tensor | null, max?: Tensor | null): Tensor;
  /** `clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor` */
  clone(options?: { memoryFormat?: MemoryFormat | null }): Tensor;
  /** `coalesce(Tensor(a) self) -> Tensor(a)` */
  coalesce(): Tensor;
  /** `col2im(Tensor self, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor` */
  col2im(outputSize: Ints | Int, kernelSize: Ints | Int, dilation: Ints | Int, padding: Ints | Int, stride: Ints | Int): Tensor;
  /** `col_indices(Tensor(a) self) -> Tensor(a)` */
  colIndices(): Tensor;
  /** `col_indices_copy(Tensor self) -> Tensor` */
  colIndicesCopy(): Tensor;
  /** `combinations(Tensor self, int r=2, bool with_replacement=False) -> Tensor` */
  combinations(options?: { r?: Int; withReplacement?: boolean }): Tensor;
  combinations(r: Int, withReplacement?: boolean): Tensor;
  /** `complex(Tensor real, Tensor imag) -> Tensor` */
  complex(imag: Tensor): Tensor;
  /** `conj(Tensor(a) self) -> Tensor(a)` */
  conj(): Tensor;
  /** `conj_physical(Tensor self) -> Tensor` */
  conjPhysical(): Tensor;
  /** `conj_physical_(Tensor(a!) self) -> Tensor(a!)` */
  conjPhysical_(): Tensor;
  /** `constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor` */
  constantPadNd(pad: Ints, options?: { value?: Scalar }): Tensor;
  constantPadNd(pad: Ints, value: Scalar): Tensor;
  /** `contiguous(Tensor(a) self, *, MemoryFormat memory_format=0) -> Tensor(a)` */
  contiguous(options?: { memoryFormat?: MemoryFormat }): Tensor;
  /**
   * - `conv1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], SymInt[1] padding=[0], SymInt[1] dilation=[1], SymInt groups=1) -> Tensor`
   * - `conv1d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], str padding="valid", SymInt[1] dilation=[1], SymInt groups=1) -> Tensor`
   */
  conv1d(weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; groups?: Int }): Tensor;
  conv1d(weight: Tensor, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int | string, dilation?: Ints | Int, groups?: Int): Tensor;
  conv1d(weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: string; dilation?: Ints | Int; groups?: Int }): Tensor;
  /**
   * - `conv2d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] dilation=[1, 1], SymInt groups=1) -> Tensor`
   * - `conv2d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], str padding="valid", SymInt[2] dilation=[1, 1], SymInt groups=1) -> Tensor`
   */
  conv2d(weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; groups?: Int }): Tensor;
  conv2d(weight: Tensor, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int | string, dilation?: Ints | Int, groups?: Int): Tensor;
  conv2d(weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: string; dilation?: Ints | Int; groups?: Int }): Tensor;
  /**
   * - `conv3d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] dilation=[1, 1, 1], SymInt groups=1) -> Tensor`
   * - `conv3d.padding(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], str padding="valid", SymInt[3] dilation=[1, 1, 1], SymInt groups=1) -> Tensor`
   */
  conv3d(weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; groups?: Int }): Tensor;
  conv3d(weight: Tensor, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int | string, dilation?: Ints | Int, groups?: Int): Tensor;
  conv3d(weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: string; dilation?: Ints | Int; groups?: Int }): Tensor;
  /** `conv_depthwise3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias, SymInt[3] stride, SymInt[3] padding, SymInt[3] dilation) -> Tensor` */
  convDepthwise3d(weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride: Ints | Int, padding: Ints | Int, dilation: Ints | Int): Tensor;
  /** `conv_tbc(Tensor self, Tensor weight, Tensor bias, int pad=0) -> Tensor` */
  convTbc(weight: Tensor, bias: Tensor, options?: { pad?: Int }): Tensor;
  convTbc(weight: Tensor, bias: Tensor, pad: Int): Tensor;
  /** `conv_tbc_backward(Tensor self, Tensor input, Tensor weight, Tensor bias, int pad) -> (Tensor, Tensor, Tensor)` */
  convTbcBackward(input: Tensor, weight: Tensor, bias: Tensor, pad: Int): [Tensor, Tensor, Tensor];
  /** `conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=[1], SymInt[1] padding=[0], SymInt[1] output_padding=[0], SymInt groups=1, SymInt[1] dilation=[1]) -> Tensor` */
  convTranspose1d(weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; outputPadding?: Ints | Int; groups?: Int; dilation?: Ints | Int }): Tensor;
  convTranspose1d(weight: Tensor, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, outputPadding?: Ints | Int, groups?: Int, dilation?: Ints | Int): Tensor;
  /** `conv_transpose2d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] output_padding=[0, 0], SymInt groups=1, SymInt[2] dilation=[1, 1]) -> Tensor` */
  convTranspose2d(weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; outputPadding?: Ints | Int; groups?: Int; dilation?: Ints | Int }): Tensor;
  convTranspose2d(weight: Tensor, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, outputPadding?: Ints | Int, groups?: Int, dilation?: Ints | Int): Tensor;
  /** `conv_transpose3d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] output_padding=[0, 0, 0], SymInt groups=1, SymInt[3] dilation=[1, 1, 1]) -> Tensor` */
  convTranspose3d(weight: Tensor, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; outputPadding?: Ints | Int; groups?: Int; dilation?: Ints | Int }): Tensor;
  convTranspose3d(weight: Tensor, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, outputPadding?: Ints | Int, groups?: Int, dilation?: Ints | Int): Tensor;
  /** `convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor` */
  convolution(weight: Tensor, bias: Tensor | null, stride: Ints, padding: Ints, dilation: Ints, transposed: boolean, outputPadding: Ints, groups: Int): Tensor;
  /** `convolution_backward(Tensor grad_output, Tensor input, Tensor weight, SymInt[]? bias_sizes, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
  convolutionBackward(input: Tensor, weight: Tensor, biasSizes: Ints | null, stride: Ints, padding: Ints, dilation: Ints, transposed: boolean, outputPadding: Ints, groups: Int, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
  /** `convolution_backward_overrideable(Tensor grad_output, Tensor input, Tensor weight, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool[3] output_mask) -> (Tensor grad_input, Tensor grad_weight, Tensor grad_bias)` */
  convolutionBackwardOverrideable(input: Tensor, weight: Tensor, stride: Ints, padding: Ints, dilation: Ints, transposed: boolean, outputPadding: Ints, groups: Int, outputMask: readonly boolean[] | boolean): Named<{ gradInput: Tensor; gradWeight: Tensor; gradBias: Tensor }, [gradInput: Tensor, gradWeight: Tensor, gradBias: Tensor]>;
  /** `convolution_overrideable(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor` */
  convolutionOverrideable(weight: Tensor, bias: Tensor | null, stride: Ints, padding: Ints, dilation: Ints, transposed: boolean, outputPadding: Ints, groups: Int): Tensor;
  /** `copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor` */
  copy(src: Tensor | Scalar, options?: { nonBlocking?: boolean }): Tensor;
  copy(src: Tensor | Scalar, nonBlocking: boolean): Tensor;
  /** `copy_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!)` */
  copy_(src: Tensor | Scalar, options?: { nonBlocking?: boolean }): Tensor;
  copy_(src: Tensor | Scalar, nonBlocking: boolean): Tensor;
  /** `copy_sparse_to_sparse(Tensor self, Tensor src, bool non_blocking=False) -> Tensor` */
  copySparseToSparse(src: Tensor, options?: { nonBlocking?: boolean }): Tensor;
  copySparseToSparse(src: Tensor, nonBlocking: boolean): Tensor;
  /** `copy_sparse_to_sparse_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!)` */
  copySparseToSparse_(src: Tensor, options?: { nonBlocking?: boolean }): Tensor;
  copySparseToSparse_(src: Tensor, nonBlocking: boolean): Tensor;
  /**
   * - `copysign.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `copysign.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  copysign(other: Scalar | Tensor): Tensor;
  /**
   * - `copysign_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `copysign_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  copysign_(other: Scalar | Tensor): Tensor;
  /** `corrcoef(Tensor self) -> Tensor` */
  corrcoef(): Tensor;
  /** `cos(Tensor self) -> Tensor` */
  cos(): Tensor;
  /** `cos_(Tensor(a!) self) -> Tensor(a!)` */
  cos_(): Tensor;
  /** `cosh(Tensor self) -> Tensor` */
  cosh(): Tensor;
  /** `cosh_(Tensor(a!) self) -> Tensor(a!)` */
  cosh_(): Tensor;
  /** `cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0., int reduction=1) -> Tensor` */
  cosineEmbeddingLoss(input2: Tensor, target: Tensor, options?: { margin?: number; reduction?: Int }): Tensor;
  cosineEmbeddingLoss(input2: Tensor, target: Tensor, margin: number, reduction?: Int): Tensor;
  /** `cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor` */
  cosineSimilarity(x2: Tensor, options?: { dim?: Int; eps?: number }): Tensor;
  cosineSimilarity(x2: Tensor, dim: Int, eps?: number): Tensor;
  /**
   * - `count_nonzero(Tensor self, int? dim=None) -> Tensor`
   * - `count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor`
   */
  countNonzero(options?: { dim?: Int | null }): Tensor;
  countNonzero(dim: Int | null | Ints): Tensor;
  countNonzero(...dim: Ints): Tensor;
  /** `cov(Tensor self, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor` */
  cov(options?: { correction?: Int; fweights?: Tensor | null; aweights?: Tensor | null }): Tensor;
  /** `cross(Tensor self, Tensor other, int? dim=None) -> Tensor` */
  cross(other: Tensor, options?: { dim?: Int | null }): Tensor;
  cross(other: Tensor, dim: Int | null): Tensor;
  /** `cross_entropy_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100, float label_smoothing=0.) -> Tensor` */
  crossEntropyLoss(target: Tensor, options?: { weight?: Tensor | null; reduction?: Int; ignoreIndex?: Int; labelSmoothing?: number }): Tensor;
  crossEntropyLoss(target: Tensor, weight: Tensor | null, reduction?: Int, ignoreIndex?: Int, labelSmoothing?: number): Tensor;
  /** `crow_indices(Tensor(a) self) -> Tensor(a)` */
  crowIndices(): Tensor;
  /** `crow_indices_copy(Tensor self) -> Tensor` */
  crowIndicesCopy(): Tensor;
  /**
   * - `ctc_loss.IntList(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank=0, int reduction=1, bool zero_infinity=False) -> Tensor`
   * - `ctc_loss.Tensor(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, int blank=0, int reduction=1, bool zero_infinity=False) -> Tensor`
   */
  ctcLoss(targets: Tensor, inputLengths: Ints, targetLengths: Ints, options?: { blank?: Int; reduction?: Int; zeroInfinity?: boolean }): Tensor;
  ctcLoss(targets: Tensor, inputLengths: Ints, targetLengths: Ints, blank: Int, reduction?: Int, zeroInfinity?: boolean): Tensor;
  ctcLoss(targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, options?: { blank?: Int; reduction?: Int; zeroInfinity?: boolean }): Tensor;
  ctcLoss(targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank: Int, reduction?: Int, zeroInfinity?: boolean): Tensor;
  /** `cudnn_affine_grid_generator(Tensor theta, int N, int C, int H, int W) -> Tensor grid` */
  cudnnAffineGridGenerator(N: Int, C: Int, H: Int, W: Int): Tensor;
  /** `cudnn_affine_grid_generator_backward(Tensor grad, int N, int C, int H, int W) -> Tensor grad_theta` */
  cudnnAffineGridGeneratorBackward(N: Int, C: Int, H: Int, W: Int): Tensor;
  /** `cudnn_batch_norm(Tensor input, Tensor weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float exponential_average_factor, float epsilon) -> (Tensor, Tensor, Tensor, Tensor)` */
  cudnnBatchNorm(weight: Tensor, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, exponentialAverageFactor: number, epsilon: number): [Tensor, Tensor, Tensor, Tensor];
  /** `cudnn_batch_norm_backward(Tensor input, Tensor grad_output, Tensor weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_var, float epsilon, Tensor reserveSpace) -> (Tensor, Tensor, Tensor)` */
  cudnnBatchNormBackward(gradOutput: Tensor, weight: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveVar: Tensor | null, epsilon: number, reserveSpace: Tensor): [Tensor, Tensor, Tensor];
  /** `cudnn_convolution(Tensor self, Tensor weight, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic, bool allow_tf32) -> Tensor` */
  cudnnConvolution(weight: Tensor, padding: Ints, stride: Ints, dilation: Ints, groups: Int, benchmark: boolean, deterministic: boolean, allowTf32: boolean): Tensor;
  /** `cudnn_convolution_add_relu(Tensor self, Tensor weight, Tensor z, Scalar? alpha, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, SymInt groups) -> Tensor` */
  cudnnConvolutionAddRelu(weight: Tensor, z: Tensor, alpha: Scalar | null, bias: Tensor | null, stride: Ints, padding: Ints, dilation: Ints, groups: Int): Tensor;
  /** `cudnn_convolution_relu(Tensor self, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, SymInt groups) -> Tensor` */
  cudnnConvolutionRelu(weight: Tensor, bias: Tensor | null, stride: Ints, padding: Ints, dilation: Ints, groups: Int): Tensor;
  /** `cudnn_convolution_transpose(Tensor self, Tensor weight, SymInt[] padding, SymInt[] output_padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic, bool allow_tf32) -> Tensor` */
  cudnnConvolutionTranspose(weight: Tensor, padding: Ints, outputPadding: Ints, stride: Ints, dilation: Ints, groups: Int, benchmark: boolean, deterministic: boolean, allowTf32: boolean): Tensor;
  /** `cudnn_grid_sampler(Tensor self, Tensor grid) -> Tensor output` */
  cudnnGridSampler(grid: Tensor): Tensor;
  /** `cudnn_grid_sampler_backward(Tensor self, Tensor grid, Tensor grad_output) -> (Tensor grad_self, Tensor grad_grid)` */
  cudnnGridSamplerBackward(grid: Tensor, gradOutput: Tensor): Named<{ gradSelf: Tensor; gradGrid: Tensor }, [gradSelf: Tensor, gradGrid: Tensor]>;
  /** `cudnn_is_acceptable(Tensor self) -> bool` */
  cudnnIsAcceptable(): boolean;
  /** `cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)` */
  cummax(dim: Int): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  /** `cummaxmin_backward(Tensor grad, Tensor input, Tensor indices, int dim) -> Tensor` */
  cummaxminBackward(input: Tensor, indices: Tensor, dim: Int): Tensor;
  /** `cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)` */
  cummin(dim: Int): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  /** `cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor` */
  cumprod(dim: Int, options?: { dtype?: DType | null }): Tensor;
  /** `cumprod_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!)` */
  cumprod_(dim: Int, options?: { dtype?: DType | null }): Tensor;
  /** `cumprod_backward(Tensor grad, Tensor input, int dim, Tensor output) -> Tensor` */
  cumprodBackward(input: Tensor, dim: Int, output: Tensor): Tensor;
  /** `cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor` */
  cumsum(dim: Int, options?: { dtype?: DType | null }): Tensor;
  /** `cumsum_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!)` */
  cumsum_(dim: Int, options?: { dtype?: DType | null }): Tensor;
  /**
   * - `cumulative_trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor`
   * - `cumulative_trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor`
   */
  cumulativeTrapezoid(options?: { dx?: Scalar; dim?: Int }): Tensor;
  cumulativeTrapezoid(x: Tensor, options?: { dim?: Int }): Tensor;
  /** `deg2rad(Tensor self) -> Tensor` */
  deg2rad(): Tensor;
  /** `deg2rad_(Tensor(a!) self) -> Tensor(a!)` */
  deg2rad_(): Tensor;
  /** `dense_dim(Tensor self) -> int` */
  denseDim(): number;
  /** `dequantize.self(Tensor self) -> Tensor` */
  dequantize(): Tensor;
  /** `det(Tensor self) -> Tensor` */
  det(): Tensor;
  /** `detach(Tensor(a) self) -> Tensor(a)` */
  detach(): Tensor;
  /** `detach_(Tensor(a!) self) -> Tensor(a!)` */
  detach_(): Tensor;
  /** `detach_copy(Tensor self) -> Tensor` */
  detachCopy(): Tensor;
  /** `diag(Tensor self, int diagonal=0) -> Tensor` */
  diag(options?: { diagonal?: Int }): Tensor;
  diag(diagonal: Int): Tensor;
  /** `diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor` */
  diagEmbed(options?: { offset?: Int; dim1?: Int; dim2?: Int }): Tensor;
  diagEmbed(offset: Int, dim1?: Int, dim2?: Int): Tensor;
  /** `diagflat(Tensor self, int offset=0) -> Tensor` */
  diagflat(options?: { offset?: Int }): Tensor;
  diagflat(offset: Int): Tensor;
  /** `diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)` */
  diagonal(options?: { offset?: Int; dim1?: Int; dim2?: Int }): Tensor;
  diagonal(offset: Int, dim1?: Int, dim2?: Int): Tensor;
  /** `diagonal_backward(Tensor grad_output, SymInt[] input_sizes, int offset, int dim1, int dim2) -> Tensor` */
  diagonalBackward(inputSizes: Ints, offset: Int, dim1: Int, dim2: Int): Tensor;
  /** `diagonal_copy(Tensor self, int offset=0, int dim1=0, int dim2=1) -> Tensor` */
  diagonalCopy(options?: { offset?: Int; dim1?: Int; dim2?: Int }): Tensor;
  diagonalCopy(offset: Int, dim1?: Int, dim2?: Int): Tensor;
  /** `diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor` */
  diagonalScatter(src: Tensor, options?: { offset?: Int; dim1?: Int; dim2?: Int }): Tensor;
  diagonalScatter(src: Tensor, offset: Int, dim1?: Int, dim2?: Int): Tensor;
  /** `diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor` */
  diff(options?: { n?: Int; dim?: Int; prepend?: Tensor | null; append?: Tensor | null }): Tensor;
  diff(n: Int, dim?: Int, prepend?: Tensor | null, append?: Tensor | null): Tensor;
  /** `digamma(Tensor self) -> Tensor` */
  digamma(): Tensor;
  /** `digamma_(Tensor(a!) self) -> Tensor(a!)` */
  digamma_(): Tensor;
  /** `dist(Tensor self, Tensor other, Scalar p=2) -> Tensor` */
  dist(other: Tensor, options?: { p?: Scalar }): Tensor;
  dist(other: Tensor, p: Scalar): Tensor;
  /**
   * - `div.Tensor(Tensor self, Tensor other) -> Tensor`
   * - `div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor`
   * - `div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor`
   */
  div(other: Tensor | Scalar): Tensor;
  div(other: Scalar | Tensor, options: { roundingMode: string | null }): Tensor;
  /**
   * - `div_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   * - `div_.Scalar_mode(Tensor(a!) self, Scalar other, *, str? rounding_mode) -> Tensor(a!)`
   * - `div_.Tensor_mode(Tensor(a!) self, Tensor other, *, str? rounding_mode) -> Tensor(a!)`
   */
  div_(other: Tensor | Scalar): Tensor;
  div_(other: Scalar | Tensor, options: { roundingMode: string | null }): Tensor;
  /**
   * - `divide.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `divide.Tensor(Tensor self, Tensor other) -> Tensor`
   * - `divide.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor`
   * - `divide.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor`
   */
  divide(other: Scalar | Tensor): Tensor;
  divide(other: Scalar | Tensor, options: { roundingMode: string | null }): Tensor;
  /**
   * - `divide_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   * - `divide_.Scalar_mode(Tensor(a!) self, Scalar other, *, str? rounding_mode) -> Tensor(a!)`
   * - `divide_.Tensor_mode(Tensor(a!) self, Tensor other, *, str? rounding_mode) -> Tensor(a!)`
   */
  divide_(other: Scalar | Tensor): Tensor;
  divide_(other: Scalar | Tensor, options: { roundingMode: string | null }): Tensor;
  /** `dot(Tensor self, Tensor tensor) -> Tensor` */
  dot(tensor: Tensor): Tensor;
  /** `dropout(Tensor input, float p, bool train) -> Tensor` */
  dropout(p: number, train: boolean): Tensor;
  /** `dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)` */
  dropout_(p: number, train: boolean): Tensor;
  /**
   * - `dsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]`
   * - `dsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]`
   */
  dsplit(indices: Ints): Tensor[];
  dsplit(...indices: Ints): Tensor[];
  dsplit(sections: Int): Tensor[];
  /** `elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor` */
  elu(options?: { alpha?: Scalar; scale?: Scalar; inputScale?: Scalar }): Tensor;
  elu(alpha: Scalar, scale?: Scalar, inputScale?: Scalar): Tensor;
  /** `elu_(Tensor(a!) self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor(a!)` */
  elu_(options?: { alpha?: Scalar; scale?: Scalar; inputScale?: Scalar }): Tensor;
  elu_(alpha: Scalar, scale?: Scalar, inputScale?: Scalar): Tensor;
  /** `elu_backward(Tensor grad_output, Scalar alpha, Scalar scale, Scalar input_scale, bool is_result, Tensor self_or_result) -> Tensor` */
  eluBackward(alpha: Scalar, scale: Scalar, inputScale: Scalar, isResult: boolean, selfOrResult: Tensor): Tensor;
  /** `embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor` */
  embedding(indices: Tensor, options?: { paddingIdx?: Int; scaleGradByFreq?: boolean; sparse?: boolean }): Tensor;
  embedding(indices: Tensor, paddingIdx: Int, scaleGradByFreq?: boolean, sparse?: boolean): Tensor;
  /** `embedding_backward(Tensor grad, Tensor indices, SymInt num_weights, SymInt padding_idx, bool scale_grad_by_freq, bool sparse) -> Tensor` */
  embeddingBackward(indices: Tensor, numWeights: Int, paddingIdx: Int, scaleGradByFreq: boolean, sparse: boolean): Tensor;
  /**
   * - `embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False) -> (Tensor, Tensor, Tensor, Tensor)`
   * - `embedding_bag.padding_idx(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq, int mode, bool sparse, Tensor? per_sample_weights, bool include_last_offset, int? padding_idx) -> (Tensor, Tensor, Tensor, Tensor)`
   */
  embeddingBag(indices: Tensor, offsets: Tensor, options?: { scaleGradByFreq?: boolean; mode?: Int; sparse?: boolean; perSampleWeights?: Tensor | null; includeLastOffset?: boolean }): [Tensor, Tensor, Tensor, Tensor];
  embeddingBag(indices: Tensor, offsets: Tensor, scaleGradByFreq: boolean, mode?: Int, sparse?: boolean, perSampleWeights?: Tensor | null, includeLastOffset?: boolean): [Tensor, Tensor, Tensor, Tensor];
  embeddingBag(indices: Tensor, offsets: Tensor, scaleGradByFreq: boolean, mode: Int, sparse: boolean, perSampleWeights: Tensor | null, includeLastOffset: boolean, paddingIdx: Int | null): [Tensor, Tensor, Tensor, Tensor];
  /** `embedding_dense_backward(Tensor grad_output, Tensor indices, SymInt num_weights, SymInt padding_idx, bool scale_grad_by_freq) -> Tensor` */
  embeddingDenseBackward(indices: Tensor, numWeights: Int, paddingIdx: Int, scaleGradByFreq: boolean): Tensor;
  /** `embedding_renorm(Tensor self, Tensor indices, float max_norm, float norm_type) -> Tensor` */
  embeddingRenorm(indices: Tensor, maxNorm: number, normType: number): Tensor;
  /** `embedding_renorm_(Tensor(a!) self, Tensor indices, float max_norm, float norm_type) -> Tensor(a!)` */
  embeddingRenorm_(indices: Tensor, maxNorm: number, normType: number): Tensor;
  /** `embedding_sparse_backward(Tensor grad, Tensor indices, int num_weights, int padding_idx, bool scale_grad_by_freq) -> Tensor` */
  embeddingSparseBackward(indices: Tensor, numWeights: Int, paddingIdx: Int, scaleGradByFreq: boolean): Tensor;
  /** `empty_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor` */
  emptyLike(options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  /**
   * - `eq.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `eq.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  eq(other: Scalar | Tensor): Tensor;
  /**
   * - `eq_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `eq_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  eq_(other: Scalar | Tensor): Tensor;
  /** `equal(Tensor self, Tensor other) -> bool` */
  equal(other: Tensor): boolean;
  /** `erf(Tensor self) -> Tensor` */
  erf(): Tensor;
  /** `erf_(Tensor(a!) self) -> Tensor(a!)` */
  erf_(): Tensor;
  /** `erfc(Tensor self) -> Tensor` */
  erfc(): Tensor;
  /** `erfc_(Tensor(a!) self) -> Tensor(a!)` */
  erfc_(): Tensor;
  /** `erfinv(Tensor self) -> Tensor` */
  erfinv(): Tensor;
  /** `erfinv_(Tensor(a!) self) -> Tensor(a!)` */
  erfinv_(): Tensor;
  /** `exp(Tensor self) -> Tensor` */
  exp(): Tensor;
  /** `exp2(Tensor self) -> Tensor` */
  exp2(): Tensor;
  /** `exp2_(Tensor(a!) self) -> Tensor(a!)` */
  exp2_(): Tensor;
  /** `exp_(Tensor(a!) self) -> Tensor(a!)` */
  exp_(): Tensor;
  /** `expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)` */
  expand(size: Ints, options?: { implicit?: boolean }): Tensor;
  expand(...size: Ints): Tensor;
  /** `expand_as(Tensor(a) self, Tensor other) -> Tensor(a)` */
  expandAs(other: Tensor): Tensor;
  /** `expand_copy(Tensor self, SymInt[] size, *, bool implicit=False) -> Tensor` */
  expandCopy(size: Ints, options?: { implicit?: boolean }): Tensor;
  expandCopy(...size: Ints): Tensor;
  /** `expm1(Tensor self) -> Tensor` */
  expm1(): Tensor;
  /** `expm1_(Tensor(a!) self) -> Tensor(a!)` */
  expm1_(): Tensor;
  /** `exponential(Tensor self, float lambd=1., *, Generator? generator=None) -> Tensor` */
  exponential(options?: { lambd?: number; generator?: Generator | null }): Tensor;
  exponential(lambd: number, options?: { generator?: Generator | null }): Tensor;
  /** `exponential_(Tensor(a!) self, float lambd=1., *, Generator? generator=None) -> Tensor(a!)` */
  exponential_(options?: { lambd?: number; generator?: Generator | null }): Tensor;
  exponential_(lambd: number, options?: { generator?: Generator | null }): Tensor;
  /** `fake_quantize_per_channel_affine(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, int quant_max) -> Tensor` */
  fakeQuantizePerChannelAffine(scale: Tensor, zeroPoint: Tensor, axis: Int, quantMin: Int, quantMax: Int): Tensor;
  /** `fake_quantize_per_channel_affine_cachemask(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, int quant_max) -> (Tensor output, Tensor mask)` */
  fakeQuantizePerChannelAffineCachemask(scale: Tensor, zeroPoint: Tensor, axis: Int, quantMin: Int, quantMax: Int): Named<{ output: Tensor; mask: Tensor }, [output: Tensor, mask: Tensor]>;
  /** `fake_quantize_per_channel_affine_cachemask_backward(Tensor grad, Tensor mask) -> Tensor` */
  fakeQuantizePerChannelAffineCachemaskBackward(mask: Tensor): Tensor;
  /**
   * - `fake_quantize_per_tensor_affine(Tensor self, float scale, int zero_point, int quant_min, int quant_max) -> Tensor`
   * - `fake_quantize_per_tensor_affine.tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, int quant_min, int quant_max) -> Tensor`
   */
  fakeQuantizePerTensorAffine(scale: number, zeroPoint: Int, quantMin: Int, quantMax: Int): Tensor;
  fakeQuantizePerTensorAffine(scale: Tensor, zeroPoint: Tensor, quantMin: Int, quantMax: Int): Tensor;
  /** `fake_quantize_per_tensor_affine_cachemask(Tensor self, float scale, int zero_point, int quant_min, int quant_max) -> (Tensor output, Tensor mask)` */
  fakeQuantizePerTensorAffineCachemask(scale: number, zeroPoint: Int, quantMin: Int, quantMax: Int): Named<{ output: Tensor; mask: Tensor }, [output: Tensor, mask: Tensor]>;
  /** `fake_quantize_per_tensor_affine_cachemask_backward(Tensor grad, Tensor mask) -> Tensor` */
  fakeQuantizePerTensorAffineCachemaskBackward(mask: Tensor): Tensor;
  /**
   * - `fbgemm_linear_fp16_weight(Tensor input, Tensor packed_weight, Tensor bias) -> Tensor`
   * - `fbgemm_linear_fp16_weight.out(Tensor input, Tensor packed_weight, Tensor bias, Tensor(a!) output) -> Tensor`
   */
  fbgemmLinearFp16Weight(packedWeight: Tensor, bias: Tensor): Tensor;
  fbgemmLinearFp16Weight(packedWeight: Tensor, bias: Tensor, output: Tensor): Tensor;
  /**
   * - `fbgemm_linear_fp16_weight_fp32_activation(Tensor input, Tensor packed_weight, Tensor? bias) -> Tensor`
   * - `fbgemm_linear_fp16_weight_fp32_activation.out(Tensor input, Tensor packed_weight, Tensor? bias, Tensor(a!) output) -> Tensor`
   */
  fbgemmLinearFp16WeightFp32Activation(packedWeight: Tensor, bias: Tensor | null): Tensor;
  fbgemmLinearFp16WeightFp32Activation(packedWeight: Tensor, bias: Tensor | null, output: Tensor): Tensor;
  /** `fbgemm_linear_int8_weight(Tensor input, Tensor weight, Tensor packed, Tensor col_offsets, Scalar weight_scale, Scalar weight_zero_point, Tensor bias) -> Tensor` */
  fbgemmLinearInt8Weight(weight: Tensor, packed: Tensor, colOffsets: Tensor, weightScale: Scalar, weightZeroPoint: Scalar, bias: Tensor): Tensor;
  /** `fbgemm_linear_int8_weight_fp32_activation(Tensor input, Tensor weight, Tensor packed, Tensor col_offsets, Scalar weight_scale, Scalar weight_zero_point, Tensor bias) -> Tensor` */
  fbgemmLinearInt8WeightFp32Activation(weight: Tensor, packed: Tensor, colOffsets: Tensor, weightScale: Scalar, weightZeroPoint: Scalar, bias: Tensor): Tensor;
  /** `fbgemm_linear_quantize_weight(Tensor input) -> (Tensor, Tensor, float, int)` */
  fbgemmLinearQuantizeWeight(): [Tensor, Tensor, number, number];
  /** `fbgemm_pack_gemm_matrix_fp16(Tensor input) -> Tensor` */
  fbgemmPackGemmMatrixFp16(): Tensor;
  /**
   * - `fbgemm_pack_quantized_matrix(Tensor input) -> Tensor`
   * - `fbgemm_pack_quantized_matrix.KN(Tensor input, int K, int N) -> Tensor`
   */
  fbgemmPackQuantizedMatrix(): Tensor;
  fbgemmPackQuantizedMatrix(K: Int, N: Int): Tensor;
  /** `feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor` */
  featureAlphaDropout(p: number, train: boolean): Tensor;
  /** `feature_alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)` */
  featureAlphaDropout_(p: number, train: boolean): Tensor;
  /** `feature_dropout(Tensor input, float p, bool train) -> Tensor` */
  featureDropout(p: number, train: boolean): Tensor;
  /** `feature_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)` */
  featureDropout_(p: number, train: boolean): Tensor;
  /**
   * - `fill.Scalar(Tensor self, Scalar value) -> Tensor`
   * - `fill.Tensor(Tensor self, Tensor value) -> Tensor`
   */
  fill(value: Scalar | Tensor): Tensor;
  /**
   * - `fill_.Scalar(Tensor(a!) self, Scalar value) -> Tensor(a!)`
   * - `fill_.Tensor(Tensor(a!) self, Tensor value) -> Tensor(a!)`
   */
  fill_(value: Scalar | Tensor): Tensor;
  /** `fill_diagonal_(Tensor(a!) self, Scalar fill_value, bool wrap=False) -> Tensor(a!)` */
  fillDiagonal_(fillValue: Scalar, options?: { wrap?: boolean }): Tensor;
  fillDiagonal_(fillValue: Scalar, wrap: boolean): Tensor;
  /** `fix(Tensor self) -> Tensor` */
  fix(): Tensor;
  /** `fix_(Tensor(a!) self) -> Tensor(a!)` */
  fix_(): Tensor;
  /** `flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)` */
  flatten(options?: { startDim?: Int; endDim?: Int }): Tensor;
  flatten(startDim: Int, endDim?: Int): Tensor;
  /** `flip(Tensor self, int[] dims) -> Tensor` */
  flip(dims: Ints): Tensor;
  flip(...dims: Ints): Tensor;
  /** `fliplr(Tensor self) -> Tensor` */
  fliplr(): Tensor;
  /** `flipud(Tensor self) -> Tensor` */
  flipud(): Tensor;
  /**
   * - `float_power.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor`
   * - `float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor`
   */
  floatPower(exponent: Scalar | Tensor): Tensor;
  /**
   * - `float_power_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)`
   * - `float_power_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)`
   */
  floatPower_(exponent: Scalar | Tensor): Tensor;
  /** `floor(Tensor self) -> Tensor` */
  floor(): Tensor;
  /** `floor_(Tensor(a!) self) -> Tensor(a!)` */
  floor_(): Tensor;
  /**
   * - `floor_divide(Tensor self, Tensor other) -> Tensor`
   * - `floor_divide.Scalar(Tensor self, Scalar other) -> Tensor`
   */
  floorDivide(other: Tensor | Scalar): Tensor;
  /**
   * - `floor_divide_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `floor_divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  floorDivide_(other: Scalar | Tensor): Tensor;
  /** `fmax(Tensor self, Tensor other) -> Tensor` */
  fmax(other: Tensor): Tensor;
  /** `fmin(Tensor self, Tensor other) -> Tensor` */
  fmin(other: Tensor): Tensor;
  /**
   * - `fmod.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `fmod.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  fmod(other: Scalar | Tensor): Tensor;
  /**
   * - `fmod_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `fmod_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  fmod_(other: Scalar | Tensor): Tensor;
  /** `frac(Tensor self) -> Tensor` */
  frac(): Tensor;
  /** `frac_(Tensor(a!) self) -> Tensor(a!)` */
  frac_(): Tensor;
  /** `fractional_max_pool2d(Tensor self, int[2] kernel_size, int[2] output_size, Tensor random_samples) -> (Tensor, Tensor)` */
  fractionalMaxPool2d(kernelSize: Ints | Int, outputSize: Ints | Int, randomSamples: Tensor): [Tensor, Tensor];
  /** `fractional_max_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] output_size, Tensor indices) -> Tensor` */
  fractionalMaxPool2dBackward(self: Tensor, kernelSize: Ints | Int, outputSize: Ints | Int, indices: Tensor): Tensor;
  /** `fractional_max_pool3d(Tensor self, int[3] kernel_size, int[3] output_size, Tensor random_samples) -> (Tensor, Tensor)` */
  fractionalMaxPool3d(kernelSize: Ints | Int, outputSize: Ints | Int, randomSamples: Tensor): [Tensor, Tensor];
  /** `fractional_max_pool3d_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] output_size, Tensor indices) -> Tensor` */
  fractionalMaxPool3dBackward(self: Tensor, kernelSize: Ints | Int, outputSize: Ints | Int, indices: Tensor): Tensor;
  /** `frexp.Tensor(Tensor self) -> (Tensor mantissa, Tensor exponent)` */
  frexp(): Named<{ mantissa: Tensor; exponent: Tensor }, [mantissa: Tensor, exponent: Tensor]>;
  /** `frobenius_norm.dim(Tensor self, int[1] dim, bool keepdim=False) -> Tensor` */
  frobeniusNorm(dim: Ints | Int, options?: { keepdim?: boolean }): Tensor;
  frobeniusNorm(dim: Ints | Int, keepdim: boolean): Tensor;
  /** `full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor` */
  fullLike(fillValue: Scalar, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  /** `fused_moving_avg_obs_fake_quant(Tensor self, Tensor observer_on, Tensor fake_quant_on, Tensor(a!) running_min, Tensor(b!) running_max, Tensor(c!) scale, Tensor(d!) zero_point, float averaging_const, int quant_min, int quant_max, int ch_axis, bool per_row_fake_quant=False, bool symmetric_quant=False) -> Tensor` */
  fusedMovingAvgObsFakeQuant(observerOn: Tensor, fakeQuantOn: Tensor, runningMin: Tensor, runningMax: Tensor, scale: Tensor, zeroPoint: Tensor, averagingConst: number, quantMin: Int, quantMax: Int, chAxis: Int, options?: { perRowFakeQuant?: boolean; symmetricQuant?: boolean }): Tensor;
  fusedMovingAvgObsFakeQuant(observerOn: Tensor, fakeQuantOn: Tensor, runningMin: Tensor, runningMax: Tensor, scale: Tensor, zeroPoint: Tensor, averagingConst: number, quantMin: Int, quantMax: Int, chAxis: Int, perRowFakeQuant: boolean, symmetricQuant?: boolean): Tensor;
  /** `gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor` */
  gather(dim: Int, index: Tensor, options?: { sparseGrad?: boolean }): Tensor;
  /** `gather_backward(Tensor grad, Tensor self, int dim, Tensor index, bool sparse_grad) -> Tensor` */
  gatherBackward(self: Tensor, dim: Int, index: Tensor, sparseGrad: boolean): Tensor;
  /** `gcd(Tensor self, Tensor other) -> Tensor` */
  gcd(other: Tensor): Tensor;
  /** `gcd_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  gcd_(other: Tensor): Tensor;
  /**
   * - `ge.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `ge.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  ge(other: Scalar | Tensor): Tensor;
  /**
   * - `ge_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `ge_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  ge_(other: Scalar | Tensor): Tensor;
  /** `gelu(Tensor self, *, str approximate="none") -> Tensor` */
  gelu(options?: { approximate?: string }): Tensor;
  /** `gelu_(Tensor(a!) self, *, str approximate="none") -> Tensor(a!)` */
  gelu_(options?: { approximate?: string }): Tensor;
  /** `gelu_backward(Tensor grad_output, Tensor self, *, str approximate="none") -> Tensor` */
  geluBackward(self: Tensor, options?: { approximate?: string }): Tensor;
  /** `geometric(Tensor self, float p, *, Generator? generator=None) -> Tensor` */
  geometric(p: number, options?: { generator?: Generator | null }): Tensor;
  /** `geometric_(Tensor(a!) self, float p, *, Generator? generator=None) -> Tensor(a!)` */
  geometric_(p: number, options?: { generator?: Generator | null }): Tensor;
  /** `geqrf(Tensor self) -> (Tensor a, Tensor tau)` */
  geqrf(): Named<{ a: Tensor; tau: Tensor }, [a: Tensor, tau: Tensor]>;
  /** `ger(Tensor self, Tensor vec2) -> Tensor` */
  ger(vec2: Tensor): Tensor;
  /** `get_device(Tensor self) -> int` */
  getDevice(): number;
  /** `glu(Tensor self, int dim=-1) -> Tensor` */
  glu(options?: { dim?: Int }): Tensor;
  glu(dim: Int): Tensor;
  /** `glu_backward(Tensor grad_output, Tensor self, int dim) -> Tensor` */
  gluBackward(self: Tensor, dim: Int): Tensor;
  /** `glu_backward_jvp(Tensor grad_x, Tensor grad_glu, Tensor x, Tensor dgrad_glu, Tensor dx, int dim) -> Tensor` */
  gluBackwardJvp(gradGlu: Tensor, x: Tensor, dgradGlu: Tensor, dx: Tensor, dim: Int): Tensor;
  /** `glu_jvp(Tensor glu, Tensor x, Tensor dx, int dim) -> Tensor` */
  gluJvp(x: Tensor, dx: Tensor, dim: Int): Tensor;
  /**
   * - `gradient.array(Tensor self, *, int[] dim, int edge_order=1) -> Tensor[]`
   * - `gradient.scalararray(Tensor self, *, Scalar spacing, int[] dim, int edge_order=1) -> Tensor[]`
   * - `gradient.scalarint(Tensor self, *, Scalar? spacing=None, int? dim=None, int edge_order=1) -> Tensor[]`
   * - `gradient.scalarrayarray(Tensor self, *, Scalar[] spacing, int[] dim, int edge_order=1) -> Tensor[]`
   * - `gradient.scalarrayint(Tensor self, *, Scalar[] spacing, int? dim=None, int edge_order=1) -> Tensor[]`
   * - `gradient.tensorarray(Tensor self, *, Tensor[] spacing, int[] dim, int edge_order=1) -> Tensor[]`
   * - `gradient.tensorarrayint(Tensor self, *, Tensor[] spacing, int? dim=None, int edge_order=1) -> Tensor[]`
   */
  gradient(options: { dim: Ints; edgeOrder?: Int }): Tensor[];
  gradient(options: { spacing: Scalar; dim: Ints; edgeOrder?: Int }): Tensor[];
  gradient(options?: { spacing?: Scalar | null; dim?: Int | null; edgeOrder?: Int }): Tensor[];
  gradient(options: { spacing: readonly Scalar[]; dim: Ints; edgeOrder?: Int }): Tensor[];
  gradient(options: { spacing: readonly Scalar[]; dim?: Int | null; edgeOrder?: Int }): Tensor[];
  gradient(options: { spacing: readonly Tensor[]; dim: Ints; edgeOrder?: Int }): Tensor[];
  gradient(options: { spacing: readonly Tensor[]; dim?: Int | null; edgeOrder?: Int }): Tensor[];
  /**
   * - `greater.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `greater.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  greater(other: Scalar | Tensor): Tensor;
  /**
   * - `greater_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `greater_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  greater_(other: Scalar | Tensor): Tensor;
  /**
   * - `greater_equal.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `greater_equal.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  greaterEqual(other: Scalar | Tensor): Tensor;
  /**
   * - `greater_equal_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `greater_equal_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  greaterEqual_(other: Scalar | Tensor): Tensor;
  /** `grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor` */
  gridSampler(grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean): Tensor;
  /** `grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor` */
  gridSampler2d(grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean): Tensor;
  /** `grid_sampler_2d_backward(Tensor grad_output, Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners, bool[2] output_mask) -> (Tensor, Tensor)` */
  gridSampler2dBackward(input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean, outputMask: readonly boolean[] | boolean): [Tensor, Tensor];
  /** `grid_sampler_3d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor` */
  gridSampler3d(grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean): Tensor;
  /** `grid_sampler_3d_backward(Tensor grad_output, Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners, bool[2] output_mask) -> (Tensor, Tensor)` */
  gridSampler3dBackward(input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean, outputMask: readonly boolean[] | boolean): [Tensor, Tensor];
  /** `group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1.0000000000000001e-05, bool cudnn_enabled=True) -> Tensor` */
  groupNorm(numGroups: Int, options?: { weight?: Tensor | null; bias?: Tensor | null; eps?: number; cudnnEnabled?: boolean }): Tensor;
  groupNorm(numGroups: Int, weight: Tensor | null, bias?: Tensor | null, eps?: number, cudnnEnabled?: boolean): Tensor;
  /**
   * - `gru.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)`
   * - `gru.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)`
   */
  gru(batchSizes: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
  gru(hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor];
  /** `gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor` */
  gruCell(hx: Tensor, wIh: Tensor, wHh: Tensor, options?: { bIh?: Tensor | null; bHh?: Tensor | null }): Tensor;
  gruCell(hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor | null, bHh?: Tensor | null): Tensor;
  /**
   * - `gt.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `gt.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  gt(other: Scalar | Tensor): Tensor;
  /**
   * - `gt_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `gt_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  gt_(other: Scalar | Tensor): Tensor;
  /** `hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor` */
  hardshrink(options?: { lambd?: Scalar }): Tensor;
  hardshrink(lambd: Scalar): Tensor;
  /** `hardshrink_backward(Tensor grad_out, Tensor self, Scalar lambd) -> Tensor` */
  hardshrinkBackward(self: Tensor, lambd: Scalar): Tensor;
  /** `hardsigmoid(Tensor self) -> Tensor` */
  hardsigmoid(): Tensor;
  /** `hardsigmoid_(Tensor(a!) self) -> Tensor(a!)` */
  hardsigmoid_(): Tensor;
  /** `hardsigmoid_backward(Tensor grad_output, Tensor self) -> Tensor` */
  hardsigmoidBackward(self: Tensor): Tensor;
  /** `hardswish(Tensor self) -> Tensor` */
  hardswish(): Tensor;
  /** `hardswish_(Tensor(a!) self) -> Tensor(a!)` */
  hardswish_(): Tensor;
  /** `hardswish_backward(Tensor grad_output, Tensor self) -> Tensor` */
  hardswishBackward(self: Tensor): Tensor;
  /** `hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor` */
  hardtanh(options?: { minVal?: Scalar; maxVal?: Scalar }): Tensor;
  hardtanh(minVal: Scalar, maxVal?: Scalar): Tensor;
  /** `hardtanh_(Tensor(a!) self, Scalar min_val=-1, Scalar max_val=1) -> Tensor(a!)` */
  hardtanh_(options?: { minVal?: Scalar; maxVal?: Scalar }): Tensor;
  hardtanh_(minVal: Scalar, maxVal?: Scalar): Tensor;
  /** `hardtanh_backward(Tensor grad_output, Tensor self, Scalar min_val, Scalar max_val) -> Tensor` */
  hardtanhBackward(self: Tensor, minVal: Scalar, maxVal: Scalar): Tensor;
  /** `hash_tensor(Tensor self, int[1] dim=[], *, bool keepdim=False, int mode=0) -> Tensor` */
  hashTensor(options?: { dim?: Ints | Int; keepdim?: boolean; mode?: Int }): Tensor;
  hashTensor(dim: Ints | Int, options?: { keepdim?: boolean; mode?: Int }): Tensor;
  /** `heaviside(Tensor self, Tensor values) -> Tensor` */
  heaviside(values: Tensor): Tensor;
  /** `heaviside_(Tensor(a!) self, Tensor values) -> Tensor(a!)` */
  heaviside_(values: Tensor): Tensor;
  /** `hinge_embedding_loss(Tensor self, Tensor target, float margin=1., int reduction=1) -> Tensor` */
  hingeEmbeddingLoss(target: Tensor, options?: { margin?: number; reduction?: Int }): Tensor;
  hingeEmbeddingLoss(target: Tensor, margin: number, reduction?: Int): Tensor;
  /** `histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor` */
  histc(options?: { bins?: Int; min?: Scalar; max?: Scalar }): Tensor;
  histc(bins: Int, min?: Scalar, max?: Scalar): Tensor;
  /**
   * - `histogram.bins_tensor(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)`
   * - `histogram.bin_ct(Tensor self, int bins=100, *, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)`
   */
  histogram(bins: Tensor, options?: { weight?: Tensor | null; density?: boolean }): Named<{ hist: Tensor; binEdges: Tensor }, [hist: Tensor, binEdges: Tensor]>;
  histogram(options?: { bins?: Int; range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Named<{ hist: Tensor; binEdges: Tensor }, [hist: Tensor, binEdges: Tensor]>;
  histogram(bins: Int, options?: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Named<{ hist: Tensor; binEdges: Tensor }, [hist: Tensor, binEdges: Tensor]>;
  /**
   * - `histogramdd(Tensor self, int[] bins, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor[] bin_edges)`
   * - `histogramdd.TensorList_bins(Tensor self, Tensor[] bins, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor[] bin_edges)`
   * - `histogramdd.int_bins(Tensor self, int bins, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor[] bin_edges)`
   */
  histogramdd(bins: Ints | readonly Tensor[] | Int, options?: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): Named<{ hist: Tensor; binEdges: Tensor[] }, [hist: Tensor, binEdges: Tensor[]]>;
  histogramdd(bins: Ints | readonly Tensor[] | Int, range: readonly number[] | null, weight?: Tensor | null, density?: boolean): Named<{ hist: Tensor; binEdges: Tensor[] }, [hist: Tensor, binEdges: Tensor[]]>;
  /**
   * - `hsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]`
   * - `hsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]`
   */
  hsplit(indices: Ints): Tensor[];
  hsplit(...indices: Ints): Tensor[];
  hsplit(sections: Int): Tensor[];
  /** `hspmm(Tensor mat1, Tensor mat2) -> Tensor` */
  hspmm(mat2: Tensor): Tensor;
  /** `huber_loss(Tensor self, Tensor target, int reduction=1, float delta=1.) -> Tensor` */
  huberLoss(target: Tensor, options?: { reduction?: Int; delta?: number }): Tensor;
  huberLoss(target: Tensor, reduction: Int, delta?: number): Tensor;
  /** `huber_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, float delta) -> Tensor` */
  huberLossBackward(self: Tensor, target: Tensor, reduction: Int, delta: number): Tensor;
  /** `hypot(Tensor self, Tensor other) -> Tensor` */
  hypot(other: Tensor): Tensor;
  /** `hypot_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  hypot_(other: Tensor): Tensor;
  /** `i0(Tensor self) -> Tensor` */
  i0(): Tensor;
  /** `i0_(Tensor(a!) self) -> Tensor(a!)` */
  i0_(): Tensor;
  /** `igamma(Tensor self, Tensor other) -> Tensor` */
  igamma(other: Tensor): Tensor;
  /** `igamma_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  igamma_(other: Tensor): Tensor;
  /** `igammac(Tensor self, Tensor other) -> Tensor` */
  igammac(other: Tensor): Tensor;
  /** `igammac_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  igammac_(other: Tensor): Tensor;
  /** `im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor` */
  im2col(kernelSize: Ints | Int, dilation: Ints | Int, padding: Ints | Int, stride: Ints | Int): Tensor;
  /** `index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor` */
  indexAdd(dim: Int, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): Tensor;
  /** `index_add_(Tensor(a!) self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor(a!)` */
  indexAdd_(dim: Int, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): Tensor;
  /** `index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor` */
  indexCopy(dim: Int, index: Tensor, source: Tensor): Tensor;
  /** `index_copy_(Tensor(a!) self, int dim, Tensor index, Tensor source) -> Tensor(a!)` */
  indexCopy_(dim: Int, index: Tensor, source: Tensor): Tensor;
  /**
   * - `index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor`
   * - `index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor`
   */
  indexFill(dim: Int, index: Tensor, value: Scalar | Tensor): Tensor;
  /**
   * - `index_fill_.int_Scalar(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)`
   * - `index_fill_.int_Tensor(Tensor(a!) self, int dim, Tensor index, Tensor value) -> Tensor(a!)`
   */
  indexFill_(dim: Int, index: Tensor, value: Scalar | Tensor): Tensor;
  /** `index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor` */
  indexPut(indices: readonly (Tensor | null)[], values: Tensor, options?: { accumulate?: boolean }): Tensor;
  indexPut(indices: readonly (Tensor | null)[], values: Tensor, accumulate: boolean): Tensor;
  /** `index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor` */
  indexReduce(dim: Int, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean }): Tensor;
  /** `index_reduce_(Tensor(a!) self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor(a!)` */
  indexReduce_(dim: Int, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean }): Tensor;
  /** `index_select(Tensor self, int dim, Tensor index) -> Tensor` */
  indexSelect(dim: Int, index: Tensor): Tensor;
  /** `index_select_backward(Tensor grad, SymInt[] self_sizes, int dim, Tensor index) -> Tensor` */
  indexSelectBackward(selfSizes: Ints, dim: Int, index: Tensor): Tensor;
  /** `indices(Tensor(a) self) -> Tensor(a)` */
  indices(): Tensor;
  /** `indices_copy(Tensor self) -> Tensor` */
  indicesCopy(): Tensor;
  /** `infinitely_differentiable_gelu_backward(Tensor grad, Tensor self) -> Tensor` */
  infinitelyDifferentiableGeluBackward(self: Tensor): Tensor;
  /** `inner(Tensor self, Tensor other) -> Tensor` */
  inner(other: Tensor): Tensor;
  /** `instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled) -> Tensor` */
  instanceNorm(weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, useInputStats: boolean, momentum: number, eps: number, cudnnEnabled: boolean): Tensor;
  /** `int_repr(Tensor self) -> Tensor` */
  intRepr(): Tensor;
  /** `inverse(Tensor self) -> Tensor` */
  inverse(): Tensor;
  /** `is_coalesced(Tensor self) -> bool` */
  isCoalesced(): boolean;
  /** `is_complex(Tensor self) -> bool` */
  isComplex(): boolean;
  /** `is_conj(Tensor self) -> bool` */
  isConj(): boolean;
  /** `is_distributed(Tensor self) -> bool` */
  isDistributed(): boolean;
  /** `is_floating_point(Tensor self) -> bool` */
  isFloatingPoint(): boolean;
  /** `is_neg(Tensor self) -> bool` */
  isNeg(): boolean;
  /** `is_nonzero(Tensor self) -> bool` */
  isNonzero(): boolean;
  /** `is_pinned(Tensor self, Device? device=None) -> bool` */
  isPinned(options?: { device?: Device | null }): boolean;
  isPinned(device: Device | null): boolean;
  /** `is_same_size(Tensor self, Tensor other) -> bool` */
  isSameSize(other: Tensor): boolean;
  /** `is_set_to(Tensor self, Tensor tensor) -> bool` */
  isSetTo(tensor: Tensor): boolean;
  /** `is_signed(Tensor self) -> bool` */
  isSigned(): boolean;
  /** `isclose(Tensor self, Tensor other, float rtol=1.0000000000000001e-05, float atol=1e-08, bool equal_nan=False) -> Tensor` */
  isclose(other: Tensor, options?: { rtol?: number; atol?: number; equalNan?: boolean }): Tensor;
  isclose(other: Tensor, rtol: number, atol?: number, equalNan?: boolean): Tensor;
  /** `isfinite(Tensor self) -> Tensor` */
  isfinite(): Tensor;
  /**
   * - `isin.Tensor_Scalar(Tensor elements, Scalar test_element, *, bool assume_unique=False, bool invert=False) -> Tensor`
   * - `isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor`
   */
  isin(testElement: Scalar, options?: { assumeUnique?: boolean; invert?: boolean }): Tensor;
  isin(testElements: Tensor, options?: { assumeUnique?: boolean; invert?: boolean }): Tensor;
  /** `isinf(Tensor self) -> Tensor` */
  isinf(): Tensor;
  /** `isnan(Tensor self) -> Tensor` */
  isnan(): Tensor;
  /** `isneginf(Tensor self) -> Tensor` */
  isneginf(): Tensor;
  /** `isposinf(Tensor self) -> Tensor` */
  isposinf(): Tensor;
  /** `isreal(Tensor self) -> Tensor` */
  isreal(): Tensor;
  /** `istft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, bool normalized=False, bool? onesided=None, int? length=None, bool return_complex=False) -> Tensor` */
  istft(nFft: Int, options?: { hopLength?: Int | null; winLength?: Int | null; window?: Tensor | null; center?: boolean; normalized?: boolean; onesided?: boolean | null; length?: Int | null; returnComplex?: boolean }): Tensor;
  istft(nFft: Int, hopLength: Int | null, winLength?: Int | null, window?: Tensor | null, center?: boolean, normalized?: boolean, onesided?: boolean | null, length?: Int | null, returnComplex?: boolean): Tensor;
  /** `kl_div(Tensor self, Tensor target, int reduction=1, *, bool log_target=False) -> Tensor` */
  klDiv(target: Tensor, options?: { reduction?: Int; logTarget?: boolean }): Tensor;
  klDiv(target: Tensor, reduction: Int, options?: { logTarget?: boolean }): Tensor;
  /** `kron(Tensor self, Tensor other) -> Tensor` */
  kron(other: Tensor): Tensor;
  /** `kthvalue(Tensor self, SymInt k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)` */
  kthvalue(k: Int, options?: { dim?: Int; keepdim?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  kthvalue(k: Int, dim: Int, keepdim?: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  /** `l1_loss(Tensor self, Tensor target, int reduction=1) -> Tensor` */
  l1Loss(target: Tensor, options?: { reduction?: Int }): Tensor;
  l1Loss(target: Tensor, reduction: Int): Tensor;
  /** `layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1.0000000000000001e-05, bool cudnn_enable=True) -> Tensor` */
  layerNorm(normalizedShape: Ints, options?: { weight?: Tensor | null; bias?: Tensor | null; eps?: number; cudnnEnable?: boolean }): Tensor;
  layerNorm(normalizedShape: Ints, weight: Tensor | null, bias?: Tensor | null, eps?: number, cudnnEnable?: boolean): Tensor;
  /** `lcm(Tensor self, Tensor other) -> Tensor` */
  lcm(other: Tensor): Tensor;
  /** `lcm_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  lcm_(other: Tensor): Tensor;
  /** `ldexp.Tensor(Tensor self, Tensor other) -> Tensor` */
  ldexp(other: Tensor): Tensor;
  /** `ldexp_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  ldexp_(other: Tensor): Tensor;
  /**
   * - `le.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `le.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  le(other: Scalar | Tensor): Tensor;
  /**
   * - `le_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `le_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  le_(other: Scalar | Tensor): Tensor;
  /** `leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor` */
  leakyRelu(options?: { negativeSlope?: Scalar }): Tensor;
  leakyRelu(negativeSlope: Scalar): Tensor;
  /** `leaky_relu_(Tensor(a!) self, Scalar negative_slope=0.01) -> Tensor(a!)` */
  leakyRelu_(options?: { negativeSlope?: Scalar }): Tensor;
  leakyRelu_(negativeSlope: Scalar): Tensor;
  /** `leaky_relu_backward(Tensor grad_output, Tensor self, Scalar negative_slope, bool self_is_result) -> Tensor` */
  leakyReluBackward(self: Tensor, negativeSlope: Scalar, selfIsResult: boolean): Tensor;
  /**
   * - `lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor`
   * - `lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor`
   */
  lerp(end: Tensor, weight: Scalar | Tensor): Tensor;
  /**
   * - `lerp_.Scalar(Tensor(a!) self, Tensor end, Scalar weight) -> Tensor(a!)`
   * - `lerp_.Tensor(Tensor(a!) self, Tensor end, Tensor weight) -> Tensor(a!)`
   */
  lerp_(end: Tensor, weight: Scalar | Tensor): Tensor;
  /**
   * - `less.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `less.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  less(other: Scalar | Tensor): Tensor;
  /**
   * - `less_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `less_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  less_(other: Scalar | Tensor): Tensor;
  /**
   * - `less_equal.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `less_equal.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  lessEqual(other: Scalar | Tensor): Tensor;
  /**
   * - `less_equal_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `less_equal_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  lessEqual_(other: Scalar | Tensor): Tensor;
  /** `lgamma(Tensor self) -> Tensor` */
  lgamma(): Tensor;
  /** `lgamma_(Tensor(a!) self) -> Tensor(a!)` */
  lgamma_(): Tensor;
  /** `lift(Tensor self) -> Tensor` */
  lift(): Tensor;
  /** `lift_fresh(Tensor(a) self) -> Tensor(a)` */
  liftFresh(): Tensor;
  /** `lift_fresh_copy(Tensor self) -> Tensor` */
  liftFreshCopy(): Tensor;
  /** `linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor` */
  linear(weight: Tensor, options?: { bias?: Tensor | null }): Tensor;
  linear(weight: Tensor, bias: Tensor | null): Tensor;
  /** `linear_backward(Tensor self, Tensor grad_output, Tensor weight, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
  linearBackward(gradOutput: Tensor, weight: Tensor, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
  /**
   * - `linspace.Tensor_Scalar(Tensor start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
   * - `linspace.Tensor_Tensor(Tensor start, Tensor end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
   */
  linspace(end: Scalar | Tensor, steps: Int, options?: FactoryOptions): Tensor;
  /** `log(Tensor self) -> Tensor` */
  log(): Tensor;
  /** `log10(Tensor self) -> Tensor` */
  log10(): Tensor;
  /** `log10_(Tensor(a!) self) -> Tensor(a!)` */
  log10_(): Tensor;
  /** `log1p(Tensor self) -> Tensor` */
  log1p(): Tensor;
  /** `log1p_(Tensor(a!) self) -> Tensor(a!)` */
  log1p_(): Tensor;
  /** `log2(Tensor self) -> Tensor` */
  log2(): Tensor;
  /** `log2_(Tensor(a!) self) -> Tensor(a!)` */
  log2_(): Tensor;
  /** `log_(Tensor(a!) self) -> Tensor(a!)` */
  log_(): Tensor;
  /** `log_normal(Tensor self, float mean=1., float std=2., *, Generator? generator=None) -> Tensor` */
  logNormal(options?: { mean?: number; std?: number; generator?: Generator | null }): Tensor;
  logNormal(mean: number, std?: number, options?: { generator?: Generator | null }): Tensor;
  /** `log_normal_(Tensor(a!) self, float mean=1., float std=2., *, Generator? generator=None) -> Tensor(a!)` */
  logNormal_(options?: { mean?: number; std?: number; generator?: Generator | null }): Tensor;
  logNormal_(mean: number, std?: number, options?: { generator?: Generator | null }): Tensor;
  /** `log_sigmoid(Tensor self) -> Tensor` */
  logSigmoid(): Tensor;
  /** `log_sigmoid_backward(Tensor grad_output, Tensor self, Tensor buffer) -> Tensor` */
  logSigmoidBackward(self: Tensor, buffer: Tensor): Tensor;
  /** `log_sigmoid_forward(Tensor self) -> (Tensor output, Tensor buffer)` */
  logSigmoidForward(): Named<{ output: Tensor; buffer: Tensor }, [output: Tensor, buffer: Tensor]>;
  /** `log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor` */
  logSoftmax(dim: Int, options?: { dtype?: DType | null }): Tensor;
  logSoftmax(dim: Int, dtype: DType | null): Tensor;
  /** `logaddexp(Tensor self, Tensor other) -> Tensor` */
  logaddexp(other: Tensor): Tensor;
  /** `logaddexp2(Tensor self, Tensor other) -> Tensor` */
  logaddexp2(other: Tensor): Tensor;
  /** `logcumsumexp(Tensor self, int dim) -> Tensor` */
  logcumsumexp(dim: Int): Tensor;
  /** `logdet(Tensor self) -> Tensor` */
  logdet(): Tensor;
  /** `logical_and(Tensor self, Tensor other) -> Tensor` */
  logicalAnd(other: Tensor): Tensor;
  /** `logical_and_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  logicalAnd_(other: Tensor): Tensor;
  /** `logical_not(Tensor self) -> Tensor` */
  logicalNot(): Tensor;
  /** `logical_not_(Tensor(a!) self) -> Tensor(a!)` */
  logicalNot_(): Tensor;
  /** `logical_or(Tensor self, Tensor other) -> Tensor` */
  logicalOr(other: Tensor): Tensor;
  /** `logical_or_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  logicalOr_(other: Tensor): Tensor;
  /** `logical_xor(Tensor self, Tensor other) -> Tensor` */
  logicalXor(other: Tensor): Tensor;
  /** `logical_xor_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  logicalXor_(other: Tensor): Tensor;
  /** `logit(Tensor self, float? eps=None) -> Tensor` */
  logit(options?: { eps?: number | null }): Tensor;
  logit(eps: number | null): Tensor;
  /** `logit_(Tensor(a!) self, float? eps=None) -> Tensor(a!)` */
  logit_(options?: { eps?: number | null }): Tensor;
  logit_(eps: number | null): Tensor;
  /** `logit_backward(Tensor grad_output, Tensor self, float? eps=None) -> Tensor` */
  logitBackward(self: Tensor, options?: { eps?: number | null }): Tensor;
  logitBackward(self: Tensor, eps: number | null): Tensor;
  /**
   * - `logspace.Tensor_Scalar(Tensor start, Scalar end, int steps, float base=10., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
   * - `logspace.Tensor_Tensor(Tensor start, Tensor end, int steps, float base=10., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor`
   */
  logspace(end: Scalar | Tensor, steps: Int, options?: { base?: number } & FactoryOptions): Tensor;
  logspace(end: Scalar | Tensor, steps: Int, base: number, options?: FactoryOptions): Tensor;
  /** `logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor` */
  logsumexp(dim: Ints | Int, options?: { keepdim?: boolean }): Tensor;
  logsumexp(dim: Ints | Int, keepdim: boolean): Tensor;
  /**
   * - `lstm.data(Tensor data, Tensor batch_sizes, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor, Tensor)`
   * - `lstm.input(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor, Tensor)`
   */
  lstm(batchSizes: Tensor, hx: readonly Tensor[], params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor, Tensor];
  lstm(hx: readonly Tensor[], params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor, Tensor];
  /** `lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> (Tensor, Tensor)` */
  lstmCell(hx: readonly Tensor[], wIh: Tensor, wHh: Tensor, options?: { bIh?: Tensor | null; bHh?: Tensor | null }): [Tensor, Tensor];
  lstmCell(hx: readonly Tensor[], wIh: Tensor, wHh: Tensor, bIh: Tensor | null, bHh?: Tensor | null): [Tensor, Tensor];
  /**
   * - `lt.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `lt.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  lt(other: Scalar | Tensor): Tensor;
  /**
   * - `lt_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `lt_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  lt_(other: Scalar | Tensor): Tensor;
  /** `lu_solve(Tensor self, Tensor LU_data, Tensor LU_pivots) -> Tensor` */
  luSolve(LUData: Tensor, LUPivots: Tensor): Tensor;
  /** `lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool unpack_pivots=True) -> (Tensor P, Tensor L, Tensor U)` */
  luUnpack(LUPivots: Tensor, options?: { unpackData?: boolean; unpackPivots?: boolean }): Named<{ P: Tensor; L: Tensor; U: Tensor }, [P: Tensor, L: Tensor, U: Tensor]>;
  luUnpack(LUPivots: Tensor, unpackData: boolean, unpackPivots?: boolean): Named<{ P: Tensor; L: Tensor; U: Tensor }, [P: Tensor, L: Tensor, U: Tensor]>;
  /** `margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0., int reduction=1) -> Tensor` */
  marginRankingLoss(input2: Tensor, target: Tensor, options?: { margin?: number; reduction?: Int }): Tensor;
  marginRankingLoss(input2: Tensor, target: Tensor, margin: number, reduction?: Int): Tensor;
  /**
   * - `masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor`
   * - `masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor`
   */
  maskedFill(mask: Tensor, value: Scalar | Tensor): Tensor;
  /**
   * - `masked_fill_.Scalar(Tensor(a!) self, Tensor mask, Scalar value) -> Tensor(a!)`
   * - `masked_fill_.Tensor(Tensor(a!) self, Tensor mask, Tensor value) -> Tensor(a!)`
   */
  maskedFill_(mask: Tensor, value: Scalar | Tensor): Tensor;
  /** `masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor` */
  maskedScatter(mask: Tensor, source: Tensor): Tensor;
  /** `masked_scatter_(Tensor(a!) self, Tensor mask, Tensor source) -> Tensor(a!)` */
  maskedScatter_(mask: Tensor, source: Tensor): Tensor;
  /** `masked_scatter_backward(Tensor grad_output, Tensor mask, SymInt[] sizes) -> Tensor` */
  maskedScatterBackward(mask: Tensor, sizes: Ints): Tensor;
  /** `masked_select(Tensor self, Tensor mask) -> Tensor` */
  maskedSelect(mask: Tensor): Tensor;
  /** `masked_select_backward(Tensor grad, Tensor input, Tensor mask) -> Tensor` */
  maskedSelectBackward(input: Tensor, mask: Tensor): Tensor;
  /** `matmul(Tensor self, Tensor other) -> Tensor` */
  matmul(other: Tensor): Tensor;
  /** `matmul_backward(Tensor grad, Tensor self, Tensor other, bool[2] mask) -> (Tensor, Tensor)` */
  matmulBackward(self: Tensor, other: Tensor, mask: readonly boolean[] | boolean): [Tensor, Tensor];
  /** `matrix_H(Tensor(a) self) -> Tensor(a)` */
  matrixH(): Tensor;
  /** `matrix_exp(Tensor self) -> Tensor` */
  matrixExp(): Tensor;
  /** `matrix_exp_backward(Tensor self, Tensor grad) -> Tensor` */
  matrixExpBackward(grad: Tensor): Tensor;
  /** `matrix_power(Tensor self, int n) -> Tensor` */
  matrixPower(n: Int): Tensor;
  /**
   * - `max(Tensor self) -> Tensor`
   * - `max.other(Tensor self, Tensor other) -> Tensor`
   * - `max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`
   */
  max(): Tensor;
  max(other: Tensor): Tensor;
  max(dim: Int, options?: { keepdim?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  max(dim: Int, keepdim: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  /** `max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], int[1] dilation=[1], bool ceil_mode=False) -> Tensor` */
  maxPool1d(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  maxPool1d(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
  /** `max_pool1d_with_indices(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], int[1] dilation=[1], bool ceil_mode=False) -> (Tensor, Tensor)` */
  maxPool1dWithIndices(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): [Tensor, Tensor];
  maxPool1dWithIndices(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): [Tensor, Tensor];
  /** `max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor` */
  maxPool2d(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  maxPool2d(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
  /** `max_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor` */
  maxPool2dBackward(self: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  maxPool2dBackward(self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
  /** `max_pool2d_with_indices(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)` */
  maxPool2dWithIndices(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): [Tensor, Tensor];
  maxPool2dWithIndices(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): [Tensor, Tensor];
  /** `max_pool2d_with_indices_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride, int[2] padding, int[2] dilation, bool ceil_mode, Tensor indices) -> Tensor` */
  maxPool2dWithIndicesBackward(self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding: Ints | Int, dilation: Ints | Int, ceilMode: boolean, indices: Tensor): Tensor;
  /** `max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor` */
  maxPool3d(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  maxPool3d(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
  /** `max_pool3d_with_indices(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)` */
  maxPool3dWithIndices(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): [Tensor, Tensor];
  maxPool3dWithIndices(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): [Tensor, Tensor];
  /** `max_pool3d_with_indices_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] stride, int[3] padding, int[3] dilation, bool ceil_mode, Tensor indices) -> Tensor` */
  maxPool3dWithIndicesBackward(self: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding: Ints | Int, dilation: Ints | Int, ceilMode: boolean, indices: Tensor): Tensor;
  /** `max_unpool2d(Tensor self, Tensor indices, SymInt[2] output_size) -> Tensor` */
  maxUnpool2d(indices: Tensor, outputSize: Ints | Int): Tensor;
  /** `max_unpool3d(Tensor self, Tensor indices, SymInt[3] output_size, int[3] stride, int[3] padding) -> Tensor` */
  maxUnpool3d(indices: Tensor, outputSize: Ints | Int, stride: Ints | Int, padding: Ints | Int): Tensor;
  /** `maximum(Tensor self, Tensor other) -> Tensor` */
  maximum(other: Tensor): Tensor;
  /**
   * - `mean(Tensor self, *, ScalarType? dtype=None) -> Tensor`
   * - `mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`
   */
  mean(options?: { dtype?: DType | null }): Tensor;
  mean(dim: Ints | Int | null, options?: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  mean(dim: Ints | Int | null, keepdim: boolean, options?: { dtype?: DType | null }): Tensor;
  /**
   * - `median(Tensor self) -> Tensor`
   * - `median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`
   */
  median(): Tensor;
  median(dim: Int, options?: { keepdim?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  median(dim: Int, keepdim: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  /**
   * - `min(Tensor self) -> Tensor`
   * - `min.other(Tensor self, Tensor other) -> Tensor`
   * - `min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`
   */
  min(): Tensor;
  min(other: Tensor): Tensor;
  min(dim: Int, options?: { keepdim?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  min(dim: Int, keepdim: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  /** `minimum(Tensor self, Tensor other) -> Tensor` */
  minimum(other: Tensor): Tensor;
  /** `miopen_batch_norm(Tensor input, Tensor weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float exponential_average_factor, float epsilon) -> (Tensor, Tensor, Tensor)` */
  miopenBatchNorm(weight: Tensor, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, exponentialAverageFactor: number, epsilon: number): [Tensor, Tensor, Tensor];
  /** `miopen_batch_norm_backward(Tensor input, Tensor grad_output, Tensor weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_var, float epsilon) -> (Tensor, Tensor, Tensor)` */
  miopenBatchNormBackward(gradOutput: Tensor, weight: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveVar: Tensor | null, epsilon: number): [Tensor, Tensor, Tensor];
  /** `miopen_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic) -> Tensor` */
  miopenConvolution(weight: Tensor, bias: Tensor | null, padding: Ints, stride: Ints, dilation: Ints, groups: Int, benchmark: boolean, deterministic: boolean): Tensor;
  /** `miopen_convolution_add_relu(Tensor self, Tensor weight, Tensor z, Scalar? alpha, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, SymInt groups) -> Tensor` */
  miopenConvolutionAddRelu(weight: Tensor, z: Tensor, alpha: Scalar | null, bias: Tensor | null, stride: Ints, padding: Ints, dilation: Ints, groups: Int): Tensor;
  /** `miopen_convolution_relu(Tensor self, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, SymInt groups) -> Tensor` */
  miopenConvolutionRelu(weight: Tensor, bias: Tensor | null, stride: Ints, padding: Ints, dilation: Ints, groups: Int): Tensor;
  /** `miopen_convolution_transpose(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] output_padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic) -> Tensor` */
  miopenConvolutionTranspose(weight: Tensor, bias: Tensor | null, padding: Ints, outputPadding: Ints, stride: Ints, dilation: Ints, groups: Int, benchmark: boolean, deterministic: boolean): Tensor;
  /**
   * - `miopen_ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank, bool deterministic, bool zero_infinity) -> (Tensor, Tensor)`
   * - `miopen_ctc_loss.Tensor(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, int blank, bool deterministic, bool zero_infinity) -> (Tensor, Tensor)`
   */
  miopenCtcLoss(targets: Tensor, inputLengths: Ints, targetLengths: Ints, blank: Int, deterministic: boolean, zeroInfinity: boolean): [Tensor, Tensor];
  miopenCtcLoss(targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank: Int, deterministic: boolean, zeroInfinity: boolean): [Tensor, Tensor];
  /** `miopen_depthwise_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic) -> Tensor` */
  miopenDepthwiseConvolution(weight: Tensor, bias: Tensor | null, padding: Ints, stride: Ints, dilation: Ints, groups: Int, benchmark: boolean, deterministic: boolean): Tensor;
  /** `miopen_rnn(Tensor input, Tensor[] weight, int weight_stride0, Tensor hx, Tensor? cx, int mode, int hidden_size, int num_layers, bool batch_first, float dropout, bool train, bool bidirectional, int[] batch_sizes, Tensor? dropout_state) -> (Tensor, Tensor, Tensor, Tensor, Tensor)` */
  miopenRnn(weight: readonly Tensor[], weightStride0: Int, hx: Tensor, cx: Tensor | null, mode: Int, hiddenSize: Int, numLayers: Int, batchFirst: boolean, dropout: number, train: boolean, bidirectional: boolean, batchSizes: Ints, dropoutState: Tensor | null): [Tensor, Tensor, Tensor, Tensor, Tensor];
  /** `miopen_rnn_backward(Tensor input, Tensor[] weight, int weight_stride0, Tensor weight_buf, Tensor hx, Tensor? cx, Tensor output, Tensor? grad_output, Tensor? grad_hy, Tensor? grad_cy, int mode, int hidden_size, int num_layers, bool batch_first, float dropout, bool train, bool bidirectional, int[] batch_sizes, Tensor? dropout_state, Tensor reserve, bool[4] output_mask) -> (Tensor, Tensor, Tensor, Tensor[])` */
  miopenRnnBackward(weight: readonly Tensor[], weightStride0: Int, weightBuf: Tensor, hx: Tensor, cx: Tensor | null, output: Tensor, gradOutput: Tensor | null, gradHy: Tensor | null, gradCy: Tensor | null, mode: Int, hiddenSize: Int, numLayers: Int, batchFirst: boolean, dropout: number, train: boolean, bidirectional: boolean, batchSizes: Ints, dropoutState: Tensor | null, reserve: Tensor, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor, Tensor[]];
  /** `mish(Tensor self) -> Tensor` */
  mish(): Tensor;
  /** `mish_(Tensor(a!) self) -> Tensor(a!)` */
  mish_(): Tensor;
  /** `mish_backward(Tensor grad_output, Tensor self) -> Tensor` */
  mishBackward(self: Tensor): Tensor;
  /** `mkldnn_adaptive_avg_pool2d(Tensor self, int[2] output_size) -> Tensor` */
  mkldnnAdaptiveAvgPool2d(outputSize: Ints | Int): Tensor;
  /** `mkldnn_adaptive_avg_pool2d_backward(Tensor grad_output, Tensor self) -> Tensor` */
  mkldnnAdaptiveAvgPool2dBackward(self: Tensor): Tensor;
  /** `mkldnn_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups) -> Tensor` */
  mkldnnConvolution(weight: Tensor, bias: Tensor | null, padding: Ints, stride: Ints, dilation: Ints, groups: Int): Tensor;
  /** `mkldnn_linear(Tensor self, Tensor weight, Tensor? bias=None) -> Tensor` */
  mkldnnLinear(weight: Tensor, options?: { bias?: Tensor | null }): Tensor;
  mkldnnLinear(weight: Tensor, bias: Tensor | null): Tensor;
  /** `mkldnn_linear_backward(Tensor self, Tensor grad_output, Tensor weight, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
  mkldnnLinearBackward(gradOutput: Tensor, weight: Tensor, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
  /** `mkldnn_linear_backward_weights(Tensor grad_output, Tensor input, Tensor weight, bool bias_defined) -> (Tensor, Tensor)` */
  mkldnnLinearBackwardWeights(input: Tensor, weight: Tensor, biasDefined: boolean): [Tensor, Tensor];
  /** `mkldnn_max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor` */
  mkldnnMaxPool2d(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  mkldnnMaxPool2d(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
  /** `mkldnn_max_pool2d_backward(Tensor grad_output, Tensor output, Tensor input, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor` */
  mkldnnMaxPool2dBackward(output: Tensor, input: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  mkldnnMaxPool2dBackward(output: Tensor, input: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
  /** `mkldnn_max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor` */
  mkldnnMaxPool3d(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  mkldnnMaxPool3d(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
  /** `mkldnn_max_pool3d_backward(Tensor grad_output, Tensor output, Tensor input, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor` */
  mkldnnMaxPool3dBackward(output: Tensor, input: Tensor, kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  mkldnnMaxPool3dBackward(output: Tensor, input: Tensor, kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
  /** `mkldnn_reorder_conv2d_weight(Tensor self, SymInt[2] padding=[0, 0], SymInt[2] stride=[1, 1], SymInt[2] dilation=[1, 1], SymInt groups=1, SymInt[]? input_size=None) -> Tensor` */
  mkldnnReorderConv2dWeight(options?: { padding?: Ints | Int; stride?: Ints | Int; dilation?: Ints | Int; groups?: Int; inputSize?: Ints | null }): Tensor;
  mkldnnReorderConv2dWeight(padding: Ints | Int, stride?: Ints | Int, dilation?: Ints | Int, groups?: Int, inputSize?: Ints | null): Tensor;
  /** `mkldnn_reorder_conv3d_weight(Tensor self, SymInt[3] padding=[0, 0, 0], SymInt[3] stride=[1, 1, 1], SymInt[3] dilation=[1, 1, 1], SymInt groups=1, SymInt[]? input_size=None) -> Tensor` */
  mkldnnReorderConv3dWeight(options?: { padding?: Ints | Int; stride?: Ints | Int; dilation?: Ints | Int; groups?: Int; inputSize?: Ints | null }): Tensor;
  mkldnnReorderConv3dWeight(padding: Ints | Int, stride?: Ints | Int, dilation?: Ints | Int, groups?: Int, inputSize?: Ints | null): Tensor;
  /** `mkldnn_rnn_layer(Tensor input, Tensor weight0, Tensor weight1, Tensor weight2, Tensor weight3, Tensor hx_, Tensor cx_, bool reverse, int[] batch_sizes, int mode, int hidden_size, int num_layers, bool has_biases, bool bidirectional, bool batch_first, bool train) -> (Tensor, Tensor, Tensor, Tensor)` */
  mkldnnRnnLayer(weight0: Tensor, weight1: Tensor, weight2: Tensor, weight3: Tensor, hx_: Tensor, cx_: Tensor, reverse: boolean, batchSizes: Ints, mode: Int, hiddenSize: Int, numLayers: Int, hasBiases: boolean, bidirectional: boolean, batchFirst: boolean, train: boolean): [Tensor, Tensor, Tensor, Tensor];
  /** `mkldnn_rnn_layer_backward(Tensor input, Tensor weight1, Tensor weight2, Tensor weight3, Tensor weight4, Tensor hx_, Tensor cx_tmp, Tensor output, Tensor hy_, Tensor cy_, Tensor? grad_output, Tensor? grad_hy, Tensor? grad_cy, bool reverse, int mode, int hidden_size, int num_layers, bool has_biases, bool train, bool bidirectional, int[] batch_sizes, bool batch_first, Tensor workspace) -> (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor)` */
  mkldnnRnnLayerBackward(weight1: Tensor, weight2: Tensor, weight3: Tensor, weight4: Tensor, hx_: Tensor, cxTmp: Tensor, output: Tensor, hy_: Tensor, cy_: Tensor, gradOutput: Tensor | null, gradHy: Tensor | null, gradCy: Tensor | null, reverse: boolean, mode: Int, hiddenSize: Int, numLayers: Int, hasBiases: boolean, train: boolean, bidirectional: boolean, batchSizes: Ints, batchFirst: boolean, workspace: Tensor): [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  /**
   * - `mm(Tensor self, Tensor mat2) -> Tensor`
   * - `mm.dtype(Tensor self, Tensor mat2, ScalarType out_dtype) -> Tensor`
   */
  mm(mat2: Tensor): Tensor;
  mm(mat2: Tensor, outDtype: DType): Tensor;
  /** `mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)` */
  mode(options?: { dim?: Int; keepdim?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  mode(dim: Int, keepdim?: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  /**
   * - `moveaxis.int(Tensor(a) self, int source, int destination) -> Tensor(a)`
   * - `moveaxis.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)`
   */
  moveaxis(source: Int, destination: Int): Tensor;
  moveaxis(source: Ints, destination: Ints): Tensor;
  /**
   * - `movedim.int(Tensor(a) self, int source, int destination) -> Tensor(a)`
   * - `movedim.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a)`
   */
  movedim(source: Int, destination: Int): Tensor;
  movedim(source: Ints, destination: Ints): Tensor;
  /** `mps_convolution_backward(Tensor self, Tensor grad_output, Tensor weight, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
  mpsConvolutionBackward(gradOutput: Tensor, weight: Tensor, padding: Ints, stride: Ints, dilation: Ints, groups: Int, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
  /** `mps_convolution_transpose_backward(Tensor self, Tensor grad_output, Tensor weight, SymInt[] padding, SymInt[] output_padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool[2] output_mask) -> (Tensor, Tensor)` */
  mpsConvolutionTransposeBackward(gradOutput: Tensor, weight: Tensor, padding: Ints, outputPadding: Ints, stride: Ints, dilation: Ints, groups: Int, outputMask: readonly boolean[] | boolean): [Tensor, Tensor];
  /** `mse_loss(Tensor self, Tensor target, int reduction=1) -> Tensor` */
  mseLoss(target: Tensor, options?: { reduction?: Int }): Tensor;
  mseLoss(target: Tensor, reduction: Int): Tensor;
  /** `mse_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction) -> Tensor` */
  mseLossBackward(self: Tensor, target: Tensor, reduction: Int): Tensor;
  /** `msort(Tensor self) -> Tensor` */
  msort(): Tensor;
  /** `mul.Tensor(Tensor self, Tensor other) -> Tensor` */
  mul(other: Tensor | Scalar): Tensor;
  /** `mul_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  mul_(other: Tensor | Scalar): Tensor;
  /** `multi_margin_loss(Tensor self, Tensor target, Scalar p=1, Scalar margin=1, Tensor? weight=None, int reduction=1) -> Tensor` */
  multiMarginLoss(target: Tensor, options?: { p?: Scalar; margin?: Scalar; weight?: Tensor | null; reduction?: Int }): Tensor;
  multiMarginLoss(target: Tensor, p: Scalar, margin?: Scalar, weight?: Tensor | null, reduction?: Int): Tensor;
  /** `multi_margin_loss_backward(Tensor grad_output, Tensor self, Tensor target, Scalar p, Scalar margin, Tensor? weight=None, int reduction=1) -> Tensor` */
  multiMarginLossBackward(self: Tensor, target: Tensor, p: Scalar, margin: Scalar, options?: { weight?: Tensor | null; reduction?: Int }): Tensor;
  multiMarginLossBackward(self: Tensor, target: Tensor, p: Scalar, margin: Scalar, weight: Tensor | null, reduction?: Int): Tensor;
  /** `multilabel_margin_loss(Tensor self, Tensor target, int reduction=1) -> Tensor` */
  multilabelMarginLoss(target: Tensor, options?: { reduction?: Int }): Tensor;
  multilabelMarginLoss(target: Tensor, reduction: Int): Tensor;
  /** `multilabel_margin_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, Tensor is_target) -> Tensor` */
  multilabelMarginLossBackward(self: Tensor, target: Tensor, reduction: Int, isTarget: Tensor): Tensor;
  /** `multilabel_margin_loss_forward(Tensor self, Tensor target, int reduction) -> (Tensor output, Tensor is_target)` */
  multilabelMarginLossForward(target: Tensor, reduction: Int): Named<{ output: Tensor; isTarget: Tensor }, [output: Tensor, isTarget: Tensor]>;
  /** `multinomial(Tensor self, SymInt num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor` */
  multinomial(numSamples: Int, options?: { replacement?: boolean; generator?: Generator | null }): Tensor;
  multinomial(numSamples: Int, replacement: boolean, options?: { generator?: Generator | null }): Tensor;
  /**
   * - `multiply.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `multiply.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  multiply(other: Scalar | Tensor): Tensor;
  /**
   * - `multiply_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `multiply_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  multiply_(other: Scalar | Tensor): Tensor;
  /** `mv(Tensor self, Tensor vec) -> Tensor` */
  mv(vec: Tensor): Tensor;
  /** `mvlgamma(Tensor self, int p) -> Tensor` */
  mvlgamma(p: Int): Tensor;
  /** `mvlgamma_(Tensor(a!) self, int p) -> Tensor(a!)` */
  mvlgamma_(p: Int): Tensor;
  /** `nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor` */
  nanToNum(options?: { nan?: number | null; posinf?: number | null; neginf?: number | null }): Tensor;
  nanToNum(nan: number | null, posinf?: number | null, neginf?: number | null): Tensor;
  /** `nan_to_num_(Tensor(a!) self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor(a!)` */
  nanToNum_(options?: { nan?: number | null; posinf?: number | null; neginf?: number | null }): Tensor;
  nanToNum_(nan: number | null, posinf?: number | null, neginf?: number | null): Tensor;
  /** `nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  nanmean(options?: { dim?: Ints | Int | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  nanmean(dim: Ints | Int | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  /**
   * - `nanmedian(Tensor self) -> Tensor`
   * - `nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)`
   */
  nanmedian(): Tensor;
  nanmedian(dim: Int, options?: { keepdim?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  nanmedian(dim: Int, keepdim: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  /**
   * - `nanquantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation="linear") -> Tensor`
   * - `nanquantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation="linear") -> Tensor`
   */
  nanquantile(q: Tensor | number, options?: { dim?: Int | null; keepdim?: boolean; interpolation?: string }): Tensor;
  nanquantile(q: Tensor | number, dim: Int | null, keepdim?: boolean, options?: { interpolation?: string }): Tensor;
  /** `nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor` */
  nansum(options?: { dim?: Ints | Int | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  nansum(dim: Ints | Int | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  /**
   * - `narrow(Tensor(a) self, int dim, SymInt start, SymInt length) -> Tensor(a)`
   * - `narrow.Tensor(Tensor(a) self, int dim, Tensor start, SymInt length) -> Tensor(a)`
   */
  narrow(dim: Int, start: Int | Tensor, length: Int): Tensor;
  /** `narrow_copy(Tensor self, int dim, SymInt start, SymInt length) -> Tensor` */
  narrowCopy(dim: Int, start: Int, length: Int): Tensor;
  /** `native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)` */
  nativeBatchNorm(weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, momentum: number, eps: number): [Tensor, Tensor, Tensor];
  /** `native_batch_norm_backward(Tensor grad_out, Tensor input, Tensor? weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_invstd, bool train, float eps, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
  nativeBatchNormBackward(input: Tensor, weight: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveInvstd: Tensor | null, train: boolean, eps: number, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
  /** `native_channel_shuffle(Tensor self, SymInt groups) -> Tensor` */
  nativeChannelShuffle(groups: Int): Tensor;
  /** `native_dropout(Tensor input, float p, bool? train) -> (Tensor, Tensor)` */
  nativeDropout(p: number, train: boolean | null): [Tensor, Tensor];
  /** `native_dropout_backward(Tensor grad_output, Tensor mask, float scale) -> Tensor` */
  nativeDropoutBackward(mask: Tensor, scale: number): Tensor;
  /** `native_group_norm(Tensor input, Tensor? weight, Tensor? bias, SymInt N, SymInt C, SymInt HxW, int group, float eps) -> (Tensor, Tensor, Tensor)` */
  nativeGroupNorm(weight: Tensor | null, bias: Tensor | null, N: Int, C: Int, HxW: Int, group: Int, eps: number): [Tensor, Tensor, Tensor];
  /** `native_group_norm_backward(Tensor grad_out, Tensor input, Tensor mean, Tensor rstd, Tensor? weight, SymInt N, SymInt C, SymInt HxW, int group, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
  nativeGroupNormBackward(input: Tensor, mean: Tensor, rstd: Tensor, weight: Tensor | null, N: Int, C: Int, HxW: Int, group: Int, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
  /** `native_layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight, Tensor? bias, float eps) -> (Tensor, Tensor, Tensor)` */
  nativeLayerNorm(normalizedShape: Ints, weight: Tensor | null, bias: Tensor | null, eps: number): [Tensor, Tensor, Tensor];
  /** `native_layer_norm_backward(Tensor grad_out, Tensor input, SymInt[] normalized_shape, Tensor mean, Tensor rstd, Tensor? weight, Tensor? bias, bool[3] output_mask) -> (Tensor, Tensor, Tensor)` */
  nativeLayerNormBackward(input: Tensor, normalizedShape: Ints, mean: Tensor, rstd: Tensor, weight: Tensor | null, bias: Tensor | null, outputMask: readonly boolean[] | boolean): [Tensor, Tensor, Tensor];
  /**
   * - `native_norm(Tensor self, Scalar p=2) -> Tensor`
   * - `native_norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, ScalarType? dtype) -> Tensor`
   */
  nativeNorm(options?: { p?: Scalar }): Tensor;
  nativeNorm(p: Scalar): Tensor;
  nativeNorm(p: Scalar | null, dim: Ints | Int, keepdim: boolean, dtype: DType | null): Tensor;
  /**
   * - `ne.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `ne.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  ne(other: Scalar | Tensor): Tensor;
  /**
   * - `ne_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `ne_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  ne_(other: Scalar | Tensor): Tensor;
  /** `neg(Tensor self) -> Tensor` */
  neg(): Tensor;
  /** `neg_(Tensor(a!) self) -> Tensor(a!)` */
  neg_(): Tensor;
  /** `negative(Tensor self) -> Tensor` */
  negative(): Tensor;
  /** `negative_(Tensor(a!) self) -> Tensor(a!)` */
  negative_(): Tensor;
  /** `nested_to_padded_tensor(Tensor self, float padding, int[]? output_size=None) -> Tensor` */
  nestedToPaddedTensor(padding: number, options?: { outputSize?: Ints | null }): Tensor;
  nestedToPaddedTensor(padding: number, outputSize: Ints | null): Tensor;
  /** `new_empty(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  newEmpty(size: Ints, options?: FactoryOptions): Tensor;
  newEmpty(...size: Ints): Tensor;
  /** `new_empty_strided(Tensor self, SymInt[] size, SymInt[] stride, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  newEmptyStrided(size: Ints, stride: Ints, options?: FactoryOptions): Tensor;
  /** `new_full(Tensor self, SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  newFull(size: Ints, fillValue: Scalar, options?: FactoryOptions): Tensor;
  /** `new_ones(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  newOnes(size: Ints, options?: FactoryOptions): Tensor;
  newOnes(...size: Ints): Tensor;
  /** `new_zeros(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor` */
  newZeros(size: Ints, options?: FactoryOptions): Tensor;
  newZeros(...size: Ints): Tensor;
  /** `nextafter(Tensor self, Tensor other) -> Tensor` */
  nextafter(other: Tensor): Tensor;
  /** `nextafter_(Tensor(a!) self, Tensor other) -> Tensor(a!)` */
  nextafter_(other: Tensor): Tensor;
  /** `nll_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100) -> Tensor` */
  nllLoss(target: Tensor, options?: { weight?: Tensor | null; reduction?: Int; ignoreIndex?: Int }): Tensor;
  nllLoss(target: Tensor, weight: Tensor | null, reduction?: Int, ignoreIndex?: Int): Tensor;
  /** `nll_loss2d(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100) -> Tensor` */
  nllLoss2d(target: Tensor, options?: { weight?: Tensor | null; reduction?: Int; ignoreIndex?: Int }): Tensor;
  nllLoss2d(target: Tensor, weight: Tensor | null, reduction?: Int, ignoreIndex?: Int): Tensor;
  /** `nll_loss2d_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index, Tensor total_weight) -> Tensor` */
  nllLoss2dBackward(self: Tensor, target: Tensor, weight: Tensor | null, reduction: Int, ignoreIndex: Int, totalWeight: Tensor): Tensor;
  /** `nll_loss2d_forward(Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index) -> (Tensor output, Tensor total_weight)` */
  nllLoss2dForward(target: Tensor, weight: Tensor | null, reduction: Int, ignoreIndex: Int): Named<{ output: Tensor; totalWeight: Tensor }, [output: Tensor, totalWeight: Tensor]>;
  /** `nll_loss_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index, Tensor total_weight) -> Tensor` */
  nllLossBackward(self: Tensor, target: Tensor, weight: Tensor | null, reduction: Int, ignoreIndex: Int, totalWeight: Tensor): Tensor;
  /** `nll_loss_forward(Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index) -> (Tensor output, Tensor total_weight)` */
  nllLossForward(target: Tensor, weight: Tensor | null, reduction: Int, ignoreIndex: Int): Named<{ output: Tensor; totalWeight: Tensor }, [output: Tensor, totalWeight: Tensor]>;
  /** `nll_loss_nd(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100) -> Tensor` */
  nllLossNd(target: Tensor, options?: { weight?: Tensor | null; reduction?: Int; ignoreIndex?: Int }): Tensor;
  nllLossNd(target: Tensor, weight: Tensor | null, reduction?: Int, ignoreIndex?: Int): Tensor;
  /** `nonzero_numpy(Tensor self) -> Tensor[]` */
  nonzeroNumpy(): Tensor[];
  /** `nonzero_static(Tensor self, *, SymInt size, int fill_value=-1) -> Tensor` */
  nonzeroStatic(options: { size: Int; fillValue?: Int }): Tensor;
  /** `norm_except_dim(Tensor v, int pow=2, int dim=0) -> Tensor` */
  normExceptDim(options?: { pow?: Int; dim?: Int }): Tensor;
  normExceptDim(pow: Int, dim?: Int): Tensor;
  /**
   * - `normal.Tensor_Tensor(Tensor mean, Tensor std, *, Generator? generator=None) -> Tensor`
   * - `normal.Tensor_float(Tensor mean, float std=1., *, Generator? generator=None) -> Tensor`
   */
  normal(std: Tensor | number, options?: { generator?: Generator | null }): Tensor;
  normal(options?: { std?: number; generator?: Generator | null }): Tensor;
  /** `normal_(Tensor(a!) self, float mean=0., float std=1., *, Generator? generator=None) -> Tensor(a!)` */
  normal_(options?: { mean?: number; std?: number; generator?: Generator | null }): Tensor;
  normal_(mean: number, std?: number, options?: { generator?: Generator | null }): Tensor;
  /** `normal_functional(Tensor self, float mean=0., float std=1., *, Generator? generator=None) -> Tensor` */
  normalFunctional(options?: { mean?: number; std?: number; generator?: Generator | null }): Tensor;
  normalFunctional(mean: number, std?: number, options?: { generator?: Generator | null }): Tensor;
  /**
   * - `not_equal.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `not_equal.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  notEqual(other: Scalar | Tensor): Tensor;
  /**
   * - `not_equal_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `not_equal_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  notEqual_(other: Scalar | Tensor): Tensor;
  /**
   * - `nuclear_norm(Tensor self, bool keepdim=False) -> Tensor`
   * - `nuclear_norm.dim(Tensor self, int[2] dim, bool keepdim=False) -> Tensor`
   */
  nuclearNorm(options?: { keepdim?: boolean }): Tensor;
  nuclearNorm(keepdim: boolean): Tensor;
  nuclearNorm(dim: Ints | Int, options?: { keepdim?: boolean }): Tensor;
  nuclearNorm(dim: Ints | Int, keepdim: boolean): Tensor;
  /** `numpy_T(Tensor(a) self) -> Tensor(a)` */
  numpyT(): Tensor;
  /** `one_hot(Tensor self, int num_classes=-1) -> Tensor` */
  oneHot(options?: { numClasses?: Int }): Tensor;
  oneHot(numClasses: Int): Tensor;
  /** `ones_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor` */
  onesLike(options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  /** `orgqr(Tensor self, Tensor input2) -> Tensor` */
  orgqr(input2: Tensor): Tensor;
  /** `ormqr(Tensor self, Tensor input2, Tensor input3, bool left=True, bool transpose=False) -> Tensor` */
  ormqr(input2: Tensor, input3: Tensor, options?: { left?: boolean; transpose?: boolean }): Tensor;
  ormqr(input2: Tensor, input3: Tensor, left: boolean, transpose?: boolean): Tensor;
  /** `outer(Tensor self, Tensor vec2) -> Tensor` */
  outer(vec2: Tensor): Tensor;
  /** `output_nr(Tensor self) -> int` */
  outputNr(): number;
  /** `pad(Tensor self, SymInt[] pad, str mode="constant", float? value=None) -> Tensor` */
  pad(pad: Ints, options?: { mode?: string; value?: number | null }): Tensor;
  pad(pad: Ints, mode: string, value?: number | null): Tensor;
  /** `pairwise_distance(Tensor x1, Tensor x2, float p=2., float eps=9.9999999999999995e-07, bool keepdim=False) -> Tensor` */
  pairwiseDistance(x2: Tensor, options?: { p?: number; eps?: number; keepdim?: boolean }): Tensor;
  pairwiseDistance(x2: Tensor, p: number, eps?: number, keepdim?: boolean): Tensor;
  /** `pdist(Tensor self, float p=2.) -> Tensor` */
  pdist(options?: { p?: number }): Tensor;
  pdist(p: number): Tensor;
  /** `permute(Tensor(a) self, int[] dims) -> Tensor(a)` */
  permute(dims: Ints): Tensor;
  permute(...dims: Ints): Tensor;
  /** `permute_copy(Tensor self, int[] dims) -> Tensor` */
  permuteCopy(dims: Ints): Tensor;
  permuteCopy(...dims: Ints): Tensor;
  /** `pin_memory(Tensor(a) self, Device? device=None) -> Tensor(a)` */
  pinMemory(options?: { device?: Device | null }): Tensor;
  pinMemory(device: Device | null): Tensor;
  /** `pinverse(Tensor self, float rcond=1.0000000000000001e-15) -> Tensor` */
  pinverse(options?: { rcond?: number }): Tensor;
  pinverse(rcond: number): Tensor;
  /** `pixel_shuffle(Tensor self, int upscale_factor) -> Tensor` */
  pixelShuffle(upscaleFactor: Int): Tensor;
  /** `pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor` */
  pixelUnshuffle(downscaleFactor: Int): Tensor;
  /** `poisson(Tensor self, Generator? generator=None) -> Tensor` */
  poisson(options?: { generator?: Generator | null }): Tensor;
  poisson(generator: Generator | null): Tensor;
  /** `poisson_nll_loss(Tensor input, Tensor target, bool log_input, bool full, float eps, int reduction) -> Tensor` */
  poissonNllLoss(target: Tensor, logInput: boolean, full: boolean, eps: number, reduction: Int): Tensor;
  /** `polar(Tensor abs, Tensor angle) -> Tensor` */
  polar(angle: Tensor): Tensor;
  /** `polygamma_(Tensor(a!) self, int n) -> Tensor(a!)` */
  polygamma_(n: Int): Tensor;
  /** `positive(Tensor(a) self) -> Tensor(a)` */
  positive(): Tensor;
  /**
   * - `pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor`
   * - `pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor`
   */
  pow(exponent: Scalar | Tensor): Tensor;
  /**
   * - `pow_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)`
   * - `pow_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)`
   */
  pow_(exponent: Scalar | Tensor): Tensor;
  /** `prelu(Tensor self, Tensor weight) -> Tensor` */
  prelu(weight: Tensor): Tensor;
  /**
   * - `prod(Tensor self, *, ScalarType? dtype=None) -> Tensor`
   * - `prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`
   */
  prod(options?: { dtype?: DType | null }): Tensor;
  prod(dim: Int, options?: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  prod(dim: Int, keepdim: boolean, options?: { dtype?: DType | null }): Tensor;
  /** `put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor` */
  put(index: Tensor, source: Tensor, options?: { accumulate?: boolean }): Tensor;
  put(index: Tensor, source: Tensor, accumulate: boolean): Tensor;
  /** `put_(Tensor(a!) self, Tensor index, Tensor source, bool accumulate=False) -> Tensor(a!)` */
  put_(index: Tensor, source: Tensor, options?: { accumulate?: boolean }): Tensor;
  put_(index: Tensor, source: Tensor, accumulate: boolean): Tensor;
  /** `q_per_channel_axis(Tensor self) -> int` */
  qPerChannelAxis(): number;
  /** `q_per_channel_scales(Tensor self) -> Tensor` */
  qPerChannelScales(): Tensor;
  /** `q_per_channel_zero_points(Tensor self) -> Tensor` */
  qPerChannelZeroPoints(): Tensor;
  /** `q_scale(Tensor self) -> float` */
  qScale(): number;
  /** `q_zero_point(Tensor self) -> int` */
  qZeroPoint(): number;
  /** `qr(Tensor self, bool some=True) -> (Tensor Q, Tensor R)` */
  qr(options?: { some?: boolean }): Named<{ Q: Tensor; R: Tensor }, [Q: Tensor, R: Tensor]>;
  qr(some: boolean): Named<{ Q: Tensor; R: Tensor }, [Q: Tensor, R: Tensor]>;
  /** `qscheme(Tensor self) -> QScheme` */
  qscheme(): unknown;
  /**
   * - `quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation="linear") -> Tensor`
   * - `quantile.scalar(Tensor self, float q, int? dim=None, bool keepdim=False, *, str interpolation="linear") -> Tensor`
   */
  quantile(q: Tensor | number, options?: { dim?: Int | null; keepdim?: boolean; interpolation?: string }): Tensor;
  quantile(q: Tensor | number, dim: Int | null, keepdim?: boolean, options?: { interpolation?: string }): Tensor;
  /** `quantize_per_channel(Tensor self, Tensor scales, Tensor zero_points, int axis, ScalarType dtype) -> Tensor` */
  quantizePerChannel(scales: Tensor, zeroPoints: Tensor, axis: Int, dtype: DType): Tensor;
  /**
   * - `quantize_per_tensor(Tensor self, float scale, int zero_point, ScalarType dtype) -> Tensor`
   * - `quantize_per_tensor.tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, ScalarType dtype) -> Tensor`
   */
  quantizePerTensor(scale: number, zeroPoint: Int, dtype: DType): Tensor;
  quantizePerTensor(scale: Tensor, zeroPoint: Tensor, dtype: DType): Tensor;
  /** `quantize_per_tensor_dynamic(Tensor self, ScalarType dtype, bool reduce_range) -> Tensor` */
  quantizePerTensorDynamic(dtype: DType, reduceRange: boolean): Tensor;
  /** `quantized_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor mean, Tensor var, float eps, float output_scale, int output_zero_point) -> Tensor` */
  quantizedBatchNorm(weight: Tensor | null, bias: Tensor | null, mean: Tensor, var_: Tensor, eps: number, outputScale: number, outputZeroPoint: Int): Tensor;
  /**
   * - `quantized_gru.data(Tensor data, Tensor batch_sizes, Tensor hx, __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)`
   * - `quantized_gru.data_legacy(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)`
   * - `quantized_gru.input(Tensor input, Tensor hx, __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)`
   * - `quantized_gru.input_legacy(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)`
   */
  quantizedGru(batchSizes: Tensor, hx: Tensor, params: readonly never[] | readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
  quantizedGru(hx: Tensor, params: readonly never[] | readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor];
  /** `quantized_gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> Tensor` */
  quantizedGruCell(hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor, bHh: Tensor, packedIh: Tensor, packedHh: Tensor, colOffsetsIh: Tensor, colOffsetsHh: Tensor, scaleIh: Scalar, scaleHh: Scalar, zeroPointIh: Scalar, zeroPointHh: Scalar): Tensor;
  /**
   * - `quantized_lstm.data(Tensor data, Tensor batch_sizes, Tensor[] hx, __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, *, ScalarType? dtype=None, bool use_dynamic=False) -> (Tensor, Tensor, Tensor)`
   * - `quantized_lstm.data_legacy(Tensor data, Tensor batch_sizes, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, *, ScalarType? dtype=None, bool use_dynamic=False) -> (Tensor, Tensor, Tensor)`
   * - `quantized_lstm.input(Tensor input, Tensor[] hx, __torch__.torch.classes.rnn.CellParamsBase[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first, *, ScalarType? dtype=None, bool use_dynamic=False) -> (Tensor, Tensor, Tensor)`
   * - `quantized_lstm.input_legacy(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first, *, ScalarType? dtype=None, bool use_dynamic=False) -> (Tensor, Tensor, Tensor)`
   */
  quantizedLstm(batchSizes: Tensor, hx: readonly Tensor[], params: readonly never[] | readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, options?: { dtype?: DType | null; useDynamic?: boolean }): [Tensor, Tensor, Tensor];
  quantizedLstm(hx: readonly Tensor[], params: readonly never[] | readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean, options?: { dtype?: DType | null; useDynamic?: boolean }): [Tensor, Tensor, Tensor];
  /** `quantized_lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> (Tensor, Tensor)` */
  quantizedLstmCell(hx: readonly Tensor[], wIh: Tensor, wHh: Tensor, bIh: Tensor, bHh: Tensor, packedIh: Tensor, packedHh: Tensor, colOffsetsIh: Tensor, colOffsetsHh: Tensor, scaleIh: Scalar, scaleHh: Scalar, zeroPointIh: Scalar, zeroPointHh: Scalar): [Tensor, Tensor];
  /** `quantized_max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], int[1] dilation=[1], bool ceil_mode=False) -> Tensor` */
  quantizedMaxPool1d(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  quantizedMaxPool1d(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
  /** `quantized_max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor` */
  quantizedMaxPool2d(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  quantizedMaxPool2d(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
  /** `quantized_max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor` */
  quantizedMaxPool3d(kernelSize: Ints | Int, options?: { stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int; ceilMode?: boolean }): Tensor;
  quantizedMaxPool3d(kernelSize: Ints | Int, stride: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int, ceilMode?: boolean): Tensor;
  /** `quantized_rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> Tensor` */
  quantizedRnnReluCell(hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor, bHh: Tensor, packedIh: Tensor, packedHh: Tensor, colOffsetsIh: Tensor, colOffsetsHh: Tensor, scaleIh: Scalar, scaleHh: Scalar, zeroPointIh: Scalar, zeroPointHh: Scalar): Tensor;
  /** `quantized_rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> Tensor` */
  quantizedRnnTanhCell(hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor, bHh: Tensor, packedIh: Tensor, packedHh: Tensor, colOffsetsIh: Tensor, colOffsetsHh: Tensor, scaleIh: Scalar, scaleHh: Scalar, zeroPointIh: Scalar, zeroPointHh: Scalar): Tensor;
  /** `rad2deg(Tensor self) -> Tensor` */
  rad2deg(): Tensor;
  /** `rad2deg_(Tensor(a!) self) -> Tensor(a!)` */
  rad2deg_(): Tensor;
  /**
   * - `rand_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
   * - `rand_like.generator(Tensor self, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
   */
  randLike(options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  randLike(options: { generator: Generator | null; memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  /**
   * - `randint_like(Tensor self, SymInt high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
   * - `randint_like.Tensor(Tensor self, Tensor high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
   * - `randint_like.Tensor_generator(Tensor self, Tensor high, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
   * - `randint_like.generator(Tensor self, SymInt high, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
   * - `randint_like.low_dtype(Tensor self, SymInt low, SymInt high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
   * - `randint_like.low_generator_dtype(Tensor self, SymInt low, SymInt high, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
   */
  randintLike(high: Int | Tensor, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  randintLike(high: Tensor | Int, options: { generator: Generator | null; memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  randintLike(low: Int, high: Int, options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  randintLike(low: Int, high: Int, options: { generator: Generator | null; memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  /**
   * - `randn_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
   * - `randn_like.generator(Tensor self, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor`
   */
  randnLike(options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  randnLike(options: { generator: Generator | null; memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
  /**
   * - `random(Tensor self, *, Generator? generator=None) -> Tensor`
   * - `random.to(Tensor self, int to, *, Generator? generator=None) -> Tensor`
   * - `random.from(Tensor self, int from, int? to, *, Generator? generator=None) -> Tensor`
   */
  random(options?: { generator?: Generator | null }): Tensor;
  random(to: Int, options?: { generator?: Generator | null }): Tensor;
  random(from: Int, to: Int | null, options?: { generator?: Generator | null }): Tensor;
  /**
   * - `random_(Tensor(a!) self, *, Generator? generator=None) -> Tensor(a!)`
   * - `random_.to(Tensor(a!) self, int to, *, Generator? generator=None) -> Tensor(a!)`
   * - `random_.from(Tensor(a!) self, int from, int? to, *, Generator? generator=None) -> Tensor(a!)`
   */
  random_(options?: { generator?: Generator | null }): Tensor;
  random_(to: Int, options?: { generator?: Generator | null }): Tensor;
  random_(from: Int, to: Int | null, options?: { generator?: Generator | null }): Tensor;
  /** `ravel(Tensor(a) self) -> Tensor(a)` */
  ravel(): Tensor;
  /** `reciprocal(Tensor self) -> Tensor` */
  reciprocal(): Tensor;
  /** `reciprocal_(Tensor(a!) self) -> Tensor(a!)` */
  reciprocal_(): Tensor;
  /** `record_stream(Tensor(a!) self, Stream s) -> ()` */
  recordStream(s: never): void;
  /** `reflection_pad1d(Tensor self, SymInt[2] padding) -> Tensor` */
  reflectionPad1d(padding: Ints | Int): Tensor;
  /** `reflection_pad1d_backward(Tensor grad_output, Tensor self, SymInt[2] padding) -> Tensor` */
  reflectionPad1dBackward(self: Tensor, padding: Ints | Int): Tensor;
  /** `reflection_pad2d(Tensor self, SymInt[4] padding) -> Tensor` */
  reflectionPad2d(padding: Ints | Int): Tensor;
  /** `reflection_pad2d_backward(Tensor grad_output, Tensor self, SymInt[4] padding) -> Tensor` */
  reflectionPad2dBackward(self: Tensor, padding: Ints | Int): Tensor;
  /** `reflection_pad3d(Tensor self, SymInt[6] padding) -> Tensor` */
  reflectionPad3d(padding: Ints | Int): Tensor;
  /** `reflection_pad3d_backward(Tensor grad_output, Tensor self, SymInt[6] padding) -> Tensor` */
  reflectionPad3dBackward(self: Tensor, padding: Ints | Int): Tensor;
  /** `relu(Tensor self) -> Tensor` */
  relu(): Tensor;
  /** `relu6(Tensor self) -> Tensor` */
  relu6(): Tensor;
  /** `relu6_(Tensor(a!) self) -> Tensor(a!)` */
  relu6_(): Tensor;
  /** `relu_(Tensor(a!) self) -> Tensor(a!)` */
  relu_(): Tensor;
  /**
   * - `remainder.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `remainder.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  remainder(other: Scalar | Tensor): Tensor;
  /**
   * - `remainder_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `remainder_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  remainder_(other: Scalar | Tensor): Tensor;
  /** `renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor` */
  renorm(p: Scalar, dim: Int, maxnorm: Scalar): Tensor;
  /** `renorm_(Tensor(a!) self, Scalar p, int dim, Scalar maxnorm) -> Tensor(a!)` */
  renorm_(p: Scalar, dim: Int, maxnorm: Scalar): Tensor;
  /** `repeat(Tensor self, SymInt[] repeats) -> Tensor` */
  repeat(repeats: Ints): Tensor;
  repeat(...repeats: Ints): Tensor;
  /**
   * - `repeat_interleave.Tensor(Tensor repeats, *, SymInt? output_size=None) -> Tensor`
   * - `repeat_interleave.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor`
   * - `repeat_interleave.self_int(Tensor self, SymInt repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor`
   */
  repeatInterleave(options?: { outputSize?: Int | null }): Tensor;
  repeatInterleave(repeats: Tensor | Int, options?: { dim?: Int | null; outputSize?: Int | null }): Tensor;
  repeatInterleave(repeats: Tensor | Int, dim: Int | null, options?: { outputSize?: Int | null }): Tensor;
  /** `replication_pad1d(Tensor self, SymInt[2] padding) -> Tensor` */
  replicationPad1d(padding: Ints | Int): Tensor;
  /** `replication_pad1d_backward(Tensor grad_output, Tensor self, SymInt[2] padding) -> Tensor` */
  replicationPad1dBackward(self: Tensor, padding: Ints | Int): Tensor;
  /** `replication_pad2d(Tensor self, SymInt[4] padding) -> Tensor` */
  replicationPad2d(padding: Ints | Int): Tensor;
  /** `replication_pad2d_backward(Tensor grad_output, Tensor self, SymInt[4] padding) -> Tensor` */
  replicationPad2dBackward(self: Tensor, padding: Ints | Int): Tensor;
  /** `replication_pad3d(Tensor self, SymInt[6] padding) -> Tensor` */
  replicationPad3d(padding: Ints | Int): Tensor;
  /** `replication_pad3d_backward(Tensor grad_output, Tensor self, SymInt[6] padding) -> Tensor` */
  replicationPad3dBackward(self: Tensor, padding: Ints | Int): Tensor;
  /** `reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)` */
  reshape(shape: Ints): Tensor;
  reshape(...shape: Ints): Tensor;
  /** `reshape_as(Tensor(a) self, Tensor other) -> Tensor(a)` */
  reshapeAs(other: Tensor): Tensor;
  /** `resize(Tensor self, SymInt[] size, *, MemoryFormat? memory_format=None) -> Tensor` */
  resize(size: Ints, options?: { memoryFormat?: MemoryFormat | null }): Tensor;
  resize(...size: Ints): Tensor;
  /** `resize_(Tensor(a!) self, SymInt[] size, *, MemoryFormat? memory_format=None) -> Tensor(a!)` */
  resize_(size: Ints, options?: { memoryFormat?: MemoryFormat | null }): Tensor;
  resize_(...size: Ints): Tensor;
  /** `resize_as(Tensor self, Tensor the_template, *, MemoryFormat? memory_format=None) -> Tensor` */
  resizeAs(theTemplate: Tensor, options?: { memoryFormat?: MemoryFormat | null }): Tensor;
  /** `resize_as_(Tensor(a!) self, Tensor the_template, *, MemoryFormat? memory_format=None) -> Tensor(a!)` */
  resizeAs_(theTemplate: Tensor, options?: { memoryFormat?: MemoryFormat | null }): Tensor;
  /** `resize_as_sparse(Tensor self, Tensor the_template) -> Tensor` */
  resizeAsSparse(theTemplate: Tensor): Tensor;
  /** `resize_as_sparse_(Tensor(a!) self, Tensor the_template) -> Tensor(a!)` */
  resizeAsSparse_(theTemplate: Tensor): Tensor;
  /** `resolve_conj(Tensor(a) self) -> Tensor(a)` */
  resolveConj(): Tensor;
  /** `resolve_neg(Tensor(a) self) -> Tensor(a)` */
  resolveNeg(): Tensor;
  /**
   * - `result_type.Scalar(Tensor tensor, Scalar other) -> ScalarType`
   * - `result_type.Tensor(Tensor tensor, Tensor other) -> ScalarType`
   */
  resultType(other: Scalar | Tensor): DType;
  /** `retains_grad(Tensor self) -> bool` */
  retainsGrad(): boolean;
  /** `rms_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor` */
  rmsNorm(normalizedShape: Ints, options?: { weight?: Tensor | null; eps?: number | null }): Tensor;
  rmsNorm(normalizedShape: Ints, weight: Tensor | null, eps?: number | null): Tensor;
  /**
   * - `rnn_relu.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)`
   * - `rnn_relu.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)`
   */
  rnnRelu(batchSizes: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
  rnnRelu(hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor];
  /** `rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor` */
  rnnReluCell(hx: Tensor, wIh: Tensor, wHh: Tensor, options?: { bIh?: Tensor | null; bHh?: Tensor | null }): Tensor;
  rnnReluCell(hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor | null, bHh?: Tensor | null): Tensor;
  /**
   * - `rnn_tanh.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)`
   * - `rnn_tanh.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)`
   */
  rnnTanh(batchSizes: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): [Tensor, Tensor];
  rnnTanh(hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): [Tensor, Tensor];
  /** `rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor` */
  rnnTanhCell(hx: Tensor, wIh: Tensor, wHh: Tensor, options?: { bIh?: Tensor | null; bHh?: Tensor | null }): Tensor;
  rnnTanhCell(hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor | null, bHh?: Tensor | null): Tensor;
  /** `roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor` */
  roll(shifts: Ints | Int, options?: { dims?: Ints | Int }): Tensor;
  roll(shifts: Ints | Int, dims: Ints | Int): Tensor;
  /** `rot90(Tensor self, int k=1, int[] dims=[0, 1]) -> Tensor` */
  rot90(options?: { k?: Int; dims?: Ints }): Tensor;
  rot90(k: Int, dims?: Ints): Tensor;
  /**
   * - `round(Tensor self) -> Tensor`
   * - `round.decimals(Tensor self, *, int decimals) -> Tensor`
   */
  round(): Tensor;
  round(options: { decimals: Int }): Tensor;
  /**
   * - `round_(Tensor(a!) self) -> Tensor(a!)`
   * - `round_.decimals(Tensor(a!) self, *, int decimals) -> Tensor(a!)`
   */
  round_(): Tensor;
  round_(options: { decimals: Int }): Tensor;
  /** `row_indices(Tensor(a) self) -> Tensor(a)` */
  rowIndices(): Tensor;
  /** `row_indices_copy(Tensor self) -> Tensor` */
  rowIndicesCopy(): Tensor;
  /** `rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> Tensor` */
  rrelu(options?: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  rrelu(lower: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): Tensor;
  /** `rrelu_(Tensor(a!) self, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> Tensor(a!)` */
  rrelu_(options?: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  rrelu_(lower: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): Tensor;
  /** `rrelu_with_noise(Tensor self, Tensor(b!) noise, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> Tensor` */
  rreluWithNoise(noise: Tensor, options?: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  rreluWithNoise(noise: Tensor, lower: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): Tensor;
  /** `rrelu_with_noise_(Tensor(a!) self, Tensor(b!) noise, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> Tensor(a!)` */
  rreluWithNoise_(noise: Tensor, options?: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): Tensor;
  rreluWithNoise_(noise: Tensor, lower: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): Tensor;
  /** `rrelu_with_noise_backward(Tensor grad_output, Tensor self, Tensor noise, Scalar lower, Scalar upper, bool training, bool self_is_result) -> Tensor` */
  rreluWithNoiseBackward(self: Tensor, noise: Tensor, lower: Scalar, upper: Scalar, training: boolean, selfIsResult: boolean): Tensor;
  /** `rrelu_with_noise_functional(Tensor self, Tensor noise, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> (Tensor, Tensor noise_out)` */
  rreluWithNoiseFunctional(noise: Tensor, options?: { lower?: Scalar; upper?: Scalar; training?: boolean; generator?: Generator | null }): [Tensor, Tensor];
  rreluWithNoiseFunctional(noise: Tensor, lower: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null): [Tensor, Tensor];
  /** `rsqrt(Tensor self) -> Tensor` */
  rsqrt(): Tensor;
  /** `rsqrt_(Tensor(a!) self) -> Tensor(a!)` */
  rsqrt_(): Tensor;
  /**
   * - `rsub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor`
   * - `rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`
   */
  rsub(other: Scalar | Tensor, options?: { alpha?: Scalar }): Tensor;
  rsub(other: Scalar, alpha: Scalar): Tensor;
  /** `scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0., bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor` */
  scaledDotProductAttention(key: Tensor, value: Tensor, options?: { attnMask?: Tensor | null; dropoutP?: number; isCausal?: boolean; scale?: number | null; enableGqa?: boolean }): Tensor;
  scaledDotProductAttention(key: Tensor, value: Tensor, attnMask: Tensor | null, dropoutP?: number, isCausal?: boolean, options?: { scale?: number | null; enableGqa?: boolean }): Tensor;
  /**
   * - `scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor`
   * - `scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor`
   * - `scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor`
   * - `scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor`
   */
  scatter(dim: Int, index: Tensor, src: Tensor): Tensor;
  scatter(dim: Int, index: Tensor, value: Scalar): Tensor;
  scatter(dim: Int, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
  scatter(dim: Int, index: Tensor, value: Scalar, options: { reduce: string }): Tensor;
  /**
   * - `scatter_.src(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)`
   * - `scatter_.value(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)`
   * - `scatter_.reduce(Tensor(a!) self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor(a!)`
   * - `scatter_.value_reduce(Tensor(a!) self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor(a!)`
   */
  scatter_(dim: Int, index: Tensor, src: Tensor): Tensor;
  scatter_(dim: Int, index: Tensor, value: Scalar): Tensor;
  scatter_(dim: Int, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
  scatter_(dim: Int, index: Tensor, value: Scalar, options: { reduce: string }): Tensor;
  /** `scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor` */
  scatterAdd(dim: Int, index: Tensor, src: Tensor): Tensor;
  /** `scatter_add_(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)` */
  scatterAdd_(dim: Int, index: Tensor, src: Tensor): Tensor;
  /** `scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor` */
  scatterReduce(dim: Int, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean }): Tensor;
  /** `scatter_reduce_.two(Tensor(a!) self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor(a!)` */
  scatterReduce_(dim: Int, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean }): Tensor;
  /**
   * - `searchsorted.Scalar(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor`
   * - `searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor`
   */
  searchsorted(self: Scalar | Tensor, options?: { outInt32?: boolean; right?: boolean; side?: string | null; sorter?: Tensor | null }): Tensor;
  /** `segment_reduce(Tensor data, str reduce, *, Tensor? lengths=None, Tensor? indices=None, Tensor? offsets=None, int axis=0, bool unsafe=False, Scalar? initial=None) -> Tensor` */
  segmentReduce(reduce: string, options?: { lengths?: Tensor | null; indices?: Tensor | null; offsets?: Tensor | null; axis?: Int; unsafe?: boolean; initial?: Scalar | null }): Tensor;
  /** `select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)` */
  select(dim: Int, index: Int): Tensor;
  /** `select_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt index) -> Tensor` */
  selectBackward(inputSizes: Ints, dim: Int, index: Int): Tensor;
  /** `select_copy.int(Tensor self, int dim, SymInt index) -> Tensor` */
  selectCopy(dim: Int, index: Int): Tensor;
  /** `select_scatter(Tensor self, Tensor src, int dim, SymInt index) -> Tensor` */
  selectScatter(src: Tensor, dim: Int, index: Int): Tensor;
  /** `selu(Tensor self) -> Tensor` */
  selu(): Tensor;
  /** `selu_(Tensor(a!) self) -> Tensor(a!)` */
  selu_(): Tensor;
  /**
   * - `set(Tensor self) -> Tensor`
   * - `set.source_Storage(Tensor self, Storage source) -> Tensor`
   * - `set.source_Tensor(Tensor self, Tensor source) -> Tensor`
   * - `set.source_Storage_storage_offset(Tensor self, Storage source, SymInt storage_offset, SymInt[] size, SymInt[] stride=[]) -> Tensor`
   */
  set(): Tensor;
  set(source: never | Tensor): Tensor;
  set(source: never, storageOffset: Int, size: Ints, options?: { stride?: Ints }): Tensor;
  set(source: never, storageOffset: Int, size: Ints, stride: Ints): Tensor;
  /**
   * - `set_(Tensor(a!) self) -> Tensor(a!)`
   * - `set_.source_Storage(Tensor(a!) self, Storage source) -> Tensor(a!)`
   * - `set_.source_Tensor(Tensor(a!) self, Tensor source) -> Tensor(a!)`
   * - `set_.source_Storage_storage_offset(Tensor(a!) self, Storage source, SymInt storage_offset, SymInt[] size, SymInt[] stride=[]) -> Tensor(a!)`
   * - `set_.source_Tensor_storage_offset(Tensor(a!) self, Tensor source, SymInt storage_offset, SymInt[] size, SymInt[] stride=[]) -> Tensor(a!)`
   */
  set_(): Tensor;
  set_(source: never | Tensor): Tensor;
  set_(source: never | Tensor, storageOffset: Int, size: Ints, options?: { stride?: Ints }): Tensor;
  set_(source: never | Tensor, storageOffset: Int, size: Ints, stride: Ints): Tensor;
  /** `sgn(Tensor self) -> Tensor` */
  sgn(): Tensor;
  /** `sgn_(Tensor(a!) self) -> Tensor(a!)` */
  sgn_(): Tensor;
  /** `sigmoid(Tensor self) -> Tensor` */
  sigmoid(): Tensor;
  /** `sigmoid_(Tensor(a!) self) -> Tensor(a!)` */
  sigmoid_(): Tensor;
  /** `sigmoid_backward(Tensor grad_output, Tensor output) -> Tensor` */
  sigmoidBackward(output: Tensor): Tensor;
  /** `sign(Tensor self) -> Tensor` */
  sign(): Tensor;
  /** `sign_(Tensor(a!) self) -> Tensor(a!)` */
  sign_(): Tensor;
  /** `signbit(Tensor self) -> Tensor` */
  signbit(): Tensor;
  /** `silu(Tensor self) -> Tensor` */
  silu(): Tensor;
  /** `silu_(Tensor(a!) self) -> Tensor(a!)` */
  silu_(): Tensor;
  /** `silu_backward(Tensor grad_output, Tensor self) -> Tensor` */
  siluBackward(self: Tensor): Tensor;
  /** `sin(Tensor self) -> Tensor` */
  sin(): Tensor;
  /** `sin_(Tensor(a!) self) -> Tensor(a!)` */
  sin_(): Tensor;
  /** `sinc(Tensor self) -> Tensor` */
  sinc(): Tensor;
  /** `sinc_(Tensor(a!) self) -> Tensor(a!)` */
  sinc_(): Tensor;
  /** `sinh(Tensor self) -> Tensor` */
  sinh(): Tensor;
  /** `sinh_(Tensor(a!) self) -> Tensor(a!)` */
  sinh_(): Tensor;
  /** `slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)` */
  slice(options?: { dim?: Int; start?: Int | null; end?: Int | null; step?: Int }): Tensor;
  slice(dim: Int, start?: Int | null, end?: Int | null, step?: Int): Tensor;
  /** `slice_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt start, SymInt end, SymInt step) -> Tensor` */
  sliceBackward(inputSizes: Ints, dim: Int, start: Int, end: Int, step: Int): Tensor;
  /** `slice_copy.Tensor(Tensor self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor` */
  sliceCopy(options?: { dim?: Int; start?: Int | null; end?: Int | null; step?: Int }): Tensor;
  sliceCopy(dim: Int, start?: Int | null, end?: Int | null, step?: Int): Tensor;
  /** `slice_inverse(Tensor(a) self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)` */
  sliceInverse(src: Tensor, options?: { dim?: Int; start?: Int | null; end?: Int | null; step?: Int }): Tensor;
  sliceInverse(src: Tensor, dim: Int, start?: Int | null, end?: Int | null, step?: Int): Tensor;
  /** `slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor` */
  sliceScatter(src: Tensor, options?: { dim?: Int; start?: Int | null; end?: Int | null; step?: Int }): Tensor;
  sliceScatter(src: Tensor, dim: Int, start?: Int | null, end?: Int | null, step?: Int): Tensor;
  /** `slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet)` */
  slogdet(): Named<{ sign: Tensor; logabsdet: Tensor }, [sign: Tensor, logabsdet: Tensor]>;
  /** `slow_conv3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0]) -> Tensor` */
  slowConv3d(weight: Tensor, kernelSize: Ints | Int, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int }): Tensor;
  slowConv3d(weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int): Tensor;
  /** `slow_conv3d_forward(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias, SymInt[3] stride, SymInt[3] padding) -> Tensor` */
  slowConv3dForward(weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride: Ints | Int, padding: Ints | Int): Tensor;
  /** `slow_conv_dilated2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] dilation=[1, 1]) -> Tensor` */
  slowConvDilated2d(weight: Tensor, kernelSize: Ints | Int, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int }): Tensor;
  slowConvDilated2d(weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int): Tensor;
  /** `slow_conv_dilated3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] dilation=[1, 1, 1]) -> Tensor` */
  slowConvDilated3d(weight: Tensor, kernelSize: Ints | Int, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; dilation?: Ints | Int }): Tensor;
  slowConvDilated3d(weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, dilation?: Ints | Int): Tensor;
  /** `slow_conv_transpose2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0], SymInt[2] output_padding=[0, 0], SymInt[2] dilation=[1, 1]) -> Tensor` */
  slowConvTranspose2d(weight: Tensor, kernelSize: Ints | Int, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; outputPadding?: Ints | Int; dilation?: Ints | Int }): Tensor;
  slowConvTranspose2d(weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, outputPadding?: Ints | Int, dilation?: Ints | Int): Tensor;
  /** `slow_conv_transpose3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias=None, SymInt[3] stride=[1, 1, 1], SymInt[3] padding=[0, 0, 0], SymInt[3] output_padding=[0, 0, 0], SymInt[3] dilation=[1, 1, 1]) -> Tensor` */
  slowConvTranspose3d(weight: Tensor, kernelSize: Ints | Int, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int; outputPadding?: Ints | Int; dilation?: Ints | Int }): Tensor;
  slowConvTranspose3d(weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int, outputPadding?: Ints | Int, dilation?: Ints | Int): Tensor;
  /** `smm(Tensor self, Tensor mat2) -> Tensor` */
  smm(mat2: Tensor): Tensor;
  /** `smooth_l1_loss(Tensor self, Tensor target, int reduction=1, float beta=1.) -> Tensor` */
  smoothL1Loss(target: Tensor, options?: { reduction?: Int; beta?: number }): Tensor;
  smoothL1Loss(target: Tensor, reduction: Int, beta?: number): Tensor;
  /** `smooth_l1_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, float beta) -> Tensor` */
  smoothL1LossBackward(self: Tensor, target: Tensor, reduction: Int, beta: number): Tensor;
  /** `soft_margin_loss(Tensor self, Tensor target, int reduction=1) -> Tensor` */
  softMarginLoss(target: Tensor, options?: { reduction?: Int }): Tensor;
  softMarginLoss(target: Tensor, reduction: Int): Tensor;
  /** `soft_margin_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction) -> Tensor` */
  softMarginLossBackward(self: Tensor, target: Tensor, reduction: Int): Tensor;
  /** `softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor` */
  softmax(dim: Int, options?: { dtype?: DType | null }): Tensor;
  softmax(dim: Int, dtype: DType | null): Tensor;
  /** `softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor` */
  softplus(options?: { beta?: Scalar; threshold?: Scalar }): Tensor;
  softplus(beta: Scalar, threshold?: Scalar): Tensor;
  /** `softplus_backward(Tensor grad_output, Tensor self, Scalar beta, Scalar threshold) -> Tensor` */
  softplusBackward(self: Tensor, beta: Scalar, threshold: Scalar): Tensor;
  /** `softshrink(Tensor self, Scalar lambd=0.5) -> Tensor` */
  softshrink(options?: { lambd?: Scalar }): Tensor;
  softshrink(lambd: Scalar): Tensor;
  /** `softshrink_backward(Tensor grad_output, Tensor self, Scalar lambd) -> Tensor` */
  softshrinkBackward(self: Tensor, lambd: Scalar): Tensor;
  /**
   * - `sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)`
   * - `sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)`
   */
  sort(options?: { dim?: Int; descending?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  sort(dim: Int, descending?: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  sort(options: { stable: boolean | null; dim?: Int; descending?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  /**
   * - `sparse_bsc_tensor.ccol_row_value(Tensor ccol_indices, Tensor row_indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
   * - `sparse_bsc_tensor.ccol_row_value_size(Tensor ccol_indices, Tensor row_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
   */
  sparseBscTensor(rowIndices: Tensor, values: Tensor, options?: FactoryOptions): Tensor;
  sparseBscTensor(rowIndices: Tensor, values: Tensor, size: Ints, options?: FactoryOptions): Tensor;
  /**
   * - `sparse_bsr_tensor.crow_col_value(Tensor crow_indices, Tensor col_indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
   * - `sparse_bsr_tensor.crow_col_value_size(Tensor crow_indices, Tensor col_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
   */
  sparseBsrTensor(colIndices: Tensor, values: Tensor, options?: FactoryOptions): Tensor;
  sparseBsrTensor(colIndices: Tensor, values: Tensor, size: Ints, options?: FactoryOptions): Tensor;
  /**
   * - `sparse_compressed_tensor.comp_plain_value(Tensor compressed_indices, Tensor plain_indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
   * - `sparse_compressed_tensor.comp_plain_value_size(Tensor compressed_indices, Tensor plain_indices, Tensor values, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
   */
  sparseCompressedTensor(plainIndices: Tensor, values: Tensor, options?: FactoryOptions): Tensor;
  sparseCompressedTensor(plainIndices: Tensor, values: Tensor, size: Ints, options?: FactoryOptions): Tensor;
  /**
   * - `sparse_coo_tensor.indices(Tensor indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool? is_coalesced=None) -> Tensor`
   * - `sparse_coo_tensor.indices_size(Tensor indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool? is_coalesced=None) -> Tensor`
   */
  sparseCooTensor(values: Tensor, options?: { isCoalesced?: boolean | null } & FactoryOptions): Tensor;
  sparseCooTensor(values: Tensor, size: Ints, options?: { isCoalesced?: boolean | null } & FactoryOptions): Tensor;
  /**
   * - `sparse_csc_tensor.ccol_row_value(Tensor ccol_indices, Tensor row_indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
   * - `sparse_csc_tensor.ccol_row_value_size(Tensor ccol_indices, Tensor row_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
   */
  sparseCscTensor(rowIndices: Tensor, values: Tensor, options?: FactoryOptions): Tensor;
  sparseCscTensor(rowIndices: Tensor, values: Tensor, size: Ints, options?: FactoryOptions): Tensor;
  /**
   * - `sparse_csr_tensor.crow_col_value(Tensor crow_indices, Tensor col_indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
   * - `sparse_csr_tensor.crow_col_value_size(Tensor crow_indices, Tensor col_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor`
   */
  sparseCsrTensor(colIndices: Tensor, values: Tensor, options?: FactoryOptions): Tensor;
  sparseCsrTensor(colIndices: Tensor, values: Tensor, size: Ints, options?: FactoryOptions): Tensor;
  /** `sparse_dim(Tensor self) -> int` */
  sparseDim(): number;
  /** `sparse_mask(Tensor self, Tensor mask) -> Tensor` */
  sparseMask(mask: Tensor): Tensor;
  /** `sparse_resize(Tensor self, int[] size, int sparse_dim, int dense_dim) -> Tensor` */
  sparseResize(size: Ints, sparseDim: Int, denseDim: Int): Tensor;
  /** `sparse_resize_(Tensor(a!) self, int[] size, int sparse_dim, int dense_dim) -> Tensor(a!)` */
  sparseResize_(size: Ints, sparseDim: Int, denseDim: Int): Tensor;
  /** `sparse_resize_and_clear(Tensor self, int[] size, int sparse_dim, int dense_dim) -> Tensor` */
  sparseResizeAndClear(size: Ints, sparseDim: Int, denseDim: Int): Tensor;
  /** `sparse_resize_and_clear_(Tensor(a!) self, int[] size, int sparse_dim, int dense_dim) -> Tensor(a!)` */
  sparseResizeAndClear_(size: Ints, sparseDim: Int, denseDim: Int): Tensor;
  /** `sparse_sampled_addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  sparseSampledAddmm(mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /**
   * - `split.Tensor(Tensor(a -> *) self, SymInt split_size, int dim=0) -> Tensor(a)[]`
   * - `split.sizes(Tensor(a -> *) self, SymInt[] split_size, int dim=0) -> Tensor(a)[]`
   */
  split(splitSize: Int | Ints, options?: { dim?: Int }): Tensor[];
  split(splitSize: Int | Ints, dim: Int): Tensor[];
  /** `split_copy.Tensor(Tensor self, SymInt split_size, int dim=0) -> Tensor[]` */
  splitCopy(splitSize: Int, options?: { dim?: Int }): Tensor[];
  splitCopy(splitSize: Int, dim: Int): Tensor[];
  /** `split_with_sizes(Tensor(a -> *) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[]` */
  splitWithSizes(splitSizes: Ints, options?: { dim?: Int }): Tensor[];
  splitWithSizes(splitSizes: Ints, dim: Int): Tensor[];
  /** `split_with_sizes_copy(Tensor self, SymInt[] split_sizes, int dim=0) -> Tensor[]` */
  splitWithSizesCopy(splitSizes: Ints, options?: { dim?: Int }): Tensor[];
  splitWithSizesCopy(splitSizes: Ints, dim: Int): Tensor[];
  /** `sqrt(Tensor self) -> Tensor` */
  sqrt(): Tensor;
  /** `sqrt_(Tensor(a!) self) -> Tensor(a!)` */
  sqrt_(): Tensor;
  /** `square(Tensor self) -> Tensor` */
  square(): Tensor;
  /** `square_(Tensor(a!) self) -> Tensor(a!)` */
  square_(): Tensor;
  /**
   * - `squeeze(Tensor(a) self) -> Tensor(a)`
   * - `squeeze.dim(Tensor(a) self, int dim) -> Tensor(a)`
   * - `squeeze.dims(Tensor(a) self, int[] dim) -> Tensor(a)`
   */
  squeeze(): Tensor;
  squeeze(dim: Int | Ints): Tensor;
  squeeze(...dim: Ints): Tensor;
  /**
   * - `squeeze_(Tensor(a!) self) -> Tensor(a!)`
   * - `squeeze_.dim(Tensor(a!) self, int dim) -> Tensor(a!)`
   * - `squeeze_.dims(Tensor(a!) self, int[] dim) -> Tensor(a!)`
   */
  squeeze_(): Tensor;
  squeeze_(dim: Int | Ints): Tensor;
  squeeze_(...dim: Ints): Tensor;
  /**
   * - `squeeze_copy(Tensor self) -> Tensor`
   * - `squeeze_copy.dim(Tensor self, int dim) -> Tensor`
   * - `squeeze_copy.dims(Tensor self, int[] dim) -> Tensor`
   */
  squeezeCopy(): Tensor;
  squeezeCopy(dim: Int | Ints): Tensor;
  squeezeCopy(...dim: Ints): Tensor;
  /** `sspaddmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor` */
  sspaddmm(mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /**
   * - `std(Tensor self, bool unbiased=True) -> Tensor`
   * - `std.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor`
   * - `std.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor`
   */
  std(options?: { unbiased?: boolean }): Tensor;
  std(unbiased: boolean): Tensor;
  std(options?: { dim?: Ints | Int | null; correction?: Scalar | null; keepdim?: boolean }): Tensor;
  std(dim: Ints | Int | null, options?: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  std(dim: Ints | Int | null, options?: { unbiased?: boolean; keepdim?: boolean }): Tensor;
  std(dim: Ints | Int | null, unbiased: boolean, keepdim?: boolean): Tensor;
  /**
   * - `std_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)`
   * - `std_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)`
   * - `std_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)`
   */
  stdMean(options?: { unbiased?: boolean }): [Tensor, Tensor];
  stdMean(unbiased: boolean): [Tensor, Tensor];
  stdMean(options?: { dim?: Ints | Int | null; correction?: Scalar | null; keepdim?: boolean }): [Tensor, Tensor];
  stdMean(dim: Ints | Int | null, options?: { correction?: Scalar | null; keepdim?: boolean }): [Tensor, Tensor];
  stdMean(dim: Ints | Int | null, options?: { unbiased?: boolean; keepdim?: boolean }): [Tensor, Tensor];
  stdMean(dim: Ints | Int | null, unbiased: boolean, keepdim?: boolean): [Tensor, Tensor];
  /**
   * - `stft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool normalized=False, bool? onesided=None, bool? return_complex=None, bool? align_to_window=None) -> Tensor`
   * - `stft.center(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, str pad_mode="reflect", bool normalized=False, bool? onesided=None, bool? return_complex=None, bool? align_to_window=None) -> Tensor`
   */
  stft(nFft: Int, options?: { hopLength?: Int | null; winLength?: Int | null; window?: Tensor | null; normalized?: boolean; onesided?: boolean | null; returnComplex?: boolean | null; alignToWindow?: boolean | null }): Tensor;
  stft(nFft: Int, hopLength: Int | null, winLength?: Int | null, window?: Tensor | null, normalized?: boolean, onesided?: boolean | null, returnComplex?: boolean | null, alignToWindow?: boolean | null): Tensor;
  stft(nFft: Int, options?: { hopLength?: Int | null; winLength?: Int | null; window?: Tensor | null; center?: boolean; padMode?: string; normalized?: boolean; onesided?: boolean | null; returnComplex?: boolean | null; alignToWindow?: boolean | null }): Tensor;
  stft(nFft: Int, hopLength: Int | null, winLength?: Int | null, window?: Tensor | null, center?: boolean, padMode?: string, normalized?: boolean, onesided?: boolean | null, returnComplex?: boolean | null, alignToWindow?: boolean | null): Tensor;
  /** `sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor` */
  sub(other: Tensor | Scalar, options?: { alpha?: Scalar }): Tensor;
  /** `sub_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)` */
  sub_(other: Tensor | Scalar, options?: { alpha?: Scalar }): Tensor;
  /**
   * - `subtract.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor`
   * - `subtract.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor`
   */
  subtract(other: Scalar | Tensor, options?: { alpha?: Scalar }): Tensor;
  subtract(other: Scalar, alpha: Scalar): Tensor;
  /**
   * - `subtract_.Scalar(Tensor(a!) self, Scalar other, Scalar alpha=1) -> Tensor(a!)`
   * - `subtract_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)`
   */
  subtract_(other: Scalar | Tensor, options?: { alpha?: Scalar }): Tensor;
  subtract_(other: Scalar, alpha: Scalar): Tensor;
  /**
   * - `sum(Tensor self, *, ScalarType? dtype=None) -> Tensor`
   * - `sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor`
   */
  sum(options?: { dtype?: DType | null }): Tensor;
  sum(dim: Ints | Int | null, options?: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  sum(dim: Ints | Int | null, keepdim: boolean, options?: { dtype?: DType | null }): Tensor;
  /** `sum_to_size(Tensor self, SymInt[] size) -> Tensor` */
  sumToSize(size: Ints): Tensor;
  sumToSize(...size: Ints): Tensor;
  /** `svd(Tensor self, bool some=True, bool compute_uv=True) -> (Tensor U, Tensor S, Tensor V)` */
  svd(options?: { some?: boolean; computeUv?: boolean }): Named<{ U: Tensor; S: Tensor; V: Tensor }, [U: Tensor, S: Tensor, V: Tensor]>;
  svd(some: boolean, computeUv?: boolean): Named<{ U: Tensor; S: Tensor; V: Tensor }, [U: Tensor, S: Tensor, V: Tensor]>;
  /** `swapaxes(Tensor(a) self, int axis0, int axis1) -> Tensor(a)` */
  swapaxes(axis0: Int, axis1: Int): Tensor;
  /** `swapaxes_(Tensor(a!) self, int axis0, int axis1) -> Tensor(a!)` */
  swapaxes_(axis0: Int, axis1: Int): Tensor;
  /** `swapdims(Tensor(a) self, int dim0, int dim1) -> Tensor(a)` */
  swapdims(dim0: Int, dim1: Int): Tensor;
  /** `swapdims_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!)` */
  swapdims_(dim0: Int, dim1: Int): Tensor;
  /** `sym_is_contiguous(Tensor self, MemoryFormat memory_format=0) -> SymBool` */
  symIsContiguous(options?: { memoryFormat?: MemoryFormat }): boolean;
  symIsContiguous(memoryFormat: MemoryFormat): boolean;
  /** `sym_numel(Tensor self) -> SymInt` */
  symNumel(): number;
  /** `sym_size.int(Tensor self, int dim) -> SymInt` */
  symSize(dim: Int): number;
  /** `sym_storage_offset(Tensor self) -> SymInt` */
  symStorageOffset(): number;
  /** `sym_stride.int(Tensor self, int dim) -> SymInt` */
  symStride(dim: Int): number;
  /** `t(Tensor(a) self) -> Tensor(a)` */
  t(): Tensor;
  /** `t_(Tensor(a!) self) -> Tensor(a!)` */
  t_(): Tensor;
  /** `t_copy(Tensor self) -> Tensor` */
  tCopy(): Tensor;
  /** `take(Tensor self, Tensor index) -> Tensor` */
  take(index: Tensor): Tensor;
  /** `take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor` */
  takeAlongDim(indices: Tensor, options?: { dim?: Int | null }): Tensor;
  takeAlongDim(indices: Tensor, dim: Int | null): Tensor;
  /** `tan(Tensor self) -> Tensor` */
  tan(): Tensor;
  /** `tan_(Tensor(a!) self) -> Tensor(a!)` */
  tan_(): Tensor;
  /** `tanh(Tensor self) -> Tensor` */
  tanh(): Tensor;
  /** `tanh_(Tensor(a!) self) -> Tensor(a!)` */
  tanh_(): Tensor;
  /** `tanh_backward(Tensor grad_output, Tensor output) -> Tensor` */
  tanhBackward(output: Tensor): Tensor;
  /**
   * - `tensor_split.indices(Tensor(a -> *) self, SymInt[] indices, int dim=0) -> Tensor(a)[]`
   * - `tensor_split.sections(Tensor(a -> *) self, SymInt sections, int dim=0) -> Tensor(a)[]`
   * - `tensor_split.tensor_indices_or_sections(Tensor(a -> *) self, Tensor tensor_indices_or_sections, int dim=0) -> Tensor(a)[]`
   */
  tensorSplit(indices: Ints, options?: { dim?: Int }): Tensor[];
  tensorSplit(indices: Ints, dim: Int): Tensor[];
  tensorSplit(sections: Int, options?: { dim?: Int }): Tensor[];
  tensorSplit(sections: Int, dim: Int): Tensor[];
  tensorSplit(tensorIndicesOrSections: Tensor, options?: { dim?: Int }): Tensor[];
  tensorSplit(tensorIndicesOrSections: Tensor, dim: Int): Tensor[];
  /** `tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor` */
  tensordot(other: Tensor, dimsSelf: Ints, dimsOther: Ints): Tensor;
  /** `thnn_conv2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias=None, SymInt[2] stride=[1, 1], SymInt[2] padding=[0, 0]) -> Tensor` */
  thnnConv2d(weight: Tensor, kernelSize: Ints | Int, options?: { bias?: Tensor | null; stride?: Ints | Int; padding?: Ints | Int }): Tensor;
  thnnConv2d(weight: Tensor, kernelSize: Ints | Int, bias: Tensor | null, stride?: Ints | Int, padding?: Ints | Int): Tensor;
  /** `threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor` */
  threshold(threshold: Scalar, value: Scalar): Tensor;
  /** `threshold_(Tensor(a!) self, Scalar threshold, Scalar value) -> Tensor(a!)` */
  threshold_(threshold: Scalar, value: Scalar): Tensor;
  /** `threshold_backward(Tensor grad_output, Tensor self, Scalar threshold) -> Tensor` */
  thresholdBackward(self: Tensor, threshold: Scalar): Tensor;
  /** `tile(Tensor self, SymInt[] dims) -> Tensor` */
  tile(dims: Ints): Tensor;
  tile(...dims: Ints): Tensor;
  /** `to_dense(Tensor self, ScalarType? dtype=None, *, bool? masked_grad=None) -> Tensor` */
  toDense(options?: { dtype?: DType | null; maskedGrad?: boolean | null }): Tensor;
  toDense(dtype: DType | null, options?: { maskedGrad?: boolean | null }): Tensor;
  /** `to_dense_backward(Tensor grad, Tensor input, bool? masked_grad=None) -> Tensor` */
  toDenseBackward(input: Tensor, options?: { maskedGrad?: boolean | null }): Tensor;
  toDenseBackward(input: Tensor, maskedGrad: boolean | null): Tensor;
  /** `to_mkldnn(Tensor self, ScalarType? dtype=None) -> Tensor` */
  toMkldnn(options?: { dtype?: DType | null }): Tensor;
  toMkldnn(dtype: DType | null): Tensor;
  /** `to_mkldnn_backward(Tensor grad, Tensor input) -> Tensor` */
  toMkldnnBackward(input: Tensor): Tensor;
  /** `to_padded_tensor(Tensor self, float padding, SymInt[]? output_size=None) -> Tensor` */
  toPaddedTensor(padding: number, options?: { outputSize?: Ints | null }): Tensor;
  toPaddedTensor(padding: number, outputSize: Ints | null): Tensor;
  /**
   * - `to_sparse.sparse_dim(Tensor self, int sparse_dim) -> Tensor`
   * - `to_sparse(Tensor self, *, Layout? layout=None, int[2]? blocksize=None, int? dense_dim=None) -> Tensor`
   */
  toSparse(sparseDim: Int): Tensor;
  toSparse(options?: { layout?: Layout | null; blocksize?: Ints | Int | null; denseDim?: Int | null }): Tensor;
  /** `to_sparse_bsc(Tensor self, int[2] blocksize, int? dense_dim=None) -> Tensor` */
  toSparseBsc(blocksize: Ints | Int, options?: { denseDim?: Int | null }): Tensor;
  toSparseBsc(blocksize: Ints | Int, denseDim: Int | null): Tensor;
  /** `to_sparse_bsr(Tensor self, int[2] blocksize, int? dense_dim=None) -> Tensor` */
  toSparseBsr(blocksize: Ints | Int, options?: { denseDim?: Int | null }): Tensor;
  toSparseBsr(blocksize: Ints | Int, denseDim: Int | null): Tensor;
  /** `to_sparse_csc(Tensor self, int? dense_dim=None) -> Tensor` */
  toSparseCsc(options?: { denseDim?: Int | null }): Tensor;
  toSparseCsc(denseDim: Int | null): Tensor;
  /** `to_sparse_csr(Tensor self, int? dense_dim=None) -> Tensor` */
  toSparseCsr(options?: { denseDim?: Int | null }): Tensor;
  toSparseCsr(denseDim: Int | null): Tensor;
  /** `topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)` */
  topk(k: Int, options?: { dim?: Int; largest?: boolean; sorted?: boolean }): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  topk(k: Int, dim: Int, largest?: boolean, sorted?: boolean): Named<{ values: Tensor; indices: Tensor }, [values: Tensor, indices: Tensor]>;
  /** `trace(Tensor self) -> Tensor` */
  trace(): Tensor;
  /** `trace_backward(Tensor grad, SymInt[] sizes) -> Tensor` */
  traceBackward(sizes: Ints): Tensor;
  traceBackward(...sizes: Ints): Tensor;
  /** `transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)` */
  transpose(dim0: Int, dim1: Int): Tensor;
  /** `transpose_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!)` */
  transpose_(dim0: Int, dim1: Int): Tensor;
  /** `transpose_copy.int(Tensor self, int dim0, int dim1) -> Tensor` */
  transposeCopy(dim0: Int, dim1: Int): Tensor;
  /**
   * - `trapezoid.dx(Tensor y, *, Scalar dx=1, int dim=-1) -> Tensor`
   * - `trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor`
   */
  trapezoid(options?: { dx?: Scalar; dim?: Int }): Tensor;
  trapezoid(x: Tensor, options?: { dim?: Int }): Tensor;
  /**
   * - `trapz.dx(Tensor y, *, float dx=1., int dim=-1) -> Tensor`
   * - `trapz.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor`
   */
  trapz(options?: { dx?: number; dim?: Int }): Tensor;
  trapz(x: Tensor, options?: { dim?: Int }): Tensor;
  /** `triangular_solve(Tensor self, Tensor A, bool upper=True, bool transpose=False, bool unitriangular=False) -> (Tensor solution, Tensor cloned_coefficient)` */
  triangularSolve(A: Tensor, options?: { upper?: boolean; transpose?: boolean; unitriangular?: boolean }): Named<{ solution: Tensor; clonedCoefficient: Tensor }, [solution: Tensor, clonedCoefficient: Tensor]>;
  triangularSolve(A: Tensor, upper: boolean, transpose?: boolean, unitriangular?: boolean): Named<{ solution: Tensor; clonedCoefficient: Tensor }, [solution: Tensor, clonedCoefficient: Tensor]>;
  /** `tril(Tensor self, SymInt diagonal=0) -> Tensor` */
  tril(options?: { diagonal?: Int }): Tensor;
  tril(diagonal: Int): Tensor;
  /** `tril_(Tensor(a!) self, SymInt diagonal=0) -> Tensor(a!)` */
  tril_(options?: { diagonal?: Int }): Tensor;
  tril_(diagonal: Int): Tensor;
  /** `triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1., float p=2., float eps=9.9999999999999995e-07, bool swap=False, int reduction=1) -> Tensor` */
  tripletMarginLoss(positive: Tensor, negative: Tensor, options?: { margin?: number; p?: number; eps?: number; swap?: boolean; reduction?: Int }): Tensor;
  tripletMarginLoss(positive: Tensor, negative: Tensor, margin: number, p?: number, eps?: number, swap?: boolean, reduction?: Int): Tensor;
  /** `triu(Tensor self, SymInt diagonal=0) -> Tensor` */
  triu(options?: { diagonal?: Int }): Tensor;
  triu(diagonal: Int): Tensor;
  /** `triu_(Tensor(a!) self, SymInt diagonal=0) -> Tensor(a!)` */
  triu_(options?: { diagonal?: Int }): Tensor;
  triu_(diagonal: Int): Tensor;
  /**
   * - `true_divide.Scalar(Tensor self, Scalar other) -> Tensor`
   * - `true_divide.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  trueDivide(other: Scalar | Tensor): Tensor;
  /**
   * - `true_divide_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `true_divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  trueDivide_(other: Scalar | Tensor): Tensor;
  /** `trunc(Tensor self) -> Tensor` */
  trunc(): Tensor;
  /** `trunc_(Tensor(a!) self) -> Tensor(a!)` */
  trunc_(): Tensor;
  /** `type_as(Tensor self, Tensor other) -> Tensor` */
  typeAs(other: Tensor): Tensor;
  /** `unbind.int(Tensor(a -> *) self, int dim=0) -> Tensor(a)[]` */
  unbind(options?: { dim?: Int }): Tensor[];
  unbind(dim: Int): Tensor[];
  /** `unbind_copy.int(Tensor self, int dim=0) -> Tensor[]` */
  unbindCopy(options?: { dim?: Int }): Tensor[];
  unbindCopy(dim: Int): Tensor[];
  /** `unflatten.int(Tensor(a) self, int dim, SymInt[] sizes) -> Tensor(a)` */
  unflatten(dim: Int, sizes: Ints): Tensor;
  /** `unflatten_dense_tensors(Tensor flat, Tensor[] tensors) -> Tensor[]` */
  unflattenDenseTensors(tensors: readonly Tensor[]): Tensor[];
  /** `unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a)` */
  unfold(dimension: Int, size: Int, step: Int): Tensor;
  /** `unfold_backward(Tensor grad_in, SymInt[] input_sizes, int dim, int size, int step) -> Tensor` */
  unfoldBackward(inputSizes: Ints, dim: Int, size: Int, step: Int): Tensor;
  /** `unfold_copy(Tensor self, int dimension, int size, int step) -> Tensor` */
  unfoldCopy(dimension: Int, size: Int, step: Int): Tensor;
  /** `uniform(Tensor self, float from=0., float to=1., *, Generator? generator=None) -> Tensor` */
  uniform(options?: { from?: number; to?: number; generator?: Generator | null }): Tensor;
  uniform(from: number, to?: number, options?: { generator?: Generator | null }): Tensor;
  /** `uniform_(Tensor(a!) self, float from=0., float to=1., *, Generator? generator=None) -> Tensor(a!)` */
  uniform_(options?: { from?: number; to?: number; generator?: Generator | null }): Tensor;
  uniform_(from: number, to?: number, options?: { generator?: Generator | null }): Tensor;
  /** `unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)` */
  uniqueDim(dim: Int, options?: { sorted?: boolean; returnInverse?: boolean; returnCounts?: boolean }): [Tensor, Tensor, Tensor];
  uniqueDim(dim: Int, sorted: boolean, returnInverse?: boolean, returnCounts?: boolean): [Tensor, Tensor, Tensor];
  /** `unique_dim_consecutive(Tensor self, int dim, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)` */
  uniqueDimConsecutive(dim: Int, options?: { returnInverse?: boolean; returnCounts?: boolean }): [Tensor, Tensor, Tensor];
  uniqueDimConsecutive(dim: Int, returnInverse: boolean, returnCounts?: boolean): [Tensor, Tensor, Tensor];
  /** `unsafe_chunk(Tensor self, int chunks, int dim=0) -> Tensor[]` */
  unsafeChunk(chunks: Int, options?: { dim?: Int }): Tensor[];
  unsafeChunk(chunks: Int, dim: Int): Tensor[];
  /** `unsafe_split.Tensor(Tensor self, SymInt split_size, int dim=0) -> Tensor[]` */
  unsafeSplit(splitSize: Int, options?: { dim?: Int }): Tensor[];
  unsafeSplit(splitSize: Int, dim: Int): Tensor[];
  /** `unsafe_split_with_sizes(Tensor self, SymInt[] split_sizes, int dim=0) -> Tensor[]` */
  unsafeSplitWithSizes(splitSizes: Ints, options?: { dim?: Int }): Tensor[];
  unsafeSplitWithSizes(splitSizes: Ints, dim: Int): Tensor[];
  /** `unsqueeze(Tensor(a) self, int dim) -> Tensor(a)` */
  unsqueeze(dim: Int): Tensor;
  /** `unsqueeze_(Tensor(a!) self, int dim) -> Tensor(a!)` */
  unsqueeze_(dim: Int): Tensor;
  /** `unsqueeze_copy(Tensor self, int dim) -> Tensor` */
  unsqueezeCopy(dim: Int): Tensor;
  /**
   * - `upsample_bicubic2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor`
   * - `upsample_bicubic2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor`
   */
  upsampleBicubic2d(outputSize: Ints | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
  upsampleBicubic2d(outputSize: Ints | Int, alignCorners: boolean, options?: { scalesH?: number | null; scalesW?: number | null }): Tensor;
  upsampleBicubic2d(outputSize: Ints | Int, alignCorners: boolean, scalesH: number | null, scalesW?: number | null): Tensor;
  /** `upsample_bicubic2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor` */
  upsampleBicubic2dBackward(outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, options?: { scalesH?: number | null; scalesW?: number | null }): Tensor;
  upsampleBicubic2dBackward(outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, scalesH: number | null, scalesW?: number | null): Tensor;
  /**
   * - `upsample_bilinear2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor`
   * - `upsample_bilinear2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor`
   */
  upsampleBilinear2d(outputSize: Ints | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
  upsampleBilinear2d(outputSize: Ints | Int, alignCorners: boolean, options?: { scalesH?: number | null; scalesW?: number | null }): Tensor;
  upsampleBilinear2d(outputSize: Ints | Int, alignCorners: boolean, scalesH: number | null, scalesW?: number | null): Tensor;
  /** `upsample_bilinear2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor` */
  upsampleBilinear2dBackward(outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, options?: { scalesH?: number | null; scalesW?: number | null }): Tensor;
  upsampleBilinear2dBackward(outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, scalesH: number | null, scalesW?: number | null): Tensor;
  /**
   * - `upsample_linear1d(Tensor self, SymInt[1] output_size, bool align_corners, float? scales=None) -> Tensor`
   * - `upsample_linear1d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor`
   */
  upsampleLinear1d(outputSize: Ints | Int, alignCorners: boolean, options?: { scales?: number | null }): Tensor;
  upsampleLinear1d(outputSize: Ints | Int, alignCorners: boolean, scales: number | null): Tensor;
  upsampleLinear1d(outputSize: Ints | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
  /** `upsample_linear1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, bool align_corners, float? scales=None) -> Tensor` */
  upsampleLinear1dBackward(outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, options?: { scales?: number | null }): Tensor;
  upsampleLinear1dBackward(outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, scales: number | null): Tensor;
  /**
   * - `upsample_nearest1d(Tensor self, SymInt[1] output_size, float? scales=None) -> Tensor`
   * - `upsample_nearest1d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor`
   */
  upsampleNearest1d(outputSize: Ints | Int, options?: { scales?: number | null }): Tensor;
  upsampleNearest1d(outputSize: Ints | Int, scales: number | null): Tensor;
  upsampleNearest1d(outputSize: Ints | null, scaleFactors: readonly number[] | null): Tensor;
  /** `upsample_nearest1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, float? scales=None) -> Tensor` */
  upsampleNearest1dBackward(outputSize: Ints | Int, inputSize: Ints | Int, options?: { scales?: number | null }): Tensor;
  upsampleNearest1dBackward(outputSize: Ints | Int, inputSize: Ints | Int, scales: number | null): Tensor;
  /**
   * - `upsample_nearest2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor`
   * - `upsample_nearest2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? scales_w=None) -> Tensor`
   */
  upsampleNearest2d(outputSize: Ints | null, scaleFactors: readonly number[] | null): Tensor;
  upsampleNearest2d(outputSize: Ints | Int, options?: { scalesH?: number | null; scalesW?: number | null }): Tensor;
  upsampleNearest2d(outputSize: Ints | Int, scalesH: number | null, scalesW?: number | null): Tensor;
  /** `upsample_nearest2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, float? scales_h=None, float? scales_w=None) -> Tensor` */
  upsampleNearest2dBackward(outputSize: Ints | Int, inputSize: Ints | Int, options?: { scalesH?: number | null; scalesW?: number | null }): Tensor;
  upsampleNearest2dBackward(outputSize: Ints | Int, inputSize: Ints | Int, scalesH: number | null, scalesW?: number | null): Tensor;
  /**
   * - `upsample_nearest3d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor`
   * - `upsample_nearest3d(Tensor self, SymInt[3] output_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor`
   */
  upsampleNearest3d(outputSize: Ints | null, scaleFactors: readonly number[] | null): Tensor;
  upsampleNearest3d(outputSize: Ints | Int, options?: { scalesD?: number | null; scalesH?: number | null; scalesW?: number | null }): Tensor;
  upsampleNearest3d(outputSize: Ints | Int, scalesD: number | null, scalesH?: number | null, scalesW?: number | null): Tensor;
  /** `upsample_nearest3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor` */
  upsampleNearest3dBackward(outputSize: Ints | Int, inputSize: Ints | Int, options?: { scalesD?: number | null; scalesH?: number | null; scalesW?: number | null }): Tensor;
  upsampleNearest3dBackward(outputSize: Ints | Int, inputSize: Ints | Int, scalesD: number | null, scalesH?: number | null, scalesW?: number | null): Tensor;
  /**
   * - `upsample_trilinear3d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor`
   * - `upsample_trilinear3d(Tensor self, SymInt[3] output_size, bool align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor`
   */
  upsampleTrilinear3d(outputSize: Ints | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
  upsampleTrilinear3d(outputSize: Ints | Int, alignCorners: boolean, options?: { scalesD?: number | null; scalesH?: number | null; scalesW?: number | null }): Tensor;
  upsampleTrilinear3d(outputSize: Ints | Int, alignCorners: boolean, scalesD: number | null, scalesH?: number | null, scalesW?: number | null): Tensor;
  /** `upsample_trilinear3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, bool align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor` */
  upsampleTrilinear3dBackward(outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, options?: { scalesD?: number | null; scalesH?: number | null; scalesW?: number | null }): Tensor;
  upsampleTrilinear3dBackward(outputSize: Ints | Int, inputSize: Ints | Int, alignCorners: boolean, scalesD: number | null, scalesH?: number | null, scalesW?: number | null): Tensor;
  /** `value_selecting_reduction_backward(Tensor grad, int dim, Tensor indices, SymInt[] sizes, bool keepdim) -> Tensor` */
  valueSelectingReductionBackward(dim: Int, indices: Tensor, sizes: Ints, keepdim: boolean): Tensor;
  /** `values(Tensor(a) self) -> Tensor(a)` */
  values(): Tensor;
  /** `values_copy(Tensor self) -> Tensor` */
  valuesCopy(): Tensor;
  /** `vander(Tensor x, int? N=None, bool increasing=False) -> Tensor` */
  vander(options?: { N?: Int | null; increasing?: boolean }): Tensor;
  vander(N: Int | null, increasing?: boolean): Tensor;
  /**
   * - `var(Tensor self, bool unbiased=True) -> Tensor`
   * - `var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor`
   * - `var.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor`
   */
  var(options?: { unbiased?: boolean }): Tensor;
  var(unbiased: boolean): Tensor;
  var(options?: { dim?: Ints | Int | null; correction?: Scalar | null; keepdim?: boolean }): Tensor;
  var(dim: Ints | Int | null, options?: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  var(dim: Ints | Int | null, options?: { unbiased?: boolean; keepdim?: boolean }): Tensor;
  var(dim: Ints | Int | null, unbiased: boolean, keepdim?: boolean): Tensor;
  /**
   * - `var_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)`
   * - `var_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)`
   * - `var_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)`
   */
  varMean(options?: { unbiased?: boolean }): [Tensor, Tensor];
  varMean(unbiased: boolean): [Tensor, Tensor];
  varMean(options?: { dim?: Ints | Int | null; correction?: Scalar | null; keepdim?: boolean }): [Tensor, Tensor];
  varMean(dim: Ints | Int | null, options?: { correction?: Scalar | null; keepdim?: boolean }): [Tensor, Tensor];
  varMean(dim: Ints | Int | null, options?: { unbiased?: boolean; keepdim?: boolean }): [Tensor, Tensor];
  varMean(dim: Ints | Int | null, unbiased: boolean, keepdim?: boolean): [Tensor, Tensor];
  /** `vdot(Tensor self, Tensor other) -> Tensor` */
  vdot(other: Tensor): Tensor;
  /**
   * - `view(Tensor(a) self, SymInt[] size) -> Tensor(a)`
   * - `view.dtype(Tensor(a) self, ScalarType dtype) -> Tensor(a)`
   */
  view(size: Ints): Tensor;
  view(...size: Ints): Tensor;
  view(dtype: DType): Tensor;
  /** `view_as(Tensor(a) self, Tensor other) -> Tensor(a)` */
  viewAs(other: Tensor): Tensor;
  /** `view_as_complex(Tensor(a) self) -> Tensor(a)` */
  viewAsComplex(): Tensor;
  /** `view_as_complex_copy(Tensor self) -> Tensor` */
  viewAsComplexCopy(): Tensor;
  /** `view_as_real(Tensor(a) self) -> Tensor(a)` */
  viewAsReal(): Tensor;
  /** `view_as_real_copy(Tensor self) -> Tensor` */
  viewAsRealCopy(): Tensor;
  /**
   * - `view_copy(Tensor self, SymInt[] size) -> Tensor`
   * - `view_copy.dtype(Tensor self, ScalarType dtype) -> Tensor`
   */
  viewCopy(size: Ints): Tensor;
  viewCopy(...size: Ints): Tensor;
  viewCopy(dtype: DType): Tensor;
  /**
   * - `vsplit.array(Tensor(a -> *) self, int[] indices) -> Tensor(a)[]`
   * - `vsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[]`
   */
  vsplit(indices: Ints): Tensor[];
  vsplit(...indices: Ints): Tensor[];
  vsplit(sections: Int): Tensor[];
  /**
   * - `xlogy.Scalar_Other(Tensor self, Scalar other) -> Tensor`
   * - `xlogy.Tensor(Tensor self, Tensor other) -> Tensor`
   */
  xlogy(other: Scalar | Tensor): Tensor;
  /**
   * - `xlogy_.Scalar_Other(Tensor(a!) self, Scalar other) -> Tensor(a!)`
   * - `xlogy_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)`
   */
  xlogy_(other: Scalar | Tensor): Tensor;
  /** `zero(Tensor self) -> Tensor` */
  zero(): Tensor;
  /** `zero_(Tensor(a!) self) -> Tensor(a!)` */
  zero_(): Tensor;
  /** `zeros_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor` */
  zerosLike(options?: { memoryFormat?: MemoryFormat | null } & FactoryOptions): Tensor;
}

/** Which functions `lib/ops/install.ts` makes methods of. */
export const methods = {
  abs,
  abs_,
  absolute,
  absolute_,
  acos,
  acos_,
  acosh,
  acosh_,
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  adaptiveAvgPool3d,
  adaptiveMaxPool1d,
  adaptiveMaxPool2d,
  adaptiveMaxPool2dBackward,
  adaptiveMaxPool3d,
  adaptiveMaxPool3dBackward,
  add,
  add_,
  addbmm,
  addbmm_,
  addcdiv,
  addcdiv_,
  addcmul,
  addcmul_,
  addmm,
  addmm_,
  addmv,
  addmv_,
  addr,
  addr_,
  adjoint,
  affineGridGenerator,
  affineGridGeneratorBackward,
  alias,
  aliasCopy,
  all,
  allclose,
  alphaDropout,
  alphaDropout_,
  amax,
  amin,
  aminmax,
  angle,
  any,
  arccos,
  arccos_,
  arccosh,
  arccosh_,
  arcsin,
  arcsin_,
  arcsinh,
  arcsinh_,
  arctan,
  arctan2,
  arctan2_,
  arctan_,
  arctanh,
  arctanh_,
  argmax,
  argmin,
  argsort,
  argwhere,
  asStrided,
  asStrided_,
  asStridedCopy,
  asStridedScatter,
  asin,
  asin_,
  asinh,
  asinh_,
  atan,
  atan2,
  atan2_,
  atan_,
  atanh,
  atanh_,
  atleast1d,
  atleast2d,
  atleast3d,
  avgPool1d,
  avgPool2d,
  avgPool2dBackward,
  avgPool3d,
  avgPool3dBackward,
  baddbmm,
  baddbmm_,
  batchNorm,
  batchNormBackward,
  batchNormBackwardElemt,
  batchNormBackwardReduce,
  batchNormElemt,
  batchNormGatherStats,
  batchNormGatherStatsWithCounts,
  batchNormStats,
  batchNormUpdateStats,
  bernoulli,
  bernoulli_,
  bilinear,
  binaryCrossEntropy,
  binaryCrossEntropyBackward,
  binaryCrossEntropyWithLogits,
  bincount,
  binomial,
  bitwiseAnd,
  bitwiseAnd_,
  bitwiseLeftShift,
  bitwiseLeftShift_,
  bitwiseNot,
  bitwiseNot_,
  bitwiseOr,
  bitwiseOr_,
  bitwiseRightShift,
  bitwiseRightShift_,
  bitwiseXor,
  bitwiseXor_,
  bmm,
  broadcastTo,
  bucketize,
  cauchy,
  cauchy_,
  ccolIndices,
  ccolIndicesCopy,
  cdist,
  ceil,
  ceil_,
  celu,
  celu_,
  chalf,
  channelShuffle,
  cholesky,
  choleskyInverse,
  choleskySolve,
  chooseQparamsOptimized,
  chunk,
  clamp,
  clamp_,
  clampMax,
  clampMax_,
  clampMin,
  clampMin_,
  clip,
  clip_,
  clone,
  coalesce,
  col2im,
  colIndices,
  colIndicesCopy,
  combinations,
  complex,
  conj,
  conjPhysical,
  conjPhysical_,
  constantPadNd,
  contiguous,
  conv1d,
  conv2d,
  conv3d,
  convDepthwise3d,
  convTbc,
  convTbcBackward,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  convolution,
  convolutionBackward,
  convolutionBackwardOverrideable,
  convolutionOverrideable,
  copy,
  copy_,
  copySparseToSparse,
  copySparseToSparse_,
  copysign,
  copysign_,
  corrcoef,
  cos,
  cos_,
  cosh,
  cosh_,
  cosineEmbeddingLoss,
  cosineSimilarity,
  countNonzero,
  cov,
  cross,
  crossEntropyLoss,
  crowIndices,
  crowIndicesCopy,
  ctcLoss,
  cudnnAffineGridGenerator,
  cudnnAffineGridGeneratorBackward,
  cudnnBatchNorm,
  cudnnBatchNormBackward,
  cudnnConvolution,
  cudnnConvolutionAddRelu,
  cudnnConvolutionRelu,
  cudnnConvolutionTranspose,
  cudnnGridSampler,
  cudnnGridSamplerBackward,
  cudnnIsAcceptable,
  cummax,
  cummaxminBackward,
  cummin,
  cumprod,
  cumprod_,
  cumprodBackward,
  cumsum,
  cumsum_,
  cumulativeTrapezoid,
  deg2rad,
  deg2rad_,
  denseDim,
  dequantize,
  det,
  detach,
  detach_,
  detachCopy,
  diag,
  diagEmbed,
  diagflat,
  diagonal,
  diagonalBackward,
  diagonalCopy,
  diagonalScatter,
  diff,
  digamma,
  digamma_,
  dist,
  div,
  div_,
  divide,
  divide_,
  dot,
  dropout,
  dropout_,
  dsplit,
  elu,
  elu_,
  eluBackward,
  embedding,
  embeddingBackward,
  embeddingBag,
  embeddingDenseBackward,
  embeddingRenorm,
  embeddingRenorm_,
  embeddingSparseBackward,
  emptyLike,
  eq,
  eq_,
  equal,
  erf,
  erf_,
  erfc,
  erfc_,
  erfinv,
  erfinv_,
  exp,
  exp2,
  exp2_,
  exp_,
  expand,
  expandAs,
  expandCopy,
  expm1,
  expm1_,
  exponential,
  exponential_,
  fakeQuantizePerChannelAffine,
  fakeQuantizePerChannelAffineCachemask,
  fakeQuantizePerChannelAffineCachemaskBackward,
  fakeQuantizePerTensorAffine,
  fakeQuantizePerTensorAffineCachemask,
  fakeQuantizePerTensorAffineCachemaskBackward,
  fbgemmLinearFp16Weight,
  fbgemmLinearFp16WeightFp32Activation,
  fbgemmLinearInt8Weight,
  fbgemmLinearInt8WeightFp32Activation,
  fbgemmLinearQuantizeWeight,
  fbgemmPackGemmMatrixFp16,
  fbgemmPackQuantizedMatrix,
  featureAlphaDropout,
  featureAlphaDropout_,
  featureDropout,
  featureDropout_,
  fill,
  fill_,
  fillDiagonal_,
  fix,
  fix_,
  flatten,
  flip,
  fliplr,
  flipud,
  floatPower,
  floatPower_,
  floor,
  floor_,
  floorDivide,
  floorDivide_,
  fmax,
  fmin,
  fmod,
  fmod_,
  frac,
  frac_,
  fractionalMaxPool2d,
  fractionalMaxPool2dBackward,
  fractionalMaxPool3d,
  fractionalMaxPool3dBackward,
  frexp,
  frobeniusNorm,
  fullLike,
  fusedMovingAvgObsFakeQuant,
  gather,
  gatherBackward,
  gcd,
  gcd_,
  ge,
  ge_,
  gelu,
  gelu_,
  geluBackward,
  geometric,
  geometric_,
  geqrf,
  ger,
  getDevice,
  glu,
  gluBackward,
  gluBackwardJvp,
  gluJvp,
  gradient,
  greater,
  greater_,
  greaterEqual,
  greaterEqual_,
  gridSampler,
  gridSampler2d,
  gridSampler2dBackward,
  gridSampler3d,
  gridSampler3dBackward,
  groupNorm,
  gru,
  gruCell,
  gt,
  gt_,
  hardshrink,
  hardshrinkBackward,
  hardsigmoid,
  hardsigmoid_,
  hardsigmoidBackward,
  hardswish,
  hardswish_,
  hardswishBackward,
  hardtanh,
  hardtanh_,
  hardtanhBackward,
  hashTensor,
  heaviside,
  heaviside_,
  hingeEmbeddingLoss,
  histc,
  histogram,
  histogramdd,
  hsplit,
  hspmm,
  huberLoss,
  huberLossBackward,
  hypot,
  hypot_,
  i0,
  i0_,
  igamma,
  igamma_,
  igammac,
  igammac_,
  im2col,
  indexAdd,
  indexAdd_,
  indexCopy,
  indexCopy_,
  indexFill,
  indexFill_,
  indexPut,
  indexReduce,
  indexReduce_,
  indexSelect,
  indexSelectBackward,
  indices,
  indicesCopy,
  infinitelyDifferentiableGeluBackward,
  inner,
  instanceNorm,
  intRepr,
  inverse,
  isCoalesced,
  isComplex,
  isConj,
  isDistributed,
  isFloatingPoint,
  isNeg,
  isNonzero,
  isPinned,
  isSameSize,
  isSetTo,
  isSigned,
  isclose,
  isfinite,
  isin,
  isinf,
  isnan,
  isneginf,
  isposinf,
  isreal,
  istft,
  klDiv,
  kron,
  kthvalue,
  l1Loss,
  layerNorm,
  lcm,
  lcm_,
  ldexp,
  ldexp_,
  le,
  le_,
  leakyRelu,
  leakyRelu_,
  leakyReluBackward,
  lerp,
  lerp_,
  less,
  less_,
  lessEqual,
  lessEqual_,
  lgamma,
  lgamma_,
  lift,
  liftFresh,
  liftFreshCopy,
  linear,
  linearBackward,
  linspace,
  log,
  log10,
  log10_,
  log1p,
  log1p_,
  log2,
  log2_,
  log_,
  logNormal,
  logNormal_,
  logSigmoid,
  logSigmoidBackward,
  logSigmoidForward,
  logSoftmax,
  logaddexp,
  logaddexp2,
  logcumsumexp,
  logdet,
  logicalAnd,
  logicalAnd_,
  logicalNot,
  logicalNot_,
  logicalOr,
  logicalOr_,
  logicalXor,
  logicalXor_,
  logit,
  logit_,
  logitBackward,
  logspace,
  logsumexp,
  lstm,
  lstmCell,
  lt,
  lt_,
  luSolve,
  luUnpack,
  marginRankingLoss,
  maskedFill,
  maskedFill_,
  maskedScatter,
  maskedScatter_,
  maskedScatterBackward,
  maskedSelect,
  maskedSelectBackward,
  matmul,
  matmulBackward,
  matrixH,
  matrixExp,
  matrixExpBackward,
  matrixPower,
  max,
  maxPool1d,
  maxPool1dWithIndices,
  maxPool2d,
  maxPool2dBackward,
  maxPool2dWithIndices,
  maxPool2dWithIndicesBackward,
  maxPool3d,
  maxPool3dWithIndices,
  maxPool3dWithIndicesBackward,
  maxUnpool2d,
  maxUnpool3d,
  maximum,
  mean,
  median,
  min,
  minimum,
  miopenBatchNorm,
  miopenBatchNormBackward,
  miopenConvolution,
  miopenConvolutionAddRelu,
  miopenConvolutionRelu,
  miopenConvolutionTranspose,
  miopenCtcLoss,
  miopenDepthwiseConvolution,
  miopenRnn,
  miopenRnnBackward,
  mish,
  mish_,
  mishBackward,
  mkldnnAdaptiveAvgPool2d,
  mkldnnAdaptiveAvgPool2dBackward,
  mkldnnConvolution,
  mkldnnLinear,
  mkldnnLinearBackward,
  mkldnnLinearBackwardWeights,
  mkldnnMaxPool2d,
  mkldnnMaxPool2dBackward,
  mkldnnMaxPool3d,
  mkldnnMaxPool3dBackward,
  mkldnnReorderConv2dWeight,
  mkldnnReorderConv3dWeight,
  mkldnnRnnLayer,
  mkldnnRnnLayerBackward,
  mm,
  mode,
  moveaxis,
  movedim,
  mpsConvolutionBackward,
  mpsConvolutionTransposeBackward,
  mseLoss,
  mseLossBackward,
  msort,
  mul,
  mul_,
  multiMarginLoss,
  multiMarginLossBackward,
  multilabelMarginLoss,
  multilabelMarginLossBackward,
  multilabelMarginLossForward,
  multinomial,
  multiply,
  multiply_,
  mv,
  mvlgamma,
  mvlgamma_,
  nanToNum,
  nanToNum_,
  nanmean,
  nanmedian,
  nanquantile,
  nansum,
  narrow,
  narrowCopy,
  nativeBatchNorm,
  nativeBatchNormBackward,
  nativeChannelShuffle,
  nativeDropout,
  nativeDropoutBackward,
  nativeGroupNorm,
  nativeGroupNormBackward,
  nativeLayerNorm,
  nativeLayerNormBackward,
  nativeNorm,
  ne,
  ne_,
  neg,
  neg_,
  negative,
  negative_,
  nestedToPaddedTensor,
  newEmpty,
  newEmptyStrided,
  newFull,
  newOnes,
  newZeros,
  nextafter,
  nextafter_,
  nllLoss,
  nllLoss2d,
  nllLoss2dBackward,
  nllLoss2dForward,
  nllLossBackward,
  nllLossForward,
  nllLossNd,
  nonzeroNumpy,
  nonzeroStatic,
  normExceptDim,
  normal,
  normal_,
  normalFunctional,
  notEqual,
  notEqual_,
  nuclearNorm,
  numpyT,
  oneHot,
  onesLike,
  orgqr,
  ormqr,
  outer,
  outputNr,
  pad,
  pairwiseDistance,
  pdist,
  permute,
  permuteCopy,
  pinMemory,
  pinverse,
  pixelShuffle,
  pixelUnshuffle,
  poisson,
  poissonNllLoss,
  polar,
  polygamma_,
  positive,
  pow,
  pow_,
  prelu,
  prod,
  put,
  put_,
  qPerChannelAxis,
  qPerChannelScales,
  qPerChannelZeroPoints,
  qScale,
  qZeroPoint,
  qr,
  qscheme,
  quantile,
  quantizePerChannel,
  quantizePerTensor,
  quantizePerTensorDynamic,
  quantizedBatchNorm,
  quantizedGru,
  quantizedGruCell,
  quantizedLstm,
  quantizedLstmCell,
  quantizedMaxPool1d,
  quantizedMaxPool2d,
  quantizedMaxPool3d,
  quantizedRnnReluCell,
  quantizedRnnTanhCell,
  rad2deg,
  rad2deg_,
  randLike,
  randintLike,
  randnLike,
  random,
  random_,
  ravel,
  reciprocal,
  reciprocal_,
  recordStream,
  reflectionPad1d,
  reflectionPad1dBackward,
  reflectionPad2d,
  reflectionPad2dBackward,
  reflectionPad3d,
  reflectionPad3dBackward,
  relu,
  relu6,
  relu6_,
  relu_,
  remainder,
  remainder_,
  renorm,
  renorm_,
  repeat,
  repeatInterleave,
  replicationPad1d,
  replicationPad1dBackward,
  replicationPad2d,
  replicationPad2dBackward,
  replicationPad3d,
  replicationPad3dBackward,
  reshape,
  reshapeAs,
  resize,
  resize_,
  resizeAs,
  resizeAs_,
  resizeAsSparse,
  resizeAsSparse_,
  resolveConj,
  resolveNeg,
  resultType,
  retainsGrad,
  rmsNorm,
  rnnRelu,
  rnnReluCell,
  rnnTanh,
  rnnTanhCell,
  roll,
  rot90,
  round,
  round_,
  rowIndices,
  rowIndicesCopy,
  rrelu,
  rrelu_,
  rreluWithNoise,
  rreluWithNoise_,
  rreluWithNoiseBackward,
  rreluWithNoiseFunctional,
  rsqrt,
  rsqrt_,
  rsub,
  scaledDotProductAttention,
  scatter,
  scatter_,
  scatterAdd,
  scatterAdd_,
  scatterReduce,
  scatterReduce_,
  searchsorted,
  segmentReduce,
  select,
  selectBackward,
  selectCopy,
  selectScatter,
  selu,
  selu_,
  set,
  set_,
  sgn,
  sgn_,
  sigmoid,
  sigmoid_,
  sigmoidBackward,
  sign,
  sign_,
  signbit,
  silu,
  silu_,
  siluBackward,
  sin,
  sin_,
  sinc,
  sinc_,
  sinh,
  sinh_,
  slice,
  sliceBackward,
  sliceCopy,
  sliceInverse,
  sliceScatter,
  slogdet,
  slowConv3d,
  slowConv3dForward,
  slowConvDilated2d,
  slowConvDilated3d,
  slowConvTranspose2d,
  slowConvTranspose3d,
  smm,
  smoothL1Loss,
  smoothL1LossBackward,
  softMarginLoss,
  softMarginLossBackward,
  softmax,
  softplus,
  softplusBackward,
  softshrink,
  softshrinkBackward,
  sort,
  sparseBscTensor,
  sparseBsrTensor,
  sparseCompressedTensor,
  sparseCooTensor,
  sparseCscTensor,
  sparseCsrTensor,
  sparseDim,
  sparseMask,
  sparseResize,
  sparseResize_,
  sparseResizeAndClear,
  sparseResizeAndClear_,
  sparseSampledAddmm,
  split,
  splitCopy,
  splitWithSizes,
  splitWithSizesCopy,
  sqrt,
  sqrt_,
  square,
  square_,
  squeeze,
  squeeze_,
  squeezeCopy,
  sspaddmm,
  std,
  stdMean,
  stft,
  sub,
  sub_,
  subtract,
  subtract_,
  sum,
  sumToSize,
  svd,
  swapaxes,
  swapaxes_,
  swapdims,
  swapdims_,
  symIsContiguous,
  symNumel,
  symSize,
  symStorageOffset,
  symStride,
  t,
  t_,
  tCopy,
  take,
  takeAlongDim,
  tan,
  tan_,
  tanh,
  tanh_,
  tanhBackward,
  tensorSplit,
  tensordot,
  thnnConv2d,
  threshold,
  threshold_,
  thresholdBackward,
  tile,
  toDense,
  toDenseBackward,
  toMkldnn,
  toMkldnnBackward,
  toPaddedTensor,
  toSparse,
  toSparseBsc,
  toSparseBsr,
  toSparseCsc,
  toSparseCsr,
  topk,
  trace,
  traceBackward,
  transpose,
  transpose_,
  transposeCopy,
  trapezoid,
  trapz,
  triangularSolve,
  tril,
  tril_,
  tripletMarginLoss,
  triu,
  triu_,
  trueDivide,
  trueDivide_,
  trunc,
  trunc_,
  typeAs,
  unbind,
  unbindCopy,
  unflatten,
  unflattenDenseTensors,
  unfold,
  unfoldBackward,
  unfoldCopy,
  uniform,
  uniform_,
  uniqueDim,
  uniqueDimConsecutive,
  unsafeChunk,
  unsafeSplit,
  unsafeSplitWithSizes,
  unsqueeze,
  unsqueeze_,
  unsqueezeCopy,
  upsampleBicubic2d,
  upsampleBicubic2dBackward,
  upsampleBilinear2d,
  upsampleBilinear2dBackward,
  upsampleLinear1d,
  upsampleLinear1dBackward,
  upsampleNearest1d,
  upsampleNearest1dBackward,
  upsampleNearest2d,
  upsampleNearest2dBackward,
  upsampleNearest3d,
  upsampleNearest3dBackward,
  upsampleTrilinear3d,
  upsampleTrilinear3dBackward,
  valueSelectingReductionBackward,
  values,
  valuesCopy,
  vander,
  var: var_op,
  varMean,
  vdot,
  view,
  viewAs,
  viewAsComplex,
  viewAsComplexCopy,
  viewAsReal,
  viewAsRealCopy,
  viewCopy,
  vsplit,
  xlogy,
  xlogy_,
  zero,
  zero_,
  zerosLike,
};
