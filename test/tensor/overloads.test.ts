import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { rows, x } from "./matrix.js";

describe("1. numbers where tensors stand", () => {
  it("where", () => {
    const c = x.gt(3);
    expect(torch.where(c, x, 0).toArray()).toEqual([
      [0, 0, 0],
      [4, 5, 7],
    ]);
    expect(torch.where(c, 1, 0).dtype).toBe("int64");
    expect(torch.where(c, 1.5, 0).dtype).toBe("float32");
    expect(rows(torch.where(c, -1, x))[0]).toEqual([1, 2, 3]);
    expect(torch.where(c).map((i) => i.toArray())).toEqual([
      [1, 1, 1],
      [0, 1, 2],
    ]);
  });

  it("clamp: numbers, tensors, null, names", () => {
    expect(rows(x.clamp(2, 4))[1]).toEqual([4, 4, 4]);
    expect(rows(x.clamp({ max: 2 }))[0]).toEqual([1, 2, 2]);
    expect(rows(x.clamp(null, 2))[0]).toEqual([1, 2, 2]);
    expect(rows(x.clamp(torch.tensor([2, 3, 4])))[0]).toEqual([2, 3, 4]);
    expect(rows(x.clamp({ min: torch.tensor(2) }))[0]).toEqual([2, 2, 3]);
    expect(rows(x.clip(3))[0]).toEqual([3, 3, 3]);
  });

  it("pow: tensor and number on either side", () => {
    expect(rows(x.pow(2))[0]).toEqual([1, 4, 9]);
    expect(rows(x.pow(x))[0]).toEqual([1, 4, 27]);
    expect(rows(torch.pow(2, x))[0]).toEqual([2, 4, 8]);
    expect(torch.arange(3).pow(2).dtype).toBe("int64");
  });

  it("div: true, floor, trunc", () => {
    expect(rows(x.div(2))[0]).toEqual([0.5, 1, 1.5]);
    expect(torch.div(torch.tensor([-7n]), 2, { roundingMode: "floor" }).toArray()).toEqual([-4]);
    expect(torch.div(torch.tensor([-7n]), 2, { roundingMode: "trunc" }).toArray()).toEqual([-3]);
    expect(torch.tensor([-7]).floorDivide(2).toArray()).toEqual([-4]);
    expect(rows(x.div(x, { roundingMode: null }))[0]).toEqual([1, 1, 1]);
  });

  it("add, sub and addcmul with factors", () => {
    expect(rows(x.add(x, { alpha: 2 }))[0]).toEqual([3, 6, 9]);
    expect(rows(x.add(1, { alpha: 3 }))[0]).toEqual([4, 5, 6]);
    expect(rows(x.sub(1))[0]).toEqual([0, 1, 2]);
    expect(rows(x.rsub(1))[0]).toEqual([0, -1, -2]);
    expect(rows(torch.addcmul(x, x, x, { value: 0.5 }))[0]).toEqual([1.5, 4, 7.5]);
    expect(rows(x.lerp(x.mul(3), 0.5))[0]).toEqual([2, 4, 6]);
    expect(rows(x.lerp(x.mul(3), torch.tensor(0.5)))[0]).toEqual([2, 4, 6]);
  });

  it("comparisons, bit operations, remainder, maximum with a number", () => {
    expect(rows(x.eq(2))[0]).toEqual([false, true, false]);
    expect(torch.arange(4).bitwiseAnd(1).toArray()).toEqual([0, 1, 0, 1]);
    expect(torch.remainder(torch.tensor([-3]), 2).toArray()).toEqual([1]);
    expect(torch.fmod(torch.tensor([-3]), 2).toArray()).toEqual([-1]);
    expect(rows(torch.maximum(x, 3 as never))[0]).toEqual([3, 3, 3]);
    expect(rows(torch.logicalAnd(x, x.gt(2)))[0]).toEqual([false, false, true]);
  });

  it("a tensor without dimensions where a number stands, and a number from a later tensor", () => {
    const two = torch.tensor(2);
    expect(torch.full([2], two.item() as number).toArray()).toEqual([2, 2]);
    expect(rows(x.add(x, { alpha: two as never }))[0]).toEqual([3, 6, 9]);
    expect(x.sum(torch.tensor(0n) as never).toArray()).toEqual([5, 7, 10]);
    expect(torch.arange(torch.tensor(3n) as never).toArray()).toEqual([0, 1, 2]);
    // the words before it on the wire must not be lost while it is read
    expect(
      torch
        .addmm(torch.ones([2, 2]), torch.eye(2), torch.eye(2), { beta: two as never, alpha: two as never })
        .toArray(),
    ).toEqual([
      [4, 2],
      [2, 4],
    ]);
  });

  it("which overload is meant does not stick to the kinds of a first call", () => {
    const zeroDim = torch.tensor(1);
    expect(rows(x.scatter(1, torch.tensor([[0n]]), zeroDim.view(1, 1)))[0]).toEqual([1, 2, 3]);
    expect(rows(x.maskedFill(x.gt(2), 0))[0]).toEqual([1, 2, 0]);
    expect(rows(x.maskedFill(x.gt(2), zeroDim))[0]).toEqual([1, 2, 1]);
    expect(rows(x.maskedFill(x.gt(2), 0))[0]).toEqual([1, 2, 0]);
    expect(rows(x.pow(torch.tensor(2)))[0]).toEqual([1, 4, 9]);
    expect(rows(x.pow(x))[0]).toEqual([1, 4, 27]);
  });
});

describe("2. results", () => {
  it("several results are an array with names", () => {
    const found = x.sort();
    expect(Array.isArray(found)).toBe(true);
    expect(found.length).toBe(2);
    expect(found.values).toBe(found[0]);
    expect(found.constructor.name).toBe("sort");
    expect(found.map((t) => t.dtype)).toEqual(["float32", "int64"]);
  });

  it("in-place operators give back the same object", () => {
    const y = torch.zeros([2]);
    expect(y.add_(1)).toBe(y);
    expect(torch.mul_(y, 2)).toBe(y);
    expect(y.clamp_({ max: 1 })).toBe(y);
    expect(y.fill_(3)).toBe(y);
    expect(y.toArray()).toEqual([3, 3]);
  });

  it("numbers, booleans, lists and nothing", () => {
    expect(torch.equal(x, x.clone())).toBe(true);
    expect(x.allclose(x.add(1e-9))).toBe(true);
    expect(x.isFloatingPoint()).toBe(true);
    expect(torch.isSameSize(x, x)).toBe(true);
  });
});
