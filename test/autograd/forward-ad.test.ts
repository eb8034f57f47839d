import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

type T = torch.Tensor;
const { func, nn } = torch;
const { dualLevel, makeDual, unpackDual } = torch.autograd.forwardAd;
const double = (data: torch.TensorData) => torch.tensor(data, { dtype: "float64" });
const close = (a: T, b: T, rtol = 1e-10) => a.allclose(b, { rtol, atol: 1e-12 });

describe("dual tensors", () => {
  it("carry the directional derivative along", () => {
    const x = double([0.5, 2]);
    const t = double([3, -1]);
    const [y, dy, none] = dualLevel(() => {
      const { primal, tangent } = unpackDual(makeDual(x, t).sin().mul(x));
      return [primal, tangent!, unpackDual(x).tangent];
    });
    expect(close(y!, x.sin().mul(x))).toBe(true);
    expect(close(dy!, t.mul(x.cos()).mul(x))).toBe(true); // x beside it is a constant
    expect(none).toBe(null);
  });

  it("the tangent's own gradient is there: forward over reverse", () => {
    const x = double([0.5, 2]).requiresGrad_();
    const dy = dualLevel(() => unpackDual(makeDual(x, double([1, 1])).pow(3)).tangent!);
    const [second] = torch.autograd.grad([dy.sum()], [x]);
    expect(close(second!, x.detach().mul(6))).toBe(true);
  });

  it("lose the tangent outside, also after an error", () => {
    const left = dualLevel(() => makeDual(double([1]), double([2])));
    dualLevel(() => expect(unpackDual(left).tangent).toBe(null));
    expect(() =>
      dualLevel(() => {
        throw new Error("mine");
      }),
    ).toThrow("mine");
    expect(dualLevel(() => 5)).toBe(5);
  });

  it("what is wrong says so", () => {
    const x = double([1, 2]);
    const code = (fn: () => unknown) => {
      const { code, message } = errorOf(fn);
      return `${code} ${message.split("\n")[0]}`;
    };
    expect(code(() => makeDual(x, x))).toBe("E_STATE [makeDual] expected to be called inside dualLevel");
    expect(code(() => unpackDual(x))).toMatch(/^E_STATE \[unpackDual\]/);
    expect(code(() => dualLevel(() => dualLevel(() => 1)))).toMatch(/^E_STATE \[dualLevel\] expected no other/);
    expect(code(() => dualLevel(() => makeDual(x, double([1]))))).toBe(
      "E_ARG [makeDual] expected a tangent like float64 [2] cpu, got float64 [1] cpu",
    );
    expect(code(() => dualLevel(() => makeDual(x, x.float())))).toMatch(/got float32 \[2\] cpu$/);
    expect(code(() => dualLevel(() => makeDual(torch.tensor([1n]), torch.tensor([1n]))))).toMatch(
      /^E_ARG \[makeDual\] expected floating point or complex elements for 'tensor', got int64/,
    );
    expect(code(() => dualLevel(() => makeDual(x, 1 as unknown as T)))).toMatch(/expected a tensor for 'tangent'/);
    expect(code(() => dualLevel(() => unpackDual(null as unknown as T)))).toMatch(/expected a tensor/);
  });

  it("own layers leave them to LibTorch: convolution, batch norm, ReLU, linear, cross entropy", () => {
    torch.manualSeed(3);
    const model = new nn.Sequential(
      new nn.Conv2d(2, 3, 3, { padding: 1 }),
      new nn.BatchNorm2d(3),
      new nn.ReLU(),
      new nn.Flatten(),
      new nn.Linear(48, 4),
    ).to("float64");
    const target = torch.tensor([1n, 3n]);
    const loss = (x: T) => nn.functional.crossEntropy(model.forward(x), target);
    for (const training of [true, false]) {
      model.train(training);
      const x = torch.randn([2, 2, 4, 4], { dtype: "float64" });
      expect(close(func.jacfwd(loss)(x), func.grad(loss)(x), 1e-8)).toBe(true);
    }
  });
});

