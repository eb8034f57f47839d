import { tensor } from "../creation.js";
import { type DType, isFloatingDType } from "../dtype.js";
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

/**
 * The batch that a loader makes of samples unless it is given another `collate`. By what the column holds: tensors are
 * stacked; typed arrays of one length become rows of a tensor of their own dtype; numbers float32, as in `torch.tensor`;
 * bigints int64; booleans bool. `dtypes` says otherwise for single columns, class numbers for instance.
 *
 * @throws TorchError `E_DATA` when samples differ in columns, kinds or lengths, or an integer column holds a fraction
 * @example
 * collate([[new Float32Array(4), 0], [new Float32Array(4), 1]], [undefined, "int64"]); // [2, 4] float32 and [2] int64
 */
export function collate(
  samples: readonly (readonly unknown[])[],
  dtypes: readonly (DType | undefined)[] = [],
): Tensor[] {
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
      dtypes[column],
    ),
  );
}

function columnsOf(sample: unknown): readonly unknown[] {
  if (Array.isArray(sample)) return sample;
  fail(
    `samples as arrays of columns, got ${kindOf(sample)}`,
    "return [x, y] from get(), or [x] if there is one column",
  );
}

function stackColumn(values: readonly unknown[], column: number, dtype: DType | undefined): Tensor {
  const kind = kindOf(values[0]);
  for (const value of values) {
    if (kindOf(value) !== kind) fail(`one kind of value in column ${column}, got ${kind} and ${kindOf(value)}`);
  }
  if (dtype !== undefined && !isFloatingDType(dtype) && kind === "a number") {
    const fraction = (values as number[]).find((value) => !Number.isSafeInteger(value));
    if (fraction !== undefined) fail(`integers in column ${column}, which is to be ${dtype}, got ${fraction}`);
  }
  const made = withoutDtype(values, kind, column, dtype !== undefined);
  const out = dtype === undefined ? made : made.to(dtype);
  if (out !== made) made.dispose();
  return out;
}

function withoutDtype(values: readonly unknown[], kind: string, column: number, wide: boolean): Tensor {
  const [first] = values;
  if (kind === "a tensor") return stack(values as Tensor[]);
  if (kind === "a bigint") return tensor(BigInt64Array.from(values as bigint[]));
  if (kind === "a boolean") return tensor(values as boolean[]);
  // float32 would round integers beyond 2^24 before they reach the dtype that was asked for.
  if (kind === "a number")
    return tensor(wide ? Float64Array.from(values as number[]) : Float32Array.from(values as number[]));
  if (ArrayBuffer.isView(first) && !(first instanceof DataView)) return rows(values as NumericArray[], column);
  fail(
    `tensors, typed arrays, numbers, bigints or booleans in column ${column}, got ${kind}`,
    "give DataLoader a collate function for other samples",
  );
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
