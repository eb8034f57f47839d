import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
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

describe("layers fused for evaluation", () => {
  const { nn } = torch;
  /** A norm in evaluation mode whose statistics and weights are not those it began with. */
  const used = <N extends torch.nn.BatchNorm1d | torch.nn.BatchNorm2d | torch.nn.BatchNorm3d>(norm: N): N => {
    torch.noGrad(() => {
      norm.runningMean!.normal_();
      norm.runningVar!.uniform_(0.5, 2);
      norm.weight?.normal_();
      norm.bias?.normal_();
    });
    norm.eval();
    return norm;
  };
  const options = { dtype: "float64" } as const;
  it.each([
    [
      "Conv1d",
      new nn.Conv1d(4, 6, 3, { groups: 2, bias: false, ...options }),
      new nn.BatchNorm1d(6, options),
      [2, 4, 9],
    ],
    [
      "Conv2d",
      new nn.Conv2d(3, 4, 3, { stride: 2, padding: 2, dilation: 2, paddingMode: "reflect", ...options }),
      new nn.BatchNorm2d(4, { affine: false, ...options }),
      [2, 3, 9, 9],
    ],
    [
      "Conv3d",
      new nn.Conv3d(2, 3, 2, { padding: "same", ...options }),
      new nn.BatchNorm3d(3, options),
      [2, 2, 4, 4, 4],
    ],
    [
      "ConvTranspose2d",
      new nn.ConvTranspose2d(3, 4, 3, { stride: 2, outputPadding: 1, ...options }),
      new nn.BatchNorm2d(4, options),
      [2, 3, 5, 5],
    ],
  ] as const)("%s", (_name, conv, norm, shape) => {
    used(norm);
    conv.eval();
    const before = conv.weight.clone();
    const fused = nn.utils.fuseConvBnEval(conv as torch.nn.Conv2d, norm);
    const x = torch.randn(shape, options);
    expect(fused.forward(x).allclose(norm.forward(conv.forward(x)), { rtol: 1e-12, atol: 1e-12 })).toBe(true);
    expect([fused.training, fused.constructor, conv.weight.equal(before)]).toEqual([false, conv.constructor, true]);
  });
  it("Linear", () => {
    const [linear, norm] = [new nn.Linear(5, 3, options).eval(), used(new nn.BatchNorm1d(3, options))];
    const x = torch.randn([4, 5], options);
    const fused = nn.utils.fuseLinearBnEval(linear, norm);
    expect(fused.forward(x).allclose(norm.forward(linear.forward(x)), { rtol: 1e-12, atol: 1e-12 })).toBe(true);
  });
  it("what cannot be fused", () => {
    const [conv, norm] = [new nn.Conv2d(3, 4, 3), new nn.BatchNorm2d(4)];
    const message = (fn: () => unknown) => errorOf(fn).message;
    expect(message(() => nn.utils.fuseConvBnEval(conv, norm))).toContain("layers in evaluation mode");
    conv.eval();
    norm.eval();
    expect(message(() => nn.utils.fuseConvBnEval(new nn.Linear(3, 4) as never, norm))).toContain("got Linear");
    expect(message(() => nn.utils.fuseConvBnEval(conv, conv as never))).toContain("a batch norm of this library");
    expect(message(() => nn.utils.fuseConvBnEval(null as never, norm))).toContain("got null");
    const without = new nn.BatchNorm2d(4, { trackRunningStats: false }).eval();
    expect(message(() => nn.utils.fuseConvBnEval(conv, without))).toContain("keeps running statistics");
    expect(message(() => nn.utils.fuseConvBnEval(conv, new nn.BatchNorm2d(5).eval()))).toContain("5 output channels");
    class Mine extends nn.Conv2d {}
    expect(message(() => nn.utils.fuseConvBnEval(new Mine(3, 4, 3).eval(), norm))).toContain("got Mine");
    expect(message(() => nn.utils.fuseLinearBnEval(conv as never, norm))).toContain("a Linear of this library");
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
