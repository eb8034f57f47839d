import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { distance, expected, labels, pixels, resnet } from "./resnet.js";

const { jit, nn, optim } = torch;

describe("training", () => {
  const lossOf = (model: torch.jit.ScriptModule) => nn.functional.crossEntropy(model.forward(pixels), labels);
  const statistics = (model: torch.jit.ScriptModule) => model.buffers().map((b) => String(b.toArray()));

  it("the second pass of a SAM step leaves running statistics as the first has made them", () => {
    const model = jit.load(resnet);
    const twin = jit.load(resnet);
    torch.noGrad(() => twin.forward(pixels));
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { lr: 0.01 });
    let passes = 0;
    optimizer.step(() => {
      passes++;
      const loss = lossOf(model);
      loss.backward();
      return loss;
    });
    expect(passes).toBe(2);
    expect(statistics(model)).toEqual(statistics(twin));
  });

  it("so in two calls, firstStep() and secondStep()", () => {
    const model = jit.load(resnet);
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { lr: 0.01 });
    lossOf(model).backward();
    optimizer.firstStep({ zeroGrad: true });
    const before = statistics(model);
    lossOf(model).backward();
    expect(statistics(model)).toEqual(before);
    optimizer.secondStep();
    expect(statistics(model)).toEqual(before);
    lossOf(model);
    expect(statistics(model)).not.toEqual(before);
  });

  it("so by the reference's helpers, until they are taken back", () => {
    const model = jit.load(resnet);
    const before = statistics(model);
    optim.disableRunningStats(model);
    lossOf(model).backward();
    expect(statistics(model)).toEqual(before);
    optim.enableRunningStats(model);
    lossOf(model);
    expect(statistics(model)).not.toEqual(before);
  });

  it("so for a part of it, while the rest goes on", () => {
    const model = jit.load(resnet);
    const stem = new Map(model.namedModules()).get("stem")!;
    const held = new Set(stem.buffers());
    const part = (isHeld: boolean) =>
      model.buffers().flatMap((b) => (held.has(b) === isHeld ? [String(b.toArray())] : []));
    const [still, live] = [part(true), part(false)];
    expect([still.length, live.length > 0]).toEqual([3, true]);
    optim.disableRunningStats(stem);
    lossOf(model).backward();
    expect(part(true)).toEqual(still);
    for (const [i, now] of part(false).entries()) expect(now).not.toBe(live[i]);
    // A step that is skipped takes back what it changed, and only that.
    const before = part(false);
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { lr: 0.01 });
    optimizer.step(() => {
      const loss = lossOf(model).mul(Number.NaN);
      loss.backward();
      return loss;
    });
    expect([part(true), part(false)]).toEqual([still, before]);
    optim.enableRunningStats(stem);
    lossOf(model);
    for (const [i, now] of part(true).entries()) expect(now).not.toBe(still[i]);
  });

  it("a step that is skipped takes its statistics back", () => {
    const model = jit.load(resnet);
    const before = statistics(model);
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { lr: 0.01 });
    optimizer.step(() => {
      const loss = lossOf(model).mul(Number.NaN);
      loss.backward();
      return loss;
    });
    expect(statistics(model)).toEqual(before);
    expect(model.parameters().every((p) => p.isfinite().all().item() === true)).toBe(true);
  });

  it("a script that throws in the second pass leaves weights and statistics as they were", () => {
    const model = jit.load(resnet);
    const before = [...statistics(model), ...model.parameters().map((p) => String(p.toArray()))];
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { lr: 0.01 });
    let passes = 0;
    const error = errorOf(() =>
      optimizer.step(() => {
        if (++passes === 2) model.forward(torch.zeros([1, 5]));
        const loss = lossOf(model);
        loss.backward();
        return loss;
      }),
    );
    expect(error.code).toBe("E_TORCH");
    expect([...statistics(model), ...model.parameters().map((p) => String(p.toArray()))]).toEqual(before);
  });

  it("in evaluation nothing changes", () => {
    const model = jit.load(resnet).eval();
    const before = statistics(model);
    model.forward(pixels);
    expect(statistics(model)).toEqual(before);
  });

  it("any optimizer's in-place steps are seen by the script", () => {
    for (const make of [
      (m: torch.jit.ScriptModule) => new optim.AdamW(m.parameters(), { lr: 0.01 }),
      (m: torch.jit.ScriptModule) => new optim.SGD(m.parameters(), { lr: 0.05, momentum: 0.9 }),
      (m: torch.jit.ScriptModule) => new optim.RMSprop(m.parameters(), { lr: 0.005 }),
    ]) {
      const model = jit.load(resnet).train();
      const optimizer = make(model);
      const first = lossOf(model).itemNumber();
      for (let i = 0; i < 8; i++) {
        optimizer.zeroGrad();
        lossOf(model).backward();
        optimizer.step();
      }
      expect(lossOf(model).itemNumber()).toBeLessThan(first - 0.1);
    }
  });

  it("train, eval, requiresGrad_, zeroGrad, hooks", () => {
    const model = jit.load(resnet);
    expect([model.training, model.eval().training]).toEqual([true, false]);
    expect(model.modules().every((m) => !m.training)).toBe(true);
    expect(
      model
        .train()
        .modules()
        .every((m) => m.training),
    ).toBe(true);
    lossOf(model).backward();
    expect(model.parameters().every((p) => p.grad !== null)).toBe(true);
    model.zeroGrad();
    expect(model.parameters().every((p) => p.grad === null)).toBe(true);
    model.requiresGrad_(false);
    expect(model.forward(pixels).requiresGrad).toBe(false);
    const seen: number[][] = [];
    const hook = model.registerForwardHook((_, __, output) => void seen.push(output.shape));
    model.forward(pixels);
    hook.remove();
    model.forward(pixels);
    expect(seen).toEqual([[16, 10]]);
  });

  it("another dtype: the same parameters, and the script computes in it", () => {
    const model = jit.load(resnet).eval();
    const [weight] = model.parameters();
    model.double();
    expect(model.parameters()[0]).toBe(weight);
    expect([weight!.dtype, model.forward(pixels.double()).dtype]).toEqual(["float64", "float64"]);
    expect(distance(model.forward(pixels.double()).float(), expected.evaluation!)).toBeLessThan(1e-5);
    expect(errorOf(() => model.forward(pixels)).code).toBe("E_TORCH");
  });
});
