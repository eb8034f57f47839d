import { expect } from "vitest";
import * as torch from "../../lib/index.js";

/* A matrix that tests of operators share, and how they look at results. */

export const x = torch.tensor([
  [1, 2, 3],
  [4, 5, 7],
]);

/** The elements in row-major order are these, to five digits. */
export const close = (tensor: torch.Tensor, expected: readonly number[]) => {
  const got = tensor.flatten().to("float64").dataSync();
  expect(got.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(got[i]).toBeCloseTo(value, 5);
};

/** Nested arrays of two dimensions. */
export const rows = (t: torch.Tensor) => t.toArray() as number[][];
