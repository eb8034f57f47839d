import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

const { nn } = torch;
const two = () => torch.tensor([2]);

class Double extends nn.Module {
  forward(x: torch.Tensor) {
    return x.mul(2);
  }
}

describe("forward hooks", () => {
  it("see inputs and outputs, and run in order", () => {
    const module = new Double();
    const seen: string[] = [];
    module.registerForwardPreHook((m, [x]) => {
      seen.push(`before ${m === module} ${x.item()}`);
    });
    module.registerForwardHook((m, [x], out) => {
      seen.push(`after ${m === module} ${x.item()} ${out.item()}`);
    });
    module.registerForwardHook(() => {
      seen.push("last");
    });
    expect(module.forward(two()).item()).toBe(4);
    expect(module.call(two()).item()).toBe(4);
    expect(seen).toEqual(["before true 2", "after true 2 4", "last", "before true 2", "after true 2 4", "last"]);
  });

  it("may change both", () => {
    const module = new Double();
    module.registerForwardPreHook((_, [x]) => [x.add(1)]);
    module.registerForwardHook((_, __, out) => out.neg());
    expect(module.forward(two()).item()).toBe(-6);
  });

  it("run inside containers too, and come off again", () => {
    const inner = new Double();
    let calls = 0;
    const hook = inner.registerForwardHook(() => {
      calls++;
    });
    const outer = new nn.Sequential(inner, new Double());
    expect(outer.forward(two()).item()).toBe(8);
    hook.remove();
    hook.remove();
    outer.forward(two());
    expect(calls).toBe(1);
  });

  it("work where forward is a property of the object, and leave other objects of the class alone", () => {
    class Arrow extends nn.Module {
      forward = (x: torch.Tensor) => x.add(1);
    }
    const [hooked, plain] = [new Arrow(), new Arrow()];
    hooked.registerForwardHook((_, __, out) => out.mul(10));
    expect([hooked.forward(two()).item(), plain.forward(two()).item()]).toEqual([30, 3]);
  });

  it("do not run twice when a subclass calls super.forward", () => {
    class More extends Double {
      override forward(x: torch.Tensor) {
        return super.forward(x).add(1);
      }
    }
    const module = new More();
    let calls = 0;
    module.registerForwardHook(() => {
      calls++;
    });
    expect(module.forward(two()).item()).toBe(5);
    expect(calls).toBe(1);
  });

  it("do not show up in the state, and refuse what is no function", () => {
    const module = new nn.Linear(1, 1);
    module.registerForwardHook(() => {});
    expect(Object.keys(module.stateDict())).toEqual(["weight", "bias"]);
    expect(errorOf(() => module.registerForwardHook(3 as unknown as () => void)).code).toBe("E_ARG");
    module.registerForwardPreHook((() => two()) as unknown as () => undefined);
    expect(errorOf(() => module.forward(two())).message).toMatch(/list of inputs or nothing/);
  });

  it.each([
    ["MaxPool2d", () => new nn.MaxPool2d(2)],
    ["FractionalMaxPool2d", () => new nn.FractionalMaxPool2d(2, { outputSize: 2 })],
  ])("of %s run once around forward and forwardWithIndices, which gives them the pair", (_, make) => {
    const pool = make();
    const seen: unknown[] = [];
    pool.registerForwardPreHook((_, [x]) => [x.neg()]);
    pool.registerForwardHook((module, [x], output: unknown) => {
      seen.push([module === pool, x.sum().item(), Array.isArray(output)]);
    });
    pool.registerFullBackwardHook((_, [gradInput], gradOutput) => {
      seen.push([gradInput!.sum().item(), gradOutput.map((grad) => grad?.sum().item() ?? null)]);
    });
    const x = torch.ones([1, 1, 4, 4]).requiresGrad_();
    const [values, indices] = pool.forwardWithIndices(x);
    expect([values.shape, indices.dtype, values.sum().item()]).toEqual([[1, 1, 2, 2], "int64", -4]);
    values.sum().backward();
    expect(seen).toEqual([
      [true, -16, true],
      [4, [4, null]],
    ]);
    seen.length = 0;
    expect(pool.forward(x).sum().item()).toBe(-4);
    expect(seen).toEqual([[true, -16, false]]);
  });
});
