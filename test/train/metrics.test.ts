import { describe, expect, it } from "vitest";
import { TorchError } from "../../lib/errors.js";
import * as torch from "../../lib/index.js";
import { accuracy, correct } from "../../lib/train/accuracy.js";
import { Average } from "../../lib/train/average.js";
import { BestMeter } from "../../lib/train/best-meter.js";
import { formatDuration } from "../../lib/train/format-duration.js";
import { LoadingBar } from "../../lib/train/loading-bar.js";
import { liveMemory } from "../live-memory.js";

describe("1. Average", () => {
  it("is the weighted mean of numbers", () => {
    const average = new Average();
    expect(average.value()).toBeNaN();
    average.update(1, 3);
    average.update(5);
    expect(average.value()).toBe(2);
    expect(average.count).toBe(4);
    average.reset();
    expect(average.count).toBe(0);
    expect(average.value()).toBeNaN();
  });

  it("takes scalars and per-sample tensors of any dtype, mixed with numbers", () => {
    const average = new Average();
    average.update(torch.tensor(2), 2);
    average.update(torch.tensor([1, 2, 3]));
    average.update(torch.tensor([true, false]));
    average.update(torch.tensor([4n, 5n]));
    average.update(torch.tensor([0.5, 0.5]).to("bfloat16"));
    average.update(10);
    expect(average.count).toBe(12);
    expect(average.value()).toBeCloseTo((4 + 6 + 1 + 9 + 1 + 10) / 12, 12);
  });

  it("adds up in float64", () => {
    const average = new Average();
    average.update(torch.tensor(2 ** 24));
    for (let i = 0; i < 8; i++) average.update(torch.tensor(1));
    expect(average.sum()).toBe(2 ** 24 + 8);
  });

  it("keeps one tensor while it runs, none once it is read, and survives tidy", () => {
    const before = liveMemory().tensors;
    const average = new Average();
    for (let i = 0; i < 10; i++) torch.tidy(() => average.update(torch.full([4], i)));
    expect(torch.memory().tensors).toBe(before + 1);
    expect(average.value()).toBe(4.5);
    expect(torch.memory().tensors).toBe(before);
    torch.tidy(() => average.update(torch.ones([1])));
    expect(torch.memory().tensors).toBe(before + 1);
    average.reset();
    expect(torch.memory().tensors).toBe(before);
  });

  it("does not hold the graph of a loss", () => {
    const average = new Average();
    const weight = torch.ones([2], { requiresGrad: true });
    average.update(weight.mul(3).sum());
    expect(average.value()).toBe(6);
  });

  it("takes tensors made in inference mode and outside of it", () => {
    const average = new Average();
    torch.inferenceMode(() => average.update(torch.tensor([1, 2])));
    average.update(torch.tensor([3]));
    torch.inferenceMode(() => average.update(torch.tensor([4])));
    expect(average.value()).toBe(2.5);
    average.update(torch.tensor([5]));
    torch.inferenceMode(() => average.update(torch.tensor([9])));
    expect(average.value()).toBe(4);
  });

  it("passes NaN on, skips empty batches, refuses counts that are none", () => {
    const average = new Average();
    average.update(torch.zeros([0]));
    expect(average.count).toBe(0);
    average.update(torch.tensor(Number.NaN), 0);
    expect(average.count).toBe(0);
    expect(() => average.update(1, -1)).toThrow(TorchError);
    expect(() => average.update(1, Number.NaN)).toThrow(TorchError);
    expect(() => average.update("1" as never)).toThrow("expected a number or a tensor");
    average.update(torch.tensor([Number.NaN, 1]));
    expect(average.value()).toBeNaN();
  });

  it("goes on from its state", () => {
    const average = new Average();
    average.update(torch.tensor([1, 2, 4]));
    const other = new Average();
    other.loadStateDict(JSON.parse(JSON.stringify(average.stateDict())));
    other.update(1);
    expect(other.value()).toBe(2);
    expect(() => other.loadStateDict({} as never)).toThrow(TorchError);
  });
});

