import { expect, test } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { answerOf } from "../process/run-program.js";
import { describeGpu, makeBatch, makeProblem } from "./gpu.js";

const { optim } = torch;

/** Another optimizer over the same model. */
const KINDS: Record<string, (problem: ReturnType<typeof makeProblem>) => torch.optim.SAM> = {
  "SAM over Adam": ({ model }) =>
    new optim.SAM(model.parameters(), optim.Adam, { lr: 1e-3 }) as unknown as torch.optim.SAM,
  "ASAM over SGD": ({ model }) =>
    new optim.SAM(model.parameters(), optim.SGD, { adaptive: true, rho: 0.5, lr: 0.05 }) as unknown as torch.optim.SAM,
  "bfloat16 weights with float32 masters": ({ model }) => {
    model.to("bfloat16", { masterWeights: true });
    return new optim.SAM(model.parameters(), optim.SGD, { lr: 0.05, momentum: 0.9 }) as unknown as torch.optim.SAM;
  },
};

describeGpu("Kinds of captured steps", () => {
  test.each(Object.keys(KINDS))("%s: replays equal steps without a graph", (kind) => {
    const low = kind.startsWith("bfloat16");
    const [eager, replayed] = [0, 1].map(() => {
      const problem = makeProblem("cuda", { low });
      return { ...problem, optimizer: KINDS[kind]!(problem) };
    }) as [ReturnType<typeof makeProblem>, ReturnType<typeof makeProblem>];
    const plain = eager.optimizer.capture(eager.closure, { maxGraphs: 0 });
    const step = replayed.optimizer.capture(replayed.closure);
    for (let t = 0; t < 10; t++) {
      // Written between steps, as a moving average that is swapped in would be.
      if (t === 7) for (const { model } of [eager, replayed]) torch.noGrad(() => [...model.parameters()][0]!.mul_(0.5));
      const [x, y] = makeBatch(t, "cuda");
      expect(step(x, y).itemNumber()).toBe(plain(x, y).itemNumber());
    }
    expect(step.counts).toEqual({ eager: 3, captured: 1, replayed: 7 });
    expect(replayed.weights()).toEqual(eager.weights());
  });

  test("a capture that CUDA ends leaves everything in order: dropout, graphs, steps", () => {
    const dropout = torch.cuda.graph((x: torch.Tensor) => torch.nn.functional.dropout(x, { p: 0.5 }), { warmup: 1 });
    const x = torch.ones([1000], { device: "cuda" });
    dropout(x);
    dropout(x);
    const { optimizer, closure, weights } = makeProblem("cuda");
    const bad = optimizer.capture(
      (a: torch.Tensor, b: torch.Tensor) => {
        a.nonzero(); // its result's size is known to the device only
        return closure(a, b);
      },
      { warmup: 1 },
    );
    bad(...makeBatch(1, "cuda"));
    const before = weights();
    expect(errorOf(() => bad(...makeBatch(2, "cuda"))).code).toBe("E_STATE");
    expect(weights()).toEqual(before);
    expect(dropout(x).mean().itemNumber()).toBeGreaterThan(0);
    expect(torch.nn.functional.dropout(x, { p: 0.5 }).mean().itemNumber()).toBeGreaterThan(0);
    optimizer.step(() => closure(...makeBatch(3, "cuda")));
    const step = optimizer.capture(closure, { warmup: 1 });
    for (let t = 0; t < 3; t++) step(...makeBatch(t, "cuda"));
    expect(step.counts).toEqual({ eager: 1, captured: 1, replayed: 2 });
    expect(weights().every(Number.isFinite)).toBe(true);
  });

  test("parameters that share memory come back to w", () => {
    const whole = torch.arange(8, { dtype: "float32", device: "cuda" }).requiresGrad_();
    const part = whole.detach().slice(0, 2, 6).requiresGrad_();
    const optimizer = new optim.SAM([whole, part], optim.SGD, { rho: 0.5, lr: 0 });
    optimizer.step(() => {
      const loss = whole.sum().add(part.mul(3).sum());
      loss.backward();
      return loss;
    });
    expect(whole.toArray()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test("a kernel of ours may be the first that autograd's thread launches", async () => {
    expect(await answerOf<number>("../cuda/first-backward-program.ts")).toBeGreaterThan(0);
  });
});
