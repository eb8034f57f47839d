/** `scaled_dot_product_attention` -> `scaledDotProductAttention`; leading and trailing underscores stay. */
export function camelCase(name: string): string {
  return name.replace(/(?<=[A-Za-z0-9])_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** What others call a dtype or a device. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  gpu: "cuda",
  half: "float16",
  bf16: "bfloat16",
  float: "float32",
  double: "float64",
  byte: "uint8",
  char: "int8",
  short: "int16",
  int: "int32",
  long: "int64",
  boolean: "bool",
  cfloat: "complex64",
  cdouble: "complex128",
};
const SHORT_KINDS: Readonly<Record<string, string>> = { f: "float", fp: "float", i: "int", u: "uint" };

/** `fp16` and `half` as `float16`, `torch.float32` as `float32`, `gpu` as `cuda`; anything else as it is. */
function usualName(name: string): string {
  const plain = name.replace(/^torch\./, "");
  const [, kind, bits] = /^(fp?|i|u)(\d+)$/.exec(plain) ?? [];
  if (kind !== undefined) return `${SHORT_KINDS[kind]}${bits}`;
  return Object.hasOwn(OTHER_NAMES, plain) ? OTHER_NAMES[plain]! : plain;
}

/** The candidate that is closest in spelling, if any is close enough to be what was meant. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let distance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const d = editDistance(name.toLowerCase(), candidate.toLowerCase(), distance);
    if (d < distance) {
      distance = d;
      best = candidate;
    }
  }
  return best;
}

/** A value that ought to be a name, for messages. */
export function quoted(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  const isPlain = value === null || value === undefined || typeof value === "number" || typeof value === "boolean";
  return isPlain ? String(value) : `a value of type ${typeof value}`;
}

/** `did you mean "float32"?`, or where nothing is near, all that there are. */
export function didYouMean(name: unknown, candidates: readonly string[]): string {
  const usual = typeof name === "string" ? usualName(name) : undefined;
  const near = usual === undefined || candidates.includes(usual) ? usual : nearest(usual, candidates);
  return near === undefined ? `one of ${candidates.join(", ")}` : `did you mean "${near}"?`;
}

/** Levenshtein's distance, or `limit` when it is at least that. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return Math.min(limit, row[b.length]!);
}
