import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { isRounded, lossOf, makeNet, parameter, stateOf, withMasters } from "./master-net.js";

const { nn } = torch;

describe("module.to(dtype, { masterWeights: true })", () => {
  it("rounds what autocast would; norms and buffers stay; the state dict is that of before, in float32", () => {
    const net = makeNet();
    const before = stateOf(net);
    net.model.to("bfloat16", { masterWeights: true });
    expect(Object.fromEntries(net.model.namedParameters().map(([name, p]) => [name, p.dtype]))).toEqual({
      "conv.weight": "bfloat16",
      "conv.bias": "bfloat16",
      "norm.weight": "float32",
      "norm.bias": "float32",
      "hidden.weight": "bfloat16",
      "hidden.bias": "bfloat16",
      "norm2.weight": "float32",
      "norm2.bias": "float32",
      "head.weight": "bfloat16",
      "head.bias": "bfloat16",
    });
    expect(stateOf(net)).toEqual(before);
    expect(isRounded(net)).toBe(true);
    net.model.to("bfloat16", { masterWeights: true }); // again: nothing changes
    expect(stateOf(net)).toEqual(before);
  });

  it("another dtype ends it, with the float32 weights unharmed", () => {
    const net = makeNet();
    const before = stateOf(net);
    net.model.to("bfloat16", { masterWeights: true }).float();
    expect(net.model.parameters().every((p) => p.dtype === "float32" && torch.masterOf(p) === undefined)).toBe(true);
    expect(stateOf(net)).toEqual(before);
    lossOf(net).backward();
    expect(net.model.parameters().every((p) => p.grad?.dtype === "float32")).toBe(true);
    net.model.bfloat16();
    net.model.zeroGrad();
    net.model.forward(net.x.bfloat16()).sum().backward();
    expect(net.model.parameters().every((p) => p.grad?.dtype === "bfloat16")).toBe(true);
  });

  it("goes along with a change of memory format", () => {
    const net = withMasters();
    net.model.to({ memoryFormat: "channelsLast" });
    const weight = parameter(net, "conv.weight");
    for (const tensor of [weight, torch.masterOf(weight)!]) {
      expect(tensor.isContiguous({ memoryFormat: "channelsLast" })).toBe(true);
    }
    expect(isRounded(net)).toBe(true);
  });

  it("leaves a weight alone that another module uses as it is", () => {
    const embedding = new nn.Embedding(5, 4);
    const head = new nn.Linear(4, 5, { bias: false });
    head.weight = embedding.weight;
    const model = new nn.Sequential(embedding, head).to("bfloat16", { masterWeights: true });
    expect(model.parameters().map((p) => p.dtype)).toEqual(["float32"]);
  });

  it("refuses dtypes that round nothing, or too much", () => {
    const { model } = makeNet();
    expect(() => model.to("float32", { masterWeights: true })).toThrow(
      /expected bfloat16 or float16 with masterWeights/,
    );
    expect(() => model.to({ masterWeights: true })).toThrow(/got no dtype/);
    expect(model.parameters().every((p) => p.dtype === "float32")).toBe(true);
  });

  it("frees both with the module", () => {
    const before = torch.memory();
    torch.tidy(() => {
      const { model, x, y } = withMasters();
      model.dispose();
      x.dispose();
      y.dispose();
    });
    expect(torch.memory().tensors).toBe(before.tensors);
  });
});
