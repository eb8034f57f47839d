import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";

/*
 * fp32 and bf16 weights on the CPU are perturbed in two passes over all of them; float64 goes operator by operator. Both follow the same formulas.
 */
const { optim } = torch;
const SIZES = [[40_000], [3], [129, 257], [1]] as const;
const GROUPS = [0, 1, 0, 1] as const;

interface Case {
  name: string;
  options: Record<string, unknown>;
  second?: Record<string, unknown>;
}
const CASES: Case[] = [
  { name: "plain", options: { rho: 0.5 } },
  { name: "adaptive", options: { rho: 0.5, adaptive: true } },
  { name: "adaptive with eta", options: { rho: 0.5, adaptive: true, eta: 0.01 } },
  { name: "p = infinity", options: { rho: 0.01, p: Number.POSITIVE_INFINITY } },
  { name: "adaptive, p = infinity", options: { rho: 0.01, p: Number.POSITIVE_INFINITY, adaptive: true, eta: 0.01 } },
  { name: "weight decay in the ascent", options: { rho: 0.5, ascentWeightDecay: 0.1 } },
  { name: "a group with a rho of its own", options: { rho: 0.5 }, second: { rho: 2 } },
  { name: "an adaptive group", options: { rho: 0.5 }, second: { adaptive: true, eta: 0.1 } },
  { name: "a group that is masked", options: { rho: 0.5 }, second: { mask: false } },
  { name: "rho = 0", options: { rho: 0 } },
  { name: "all masked", options: { rho: 0.5, mask: false } },
];

/** w + eps as the second pass sees it, w after the step with lr 0, and |eps| of the diagnostics. */
function step({ options, second = {} }: Case, dtype: torch.DType, bad = false) {
  torch.manualSeed(3);
  const start = SIZES.map((size) => torch.randn([...size]).to("bfloat16"));
  const pulls = SIZES.map((size) => torch.randn([...size]).to("bfloat16"));
  const params = start.map((w) => new torch.nn.Parameter(w.to(dtype)));
  const of = (group: number) => params.filter((_, i) => GROUPS[i] === group);
  const optimizer = new optim.SAM([{ params: of(0) }, { params: of(1), ...second }], optim.SGD, {
    ...options,
    lr: 0,
    diagnostics: true,
  });
  const seen: Float64Array[][] = [];
  const numbers = () => params.map((p) => Float64Array.from(p.detach().to("float64").dataSync() as Float64Array));
  optimizer.step(() => {
    seen.push(numbers());
    const loss = params
      .map((p, i) => p.mul(pulls[i]!.to(dtype)).sum())
      .reduce((a, b) => a.add(b))
      .mul(bad ? Number.POSITIVE_INFINITY : 1);
    loss.backward();
    return loss;
  });
  return { seen, after: numbers(), epsNorm: optimizer.diagnostics().epsNorm };
}

/** Told by a boolean: the difference of long lists takes minutes to print. */
const isSame = (a: Float64Array[], b: Float64Array[]) =>
  a.length === b.length &&
  a.every((list, i) => Buffer.compare(new Uint8Array(list.buffer), new Uint8Array(b[i]!.buffer)) === 0);
const furthest = (a: Float64Array[], b: Float64Array[]) =>
  Math.max(...a.flatMap((list, i) => Array.from(list, (v, j) => Math.abs(v - b[i]![j]!) / (1 + Math.abs(b[i]![j]!)))));

