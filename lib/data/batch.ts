import type { Tensor } from "../tensor.js";

/** One tensor per column, freed with `dispose()`, with `using`, or like any tensor when nothing refers to it. */
export type Batch<Sample extends readonly unknown[]> = { -readonly [Column in keyof Sample]: Tensor } & {
  dispose(): void;
  [Symbol.dispose](): void;
};

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
