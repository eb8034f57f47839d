import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { bits, hex, isRounded, lossOf, makeNet, parameter, SGD, stateOf, withMasters } from "./master-net.js";

const { optim } = torch;

describe("what is written into the weights themselves", () => {
  for (const way of ["a step", "firstStep() and restore()", "a step whose closure throws"]) {
    it(`is taken over after ${way} too: the copy is no longer at w + eps`, () => {
      const net = withMasters();
      const optimizer = new optim.SAM(net.model.parameters(), optim.SGD, { rho: 0.5, ...SGD });
      const closure = () => {
        const loss = lossOf(net);
        loss.backward();
        return loss;
      };
      let calls = 0;
      const failing = () => {
        if (++calls === 2) throw new RangeError("no more");
        return closure();
      };
      if (way === "a step") optimizer.step(closure);
      else if (way === "a step whose closure throws") expect(() => optimizer.step(failing)).toThrow(/no more/);
      else {
        closure();
        optimizer.firstStep();
        optimizer.restore();
      }
      expect(isRounded(net)).toBe(true);
      const weight = parameter(net, "head.weight");
      const rest = (torch.masterOf(weight)!.toArray() as number[][]).slice(1);
      torch.noGrad(() => weight.narrow(0, 0, 1).fill_(2));
      expect(torch.masterOf(weight)!.toArray()).toEqual([Array(12).fill(2), ...rest]);
    });
  }

  it("is taken over, and what is put back leaves the master as it was", () => {
    const net = withMasters();
    const { model } = net;
    const weight = parameter(net, "head.weight");
    const before = hex(torch.masterOf(weight)!);
    torch.noGrad(() => {
      const saved = weight.clone();
      weight.mul_(3);
      weight.copy_(saved);
    });
    expect(hex(torch.masterOf(weight)!)).toBe(before);
    torch.noGrad(() => weight.narrow(0, 0, 1).fill_(2));
    const state = model.stateDict()["head.weight"]!;
    expect(state.narrow(0, 0, 1).toArray()).toEqual([new Array(12).fill(2)]);
    expect(hex(state.narrow(0, 1, 2).contiguous())).toBe(before.slice(2 * 4 * 12));
    weight.setData(torch.full([3, 12], 5, { dtype: "bfloat16" }));
    expect(new Set((model.stateDict()["head.weight"]!.toArray() as number[][]).flat())).toEqual(new Set([5]));
  });

  for (const way of ["a step", "restore()"] as const) {
    it(`is taken over after the weights were perturbed, and back by ${way}`, () => {
      const net = withMasters();
      const weight = parameter(net, "head.weight");
      const optimizer = new optim.SAM(net.model.parameters(), optim.SGD, { rho: 0.1, ...SGD });
      if (way === "a step") {
        optimizer.step(() => {
          const loss = lossOf(net);
          loss.backward();
          return loss;
        });
      } else {
        lossOf(net).backward();
        optimizer.firstStep();
        optimizer.restore();
      }
      torch.noGrad(() => weight.fill_(2));
      expect(new Set((torch.masterOf(weight)!.toArray() as number[][]).flat())).toEqual(new Set([2]));
      expect(new Set((net.model.stateDict()["head.weight"]!.toArray() as number[][]).flat())).toEqual(new Set([2]));
    });
  }

  it("comes in full precision from loadStateDict", () => {
    const [other, net] = [makeNet(2), withMasters()];
    net.model.loadStateDict(other.model.stateDict());
    expect(stateOf(net)).toEqual(stateOf(other));
    expect(isRounded(net)).toBe(true);
  });

  it("sharpness tools move working copies and leave everything as it was", () => {
    const net = withMasters();
    const before = [stateOf(net), net.model.parameters().map(bits)];
    net.model.eval();
    const problem = { params: net.model.parameters(), loss: () => lossOf(net), batches: [[net.x]] };
    const { sharpness } = torch.sharpness.mSharpness(problem, { rho: 0.5 });
    expect(sharpness).toBeGreaterThan(0);
    expect([stateOf(net), net.model.parameters().map(bits)]).toEqual(before);
  });
});
