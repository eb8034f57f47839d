/** `scaled_dot_product_attention` -> `scaledDotProductAttention`; leading and trailing underscores stay. */
export function camelCase(name: string): string {
  return name.replace(/(?<=[A-Za-z0-9])_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
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
  const near = typeof name === "string" ? nearest(name, candidates) : undefined;
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
