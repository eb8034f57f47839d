import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { errorOf } from "../error-of.js";

/*
 * Backward passes of small nets that own nodes run without LibTorch's engine, against the engine: any hook makes it take over, and one
 * that does nothing must change nothing, bit for bit.
 */

const { nn } = torch;

/** How many of the backward passes in `run` did without the engine. */
function directIn(run: () => void): number {
  const before = native.directBackwards();
  run();
  return native.directBackwards() - before;
}

const lossOf = (net: torch.nn.Module, x: torch.Tensor, y: torch.Tensor) =>
  nn.functional.crossEntropy(net.forward(x), y, { labelSmoothing: 0.1 });

function problem(sizes: readonly number[] = [20, 32, 16, 5], rows = 7) {
  torch.manualSeed(sizes.length);
  const layers: torch.nn.Module[] = [];
  for (let i = 0; i + 1 < sizes.length; ++i) {
    if (i > 0) layers.push(new nn.ReLU());
    layers.push(new nn.Linear(sizes[i]!, sizes[i + 1]!));
  }
  return {
    net: new nn.Sequential(...layers),
    x: torch.randn([rows, sizes[0]!]),
    y: torch.randint(0, sizes.at(-1)!, [rows]),
  };
}

const gradsOf = (net: torch.nn.Module) => [...net.parameters()].map((p) => p.grad?.toArray());

/** The gradients of `backward`, without the engine and with it. */
function compare(net: torch.nn.Module, backward: () => void): void {
  net.zeroGrad();
  const direct = directIn(backward);
  expect(direct).toBeGreaterThan(0);
  const ours = gradsOf(net);
  net.zeroGrad();
  const hooks = [...net.parameters()].map((p) => p.registerHook(() => undefined));
  expect(directIn(backward)).toBe(0);
  for (const hook of hooks) hook.remove();
  expect(ours).toEqual(gradsOf(net));
  expect(ours.some((grad) => grad !== undefined)).toBe(true);
}

describe("the same numbers as by the engine", () => {
  it("for a net of three layers", () => {
    const { net, x, y } = problem();
    compare(net, () => lossOf(net, x, y).backward());
  });

  it("added to gradients that are there", () => {
    const { net, x, y } = problem();
    compare(net, () => {
      lossOf(net, x, y).backward();
      lossOf(net, x.mul(2), y).backward();
    });
  });

  it("for an input that wants its gradient", () => {
    const { net, x, y } = problem();
    x.requiresGrad_();
    const again = () => {
      x.grad = null;
      lossOf(net, x, y).backward();
    };
    expect(directIn(again)).toBe(1);
    const ours = x.grad!.toArray();
    expect(x.grad!.abs().sum().item()).toBeGreaterThan(0);
    compare(net, again);
    expect(x.grad!.toArray()).toEqual(ours);
  });

  it("for a layer that is used three times", () => {
    const { net, x, y } = problem([16, 16]);
    const last = new nn.Linear(16, 4);
    const whole = new nn.Sequential(net.at(0), new nn.ReLU(), net.at(0), new nn.ReLU(), net.at(0), last);
    compare(whole, () => lossOf(whole, x, y.remainder(4)).backward());
  });

  it("for a weight that is its own input", () => {
    const square = new nn.Linear(6, 6, { bias: false });
    const target = torch.randint(0, 6, [6]);
    compare(square, () => nn.functional.crossEntropy(square.forward(square.forward(square.weight)), target).backward());
  });

  it("with layers that are frozen, in front and behind", () => {
    for (const frozen of [0, 2, 4]) {
      const { net, x, y } = problem();
      for (const p of net.at(frozen).parameters()) p.requiresGrad_(false);
      const trained = new nn.ModuleList([0, 2, 4].filter((i) => i !== frozen).map((i) => net.at(i)));
      compare(trained, () => lossOf(net, x, y).backward());
      for (const p of net.at(frozen).parameters()) expect(p.grad).toBeNull();
    }
  });

  it("with a gradient that is given, and a loss for each row", () => {
    const { net, x, y } = problem();
    const weight = torch.rand([7]);
    compare(net, () => nn.functional.crossEntropy(net.forward(x), y, { reduction: "none" }).backward(weight));
  });

  it("twice through a graph that is kept", () => {
    const { net, x, y } = problem();
    compare(net, () => {
      const loss = lossOf(net, x, y);
      loss.backward({ retainGraph: true });
      loss.backward();
    });
  });
});

