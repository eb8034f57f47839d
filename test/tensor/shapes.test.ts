import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { rows, x } from "./matrix.js";

describe("shapes", () => {
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
