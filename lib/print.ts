import { formatExponential, formatFixed } from "./print-number.js";
import { getPrintoptions, type PrintOptions } from "./print-options.js";

/** What printing needs to know of a tensor. */
export interface Printable {
  readonly shape: readonly number[];
  /** PyTorch's name. */
  readonly dtype: string;
  readonly device: string;
  readonly requiresGrad: boolean;
  /** Name of the function that made it, or null. */
  readonly gradFn: string | null;
  /**
   * The elements in row-major order (complex ones as real and imaginary part). When `edge` is given, every dimension longer than
   * `2 * edge` is cut to its first and last `edge` entries: a summary reads no more than it prints. Null where there are none to be had.
   */
  read(edge: number | null): ArrayLike<number | bigint> | null;
}

/** Turns elements of one kind into text; `width` is what the widest finite, nonzero one takes. */
interface Formatter {
  readonly width: number;
  format(value: number | bigint): string;
}

function wholeFormatter(values: readonly (number | bigint)[], isBool: boolean): Formatter {
  const text = (value: number | bigint) => (isBool ? (value ? "True" : "False") : String(value));
  return { width: values.reduce<number>((most, value) => Math.max(most, text(value).length), 1), format: text };
}

/** Chooses between `1.`, `0.1000` and `1.0000e-05` for all elements at once, as PyTorch does. */
function floatFormatter(values: readonly number[], { precision, sciMode }: PrintOptions): Formatter {
  let integral = true;
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  const counted = values.filter((value) => Number.isFinite(value) && value !== 0);
  for (const value of counted) {
    const size = Math.abs(value);
    smallest = Math.min(smallest, size);
    largest = Math.max(largest, size);
    integral &&= Number.isInteger(value);
  }
  const spread = largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4;
  const scientific = counted.length > 0 && (sciMode ?? spread);
  const format = (value: number | bigint): string => {
    const number = Number(value);
    if (scientific) return formatExponential(number, precision);
    if (integral) return formatFixed(number, 0) + (Number.isFinite(number) ? "." : "");
    return formatFixed(number, precision);
  };
  return { width: counted.reduce((most, value) => Math.max(most, format(value).length), 1), format };
}

/** Every element as text of one width, except that zeros and non-finite values may be wider: they do not count. */
function cells(
  values: ArrayLike<number | bigint>,
  dtype: string,
  options: PrintOptions,
): { texts: string[]; width: number } {
  const list = Array.from(values);
  if (dtype.startsWith("complex")) {
    const numbers = list.map(Number);
    const real = floatFormatter(
      numbers.filter((_, i) => i % 2 === 0),
      options,
    );
    const imaginary = floatFormatter(
      numbers.filter((_, i) => i % 2 === 1),
      options,
    );
    const texts: string[] = [];
    for (let i = 0; i < numbers.length; i += 2) {
      const part = imaginary.format(numbers[i + 1]!);
      texts.push(`${real.format(numbers[i]!).padStart(real.width)}${part.startsWith("-") ? "" : "+"}${part}j`);
    }
    return { texts, width: real.width + imaginary.width + 1 };
  }
  const floating = dtype.startsWith("float") || dtype === "bfloat16";
  const { width, format } = floating
    ? floatFormatter(list.map(Number), options)
    : wholeFormatter(list, dtype === "bool");
  return { texts: list.map((value) => format(value).padStart(width)), width };
}

