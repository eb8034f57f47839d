import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";

let before = 0;
beforeEach(() => {
  before = liveMemory().tensors;
});
/** Tensors alive beyond those at the start of the test. */
const alive = () => torch.memory().tensors - before;
const kept: torch.Tensor[] = [];
const hold = <T extends torch.Tensor>(tensor: T): T => {
  kept.push(tensor);
  return tensor;
};
afterEach(() => {
  for (const tensor of kept.splice(0)) tensor.dispose();
});

describe("1. tidy", () => {
  it("frees all but what is returned, exactly", () => {
    const out = hold(
      torch.tidy(() => {
        const a = torch.ones([2]);
        const b = a.add(1);
        expect(alive()).toBe(2);
        return b.mul(a);
      }),
    );
    expect(alive()).toBe(1);
    expect(out.toArray()).toEqual([2, 2]);
  });

  it("keeps what is inside arrays, objects, maps and sets, cycles included", () => {
    const out = torch.tidy(() => {
      const ring: Record<string, unknown> = {
        array: [torch.ones([1])],
        deep: { map: new Map([["k", torch.ones([1])]]) },
      };
      ring.set = new Set([torch.ones([1])]);
      ring.self = ring;
      torch.ones([1]);
      return ring;
    });
    expect(alive()).toBe(3);
    hold((out.array as torch.Tensor[])[0]!);
    for (const tensor of out.set as Set<torch.Tensor>) hold(tensor);
    hold((out.deep as { map: Map<string, torch.Tensor> }).map.get("k")!);
  });

  it("nested scopes: the inner one's result belongs to the outer", () => {
    torch.tidy(() => {
      const inner = torch.tidy(() => torch.ones([1]).add(1));
      expect(alive()).toBe(1);
      expect(inner.isDisposed).toBe(false);
    });
    expect(alive()).toBe(0);
  });

  it("frees everything when the function throws", () => {
    expect(() =>
      torch.tidy(() => {
        torch.ones([1]);
        throw new Error("mine");
      }),
    ).toThrow("mine");
    expect(alive()).toBe(0);
  });

  it("an operator that fails leaves nothing behind", () => {
    torch.tidy(() => {
      const a = torch.ones([2]);
      expect(() => a.matmul(torch.ones([3]))).toThrow();
      expect(alive()).toBe(2);
    });
    expect(alive()).toBe(0);
  });

  it("keep takes a tensor out, parameters never were in", () => {
    let best: torch.Tensor | undefined;
    let parameter: torch.Tensor | undefined;
    torch.tidy(() => {
      best = hold(torch.keep(torch.ones([3])));
      parameter = hold(new torch.nn.Parameter(torch.ones([2])));
    });
    expect([best!.isDisposed, parameter!.isDisposed]).toEqual([false, false]);
    expect(alive()).toBe(2);
  });

  it("results of several kinds are in the scope: named, lists, views, gradients", () => {
    const x = hold(torch.ones([2, 2], { requiresGrad: true }));
    torch.tidy(() => {
      x.max(0);
      x.split(1);
      x.T.unsqueeze(0);
      x.sum().backward();
      expect(x.grad!.toArray()).toEqual([
        [1, 1],
        [1, 1],
      ]);
      x.index(0, null);
    });
    expect(alive()).toBe(1);
  });

  it("a graph inside a scope lives as long as it is needed", () => {
    const x = hold(torch.ones([2], { requiresGrad: true }));
    const loss = hold(torch.tidy(() => x.mul(3).exp().sum()));
    expect(alive()).toBe(2);
    loss.backward();
    expect(x.grad!.shape).toEqual([2]);
    hold(x.grad!);
  });
});

