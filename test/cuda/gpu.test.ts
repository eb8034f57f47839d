import { describe, expect, test } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

const { nn, optim } = torch;
const missing = !torch.cuda.isAvailable() ? "no CUDA device" : !torch.cuda.hasCudaModule() ? "no CUDA part" : "";
const gpu = describe.skipIf(missing !== "");
const title = (what: string) => (missing === "" ? what : `${what} (skipped: ${missing})`);

/** The same network and optimizer on either device: weights are drawn on the CPU. */
function make(device: torch.Device, dropout = 0) {
  torch.manualSeed(0);
  const model = new torch.models.WideResNet({ depth: 10, widthFactor: 1, dropout });
  torch.noGrad(() => [...model.parameters()].at(-2)!.normal_(0, 0.01));
  model.to({ device, memoryFormat: "channelsLast" });
  const optimizer = new optim.SAM(model.parameters(), optim.SGD, {
    rho: 0.05,
    lr: 0.05,
    momentum: 0.9,
    weightDecay: 5e-4,
  });
  const closure = (x: torch.Tensor, y: torch.Tensor) => {
    const loss = nn.functional.crossEntropy(model.forward(x), y, { labelSmoothing: 0.1 });
    loss.backward();
    return loss;
  };
  const weights = () =>
    [...model.parameters()].flatMap((p) => [...(p.detach().double().flatten().dataSync() as Float64Array)]);
  return { model, optimizer, closure, weights };
}

function batch(seed: number, device: torch.Device, count = 16): [torch.Tensor, torch.Tensor] {
  torch.manualSeed(seed);
  const x = torch.randn([count, 3, 32, 32]).contiguous({ memoryFormat: "channelsLast" });
  return [x.to(device), torch.randint(0, 10, [count]).to(device)];
}

const relative = (a: readonly number[], b: readonly number[]) => {
  const distance = Math.hypot(...a.map((v, i) => v - b[i]!));
  return distance / Math.hypot(...b);
};

