import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";

type T = torch.Tensor;
type Context = torch.autograd.FunctionContext;
const leaf = (data: torch.TensorData) => torch.tensor(data, { requiresGrad: true, dtype: "float64" });

class Square extends torch.autograd.Function {
  static forward(ctx: Context, x: T) {
    ctx.saveForBackward(x);
    return x.mul(x);
  }
  static backward(ctx: Context, g: T) {
    return g.mul(ctx.savedTensors[0]!).mul(2);
  }
}

/** A function of one tensor whose backward is given. */
function withBackward(backward: (ctx: Context, g: T) => torch.autograd.Gradients) {
  return class Given extends torch.autograd.Function {
    static forward(ctx: Context, x: T) {
      ctx.saveForBackward(x);
      return x.mul(2);
    }
    static backward = backward;
  };
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error");
}

describe.each([
  ["on the JavaScript thread", false],
  ["called from another thread", true],
])("custom functions, %s", (_, away) => {
  beforeAll(() => void native.setBackwardAway(away));
  afterAll(() => void native.setBackwardAway(false));

  it("is a node of the graph under its class's name", () => {
    const x = leaf([3]);
    const y = Square.apply(x);
    expect([y.gradFn, y.requiresGrad, y.isLeaf]).toEqual(["SquareBackward", true, false]);
    y.backward();
    expect(x.grad!.item()).toBe(6);
    expect(torch.noGrad(() => Square.apply(x)).requiresGrad).toBe(false);
    expect(Square.apply(torch.ones([1])).gradFn).toBe(null);
  });

  it("backward sees which gradients are asked for, and null where it wants no zeros", () => {
    const seen: unknown[] = [];
    class F extends torch.autograd.Function {
      static forward(ctx: Context, x: T, _text: string, y: T): [T, T] {
        ctx.setMaterializeGrads(false);
        return [x.add(y), x.mul(2)];
      }
      static backward(ctx: Context, a: T | null, b: T | null) {
        seen.push(ctx.needsInputGrad, a === null, b === null);
        return [a, null, a];
      }
    }
    const [x, y] = [leaf([1]), leaf([2])];
    torch.autograd.grad([F.apply(x, "text", y)[0]], [y]);
    expect(seen).toEqual([[false, false, true], false, true]);
  });

  it("an error thrown in backward comes out as it is, and the next pass works", () => {
    const x = leaf([1, 2]);
    const error = new RangeError("mine");
    const F = withBackward(() => {
      throw error;
    });
    expect(thrownBy(() => F.apply(x).sum().backward())).toBe(error);
    expect(thrownBy(() => torch.autograd.grad([F.apply(Square.apply(x)).sum()], [x]))).toBe(error);
    Square.apply(x).sum().backward();
    expect(x.grad!.toArray()).toEqual([2, 4]);
  });

  it("a value that is no Error comes out as it is", () => {
    const F = withBackward(() => {
      throw "a string";
    });
    expect(thrownBy(() => F.apply(leaf([1])).backward())).toBe("a string");
  });

  it("a backward pass inside backward, and errors through both", () => {
    const x = leaf([3]);
    const inner = leaf([2]);
    const F = withBackward((_ctx, g) => {
      torch.enableGrad(() => Square.apply(inner).backward());
      return g.mul(inner.grad!);
    });
    F.apply(Square.apply(x)).backward();
    expect([inner.grad!.item(), x.grad!.item()]).toEqual([4, 24]);
    const error = new Error("deep");
    const Failing = withBackward(() => {
      throw error;
    });
    const Outer = withBackward((_ctx, g) => {
      torch.enableGrad(() => Failing.apply(Square.apply(inner)).backward());
      return g;
    });
    expect(thrownBy(() => Outer.apply(x).backward())).toBe(error);
    const Catching = withBackward((_ctx, g) => {
      expect(thrownBy(() => torch.enableGrad(() => Failing.apply(inner).backward()))).toBe(error);
      return g;
    });
    x.grad = null;
    Catching.apply(x).backward();
    expect(x.grad!.item()).toBe(1);
  });

  it("ten levels of backward inside backward", () => {
    const down = (depth: number): number => {
      const x = leaf([1]);
      const F = withBackward((_ctx, g) => g.mul(depth === 0 ? 1 : torch.enableGrad(() => down(depth - 1))));
      F.apply(x).backward();
      return x.grad!.itemNumber() + 1;
    };
    expect(down(10)).toBe(12);
  });

  it("gradient mode in backward is that of the pass", () => {
    const modes: boolean[] = [];
    const F = withBackward((_ctx, g) => {
      modes.push(torch.isGradEnabled());
      return g;
    });
    const x = leaf([1]);
    torch.autograd.grad([F.apply(x)], [x]);
    torch.autograd.grad([F.apply(x)], [x], { createGraph: true });
    expect([modes, torch.isGradEnabled()]).toEqual([[false, true], true]);
  });

  it("wrong gradients are typed errors that name function and argument", () => {
    const x = leaf([1, 2]);
    const error = (backward: (ctx: Context, g: T) => torch.autograd.Gradients) => {
      const { code, message } = errorOf(() => withBackward(backward).apply(x).sum().backward());
      return `${code} ${message}`;
    };
    expect(error(() => torch.ones([3]))).toBe(
      "E_ARG [Given.backward] expected a gradient like float64 [2] cpu for input 0, got float32 [3] cpu",
    );
    expect(error(() => torch.ones([2], { dtype: "int64" }))).toContain("got int64 [2] cpu");
    expect(error(() => torch.ones([2], { device: "meta" }))).toContain("got float32 [2] meta");
    expect(error((_ctx, g) => [g, g])).toContain("expected 1 gradients, one per argument of forward, got 2");
    expect(error(() => 5 as unknown as T)).toContain("expected tensors and nulls, got number");
  });

  it("a gradient that broadcasts back is summed, an extra null is fine, null is no gradient", () => {
    const x = leaf([1, 2]);
    withBackward((_ctx, g) => [g.expand([3, 2]), null])
      .apply(x)
      .sum()
      .backward();
    expect(x.grad!.toArray()).toEqual([3, 3]);
    x.grad = null;
    withBackward(() => null)
      .apply(x)
      .sum()
      .backward();
    expect(x.grad).toBe(null);
  });

  it("hooks and anomaly mode see it", () => {
    const x = leaf([1]);
    const y = Square.apply(x);
    const seen: unknown[] = [];
    y.registerHook((g) => void seen.push(g.toArray()));
    y.mul(5).backward();
    expect(seen).toEqual([[5]]);
    const Nan = withBackward((_ctx, g) => g.mul(Number.NaN));
    const message = errorOf(() => torch.autograd.detectAnomaly(() => Nan.apply(x).backward())).message;
    expect(message).toContain("'GivenBackward' returned nan values");
    expect(message).toContain("function.test.ts");
  });

  it("saved tensors: changed in place, freed, read too late", () => {
    const x = leaf([1, 2]);
    const mid = x.mul(1);
    const y = Square.apply(mid).sum();
    mid.add_(1);
    expect(errorOf(() => y.backward()).message).toContain("modified by an inplace operation");
    const z = Square.apply(x).sum();
    z.backward();
    expect(errorOf(() => z.backward()).help).toContain("retainGraph");
    let kept: Context | undefined;
    withBackward((ctx, g) => {
      kept = ctx;
      return g;
    })
      .apply(x)
      .sum()
      .backward();
    expect(errorOf(() => kept!.savedTensors).code).toBe("E_STATE");
  });

  it("a second derivative passes gradgradcheck", () => {
    const x = torch.randn([2, 3], { dtype: "float64", requiresGrad: true });
    expect(torch.autograd.gradcheck((x) => Square.apply(x!), [x])).toBe(true);
    expect(torch.autograd.gradgradcheck((x) => Square.apply(x!), [x])).toBe(true);
  });

  it("nothing leaks: tensors, bytes and functions", () => {
    const x = torch.randn([64, 64], { requiresGrad: true });
    const run = () => {
      torch.tidy(() => {
        const held = torch.randn([64, 64]);
        const F = withBackward((_ctx, g) => g.mul(held));
        const y = Square.apply(x);
        y.registerHook((g) => g.mul(held));
        F.apply(y).sum().backward();
        F.apply(x); // a graph that no pass ever frees
        x.grad = null;
      });
    };
    run();
    const before = liveMemory();
    for (let i = 0; i < 20; i++) run();
    const after = liveMemory();
    expect([after.tensors, after.allocated]).toEqual([before.tensors, before.allocated]);
  });
});

