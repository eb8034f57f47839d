import { expect, test } from "vitest";
import { refuseWhileCapturing } from "../../lib/cuda/capturing.js";
import { GraphCache } from "../../lib/cuda/graph-cache.js";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { RecordingDevice } from "./recording-device.js";

const ones = (...shape: number[]) => torch.ones(shape);

test("calls run as they are, then one is captured and launched, then the graph is launched", () => {
  const device = new RecordingDevice();
  const sum = torch.zeros([]);
  const cache = new GraphCache(
    device,
    { name: "f", run: (x) => void sum.add_((x as torch.Tensor).sum()) },
    { warmup: 2 },
  );
  for (let i = 0; i < 5; i++) cache.call([ones(3)]);
  expect(device.calls).toEqual(["stream", "stream", "stream", "capture 1", "replay 1", "replay 1", "replay 1"]);
  expect(cache.counts).toEqual({ eager: 2, captured: 1, replayed: 3 });
});

test("another shape gets a graph of its own in the same memory, and no graph beyond maxGraphs", () => {
  const device = new RecordingDevice();
  const cache = new GraphCache(
    device,
    { name: "f", run: (x) => (x as torch.Tensor).sum() },
    { warmup: 1, maxGraphs: 2 },
  );
  for (const n of [3, 3, 2, 2, 3, 1, 1, 1]) cache.call([ones(n)]);
  expect(device.calls.filter((c) => c !== "stream")).toEqual([
    "capture 1",
    "replay 1",
    "capture 2 in the memory of 1",
    "replay 2",
    "replay 1",
  ]);
  expect(cache.counts.eager).toBe(5);
});

test("dtype, strides, numbers and host values choose the graph too", () => {
  const device = new RecordingDevice();
  let decay = 0.1;
  const owner = {
    name: "f",
    run: (x: unknown, k: unknown) => (x as torch.Tensor).mul(k as number),
    hostValues: () => String(decay),
  };
  const cache = new GraphCache(device, owner, { warmup: 1, maxGraphs: 9 });
  const twice = (x: torch.Tensor, k: number) => [cache.call([x, k]), cache.call([x, k])];
  twice(ones(2, 3), 1);
  twice(ones(2, 3), 2);
  twice(ones(2, 3).double(), 1);
  twice(ones(3, 2).t(), 1);
  decay = 0.2;
  twice(ones(2, 3), 1);
  expect(cache.counts).toEqual({ eager: 5, captured: 5, replayed: 5 });
});

test("a graph sees the values of each call's inputs, and what the caller frees is not the graph's", () => {
  const cache = new GraphCache(
    new RecordingDevice(),
    { name: "f", run: (x) => (x as torch.Tensor).mul(2) },
    { warmup: 1 },
  );
  const seen: unknown[] = [];
  for (let i = 0; i < 5; i++) {
    torch.tidy(() => {
      const result = cache.call([torch.full([2], i)]) as torch.Tensor;
      if (i !== 3) seen.push(result.toArray()); // the stand-in's third graph call makes a new tensor; CUDA's would not
      result.dispose();
    });
  }
  expect(seen.slice(0, 2)).toEqual([
    [0, 0],
    [2, 2],
  ]);
});

test("numbers are refreshed before each call and never inside a capture", () => {
  const device = new RecordingDevice();
  const owner = {
    name: "f",
    run: () => device.calls.push("run"),
    refresh: () => device.calls.push("refresh"),
    snapshot: () => () => void device.calls.push("restore"),
  };
  const cache = new GraphCache(device, owner, { warmup: 1 });
  for (let i = 0; i < 3; i++) cache.call([]);
  expect(device.calls.join(", ")).toBe(
    "refresh, stream, run, refresh, stream, capture 1, run, replay 1, restore, refresh, replay 1, run, restore",
  );
});

