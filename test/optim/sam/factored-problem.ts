import { expect, vi } from "vitest";
import * as torch from "../../../lib/index.js";
import { native } from "../../../lib/native.js";

const { nn, optim } = torch;
const { cpu } = torch.backends;
export type Net = torch.nn.Module<[torch.Tensor]>;
export const BASE = { rho: 0.5, lr: 0.1, momentum: 0.9, weightDecay: 0.01 };

/** How many gradients were factors when the step perturbed, one number a step. */
export function countFactors(): number[] {
  const counts: number[] = [];
  const perturb = native.perturb;
  vi.spyOn(native, "perturb").mockImplementation((...args) => {
    counts.push(native.factorCount(args[0]));
    return perturb(...args);
  });
  return counts;
}

export const numbers = (t: torch.Tensor) => Float64Array.from(t.detach().double().dataSync() as Float64Array);
export const bits = (t: torch.Tensor) =>
  Buffer.from(new Uint8Array((t.detach().dataSync() as Float32Array).buffer.slice(0)));
export const relative = (got: torch.Tensor, want: torch.Tensor) =>
  got.double().sub(want).norm().itemNumber() / Math.max(want.norm().itemNumber(), 1e-12);

export interface Problem {
  net: () => Net;
  x: number[];
  /** The loss of a pass (0 or 1) on these data. */
  loss?: (net: Net, x: torch.Tensor, pass: number) => torch.Tensor;
  options?: Record<string, unknown>;
  /** Runs in the closure after backward. */
  after?: (net: Net, pass: number) => void;
}

export const mlp = (...sizes: number[]) =>
  new nn.Sequential(
    ...sizes.slice(1).flatMap((out, i) => {
      const layer = new nn.Linear(sizes[i]!, out);
      return i + 2 === sizes.length ? [layer] : [layer, new nn.ReLU()];
    }),
  );
/** Something smooth, with a gradient for every output. */
export const plainLoss = (net: Net, x: torch.Tensor) => {
  const y = net.forward(x);
  return y.sin().add(y.square().mul(0.1)).mean();
};

/** Three steps: what is left behind, and what was seen on the way. */
export function train(
  { net: make, x: shape, loss = plainLoss, options = {}, after = () => {} }: Problem,
  dtype: torch.DType,
  factored: boolean,
) {
  cpu.factoredGradients = factored;
  torch.manualSeed(5);
  const net = make();
  const x = torch.randn(shape).to(dtype);
  net.to(dtype);
  const optimizer = new optim.SAM(net.parameters(), optim.SGD, { ...BASE, ...options });
  const seen: number[] = [];
  for (let step = 0; step < 3; step++) {
    let pass = 0;
    optimizer.step(() => {
      const value = loss(net, x, pass);
      value.backward();
      after(net, pass++);
      seen.push(value.itemNumber());
      return value;
    });
    seen.push(optimizer.diagnostics().gradNorm!);
  }
  return { seen, weights: Object.entries(net.stateDict()).map(([name, t]) => [name, t.detach().clone()] as const) };
}

/** Factored and plain, without `without`, against float64: the first may be off by little more than the second. */
export function expectSame(
  problem: Problem,
  factors: number[],
  without: "factoredGradients" | "fusedLinear" = "factoredGradients",
): void {
  const exact = train(problem, "float64", true);
  cpu.fusedLinear = without !== "fusedLinear";
  const plain = train(problem, "float32", false);
  cpu.fusedLinear = true;
  const counts = countFactors();
  const ours = train(problem, "float32", true);
  expect(counts).toEqual(factors);
  vi.restoreAllMocks();
  for (const [i, want] of exact.seen.entries()) {
    expect(Math.abs(ours.seen[i]! - want), `number ${i}`).toBeLessThanOrEqual(
      4 * Math.abs(plain.seen[i]! - want) + 2e-5 * Math.abs(want) + 1e-7,
    );
  }
  for (const [i, [name, want]] of exact.weights.entries()) {
    const limit = 4 * relative(plain.weights[i]![1], want) + 2 ** -21;
    expect(relative(ours.weights[i]![1], want), name).toBeLessThanOrEqual(limit);
  }
}

/** What a test changed, back to what it was; for `afterEach`. */
export function tidyUp(): void {
  vi.restoreAllMocks();
  cpu.factoredGradients = true;
  cpu.fusedLinear = true;
  torch.setNumThreads(2);
}
