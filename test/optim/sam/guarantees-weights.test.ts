import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";
import { buffers, closureOf, net, SGD, weights } from "./guarantee-net.js";
import { maxDifference, Problem } from "./problem.js";

const { optim } = torch;

describe("1. restore is exact", () => {
  it("is bit-equal after 1,000 perturbations, with storage pointers unchanged", () => {
    const given = net();
    const optimizer = new optim.SAM(given.model.parameters(), optim.SGD, { rho: 0.3, ...SGD });
    const before = weights(given.model);
    const pointers = [...given.model.parameters()].map((p) => p.dataPtr());
    closureOf(given)();
    for (let i = 0; i < 1000; i++) {
      optimizer.firstStep();
      optimizer.restore();
    }
    expect(weights(given.model)).toEqual(before);
    expect([...given.model.parameters()].map((p) => p.dataPtr())).toEqual(pointers);
  });

  const layouts = ["of the same strides", "of other strides", "of a strided weight too"] as const;
  for (const [dtype, layout] of (["float32", "bfloat16", "float64", "float16"] as const).flatMap((dtype) =>
    layouts.map((layout) => [dtype, layout] as const),
  )) {
    it(`${dtype}: weights that are large, transposed, channels-last, empty; gradients ${layout}`, () => {
      torch.manualSeed(7);
      const random = (...shape: number[]) => torch.randn(shape).to(dtype);
      const params = [
        random(40_001),
        random(70, 300).t(),
        ...(layout === "of a strided weight too" ? [random(10, 6).slice(1, 0, 6, 2)] : []),
        random(2, 3, 4, 4).contiguous({ memoryFormat: "channelsLast" }),
        random(0, 3),
        random(1),
      ].map((p) => p.detach().requiresGrad_());
      const pulls = params.map((p) => torch.randn(p.shape).to(dtype));
      const numbers = () =>
        params.map((p) => Float64Array.from(p.detach().double().flatten().dataSync() as Float64Array));
      const pointers = () => params.map((p) => [p.dataPtr(), p.stride()]);
      const optimizer = new optim.SAM(params, optim.SGD, { rho: 40, lr: 0 });
      const seen = [numbers()];
      const [versions, before] = [[params.map((p) => p.version)], pointers()];
      for (const [i, p] of params.entries())
        p.grad = layout === "of other strides" ? pulls[i]! : torch.emptyLike(p).copy_(pulls[i]!).detach();
      optimizer.firstStep();
      seen.push(numbers());
      versions.push(params.map((p) => p.version));
      optimizer.restore();
      versions.push(params.map((p) => p.version));
      // Told by booleans: the difference of long lists takes minutes to print.
      const back = numbers().map((list, i) => list.every((v, j) => Object.is(v, seen[0]![i]![j])));
      expect(back).toEqual(params.map(() => true));
      expect(pointers()).toEqual(before);
      const g = pulls.map((p) => p.double().flatten().dataSync() as Float64Array);
      const length = Math.sqrt(g.reduce((sum, list) => list.reduce((s, v) => s + v * v, sum), 0));
      const tolerance = { float64: 1e-13, float32: 1e-6, float16: 2e-3, bfloat16: 1e-2 }[dtype];
      for (const [i, list] of seen[0]!.entries()) {
        const expected = Array.from(list, (v, j) => v + (40 * g[i]![j]!) / length);
        const off = expected.map((v, j) => Math.abs(seen[1]![i]![j]! - v) / Math.max(1, Math.abs(v)));
        expect(Math.max(0, ...off), `parameter ${i}`).toBeLessThan(tolerance);
      }
      // Autograd learns of both changes: what it kept of the weights is not used as theirs.
      for (const [i, p] of params.entries()) {
        if (p.numel() === 0) continue;
        expect(versions[1]![i]).toBeGreaterThan(versions[0]![i]!);
        expect(versions[2]![i]).toBeGreaterThan(versions[1]![i]!);
      }
    });
  }

  it.each(["float32", "float64"] as const)("also where parameters share memory, %s", (dtype) => {
    const whole = torch.arange(6, { dtype }).requiresGrad_();
    const part = whole.detach().slice(0, 2, 5).requiresGrad_();
    const before = whole.toArray();
    const optimizer = new optim.SAM([part, whole], optim.SGD, { rho: 1, lr: 0 });
    const seen: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      optimizer.step(() => {
        seen.push(whole.toArray());
        const loss = whole.sum().add(part.sum());
        loss.backward();
        return loss;
      });
      expect(whole.toArray()).toEqual(before);
    }
    expect(seen[1]).not.toEqual(before);
    expect(seen[3]).toEqual(seen[1]);
  });

  it.each(["float32", "float64"] as const)(
    "restores what was perturbed, whatever gradients pass 2 has, %s",
    (dtype) => {
      const a = torch.tensor([1, 2], { dtype, requiresGrad: true });
      const b = torch.tensor([3, 4], { dtype, requiresGrad: true });
      const optimizer = new optim.SAM([a, b], optim.SGD, { rho: 1, lr: 0 });
      let pass = 0;
      optimizer.step(() => {
        const loss = pass++ === 0 ? a.square().sum() : b.square().sum(); // a has a gradient in pass 1 only, b in pass 2 only
        loss.backward();
        return loss;
      });
      expect([a.toArray(), b.toArray()]).toEqual([
        [1, 2],
        [3, 4],
      ]);
    },
  );

  it.each(["float32", "float64"] as const)("a parameter without a gradient in pass 1 has eps = 0, %s", (dtype) => {
    const a = torch.tensor([3, 4], { dtype, requiresGrad: true });
    const b = torch.tensor([5, 6], { dtype, requiresGrad: true });
    const optimizer = new optim.SAM([a, b], optim.SGD, { rho: 1, lr: 0.1 });
    const seen: unknown[] = [];
    optimizer.step(() => {
      seen.push(b.toArray(), a.toArray());
      const loss = a.square().sum().div(2);
      loss.backward();
      return loss;
    });
    expect(seen[2]).toEqual([5, 6]);
    expect(maxDifference(seen[3] as number[], [3.6, 4.8])).toBeLessThan(1e-6);
  });

  it("restores when the closure throws in pass 2", () => {
    const given = net();
    const before = [weights(given.model), buffers(given.model)];
    const optimizer = new optim.SAM(given.model.parameters(), optim.SGD, { rho: 1, ...SGD });
    let pass = 0;
    const closure = closureOf(given);
    expect(() =>
      optimizer.step(() => {
        if (pass++ === 1) throw new RangeError("no more");
        return closure();
      }),
    ).toThrow(new RangeError("no more"));
    expect([weights(given.model), buffers(given.model)]).toEqual(before);
    optimizer.step(closure);
    expect(weights(given.model)).not.toEqual(before[0]);
  });
});

