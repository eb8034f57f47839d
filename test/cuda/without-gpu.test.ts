import { describe, expect, test } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

const { cuda } = torch;
const has = cuda.isAvailable();

describe.skipIf(has)(`torch.cuda without a GPU${has ? " (skipped: this machine has one)" : ""}`, () => {
  test("what can be answered is answered", () => {
    expect(cuda.deviceCount()).toBe(0);
    expect(cuda.memoryAllocated()).toBe(0);
    expect(cuda.maxMemoryAllocated("cuda:3")).toBe(0);
    expect(cuda.memoryReserved()).toBe(0);
    expect(cuda.maxMemoryReserved()).toBe(0);
    cuda.resetPeakMemoryStats();
    cuda.emptyCache();
    cuda.synchronize();
  });

  test.each<[string, () => unknown]>([
    ["cuda.Stream", () => new cuda.Stream()],
    ["cuda.Event", () => new cuda.Event({ timing: true })],
    ["cuda.currentStream", () => cuda.currentStream()],
    ["cuda.defaultStream", () => cuda.defaultStream("cuda:0")],
    ["cuda.currentDevice", () => cuda.currentDevice()],
    ["cuda.setDevice", () => cuda.setDevice(0)],
    ["cuda.setDevice", () => cuda.setDevice("cuda:1")],
    ["cuda.memGetInfo", () => cuda.memGetInfo()],
  ])("%s says that there is no device", (name, call) => {
    const error = errorOf(call);
    expect(error.code).toBe("E_DEVICE");
    expect(error.message).toMatch(new RegExp(`^\\[${name}\\] expected an? .*device.*, got none`));
    expect(error.help).toContain("torch.cuda.isAvailable()");
  });

  test("tensors on CUDA are refused, and so is pinned memory", () => {
    expect(errorOf(() => torch.zeros([2], { device: "cuda" })).code).toBe("E_DEVICE");
    expect(errorOf(() => torch.zeros([2]).to("cuda:1")).code).toBe("E_DEVICE");
    expect(torch.zeros([2]).isPinned()).toBe(false);
    expect(errorOf(() => torch.zeros([2]).pinMemory()).code).toBe("E_DEVICE");
  });

  test("graphs say what is missing", () => {
    expect(["E_LOAD", "E_DEVICE"]).toContain(errorOf(() => new cuda.CUDAGraph()).code);
    expect(errorOf(() => cuda.graph(() => 0)()).code).toBe("E_DEVICE");
    expect(["E_LOAD", "E_DEVICE"]).toContain(errorOf(() => cuda.getDeviceProperties("cuda:0")).code);
  });
});

test("wrong devices are refused by name", () => {
  expect(errorOf(() => cuda.setDevice("cpu")).message).toMatch(/\[cuda\] expected a CUDA device, got "cpu"/);
  expect(errorOf(() => cuda.setDevice(-1)).message).toMatch(/\[cuda\] expected a device's number from 0, got -1/);
  expect(errorOf(() => cuda.setDevice(1.5)).code).toBe("E_ARG");
});

test("switches of cuDNN and cuBLAS are kept, with or without a GPU", () => {
  const { cudnn, cuda: blas } = torch.backends;
  for (const [group, name] of [
    [cudnn, "benchmark"],
    [cudnn, "deterministic"],
    [cudnn, "allowTF32"],
    [blas, "matmulAllowTF32"],
  ] as [Record<string, boolean>, string][]) {
    const before = group[name]!;
    group[name] = !before;
    expect(group[name]).toBe(!before);
    group[name] = before;
    expect(group[name]).toBe(before);
  }
});
