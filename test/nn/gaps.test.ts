import { describe, expect, it, vi } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { decode, expectClose, fixture, make, type Stored } from "./fixtures.js";

/** Layers and functions as test/reference/nn_gaps.py called them. */
interface Case {
  kind: "layer" | "function";
  name: string;
  module: string;
  function: string;
  args: unknown[];
  options: Record<string, unknown>;
  called: Record<string, unknown>;
  pack: Nesting | null;
  training: boolean;
  initial: Record<string, Stored>;
  inputs: unknown[];
  needsGrad: boolean[];
  outputs: Stored[];
  gradOutputs: Stored[];
  inputGrads: (Stored | null)[];
  grads: Record<string, Stored>;
}
type Nesting = (number | Nesting)[];

const { cases } = fixture<{ cases: Case[] }>("nn-gaps.json.gz");
const isStored = (value: unknown): value is Stored => typeof value === "object" && value !== null && "data" in value;
const read = (value: unknown): unknown => (isStored(value) ? decode(value) : value === "Infinity" ? Infinity : value);
const readAll = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, read(value)]));
const nest = (inputs: unknown[], at: number | Nesting): unknown =>
  typeof at === "number" ? inputs[at] : at.map((i) => nest(inputs, i));
const flatten = (value: unknown): torch.Tensor[] =>
  torch.isTensor(value) ? [value] : Array.isArray(value) ? value.flatMap(flatten) : [];
const withOptions = (args: unknown[], options: object) =>
  Object.keys(options).length === 0 ? args : [...args, options];

/** The layer of a case, with the seeded initial values of Python's. */
function layerOf(given: Case): torch.nn.AnyModule {
  torch.manualSeed(11);
  const layer = make(given.module, given.args.map(read), readAll(given.options));
  if (!given.module.endsWith("Loss")) {
    const state = layer.stateDict();
    expect(Object.keys(state)).toEqual(Object.keys(given.initial));
    for (const [key, value] of Object.entries(given.initial)) expectClose(state[key]!, value, `initial ${key}`);
  }
  return layer.double().train(given.training);
}

function replay(given: Case): void {
  const inputs = given.inputs.map(read);
  for (const [i, x] of inputs.entries()) if (torch.isTensor(x)) x.requiresGrad_(given.needsGrad[i]);
  const layer = given.kind === "layer" ? layerOf(given) : undefined;
  const packed = given.pack === null || given.pack === undefined ? inputs : (nest(inputs, given.pack) as unknown[]);
  torch.manualSeed(5);
  let result: unknown;
  if (layer === undefined) {
    const run = (torch.nn.functional as unknown as Record<string, (...args: unknown[]) => unknown>)[given.function]!;
    result = run(...withOptions([...packed, ...given.args.map(read)], readAll(given.options)));
  } else {
    const args = withOptions(packed, readAll(given.called));
    result = (layer as unknown as torch.nn.Module<unknown[], unknown>).forward(...args);
  }
  const outputs = flatten(result);
  expect(outputs.length).toBe(given.outputs.length);
  given.outputs.forEach((want, i) => {
    expectClose(outputs[i]!, want, `output ${i}`);
  });
  torch.autograd.backward(
    outputs.filter((y) => y.requiresGrad),
    { gradients: given.gradOutputs.map(decode) },
  );
  given.inputGrads.forEach((grad, i) => {
    if (grad !== null) expectClose((inputs[i] as torch.Tensor).grad, grad, `gradient of input ${i}`);
  });
  const parameters = new Map(layer?.namedParameters() ?? []);
  for (const [name, grad] of Object.entries(given.grads)) {
    expectClose(parameters.get(name)!.grad, grad, `gradient of ${name}`);
  }
}

describe("layers and functions as in Python PyTorch", () => {
  for (const given of cases) it(given.name, () => torch.tidy(() => replay(given)));
  it("covers every case of the fixture", () => {
    expect(cases.length).toBeGreaterThan(200);
  });
});