gpu(title("CUDA"), { timeout: 300_000 }, () => {
  torch.backends.cudnn.allowTF32 = false;
  torch.backends.cudnn.deterministic = true;

  test("forward and gradients are the CPU's", () => {
    const [here, there] = [make("cpu"), make("cuda")];
    const losses = [here.closure(...batch(1, "cpu")), there.closure(...batch(1, "cuda"))].map((l) => l.itemNumber());
    expect(losses[1]).toBeCloseTo(losses[0]!, 4);
    const grads = ({ model }: typeof here) =>
      [...model.parameters()].flatMap((p) => [...(p.grad!.double().flatten().dataSync() as Float64Array)]);
    expect(relative(grads(there), grads(here))).toBeLessThan(1e-3);
  });

  test("SAM steps are the CPU's", () => {
    const [here, there] = [make("cpu"), make("cuda")];
    for (let t = 0; t < 5; t++) {
      here.optimizer.step(() => here.closure(...batch(t, "cpu")));
      there.optimizer.step(() => there.closure(...batch(t, "cuda")));
    }
    expect(relative(there.weights(), here.weights())).toBeLessThan(1e-3);
  });

  test("replays equal steps without a graph, bit for bit, over 50 steps with changing lr and rho", () => {
    const [eager, replayed] = [make("cuda"), make("cuda")];
    // Without graphs, but with the same arithmetic: lr and rho from the device.
    const plain = eager.optimizer.capture(eager.closure, { maxGraphs: 0 });
    const step = replayed.optimizer.capture(replayed.closure);
    for (let t = 0; t < 50; t++) {
      for (const { optimizer } of [eager, replayed]) {
        optimizer.paramGroups[0]!.lr = 0.05 * (1 - t / 50);
        optimizer.paramGroups[0]!.rho = 0.01 + 0.002 * t;
      }
      const [x, y] = batch(t, "cuda");
      const losses = [plain(x, y).itemNumber(), step(x, y).itemNumber()];
      expect(losses[1]).toBe(losses[0]);
    }
    expect(step.counts).toEqual({ eager: 3, captured: 1, replayed: 47 });
    expect(replayed.weights()).toEqual(eager.weights());
    const counter = (m: typeof eager) =>
      Object.entries(m.model.stateDict())
        .find(([key]) => key.endsWith("num_batches_tracked"))![1]
        .item();
    expect(counter(replayed)).toBe(50);
  });

  test("a smaller last batch gets a graph of its own", () => {
    const { optimizer, closure } = make("cuda");
    const step = optimizer.capture(closure, { warmup: 1 });
    for (const count of [16, 16, 8, 8, 16, 8]) step(...batch(count, "cuda", count));
    expect(step.counts).toEqual({ eager: 2, captured: 2, replayed: 4 });
  });

  test("dropout draws anew in each replay", () => {
    const f = torch.cuda.graph((x: torch.Tensor) => nn.functional.dropout(x, { p: 0.5 }), { warmup: 1 });
    const x = torch.ones([1000], { device: "cuda" });
    f(x);
    const masks = [f(x), f(x), f(x)].map((y) => String(y.clone().toArray()));
    expect(new Set(masks).size).toBeGreaterThan(1);
  });

  test("an operation that cannot be captured is named, and the next step works", () => {
    const { optimizer, closure, weights } = make("cuda");
    const bad = optimizer.capture(
      (x: torch.Tensor, y: torch.Tensor) => {
        const loss = closure(x, y);
        loss.item();
        return loss;
      },
      { warmup: 1 },
    );
    bad(...batch(1, "cuda"));
    const before = weights();
    expect(errorOf(() => bad(...batch(2, "cuda"))).message).toMatch(/got item/);
    expect(weights()).toEqual(before);
    optimizer.step(() => closure(...batch(3, "cuda")));
    expect(weights().every(Number.isFinite)).toBe(true);
  });

  test("out of memory is an error of its own, and memory is there again afterwards", () => {
    const before = torch.cuda.memoryAllocated();
    const { totalMemory } = torch.cuda.getDeviceProperties();
    expect(errorOf(() => torch.empty([totalMemory * 2], { dtype: "uint8", device: "cuda" })).code).toBe("E_OOM");
    expect(torch.cuda.memoryAllocated()).toBe(before);
    expect(torch.ones([1000], { device: "cuda" }).sum().item()).toBe(1000);
  });

  test("500 steps stay flat in memory, with a graph and without", () => {
    for (const isGraph of [false, true]) {
      const { optimizer, closure } = make("cuda");
      const [x, y] = batch(1, "cuda");
      const step = isGraph
        ? optimizer.capture(closure)
        : (a: torch.Tensor, b: torch.Tensor) => optimizer.step(() => closure(a, b));
      const one = () => torch.tidy(() => void step(x, y));
      for (let t = 0; t < 20; t++) one();
      torch.cuda.synchronize();
      const before = [torch.cuda.memoryAllocated(), torch.cuda.memoryReserved()];
      for (let t = 0; t < 480; t++) one();
      torch.cuda.synchronize();
      expect([torch.cuda.memoryAllocated(), torch.cuda.memoryReserved()]).toEqual(before);
    }
  });

  test("batches made on the device are bit-equal to those made on the CPU", () => {
    const [n, count] = [64, 32];
    torch.manualSeed(5);
    const images = torch.randint(0, 256, [n, 3, 32, 32]).to("uint8");
    const labels = torch.randint(0, 10, [n]);
    const order = torch.randperm(n);
    const on = (device: torch.Device, dtype: torch.DType, channelsLast: boolean) =>
      torch.data
        .imageBatch({
          images: images.to(device),
          labels: labels.to(device),
          order: order.to(device),
          counters: torch.tensor([3n, 32n]).to(device),
          table: torch.data.valueTable([0.5, 0.4, 0.3], [0.2, 0.3, 0.25], dtype).to(device),
          count,
          augment: { padding: 4, flip: 0.5, cutout: 16, cutoutProbability: 0.5 },
          seed: 7,
          channelsLast,
        })
        .map((t) => t.to("cpu"));
    for (const dtype of ["float32", "bfloat16", "float16", "float64"] as const) {
      for (const channelsLast of [false, true]) {
        const [here, there] = [on("cpu", dtype, channelsLast), on("cuda", dtype, channelsLast)];
        for (const i of [0, 1]) expect(there[i]!.equal(here[i]!)).toBe(true);
      }
    }
  });

  test("streams and events order and measure", () => {
    const side = new torch.cuda.Stream();
    const [start, end] = [new torch.cuda.Event({ timing: true }), new torch.cuda.Event({ timing: true })];
    const x = torch.ones([1024, 1024], { device: "cuda" });
    start.record();
    side.waitStream(torch.cuda.currentStream());
    const y = torch.cuda.withStream(side, () => x.matmul(x));
    torch.cuda.currentStream().waitStream(side);
    end.record().synchronize();
    expect(y.mean().item()).toBe(1024);
    expect(start.elapsedTime(end)).toBeGreaterThan(0);
    expect(end.query()).toBe(true);
  });
});
