import { expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

type T = torch.Tensor;
const { func, nn } = torch;
const double = (data: torch.TensorData) => torch.tensor(data, { dtype: "float64" });

it("grad: by any argument, through arrays and objects, zeros where nothing depends, no .grad touched", () => {
  const f = (p: { w: T; more: T[] }, k: number, x: T) => p.w.mul(x).mul(k).sum().add(p.more[0]!.sum());
  const p = { w: double([1, 2]).requiresGrad_(), more: [double([3]), double([4, 5])] };
  const x = double([10, 20]);
  const g = func.grad(f)(p, 2, x);
  expect([g.w.toArray(), g.more.map((t) => t.toArray())]).toEqual([
    [20, 40],
    [[1], [0, 0]],
  ]);
  expect([p.w.grad, p.more[0]!.requiresGrad]).toEqual([null, false]);
  expect(func.grad(f, { argnum: 2 })(p, 2, x).toArray()).toEqual([2, 4]);
});

it("gradAndValue gives what the function gave besides", () => {
  const [g, [loss, logits]] = func.gradAndValue((w: T): [T, T] => [w.square().sum(), w.mul(2)])(double([1, 2]));
  expect([g.toArray(), loss.item(), logits.toArray()]).toEqual([[2, 4], 5, [2, 4]]);
  expect([g, loss, logits].map((t) => t.requiresGrad)).toEqual([false, false, false]);
});

it("results take part in an outer graph only when something outside asks", () => {
  const w = double([2]).requiresGrad_();
  const x = double([3]);
  const captured = func.grad((x: T) => x.mul(x).mul(w).sum())(x);
  expect(captured.requiresGrad).toBe(true);
  captured.sum().backward();
  expect(w.grad!.item()).toBe(6);
  const own = func.grad((w: T) => w.pow(3).sum())(w);
  expect(torch.autograd.grad([own.sum()], [w])[0]!.item()).toBe(12);
  expect(torch.noGrad(() => func.grad((w: T) => w.pow(3).sum())(w)).requiresGrad).toBe(false);
  expect(
    func
      .grad((x: T) => x.mul(x.detach()).sum())(x)
      .toArray(),
  ).toEqual([3]);
});

it("vjp: several outputs and calls, and what is wrong", () => {
  const [[a, b], pull] = func.vjp((x: T, y: T): [T, T] => [x.mul(y), x.sum()], double([1, 2]), double([3, 4]));
  expect([a.toArray(), b.item()]).toEqual([[3, 8], 3]);
  const once = pull([double([1, 1]), double(1)]);
  expect(once.map((t) => t.toArray())).toEqual([
    [4, 5],
    [1, 2],
  ]);
  expect(pull([double([0, 0]), double(1)])[0]!.toArray()).toEqual([1, 1]);
  expect(errorOf(() => pull([double([1, 1])] as unknown as [T, T])).message).toContain("expected 2 cotangents");
  expect(errorOf(() => func.grad((x: T) => x)(double([1, 2]))).message).toContain("one element, got [2]");
  expect(errorOf(() => func.grad((_k: number, x: T) => x.sum())(1, double([1]))).message).toContain(
    "[grad] expected tensors in argument 0",
  );
});

it("hessian equals jacrev of grad, and jvp a column of the Jacobian", () => {
  const f = (x: T) => x.sin().mul(x.flip(0)).sum();
  const x = torch.randn([4], { dtype: "float64" });
  const h = func.hessian(f)(x);
  expect(h.allclose(func.jacrev(func.grad(f))(x), { rtol: 1e-12 })).toBe(true);
  const v = torch.randn([4], { dtype: "float64" });
  const [, hv] = func.jvp((x) => func.grad(f)(x!), [x], [v]);
  expect(hv.allclose(h.matmul(v), { rtol: 1e-10 })).toBe(true);
});

it("functionalCall: parameters, buffers, shared tensors, nested modules, errors", () => {
  const norm = new nn.BatchNorm1d(2);
  const model = new nn.Sequential(new nn.Linear(2, 2), norm);
  const before = Object.values(model.stateDict()).map((t) => t.clone());
  const x = torch.randn([5, 2]);
  const state = Object.fromEntries(Object.entries(model.stateDict()).map(([k, t]) => [k, t.clone()]));
  const y = func.functionalCall(model, state, [x]);
  const unchanged = Object.values(model.stateDict()).every((t, i) => t.equal(before[i]!));
  expect([y.shape, unchanged, state["1.num_batches_tracked"]!.item()]).toEqual([[5, 2], true, 1]);
  const zero = func.functionalCall(model, [{ "0.weight": torch.ones([2, 2]) }, { "1.weight": torch.zeros([2]) }], x);
  expect(zero.equal(norm.bias!.expand([5, 2]))).toBe(true);

  class Tied extends nn.Module {
    a = new nn.Linear(2, 2, { bias: false });
    b = new nn.Linear(2, 2, { bias: false });
    constructor() {
      super();
      this.b.weight = this.a.weight;
    }
    forward(x: T) {
      return this.b.forward(this.a.forward(x));
    }
  }
  const tied = new Tied();
  const eye = torch.eye(2).mul(3);
  expect(func.functionalCall(tied, { "a.weight": eye }, [x]).allclose(x.mul(9))).toBe(true);
  expect(errorOf(() => func.functionalCall(tied, { weight: eye }, [x], { strict: true })).message).toContain(
    "unknown weight; missing a.weight, b.weight",
  );
  const weight = tied.a.weight;
  expect(() => func.functionalCall(tied, { "a.weight": torch.ones([3, 3]) }, [x])).toThrow();
  expect([tied.a.weight, tied.b.weight]).toEqual([weight, weight]);
});

it("a training loop of pure functions", () => {
  torch.manualSeed(0);
  const model = new nn.Sequential(new nn.Linear(3, 8), new nn.Tanh(), new nn.Linear(8, 1));
  const x = torch.randn([32, 3]);
  const y = x.sum(1, { keepdim: true });
  const loss = (p: torch.func.StateTensors) => func.functionalCall(model, p, [x]).sub(y).square().mean();
  let params: Record<string, T> = Object.fromEntries(model.namedParameters().map(([k, p]) => [k, p.detach()]));
  const first = loss(params).itemNumber();
  for (let i = 0; i < 50; i++) {
    const g = func.grad(loss)(params);
    params = Object.fromEntries(Object.entries(params).map(([k, p]) => [k, p.sub(g[k]!, { alpha: 0.1 })]));
  }
  expect(loss(params).itemNumber()).toBeLessThan(first / 4);
});
