import { expect, test } from "vitest";
import * as torch from "../../lib/index.js";
import { captureSteps } from "../../lib/optim/sam/capture.js";
import { errorOf } from "../error-of.js";
import { RecordingDevice } from "./recording-device.js";

const { nn, optim } = torch;

function problem(seed: number, options: object = {}, Rule: typeof optim.SAM = optim.SAM) {
  torch.manualSeed(seed);
  const model = new nn.Sequential(new nn.Linear(4, 8), new nn.BatchNorm1d(8), new nn.ReLU(), new nn.Linear(8, 3));
  const optimizer = new Rule(model.parameters(), optim.SGD, {
    rho: 0.05,
    lr: 0.1,
    momentum: 0.9,
    weightDecay: 5e-4,
    ...options,
  });
  const closure = (x: torch.Tensor, y: torch.Tensor) => {
    const loss = nn.functional.crossEntropy(model.forward(x), y);
    loss.backward();
    return loss;
  };
  const values = () =>
    Object.values(model.stateDict()).flatMap((t) => [...(t.detach().double().flatten().dataSync() as Float64Array)]);
  return { model, optimizer, closure, values };
}

const batch = (seed: number) => {
  torch.manualSeed(seed);
  return [torch.randn([16, 4]), torch.randint(0, 3, [16])] as const;
};

const largest = (a: readonly number[], b: readonly number[]) => Math.max(...a.map((v, i) => Math.abs(v - b[i]!)));

test("50 steps with changing lr and rho are those of an optimizer without graphs", () => {
  for (const options of [{}, { adaptive: true, eta: 0.01 }, { p: Number.POSITIVE_INFINITY, rho: 0.01 }]) {
    const plain = problem(1, options);
    const graphed = problem(1, options);
    const step = graphed.optimizer._captureOn(new RecordingDevice(), graphed.closure, {});
    for (let t = 0; t < 50; t++) {
      const [x, y] = batch(t);
      for (const { optimizer } of [plain, graphed]) {
        optimizer.paramGroups[0]!.lr = 0.1 * (1 - t / 50);
        optimizer.paramGroups[0]!.rho = 0.01 + 0.002 * t;
      }
      plain.optimizer.step(() => plain.closure(x, y));
      step(x, y);
    }
    // rho / |g| is one number on the device and two on the host: the last bit of eps differs.
    expect(largest(plain.values(), graphed.values())).toBeLessThan(1e-4);
    expect(step.counts).toEqual({ eager: 3, captured: 1, replayed: 47 });
    expect(graphed.optimizer.steps).toBe(50);
  }
});

test("rho is read from the device", () => {
  const { model, optimizer, closure } = problem(1);
  const seen: torch.Tensor[] = [];
  const noting = (x: torch.Tensor, y: torch.Tensor) => {
    seen.push(torch.keep(torch.noGrad(() => torch.cat([...model.parameters()].map((p) => p.detach().flatten())))));
    return closure(x, y);
  };
  const step = optimizer._captureOn(new RecordingDevice(), noting, { warmup: 1 });
  for (const rho of [0.05, 0.05, 0.2, 0]) {
    optimizer.paramGroups[0]!.rho = rho;
    step(...batch(1));
    const [w, perturbed] = seen.splice(0);
    expect(perturbed!.sub(w!).norm().itemNumber()).toBeCloseTo(rho, 5);
  }
});

test("rho on the device, over a gradient that is small: |eps| = rho where float16 has no rho / |g|, 0 where float32 has none", () => {
  for (const [dtype, size, expected] of [
    ["float16", 2 ** -21, 0.5],
    ["float32", 1e-42, 0],
    ["float32", 0, 0],
    ["float32", Number.NaN, 0],
    ["float32", Number.POSITIVE_INFINITY, 0],
  ] as const) {
    const w = torch.ones([4], { dtype, requiresGrad: true });
    const pull = torch.tensor([size, -size, size, -size], { dtype });
    const optimizer = new optim.SAM([w], optim.SGD, { rho: 0.5, lr: 0 });
    const seen: torch.Tensor[] = [];
    const closure = () => {
      seen.push(torch.keep(w.detach().clone()));
      const loss = w.mul(pull).sum();
      loss.backward();
      return loss;
    };
    const step = optimizer._captureOn(new RecordingDevice(), closure, { warmup: 1 });
    for (let t = 0; t < 3; t++) {
      step();
      const moved = seen.splice(0).at(-1)!.double().sub(1).norm().itemNumber();
      expect(moved, `${dtype} ${size}`).toBeCloseTo(expected, 3);
      expect(w.toArray()).toEqual([1, 1, 1, 1]);
    }
  }
});

test("batch norm counts once a step", () => {
  const { model, optimizer, closure } = problem(1);
  const step = optimizer._captureOn(new RecordingDevice(), closure, { warmup: 1 });
  for (let t = 0; t < 4; t++) step(...batch(t));
  expect(model.stateDict()["1.num_batches_tracked"]!.item()).toBe(4);
});

