import { expect, test } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { errorOf } from "../error-of.js";
import { describeGpu, makeBatch, makeProblem } from "./gpu.js";

describeGpu("The CUDA device", () => {
  test("out of memory is an error of its own, and memory is there again afterwards", () => {
    const before = torch.cuda.memoryAllocated();
    const { totalMemory } = torch.cuda.getDeviceProperties();
    expect(errorOf(() => torch.empty([totalMemory * 2], { dtype: "uint8", device: "cuda" })).code).toBe("E_OOM");
    expect(torch.cuda.memoryAllocated()).toBe(before);
    expect(torch.ones([1000], { device: "cuda" }).sum().item()).toBe(1000);
  });

  test("500 steps stay flat in memory, with a graph and without", () => {
    for (const isGraph of [false, true]) {
      const { optimizer, closure } = makeProblem("cuda");
      const [x, y] = makeBatch(1, "cuda");
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
          augment: true,
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

  test("pinned memory is pinned, and copies from it need no waiting", () => {
    const x = torch.randn([1000]).pinMemory();
    expect(x.isPinned()).toBe(true);
    expect(x.to("cuda", { nonBlocking: true }).cpu().equal(x)).toBe(true);
  });

  test("devices have names, memory and numbers", () => {
    const { name, major, totalMemory } = torch.cuda.getDeviceProperties();
    expect(name.length).toBeGreaterThan(0);
    expect(major).toBeGreaterThanOrEqual(5);
    const { free, total } = torch.cuda.memGetInfo();
    expect(free).toBeLessThanOrEqual(total);
    expect(Math.abs(total - totalMemory) / total).toBeLessThan(0.1);
    expect(torch.cuda.currentDevice()).toBeLessThan(torch.cuda.deviceCount());
    expect(errorOf(() => torch.cuda.setDevice(torch.cuda.deviceCount())).code).toBe("E_DEVICE");
  });

  test.skipIf(torch.cuda.deviceCount() < 2)(
    `tensors live on the device they were made on${torch.cuda.deviceCount() < 2 ? " (skipped: fewer than two devices)" : ""}`,
    () => {
      torch.cuda.setDevice(1);
      const x = torch.ones([2], { device: "cuda" });
      torch.cuda.setDevice(0);
      expect(x.device).toBe("cuda:1");
      expect(errorOf(() => x.add(torch.ones([2], { device: "cuda:0" }))).code).toBe("E_TORCH");
      expect(
        x
          .to("cuda:0")
          .add(torch.ones([2], { device: "cuda:0" }))
          .toArray(),
      ).toEqual([2, 2]);
    },
  );

  test("NVRTC compiles the kernels for this GPU", () => {
    const { major, minor } = torch.cuda.getDeviceProperties();
    expect(native.compileCudaKernels(major, minor)).toBeGreaterThan(0);
  });
});