describe("2. asynchronous scopes", () => {
  it("end when the promise does", async () => {
    const out = hold(
      await torch.tidy(async () => {
        const a = torch.ones([2]);
        await turn();
        const b = a.add(1);
        expect(alive()).toBe(2);
        return b.mul(2);
      }),
    );
    expect(alive()).toBe(1);
    expect(out.toArray()).toEqual([4, 4]);
  });

  it("run side by side without taking each other's tensors", async () => {
    const run = (n: number) =>
      torch.tidy(async () => {
        let x = torch.full([1], n);
        for (let i = 0; i < 5; i++) {
          await turn();
          x = x.add(torch.tidy(() => torch.full([1], 0).add(1)));
          for (let k = 0; k < n % 3; k++) await null;
        }
        return x;
      });
    const results = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(run));
    expect(results.map((x) => hold(x).item())).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
    expect(alive()).toBe(8);
  });

  it("free everything when they reject", async () => {
    const promise = torch.tidy(async () => {
      torch.ones([1]);
      await turn();
      torch.ones([1]);
      throw new Error("mine");
    });
    await expect(promise).rejects.toThrow("mine");
    expect(alive()).toBe(0);
  });

  it("code outside is in no scope while one waits", async () => {
    const waiting = torch.tidy(async () => {
      await turn();
      torch.ones([1]);
    });
    const outside = hold(torch.ones([1]));
    await waiting;
    expect(outside.isDisposed).toBe(false);
    expect(alive()).toBe(1);
  });

  it("one that outlives the scope around it gives its result to nobody", async () => {
    let inner: Promise<torch.Tensor> | undefined;
    torch.tidy(() => {
      inner = torch.tidy(async () => {
        await turn();
        return torch.ones([1]).add(1);
      });
    });
    const result = hold(await inner!);
    expect(result.toArray()).toEqual([2]);
    expect(alive()).toBe(1);
  });

  it("made after its scope has ended, a tensor belongs to the one around it", async () => {
    let late: Promise<torch.Tensor> | undefined;
    await torch.tidy(async () => {
      await torch.tidy(async () => {
        late = turn().then(() => torch.ones([1]));
      });
      const tensor = await late!;
      expect(tensor.isDisposed).toBe(false);
    });
    expect((await late!).isDisposed).toBe(true);
    expect(alive()).toBe(0);
  });
});

describe("3. dispose", () => {
  it("frees at once; a second call does nothing; views keep storage", () => {
    const x = torch.ones([4]);
    const view = hold(x.view(2, 2));
    x.dispose();
    x.dispose();
    expect(x.isDisposed).toBe(true);
    expect(view.sum().item()).toBe(4);
  });

  it("Symbol.dispose", () => {
    const x = torch.ones([1]);
    x[Symbol.dispose]();
    expect(x.isDisposed).toBe(true);
  });

  it.each([
    ["an operator", (x: torch.Tensor) => x.add(1)],
    ["as a second argument", (x: torch.Tensor) => torch.ones([1]).add(x)],
    ["in a list", (x: torch.Tensor) => torch.cat([torch.ones([1]), x])],
    ["shape", (x: torch.Tensor) => x.shape],
    ["item", (x: torch.Tensor) => x.item()],
    ["dataSync", (x: torch.Tensor) => x.dataSync()],
    ["index", (x: torch.Tensor) => x.index(0)],
    ["backward", (x: torch.Tensor) => x.backward()],
    ["dtype", (x: torch.Tensor) => x.dtype],
  ])("use after dispose is an error: %s", (_, use) => {
    const x = torch.ones([1]);
    x.dispose();
    const error = errorOf(() => use(x));
    expect(error.code).toBe("E_DISPOSED");
    expect(error.help).toContain("torch.keep()");
  });

  it("a handle is not mistaken for the next tensor in its place", () => {
    const stale = torch.ones([1]);
    stale.dispose();
    const next = hold(torch.zeros([1]));
    expect(next.item()).toBe(0);
    expect(errorOf(() => stale.add(1)).code).toBe("E_DISPOSED");
    expect(`${stale}`).toBe("Tensor(disposed)");
  });
});