describe("after the last hook of a leaf", () => {
  const kinds = ["registerHook", "registerPostAccumulateGradHook"] as const;
  for (const kind of kinds) {
    it(`${kind}: one of several stays, then none, then there is one again`, () => {
      const { net, x, y } = problem();
      const [weight] = net.parameters();
      const run = () => lossOf(net, x, y).backward();
      expect(directIn(run)).toBe(1);
      const calls: string[] = [];
      const [a, b] = ["a", "b"].map((name) => weight![kind](() => void calls.push(name)));
      expect(directIn(run)).toBe(0);
      a!.remove();
      expect(directIn(run)).toBe(0);
      b!.remove();
      expect(directIn(run)).toBe(1);
      const c = weight![kind](() => void calls.push("c"));
      expect(directIn(run)).toBe(0);
      c.remove();
      a!.remove();
      expect(directIn(run)).toBe(1);
      expect(calls).toEqual(["a", "b", "b", "c"]);
    });
    it(`${kind}: one that removes itself while it runs`, () => {
      const { net, x, y } = problem();
      const [weight] = net.parameters();
      let calls = 0;
      const hook = weight![kind](() => {
        ++calls;
        hook.remove();
      });
      const loss = lossOf(net, x, y);
      expect(directIn(() => loss.backward())).toBe(0);
      expect(directIn(() => lossOf(net, x, y).backward())).toBe(1);
      expect(calls).toBe(1);
    });
  }
  it("one kind is gone, the other is not", () => {
    for (const [first, second] of [kinds, [...kinds].reverse()] as (typeof kinds)[number][][]) {
      const { net, x, y } = problem();
      const [weight] = net.parameters();
      const gone = weight![first!](() => undefined);
      let calls = 0;
      const stays = weight![second!](() => void ++calls);
      gone.remove();
      expect(directIn(() => lossOf(net, x, y).backward())).toBe(0);
      expect(calls).toBe(1);
      stays.remove();
      expect(directIn(() => lossOf(net, x, y).backward())).toBe(1);
    }
  });
  it("a hook that replaces the gradient replaces it no more", () => {
    const { net, x, y } = problem();
    const [weight] = net.parameters();
    lossOf(net, x, y).backward();
    const before = weight!.grad!.toArray();
    const hook = weight!.registerHook((g) => g.mul(0));
    net.zeroGrad();
    lossOf(net, x, y).backward();
    expect(weight!.grad!.abs().sum().item()).toBe(0);
    hook.remove();
    net.zeroGrad();
    expect(directIn(() => lossOf(net, x, y).backward())).toBe(1);
    expect(weight!.grad!.toArray()).toEqual(before);
  });
});