test("what else a graph would hold for ever makes another graph", () => {
  const { optimizer, closure } = problem(1, { schedule: { every: 2 } });
  const step = optimizer._captureOn(new RecordingDevice(), closure, { warmup: 1, maxGraphs: 9 });
  for (let t = 0; t < 6; t++) step(...batch(t));
  expect(step.counts).toEqual({ eager: 2, captured: 2, replayed: 4 });
  optimizer.paramGroups[0]!.momentum = 0.5;
  step(...batch(6));
  expect(step.counts.eager).toBe(3);
  optimizer.loadStateDict(optimizer.stateDict());
  step(...batch(8));
  expect(step.counts.eager).toBe(4);
});

test("a gradient that is not finite skips the step, decided without the host", () => {
  const { optimizer, closure, values } = problem(1);
  const step = optimizer._captureOn(new RecordingDevice(), closure, { warmup: 1 });
  for (let t = 0; t < 3; t++) step(...batch(t));
  const before = values();
  const [x, y] = batch(4);
  step(x.div(0), y);
  expect(values()).toEqual(before);
  step(...batch(5));
  expect(values()).not.toEqual(before);
});

test("after a capture that failed nothing has changed, and steps without a graph go on", () => {
  const { optimizer, closure, values } = problem(1);
  let calls = 0;
  const failing = (x: torch.Tensor, y: torch.Tensor) => {
    if (++calls === 4)
      throw new torch.TorchError("E_TORCH", "[nonzero] CUDA error: operation not permitted when stream is capturing");
    return closure(x, y);
  };
  const step = optimizer._captureOn(new RecordingDevice(), failing, { warmup: 1 });
  step(...batch(1));
  const steps = optimizer.steps;
  const error = errorOf(() => step(...batch(2)));
  expect(error.message).toMatch(
    /^\[SAM.capture\] expected operations that a CUDA graph can hold, got nonzero: the shape of its result/,
  );
  expect([optimizer.steps, optimizer.isPerturbed]).toEqual([steps, false]);
  optimizer.step(() => closure(...batch(3)));
  expect(values().every(Number.isFinite)).toBe(true);
});

test("rules and options that a graph cannot hold are refused with the reason", () => {
  const refused = (options: object, Rule?: typeof optim.SAM) => {
    const { optimizer, closure } = problem(1, options, Rule);
    return errorOf(() => optimizer._captureOn(new RecordingDevice(), closure, {})).message;
  };
  expect(refused({ sameMasks: true })).toMatch(/sameMasks/);
  expect(refused({}, optim.LookSAM as typeof optim.SAM)).toMatch(/replaces the vectors/);
  expect(refused({}, optim.FSAM as typeof optim.SAM)).toMatch(/replaces the vectors/);
  expect(refused({}, optim.WSAM as typeof optim.SAM)).toMatch(/reads lr on the host/);
  const { model } = problem(1);
  const other = new optim.SAM(model.parameters(), optim.RMSprop, { lr: 0.01 });
  expect(errorOf(() => other._captureOn(new RecordingDevice(), () => torch.ones([]), {})).message).toMatch(
    /RMSprop, which reads lr/,
  );
});

test("a graph is of one device", () => {
  const w = [torch.ones([2]), torch.empty([2], { device: "meta" })].map((t) => t.requiresGrad_());
  const optimizer = new optim.SAM(w, optim.SGD, { lr: 0.1 });
  const error = errorOf(() => optimizer._captureOn(new RecordingDevice(), () => torch.ones([]), {}));
  expect(error.code).toBe("E_ARG");
  expect(error.message).toMatch(/^\[SAM.capture\] expected parameters on one device, got some on cpu and some on meta/);
});

test("lr and rho are on the device before the first step, and brought up to date before each launch", () => {
  const device = new RecordingDevice();
  const { calls } = device;
  const note = (what: string) => void calls.push(what);
  let fails = false;
  const engine = {
    name: "SAM",
    tape: () => undefined,
    devices: () => new Set<torch.Device>(["cpu"]),
    refusal: () => undefined,
    useDeviceNumbers: () => note("numbers"),
    step: (fn: () => torch.Tensor) => fn(),
    refresh: () => note("refresh"),
    hostValues: () => "",
    afterFailure: () => note("after failure"),
    snapshot: () => () => note("step counted"),
  };
  const closure = (x: torch.Tensor) => {
    if (fails) throw new torch.TorchError("E_TORCH", "[nonzero] CUDA error: operation not permitted when capturing");
    note("step");
    return x.sum();
  };
  const step = captureSteps(engine, closure, { warmup: 1 }, device);
  for (let i = 0; i < 3; i++) step(torch.ones([2]));
  const said = () => calls.splice(0).filter((call) => call !== "stream" && call !== "step");
  expect(said()).toEqual([
    "numbers",
    "refresh", // and a step without a graph
    ...["refresh", "capture 1", "replay 1", "step counted"],
    ...["refresh", "replay 1", "step counted"],
  ]);
  const failing = captureSteps(engine, closure, { warmup: 1 }, device);
  failing(torch.ones([2]));
  said();
  fails = true;
  expect(() => failing(torch.ones([2]))).toThrow(/expected operations that a CUDA graph can hold/);
  expect(said()).toContain("after failure");
});