describe("lists and dicts of parameters", () => {
  const { nn } = torch;
  class Net extends nn.Module<[], torch.Tensor> {
    list = new nn.ParameterList([torch.ones([2]), new nn.Parameter(torch.zeros([3]))]);
    dict = new nn.ParameterDict({ left: torch.ones([1]), right: torch.ones([2]) });
    forward(): torch.Tensor {
      return this.list.map((p) => p.sum()).reduce((a, b) => a.add(b));
    }
  }
  it("stand in the state dict under PyTorch's names, and learn", () => {
    const net = new Net();
    expect(Object.keys(net.stateDict())).toEqual(["list.0", "list.1", "dict.left", "dict.right"]);
    expect(net.parameters().every((p) => p instanceof nn.Parameter && p.requiresGrad)).toBe(true);
    net.forward().backward();
    expect(net.list.at(-1).grad!.toArray()).toEqual([1, 1, 1]);
    expect([net.list.length, net.dict.size, [...net.dict.keys()]]).toEqual([2, 2, ["left", "right"]]);
  });
  it("change and refuse", () => {
    const net = new Net();
    const fresh = new nn.Parameter(torch.ones([4]));
    net.list.set(0, fresh).append(torch.ones([5]));
    net.dict.set("middle", fresh).delete("left");
    expect(net.namedParameters().map(([name]) => name)).toEqual(["list.0", "list.1", "list.2", "dict.right"]);
    expect(() => net.list.at(3)).toThrow(/\[ParameterList\] expected an index from -3 to 2, got 3/);
    expect(() => net.dict.get("left")).toThrow(/\[ParameterDict\] expected one of right, middle, got "left"/);
    expect(() => net.dict.set("a.b", fresh)).toThrow(/names without dots/);
    expect(() => new nn.ParameterList([3 as unknown as torch.Tensor])).toThrow(/expected parameters or tensors/);
  });
});

