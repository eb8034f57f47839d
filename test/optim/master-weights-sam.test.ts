import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { bits, isRounded, lossOf, makeNet, type Net, SGD, stateOf, withMasters } from "./master-net.js";

const { optim } = torch;

describe("a SAM step", () => {
  const optimizerOf = (net: Net) => new optim.SAM(net.model.parameters(), optim.SGD, { rho: 0.5, ...SGD });
  const closureOf = (net: Net) => () => {
    const loss = lossOf(net);
    loss.backward();
    return loss;
  };

  it("perturbs working copies only: bf16(w + eps), with w as it is behind them", () => {
    const [plain, masters] = [makeNet(), withMasters()];
    const seen = [plain, masters].map((net) => {
      const passes: unknown[] = [];
      optimizerOf(net).step(() => {
        passes.push(net.model.parameters().map((p) => bits(p.bfloat16())));
        passes.push(net === masters && stateOf(net));
        return closureOf(net)();
      });
      return passes;
    });
    expect(seen[1]![2]).toEqual(seen[0]![2]);
    expect(seen[1]![2]).not.toEqual(seen[1]![0]);
    const weights = (state: unknown) => (state as Record<string, unknown>)["conv.weight"];
    expect(weights(seen[1]![3])).toEqual(weights(seen[1]![1]));
  });

  it("keeps no back-up of weights that have a master", () => {
    const kept = (net: Net) => {
      const optimizer = optimizerOf(net);
      const closure = closureOf(net);
      closure().dispose();
      optimizer.firstStep({ zeroGrad: true });
      optimizer.restore();
      const before = torch.memory().allocated;
      optimizer.dispose();
      return before - torch.memory().allocated;
    };
    const rounded = 4 * (72 + 4 + 64 * 12 + 12 + 36 + 3); // bytes of float32
    const [plain, masters] = [makeNet(), withMasters()].map(kept);
    expect(plain).toBeGreaterThanOrEqual(rounded);
    expect(masters).toBeLessThan(rounded / 4); // of the norms' weights there is one
  });

  for (const pass of [1, 2]) {
    it(`comes back to w when the closure throws in pass ${pass}, and when nothing is finite there`, () => {
      const net = withMasters();
      const optimizer = optimizerOf(net);
      const closure = closureOf(net);
      optimizer.step(closure);
      const before = [stateOf(net), bits(optimizer.stateDict().state), net.model.parameters().map(bits)];
      let calls = 0;
      const failing = () => {
        if (++calls === pass) throw new RangeError("no more");
        return closure();
      };
      const infinite = () => {
        const loss = lossOf(net).mul(++calls === pass ? Number.NaN : 1);
        loss.backward();
        return loss;
      };
      const now = () => [stateOf(net), bits(optimizer.stateDict().state), net.model.parameters().map(bits)];
      expect(() => optimizer.step(failing)).toThrow(/no more/);
      expect(now()).toEqual(before);
      calls = 0;
      optimizer.step(infinite);
      expect(now()).toEqual(before);
      optimizer.step(closure);
      expect(now()).not.toEqual(before);
      expect(isRounded(net)).toBe(true);
    });
  }

  it("comes back to w where only the first pass has a gradient", () => {
    const net = withMasters();
    const before = net.model.parameters().map(bits);
    const [first] = net.model.parameters();
    let pass = 0;
    const optimizer = new optim.SAM(net.model.parameters(), optim.SGD, { rho: 0.5, lr: 0 });
    optimizer.step(() => {
      const loss = ++pass === 1 ? lossOf(net) : first!.float().sum();
      loss.backward();
      return loss;
    });
    expect(net.model.parameters().map(bits)).toEqual(before);
  });

  it("undoes what the closure does to perturbed weights", () => {
    const [plain, changing] = [withMasters(), withMasters()];
    let calls = 0;
    optimizerOf(plain).step(closureOf(plain));
    optimizerOf(changing).step(() => {
      const loss = closureOf(changing)();
      if (++calls === 2) torch.noGrad(() => changing.model.parameters().forEach((p) => void p.fill_(7)));
      return loss;
    });
    expect(stateOf(changing)).toEqual(stateOf(plain));
    expect(isRounded(changing)).toBe(true);
  });
});