describe("perturbation in two passes over all parameters", () => {
  for (const one of CASES) {
    const exact = step(one, "float64");
    for (const [dtype, tolerance] of [
      ["float32", 3e-7],
      ["bfloat16", 5e-3],
    ] as const) {
      it(`${one.name}, ${dtype}: w + eps is that of float64, w comes back bit for bit`, () => {
        const run = step(one, dtype);
        expect(run.seen).toHaveLength(2);
        expect(furthest(run.seen[1]!, exact.seen[1]!)).toBeLessThan(tolerance);
        expect(isSame(run.after, run.seen[0]!)).toBe(true);
        expect(run.epsNorm! / (exact.epsNorm! || 1)).toBeCloseTo(
          exact.epsNorm === 0 ? 0 : 1,
          dtype === "float32" ? 5 : 2,
        );
      });
    }
  }

  it("a gradient that is not finite moves nothing", () => {
    const { seen, after } = step(CASES[0]!, "float32", true);
    expect(isSame(seen[1]!, seen[0]!)).toBe(true);
    expect(isSame(after, seen[0]!)).toBe(true);
  });

  it.each(["float32", "bfloat16", "float64"] as const)(
    "p = infinity: where a gradient is 0 nothing moves, %s",
    (dtype) => {
      const w = torch.tensor([1, 2, 3], { dtype, requiresGrad: true });
      const optimizer = new optim.SAM([w], optim.SGD, { rho: 0.5, p: Number.POSITIVE_INFINITY, lr: 0 });
      const passes: unknown[] = [];
      optimizer.step(() => {
        passes.push(w.tolist());
        const loss = w.mul(torch.tensor([-1, 0, 1], { dtype })).sum();
        loss.backward();
        return loss;
      });
      expect(passes[1]).toEqual([0.5, 2, 3.5]);
    },
  );

  it.each([[], ["bfloat16"]] as const)(
    "a weight that is NaN is NaN at w + eps too, working copies %j",
    (...masters) => {
      const layer = new torch.nn.Linear(2, 1, { bias: false });
      torch.noGrad(() => layer.weight.copy_(torch.tensor([[1, Number.NaN]])));
      if (masters.length > 0) layer.to("bfloat16", { masterWeights: true });
      const optimizer = new optim.SAM([layer.weight], optim.SGD, { rho: 0.5, lr: 0 });
      const passes: unknown[] = [];
      optimizer.step(() => {
        passes.push(layer.weight.tolist());
        const loss = layer.weight.float().sum();
        loss.backward();
        return loss;
      });
      const [[moved, lost]] = passes[1] as [[number, number]];
      expect(moved).toBeGreaterThan(1.3);
      expect(lost).toBeNaN();
    },
  );

  it("parameters that share memory come back too", () => {
    const whole = new torch.nn.Parameter(torch.arange(6, { dtype: "float32" }));
    const part = new torch.nn.Parameter(whole.detach().slice(0, 2, 5));
    const before = whole.tolist();
    const optimizer = new optim.SAM([whole, part], optim.SGD, { rho: 1, lr: 0 });
    const passes: unknown[] = [];
    optimizer.step(() => {
      passes.push(whole.tolist());
      const loss = whole.sum().add(part.sum());
      loss.backward();
      return loss;
    });
    // Nine gradients of 1: eps is 1/3 where only `whole` has one, and twice that where both have.
    for (const [i, v] of (passes[1] as number[]).entries()) {
      expect(v).toBeCloseTo(i + (i >= 2 && i < 5 ? 2 : 1) / 3, 6);
    }
    expect(whole.tolist()).toEqual(before);
  });

  for (const isStrided of [false, true]) {
    const path = isStrided ? "operator by operator" : "in two passes";
    it(`${path}: casts that a surrounding autocast keeps are those of the weights of now`, () => {
      torch.manualSeed(4);
      const model = new torch.nn.Linear(6, 4);
      if (isStrided) model.weight = new torch.nn.Parameter(torch.randn([4, 12]).slice(1, 0, 12, 2));
      const x = torch.randn([5, 6]);
      const optimizer = new optim.SAM(model.parameters(), optim.SGD, { rho: 0.5, lr: 0 });
      const values: number[] = [];
      const forward = () => {
        const loss = model.forward(x).float().square().sum();
        values.push(loss.itemNumber());
        return loss;
      };
      const step = () =>
        optimizer.step(() => {
          const loss = forward();
          loss.backward();
          return loss;
        });
      const bf16 = <T>(fn: () => T) => torch.autocast("cpu", { dtype: "bfloat16" }, fn);
      bf16(() => {
        forward();
        step();
        forward();
      });
      const [before, first, second, after] = values;
      expect([before, after]).toEqual([first, first]);
      expect(second! / first!).toBeGreaterThan(1.05);
    });
  }

  it("one thread and two give the same bits", () => {
    const threads = torch.getNumThreads();
    torch.setNumThreads(1);
    try {
      const one = step(CASES[2]!, "float32");
      torch.setNumThreads(2);
      const two = step(CASES[2]!, "float32");
      expect(two.seen.map((pass, i) => isSame(pass, one.seen[i]!))).toEqual([true, true]);
    } finally {
      torch.setNumThreads(threads);
    }
  });
});
