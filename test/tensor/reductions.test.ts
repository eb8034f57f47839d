import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { close, x } from "./matrix.js";

describe("reductions", () => {
  it("sum: all, a dimension, several, dtype", () => {
    expect(x.sum().item()).toBe(22);
    expect(x.sum(0).toArray()).toEqual([5, 7, 10]);
    expect(x.sum([0, 1]).item()).toBe(22);
    expect(x.sum(1, true).shape).toEqual([2, 1]);
    expect(x.sum(1, { keepdim: true, dtype: "float64" }).dtype).toBe("float64");
    expect(x.sum({ dtype: "int64" }).dtype).toBe("int64");
    expect(x.sum({ dim: -1 } as never).toArray()).toEqual([6, 16]);
    expect(torch.sum(x, 0).toArray()).toEqual([5, 7, 10]);
    expect(x.sum(null).item()).toBe(22);
  });

  it("mean and nanmean, with dim lists and keepdim", () => {
    expect(x.mean([0], { keepdim: true }).shape).toEqual([1, 3]);
    close(x.mean(), [22 / 6]);
    expect(x.nanmean(1).shape).toEqual([2]);
  });

  it("std and var: unbiased, dim, correction", () => {
    close(x.std(), [2.1602469]);
    close(x.std(false), [1.9720266]);
    close(x.std(1), [1, 1.5275252]);
    close(x.std(1, false), [0.8164966, 1.2472191]);
    close(x.std({ dim: 1, correction: 0 }), [0.8164966, 1.2472191]);
    close(x.std({ unbiased: false }), [1.9720266]);
    close(torch.var(x, [0, 1]), [4.6666667]);
    expect(x.var(0, { keepdim: true }).shape).toEqual([1, 3]);
    expect(torch.varMean(x, 1)[0].shape).toEqual([2]);
  });

  it("max and min: one result, two with names, elementwise", () => {
    expect(x.max().item()).toBe(7);
    const found = x.max(1);
    expect(found.values.toArray()).toEqual([3, 7]);
    expect(found.indices.toArray()).toEqual([2, 2]);
    const [values, indices] = x.min(0, { keepdim: true });
    expect([values.toArray(), indices.shape]).toEqual([[[1, 2, 3]], [1, 3]]);
    expect(x.max(torch.full([2, 3], 4)).toArray()).toEqual([
      [4, 4, 4],
      [4, 5, 7],
    ]);
  });

  it("any and all: none, one, several dimensions", () => {
    const b = x.gt(3);
    expect([b.any().item(), b.all().item()]).toEqual([true, false]);
    expect(b.any(0).toArray()).toEqual([true, true, true]);
    expect(b.all(1).toArray()).toEqual([false, true]);
    expect(b.any([0, 1]).item()).toBe(true);
    expect(b.all({ dim: 1, keepdim: true } as never).shape).toEqual([2, 1]);
  });

  it("argmax, argmin, cumsum, prod, median, logsumexp, count", () => {
    expect(x.argmax().item()).toBe(5);
    expect(x.argmax(1).toArray()).toEqual([2, 2]);
    expect(x.argmax({ dim: 0, keepdim: true }).shape).toEqual([1, 3]);
    expect(x.cumsum(1).toArray()).toEqual([
      [1, 3, 6],
      [4, 9, 16],
    ]);
    expect(x.prod().item()).toBe(840);
    expect(x.prod(1).toArray()).toEqual([6, 140]);
    expect(x.median().item()).toBe(3);
    expect(x.median(1).values.toArray()).toEqual([2, 5]);
    expect(x.logsumexp(1).shape).toEqual([2]);
    expect(x.countNonzero().item()).toBe(6);
    expect(x.aminmax({ dim: 1 }).min.toArray()).toEqual([1, 4]);
  });

  it("norm: Python's defaults", () => {
    close(x.norm(), [Math.sqrt(104)]);
    close(x.norm(1), [22]);
    close(x.norm(2, 1), [Math.sqrt(14), Math.sqrt(90)]);
    close(x.norm({ dim: 0, keepdim: true }), [Math.sqrt(17), Math.sqrt(29), Math.sqrt(58)]);
    close(x.norm("fro", [0, 1]), [Math.sqrt(104)]);
    close(torch.norm(x, "nuc"), [10.762533]);
    close(torch.norm(x, Number.POSITIVE_INFINITY), [7]);
    close(x.norm(2, { dim: 1 }), [Math.sqrt(14), Math.sqrt(90)]);
  });
});
