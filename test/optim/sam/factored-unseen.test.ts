import { afterEach, describe, expect, it, vi } from "vitest";
import * as torch from "../../../lib/index.js";
import { errorOf } from "../../error-of.js";
import { BASE, bits, countFactors, mlp, numbers, plainLoss, relative, tidyUp } from "./factored-problem.js";

/*
 * While a weight's gradient is its factors, and the weight w + eps without having it in memory, whoever asks gets both as they should be.
 */

const { nn, optim } = torch;
const { cpu } = torch.backends;

afterEach(tidyUp);

describe("nobody sees the difference", () => {
  function once(look: (weight: torch.nn.Parameter, pass: number, loss: torch.Tensor) => void) {
    torch.manualSeed(7);
    const net = mlp(256, 128, 8);
    const weight = (net.children()[0] as torch.nn.Linear).weight;
    const x = torch.randn([12, 256]);
    const optimizer = new optim.SAM(net.parameters(), optim.SGD, { ...BASE, lr: 0, weightDecay: 0 });
    const before = bits(weight);
    const step = () => {
      let pass = 0;
      optimizer.step(() => {
        const loss = plainLoss(net, x);
        loss.backward();
        look(weight, pass++, loss);
        return loss;
      });
    };
    return { net, weight, x, optimizer, before, step };
  }
  /** What a closure finds in both passes. */
  const found = (factored: boolean, read: (w: torch.nn.Parameter, pass: number) => torch.Tensor | null) => {
    cpu.factoredGradients = factored;
    const seen: (Float64Array | null)[] = [];
    const run = once((w, pass) => {
      const value = read(w, pass);
      seen.push(value === null ? null : numbers(value));
    });
    const counts = countFactors();
    run.step();
    vi.restoreAllMocks();
    expect(bits(run.weight).equals(run.before)).toBe(true);
    return { seen, counts };
  };
  const furthest = (a: Float64Array | null, b: Float64Array | null) =>
    Math.max(...Array.from(a!, (v, i) => Math.abs(v - b![i]!)));

  it("the weight, in both passes, and its views", () => {
    for (const read of [
      (w: torch.nn.Parameter) => w.detach().clone(),
      (w: torch.nn.Parameter) => w.t().contiguous(),
      (w: torch.nn.Parameter) => torch.noGrad(() => w.mul(2)),
    ]) {
      const [ours, plain] = [found(true, read), found(false, read)];
      expect(ours.counts).toEqual([1]);
      expect(furthest(ours.seen[0]!, plain.seen[0]!)).toBe(0);
      expect(furthest(ours.seen[1]!, plain.seen[1]!)).toBeLessThan(1e-7);
      expect(furthest(ours.seen[1]!, ours.seen[0]!)).toBeGreaterThan(1e-3);
    }
  });
  it("a view that was made before", () => {
    cpu.factoredGradients = true;
    const seen: Float64Array[] = [];
    let view: torch.Tensor | undefined;
    const run = once(() => void seen.push(numbers(view!)));
    view = run.weight.detach().narrow(0, 3, 2);
    run.step();
    expect(furthest(seen[1]!, seen[0]!)).toBeGreaterThan(1e-4);
    expect(numbers(view)).toEqual(seen[0]);
  });
  it("the gradient after the first backward", () => {
    const read = (w: torch.nn.Parameter) => w.grad;
    const [ours, plain] = [found(true, read), found(false, read)];
    expect(ours.counts).toEqual([0]);
    for (const pass of [0, 1]) expect(furthest(ours.seen[pass]!, plain.seen[pass]!)).toBeLessThan(1e-8);
  });
  it("hooks of the weight are called with it, until they are removed", () => {
    for (const kind of ["registerHook", "registerPostAccumulateGradHook"] as const) {
      const calls: number[] = [];
      const run = once(() => {});
      const hook =
        kind === "registerHook"
          ? run.weight.registerHook((g) => void calls.push(g.norm().itemNumber()))
          : run.weight.registerPostAccumulateGradHook((p) => void calls.push(p.grad!.norm().itemNumber()));
      const counts = countFactors();
      run.step();
      hook.remove();
      run.step();
      vi.restoreAllMocks();
      expect(counts).toEqual([0, 1]);
      expect(calls).toHaveLength(2);
      expect(calls[0]).toBeGreaterThan(0);
    }
  });
  it("a weight that is frozen between forward and backward pass has no gradient", () => {
    const stepped = (factored: boolean) => {
      cpu.factoredGradients = factored;
      const run = once(() => {});
      const counts = countFactors();
      run.optimizer.step(() => {
        run.weight.requiresGrad_();
        const loss = plainLoss(run.net, run.x);
        run.weight.requiresGrad_(false);
        loss.backward();
        return loss;
      });
      vi.restoreAllMocks();
      expect(counts).toEqual([0]);
      expect(run.weight.grad).toBeNull();
      const { gradNorm, sharpGradNorm } = run.optimizer.diagnostics();
      return [gradNorm!, sharpGradNorm!];
    };
    const [ours, plain] = [stepped(true), stepped(false)];
    for (const [i, norm] of ours.entries()) expect(norm / plain[i]!).toBeCloseTo(1, 5);
  });
  it("clipping and zeroGrad inside the closure", () => {
    const clipped = (factored: boolean) => {
      cpu.factoredGradients = factored;
      const norms: number[] = [];
      const run = once((w, pass) => {
        norms.push(nn.utils.clipGradNorm_(run.net.parameters(), 1e-3).itemNumber());
        if (pass === 0) norms.push(w.grad!.norm().itemNumber());
      });
      run.step();
      return [...norms, run.optimizer.diagnostics().gradNorm!];
    };
    const [ours, plain] = [clipped(true), clipped(false)];
    for (const [i, value] of ours.entries()) expect(value / plain[i]!).toBeCloseTo(1, 5);
    expect(ours[3]).toBeLessThan(1.1e-3);
    cpu.factoredGradients = true;
    const run = once((_, pass, loss) => {
      if (pass === 1) return;
      run.optimizer.zeroGrad();
      expect(run.weight.grad).toBeNull();
      plainLoss(run.net, run.x).add(loss.detach()).backward();
    });
    const counts = countFactors();
    run.step();
    expect(counts).toEqual([1]);
  });
  it("what the closure writes into a perturbed weight is undone", () => {
    const run = once((w, pass) => {
      if (pass === 1) torch.noGrad(() => w.mul_(3).add_(1));
    });
    run.step();
    expect(bits(run.weight).equals(run.before)).toBe(true);
  });
  it("a graph of the weights at w is refused at w + eps and after the step, as they have changed", () => {
    const codes = (factored: boolean) => {
      cpu.factoredGradients = factored;
      torch.manualSeed(7);
      const net = new nn.Linear(256, 128, false); // nothing else changes
      const x = torch.randn([12, 256]);
      const optimizer = new optim.SAM(net.parameters(), optim.SGD, { ...BASE, lr: 0, weightDecay: 0 });
      const graphs = [0, 1, 2].map(() => plainLoss(net, x.detach().requiresGrad_()));
      const errors: unknown[] = [];
      let pass = 0;
      optimizer.step(() => {
        if (pass++ === 1) errors.push(errorOf(() => graphs[0]!.backward()));
        const loss = plainLoss(net, x);
        if (pass === 2) graphs[2] = plainLoss(net, x.detach().requiresGrad_()); // of w + eps
        loss.backward();
        return loss;
      });
      errors.push(
        errorOf(() => graphs[1]!.backward()),
        errorOf(() => graphs[2]!.backward()),
      );
      return errors.map((error) => (error as torch.TorchError).code);
    };
    expect(codes(false)).toEqual(["E_TORCH", "E_TORCH", "E_TORCH"]);
    expect(codes(true)).toEqual(["E_TORCH", "E_TORCH", "E_TORCH"]);
  });
  it("a graph of w + eps is refused when the step has failed", () => {
    for (const factored of [false, true]) {
      cpu.factoredGradients = factored;
      const net = new nn.Linear(256, 128, false);
      const x = torch.randn([12, 256]);
      let graph: torch.Tensor | undefined;
      const optimizer = new optim.SAM(net.parameters(), optim.SGD, BASE);
      const failing = () => {
        if (optimizer.isPerturbed) {
          graph = plainLoss(net, x.detach().requiresGrad_());
          throw new Error("closure");
        }
        const loss = plainLoss(net, x);
        loss.backward();
        return loss;
      };
      expect(() => optimizer.step(failing)).toThrow("closure");
      expect((errorOf(() => graph!.backward()) as torch.TorchError).code).toBe("E_TORCH");
    }
  });
  it("a closure that throws after its first backward leaves the gradient", () => {
    const left = (factored: boolean) => {
      cpu.factoredGradients = factored;
      const run = once(() => {
        throw new Error("closure");
      });
      expect(() => run.step()).toThrow("closure");
      return run.weight.grad!.clone();
    };
    expect(relative(left(true), left(false).double())).toBeLessThan(1e-6);
  });
  it("a closure that throws, in either pass, leaves w as it was and nothing waiting", () => {
    for (const bad of [0, 1]) {
      const run = once((_, pass) => {
        if (pass === bad) throw new Error("closure");
      });
      expect(() => run.step()).toThrow("closure");
      expect(bits(run.weight).equals(run.before)).toBe(true);
      expect(run.optimizer.isPerturbed).toBe(false);
      const x = run.x;
      const loss = plainLoss(run.net, x);
      run.net.zeroGrad();
      loss.backward();
      expect(run.weight.grad!.norm().itemNumber()).toBeGreaterThan(0);
      const counts = countFactors();
      run.optimizer.step(() => {
        const again = plainLoss(run.net, x);
        again.backward();
        return again;
      });
      vi.restoreAllMocks();
      expect(counts).toEqual([1]);
      expect(bits(run.weight).equals(run.before)).toBe(true);
    }
  });
});
