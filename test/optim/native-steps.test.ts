import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { liveMemory } from "../live-memory.js";
import { difference, expectSame } from "./fixtures.js";

// Tensors this small gain nothing from a second thread, and waiting for it takes long where test files share the cores.
torch.setNumThreads(1);

const { optim } = torch;
type Make = (params: torch.optim.Params<{ lr: number }>) => torch.optim.Optimizer<{ lr: number }>;

const optimizers: [string, Make][] = [
  ["SGD", (params) => new optim.SGD(params as never, { lr: 0.1, momentum: 0.9, weightDecay: 0.01 })],
  ["SGD with dampening", (params) => new optim.SGD(params as never, { lr: 0.1, momentum: 0.9, dampening: 0.5 })],
  ["SGD without momentum", (params) => new optim.SGD(params as never, { lr: 0.1 })],
  ["Adam", (params) => new optim.Adam(params as never, { lr: 0.1, weightDecay: 0.01, amsgrad: true })],
  ["AdamW", (params) => new optim.AdamW(params as never, { lr: 0.1 })],
  ["RMSprop", (params) => new optim.RMSprop(params as never, { lr: 0.1, momentum: 0.5, centered: true })],
  ["Adagrad", (params) => new optim.Adagrad(params as never, { lr: 0.1, lrDecay: 0.1 })],
];

/** Values and gradients for the same three steps, whatever the parameter looks like. */
function data(shape: number[], dtype: "float64" | "float32" | "bfloat16" | "float16" = "float64") {
  const generator = new torch.Generator().manualSeed(7);
  const make = () => torch.randn(shape, { generator, dtype: "float64" }).to(dtype);
  return { start: make(), grads: [make(), make(), make()] };
}

/** Three steps; `dress` gives the parameter and its gradients another look. */
function run(
  make: Make,
  { start, grads }: ReturnType<typeof data>,
  param: torch.Tensor = start.clone(),
  dress: (grad: torch.Tensor) => torch.Tensor = (grad) => grad,
) {
  param.requiresGrad_();
  const optimizer = make([param]);
  for (const grad of grads) {
    param.grad = dress(grad);
    optimizer.step();
  }
  return { param, optimizer, state: optimizer.stateDict().state[0] ?? {} };
}