describe("the engine's errors", () => {
  it("a graph is used up by its backward pass, and then says so", () => {
    const { net, x, y } = problem();
    const loss = lossOf(net, x, y);
    expect(directIn(() => loss.backward())).toBe(1);
    const ours = errorOf(() => loss.backward());
    const { net: other } = problem();
    [...other.parameters()][0]!.registerHook(() => undefined);
    const theirs = lossOf(other, x, y);
    theirs.backward();
    expect(ours).toEqual(errorOf(() => theirs.backward()));
    expect(ours.message).toContain("backward through the graph a second time");
  });

  it("a weight that has changed since is found", () => {
    const { net, x, y } = problem();
    const loss = lossOf(net, x, y);
    torch.noGrad(() => [...net.parameters()][2]!.mul_(2));
    expect(errorOf(() => loss.backward()).message).toContain("modified by an inplace operation");
    expect(directIn(() => lossOf(net, x, y).backward())).toBe(1);
  });

  it("a gradient of another shape is refused", () => {
    const { net, x, y } = problem();
    const losses = nn.functional.crossEntropy(net.forward(x), y, { reduction: "none" });
    expect(errorOf(() => losses.backward(torch.rand([6]))).message).toContain("[backward]");
    expect(errorOf(() => losses.backward()).message).toContain("[backward]");
    expect(gradsOf(net).every((grad) => grad === undefined)).toBe(true);
  });
});

describe("the engine runs", () => {
  const engineRuns = (name: string, run: (p: ReturnType<typeof problem>) => void) =>
    it(name, () => expect(directIn(() => run(problem()))).toBe(0));

  engineRuns("where another operator is in the graph", ({ net, x, y }) => {
    lossOf(net, x, y).mul(2).backward();
    lossOf(net, x.requiresGrad_().mul(1), y).backward();
  });
  engineRuns("for chosen inputs", ({ net, x, y }) => {
    const [weight, bias] = net.parameters();
    lossOf(net, x, y).backward({ inputs: [bias!] });
    expect(bias!.grad).not.toBeNull();
    expect(weight!.grad).toBeNull();
  });
  engineRuns("for gradients that are returned", ({ net, x, y }) => {
    const [grad] = torch.autograd.grad(lossOf(net, x, y), [...net.parameters()]);
    expect(grad!.shape).toEqual([32, 20]);
  });
  engineRuns("for gradients of gradients", ({ net, x, y }) => {
    lossOf(net, x, y).backward({ createGraph: true });
    expect([...net.parameters()][0]!.grad!.requiresGrad).toBe(true);
  });
  engineRuns("where results keep their gradients", ({ net, x, y }) => {
    const hidden = (net.at(0) as torch.nn.Linear).forward(x);
    hidden.retainGrad();
    nn.functional.crossEntropy(hidden, y).backward();
    expect(hidden.grad!.shape).toEqual([7, 32]);
  });
  engineRuns("with hooks on results and after leaves", ({ net, x, y }) => {
    let calls = 0;
    const logits = net.forward(x);
    logits.registerHook(() => void ++calls);
    nn.functional.crossEntropy(logits, y).backward();
    [...net.parameters()][0]!.registerPostAccumulateGradHook(() => void ++calls);
    lossOf(net, x, y).backward();
    expect(calls).toBe(2);
  });
  engineRuns("with hooks on saved tensors, also after they are closed", ({ net, x, y }) => {
    let unpacked = 0;
    const pack = (t: torch.Tensor) => t.clone();
    const loss = torch.autograd.graph.savedTensorsHooks(
      pack,
      (t: torch.Tensor) => {
        ++unpacked;
        return t;
      },
      () => lossOf(net, x, y),
    );
    loss.backward();
    expect(unpacked).toBeGreaterThan(0);
  });
  engineRuns("in anomaly mode", ({ net, x, y }) => torch.autograd.detectAnomaly(() => lossOf(net, x, y).backward()));
  engineRuns("inside another backward pass", ({ net, x, y }) => {
    const outer = torch.ones([1], { requiresGrad: true });
    const result = outer.mul(2);
    result.registerHook(() => torch.enableGrad(() => lossOf(net, x, y).backward()));
    result.sum().backward();
    expect(gradsOf(net)[0]).toBeDefined();
    expect(outer.grad!.toArray()).toEqual([2]);
  });
  engineRuns("for more than 64 nodes", () => {
    const { net, x, y } = problem(Array.from({ length: 30 }, () => 4));
    lossOf(net, x, y).backward();
    expect(gradsOf(net).every((grad) => grad !== undefined)).toBe(true);
  });
});
