import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { decode, fixture, type Stored } from "../nn/fixtures.js";

torch.setNumThreads(1);

const { optim } = torch;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Saved {
  name: string;
  args?: unknown[];
  options?: object;
  fresh: Record<string, Json>;
  state: Record<string, Json>;
  groups: Record<string, Json>[];
  lrs: number[][];
}
const python = fixture<{
  optimizers: {
    name: string;
    w: Stored;
    state: { state: Record<string, Record<string, Json>>; param_groups: Json[] };
  }[];
  schedulers: Saved[];
  chains: Saved[];
  metrics: number[];
  scaler: Record<string, number>;
}>("python_states.json");

/** As torch.load gives it. */
function revived(value: Json): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (value === "Infinity" || value === "-Infinity") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if ("tensor" in value) return decode(value.tensor as unknown as Stored);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revived(item)]));
}

describe("an optimizer's state from Python, and back to it", () => {
  const FOREIGN = ["foreach", "fused", "differentiable"];
  const make = (name: string, w: torch.Tensor) =>
    new (optim as unknown as Record<string, new (p: torch.Tensor[], o: object) => torch.optim.Optimizer>)[name]!(
      [w],
      name === "SGD" ? { lr: 1 } : {},
    );
  /** Tensors of one element and numbers alike: which of them a step is differs between Python's own versions. */
  const comparable = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(comparable) : torch.isTensor(value) ? value.toArray() : value;

  it.each(python.optimizers)("$name: the same names, parameters by integers", ({ name, w, state }) => {
    const optimizer = make(name, decode(w).requiresGrad_());
    optimizer.loadStateDict(revived(state as unknown as Json) as torch.optim.OptimizerState);
    const back = optim.toPython(optimizer.stateDict());
    expect([...back.state.keys()]).toEqual([0]);
    const kept = revived(state.state[0]!) as Record<string, unknown>;
    const values = (entry: object) => Object.fromEntries(Object.entries(entry).map(([k, v]) => [k, comparable(v)]));
    for (const [key, value] of Object.entries(values(kept))) {
      if (value === null || key === "al") continue; // a placeholder; LBFGS's scratch
      expect(values(back.state.get(0)!)[key], key).toEqual(value);
    }
    expect(Object.keys(kept)).toEqual(expect.arrayContaining(Object.keys(back.state.get(0)!)));
    const group = state.param_groups[0] as Record<string, Json>;
    for (const [key, value] of Object.entries(group)) {
      if (!FOREIGN.includes(key)) expect(back.param_groups[0]![key], key).toEqual(value);
    }
  });

  it("a file of it has what Python reads", () => {
    const optimizer = make("Adam", torch.ones([2], { requiresGrad: true }));
    expect(optim.toPython(optimizer.stateDict()).state).toEqual(new Map());
    expect(errorOf(() => optim.toPython({} as never)).message).toContain("expected an optimizer's state");
  });
});

