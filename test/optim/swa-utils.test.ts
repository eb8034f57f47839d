import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { decode, expectClose, fixture, type Stored } from "../nn/fixtures.js";

const { nn } = torch;
const { AveragedModel, getEmaAvgFn, getEmaMultiAvgFn, getSwaMultiAvgFn, SWALR, updateBn } = torch.optim.swaUtils;
type State = Record<string, Stored>;
const python = fixture<{
  averages: { options: { decay?: number; useBuffers?: boolean }; start: State; states: State[]; averaged: State }[];
  schedules: { args: [number | number[]]; options: torch.optim.swaUtils.SWALROptions; lrs: number[][] }[];
  batchNorms: { before: State; batches: Stored[]; after: State };
}>("swa.json");

const make = () => new nn.Sequential(new nn.Linear(3, 2), new nn.BatchNorm1d(2)).double();
const load = (model: torch.nn.Module, state: State) =>
  model.loadStateDict(Object.fromEntries(Object.entries(state).map(([key, value]) => [key, decode(value)])));
function expectState(model: torch.nn.AnyModule, expected: State): void {
  const state = model.stateDict();
  expect(Object.keys(state)).toEqual(Object.keys(expected));
  for (const [key, value] of Object.entries(expected)) expectClose(state[key]!, value, key);
}

describe("averages of models as in PyTorch", () => {
  it.each(python.averages)("$options", ({ options, start, states, averaged }) => {
    const model = make();
    load(model, start);
    const avgFn = options.decay === undefined ? undefined : getEmaAvgFn(options.decay);
    const average = new AveragedModel(model, make(), { avgFn, useBuffers: options.useBuffers });
    for (const state of states) {
      load(model, state);
      torch.tidy(() => average.updateParameters(model));
    }
    expectState(average, averaged);
    const x = torch.randn([4, 3], { dtype: "float64" });
    expect(average.eval().forward(x).equal(average.module.forward(x))).toBe(true);
  });
  it.each(python.averages)("$options, all tensors at once", ({ options, start, states, averaged }) => {
    const model = make();
    load(model, start);
    const calls: number[] = [];
    const multi = options.decay === undefined ? getSwaMultiAvgFn() : getEmaMultiAvgFn(options.decay);
    const average = new AveragedModel(model, make(), {
      multiAvgFn: (averages, current, count) => {
        calls.push(averages.length);
        expect(new Set(averages.map((t) => t.dtype)).size).toBe(1);
        multi(averages, current, count);
      },
      useBuffers: options.useBuffers,
    });
    for (const state of states) {
      load(model, state);
      torch.tidy(() => average.updateParameters(model));
    }
    expectState(average, averaged);
    // Parameters and float buffers in one call, the count of batches in another; the first update copies.
    expect(calls).toEqual(options.useBuffers ? [6, 1, 6, 1, 6, 1] : [4, 4, 4]);
  });
  it("take one function only", () => {
    const both = { avgFn: getEmaAvgFn(), multiAvgFn: getEmaMultiAvgFn() };
    expect(() => new AveragedModel(make(), make(), both)).toThrow(/one of avgFn and multiAvgFn, got both/);
    expect(() => new AveragedModel(make(), make(), { multiAvgFn: 3 as never })).toThrow(/expected a function, got 3/);
    expect(() => getEmaMultiAvgFn(-1)).toThrow(/\[getEmaMultiAvgFn\] expected decay from 0 to 1, got -1/);
  });
  it("refuse models that differ", () => {
    const model = make();
    expect(() => new AveragedModel(model, model)).toThrow(/two models, got one twice/);
    expect(() => new AveragedModel(model, new nn.Sequential(new nn.Linear(4, 2)) as never)).toThrow(/0\.weight/);
    const average = new AveragedModel(model, make());
    expect(() => average.updateParameters(new nn.Sequential(new nn.Linear(3, 2)))).toThrow(/with 4 parameters, got 2/);
    expect(() => getEmaAvgFn(2)).toThrow(/decay from 0 to 1, got 2/);
  });
});

describe("SWALR as in PyTorch", () => {
  it.each(python.schedules)("$args $options", ({ args, options, lrs }) => {
    const params = [0.1, 0.05].map((lr) => ({ params: [torch.zeros([1]).requiresGrad_()], lr }));
    const optimizer = new torch.optim.SGD(params);
    const scheduler = new SWALR(optimizer, ...args, options);
    lrs.forEach((expected, epoch) => {
      if (epoch > 0) scheduler.step();
      optimizer.paramGroups.forEach((group, i) => {
        expect(group.lr, `epoch ${epoch}`).toBeCloseTo(expected[i]!, 14);
      });
    });
    expect(() => new SWALR(optimizer, 0.1, { annealStrategy: "exp" as "cos" })).toThrow(/"cos" or "linear"/);
  });
});

describe("updateBn as in PyTorch", () => {
  const { before, batches, after } = python.batchNorms;
  it("takes the mean over all batches, and puts momentum and mode back", async () => {
    const model = make();
    load(model, before);
    model.eval();
    await updateBn(batches.map(decode), model);
    expectState(model, after);
    expect([model.training, (model.at(1) as torch.nn.BatchNorm1d).momentum]).toEqual([false, 0.1]);
  });
  it("from a loader", async () => {
    const model = make();
    load(model, before);
    const rows = torch.cat(batches.map(decode));
    await updateBn(new torch.data.DataLoader(new torch.data.TensorDataset(rows), { batchSize: 4 }), model);
    expectState(model, after);
  });
});
