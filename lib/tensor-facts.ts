import { type Device, deviceName } from "./device.js";
import { type DType, dtypeName, type Layout, layoutName, type MemoryFormat, memoryFormatCode } from "./dtype.js";
import { badArgument } from "./errors.js";
import { native } from "./native.js";
import { quoted } from "./ops/names.js";
import { checkOptions } from "./options.js";
import type { Tensor } from "./tensor.js";
import { handleFor, TensorBase } from "./tensor-base.js";
import { words } from "./wire.js";

const CONTIGUOUS = { memoryFormat: "contiguousFormat" as const };

/** What can be asked of a tensor without its values: shape, dtype, device, how it lies in memory. */
export class TensorFacts extends TensorBase {
  /** The extents, outermost first. */
  get shape(): number[] {
    native.shape(this.handle);
    return extents();
  }
  /** Number of dimensions. */
  get ndim(): number {
    native.shape(this.handle);
    return words[0]!;
  }
  dim(): number {
    return this.ndim;
  }
  /** The shape, or one extent; negative dimensions count from the end. */
  size(): number[];
  size(dim: number): number;
  size(dim?: number): number | number[] {
    const shape = this.shape;
    return dim === undefined ? shape : pick(shape, dim, "size");
  }
  /** Steps in elements, per dimension. */
  stride(): number[];
  stride(dim: number): number;
  stride(dim?: number): number | number[] {
    native.strides(this.handle);
    const strides = extents();
    return dim === undefined ? strides : pick(strides, dim, "stride");
  }
  /** How many elements there are. */
  numel(): number {
    native.shape(this.handle);
    let product = 1;
    for (let i = words[0]!; i > 0; i--) product *= words[i]!;
    return product;
  }
  nelement(): number {
    return this.numel();
  }
  /** Where the first element is in the storage, in elements. */
  storageOffset(): number {
    return native.storageOffset(this.handle);
  }
  get dtype(): DType {
    return dtypeName(native.dtype(this.handle));
  }
  get device(): Device {
    return deviceName(native.device(this.handle));
  }
  get layout(): Layout {
    return layoutName(native.layout(this.handle));
  }
  get isCuda(): boolean {
    return this.device.startsWith("cuda");
  }
  get isCpu(): boolean {
    return this.device === "cpu";
  }
  get isMeta(): boolean {
    return this.device === "meta";
  }
  get isSparse(): boolean {
    return this.layout === "sparseCoo";
  }
  get isSparseCsr(): boolean {
    return this.layout === "sparseCsr";
  }
  get isMkldnn(): boolean {
    return this.layout === "mkldnn";
  }
  get isQuantized(): boolean {
    return /^qu?int/.test(this.dtype);
  }
  /** Bytes of one element. */
  elementSize(): number {
    return native.elementSize(this.handle);
  }
  get itemsize(): number {
    return native.elementSize(this.handle);
  }
  get nbytes(): number {
    return this.numel() * this.elementSize();
  }
  /** Dimensions from the largest step to the smallest: how the elements lie in memory. */
  dimOrder(): number[] {
    const strides = this.stride();
    return strides.map((_, dim) => dim).sort((a, b) => strides[b]! - strides[a]! || a - b);
  }
  isContiguous(options?: { memoryFormat?: MemoryFormat }): boolean {
    checkOptions("isContiguous", options, CONTIGUOUS);
    return native.isContiguous(this.handle, memoryFormatCode(options?.memoryFormat ?? "contiguousFormat"));
  }
  /** Address of the first element; changes only when the storage is replaced. 0n on devices without addresses. */
  dataPtr(): bigint {
    return native.dataPtr(this.handle);
  }
  /** Counts in-place changes. */
  get version(): number {
    return native.version(this.handle);
  }
  /** Whether both names lead to the same tensor. */
  is(other: Tensor): boolean {
    return native.sameTensor(this.handle, handleFor("is", other));
  }
}

function extents(): number[] {
  const n = words[0]!;
  const out = new Array<number>(n);
  for (let i = 0; i < n; i++) out[i] = words[i + 1]!;
  return out;
}

function pick(list: number[], dim: number, op: string): number {
  const value = Number.isInteger(dim) ? list.at(dim) : undefined;
  if (value === undefined) {
    badArgument(`[${op}] expected a dimension from ${-list.length} to ${list.length - 1}, got ${quoted(dim)}`);
  }
  return value;
}
