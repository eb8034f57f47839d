import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

const x = torch.tensor([
  [1, 2, 3],
  [4, 5, 7],
]);
const close = (tensor: torch.Tensor, expected: readonly number[]) => {
  const got = tensor.flatten().to("float64").dataSync();
  expect(got.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(got[i]).toBeCloseTo(value, 5);
};

describe("1. reductions", () => {
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

/** Nested arrays of two dimensions. */
const rows = (t: torch.Tensor) => t.toArray() as number[][];

describe("2. numbers where tensors stand", () => {
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

describe("3. shapes", () => {
  it("view, reshape, permute, expand, repeat, flip: with and without brackets", () => {
    expect(x.view([3, 2]).shape).toEqual([3, 2]);
    expect(x.view(3, 2).shape).toEqual([3, 2]);
    expect(x.view("int32").dtype).toBe("int32");
    expect(x.reshape(-1).shape).toEqual([6]);
    expect(x.reshape(3, -1).shape).toEqual([3, 2]);
    expect(x.view(1, 2, 3, 1, 1).shape).toEqual([1, 2, 3, 1, 1]);
    expect(x.permute(1, 0).shape).toEqual([3, 2]);
    expect(x.permute([1, 0]).shape).toEqual([3, 2]);
    expect(torch.ones([1, 3]).expand(2, 3).shape).toEqual([2, 3]);
    expect(x.repeat(2, 1).shape).toEqual([4, 3]);
    expect(x.tile([2]).shape).toEqual([2, 6]);
    expect(rows(x.flip(0))[0]).toEqual([4, 5, 7]);
    expect(rows(x.flip(0, 1))[0]).toEqual([7, 5, 4]);
  });

  it("squeeze: all, one, several", () => {
    const y = torch.zeros([1, 2, 1, 3, 1]);
    expect(y.squeeze().shape).toEqual([2, 3]);
    expect(y.squeeze(0).shape).toEqual([2, 1, 3, 1]);
    expect(y.squeeze([0, 2]).shape).toEqual([2, 3, 1]);
    expect(y.squeeze(0, 2).shape).toEqual([2, 3, 1]);
    expect(y.unsqueeze(-1).shape).toEqual([1, 2, 1, 3, 1, 1]);
  });

  it("flatten, unflatten, transpose, movedim", () => {
    const y = torch.zeros([2, 3, 4]);
    expect(y.flatten().shape).toEqual([24]);
    expect(y.flatten(1).shape).toEqual([2, 12]);
    expect(y.flatten({ startDim: 0, endDim: 1 }).shape).toEqual([6, 4]);
    expect(y.unflatten(2, [2, 2]).shape).toEqual([2, 3, 2, 2]);
    expect(y.transpose(0, -1).shape).toEqual([4, 3, 2]);
    expect(y.movedim(0, 2).shape).toEqual([3, 4, 2]);
    expect(y.movedim([0, 1], [1, 0]).shape).toEqual([3, 2, 4]);
    expect(y.swapaxes(0, 1).shape).toEqual([3, 2, 4]);
  });

  it("split, chunk, tensorSplit, unbind, stack, cat", () => {
    const shapes = (list: torch.Tensor[]) => list.map((t) => t.shape);
    expect(shapes(x.split(2, 1))).toEqual([
      [2, 2],
      [2, 1],
    ]);
    expect(shapes(x.split([1, 2], 1))).toEqual([
      [2, 1],
      [2, 2],
    ]);
    expect(shapes(x.split(1))).toEqual([
      [1, 3],
      [1, 3],
    ]);
    expect(shapes(x.chunk(2, 1))).toEqual([
      [2, 2],
      [2, 1],
    ]);
    expect(shapes(x.tensorSplit(3, 1))).toEqual([
      [2, 1],
      [2, 1],
      [2, 1],
    ]);
    expect(shapes(x.tensorSplit([1], 1))).toEqual([
      [2, 1],
      [2, 2],
    ]);
    expect(shapes(x.unbind())).toEqual([[3], [3]]);
    expect(torch.cat([x, x]).shape).toEqual([4, 3]);
    expect(torch.cat([x, x], 1).shape).toEqual([2, 6]);
    expect(torch.cat([x, x], { dim: -1 }).shape).toEqual([2, 6]);
    expect(torch.stack([x, x], 2).shape).toEqual([2, 3, 2]);
  });

  it("einsum, meshgrid, broadcasting, tensordot, cartesianProd, blockDiag", () => {
    expect(torch.einsum("ij,kj->ik", x, x).toArray()).toEqual([
      [14, 35],
      [35, 90],
    ]);
    expect(torch.einsum("ij->", [x]).item()).toBe(22);
    const [a, b] = torch.meshgrid([torch.arange(2), torch.arange(3)]);
    expect([a!.shape, b!.toArray()]).toEqual([
      [2, 3],
      [
        [0, 1, 2],
        [0, 1, 2],
      ],
    ]);
    expect(torch.meshgrid([torch.arange(2), torch.arange(3)], { indexing: "xy" })[0]!.shape).toEqual([3, 2]);
    expect(torch.broadcastTensors(torch.zeros([2, 1]), torch.zeros([3])).map((t) => t.shape)).toEqual([
      [2, 3],
      [2, 3],
    ]);
    expect(torch.broadcastShapes([2, 1], [3], [1, 1, 1])).toEqual([1, 2, 3]);
    expect(errorOf(() => torch.broadcastShapes([2], [3])).message).toContain("expected shapes that fit, got [2], [3]");
    expect(torch.tensordot(x, x.T, 1).shape).toEqual([2, 2]);
    expect(
      torch
        .tensordot(x, x, [
          [0, 1],
          [0, 1],
        ])
        .item(),
    ).toBe(104);
    expect(torch.cartesianProd(torch.arange(2), torch.arange(2)).shape).toEqual([4, 2]);
    expect(torch.blockDiag(x, torch.ones([1, 1])).shape).toEqual([3, 4]);
  });
});

describe("4. indexing operators", () => {
  it("indexSelect, gather, scatter, take, indexAdd", () => {
    const i = torch.tensor([0n, 2n]);
    expect(x.indexSelect(1, i).toArray()).toEqual([
      [1, 3],
      [4, 7],
    ]);
    expect(x.gather(1, torch.tensor([[0n], [2n]])).toArray()).toEqual([[1], [7]]);
    expect(x.scatter(1, torch.tensor([[0n], [1n]]), 9).toArray()).toEqual([
      [9, 2, 3],
      [4, 9, 7],
    ]);
    expect(rows(x.scatter(1, torch.tensor([[0n]]), torch.tensor([[8]])))[0]).toEqual([8, 2, 3]);
    expect(rows(x.scatter(1, torch.tensor([[0n]]), 10, { reduce: "add" }))[0]).toEqual([11, 2, 3]);
    expect(rows(x.scatterAdd(1, torch.tensor([[0n]]), torch.tensor([[10]])))[0]).toEqual([11, 2, 3]);
    expect(x.take(torch.tensor([5n, 0n])).toArray()).toEqual([7, 1]);
    expect(rows(x.indexAdd(0, torch.tensor([0n]), torch.ones([1, 3]), { alpha: 2 }))[0]).toEqual([3, 4, 5]);
    expect(rows(x.indexFill(1, i, 0))[0]).toEqual([0, 2, 0]);
    expect(x.maskedSelect(x.gt(4)).toArray()).toEqual([5, 7]);
  });

  it("topk, sort, kthvalue, searchsorted, unique, bincount", () => {
    expect(x.topk(2).values.toArray()).toEqual([
      [3, 2],
      [7, 5],
    ]);
    expect(x.topk(1, 0, { largest: false } as never).indices.toArray()).toEqual([[0, 0, 0]]);
    expect(rows(x.sort({ descending: true }).values)[0]).toEqual([3, 2, 1]);
    expect(rows(x.sort(0, true).values)[0]).toEqual([4, 5, 7]);
    expect(rows(torch.sort(x, { stable: true, dim: 1, descending: true }).indices)[0]).toEqual([2, 1, 0]);
    expect(rows(x.argsort({ descending: true }))[0]).toEqual([2, 1, 0]);
    expect(x.kthvalue(2).values.toArray()).toEqual([2, 5]);
    expect(torch.searchsorted(torch.tensor([1, 3, 5]), 3).item()).toBe(1);
    expect(torch.searchsorted(torch.tensor([1, 3, 5]), torch.tensor([3, 6]), { right: true }).toArray()).toEqual([
      2, 3,
    ]);
    const [values, inverse, counts] = torch.unique(torch.tensor([2, 1, 2]), {
      returnInverse: true,
      returnCounts: true,
    });
    expect([values.toArray(), inverse.toArray(), counts.toArray()]).toEqual([
      [1, 2],
      [1, 0, 1],
      [1, 2],
    ]);
    expect(
      torch
        .unique(
          torch.tensor([
            [1, 1],
            [1, 1],
          ]),
          { dim: 0 },
        )
        .toArray(),
    ).toEqual([[1, 1]]);
    const [runs, lengths] = torch.uniqueConsecutive(torch.tensor([1, 1, 2, 1]), { returnCounts: true });
    expect([runs.toArray(), lengths.toArray()]).toEqual([
      [1, 2, 1],
      [2, 1, 1],
    ]);
    expect(torch.bincount(torch.tensor([0n, 2n, 2n])).toArray()).toEqual([1, 0, 2]);
    expect(torch.nonzero(x.gt(4)).toArray()).toEqual([
      [1, 1],
      [1, 2],
    ]);
    expect(torch.nonzero(x.gt(4), { asTuple: true }).length).toBe(2);
  });
});

describe("5. matrices", () => {
  it("matmul, addmm, baddbmm, bmm, linalg", () => {
    expect(rows(x.matmul(x.T))[0]).toEqual([14, 35]);
    expect(x.mv(torch.ones([3])).toArray()).toEqual([6, 16]);
    expect(rows(torch.addmm(torch.ones([2, 2]), x, x.T, { beta: 2, alpha: 0.5 }))[0]).toEqual([9, 19.5]);
    expect(rows(torch.baddbmm(torch.ones([1, 2, 2]), x.unsqueeze(0), x.T.unsqueeze(0), { beta: 0 }))[0]).toEqual([
      [14, 35],
      [35, 90],
    ]);
    close(torch.linalg.norm(x), [Math.sqrt(104)]);
    close(torch.linalg.vectorNorm(x, 1), [22]);
    const { Q, R } = torch.linalg.qr(x);
    close(Q.matmul(R), [1, 2, 3, 4, 5, 7]);
    const { U, S, Vh } = torch.linalg.svd(x, { fullMatrices: false });
    close(U.mul(S).matmul(Vh), [1, 2, 3, 4, 5, 7]);
    close(
      torch.linalg.det(
        torch.tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
      [-2],
    );
    close(torch.fft.ifft(torch.fft.fft(torch.tensor([1, 2, 3]))).real, [1, 2, 3]);
    close(torch.special.expit(torch.tensor([0])), [0.5]);
  });
});

describe("6. random operators", () => {
  it("normal: numbers and tensors, with and without a shape", () => {
    expect(torch.normal(0, 1, [2, 3]).shape).toEqual([2, 3]);
    expect(torch.normal(torch.zeros([4]), 0).toArray()).toEqual([0, 0, 0, 0]);
    expect(torch.normal(5, torch.zeros([2])).toArray()).toEqual([5, 5]);
    expect(torch.normal(torch.ones([2]), torch.zeros([2])).toArray()).toEqual([1, 1]);
  });

  it("randint, multinomial, bernoulli, randperm, uniform_", () => {
    expect(torch.randint(1, [3]).toArray()).toEqual([0, 0, 0]);
    expect(torch.randint(5, 6, [3]).toArray()).toEqual([5, 5, 5]);
    expect(torch.randint(0, 10, [2], { dtype: "int32", generator: new torch.Generator() }).dtype).toBe("int32");
    expect(torch.multinomial(torch.tensor([0, 1, 0]), 1).toArray()).toEqual([1]);
    expect(torch.multinomial(torch.tensor([0, 1, 0]), 3, true).toArray()).toEqual([1, 1, 1]);
    expect(torch.bernoulli(torch.tensor([0, 1])).toArray()).toEqual([0, 1]);
    expect(torch.ones([2]).bernoulli(0).toArray()).toEqual([0, 0]);
    expect(torch.randperm(5).sort().values.toArray()).toEqual([0, 1, 2, 3, 4]);
    const u = torch.empty([100]).uniform_(2, 3);
    expect(u.ge(2).logicalAnd(u.lt(3)).all().item()).toBe(true);
    expect(torch.randLike(u).shape).toEqual([100]);
  });
});

describe("7. results", () => {
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
