import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { native } from "../../lib/native.js";
import { forwardAdding } from "../../lib/nn/forward-chain.js";
import { byLibTorch, errorTo } from "./own-kernels.js";

/*
 * `backends.cpu.benchmark`: whichever way is chosen by time, the values are those of a convolution, and stay the same ones in a process.
 */

const { nn, backends } = torch;
type Values = Record<string, torch.Tensor>;

beforeEach(() => torch.manualSeed(11));
afterEach(() => {
  backends.cpu.benchmark = false;
  torch.useDeterministicAlgorithms(false);
  native.setMatrixUnit("on");
});

function pass(module: torch.nn.Sequential, x0: torch.Tensor, addend0: torch.Tensor, low: boolean): Values {
  module.zeroGrad();
  const x = x0.detach().requiresGrad_();
  const addend = addend0.detach().requiresGrad_();
  const y = torch.autocast("cpu", { dtype: "bfloat16", enabled: low }, () => forwardAdding(module, x, addend));
  y.backward(torch.onesLike(y));
  const [conv] = [...module.parameters()];
  return { y: y.detach(), x: x.grad!, addend: addend.grad!, weight: conv!.grad! };
}

for (const dtype of ["float32", "bfloat16"] as const) {
  describe(`convolutions chosen by time, ${dtype}`, () => {
    const low = dtype === "bfloat16";
    for (const [name, stride] of [
      ["3x3", 1],
      ["3x3, stride 2", 2],
    ] as const) {
      it(`${name}: right values, the same bits again`, () => {
        if (low) native.setMatrixUnit("plain");
        backends.cpu.benchmark = true;
        const module = new nn.Sequential(new nn.Conv2d(32, 48, 3, { padding: 1, stride })).to({
          memoryFormat: "channelsLast",
        });
        const make = (shape: number[]) => torch.randn(shape).to(dtype).contiguous({ memoryFormat: "channelsLast" });
        const [x, addend] = [make([6, 32, 12, 12]), make([6, 48, 12 / stride, 12 / stride])];
        const first = pass(module, x, addend, low);
        const again = pass(module, x, addend, low);
        backends.cpu.benchmark = false;
        const exact = byLibTorch(() => pass(module.double(), x.double(), addend.double(), false));
        for (const key of Object.keys(exact)) {
          expect(again[key]!.equal(first[key]!), key).toBe(true);
          expect(errorTo(first[key]!, exact[key]!), key).toBeLessThan(low ? 2 ** -6 : 2e-6);
        }
      });
    }
  });
}

it("deterministic algorithms: always the own way, whatever is faster", () => {
  const module = new nn.Sequential(new nn.Conv2d(32, 32, 3, { padding: 1 })).to({ memoryFormat: "channelsLast" });
  const x = torch.randn([40, 32, 4, 4]).contiguous({ memoryFormat: "channelsLast" });
  const addend = torch.randn([40, 32, 4, 4]).contiguous({ memoryFormat: "channelsLast" });
  const own = pass(module, x, addend, false);
  torch.useDeterministicAlgorithms(true);
  backends.cpu.benchmark = true;
  const chosen = pass(module, x, addend, false);
  for (const key of Object.keys(own)) expect(chosen[key]!.equal(own[key]!), key).toBe(true);
});