describe("2. the norm is fp32, for any parameter dtype", () => {
  for (const dtype of ["float16", "bfloat16"] as const) {
    it(`|g| of ${dtype} parameters, beyond the range of float16 and between the numbers of bfloat16`, () => {
      const w = torch.full([17], 1, { dtype, requiresGrad: true });
      const optimizer = new optim.SAM([w], optim.SGD, { rho: 0.5, lr: 0, diagnostics: true });
      optimizer.step(() => {
        const loss = w.mul(24576).sum(); // a gradient that both dtypes have exactly
        loss.backward();
        return loss;
      });
      const { gradNorm, epsNorm } = optimizer.diagnostics();
      expect(gradNorm! / (24576 * Math.sqrt(17))).toBeCloseTo(1, 6);
      expect(epsNorm).toBeCloseTo(0.5, 2); // eps itself has the weights' dtype
      expect(w.toArray()).toEqual(Array(17).fill(1));
    });
  }

  it("|eps| = rho for bf16 gradients whose squares would overflow float16", () => {
    const w = torch.full([100], 1, { dtype: "float32", requiresGrad: true });
    const optimizer = new optim.SAM([w], optim.SGD, { rho: 0.5, lr: 0.1, diagnostics: true });
    optimizer.step(() => {
      const loss = w.to("float16").mul(300).sum(); // each gradient 300: the sum of squares, 9e6, is beyond float16
      loss.backward();
      return loss;
    });
    expect(optimizer.diagnostics().epsNorm).toBeCloseTo(0.5, 5);
    expect(optimizer.diagnostics().gradNorm).toBeCloseTo(3000, 1);
  });

  it("is one norm over all dtypes and tensors, where no square of a gradient is a float32", () => {
    torch.manualSeed(8);
    const pulls = [torch.randn([40_003]), torch.randn([3]), torch.randn([40_005]).bfloat16(), torch.randn([130, 129])];
    const scale = 1e25;
    const params = pulls.map((pull) => torch.zeros(pull.shape, { dtype: pull.dtype, requiresGrad: true }));
    const optimizer = new optim.SAM(params, optim.SGD, { rho: 3, lr: 0, diagnostics: true });
    const seen: number[][] = [];
    const flat = (list: readonly torch.Tensor[]) => [
      ...torch.cat(list.map((t) => t.detach().double().flatten())).dataSync(),
    ];
    optimizer.step(() => {
      seen.push(flat(params) as number[]);
      const loss = params.map((p, i) => p.mul(pulls[i]!.mul(scale)).float().sum()).reduce((a, b) => a.add(b));
      loss.backward();
      return loss;
    });
    const g = flat(pulls.map((pull) => pull.mul(scale))) as number[];
    const length = Math.hypot(...g);
    const { gradNorm, epsNorm } = optimizer.diagnostics();
    expect(gradNorm! / length).toBeCloseTo(1, 6);
    expect(epsNorm).toBeCloseTo(3, 5);
    const moved = seen[1]!;
    expect(
      maxDifference(
        moved,
        g.map((v) => (3 * v) / length),
      ),
    ).toBeLessThan(3e-4); // of bfloat16, whose eps is up to 0.05
    const isRounded = (i: number) => i >= 40_006 && i < 80_011;
    const exact = moved.map((v, i) => (isRounded(i) ? 0 : v - (3 * g[i]!) / length));
    expect(Math.max(...exact.map(Math.abs))).toBeLessThan(1e-8);
  });

  for (const [p, dtype] of [
    [2, "float32"],
    [2, "float64"],
    [2, "bfloat16"],
    [Number.POSITIVE_INFINITY, "float32"],
    [Number.POSITIVE_INFINITY, "float64"],
  ] as const) {
    it(`zero gradients give eps = 0, never NaN, p = ${p}, ${dtype}`, () => {
      const w = torch.tensor([1, 2], { dtype, requiresGrad: true });
      const optimizer = new optim.SAM([w], optim.SGD, { rho: 1, lr: 0.1, p, diagnostics: true });
      const seen: unknown[] = [];
      optimizer.step(() => {
        seen.push(w.toArray());
        const loss = w.mul(0).sum();
        loss.backward();
        return loss;
      });
      expect([...seen, w.toArray()]).toEqual([
        [1, 2],
        [1, 2],
        [1, 2],
      ]);
      expect(optimizer.diagnostics()).toMatchObject({ gradNorm: 0, epsNorm: 0, cosine: null });
    });
  }

  it.each([
    ["float32", [1e-42, 0, -1e-42]],
    ["bfloat16", [1e-40, 0, -1e-40]],
  ] as const)("a gradient so small that rho / |g| is no %s counts as zero", (dtype, gradient) => {
    const pull = torch.tensor([...gradient], { dtype });
    expect(pull.toArray()).not.toContain(Number.NaN);
    for (const isStrided of [false, true]) {
      for (const options of [{}, { adaptive: true }, { p: Number.POSITIVE_INFINITY, rho: 0 }]) {
        const values = torch.tensor([1, -2, 3], { dtype });
        const w = (isStrided ? torch.stack([values, values], 1).select(1, 0) : values).detach().requiresGrad_();
        const optimizer = new optim.SAM([w], optim.SGD, { rho: 0.5, lr: 0.1, diagnostics: true, ...options });
        const seen: unknown[] = [];
        optimizer.step(() => {
          seen.push(w.toArray());
          const loss = w.mul(pull).sum();
          loss.backward();
          return loss;
        });
        expect([...seen, w.toArray()]).toEqual(Array(3).fill([1, -2, 3]));
        expect(optimizer.diagnostics().epsNorm).toBe(0);
        expect(optimizer.diagnostics().gradNorm).toBeGreaterThan(0);
      }
    }
  });

  it("no gradient at all is a clear error, and nothing has changed", () => {
    const w = torch.tensor([1, 2], { requiresGrad: true });
    const optimizer = new optim.SAM([w], optim.SGD, { rho: 1, lr: 0.1 });
    expect(() => optimizer.step(() => w.detach().sum())).toThrow(/expected gradients after the first pass, got none/);
    expect(w.toArray()).toEqual([1, 2]);
  });
});

