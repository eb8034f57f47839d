import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";

type T = torch.Tensor;
const { nn } = torch;
const { checkpoint, checkpointSequential } = torch.utils.checkpoint;

/** Gradients of everything after one pass, and the output. */
function pass(model: torch.nn.Module, x: T, run: (x: T) => T): T[] {
  model.zeroGrad();
  const input = x.detach().clone().requiresGrad_();
  const y = run(input);
  y.square().mean().backward();
  return [y.detach(), input.grad!, ...model.parameters().map((p) => p.grad!)];
}

function expectEqual(a: readonly T[], b: readonly T[]): void {
  expect(a.map((t, i) => t.equal(b[i]!))).toEqual(a.map(() => true));
}

describe.each([
  ["on the JavaScript thread", false],
  ["with backward on another thread", true],
])("checkpoint, %s", (_, away) => {
  beforeAll(() => void native.setBackwardAway(away));
  afterAll(() => void native.setBackwardAway(false));

  it("gradients are equal, bit for bit, with dropout, batch norm and a convolution", () => {
    torch.manualSeed(1);
    const block = new nn.Sequential(
      new nn.Conv2d(3, 32, 3, { padding: 1 }),
      new nn.BatchNorm2d(32),
      new nn.ReLU(),
      new nn.Dropout({ p: 0.5 }),
      new nn.Conv2d(32, 32, 3, { padding: 1 }),
      new nn.Tanh(),
    );
    const x = torch.randn([4, 3, 16, 16]);
    const buffers = () => block.buffers().map((b) => b.clone());
    const start = buffers();
    torch.manualSeed(7);
    const plain = pass(block, x, (x) => block.forward(x));
    const [plainBuffers, plainState] = [buffers(), torch.getRngState()];
    block.buffers().forEach((b, i) => void torch.noGrad(() => b.copy_(start[i]!)));
    torch.manualSeed(7);
    const again = pass(block, x, (x) => checkpoint((x) => block.forward(x), [x]));
    expectEqual(again, plain);
    // Statistics count once, and what follows draws the same numbers.
    expectEqual(buffers(), plainBuffers);
    expectEqual([torch.getRngState()], [plainState]);
  });

  it("runs once more, and only as far as needed", () => {
    let runs = 0;
    let ends = 0;
    const x = torch.ones([3], { requiresGrad: true });
    const y = checkpoint(
      (x: T) => {
        runs++;
        const z = x.exp().mul(2);
        ends++;
        return z;
      },
      [x],
    );
    y.sum().backward();
    expect([runs, ends]).toEqual([2, 1]);
    expect(x.grad!.allclose(x.detach().exp().mul(2))).toBe(true);
  });

  it("other masks without preserveRngState, other statistics are noticed", () => {
    const x = torch.ones([1000], { requiresGrad: true });
    const run = (preserveRngState: boolean) => {
      x.grad = null;
      const y = checkpoint((x: T) => nn.functional.dropout(x.mul(x), { p: 0.5 }), [x], { preserveRngState });
      y.sum().backward();
      return y.detach().ne(0).equal(x.grad!.ne(0));
    };
    expect([run(true), run(false)]).toEqual([true, false]);
  });

  it("autocast is as in the first run", () => {
    const w = torch.randn([8, 8], { requiresGrad: true });
    const x = torch.randn([8, 8], { requiresGrad: true });
    const dtypes: string[] = [];
    const block = (x: T) => {
      const y = x.matmul(w);
      dtypes.push(y.dtype);
      return y.tanh();
    };
    const grads = (run: (x: T) => T) => {
      w.grad = null;
      x.grad = null;
      const y = torch.autocast("cpu", { dtype: "bfloat16" }, () => run(x));
      y.float().sum().backward();
      return [w.grad!, x.grad!];
    };
    const plain = grads(block);
    const again = grads((x) => checkpoint(block, [x]));
    expectEqual(again, plain);
    expect(dtypes).toEqual(["bfloat16", "bfloat16", "bfloat16"]);
    expect(torch.isAutocastEnabled()).toBe(false);
  });

  it("nested, twice over one graph, with grad() and with createGraph", () => {
    const w = torch.randn([4, 4], { dtype: "float64", requiresGrad: true });
    const x = torch.randn([4, 4], { dtype: "float64", requiresGrad: true });
    const inner = (x: T) => x.matmul(w).tanh().mul(x).sin();
    const outer = (one: (x: T) => T) => (x: T) => one(one(x.mul(2)).exp()).mul(x);
    const plain = outer(inner)(x);
    const nested = checkpoint(
      outer((x) => checkpoint(inner, [x])),
      [x],
    );
    const wanted = torch.autograd.grad([plain.sum()], [x, w], { retainGraph: true });
    for (let i = 0; i < 2; i++) {
      expectEqual(torch.autograd.grad([nested.sum()], [x, w], { retainGraph: true }), wanted);
    }
    const [first] = torch.autograd.grad([checkpoint(inner, [x]).sum()], [x], { createGraph: true });
    const [plainFirst] = torch.autograd.grad([inner(x).sum()], [x], { createGraph: true });
    expectEqual(
      torch.autograd.grad([first!.square().sum()], [x, w]),
      torch.autograd.grad([plainFirst!.square().sum()], [x, w]),
    );
    expect(torch.autograd.gradcheck((x) => checkpoint(inner, [x!]), x)).toBe(true);
  });

  it("works under tidy() and with arguments that are no tensors", () => {
    const w = torch.randn([16, 16], { requiresGrad: true });
    const loss = torch.tidy(() => {
      const x = torch.randn([16, 16]);
      return checkpoint((x: T, k: number) => x.matmul(w).tanh().mul(k), [x, 3]).sum();
    });
    loss.backward();
    expect(w.grad!.isfinite().all().item()).toBe(true);
  });

  it("an error in the second run comes out of backward, and the state is as before", () => {
    let runs = 0;
    const thrown = new RangeError("mine");
    const x = torch.ones([2], { requiresGrad: true });
    const y = checkpoint(
      (x: T) => {
        if (++runs === 2) throw thrown;
        return x.exp();
      },
      [x],
    );
    torch.manualSeed(1);
    const state = torch.getRngState();
    let caught: unknown;
    try {
      y.sum().backward();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
    expect([torch.getRngState().equal(state), torch.isGradEnabled()]).toEqual([true, true]);
  });

  it("a function that computes something else the second time is an error", () => {
    let runs = 0;
    const x = torch.ones([2], { requiresGrad: true });
    const f = (x: T) => (++runs % 2 === 1 ? x.exp() : x.expand([3, 2]).exp());
    const error = errorOf(() => checkpoint(f, [x]).sum().backward());
    expect([error.code, error.message]).toEqual(["E_STATE", expect.stringContaining("got float32 [3, 2] cpu")]);
    runs = 0;
    const less = (x: T) => (++runs % 2 === 1 ? x.exp().sin() : x.exp());
    expect(errorOf(() => checkpoint(less, [x]).sum().backward()).message).toContain("got 1");
  });

  it("nothing leaks", () => {
    const w = torch.randn([64, 64], { requiresGrad: true });
    const step = () => {
      torch.tidy(() => {
        const x = torch.randn([64, 64]);
        checkpoint(
          (x: T) =>
            checkpoint((x: T) => x.matmul(w).tanh(), [x])
              .matmul(w)
              .exp(),
          [x],
        )
          .sum()
          .backward();
        w.grad = null;
      });
    };
    step();
    const before = liveMemory();
    for (let i = 0; i < 10; i++) step();
    const after = liveMemory();
    expect([after.tensors, after.allocated]).toEqual([before.tensors, before.allocated]);
  });
});

it("peak memory is that of one block, not of all", () => {
  const [depth, rows, width] = [12, 2048, 64];
  const layers = Array.from({ length: depth }, () => new nn.Linear(width, width));
  // Backward needs three of the results: those of tanh, exp and sigmoid.
  const block = (layer: torch.nn.Linear) => (x: T) => layer.forward(x).tanh().exp().sin().sigmoid();
  const activation = rows * width * 4;
  const peak = (run: (f: (x: T) => T, x: T) => T) => {
    const before = liveMemory().allocated;
    torch.resetPeakMemory();
    torch.tidy(() => {
      let x = torch.randn([rows, width]);
      for (const layer of layers) {
        const next = torch.tidy(() => run(block(layer), x));
        x = next;
      }
      x.sum().backward();
    });
    for (const layer of layers) layer.zeroGrad();
    return (torch.memory().peak - before) / activation;
  };
  const plain = peak((f, x) => f(x));
  const saved = peak((f, x) => checkpoint(f, [x]));
  // Without: three per block. With: one per block, and one block's worth while it is computed again.
  expect(plain).toBeGreaterThan(3 * depth);
  expect(saved).toBeLessThan(depth + 8);
});

it("checkpointSequential equals the chain", () => {
  const model = new nn.Sequential(
    new nn.Linear(4, 4),
    new nn.Tanh(),
    new nn.Linear(4, 4),
    new nn.ReLU(),
    new nn.Linear(4, 1),
  );
  const x = torch.randn([8, 4]);
  const chain = model.children() as unknown as { forward(x: T): T }[];
  const plain = pass(model, x, (x) => chain.reduce((y, layer) => layer.forward(y), x));
  for (const segments of [1, 2, 5])
    expectEqual(
      pass(model, x, (x) => checkpointSequential(chain, segments, x)),
      plain,
    );
  expect(errorOf(() => checkpointSequential(chain, 6, x)).message).toContain("expected from 1 to 5 segments, got 6");
});

describe("savedTensorsHooks", () => {
  it("pack and unpack are called once per saved tensor, and errors come through", () => {
    const x = torch.ones([3], { requiresGrad: true });
    const seen: string[] = [];
    const run = (unpack: (t: T) => T) =>
      torch.autograd.graph.savedTensorsHooks(
        (t) => {
          seen.push(`pack ${t.shape}`);
          return t.detach();
        },
        unpack,
        () => x.exp().sum(),
      );
    run((t) => {
      seen.push("unpack");
      return t;
    }).backward();
    expect(seen).toEqual(["pack 3", "unpack"]);
    const thrown = new Error("mine");
    let caught: unknown;
    const loss = run(() => {
      throw thrown;
    });
    try {
      loss.backward();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
    expect(() => run(() => 3 as unknown as T).backward()).toThrow(/expected unpack to return a tensor/);
    expect(() =>
      torch.autograd.graph.savedTensorsHooks(
        () => {
          throw thrown;
        },
        (t: T) => t,
        () => x.exp(),
      ),
    ).toThrow(thrown);
    expect(x.exp().sum().requiresGrad).toBe(true);
  });
});
