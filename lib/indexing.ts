import { typedArrayFor } from "./data-access.js";
import { badArgument } from "./errors.js";
import { native } from "./native.js";
import { describeValue } from "./ops/describe-value.js";
import type { Tensor } from "./tensor.js";
import { handleOf, isTensor, wrap } from "./tensor-base.js";
import { putBool, putNumber, Tag, words } from "./wire.js";

/** Python's `start:stop:step`; made by {@link slice}. */
export class Slice {
  constructor(
    readonly start: number | null,
    readonly stop: number | null,
    readonly step: number | null,
  ) {}
}

/** What may stand inside the brackets of `x[...]`. */
export type TensorIndex = number | Slice | null | "..." | boolean | Tensor | readonly number[] | readonly boolean[];

/**
 * Python's `start:stop:step` for {@link Tensor.index}; null or a missing bound means "to the end".
 *
 * @example
 * x.index(torch.slice(1, null, 2)); // x[1::2]
 */
export function slice(start: number | null = null, stop: number | null = null, step: number | null = null): Slice {
  return new Slice(start, stop, step);
}

let listToTensor: ((list: readonly (number | boolean)[]) => Tensor) | undefined;
/** Set by `lib/creation.ts`, which stands above this file. */
export function setListToTensor(fn: (list: readonly (number | boolean)[]) => Tensor): void {
  listToTensor = fn;
}

/** Puts indices on the wire; returns the number of words. */
export function putIndices(indices: readonly TensorIndex[]): number {
  // Lists become tensors first: making one uses the wire itself.
  const items = indices.map((index) => (Array.isArray(index) ? listToTensor!(index) : index));
  let at = 0;
  for (const index of items) {
    if (typeof index === "number") {
      if (!Number.isInteger(index)) badArgument(`[index] expected an integer, got ${describeValue(index)}`);
      at = putNumber(at, index);
    } else if (index === null) {
      words[at++] = Tag.None;
    } else if (index === "...") {
      words[at++] = Tag.Ellipsis;
    } else if (typeof index === "boolean") {
      at = putBool(at, index);
    } else if (index instanceof Slice) {
      words[at++] = Tag.Slice;
      for (const bound of [index.start, index.stop, index.step]) {
        if (bound === null) {
          words[at++] = Tag.None;
        } else {
          if (!Number.isInteger(bound))
            badArgument(`[index] expected integers in slice(), got ${describeValue(bound)}`);
          at = putNumber(at, bound);
        }
      }
    } else if (isTensor(index)) {
      words[at] = Tag.Tensor;
      words[at + 1] = handleOf(index);
      at += 2;
    } else {
      badArgument(`[index] expected an integer, slice(), null, "...", a boolean or a tensor, got ${typeof index}`);
    }
  }
  return at;
}

/** A number as a tensor with the dtype and the device of another. */
export function scalarLike(like: Tensor, value: number | bigint | boolean): Tensor {
  const array = typedArrayFor("float64", 1);
  array[0] = Number(value);
  const scalar = typeof value === "bigint" ? BigInt64Array.of(value) : array;
  const handle = native.fromData(scalar, -1, 0);
  return wrap(handle).to(like.dtype).to(like.device);
}
