import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { isOptions } from "../ops/match.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";

/** What can be freed as a whole. */
interface Disposal {
  dispose(): void;
  [Symbol.dispose](): void;
}

type Places = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15";

/**
 * `undefined` at the places behind a tuple's last. A tuple with methods of its own is an intersection, and of these TypeScript does not
 * check the bounds: what it does not find it takes for an element.
 */
type NothingBehind<Tuple extends readonly unknown[]> = number extends Tuple["length"]
  ? unknown
  : { readonly [Place in Exclude<Places, keyof Tuple>]?: undefined };

/** What samples become without a `collate`: a tensor per column. */
export type Columns<Sample extends readonly unknown[]> = { -readonly [Column in keyof Sample]: Tensor };

/** What a `collate` may give; the empty list has lists taken for tuples. */
export type Collatable = object | readonly unknown[] | [];

/**
 * What a `collate` gave, as a batch: a list or a plain object can be freed with `dispose()` or with `using`, as a single tensor can
 * anyway. That frees the tensors in it, which are also freed like any tensor when nothing refers to them.
 */
export type Collated<Made> = Made extends Tensor
  ? Made
  : Made extends readonly unknown[]
    ? Made & Disposal & NothingBehind<Made>
    : Made & Disposal;

/**
 * One tensor per column, freed with `dispose()`, with `using`, or like any tensor when nothing refers to it. There is nothing behind the
 * columns: the `z` of `[x, y, z]` is `undefined` where samples have two.
 */
export type Batch<Sample extends readonly unknown[]> = Collated<Columns<Sample>>;

/** @internal */
export function batchOf<Made>(made: Made): Collated<Made> {
  if (isTensor(made)) return made as Collated<Made>;
  const tensors: Tensor[] = [];
  const batch = mapTensors(made, (tensor) => {
    tensors.push(tensor);
    return tensor;
  });
  const dispose = (): void => {
    for (const tensor of tensors) tensor.dispose();
  };
  // Not enumerable: a batch prints, spreads and compares as the list or the object it is.
  Object.defineProperties(batch, { dispose: { value: dispose }, [Symbol.dispose]: { value: dispose } });
  return batch as Collated<Made>;
}

/**
 * @internal A copy with other tensors: of a list or a plain object, and of those in it. Whatever else is there stays as it is; what is
 * there twice is changed once.
 */
export function mapTensors(value: unknown, change: (tensor: Tensor) => Tensor): unknown {
  const copies = new Map<object, unknown>();
  const copy = (from: unknown): unknown => {
    if (typeof from !== "object" || from === null) return from;
    if (!copies.has(from)) {
      if (isTensor(from)) copies.set(from, change(from));
      else if (Array.isArray(from)) fill(from, [...from]);
      else if (isOptions(from)) fill(from, { ...from });
      else return from;
    }
    return copies.get(from);
  };
  const fill = (from: object, to: Record<string, unknown> | unknown[]): void => {
    copies.set(from, to); // before what is in it, where it may be once more
    const items = to as Record<string, unknown>;
    for (const key of Object.keys(items)) items[key] = copy(items[key]);
  };
  return copy(value);
}

/** @internal Refuses what a `collate` gave and no batch can be made of. */
export function expectBatch(made: unknown): object {
  const isPlain = isOptions(made);
  if (!isPlain && !isTensor(made) && !Array.isArray(made)) {
    badArgument(
      `[DataLoader] expected collate to give a list, a plain object or a tensor, got ${describeValue(made)}`,
      made === undefined ? "a function in braces needs return" : "put it into a plain object",
    );
  }
  if (isPlain && Object.hasOwn(made, "dispose")) {
    badArgument("[DataLoader] expected another name than dispose from collate: it is what frees the batch");
  }
  return made;
}