describe.each(["float32", "float64"] as const)("6. weight decay is not in eps, %s", (dtype) => {
  it("unless ascentWeightDecay says so", () => {
    const run = (options: object) => {
      const problem = new Problem(dtype);
      const seen: number[][] = [];
      new optim.SAM(problem.params, optim.SGD, { rho: 0.5, lr: 0, ...options } as never).step(() => {
        seen.push(problem.flat());
        return problem.closure();
      });
      return seen[1]!;
    };
    expect(run({ weightDecay: 0.9 })).toEqual(run({ weightDecay: 0 }));
    expect(run({ ascentWeightDecay: 0.9 })).not.toEqual(run({}));
  });
  it.each([false, true])(
    "with ascentWeightDecay eps is along T^2 (g + ascentWeightDecay w), adaptive: %s",
    (adaptive) => {
      const problem = new Problem(dtype);
      const w = problem.flat();
      const seen: number[][] = [];
      const decay = { weightDecay: 0.1, ascentWeightDecay: 0.9 };
      new optim.SAM(problem.params, optim.SGD, { rho: 0.5, lr: 0, adaptive, ...decay }).step(() => {
        seen.push(problem.flat());
        const loss = problem.closure();
        seen.push(problem.gradient());
        return loss;
      });
      const t = w.map((v) => (adaptive ? Math.abs(v) : 1));
      const direction = seen[1]!.map((g, i) => t[i]! * (g + 0.9 * w[i]!));
      const expected = direction.map((d, i) => w[i]! + (0.5 * t[i]! * d) / Math.hypot(...direction));
      expect(maxDifference(seen[2]!, expected)).toBeLessThan(dtype === "float64" ? 1e-14 : 1e-7);
    },
  );
});