describe("what the new layers refuse, and what they give besides", () => {
  const { nn } = torch;
  const F = nn.functional;
  const x = torch.randn([2, 3, 4, 5]);
  it("wrong sizes and settings", () => {
    expect(() => new nn.ReflectionPad1d([1, 2, 3] as unknown as [number, number])).toThrow(
      /\[ReflectionPad1d\] expected a whole number or \[left, right\], got \[1, 2, 3\]/,
    );
    expect(() => new nn.Softmax2d().forward(x.select(0, 0).select(0, 0))).toThrow(/\[N, C, H, W\]/);
    expect(() => F.maxUnpool2d(x, x.to("int64"), 2, { outputSize: [20, 20] })).toThrow(
      /\[maxUnpool2d\] expected an outputSize less than a step \[2, 2\] away from \[8, 10\], got \[20, 20\]/,
    );
    expect(() => F.fractionalMaxPool2d(x, 2)).toThrow(/either outputSize or outputRatio/);
    expect(() => F.fractionalMaxPool2d(x, 2, { outputRatio: 2 })).toThrow(/outputRatio between 0 and 1/);
    expect(() => F.gridSample(x, x, { mode: "linear" as "nearest" })).toThrow(/mode to be one of bilinear/);
    expect(() => F.affineGrid(torch.randn([2, 3, 4]), [2, 3, 4, 5])).toThrow(/theta \[N, 2, 3\] and four sizes/);
    expect(() => F.multiMarginLoss(x, x, { p: 3 })).toThrow(/p to be 1 or 2, got 3/);
    expect(() => F.tripletMarginLoss(x, x, x, { margin: 0 })).toThrow(/margin > 0/);
    expect(() => F.gaussianNllLoss(x, x, -1)).toThrow(/variance of at least 0/);
    expect(() => F.gaussianNllLoss(x, x, torch.ones([2, 3]))).toThrow(/variance of the input's shape/);
    expect(() => new nn.LSTMCell(4, 2).forward(torch.ones([3, 5]))).toThrow(/\[LSTMCell\] expected an input \[4\]/);
    expect(() => new nn.GRUCell(4, 2).forward(torch.ones([3, 4]), torch.ones([2, 2]))).toThrow(/state \[3, 2\]/);
    expect(() => new nn.AdaptiveLogSoftmaxWithLoss(4, 10, [5, 5])).toThrow(/ascending cutoffs from 1 to 9/);
    expect(() => new nn.TransformerEncoderLayer(8, 2, { activation: "tanh" as "relu" })).toThrow(/relu, gelu or/);
    const net = new nn.Transformer({ dModel: 8, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1 });
    expect(() => net.forward(torch.ones([3, 2, 8]), torch.ones([3, 1, 8]))).toThrow(/one batch size/);
  });
  it("max pools give indices that unpool", () => {
    const [values, indices] = new nn.MaxPool2d(2).forwardWithIndices(
      torch.arange(16, { dtype: "float32" }).view(1, 1, 4, 4),
    );
    const back = new nn.MaxUnpool2d(2).forward(values, indices);
    expect(back.flatten().toArray()).toEqual([0, 0, 0, 0, 0, 5, 0, 7, 0, 0, 0, 0, 0, 13, 0, 15]);
  });
  it("adaptive softmax: probabilities sum to one, and predict takes the largest", () => {
    const layer = new nn.AdaptiveLogSoftmaxWithLoss(6, 20, [4, 10]);
    const input = torch.randn([5, 6]);
    const all = layer.logProb(input);
    expect(all.shape).toEqual([5, 20]);
    for (const sum of all.exp().sum(1).toArray() as number[]) expect(sum).toBeCloseTo(1, 5);
    expect(layer.predict(input).toArray()).toEqual(all.argmax(1).toArray());
  });
  it("adaptive softmax: clusters without a target are not computed, and get no gradient", () => {
    const layer = new nn.AdaptiveLogSoftmaxWithLoss(6, 20, [4, 10, 15], { divValue: 2 });
    const seen: number[][] = [];
    for (const tail of layer.tail)
      tail.registerForwardHook((_, [input]) => void seen.push((input as torch.Tensor).shape));
    const input = torch.randn([5, 6]);
    const decayed = new torch.optim.Adam(layer.parameters(), { lr: 0.1, weightDecay: 0.5 });
    const target = torch.tensor([16, 0, 19, 3, 5], { dtype: "int64" });
    const before = layer.tail
      .at(1)
      .parameters()
      .map((p) => p.clone());
    const reads = vi.spyOn(torch.Tensor.prototype, "dataSync");
    const [output, loss] = layer.forward(input, target);
    expect(reads).toHaveBeenCalledTimes(1);
    reads.mockRestore();
    expect(seen).toEqual([
      [1, 6],
      [2, 6],
    ]);
    loss.backward();
    decayed.step();
    const grads = [...layer.tail].map((tail) => tail.parameters().map((p) => p.grad !== null));
    expect(grads).toEqual([
      [true, true],
      [false, false],
      [true, true],
    ]);
    for (const [i, p] of layer.tail.at(1).parameters().entries()) expect(p.equal(before[i]!)).toBe(true);
    expect(Object.keys(decayed.stateDict().state)).toHaveLength(5);

    const again = new nn.AdaptiveLogSoftmaxWithLoss(6, 20, [4, 10, 15], { divValue: 2 });
    for (const batch of [[], [1, 2], [7, 7], [19, 0, 4, 9, 10, 14, 15, 3]]) {
      const x = torch.randn([batch.length, 6]);
      const words = torch.tensor(batch, { dtype: "int64" });
      const want = again.logProb(x).gather(1, words.unsqueeze(1)).squeeze(1);
      expect(again.forward(x, words)[0].allclose(want, { atol: 1e-6 })).toBe(true);
      expect(again.predict(x).toArray()).toEqual(again.logProb(x).argmax(1).toArray());
    }
    expect(output.shape).toEqual([5]);
    for (const wrong of [-1, 20]) {
      const error = errorOf(() => layer.forward(input, torch.tensor([0, 1, wrong, 2, 3], { dtype: "int64" })));
      expect([error.code, error.message]).toEqual(["E_ARG", expect.stringContaining("targets from 0 to 19, got some")]);
    }
  });
  it("a transformer's copies have values of their own, and draw nothing", () => {
    const layer = new nn.TransformerEncoderLayer(8, 2, { dimFeedforward: 4 }).double();
    layer.norm1.weight!.requiresGrad = false;
    torch.manualSeed(1);
    const encoder = new nn.TransformerEncoder(layer, 2);
    const drawn = torch.rand([1]).item();
    torch.manualSeed(1);
    expect(drawn).toBe(torch.rand([1]).item());
    const [first, second] = [encoder.layers.at(0), encoder.layers.at(1)];
    expect(first.linear1.weight.equal(layer.linear1.weight)).toBe(true);
    expect([first.linear1.weight.dtype, first.norm1.weight!.requiresGrad]).toEqual(["float64", false]);
    torch.noGrad(() => first.linear1.weight.zero_());
    expect(second.linear1.weight.equal(layer.linear1.weight)).toBe(true);
  });
});
