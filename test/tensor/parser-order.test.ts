import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { native } from "../../lib/native.js";
import { isCallable, prepareAll } from "../../lib/ops/overload.js";

/** Per function, the signatures that Python's parser lists in its error for a call that fits none (test/reference/signatures.py). */
const FIXTURE = JSON.parse(
  readFileSync(new URL("../reference/fixtures/signatures.json", import.meta.url), "utf8"),
) as Record<string, string[]>;

const PYTHON: Record<string, string> = {
  SymInt: "int",
  Scalar: "Number",
  number: "Number",
  ScalarType: "torch.dtype",
  Layout: "torch.layout",
  Device: "torch.device",
  Generator: "torch.Generator",
  MemoryFormat: "torch.memory_format",
  "int[]": "tuple of ints",
  "SymInt[]": "tuple of ints",
  "float[]": "tuple of floats",
  "Tensor[]": "tuple of Tensors",
  "Scalar[]": "tuple of Scalars",
};

/** Our overloads as Python writes them: types and names, without defaults. */
function ours(name: string): string[] {
  const overloads = prepareAll(native.operator(`aten::${name}`).filter(isCallable));
  return overloads.map(({ source }) =>
    source.args
      .map((a) => {
        const type = a.type.replace(/\?$/, "");
        return `${PYTHON[type] ?? type} ${a.name === "self" ? "input" : a.name}`;
      })
      .join(", "),
  );
}

describe("overloads are tried in the order of Python's parser", () => {
  it.each(Object.entries(FIXTURE))("%s", (name, expected) => {
    const found = ours(name);
    const known = expected.filter((signature) => found.includes(signature));
    expect(known.length).toBe(expected.length);
    expect(found.filter((signature) => known.includes(signature))).toEqual(expected);
  });
});
