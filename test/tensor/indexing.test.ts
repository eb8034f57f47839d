import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { decode, expectClose, fixture, type Stored, weightOf } from "../nn/fixtures.js";

/** Reads and writes as Python's `x[...]` makes them: test/reference/indexing.py. */

type Index = number | boolean | null | "..." | { slice: (number | null)[] } | { tensor: Stored } | (number | boolean)[];
interface Failure {
  error?: string;
  message?: string;
}
interface Read extends Failure {
  python: string;
  input: string;
  index: Index[];
  out: Stored;
  view: boolean;
  storageOffset: number;
  grad?: Stored;
}
interface Write extends Failure {
  python: string;
  input: string;
  index: Index[];
  value: number | { tensor: Stored };
  accumulate: boolean;
  after: Stored;
}

const { inputs, reads, writes } = fixture<{ inputs: Record<string, Stored>; reads: Read[]; writes: Write[] }>(
  "indexing.json.gz",
);

function indexOf(item: Index): torch.TensorIndex {
  if (typeof item !== "object" || item === null) return item;
  if (Array.isArray(item)) return item as readonly number[];
  if ("tensor" in item) return decode(item.tensor);
  const [start, stop, step] = item.slice;
  return torch.slice(start, stop, step);
}

/** Where the text is Python's own (its layer above LibTorch) and not LibTorch's, ours. */
const OWN_WORDS: [python: RegExp, here: RegExp][] = [
  [/^(step must be greater than zero|slice step cannot be zero)/, /expected a slice step greater than zero, got/],
  [/^too many indices for tensor of dimension 0/, /0-dim tensor/],
];

function expectMessage(got: string, python: string): void {
  const here = OWN_WORDS.find(([text, ours]) => text.test(python) && ours.test(got));
  if (here === undefined) expect(got.toLowerCase()).toContain(python.split(/[.(]/)[0]!.trim().toLowerCase());
}

describe("index() reads as Python does", () => {
  it.each(reads.filter((r) => r.error === undefined).map((r) => [r.python, r] as const))("%s", (python, read) => {
    const x = decode(inputs[read.input]!);
    const out = x.index(...read.index.map(indexOf));
    expectClose(out, read.out, python);
    const before = out.clone();
    if (read.view) expect(out.storageOffset()).toBe(read.storageOffset);
    x.zero_();
    // A view sees what happens to its storage, a copy does not.
    expect(torch.equal(out, read.view ? torch.zerosLike(before) : before)).toBe(true);

    if (read.grad !== undefined) {
      const leaf = decode(inputs[read.input]!);
      leaf.requiresGrad = true;
      const result = leaf.index(...read.index.map(indexOf));
      result.mul(weightOf(result)).sum().backward();
      expectClose(leaf.grad, read.grad, `gradient of ${python}`);
    }
  });

  it.each(reads.filter((r) => r.error !== undefined).map((r) => [r.python, r] as const))("%s is refused", (_, read) => {
    const x = decode(inputs[read.input]!);
    const error = errorOf(() => x.index(...read.index.map(indexOf)));
    expectMessage(error.message, read.message!);
  });
});

describe("indexPut_() writes as Python does", () => {
  const value = ({ value: v }: Write) => (typeof v === "number" ? v : decode(v.tensor));

  it.each(writes.filter((w) => w.error === undefined && !w.accumulate).map((w) => [w.python, w] as const))(
    "%s",
    (python, write) => {
      const x = decode(inputs[write.input]!);
      expect(x.indexPut_(write.index.map(indexOf), value(write))).toBe(x);
      expectClose(x, write.after, python);
    },
  );

  it.each(writes.filter((w) => w.error !== undefined && !w.accumulate).map((w) => [w.python, w] as const))(
    "%s is refused",
    (_, write) => {
      const x = decode(inputs[write.input]!);
      const error = errorOf(() => x.indexPut_(write.index.map(indexOf), value(write)));
      expectMessage(error.message, write.message!);
    },
  );

  // The operator takes tensors, and null where Python has `:`.
  it.each(writes.filter((w) => w.accumulate).map((w) => [w.python, w] as const))("%s accumulates", (python, write) => {
    const x = decode(inputs[write.input]!);
    const indices = write.index.map((item) => {
      const index = indexOf(item);
      return index instanceof torch.Tensor ? index : null;
    });
    const given = value(write);
    torch.indexPut_(x, indices, typeof given === "number" ? torch.tensor(given, { dtype: x.dtype }) : given, {
      accumulate: true,
    });
    expectClose(x, write.after, python);
  });
});