describe("jacfwd", () => {
  const f = (x: T) => torch.stack([x.sin(), x.mul(x.flip(0))]);

  it("equals jacrev", () => {
    const x = torch.randn([3], { dtype: "float64" });
    expect(func.jacfwd(f)(x).shape).toEqual([2, 3, 3]);
    expect(close(func.jacfwd(f)(x), func.jacrev(f)(x))).toBe(true);
    const [a, b] = func.jacfwd((_k: number, x: T): [T, T] => [x.exp(), torch.ones([2])], { argnum: 1 })(1, x);
    expect(close(a!, torch.diag(x.exp()))).toBe(true);
    expect([b!.shape, b!.abs().sum().item()]).toEqual([[2, 3], 0]);
    expect(func.jacfwd(f)(x.view([3, 1])).shape).toEqual([2, 3, 1, 3, 1]);
    expect(func.jacfwd((x: T) => x.sum(1))(torch.ones([2, 0])).shape).toEqual([2, 2, 0]);
  });

  it("of a gradient is the Hessian", () => {
    const g = (x: T) => x.sin().mul(x.flip(0)).sum();
    const x = torch.randn([4], { dtype: "float64" });
    expect(close(func.jacfwd(func.grad(g))(x), func.hessian(g)(x))).toBe(true);
    expect(close(func.jacfwd((x: T) => func.vjp(g, x)[1](double(1))[0])(x), func.hessian(g)(x))).toBe(true);
  });

  it("refuses what it cannot differentiate", () => {
    expect(errorOf(() => func.jacfwd(f)(torch.tensor([1n]))).message).toContain("floating point or complex");
    expect(errorOf(() => func.jacfwd(f, { argnum: 1 })(double([1]))).message).toContain("a tensor as argument 1");
    expect(errorOf(() => func.jacfwd((_x: T) => 3 as unknown as T)(double([1]))).message).toContain(
      "to return tensors",
    );
    expect(errorOf(() => func.jacfwd(func.jacfwd(f))(double([1]))).code).toBe("E_STATE");
  });
});

class Cube extends torch.autograd.Function {
  static forward(ctx: torch.autograd.FunctionContext, x: T) {
    ctx.saveForBackward(x);
    ctx.saveForForward(x);
    return x.pow(3);
  }
  static backward(ctx: torch.autograd.FunctionContext, grad: T) {
    return ctx.savedTensors[0]!.square().mul(3).mul(grad);
  }
  static jvp(ctx: torch.autograd.FunctionContext, tangent: T) {
    return ctx.savedTensors[0]!.square().mul(3).mul(tangent);
  }
}

class TwoOut extends torch.autograd.Function {
  static forward(ctx: torch.autograd.FunctionContext, x: T, k: number, y: T) {
    Object.assign(ctx, { x, y, k });
    return [x.mul(y).mul(k), y.sum()];
  }
  static jvp(ctx: torch.autograd.FunctionContext, dx: T | null, dy: T | null) {
    const { x, y, k } = ctx as unknown as { x: T; y: T; k: number };
    const zero = torch.zerosLike(x);
    return [
      (dx ?? zero)
        .mul(y)
        .add((dy ?? zero).mul(x))
        .mul(k),
      (dy ?? zero).sum(),
    ];
  }
}

describe("custom functions with a jvp", () => {
  const along = (fn: () => T) => dualLevel(() => unpackDual(fn()).tangent);

  it("one input, one output", () => {
    const x = double([1, 2]);
    expect(along(() => Cube.apply(makeDual(x, double([1, 10]))))!.toArray()).toEqual([3, 120]);
    expect(close(func.jacfwd((x: T) => Cube.apply(x))(x), torch.diag(double([3, 12])))).toBe(true);
    expect(along(() => Cube.apply(x))).toBe(null);
  });

  it("several inputs, of which some carry none, and several outputs", () => {
    const [x, y, t] = [double([1, 2]), double([3, 4]), double([1, 1])];
    const [a, b] = dualLevel(() => {
      const [a, b] = TwoOut.apply(x, 2, makeDual(y, t));
      return [unpackDual(a!).tangent!, unpackDual(b!).tangent!];
    });
    expect([a!.toArray(), b!.item()]).toEqual([[2, 4], 2]);
  });

  it("and without one say that it is missing", () => {
    class NoJvp extends torch.autograd.Function {
      static forward(_ctx: torch.autograd.FunctionContext, x: T) {
        return x.mul(2);
      }
    }
    const error = errorOf(() => dualLevel(() => NoJvp.apply(makeDual(double([1]), double([1])))));
    expect([error.code, error.message]).toEqual([
      "E_ARG",
      expect.stringContaining("[NoJvp] expected a static jvp, got none"),
    ]);
  });

  it("whose jvp throws, or gives too few or what is no tensor", () => {
    const having = (jvp: (...given: never[]) => unknown) =>
      class Bad extends torch.autograd.Function {
        static forward(_ctx: torch.autograd.FunctionContext, x: T) {
          return x.mul(2);
        }
        static jvp = jvp;
      };
    const dual = () => makeDual(double([1]), double([1]));
    const run = (jvp: (...given: never[]) => unknown) => errorOf(() => dualLevel(() => having(jvp).apply(dual())));
    const mine = new RangeError("mine");
    const throwing = having(() => {
      throw mine;
    });
    expect(() => dualLevel(() => throwing.apply(dual()))).toThrow(mine);
    expect(run(() => []).code).toMatch(/^E_/);
    expect(run(() => 3).message).toContain("expected tensors and nulls, got number");
    expect(run(() => double([1, 2, 3])).code).toMatch(/^E_/);
    expect(dualLevel(() => Cube.apply(dual()).item())).toBe(1); // the next one is as if nothing had been
  });
});
