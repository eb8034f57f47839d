import { tensor } from "../creation.js";
import { type DType, isFloatingDType } from "../dtype.js";
import { TorchError } from "../errors.js";
import { stack } from "../ops.generated.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";

/** Makes a batch of samples: a list, a plain object or a tensor; see {@link DataLoaderOptions.collate}. */
export type Collate<Sample extends readonly unknown[] = readonly unknown[], Made = readonly Tensor[]> = (
  samples: readonly Sample[],
) => Made | Promise<Made>;

type NumericArray = Exclude<ArrayBufferView, DataView> &
  ArrayLike<number | bigint> & { set(from: unknown, at: number): void };

/**
 * The batch that a loader makes of samples unless it is given another `collate`. By what the column holds: tensors are
 * stacked; typed arrays of one length become rows of a tensor of their own dtype; numbers float32, as in `torch.tensor`;
 * bigints int64; booleans bool. `dtypes` says otherwise for single columns, class numbers for instance.
 *
 * @throws TorchError `E_DATA` when samples differ in columns, kinds, shapes or lengths, or an integer column holds a fraction; it names the samples
 * @example
 * collate([[new Float32Array(4), 0], [new Float32Array(4), 1]], [undefined, "int64"]); // [2, 4] float32 and [2] int64
 */
export function collate(
  samples: readonly (readonly unknown[])[],
  dtypes: readonly (DType | undefined)[] = [],
): Tensor[] {
  return collateFrom(samples, dtypes, samples.keys());
}

/** @internal {@link collate} of the samples at these places of a dataset, for errors that name them. */
export function collateFrom(
  samples: readonly (readonly unknown[])[],
  dtypes: readonly (DType | undefined)[],
  indices: Iterable<number>,
): Tensor[] {
  const places = [...indices];
  const width = columnsOf(samples[0], places[0]).length;
  samples.forEach((sample, row) => {
    if (columnsOf(sample, places[row]).length === width) return;
    fail(`samples with the same number of columns, got ${width} and ${sample.length} ${two(places, row)}`);
  });
  return Array.from({ length: width }, (_, column) =>
    stackColumn({ values: samples.map((sample) => sample[column]), column, places }, dtypes[column]),
  );
}

/** One column of the samples, and where in the dataset each is. */
interface Column<T = unknown> {
  readonly values: readonly T[];
  readonly column: number;
  readonly places: readonly number[];
}

/** Which samples do not go together: the first, and the one that is not like it. */
const two = (places: readonly number[], row: number): string => `(samples ${places[0]} and ${places[row]})`;

function columnsOf(sample: unknown, place: number | undefined): readonly unknown[] {
  if (Array.isArray(sample)) return sample;
  fail(
    `samples as arrays of columns, got ${kindOf(sample)}${place === undefined ? "" : ` for sample ${place}`}`,
    "return [x, y] from get(), or [x] if there is one column",
  );
}

function stackColumn(given: Column, dtype: DType | undefined): Tensor {
  const { values, column, places } = given;
  const kind = kindOf(values[0]);
  values.forEach((value, row) => {
    if (kindOf(value) === kind) return;
    fail(`one kind of value in column ${column}, got ${kind} and ${kindOf(value)} ${two(places, row)}`);
  });
  if (dtype !== undefined && !isFloatingDType(dtype) && kind === "a number") {
    const row = values.findIndex((value) => !Number.isSafeInteger(value));
    if (row >= 0)
      fail(`integers in column ${column}, which is to be ${dtype}, got ${values[row]} for sample ${places[row]}`);
  }
  const made = withoutDtype(given, kind, dtype !== undefined);
  const out = dtype === undefined ? made : made.to(dtype);
  if (out !== made) made.dispose();
  return out;
}

function withoutDtype(given: Column, kind: string, wide: boolean): Tensor {
  const { values, column, places } = given;
  const [first] = values;
  if (kind === "a tensor") return stacked(given as Column<Tensor>);
  if (kind === "a bigint") return tensor(BigInt64Array.from(values as bigint[]));
  if (kind === "a boolean") return tensor(values as boolean[]);
  // float32 would round integers beyond 2^24 before they reach the dtype that was asked for.
  if (kind === "a number")
    return tensor(wide ? Float64Array.from(values as number[]) : Float32Array.from(values as number[]));
  if (ArrayBuffer.isView(first) && !(first instanceof DataView)) return rows(given as Column<NumericArray>);
  fail(
    `tensors, typed arrays, numbers, bigints or booleans in column ${column}, got ${kind} for sample ${places[0]}`,
    "give DataLoader a collate function for other samples",
  );
}

function stacked({ values, column, places }: Column<Tensor>): Tensor {
  try {
    return stack(values);
  } catch (error) {
    // Asked only now: the shapes of tensors that fit are nobody's business.
    const [first, ...others] = values.map((value) => `[${value.shape.join(", ")}]`);
    const row = 1 + others.findIndex((shape) => shape !== first);
    if (row === 0) throw error;
    fail(`tensors of one shape in column ${column}, got ${first} and ${others[row - 1]} ${two(places, row)}`);
  }
}

function rows({ values, column, places }: Column<NumericArray>): Tensor {
  const length = values[0]!.length;
  const all = new (values[0]!.constructor as new (length: number) => NumericArray)(length * values.length);
  values.forEach((value, row) => {
    if (value.length !== length)
      fail(`typed arrays of one length in column ${column}, got ${length} and ${value.length} ${two(places, row)}`);
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
