import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { difference } from "./fixtures.js";

const { optim } = torch;

/** One step from w on the gradient g. */
function step(w: torch.Tensor, g: torch.Tensor, options: Partial<torch.optim.MuonOptions>): torch.Tensor {
  const param = w.clone().requiresGrad_();
  param.grad = g.clone();
  new optim.Muon([param], options).step();
  return param.detach();
}

describe("Muon", () => {
  torch.manualSeed(4);
  for (const shape of [
    [8, 8],
    [5, 12],
    [12, 5],
  ]) {
    const [w, g] = [torch.randn(shape, { dtype: "float64" }), torch.randn(shape, { dtype: "float64" })];
    it(`moves [${shape}] along the gradient's singular vectors, by nearly equal lengths`, () => {
      const moved = w.sub(step(w, g, { lr: 1, weightDecay: 0, momentum: 0, nsSteps: 5 }));
      const fit = Math.sqrt(Math.max(1, shape[0]! / shape[1]!));
      const values = torch.linalg.svdvals(moved).div(fit).toArray() as number[];
      // Five iterations bring what lies above 0.01 of the largest between 0.68 and 1.13 (and bfloat16 rounds).
      for (const value of values) expect(value).toBeGreaterThan(0.6);
      for (const value of values) expect(value).toBeLessThan(1.25);
      // U^T moved V is nearly diagonal when both have the gradient's singular vectors.
      const [u, , vh] = torch.linalg.svd(g, false) as unknown as torch.Tensor[];
      const inBasis = u!.T.matmul(moved).matmul(vh!.T).div(fit);
      const off = inBasis.sub(inBasis.diagonal().diag()).abs().max().itemNumber();
      expect(off).toBeLessThan(0.05);
    });
    it(`weight decay, momentum and the adjusted learning rate of [${shape}]`, () => {
      const plain = step(w, g, { lr: 0.1, weightDecay: 0 });
      const decayed = step(w, g, { lr: 0.1, weightDecay: 0.5 });
      expect(difference(decayed, plain.sub(w.mul(0.05)))).toBeLessThan(1e-12);
      const matched = step(w, g, { lr: 0.1, weightDecay: 0, adjustLrFn: "match_rms_adamw" });
      const ratio = (0.2 * Math.sqrt(Math.max(...shape))) / Math.sqrt(Math.max(1, shape[0]! / shape[1]!));
      expect(difference(matched, w.add(plain.sub(w).mul(ratio)))).toBeLessThan(1e-12);
    });
  }
  it("keeps momentum, and goes on from a saved state", () => {
    const make = () => {
      const param = torch.ones([2, 3]).requiresGrad_();
      return { param, optimizer: new optim.Muon([param], { lr: 0.1, momentum: 0.5 }) };
    };
    const grads = [torch.randn([2, 3]), torch.randn([2, 3]), torch.randn([2, 3])];
    const take = ({ param, optimizer }: ReturnType<typeof make>, t: number) => {
      param.grad = grads[t]!;
      optimizer.step();
    };
    const [whole, first, second] = [make(), make(), make()];
    for (const t of [0, 1, 2]) take(whole, t);
    for (const t of [0, 1]) take(first, t);
    torch.noGrad(() => second.param.copy_(first.param));
    second.optimizer.loadStateDict(first.optimizer.stateDict());
    take(second, 2);
    expect(second.param.equal(whole.param)).toBe(true);
    const { momentumBuffer } = whole.optimizer.stateOf<{ momentumBuffer: torch.Tensor }>(whole.param);
    const expected = grads[0]!.mul(0.125).add(grads[1]!.mul(0.25)).add(grads[2]!.mul(0.5));
    expect(difference(momentumBuffer, expected)).toBeLessThan(1e-6);
  });
  it("refuses what is no matrix", () => {
    expect(() => new optim.Muon([torch.ones([3]).requiresGrad_()])).toThrow(/expected matrices.*\[3\]/);
    expect(() => new optim.Muon([torch.ones([3, 3]).requiresGrad_()], { adjustLrFn: "x" as never })).toThrow(
      /"original"/,
    );
  });
});
