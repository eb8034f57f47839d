import { format, inspect } from "node:util";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { liveMemory } from "../live-memory.js";
import { cases } from "./cases.js";

describe("1. tensors print as in Python", () => {
  it.each(cases.filter(({ gradFn }) => gradFn === null).map((item) => [item.name, item] as const))("%s", (_, item) => {
    const { dtype, shape, data } = item.tensor;
    const tensor = torch.frombuffer(Buffer.from(data, "base64"), { dtype: dtype as torch.DType, shape });
    if (item.requiresGrad) tensor.requiresGrad_();
    expect(torch.printoptions(item.options, () => String(tensor))).toBe(item.text);
  });

  it("with the function that made them", () => {
    const weight = torch.ones([2], { requiresGrad: true });
    expect(String(weight.exp())).toBe("tensor([2.7183, 2.7183], grad_fn=<ExpBackward0>)");
    expect(String(torch.ones([2], { device: "meta" }))).toBe("tensor(..., device='meta', size=(2,))");
  });

  it("in console.log, template texts and nested objects", () => {
    const x = torch.tensor([1.5, 2]);
    expect(format(x)).toBe("tensor([1.5000, 2.0000])");
    expect(`${x}`).toBe("tensor([1.5000, 2.0000])");
    expect(inspect({ x })).toBe("{ x: tensor([1.5000, 2.0000]) }");
  });

  it("also views: transposed, expanded, cut", () => {
    const x = torch.arange(6).reshape([2, 3]);
    expect(String(x.t())).toBe("tensor([[0, 3],\n        [1, 4],\n        [2, 5]])");
    expect(String(torch.tensor([1]).expand([3]))).toBe("tensor([1., 1., 1.])");
    expect(String(x.index(1, torch.slice(null, null, 2)))).toBe("tensor([3, 5])");
  });

  it("without elements where there are none to be had", () => {
    expect(
      String(
        torch
          .tensor([
            [1, 0],
            [0, 2],
          ])
          .toSparse(),
      ),
    ).toBe("tensor(..., size=(2, 2))");
  });

  it("without leaving tensors behind or recording a graph", () => {
    const big = torch.ones([60, 60], { requiresGrad: true });
    const before = liveMemory().tensors;
    String(big);
    expect(torch.memory().tensors).toBe(before);
    const x = torch.ones([3]);
    x.dispose();
    expect(String(x)).toBe("Tensor(disposed)");
  });
});