/** Nested brackets around the elements, broken into lines; `indent` is the column of the first bracket. Null without elements to show. */
export function contents(tensor: Printable, indent: number, options: PrintOptions): string | null {
  const { shape } = tensor;
  // Brackets a thousand deep show nothing, and the stack is not much deeper.
  if (tensor.device === "meta" || shape.length > 1000) return null;
  if (shape.includes(0)) return "[]";
  const count = shape.reduce((product, size) => product * size, 1);
  const { edgeitems: edge, linewidth } = options;
  const summarised = count > options.threshold;
  if (summarised && edge === 0 && shape.length > 0) return "[...]";
  const values = tensor.read(summarised ? edge : null);
  if (values === null) return null;
  const { texts, width } = cells(values, tensor.dtype, options);
  if (shape.length === 0) return texts[0]!;
  const isCut = (axis: number) => summarised && shape[axis]! > 2 * edge;
  let next = 0;
  const row = (column: number): string => {
    const last = shape.length - 1;
    const items = texts.slice(next, next + (isCut(last) ? 2 * edge : shape[last]!));
    next += items.length;
    if (isCut(last)) items.splice(edge, 0, " ...");
    const perLine = Math.max(1, Math.floor((linewidth - column) / (width + 2)));
    const lines: string[] = [];
    for (let i = 0; i < items.length; i += perLine) lines.push(items.slice(i, i + perLine).join(", "));
    return `[${lines.join(`,\n${" ".repeat(column + 1)}`)}]`;
  };
  const block = (axis: number, column: number): string => {
    if (axis === shape.length - 1) return row(column);
    const parts = Array.from({ length: isCut(axis) ? 2 * edge : shape[axis]! }, () => block(axis + 1, column + 1));
    if (isCut(axis)) parts.splice(edge, 0, "...");
    return `[${parts.join(`,${"\n".repeat(shape.length - 1 - axis)}${" ".repeat(column + 1)}`)}]`;
  };
  return block(0, indent);
}

export function pythonTuple(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** What stands behind the elements: only what is not the default. */
function suffixes(tensor: Printable, hasElements: boolean, options: PrintOptions): string[] {
  const { shape, device } = tensor;
  const isEmpty = shape.includes(0);
  const list: string[] = [];
  if (device !== "cpu") list.push(`device='${device}'`);
  if (!hasElements || (isEmpty ? shape.length !== 1 : options.edgeitems === 0)) list.push(`size=${pythonTuple(shape)}`);
  return [...list, ...dtypeSuffix(tensor, !isEmpty && hasElements), ...gradientSuffix(tensor)];
}

/** The dtype, unless it is the default or the elements tell it; without elements nothing tells int64 and bool apart. */
export function dtypeSuffix({ dtype }: Printable, hasElements: boolean): string[] {
  const obvious = hasElements ? ["float32", "int64", "bool", "complex64"] : ["float32"];
  return obvious.includes(dtype) ? [] : [`dtype=torch.${dtype}`];
}

export function gradientSuffix({ gradFn, requiresGrad }: Printable): string[] {
  return gradFn !== null ? [`grad_fn=<${gradFn}>`] : requiresGrad ? ["requires_grad=True"] : [];
}

/** A text that goes on with `suffixes`, on new lines where they would be too long, and with the first on a new one anyway if `newline`. */
export function withSuffixes(
  start: string,
  suffixes: readonly string[],
  indent: number,
  { linewidth }: PrintOptions,
  newline = false,
): string {
  let text = start;
  let column = text.length - text.lastIndexOf("\n") + 1;
  for (const [i, suffix] of suffixes.entries()) {
    if ((newline && i === 0) || column + suffix.length + 2 > linewidth) {
      text += `,\n${" ".repeat(indent)}${suffix}`;
      column = indent + suffix.length;
    } else {
      text += `, ${suffix}`;
      column += suffix.length + 2;
    }
  }
  return `${text})`;
}

/**
 * A tensor as Python's `repr` shows it, character for character.
 *
 * @example
 * formatPrintable({ shape: [2], dtype: "float32", device: "cpu", requiresGrad: false, gradFn: null, read: () => [1, 2.5] });
 * // tensor([1.0000, 2.5000])
 */
export function formatPrintable(tensor: Printable, options: PrintOptions = getPrintoptions()): string {
  const prefix = "tensor(";
  const body = contents(tensor, prefix.length, options);
  const text = prefix + (body ?? "...");
  return withSuffixes(text, suffixes(tensor, body !== null, options), prefix.length, options);
}
