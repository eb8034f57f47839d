import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { handleOf, wrap } from "../../lib/tensor-base.js";
import { errorOf } from "../error-of.js";

type T = torch.Tensor;
const { gradcheck, gradgradcheck } = torch.autograd;
const random = (shape: number[], dtype: torch.DType = "float64") =>
  torch.randn(shape, { dtype, generator: new torch.Generator().manualSeed(1) }).requiresGrad_();

class WrongSquare extends torch.autograd.Function {
  static forward(ctx: torch.autograd.FunctionContext, x: T) {
    ctx.saveForBackward(x);
    return x.mul(x);
  }
  static backward(ctx: torch.autograd.FunctionContext, g: T) {
    return g.mul(ctx.savedTensors[0]!).mul(2.01);
  }
}

describe("gradcheck", () => {
  it("agrees with right derivatives: several inputs, outputs, layouts, complex numbers", () => {
    expect(gradcheck((x) => x!.tanh().mul(x!), random([3, 2]))).toBe(true);
    expect(gradcheck((x, y) => [x!.matmul(y!), x!.sum()], [random([2, 3]), random([3, 2])])).toBe(true);
    expect(gradcheck((x, y) => x!.mul(y!), [random([2, 3]), torch.ones([3], { dtype: "float64" })])).toBe(true);
    expect(gradcheck((x) => x!.exp(), random([2, 3]).detach().t().requiresGrad_())).toBe(true);
    expect(gradcheck((z) => z!.mul(z!).exp(), random([3], "complex128"))).toBe(true);
    expect(gradcheck((z) => z!.abs(), random([3], "complex128"))).toBe(true);
    expect(gradcheck((x) => torch.complex(x!, x!.square()).exp(), random([3]))).toBe(true);
    expect(gradcheck((x) => x!.sum(), random([0]))).toBe(true);
    expect(gradcheck((x) => [x!.argmax(), x!.square()] as T[], random([3]))).toBe(true);
  });

  it("finds wrong ones and says where", () => {
    const x = torch.tensor([1, 3, 2], { dtype: "float64", requiresGrad: true });
    const error = errorOf(() => gradcheck((x) => WrongSquare.apply(x!), x));
    expect(error.code).toBe("E_STATE");
    expect(error.message).toMatch(
      /\[gradcheck\] expected the Jacobian of output 0 with respect to input 0 to match finite differences, got 3 of 9 elements that differ, most at input element 1 and output element 1: analytical 6\.0[23]\d*, numerical (6\.0|5\.9)/,
    );
    expect(gradcheck((x) => WrongSquare.apply(x!), x, { raiseException: false })).toBe(false);
    expect(gradcheck((x) => WrongSquare.apply(x!), x, { rtol: 0.01 })).toBe(true);
  });

  it("a second argument that is wrong is named, and a gradient that changes is found", () => {
    const wrong = errorOf(() => gradcheck((x, y) => x!.mul(WrongSquare.apply(y!)), [random([2]), random([2])]));
    expect(wrong.message).toContain("output 0 with respect to input 1");
    let calls = 0;
    class Drifting extends torch.autograd.Function {
      static forward(_: torch.autograd.FunctionContext, x: T) {
        return x.mul(2);
      }
      static backward(_: torch.autograd.FunctionContext, g: T) {
        return g.mul(2 + calls++ * 1e-9);
      }
    }
    expect(errorOf(() => gradcheck((x) => Drifting.apply(x!), random([2]))).message).toContain(
      "expected the same gradient from two backward passes",
    );
    expect(gradcheck((x) => Drifting.apply(x!), random([2]), { nondetTol: 1e-6 })).toBe(true);
  });

  it("leaves inputs as they were, to the bit, and the generator too", () => {
    torch.manualSeed(3);
    const state = torch.getRngState();
    const x = random([4]);
    const before = x.detach().clone();
    gradgradcheck((x) => x!.pow(3), x);
    expect([x.detach().equal(before), x.grad, torch.getRngState().equal(state)]).toEqual([true, null, true]);
  });

  it("refuses what it cannot check", () => {
    expect(errorOf(() => gradcheck((x) => x!, torch.ones([1]))).message).toContain("an input that requires grad");
    expect(errorOf(() => gradcheck((x) => x!.exp(), torch.ones([1], { requiresGrad: true }))).help).toContain(
      "double()",
    );
    const expanded = torch.ones([1], { dtype: "float64" }).expand([3]).requiresGrad_();
    expect(errorOf(() => gradcheck((x) => x!.exp(), expanded)).message).toContain("an expanded one");
  });

  it("second derivatives", () => {
    expect(gradgradcheck((x, y) => x!.pow(3).mul(y!.exp()), [random([2]), random([2])])).toBe(true);
    expect(gradgradcheck((x) => x!.matmul(x!), random([2, 2]), { gradOutputs: [random([2, 2])] })).toBe(true);
    class Once extends torch.autograd.Function {
      static forward(ctx: torch.autograd.FunctionContext, x: T) {
        ctx.saveForBackward(x);
        return x.mul(x);
      }
      static backward(ctx: torch.autograd.FunctionContext, g: T) {
        return g.mul(ctx.savedTensors[0]!.detach()).mul(2);
      }
    }
    expect(gradcheck((x) => Once.apply(x!), random([2]))).toBe(true);
    expect(errorOf(() => gradgradcheck((x) => Once.apply(x!), random([2]))).message).toContain("[gradgradcheck]");
  });
});

