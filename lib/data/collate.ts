import { tensor } from "../creation.js";
import { TorchError } from "../errors.js";
import { stack } from "../ops.generated.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";

/** Makes a batch of samples: one tensor per column. */
export type Collate<Sample extends readonly unknown[] = readonly unknown[]> = (
  samples: readonly Sample[],
) => readonly Tensor[] | Promise<readonly Tensor[]>;

type NumericArray = Exclude<ArrayBufferView, DataView> &
  ArrayLike<number | bigint> & { set(from: unknown, at: number): void };

/** How a column of plain numbers is stored: `"int64"` for class numbers, `"float32"` for quantities. */
export type NumberColumn = "int64" | "float32";

/**
 * The batch that a loader makes of samples unless it is given another `collate`. By what the column holds:
 * tensors are stacked; typed arrays of one length become rows of a tensor of their own dtype; bigints int64; booleans bool;
 * numbers what `numbers` says for the column (a loader says int64 where the dataset's sample 0 has an integer, as PyTorch
 * does for Python's ints).
 *
 * @throws TorchError `E_DATA` when samples differ in columns, kinds or lengths, or an int64 column holds a fraction
 * @example
 * collate([[new Float32Array(4), 0], [new Float32Array(4), 1]], ["float32", "int64"]); // [2, 4] float32 and [2] int64
 */
export function collate(samples: readonly (readonly unknown[])[], numbers: readonly NumberColumn[] = []): Tensor[] {
  const width = columnsOf(samples[0]).length;
  for (const sample of samples) {
    if (columnsOf(sample).length !== width) {
      fail(`samples with the same number of columns, got ${width} and ${sample.length}`);
    }
  }
  return Array.from({ length: width }, (_, column) =>
    stackColumn(
      samples.map((sample) => sample[column]),
      column,
      numbers[column],
    ),
  );
}

/** Which kind each column of numbers is, judged by one sample. */
export function numberColumns(sample: readonly unknown[]): NumberColumn[] {
  return columnsOf(sample).map((value) => (Number.isInteger(value) ? "int64" : "float32"));
}

function columnsOf(sample: unknown): readonly unknown[] {
  if (Array.isArray(sample)) return sample;
  fail(
    `samples as arrays of columns, got ${kindOf(sample)}`,
    "return [x, y] from get(), or [x] if there is one column",
  );
}

function stackColumn(values: readonly unknown[], column: number, numbers: NumberColumn = "float32"): Tensor {
  const kind = kindOf(values[0]);
  for (const value of values) {
    if (kindOf(value) !== kind) fail(`one kind of value in column ${column}, got ${kind} and ${kindOf(value)}`);
  }
  switch (kind) {
    case "a tensor":
      return stack(values as Tensor[]);
    case "a bigint":
      return tensor(BigInt64Array.from(values as bigint[]));
    case "a boolean":
      return tensor(values as boolean[]);
    case "a number":
      return numbers === "int64" ? integers(values as number[], column) : tensor(Float32Array.from(values as number[]));
    default:
      if (ArrayBuffer.isView(values[0]) && !(values[0] instanceof DataView))
        return rows(values as NumericArray[], column);
      fail(
        `tensors, typed arrays, numbers, bigints or booleans in column ${column}, got ${kind}`,
        "give DataLoader a collate function for other samples",
      );
  }
}

function integers(values: readonly number[], column: number): Tensor {
  const fraction = values.find((value) => !Number.isSafeInteger(value));
  if (fraction !== undefined) {
    fail(
      `integers in column ${column}, as in sample 0, got ${fraction}`,
      "return a tensor or a Float32Array of one element for quantities, or give DataLoader a collate function",
    );
  }
  return tensor(BigInt64Array.from(values, BigInt));
}

function rows(values: readonly NumericArray[], column: number): Tensor {
  const length = values[0]!.length;
  const all = new (values[0]!.constructor as new (length: number) => NumericArray)(length * values.length);
  values.forEach((value, row) => {
    if (value.length !== length)
      fail(`typed arrays of one length in column ${column}, got ${length} and ${value.length}`);
    all.set(value, row * length);
  });
  return tensor(all as Float32Array, { shape: [values.length, length] });
}

function kindOf(value: unknown): string {
  if (isTensor(value)) return "a tensor";
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? (value.constructor?.name ?? "an object") : `a ${typeof value}`;
}

function fail(expected: string, help?: string): never {
  throw new TorchError("E_DATA", `[collate] expected ${expected}`, help);
}
