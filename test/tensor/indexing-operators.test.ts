import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { rows, x } from "./matrix.js";

describe("indexing operators", () => {
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
