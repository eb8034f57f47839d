import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { Graphed } from "../../../lib/cuda/graph.js";
import * as torch from "../../../lib/index.js";

const { nn, optim } = torch;

/** A model with its optimizer and closure, made twice from one seed: once stepped as it is, once captured. */
export interface Problem {
  model: torch.nn.Module<[torch.Tensor]>;
  optimizer: torch.optim.SAM;
  closure: (...inputs: torch.Tensor[]) => torch.Tensor;
}

export type Make = () => torch.nn.Module<[torch.Tensor]>;

export interface Given {
  model?: Make;
  options?: object;
  Base?: unknown;
  Rule?: unknown;
  groups?: (model: torch.nn.Module<[torch.Tensor]>) => unknown;
  loss?: (output: torch.Tensor, y: torch.Tensor) => torch.Tensor;
}

export const mlp: Make = () => new nn.Sequential(new nn.Linear(20, 16), new nn.ReLU(), new nn.Linear(16, 4));

export function problem({
  model: make = mlp,
  options = {},
  Base = optim.SGD,
  Rule = optim.SAM,
  groups,
  loss,
}: Given = {}): Problem {
  torch.manualSeed(7);
  const model = make();
  const R = Rule as typeof optim.SAM;
  const optimizer = new R(
    (groups?.(model) ?? model.parameters()) as Iterable<torch.nn.Parameter>,
    Base as typeof optim.SGD,
    {
      rho: 0.05,
      lr: 0.1,
      ...options,
    },
  ) as unknown as torch.optim.SAM;
  const closure = (...inputs: torch.Tensor[]) => {
    const [x, y] = inputs as [torch.Tensor, torch.Tensor];
    const output = model.forward(x);
    const value = loss === undefined ? nn.functional.crossEntropy(output, y) : loss(output, y);
    value.backward();
    return value;
  };
  return { model, optimizer, closure };
}

export function batch(seed: number, shape: readonly number[] = [12, 20], classes = 4): [torch.Tensor, torch.Tensor] {
  torch.manualSeed(1000 + seed);
  return [torch.randn([...shape]), torch.randint(0, classes, [shape[0]!])];
}

/** Everything that a step may leave behind. */
export function leftBy({ model, optimizer }: Problem): Record<string, unknown> {
  // A digest: a difference in one number is to be named by its tensor, not shown among thousands.
  const bytes = (value: unknown): unknown => {
    if (value instanceof torch.Tensor) {
      const numbers = value.detach().double().flatten().dataSync() as Float64Array;
      return `${value.dtype} [${value.shape}] ${createHash("sha1").update(numbers).digest("hex").slice(0, 12)}`;
    }
    if (Array.isArray(value)) return value.map(bytes);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, bytes(v)]));
  };
  return {
    model: bytes(model.stateDict()),
    optimizer: bytes(optimizer.stateDict()),
    gradients: bytes([...model.parameters()].map((p) => p.grad)),
    diagnostics: optimizer.diagnostics(),
    perturbed: optimizer.isPerturbed,
    steps: optimizer.steps,
  };
}

/** `count` steps of both, which must leave the same to the last bit. */
export function sameSteps(
  given: Given,
  count: number,
  { inputs = batch, before }: { inputs?: (t: number) => torch.Tensor[]; before?: (p: Problem, t: number) => void } = {},
): Graphed<torch.Tensor[], torch.Tensor> {
  const plain = problem(given);
  const taped = problem(given);
  const step = taped.optimizer.capture(taped.closure, { maxGraphs: 8 });
  for (let t = 0; t < count; t++) {
    const data = inputs(t);
    for (const one of [plain, taped]) before?.(one, t);
    torch.manualSeed(t);
    const expected = plain.optimizer.step(() => plain.closure(...data)).item();
    torch.manualSeed(t);
    expect(step(...data).item(), `loss of step ${t}`).toBe(expected);
    expect(leftBy(taped), `step ${t}`).toEqual(leftBy(plain));
  }
  return step;
}

export const normed = () =>
  new nn.Sequential(new nn.Linear(20, 16), new nn.BatchNorm1d(16), new nn.ReLU(), new nn.Linear(16, 4));

/** A captured step that has been recorded, and its twin, both after `count` steps. */
export function afterSteps(
  given: Parameters<typeof problem>[0] = {},
  closureOf = (p: Problem) => p.closure,
  count = 5,
) {
  const plain = problem(given);
  const taped = problem(given);
  const [a, b] = [closureOf(plain), closureOf(taped)];
  const captured = taped.optimizer.capture(b);
  const eager = (...inputs: torch.Tensor[]) => plain.optimizer.step(() => a(...inputs));
  for (let t = 0; t < count; t++) {
    torch.manualSeed(t);
    eager(...batch(t));
    torch.manualSeed(t);
    captured(...batch(t));
  }
  return { plain, taped, captured, eager };
}

/** One more step of both; they must leave the same. */
export function oneMore({ plain, taped, captured, eager }: ReturnType<typeof afterSteps>, inputs = batch(99)): void {
  torch.manualSeed(5);
  const expected = eager(...inputs).item();
  torch.manualSeed(5);
  expect(captured(...inputs).item()).toBe(expected);
  expect(leftBy(taped)).toEqual(leftBy(plain));
}