describe("custom functions in forward mode and elsewhere", () => {
  it("an input returned as it is becomes a view; an output that is no tensor stays", () => {
    class F extends torch.autograd.Function {
      static forward(_: Context, x: T): [T, string, T] {
        return [x, "text", x.mul(2)];
      }
      static backward(_: Context, a: T, none: null, b: T) {
        expect(none).toBe(null);
        return a.add(b.mul(2));
      }
    }
    const x = leaf([1]);
    const [same, text, twice] = F.apply(x);
    expect([same.is(x), same.gradFn, text]).toEqual([false, "FBackward", "text"]);
    same.add(twice).backward();
    expect(x.grad!.item()).toBe(3);
  });

  it("a leaf that is changed in place, and dirty tensors that are no outputs, are refused", () => {
    class F extends torch.autograd.Function {
      static forward(ctx: Context, x: T, returns: boolean) {
        ctx.markDirty(x);
        return returns ? x : x.mul(2);
      }
      static backward(_: Context, g: T) {
        return [g, null];
      }
    }
    expect(errorOf(() => F.apply(leaf([1]), true)).message).toContain("a leaf Variable that requires grad");
    expect(errorOf(() => F.apply(leaf([1]).mul(1), false)).message).toContain("[F]");
  });

  it("what may be saved and marked is checked", () => {
    const attempt = (use: (ctx: Context) => void) =>
      errorOf(() =>
        class F extends torch.autograd.Function {
          static forward(ctx: Context, x: T) {
            use(ctx);
            return x.mul(2);
          }
        }.apply(leaf([1])),
      );
    expect(attempt((ctx) => ctx.saveForBackward(2 as unknown as T)).message).toContain(
      "[saveForBackward] expected tensors, got number",
    );
    expect(attempt((ctx) => ctx.markDirty(null as unknown as T)).message).toContain("[markDirty] expected tensors");
  });

  it("no backward is an error when it is needed, and only then", () => {
    class F extends torch.autograd.Function {
      static forward(_: Context, x: T) {
        return x.mul(2);
      }
    }
    const y = F.apply(leaf([1]));
    expect(errorOf(() => y.backward()).message).toContain("[F] expected a static backward, got none");
  });

  it("hook ids and graphs that hold each other go with torch.tidy()", () => {
    const before = liveMemory();
    torch.tidy(() => {
      const y = Square.apply(leaf([1, 2]));
      y.registerHook(() => void y.shape);
      y.sum().backward();
    });
    torch.collectGarbage();
    expect(torch.memory().tensors).toBe(before.tensors);
  });
});