test("an operation that cannot be captured is named, with the reason", () => {
  let failures = 0;
  const item = (x: unknown) => {
    refuseWhileCapturing("item", (x as torch.Tensor).device, "it brings a number to the host");
    return 0;
  };
  const cache = new GraphCache(
    new RecordingDevice(),
    { name: "cuda.graph", run: item, afterFailure: () => failures++ },
    { warmup: 1 },
  );
  cache.call([ones(1)]);
  const error = errorOf(() => cache.call([ones(1)]));
  expect(error.code).toBe("E_STATE");
  expect(error.message).toMatch(
    /^\[cuda.graph\] expected operations that a CUDA graph can hold, got item: it brings a number to the host/,
  );
  expect(failures).toBe(1);
  expect(errorOf(() => cache.call([ones(1)])).message).toMatch(/got item/);
});

test("wrong arguments and options are refused", () => {
  const cache = (options: object) => new GraphCache(new RecordingDevice(), { name: "f", run: () => 0 }, options);
  expect(errorOf(() => cache({ warmup: 0 })).message).toMatch(/\[f\] expected warmup to be an integer >= 1, got 0/);
  expect(errorOf(() => cache({ maxGraphs: -1 })).message).toMatch(/maxGraphs/);
  expect(errorOf(() => cache({}).call([{}])).message).toMatch(/argument 0/);
  expect(errorOf(() => cache({}).call([ones(1).requiresGrad_()])).message).toMatch(/requiresGrad/);
  expect(errorOf(() => cache({}).call([torch.empty([1], { device: "meta" })])).message).toMatch(
    /expected inputs on cpu/,
  );
});

test("dispose frees every graph, and later calls start over", () => {
  const device = new RecordingDevice();
  const cache = new GraphCache(device, { name: "f", run: (x) => (x as torch.Tensor).sum() }, { warmup: 1 });
  for (const n of [1, 1, 2, 2]) cache.call([ones(n)]);
  expect(device.live.size).toBe(2);
  cache.dispose();
  expect(device.live.size).toBe(0);
  cache.call([ones(1)]);
  expect(device.calls.at(-1)).toBe("stream");
});

test("after dispose() there is room for as many graphs as at first", () => {
  const device = new RecordingDevice();
  const options = { warmup: 1, maxGraphs: 1 };
  const cache = new GraphCache(device, { name: "f", run: (x) => (x as torch.Tensor).sum() }, options);
  for (const n of [1, 1, 2, 2]) cache.call([ones(n)]);
  cache.dispose();
  for (const n of [2, 2, 2]) cache.call([ones(n)]);
  expect(cache.counts).toEqual({ eager: 4, captured: 2, replayed: 3 });
  expect(device.live.size).toBe(1);
});

test("a tensor of the caller's that the function returns stays the caller's", () => {
  const weight = ones(2);
  const cache = new GraphCache(new RecordingDevice(), { name: "f", run: () => ({ weight }) }, { warmup: 1 });
  for (let i = 0; i < 3; i++) {
    const { weight: seen } = cache.call([]) as { weight: torch.Tensor };
    expect(seen.toArray()).toEqual([1, 1]);
    if (i > 0) seen.dispose();
  }
  cache.dispose();
  expect(weight.toArray()).toEqual([1, 1]);
});

test("of kinds of calls that come once, the oldest are forgotten, and graphs never", () => {
  const device = new RecordingDevice();
  const cache = new GraphCache(device, { name: "f", run: (_, k) => Number(k) }, { warmup: 1, maxGraphs: 1 });
  cache.call([ones(1), -1]);
  cache.call([ones(1), -1]);
  for (let k = 0; k < 200; k++) cache.call([ones(1), k]);
  cache.call([ones(1), -1]);
  expect(cache.counts).toEqual({ eager: 201, captured: 1, replayed: 2 });
});

test("a graphed function inside another joins its graph", () => {
  const device = new RecordingDevice();
  const inner = new GraphCache(device, { name: "inner", run: (x) => (x as torch.Tensor).mul(2) }, { warmup: 1 });
  const outer = new GraphCache(device, { name: "outer", run: (x) => inner.call([x]) }, { warmup: 1 });
  for (let i = 0; i < 2; i++) outer.call([ones(2)]);
  expect(outer.counts).toEqual({ eager: 1, captured: 1, replayed: 1 });
  expect(inner.counts).toEqual({ eager: 1, captured: 0, replayed: 0 });
});