describe("2. accuracy", () => {
  const logits = torch.tensor([
    [0.1, 0.7, 0.2],
    [0.5, 0.3, 0.2],
    [0.2, 0.3, 0.5],
    [0.6, 0.3, 0.1],
  ]);
  const targets = torch.tensor([1n, 1n, 2n, 2n]);

  it("is the share of labels with the highest score, or among the k highest", () => {
    expect(accuracy(logits, targets).item()).toBe(0.5);
    expect(accuracy(logits, targets, { topK: 2 }).item()).toBe(0.75);
    expect(accuracy(logits, targets, { topK: 3 }).item()).toBe(1);
    expect(accuracy(logits, targets).dtype).toBe("float32");
    expect(correct(logits, targets).toArray()).toEqual([true, false, true, false]);
    expect(correct(logits, targets, { topK: 2 }).toArray()).toEqual([true, true, true, false]);
  });

  it("makes one tensor and needs no gradient", () => {
    const scores = logits.clone().requiresGrad_();
    const before = liveMemory().tensors;
    const share = accuracy(scores, targets);
    expect(share.requiresGrad).toBe(false);
    expect(torch.memory().tensors).toBe(before + 1);
  });

  it("refuses shapes that do not fit", () => {
    expect(() => accuracy(logits, torch.tensor([1n]))).toThrow(
      "expected logits [N, classes] and targets [N], got [4, 3] and [1]",
    );
    expect(() => accuracy(torch.ones([3]), targets)).toThrow(TorchError);
    expect(() => accuracy(logits, targets, { topK: 4 })).toThrow("from 1 to 3 classes, got 4");
    expect(() => accuracy(logits, targets, { topK: 0 })).toThrow(TorchError);
  });
});

describe("3. BestMeter", () => {
  it("keeps the first of equal values, and never NaN", () => {
    const best = new BestMeter();
    expect(best.best).toBeUndefined();
    expect([Number.NaN, 0.5, 0.4, 0.5, 0.6, Number.NaN].map((value, epoch) => best.update(value, epoch))).toEqual([
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(best.best).toEqual({ value: 0.6, epoch: 4 });
  });

  it("may look for the lowest, and goes on from its state", () => {
    const best = new BestMeter("lower");
    best.update(3, 0);
    const other = new BestMeter("lower");
    other.loadStateDict(JSON.parse(JSON.stringify(best.stateDict())));
    expect(other.update(4, 1)).toBe(false);
    expect(other.update(2, 2)).toBe(true);
    other.loadStateDict(new BestMeter().stateDict());
    expect(other.best).toBeUndefined();
  });
});

describe("4. LoadingBar and formatDuration", () => {
  it("fills in quarters of a cell", () => {
    const bar = new LoadingBar(3);
    const shown = [0, 1 / 12, 2 / 12, 3 / 12, 4 / 12, 0.5, 11 / 12, 1].map((progress) => bar.render(progress));
    expect(shown).toEqual(["┠┈┈┈┈┈┨", "┠┈░┈┈┈┨", "┠┈▒┈┈┈┨", "┠┈▓┈┈┈┨", "┠┈█┈┈┈┨", "┠┈█▒┈┈┨", "┠┈██▓┈┨", "┠┈███┈┨"]);
  });

  it("always has the same width, also outside 0 to 1", () => {
    const bar = new LoadingBar();
    for (const progress of [-1, 0, 0.1234, 0.999999, 1, 7, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect([...bar.render(progress)], String(progress)).toHaveLength(bar.width);
    }
  });

  it("writes durations as clocks", () => {
    const cases: [number, string][] = [
      [0, "00:00"],
      [7.9, "00:07"],
      [754, "12:34"],
      [3600, "1:00:00"],
      [3723, "1:02:03"],
      [86399, "23:59:59"],
      [90061, "1d 01:01:01"],
      [-1, "--:--"],
      [Number.NaN, "--:--"],
      [Number.POSITIVE_INFINITY, "--:--"],
    ];
    for (const [seconds, text] of cases) expect(formatDuration(seconds)).toBe(text);
  });
});