describe("double backward of fused layers", () => {
  const { nn } = torch;

  it.each([
    ["batch norm and ReLU", true, true, false],
    ["batch norm", true, false, false],
    ["batch norm and ReLU with a residual", true, true, true],
    ["batch norm in evaluation", false, true, true],
  ])("%s passes gradcheck and gradgradcheck", (_, training, relu, residual) => {
    const layer = new nn.BatchNorm2d(2, { dtype: "float64" });
    layer.train(training);
    const inputs = [
      random([3, 2, 2, 2]),
      random([2]),
      random([2]),
      ...(residual ? [random([3, 2, 2, 2]).mul(0.3)] : []),
    ];
    const list = inputs.map((t) => t.detach().requiresGrad_());
    const f: torch.autograd.Checked = (x, w, b, r) => {
      const y = torch.batchNorm(x!, w!, b!, layer.runningMean!, layer.runningVar!, training, 0, layer.eps, false);
      const z = r === undefined ? y : y.add(r);
      return relu ? z.relu() : z;
    };
    const fused: torch.autograd.Checked = (x, w, b, r) => fusedNorm(x!, w!, b!, r, layer, training, relu);
    const at = list.map((t) => t.detach());
    expect((fused(...at) as T).allclose(f(...at) as T)).toBe(true);
    expect(gradcheck(fused, list)).toBe(true);
    expect(gradgradcheck(fused, list)).toBe(true);
  });

  it("a network with fused layers: Hessian-vector products as with plain operators", () => {
    torch.manualSeed(2);
    const model = new nn.Sequential(
      new nn.Conv2d(3, 32, 3, { padding: 1, bias: false }),
      new nn.BatchNorm2d(32),
      new nn.ReLU(),
      new nn.Conv2d(32, 32, 3, { padding: 1, bias: false }),
      new nn.BatchNorm2d(32),
      new nn.ReLU(),
    ).to({ memoryFormat: "channelsLast" });
    const x = torch.randn([4, 3, 16, 16]).contiguous({ memoryFormat: "channelsLast" });
    const product = (of: torch.nn.AnyModule, input: T) => {
      const params = of.parameters();
      const y = (of as torch.nn.Module).forward(input);
      const first = torch.autograd.grad([y.square().mul(y.sigmoid()).mean()], params, { createGraph: true });
      const norm = first.map((g) => g.square().sum()).reduce((a, b) => a.add(b));
      return torch.autograd.grad([norm], params);
    };
    const fused = product(model, x);
    const exact = product(model.double(), x.double());
    fused.forEach((h, i) => {
      const error = h.double().sub(exact[i]!).norm().div(exact[i]!.norm()).itemNumber();
      expect(error, `parameter ${i}`).toBeLessThan(2e-4);
    });
  });
});

/** relu?(batchNorm(x) (+ residual)) in one call, as Sequential makes it; running statistics stay. */
function fusedNorm(
  x: T,
  weight: T,
  bias: T,
  residual: T | undefined,
  layer: torch.nn.BatchNorm2d,
  training: boolean,
  relu: boolean,
): T {
  const more = residual === undefined ? 0 : handleOf(residual);
  const [w, b, mean, variance] = [weight, bias, layer.runningMean!, layer.runningVar!].map(handleOf);
  return wrap(native.batchNormRelu(handleOf(x), more, w!, b!, mean!, variance!, training, 0, layer.eps, relu));
}
