import { afterAll, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { errorOf } from "../error-of.js";
import { expectSame, inputsOf, programsIn } from "./programs.js";

/* Programs with custom functions, hooks, checkpoints, torch.func and autograd.functional that Python ran too. */

type T = torch.Tensor;
type Context = torch.autograd.FunctionContext;
type Inputs = Record<string, T>;
type Out = Record<string, T | number | boolean | null>;
const { functional } = torch.autograd;
const { checkpoint } = torch.utils.checkpoint;

class Cube extends torch.autograd.Function {
  static forward(ctx: Context, x: T) {
    ctx.saveForBackward(x);
    return x.pow(3);
  }
  static backward(ctx: Context, g: T) {
    return ctx.savedTensors[0]!.square().mul(3).mul(g);
  }
}

class Products extends torch.autograd.Function {
  static forward(ctx: Context & { k?: number }, x: T, k: number, y: T): [T, T] {
    ctx.saveForBackward(x, y);
    ctx.k = k;
    return [x.mul(y).mul(k), x.add(y).exp()];
  }
  static backward(ctx: Context & { k?: number }, a: T, b: T) {
    const [x, y] = ctx.savedTensors as [T, T];
    const e = b.mul(x.add(y).exp());
    return [a.mul(y).mul(ctx.k!).add(e), null, a.mul(x).mul(ctx.k!).add(e)];
  }
}

class Exp extends torch.autograd.Function {
  static forward(ctx: Context, x: T) {
    const y = x.exp();
    ctx.saveForBackward(y);
    return y;
  }
  static backward(ctx: Context, g: T) {
    return g.mul(ctx.savedTensors[0]!);
  }
}

class Top extends torch.autograd.Function {
  static forward(ctx: Context & { shape?: number[] }, x: T): [T, T] {
    const [values, indices] = x.max(1);
    ctx.markNonDifferentiable(indices);
    ctx.saveForBackward(indices);
    ctx.shape = x.shape;
    return [values, indices];
  }
  static backward(ctx: Context & { shape?: number[] }, g: T) {
    const [i] = ctx.savedTensors;
    return torch.zeros(ctx.shape!, { dtype: g.dtype }).scatter(1, i!.unsqueeze(1), g.unsqueeze(1));
  }
}

class Double_ extends torch.autograd.Function {
  static forward(ctx: Context, y: T) {
    y.mul_(2);
    ctx.markDirty(y);
    return y;
  }
  static backward(_: Context, g: T) {
    return g.mul(2);
  }
}

class Power extends torch.autograd.Function {
  static forward(x: T, k: number) {
    return x.pow(k);
  }
  static setupContext(ctx: Context & { k?: number }, inputs: readonly [T, number]) {
    ctx.saveForBackward(inputs[0]);
    ctx.k = inputs[1];
  }
  static backward(ctx: Context & { k?: number }, g: T) {
    const k = ctx.k!;
    return [g.mul(k).mul(ctx.savedTensors[0]!.pow(k - 1)), null];
  }
}

class SquareOnce extends torch.autograd.Function {
  static forward(ctx: Context, x: T) {
    ctx.saveForBackward(x);
    return x.mul(x);
  }
  static backward = torch.autograd.onceDifferentiable((ctx: Context, g: T) => g.mul(2).mul(ctx.savedTensors[0]!));
}

class TooFew extends torch.autograd.Function {
  static forward(_: Context, x: T, y: T) {
    return x.mul(y);
  }
  static backward(_: Context, g: T) {
    return g;
  }
}

class OtherShape extends torch.autograd.Function {
  static forward(_: Context, x: T) {
    return x.mul(2);
  }
  static backward() {
    return torch.ones([5], { dtype: "float64" });
  }
}

class LowPrecision extends torch.autograd.Function {
  static forward(_: Context, x: T) {
    return x.mul(2);
  }
  static backward(_: Context, g: T) {
    return g.mul(2).float();
  }
}

const gradOf = (y: T, x: T, createGraph = false) => torch.autograd.grad([y.sum()], [x], { createGraph })[0]!;

const PROGRAMS: Record<string, (inputs: Inputs) => Out> = {
  "custom function": ({ x }) => {
    const y = Cube.apply(x!);
    const g = gradOf(y.mul(y), x!, true);
    return { y: y.detach(), g: g.detach(), h: gradOf(g, x!) };
  },
  "several outputs and other arguments": ({ x, y }) => {
    const [p, q] = Products.apply(x!, 3, y!);
    const loss = p.sin().add(q.mul(q)).sum();
    const [gx, gy] = torch.autograd.grad([loss], [x!, y!], { createGraph: true });
    gx!.square().sum().add(gy!.sum()).backward();
    return { p: p.detach(), q: q.detach(), gx: gx!.detach(), gy: gy!.detach(), hx: x!.grad, hy: y!.grad };
  },
  "output saved for backward": ({ x }) => {
    const g = gradOf(Exp.apply(x!).square(), x!, true);
    const h = gradOf(g, x!, true);
    return { g: g.detach(), h: h.detach(), t: gradOf(h, x!) };
  },
  "unused output is zeros": ({ x }) => {
    let seen: T | undefined;
    class F extends torch.autograd.Function {
      static forward(_: Context, x: T): [T, T] {
        return [x.mul(2), x.mul(3)];
      }
      static backward(_: Context, a: T, b: T) {
        seen = b;
        return a.mul(2).add(b.mul(3));
      }
    }
    F.apply(x!)[0].sum().backward();
    return { grad: x!.grad, seen: seen! };
  },
  "output without gradient": ({ x }) => {
    const [v, i] = Top.apply(x!);
    v.mul(v).sum().backward();
    return { grad: x!.grad, i, requires_grad: i.requiresGrad };
  },
  "input changed in place": ({ x }) => {
    const y = x!.mul(3);
    const z = Double_.apply(y);
    z.mul(z).sum().backward();
    return { grad: x!.grad, same: z === y, version: y.version };
  },
  "needs input grad in forward": ({ x }) => {
    let seen: readonly boolean[] = [];
    class F extends torch.autograd.Function {
      static forward(ctx: Context, x: T, y: T, _k: number) {
        seen = ctx.needsInputGrad;
        return x.mul(y);
      }
      static backward(_: Context, g: T) {
        return [g, null, null];
      }
    }
    F.apply(x!, torch.ones([3], { dtype: "float64" }), 2);
    return { x: seen[0]!, y: seen[1]!, k: seen[2]! };
  },
  "separate context": ({ x }) => {
    const g = gradOf(Power.apply(x!, 3), x!, true);
    return { g: g.detach(), h: gradOf(g, x!) };
  },
  "gradient in lower precision is converted": ({ x }) => {
    LowPrecision.apply(x!).sum().backward();
    return { grad: x!.grad };
  },
  "hook after accumulation": ({ x, w }) => {
    const calls: T[] = [];
    const handle = x!.registerPostAccumulateGradHook((p) => {
      calls.push(p.grad!.clone());
      torch.noGrad(() => p.sub_(p.grad!, { alpha: 0.25 }));
      p.grad = null;
    });
    x!.mul(w!).square().sum().backward();
    handle.remove();
    x!.mul(w!).sum().backward();
    return { seen: calls[0]!, calls: calls.length, x: x!.detach(), gx: x!.grad, gw: w!.grad };
  },
  "saved tensors packed": ({ x, w }) => {
    let packed = 0;
    const y = torch.autograd.graph.savedTensorsHooks(
      (t) => {
        packed++;
        return t.detach().float();
      },
      (t) => t.double().mul(2),
      () => x!.matmul(w!).square().sum(),
    );
    y.backward();
    return { gx: x!.grad, gw: w!.grad, packed };
  },
  "checkpointing gives the same": ({ x, w }) => {
    const block = (t: T) => t.matmul(w!).tanh().mul(t);
    checkpoint(block, [checkpoint(block, [x!])])
      .sum()
      .backward();
    return { gx: x!.grad, gw: w!.grad };
  },
  "checkpoint with dropout": ({ x, w }) => {
    torch.manualSeed(5);
    const block = (t: T) => torch.nn.functional.dropout(t.matmul(w!).tanh(), { p: 0.5 });
    const y = checkpoint(block, [x!]);
    torch.rand([3]);
    y.square().sum().backward();
    return { y: y.detach(), gx: x!.grad, gw: w!.grad };
  },
  "jacobian of two outputs": ({ x }) => {
    const [a, b] = functional.jacobian((t: T) => [t.sum(1).exp(), t.prod()], x!);
    return { a: a!, b: b! };
  },
  "jacobian by two inputs": ({ x, y }) => {
    const [a, b] = functional.jacobian((p, q) => p!.mul(q!.sum()).add(q!.mul(q!)), [x!, y!]);
    return { a: a!, b: b! };
  },
  "hessian by two inputs": ({ x, y }) => {
    const f = (p: T, q: T) => p.pow(3).sum().mul(q.prod()).add(p.sum());
    const [[a, b], [c, d]] = functional.hessian(f as (...t: T[]) => T, [x!, y!]) as [[T, T], [T, T]];
    return { a, b, c, d };
  },
  products: ({ x, v_ }) => {
    const f = (t: T) => t.sin().mul(t.flip(0).exp()).sum();
    const g = (t: T) => torch.stack([t.prod(), t.mul(t).sum()]);
    const [y, hv] = functional.hvp(f, x!, v_!);
    const [, vh] = functional.vhp(f, x!, v_!);
    const [, jv] = functional.jvp(g, x!, v_!);
    const [, vj] = functional.vjp(g, x!, torch.tensor([1, 0.5], { dtype: "float64" }));
    return { y, hv, vh, jv, vj };
  },
  "vjp and jvp": ({ x, v_ }) => {
    const f = (t: T) => torch.stack([t.prod(), t.mul(t).sum()]);
    const [y, pull] = torch.func.vjp(f, x!.detach());
    const [, push] = torch.func.jvp((t) => f(t!), [x!.detach()], [v_!]);
    const [vjp] = pull(torch.tensor([1, 0.5], { dtype: "float64" }));
    return { y, vjp, jvp: push, jacobian: torch.func.jacrev(f)(x!.detach()) };
  },
  "func gradients nest": ({ x }) => {
    const { grad, gradAndValue, hessian } = torch.func;
    const f = (t: T) => t.sin().mul(t).mul(t).sum();
    const at = x!.detach();
    const [g, y] = gradAndValue(f)(at);
    const second = grad((t: T) => grad(f)(t).sum())(at);
    const third = grad((t: T) => grad((u: T) => grad(f)(u).sum())(t).sum())(at);
    return { y, g, second, third, hessian: hessian(f)(at), requires_grad: g.requiresGrad };
  },
  "func gradient through a captured tensor": ({ x, w }) => {
    const g = torch.func.grad((t: T) => t.matmul(w!).exp().sum())(x!.detach());
    g.square().sum().backward();
    return { g: g.detach(), gw: w!.grad, none: x!.grad };
  },
  "func of a module": ({ x, w, b }) => {
    const layer = new torch.nn.Linear(3, 3, { dtype: "float64" });
    const before = layer.weight.clone();
    const loss = (p: torch.func.StateTensors, t: T) => torch.func.functionalCall(layer, p, [t]).square().mean();
    const g = torch.func.grad(loss)({ weight: w!.detach(), bias: b!.detach() }, x!.detach());
    return { gw: g.weight!, gb: g.bias!, unchanged: layer.weight.equal(before) };
  },
};

const REFUSED: Record<string, [run: (inputs: Inputs) => unknown, message: RegExp]> = {
  "once differentiable twice fails": [
    ({ x }) => gradOf(SquareOnce.apply(x!).sin(), x!, true).sum().backward(),
    /\[SquareOnce\.backward\] expected to be differentiated once/,
  ],
  "too few gradients fail": [
    ({ x }) => TooFew.apply(x!, x!).sum().backward(),
    /\[TooFew\.backward\] expected 2 gradients, one per argument of forward, got 1/,
  ],
  "gradient of another shape fails": [
    ({ x }) => OtherShape.apply(x!).sum().backward(),
    /\[OtherShape\.backward\] expected a gradient like float64 \[3\] cpu for input 0, got float64 \[5\] cpu/,
  ],
};

const cases = new Map([...programsIn("autograd.json"), ...programsIn("autograd-more.json")]);
const named = (name: string) => {
  const found = cases.get(name);
  if (found === undefined) throw new Error(`the fixtures have no program "${name}"`);
  return found;
};

describe.each([
  ["on the JavaScript thread", false],
  ["with backward on another thread", true],
])("programs give what Python gives, %s", (_, away) => {
  afterAll(() => void native.setBackwardAway(false));

  it.each(Object.keys(PROGRAMS))("%s", (name) => {
    native.setBackwardAway(away);
    expectSame(named(name), PROGRAMS[name]!(inputsOf(named(name))));
  });

  it.each(Object.keys(REFUSED))("%s", (name) => {
    native.setBackwardAway(away);
    const [run, message] = REFUSED[name]!;
    expect(named(name).message).toBeDefined();
    const error = errorOf(() => run(inputsOf(named(name))));
    expect([error.code, error.message]).toEqual(["E_ARG", expect.stringMatching(message)]);
  });
});

it("every program of autograd-more.json is here", () => {
  const here = [...Object.keys(PROGRAMS), ...Object.keys(REFUSED)];
  expect([...programsIn("autograd-more.json").keys()].filter((name) => !here.includes(name))).toEqual([]);
});