describe.each(optimizers)("%s", (name, make) => {
  it.each(["float32", "bfloat16", "float16"] as const)("steps in %s as in float64", (dtype) => {
    const given = data([33, 5], dtype);
    const wide = { start: given.start.to("float64"), grads: given.grads.map((g) => g.to("float64")) };
    const [narrow, exact] = [run(make, given), run(make, wide)];
    expect(narrow.param.dtype).toBe(dtype);
    // Three steps that round weights and averages each time: a few units in the last place. What is made of multi-tensor
    // operators (no fused kernel) rounds after each of them.
    const units = /RMSprop|Adagrad/.test(name) ? 16 : 8;
    const unit = { float32: 2 ** -23, bfloat16: 2 ** -8, float16: 2 ** -11 }[dtype];
    expect(difference(narrow.param, exact.param)).toBeLessThan(units * unit);
    for (const [key, value] of Object.entries(narrow.state)) {
      expect((value as torch.Tensor).dtype, key).toBe(key === "step" ? "float32" : dtype);
    }
  });

  it("does the same for channels-last weights, and keeps its state in their format", () => {
    const given = data([4, 3, 5, 5]);
    const plain = run(make, given);
    const channelsLast = given.start.clone({ memoryFormat: "channelsLast" });
    for (const dress of [
      (grad: torch.Tensor) => grad.clone({ memoryFormat: "channelsLast" }),
      (grad: torch.Tensor) => grad.clone(),
    ]) {
      const { param, state } = run(make, given, channelsLast.clone(), dress);
      expect(param.isContiguous({ memoryFormat: "channelsLast" })).toBe(true);
      expectSame(expect, [param, state], [plain.param, plain.state]);
      for (const [key, value] of Object.entries(state)) {
        if (key !== "step") expect((value as torch.Tensor).stride(), key).toEqual(param.stride());
      }
    }
  });

  it("does the same for a gradient that is transposed, expanded or of another dtype", () => {
    const given = data([6, 4]);
    expectSame(expect, run(make, given, undefined, (g) => g.t().contiguous().t()).param, run(make, given).param);
    const same = { ...given, grads: given.grads.map((g) => g.index(torch.slice(0, 1)).expand([6, 4]).contiguous()) };
    expectSame(expect, run(make, same, undefined, (g) => g.index(0).expand([6, 4])).param, run(make, same).param);
    const rounded = { ...given, grads: given.grads.map((g) => g.to("float32").to("float64")) };
    expectSame(expect, run(make, rounded, undefined, (g) => g.to("float32")).param, run(make, rounded).param);
  });

  it("does the same for a parameter with gaps, and leaves the gaps", () => {
    const given = data([5, 4]);
    const storage = torch.full([10, 4], 7, { dtype: "float64" });
    const view = storage.index(torch.slice(0, null, 2));
    view.copy_(given.start);
    const { param } = run(make, given, view.detach());
    expectSame(expect, param.contiguous(), run(make, given).param);
    expectSame(expect, storage.index(torch.slice(0, null, 2)).contiguous(), param.detach().contiguous());
    expect(
      storage
        .index(torch.slice(1, null, 2))
        .eq(7)
        .all()
        .item(),
    ).toBe(true);
  });

  it("takes parameters without elements, without dimensions, and of several dtypes in one group", () => {
    const parts = [
      data([3, 2], "float32"),
      data([], "float64"),
      data([0, 4]),
      data([7], "bfloat16"),
      data([2], "float32"),
    ];
    const params = parts.map((part) => part.start.clone().requiresGrad_());
    const optimizer = make(params);
    for (const t of [0, 1, 2]) {
      for (const [i, param] of params.entries()) param.grad = parts[i]!.grads[t]!;
      optimizer.step();
    }
    expectSame(
      expect,
      params,
      parts.map((part) => run(make, part).param),
    );
  });

  it("skips parameters without a gradient, and goes on with each from where it was", () => {
    const given = data([4]);
    const [a, b] = [given.start.clone().requiresGrad_(), given.start.clone().requiresGrad_()];
    const optimizer = make([a, b]);
    for (const grad of given.grads) {
      a.grad = grad;
      optimizer.step();
    }
    expectSame(expect, b, given.start);
    expect(optimizer.stateDict().state[1]).toBeUndefined();
    for (const grad of given.grads) {
      a.grad = null;
      b.grad = grad;
      optimizer.step();
    }
    const { param, state } = run(make, given);
    expectSame(expect, [a, b], [param, param]);
    expectSame(expect, optimizer.stateDict().state, name === "SGD without momentum" ? {} : { 0: state, 1: state });
  });

  it("changes nothing when a gradient was not finite, also in a parameter's first step", () => {
    const given = data([4]);
    const param = given.start.clone().requiresGrad_();
    const optimizer = make([param]);
    for (const grad of given.grads) {
      param.grad = torch.full([4], Number.NaN, { dtype: "float64" });
      optimizer.foundInf = torch.tensor(2, { dtype: "float32" }); // a sum over two passes
      optimizer.step();
      param.grad = grad.clone();
      optimizer.foundInf = torch.tensor(0, { dtype: "float32" });
      optimizer.step();
    }
    const { param: expected, state } = run(make, given);
    expectSame(expect, param, expected);
    expectSame(expect, optimizer.stateDict().state[0] ?? {}, state);
  });

  it("divides by the scale, in place", () => {
    const given = data([4]);
    const param = given.start.clone().requiresGrad_();
    const optimizer = make([param]);
    optimizer.gradScale = torch.tensor(1024, { dtype: "float32" });
    for (const grad of given.grads) {
      param.grad = grad.mul(1024);
      optimizer.step();
      expectSame(expect, param.grad, grad);
    }
    expectSame(expect, param, run(make, given).param);
  });

  it("follows a parameter to another dtype, with what it remembers", () => {
    const given = data([4]);
    const param = given.start.clone().requiresGrad_();
    const optimizer = make([param]);
    param.grad = given.grads[0]!;
    optimizer.step();
    param.grad = null;
    param.setData(param.detach().to("float32"));
    param.grad = given.grads[1]!.to("float32");
    optimizer.step();
    const expected = run(make, { ...given, grads: given.grads.slice(0, 2) });
    expect(param.dtype).toBe("float32");
    expect(difference(param, expected.param)).toBeLessThan(1e-6);
  });

  it("can take its first step in inference mode", () => {
    const given = data([4]);
    const param = given.start.clone().requiresGrad_();
    const optimizer = make([param]);
    for (const [i, grad] of given.grads.entries()) {
      param.grad = grad;
      if (i === 0) torch.inferenceMode(() => optimizer.step());
      else optimizer.step();
    }
    expectSame(expect, param, run(make, given).param);
  });

  it("refuses sparse and complex ones before anything has changed", () => {
    const [a, b] = [torch.ones([3]).requiresGrad_(), torch.ones([3]).requiresGrad_()];
    const optimizer = make([{ params: [a] }, { params: [b] }]);
    a.grad = torch.ones([3]);
    b.grad = torch.sparseCooTensor(torch.tensor([[1]], { dtype: "int64" }), torch.ones([1]), [3]);
    expect(() => optimizer.step()).toThrow(/parameter 0 of the group to have a dense gradient, got a sparse one/);
    expect(a.toArray()).toEqual([1, 1, 1]);
    expect(optimizer.stateDict().state).toEqual({});

    const complex = torch.zeros([2], { dtype: "complex64" }).requiresGrad_();
    complex.grad = torch.zeros([2], { dtype: "complex64" });
    expect(() => make([complex]).step()).toThrow(/floating-point dtype.*\n {2}help: optimize torch.viewAsReal/);
  });

  it.each(["float64", "bfloat16"] as const)("tells autograd that %s weights have changed", (dtype) => {
    const { start, grads } = data([40], dtype);
    const param = start.requiresGrad_();
    const saved = param.square().sum();
    param.grad = grads[0]!;
    make([param]).step();
    expect(() => saved.backward()).toThrow(/modified by an inplace operation/);
  });

  it("steps along one after the other where two share memory, whatever the threads", () => {
    const { start, grads } = data([512, 300], "float32");
    const stepped = (threads: number) => {
      torch.setNumThreads(threads);
      const first = start.clone().requiresGrad_();
      const second = torch.zeros([400, 300], { requiresGrad: true });
      second.setData(first.detach().narrow(0, 112, 400));
      const optimizer = make([first, second]);
      for (const grad of grads) {
        [first.grad, second.grad] = [grad, grad.narrow(0, 0, 400).neg()];
        optimizer.step();
      }
      torch.setNumThreads(1);
      return first.detach();
    };
    const want = stepped(1);
    for (let i = 0; i < 3; i++) expect(stepped(2).equal(want)).toBe(true);
  });

  it("makes no tensors in JavaScript and keeps memory flat", () => {
    const given = data([64, 64], "float32");
    const params = [0, 1, 2].map(() => given.start.clone().requiresGrad_());
    for (const param of params) param.grad = given.grads[0]!;
    const optimizer = make(params);
    optimizer.step();
    const before = liveMemory();
    for (let i = 0; i < 300; i++) optimizer.step();
    const after = torch.memory();
    expect([after.tensors, after.allocated]).toEqual([before.tensors, before.allocated]);
  });
});

describe("capturable", () => {
  it("changes nothing on the CPU", () => {
    const given = data([4]);
    for (const Class of [optim.SGD, optim.AdamW] as const) {
      const of = (capturable: boolean) =>
        run((params) => new Class(params as never, { lr: 0.1, capturable }) as never, given);
      const captured = of(true);
      captured.optimizer.refreshLr();
      expectSame(expect, captured.param, of(false).param);
    }
  });
});
