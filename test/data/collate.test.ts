import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";

const { collate } = torch.data;

describe("collate", () => {
  it("stacks tensors, bigints and booleans", () => {
    const [a, b, c] = collate([
      [torch.ones([2]), 1n, true],
      [torch.zeros([2]), 2n, false],
    ]);
    expect([a!.shape, b!.dtype, c!.dtype]).toEqual([[2, 2], "int64", "bool"]);
    expect([a!.toArray(), b!.toArray(), c!.toArray()]).toEqual([
      [
        [1, 1],
        [0, 0],
      ],
      [1, 2],
      [true, false],
    ]);
  });

  it.each([
    ["another number of columns", [[1], [1, 2]], /same number of columns, got 1 and 2/],
    ["two kinds in a column", [[1], [true]], /one kind of value in column 0, got a number and a boolean/],
    [
      "two lengths in a column",
      [[Float32Array.of(1)], [Float32Array.of(1, 2)]],
      /typed arrays of one length in column 0, got 1 and 2/,
    ],
    ["text", [["a"]], /tensors, typed arrays, numbers, bigints or booleans in column 0, got a string/],
    ["null", [[null]], /got null/],
    ["a sample that is no list", [5], /samples as arrays of columns, got a number/],
  ])("%s is an error", (_name, samples, message) => {
    const make = () => collate(samples as unknown as unknown[][]);
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ code: "E_DATA" }));
  });
});
