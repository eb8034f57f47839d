import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { decode, expectClose, fixture, type Stored } from "./fixtures.js";

const { utils } = torch.nn;
const python = fixture<{
  norms: { grads: Stored[]; normType: number | "Infinity"; norm: Stored }[];
  clipped: { grads: Stored[]; maxNorm: number; after: Stored[] }[];
  fused: {
    weight: Stored;
    bias: Stored | null;
    mean: Stored;
    variance: Stored;
    eps: number;
    bnWeight: Stored;
    bnBias: Stored;
    transpose: boolean;
    fusedWeight: Stored;
    fusedBias: Stored;
  }[];
  padded: { parts: Stored[]; options: torch.nn.utils.rnn.PadSequenceOptions; output: Stored }[];
}>("extras.json");

describe("norms of gradients as in PyTorch", () => {
  it.each(python.norms)("getTotalNorm, p $normType", ({ grads, normType, norm }) => {
    expectClose(utils.getTotalNorm(grads.map(decode), { normType: Number(normType) }), norm, "norm");
  });
  it.each(python.clipped)("clipGradsWithNorm_ to $maxNorm", ({ grads, maxNorm, after }) => {
    const params = grads.map((g) => torch.zeros(g.shape, { dtype: g.dtype, requiresGrad: true }));
    for (const [i, param] of params.entries()) param.grad = decode(grads[i]!);
    const bare = torch.ones([2]).requiresGrad_();
    utils.clipGradsWithNorm_([...params, bare], maxNorm, utils.getTotalNorm(grads.map(decode)));
    after.forEach((grad, i) => {
      expectClose(params[i]!.grad, grad, `gradient ${i}`);
    });
  });
  it("refuse what makes no sense", () => {
    expect(utils.getTotalNorm([]).item()).toBe(0);
    const bad = torch.tensor([Number.NaN]);
    expect(() => utils.getTotalNorm([bad], { errorIfNonfinite: true })).toThrow(/finite norm, got NaN/);
    expect(() => utils.getTotalNorm([bad], { normType: -1 })).toThrow(/normType > 0, got -1/);
    expect(() => utils.clipGradsWithNorm_([bad], -1, bad)).toThrow(/maxNorm >= 0/);
  });
});

describe("batch norms fused into what is before them", () => {
  it.each(python.fused)("weight of shape $weight.shape", (given) => {
    const bias = given.bias === null ? null : decode(given.bias);
    const [mean, variance] = [decode(given.mean), decode(given.variance)];
    const [w, b] = utils.fuseConvBnWeights(
      decode(given.weight),
      bias,
      mean,
      variance,
      given.eps,
      decode(given.bnWeight),
      decode(given.bnBias),
      { transpose: given.transpose },
    );
    expectClose(w, given.fusedWeight, "weight");
    expectClose(b, given.fusedBias, "bias");
    expect([w, b].every((p) => p instanceof torch.nn.Parameter)).toBe(true);
    if (given.weight.shape.length > 2) return;
    const linear = utils.fuseLinearBnWeights(decode(given.weight), bias, mean, variance, given.eps, null, null);
    const inverse = variance.add(given.eps).rsqrt();
    expect(linear[0].allclose(decode(given.weight).mul(inverse.view([-1, 1])))).toBe(true);
  });
  it("a layer pair and its fusion agree in evaluation", () => {
    const [conv, norm] = [new torch.nn.Conv2d(3, 4, 3).eval(), new torch.nn.BatchNorm2d(4)];
    const x = torch.randn([2, 3, 6, 6]);
    norm.forward(conv.forward(x));
    norm.eval();
    const fused = new torch.nn.Conv2d(3, 4, 3);
    [fused.weight, fused.bias] = utils.fuseConvBnWeights(
      conv.weight,
      conv.bias,
      norm.runningMean!,
      norm.runningVar!,
      norm.eps,
      norm.weight,
      norm.bias,
    );
    expect(fused.forward(x).allclose(norm.forward(conv.forward(x)), 1e-5, 1e-5)).toBe(true);
    expect(() => utils.fuseConvBnWeights(torch.ones([3, 2]), null, x, x, 1e-5, null, null)).toThrow(/output channels/);
  });
});

describe("parameters as one vector", () => {
  it("there, with gradients, and back", () => {
    const model = new torch.nn.Linear(3, 2);
    const vector = utils.parametersToVector(model.parameters());
    expect(vector.shape).toEqual([8]);
    vector.sum().backward();
    expect(model.bias!.grad!.toArray()).toEqual([1, 1]);
    utils.vectorToParameters(torch.arange(8, { dtype: "float32" }), model.parameters());
    expect([model.weight.toArray(), model.bias!.toArray()]).toEqual([
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
      [6, 7],
    ]);
    expect(() => utils.vectorToParameters(torch.ones([7]), model.parameters())).toThrow(/vector of 8 elements/);
    expect(() => utils.parametersToVector([])).toThrow(/at least one parameter/);
  });
});

describe("sequences of different lengths as in PyTorch", () => {
  it.each(python.padded)("padSequence $options", ({ parts, options, output }) => {
    const padded = utils.rnn.padSequence(parts.map(decode), options);
    expectClose(padded, output, "value");
    if (options.paddingSide === "left") return;
    const back = utils.rnn.unpadSequence(padded, [3, 1, 4], { batchFirst: options.batchFirst });
    back.forEach((part, i) => {
      expectClose(part, parts[i]!, `part ${i}`);
    });
    expect(() => utils.rnn.unpadSequence(padded, [3, 1, 9], options)).toThrow(/3 lengths from 0 to 4/);
  });
});