describe("a scheduler's state from Python", () => {
  type Any = torch.optim.lrScheduler.Scheduler & { step(metric?: number): void };
  const L = optim.lrScheduler;
  const chains: Record<string, (o: torch.optim.Optimizer) => unknown> = {
    ChainedScheduler: (o) =>
      new L.ChainedScheduler([new L.ConstantLR(o, { totalIters: 6 }), new L.ExponentialLR(o, 0.9)]),
    SequentialLR: (o) =>
      new L.SequentialLR(o, [new L.ConstantLR(o, { totalIters: 6 }), new L.ExponentialLR(o, 0.9)], [4]),
  };
  function make({ name, args, options }: Saved, other = false) {
    const groups = [0.1, 0.05].map((lr) => ({ params: [torch.zeros([1], { requiresGrad: true })], lr }));
    const optimizer = new optim.SGD(groups, { momentum: 0.9 });
    if (args === undefined) return { optimizer, scheduler: chains[name]!(optimizer) as Any };
    const Class = (L as unknown as Record<string, new (...given: unknown[]) => Any>)[name]!;
    // One made with other numbers gets Python's.
    const numbers = other ? args.map((arg) => (typeof arg === "number" ? arg + 1 : arg)) : args;
    return { optimizer, scheduler: new Class(optimizer, ...numbers, options) };
  }
  const isFree = ({ name }: Saved) => ["StepLR", "ExponentialLR", "CosineAnnealingLR"].includes(name);

  it.each([...python.schedulers, ...python.chains])("$name goes on from it", (saved) => {
    for (const asMap of [false, true]) {
      const { optimizer, scheduler } = make(saved, isFree(saved));
      const { param_groups } = { param_groups: revived(saved.groups) as object[] };
      optimizer.loadStateDict({ state: {}, param_groups } as never);
      const state = revived(saved.state) as Record<string, unknown>;
      // A Counter is a map of integers.
      if (asMap && state.milestones) {
        state.milestones = new Map(Object.entries(state.milestones as object).map(([k, v]) => [Number(k), v]));
      }
      scheduler.loadStateDict(state);
      expect(scheduler.lastEpoch).toBe(3);
      for (const [i, lrs] of saved.lrs.entries()) {
        optimizer.step();
        scheduler.step(saved.name === "ReduceLROnPlateau" ? python.metrics[i + 3] : undefined);
        const got = optimizer.paramGroups.map((group) => group.lr as number);
        got.forEach((lr, g) => void expect(lr, `epoch ${i + 4}, group ${g}`).toBeCloseTo(lrs[g]!, 14));
      }
      // What it saves is its own form.
      const again = make(saved);
      again.scheduler.loadStateDict(scheduler.stateDict());
      expect(again.scheduler.stateDict()).toEqual(scheduler.stateDict());
    }
  });

  it.each(python.schedulers)("$name: one that has not begun, and another's is refused", (saved) => {
    const { scheduler } = make(saved);
    scheduler.loadStateDict(revived(saved.fresh) as Record<string, unknown>);
    expect(scheduler.lastEpoch).toBe(0);
    const foreign = { last_epoch: 3, base_lrs: [0.1, 0.05], _last_lr: [0.1, 0.05] };
    expect(errorOf(() => scheduler.loadStateDict(foreign)).code).toBe("E_CHECKPOINT");
    expect(scheduler.lastEpoch).toBe(0);
  });

  it("what is no state names what it has", () => {
    const { scheduler } = make(python.schedulers[0]!);
    expect(errorOf(() => scheduler.loadStateDict({ epoch: 3 })).message).toBe(
      "[StepLR.loadStateDict] expected the state of a scheduler, with lastEpoch, got an object with epoch",
    );
  });
});

describe("a scaler's state from Python", () => {
  it("scale, growth, factors and interval", () => {
    const scaler = new optim.GradScaler();
    scaler.loadStateDict(python.scaler as never);
    expect(scaler.getScale()).toBe(python.scaler.scale);
    expect(scaler.stateDict().growthTracker.itemNumber()).toBe(python.scaler._growth_tracker);
    const w = torch.ones([1], { requiresGrad: true });
    const optimizer = new optim.SGD([w], { lr: 0.1 });
    const step = (factor: number) => {
      optimizer.zeroGrad();
      scaler.scale(w.sum().mul(factor)).backward();
      scaler.step(optimizer);
      scaler.update();
    };
    const growth = python.scaler.growth_interval! - python.scaler._growth_tracker!;
    for (let i = 0; i < growth; i++) step(1);
    expect(scaler.getScale()).toBe(python.scaler.scale! * python.scaler.growth_factor!);
    step(Number.POSITIVE_INFINITY);
    expect(scaler.getScale()).toBe(python.scaler.scale! * python.scaler.growth_factor! * python.scaler.backoff_factor!);
  });
  it("that of a disabled one is refused", () => {
    expect(errorOf(() => new optim.GradScaler().loadStateDict({} as never)).message).toContain("got nothing");
  });
});
