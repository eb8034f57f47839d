import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { camelCase } from "../../lib/ops/names.js";
import { begin, decode, difference, expectSame, fixture, type StepCase, take, titleOf } from "./fixtures.js";

// Tensors this small gain nothing from a second thread, and waiting for it takes long where test files share the cores.
torch.setNumThreads(1);

const cases = [
  ...fixture<{ cases: StepCase[] }>("optim.json.gz").cases,
  ...fixture<{ cases: StepCase[] }>("optim-more.json.gz").cases,
  ...fixture<{ cases: StepCase[] }>("optim-gaps.json.gz").cases,
];
// Ten steps; PyTorch's loop, whose values these are, rounds in another order than fused kernels.
const tolerance = { float64: 1e-13, float32: 2e-6 };

function copyInto(params: torch.Tensor[], values: torch.Tensor[]): void {
  torch.noGrad(() => {
    for (const [i, param] of params.entries()) param.copy_(values[i]!);
  });
}

describe("ten steps agree with PyTorch", () => {
  it.each(cases.map((c) => [titleOf(c), c] as const))("%s", (_, given) => {
    const { params, optimizer } = begin(given);
    let worst = 0;
    given.steps.forEach((expected, t) => {
      take(given, params, optimizer, t);
      for (const [i, param] of params.entries()) worst = Math.max(worst, difference(param, decode(expected[i]!)));
    });
    expect(worst).toBeLessThan(tolerance[given.dtype]);
  });
});

describe("what is remembered agrees with PyTorch", () => {
  it.each(cases.map((c) => [titleOf(c), c] as const))("%s", (_, given) => {
    const { params, optimizer } = begin(given);
    for (const t of given.steps.keys()) take(given, params, optimizer, t);
    const { state } = optimizer.stateDict();
    given.state.forEach((expected, i) => {
      const got = state[i] ?? {};
      expect(Object.keys(got).sort()).toEqual(Object.keys(expected).map(camelCase).sort());
      for (const [key, value] of Object.entries(expected)) {
        const tensor = got[camelCase(key)] as torch.Tensor;
        expect(tensor.shape).toEqual(value.shape);
        expect(tensor.dtype).toBe(value.dtype);
        expect(difference(tensor, decode(value))).toBeLessThan(tolerance[given.dtype]);
      }
    });
  });
});

describe("a run that is saved and resumed is bit-equal to one that is not", () => {
  it.each(cases.map((c) => [titleOf(c), c] as const))("%s", (_, given) => {
    const whole = begin(given);
    for (const t of given.steps.keys()) take(given, whole.params, whole.optimizer, t);

    const first = begin(given);
    for (let t = 0; t < 4; t++) take(given, first.params, first.optimizer, t);
    const saved = first.optimizer.stateDict();
    const second = begin({ ...given, options: { lr: 123 } });
    copyInto(second.params, first.params);
    second.optimizer.loadStateDict(saved);
    expectSame(expect, second.optimizer.stateDict(), saved);
    // Copies: what the first optimizer goes on to do is not seen by the second.
    for (let t = 4; t < given.steps.length; t++) take(given, first.params, first.optimizer, t);
    for (let t = 4; t < given.steps.length; t++) take(given, second.params, second.optimizer, t);

    expectSame(expect, second.params, whole.params);
    expectSame(expect, second.optimizer.stateDict(), whole.optimizer.stateDict());
  });
});

/** The state as Python has it: snake_case, its own choices of implementation, absent buffers as None. */
function asPython(groups: object[], state: object): torch.optim.OptimizerState {
  const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const renamed = (entry: object) =>
    Object.fromEntries(Object.entries(entry).map(([key, value]) => [snake(key), value]));
  const python = groups.map((group) => ({ ...renamed(group), foreach: null, fused: true, differentiable: false }));
  return { state, param_groups: python } as unknown as torch.optim.OptimizerState;
}

describe("a state of PyTorch's is taken over", () => {
  it.each(cases.filter((c) => c.dtype === "float64").map((c) => [titleOf(c), c] as const))("%s", (_, given) => {
    const mine = begin(given);
    for (const t of given.steps.keys()) take(given, mine.params, mine.optimizer, t);
    const state = given.state.map((entry) =>
      Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, decode(value)])),
    );
    const loaded = begin({ ...given, options: { lr: 123 } });
    loaded.optimizer.loadStateDict(asPython(mine.optimizer.stateDict().paramGroups, { ...state }));
    expect(loaded.optimizer.paramGroups[0]).not.toHaveProperty("fused");
    copyInto(loaded.params, given.steps.at(-1)!.map(decode));
    for (let t = 0; t < 3; t++) {
      take(given, mine.params, mine.optimizer, t);
      take(given, loaded.params, loaded.optimizer, t);
    }
    for (const [i, param] of loaded.params.entries()) expect(difference(param, mine.params[i]!)).toBeLessThan(1e-12);
  });
});