describe("11. rho = 0 is the base optimizer, bit for bit", () => {
  for (const dropout of [0, 0.3]) {
    it(`batch-norm buffers included, dropout ${dropout} with masks replayed`, () => {
      const a = net(dropout);
      const b = net(dropout);
      const sam = new optim.SAM(a.model.parameters(), optim.SGD, { rho: 0, sameMasks: true, ...SGD });
      const sgd = new optim.SGD(b.model.parameters(), SGD);
      torch.manualSeed(3);
      for (let i = 0; i < 5; i++) sam.step(closureOf(a));
      torch.manualSeed(3);
      for (let i = 0; i < 5; i++) {
        sgd.zeroGrad();
        closureOf(b)();
        sgd.step();
      }
      expect(weights(a.model)).toEqual(weights(b.model));
      expect(buffers(a.model)).toEqual(buffers(b.model));
    });
  }

  // In float64 the smallest eps would show.
  for (const [dtype, options] of (["float64", "float32"] as const).flatMap((dtype) =>
    [{}, { adaptive: true }, { p: Number.POSITIVE_INFINITY }, { diagnostics: true }].map((o) => [dtype, o] as const),
  )) {
    it(`in ${dtype}: ${JSON.stringify(Object.keys(options))}`, () => {
      const [a, b] = [new Problem(dtype), new Problem(dtype)];
      const sam = new optim.SAM(a.params, optim.SGD, { rho: 0, ...SGD, ...options });
      const sgd = new optim.SGD(b.params, SGD);
      for (let i = 0; i < 5; i++) {
        const seen: number[][] = [];
        sam.step(() => {
          seen.push(a.flat());
          return a.closure();
        });
        expect(seen).toEqual([b.flat(), b.flat()]);
        sgd.zeroGrad();
        b.closure();
        sgd.step();
      }
      expect(a.flat()).toEqual(b.flat());
    });
  }
});
