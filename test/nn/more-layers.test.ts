import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { decode, expectClose, fixture, make, type Stored } from "./fixtures.js";

const F = torch.nn.functional;
type Fn = (...args: unknown[]) => torch.Tensor;

interface LayerCase {
  name: string;
  module: string;
  args: unknown[];
  options: Record<string, unknown>;
  keywords: Record<string, unknown>;
  initial: Record<string, Stored>;
  inputs: Stored[];
  outputs: Stored[];
  gradOutputs: Stored[];
  inputGrads: (Stored | null)[];
  grads: Record<string, Stored>;
}
interface FunctionCase {
  name: string;
  inputs: Stored[];
  options: Record<string, unknown>;
  output: Stored;
  gradOutput: Stored;
  inputGrads: Stored[];
}
const more = fixture<{
  layers: LayerCase[];
  functions: FunctionCase[];
  cosineEmbedding: FunctionCase[];
  smoothed: {
    smoothing: number;
    input: Stored;
    target: Stored;
    output: Stored;
    gradOutput: Stored;
    inputGrad: Stored;
  }[];
  dropout: { module: string; args: unknown[]; seed: number; input: Stored; output: Stored }[];
  texts: { module: string; args: unknown[]; options: Record<string, unknown>; text: string }[];
}>("nn-more.json.gz");

const isStored = (value: unknown): value is Stored => typeof value === "object" && value !== null && "data" in value;
const flatten = (value: unknown): torch.Tensor[] =>
  torch.isTensor(value) ? [value] : Array.isArray(value) ? value.flatMap(flatten) : [];

describe("attention and recurrent layers as in Python PyTorch", () => {
  for (const given of more.layers) {
    it(given.name, () => {
      torch.manualSeed(11);
      const module = make(given.module, given.args, given.options);
      const state = module.stateDict();
      expect(Object.keys(state)).toEqual(Object.keys(given.initial));
      for (const [key, value] of Object.entries(given.initial)) expectClose(state[key]!, value, `initial ${key}`);
      module.double();

      const inputs = given.inputs.map((stored) => decode(stored).requiresGrad_());
      const keywords = Object.fromEntries(
        Object.entries(given.keywords).map(([key, value]) => [key, isStored(value) ? decode(value) : value]),
      );
      const [x, ...states] = inputs;
      let args: unknown[] = [x, states[0]];
      if (given.module === "MultiheadAttention") args = [...(states.length === 0 ? [x, x, x] : inputs), keywords];
      else if (given.module === "LSTM") args = states.length === 0 ? [x] : [x, states];
      const outputs = flatten((module as unknown as torch.nn.Module<unknown[], unknown>).forward(...args));
      expect(outputs.length).toBe(given.outputs.length);
      given.outputs.forEach((want, i) => {
        expectClose(outputs[i]!, want, `output ${i}`);
      });
      torch.autograd.backward(outputs, { gradients: given.gradOutputs.map(decode) });
      given.inputGrads.forEach((grad, i) => {
        if (grad !== null) expectClose(inputs[i]!.grad, grad, `gradient of input ${i}`);
      });
      const parameters = new Map(module.namedParameters());
      for (const [name, grad] of Object.entries(given.grads))
        expectClose(parameters.get(name)!.grad, grad, `gradient of ${name}`);
    });
  }

  it("attention refuses shapes that do not go together", () => {
    // Python's strides, so that a dropout behind it draws the mask that Python draws.
    for (const batchFirst of [true, false]) {
      const layer = new torch.nn.MultiheadAttention(8, 2, { batchFirst });
      const x = torch.randn(batchFirst ? [2, 4, 8] : [4, 2, 8]);
      for (const needWeights of [true, false]) {
        const [y] = layer.forward(x, x, x, { needWeights });
        expect(y.stride()).toEqual(batchFirst ? [8, 16, 1] : [16, 8, 1]);
      }
    }
    const attention = new torch.nn.MultiheadAttention(6, 2);
    const x = torch.randn([4, 2, 6]);
    expect(() => attention.forward(x, torch.randn([4, 3, 6]), x)).toThrow(/one batch size.*\[4, 3, 6\]/);
    expect(() => attention.forward(x, x, torch.randn([4, 2, 5]))).toThrow(/last dimension of 6/);
    expect(() => attention.forward(x, x, x, { attnMask: torch.ones([3, 4]) })).toThrow(/attnMask of shape \[4, 4\]/);
    expect(() => new torch.nn.MultiheadAttention(6, 4)).toThrow(/numHeads to divide embedDim/);
  });

  it("recurrent layers refuse shapes that do not go together", () => {
    const lstm = new torch.nn.LSTM(4, 2);
    expect(() => lstm.forward(torch.randn([5, 3, 3]))).toThrow(/\[LSTM\] expected an input \[length, 4\]/);
    const h = torch.randn([1, 2, 2]);
    expect(() => lstm.forward(torch.randn([5, 3, 4]), [h, h])).toThrow(/expected a state \[1, 3, 2\]/);
  });
});

