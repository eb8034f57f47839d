import { expect, test } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { describeGpu, makeBatch, makeProblem } from "./gpu.js";

describeGpu("CUDA graphs", () => {
  test("replays equal steps without a graph, bit for bit, over 50 steps with changing lr and rho", () => {
    const [eager, replayed] = [makeProblem("cuda"), makeProblem("cuda")];
    // Without graphs, but with the same arithmetic: lr and rho from the device.
    const plain = eager.optimizer.capture(eager.closure, { maxGraphs: 0 });
    const step = replayed.optimizer.capture(replayed.closure);
    for (let t = 0; t < 50; t++) {
      for (const { optimizer } of [eager, replayed]) {
        optimizer.paramGroups[0]!.lr = 0.05 * (1 - t / 50);
        optimizer.paramGroups[0]!.rho = 0.01 + 0.002 * t;
      }
      const [x, y] = makeBatch(t, "cuda");
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
    const { optimizer, closure } = makeProblem("cuda");
    const step = optimizer.capture(closure, { warmup: 1 });
    for (const count of [16, 16, 8, 8, 16, 8]) step(...makeBatch(count, "cuda", count));
    expect(step.counts).toEqual({ eager: 2, captured: 2, replayed: 4 });
  });

  test("dropout draws anew in each replay", () => {
    const f = torch.cuda.graph((x: torch.Tensor) => torch.nn.functional.dropout(x, { p: 0.5 }), { warmup: 1 });
    const x = torch.ones([1000], { device: "cuda" });
    f(x);
    const masks = [f(x), f(x), f(x)].map((y) => String(y.clone().toArray()));
    expect(new Set(masks).size).toBe(3);
  });

  test("an operation that cannot be captured is named, and the next step works", () => {
    const { optimizer, closure, weights } = makeProblem("cuda");
    const bad = optimizer.capture(
      (x: torch.Tensor, y: torch.Tensor) => {
        const loss = closure(x, y);
        loss.item();
        return loss;
      },
      { warmup: 1 },
    );
    bad(...makeBatch(1, "cuda"));
    const before = weights();
    expect(errorOf(() => bad(...makeBatch(2, "cuda"))).message).toMatch(/got item/);
    expect(weights()).toEqual(before);
    optimizer.step(() => closure(...makeBatch(3, "cuda")));
    expect(weights().every(Number.isFinite)).toBe(true);
  });
});
