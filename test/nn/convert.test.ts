import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

const { nn } = torch;

describe("Module.to", () => {
  it("changes floating-point tensors only, in place, gradients included", () => {
    const model = new nn.Sequential(new nn.Conv2d(2, 3, 3), new nn.BatchNorm2d(3));
    model
      .forward(torch.randn([2, 2, 4, 4]))
      .sum()
      .backward();
    const [before, version] = [model.parameters(), model.parameters().map((p) => p.toArray())];
    expect(model.double()).toBe(model);
    expect(model.parameters()).toEqual(before);
    for (const [i, p] of model.parameters().entries()) {
      expect(p).toBe(before[i]);
      expect([p.dtype, p.grad!.dtype, p.requiresGrad, p.isLeaf]).toEqual(["float64", "float64", true, true]);
      expect(p.toArray()).toEqual(version[i]);
    }
    expect(model.buffers().map((b) => b.dtype)).toEqual(["float64", "float64", "int64"]);
    model.zeroGrad();
    model
      .forward(torch.randn([2, 2, 4, 4], { dtype: "float64" }))
      .sum()
      .backward();
    expect(model.parameters()[0]!.grad!.dtype).toBe("float64");
  });

  it("has a short name for each dtype", () => {
    const layer = new nn.Linear(2, 2);
    expect(layer.half().weight.dtype).toBe("float16");
    expect(layer.bfloat16().weight.dtype).toBe("bfloat16");
    expect(layer.float().weight.dtype).toBe("float32");
    expect(layer.to(torch.ones([1], { dtype: "float64" })).weight.dtype).toBe("float64");
    expect(layer.to({ dtype: "float32" }).weight.dtype).toBe("float32");
  });

  it("keeps an optimizer working on its parameters", () => {
    const layer = new nn.Linear(2, 1);
    const optimizer = new torch.optim.SGD(layer.parameters(), { lr: 1 });
    layer.double();
    const before = layer.bias!.item() as number;
    layer
      .forward(torch.ones([1, 2], { dtype: "float64" }))
      .sum()
      .backward();
    optimizer.step();
    expect(layer.bias!.item()).toBe(before - 1);
  });

  it("memory formats apply to tensors of their dimensions, and keep the values", () => {
    const model = new nn.Sequential(new nn.Conv2d(2, 3, 3), new nn.Conv3d(1, 2, 2), new nn.Linear(2, 2));
    const [conv2, , conv3] = model.parameters();
    const values = conv2!.toArray();
    model.to({ memoryFormat: "channelsLast" });
    expect(conv2!.isContiguous({ memoryFormat: "channelsLast" })).toBe(true);
    expect(conv2!.toArray()).toEqual(values);
    expect(conv3!.isContiguous()).toBe(true);
    model.to({ memoryFormat: "channelsLast3d" });
    expect(conv3!.isContiguous({ memoryFormat: "channelsLast3d" })).toBe(true);
    model.to({ memoryFormat: "contiguousFormat" });
    expect(conv2!.isContiguous()).toBe(true);
  });

  it("what is right already keeps its storage", () => {
    const layer = new nn.Linear(2, 2);
    const pointer = layer.weight.dataPtr();
    layer.to("float32").to("cpu").to({});
    expect(layer.weight.dataPtr()).toBe(pointer);
  });

  it("to meta and back to a real device: same objects, values undefined", () => {
    const layer = new nn.Linear(2, 2);
    const { weight } = layer;
    layer
      .forward(torch.ones([1, 2]))
      .sum()
      .backward();
    layer.to("meta");
    expect([layer.weight === weight, weight.device, weight.requiresGrad, weight.grad]).toEqual([
      true,
      "meta",
      true,
      null,
    ]);
    expect(layer.forward(torch.ones([5, 2], { device: "meta" })).shape).toEqual([5, 2]);
  });

  it("leaves no tensors behind", () => {
    const model = new nn.Sequential(new nn.Conv2d(2, 3, 3), new nn.BatchNorm2d(3));
    model
      .forward(torch.randn([2, 2, 4, 4]))
      .sum()
      .backward();
    torch.collectGarbage();
    const { tensors } = torch.memory();
    model.double().to({ memoryFormat: "channelsLast" }).float();
    expect(torch.memory().tensors).toBe(tensors);
  });

  it("refuses integer dtypes and unknown names", () => {
    const layer = new nn.Linear(2, 2);
    expect(errorOf(() => layer.to("int64")).message).toMatch(
      /\[to\] expected a floating-point or complex dtype for a module, got int64/,
    );
    expect(errorOf(() => layer.to("float31" as "float32")).code).toBe("E_ARG");
    expect(layer.weight.dtype).toBe("float32");
  });
});