describe("functions as in Python PyTorch", () => {
  const positional: Record<string, string[]> = {
    adaptiveAvgPool2d: ["outputSize"],
    adaptiveMaxPool2d: ["outputSize"],
    softmin: ["dim"],
    pixelUnshuffle: ["downscaleFactor"],
    pad: ["pad"],
  };
  more.functions.forEach(({ name, inputs, options, output, gradOutput, inputGrads }, i) => {
    it(`${i} ${name} ${JSON.stringify(options)}`, () => {
      const xs = inputs.map((stored) => decode(stored).requiresGrad_());
      const first = positional[name] ?? [];
      const rest = Object.entries(options).filter(([key]) => !first.includes(key));
      const args = [...xs, ...first.map((key) => options[key]), ...(rest.length > 0 ? [Object.fromEntries(rest)] : [])];
      const y = (F as unknown as Record<string, Fn>)[name]!(...args);
      expectClose(y, output, "value");
      y.backward({ gradient: decode(gradOutput) });
      inputGrads.forEach((grad, k) => {
        expectClose(xs[k]!.grad, grad, `gradient of input ${k}`);
      });
    });
  });

  more.cosineEmbedding.forEach(({ inputs, options, output, gradOutput, inputGrads }) => {
    it(`CosineEmbeddingLoss ${JSON.stringify(options)}`, () => {
      const [x1, x2, target] = inputs.map(decode) as [torch.Tensor, torch.Tensor, torch.Tensor];
      const y = new torch.nn.CosineEmbeddingLoss(options).forward(x1.requiresGrad_(), x2.requiresGrad_(), target);
      expectClose(y, output, "value");
      y.backward({ gradient: decode(gradOutput) });
      expectClose(x1.grad, inputGrads[0]!, "gradient of x1");
      expectClose(x2.grad, inputGrads[1]!, "gradient of x2");
    });
  });
});

describe("the reference's smoothed cross entropy", () => {
  for (const { smoothing, input, target, output, gradOutput, inputGrad } of more.smoothed) {
    it(`value and gradient, smoothing ${smoothing}`, () => {
      const x = decode(input).requiresGrad_();
      const y = F.smoothCrossEntropy(x, decode(target), { smoothing, reduction: "none" });
      expectClose(y, output, "value");
      y.backward({ gradient: decode(gradOutput) });
      expectClose(x.grad, inputGrad, "gradient");
    });
  }
  it("is crossEntropy with labelSmoothing 1/9 plus a constant, at smoothing 0.1 and ten classes", () => {
    const [x, y] = [decode(more.smoothed[1]!.input), decode(more.smoothed[1]!.target)];
    const gradientOf = (loss: (x: torch.Tensor) => torch.Tensor) => {
      const leaf = x.clone().requiresGrad_();
      loss(leaf).backward();
      return [...(leaf.grad!.dataSync() as Float64Array)];
    };
    expect(gradientOf((leaf) => F.smoothCrossEntropy(leaf, y))).toEqual(
      gradientOf((leaf) => F.crossEntropy(leaf, y, { labelSmoothing: 1 / 9 })),
    );
  });
  it("reductions agree, and the module is the function", () => {
    const [x, y] = [decode(more.smoothed[1]!.input), decode(more.smoothed[1]!.target)];
    const each = F.smoothCrossEntropy(x, y, { reduction: "none" });
    expect(F.smoothCrossEntropy(x, y, { reduction: "sum" }).itemNumber()).toBeCloseTo(each.sum().itemNumber(), 12);
    expect(new torch.nn.SmoothCrossEntropyLoss().forward(x, y).itemNumber()).toBeCloseTo(each.mean().itemNumber(), 12);
  });
  it("refuses a smoothing that no cross entropy has, and other shapes", () => {
    const y = torch.tensor([0n]);
    expect(() => F.smoothCrossEntropy(torch.randn([1, 10]), y, { smoothing: 0.95 })).toThrow(/smoothing from 0 to 0.9/);
    expect(() => F.smoothCrossEntropy(torch.randn([10]), y)).toThrow(/logits \[N, C\]/);
  });
});

describe("seeded dropout draws PyTorch's masks", () => {
  for (const { module, args, seed, input, output } of more.dropout) {
    it(`${module} [${input.shape.join(", ")}]`, () => {
      const layer = make(module, args, {}) as torch.nn.Module;
      torch.manualSeed(seed);
      expectClose(layer.forward(decode(input)), output, "value");
    });
  }
});

describe("printed forms are PyTorch's in TypeScript's dress", () => {
  /** `in_features=3, bias=True, kernel_size=(3,)` as `inFeatures=3, bias=true, kernelSize=[3]`. */
  const dressed = (text: string): string =>
    text
      .replace(/(?<=[a-z0-9])_([a-z])(?=\w*=)/g, (_, letter: string) => letter.toUpperCase())
      .replace(
        /=?\((?=[\d ,None]*\))([^()]*?),?\)/g,
        (whole, inner: string) => `${whole.startsWith("=") ? "=" : ""}[${inner}]`,
      )
      .replace(/\bTrue\b/g, "true")
      .replace(/\bFalse\b/g, "false")
      .replace(/\bNone\b/g, "null")
      .replace(/\b1e-05\b/g, "0.00001")
      .replace(/(\d)\.0\b/g, "$1")
      .replaceAll("'", '"');
  for (const { module, args, options, text } of more.texts) {
    it(text, () => {
      const want = text.endsWith("()") ? text : dressed(text).replace(/^(\w+)\[(.*)\]$/, "$1($2)");
      expect(String(make(module, args, options))).toBe(want);
    });
  }
});
