import type { Tensor } from "../tensor.js";

/** What can be freed as a whole. Not enumerable: a batch prints, spreads and compares as what it is without. */
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

/**
 * One tensor per column, freed with `dispose()`, with `using`, or like any tensor when nothing refers to it. There is nothing behind the
 * columns: the `z` of `[x, y, z]` is `undefined` where samples have two.
 */
export type Batch<Sample extends readonly unknown[]> = { -readonly [Column in keyof Sample]: Tensor } & Disposal &
  NothingBehind<Sample>;

/** @internal */
export function batchOf<Sample extends readonly unknown[]>(tensors: readonly Tensor[]): Batch<Sample> {
  const batch = [...tensors];
  const dispose = (): void => {
    for (const tensor of tensors) tensor.dispose();
  };
  // Not enumerable: a batch prints, spreads and compares as the array it is.
  Object.defineProperties(batch, { dispose: { value: dispose }, [Symbol.dispose]: { value: dispose } });
  return batch as unknown as Batch<Sample>;
}
