import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";

/*
 * Convolutions of half precision on whatever processor this is, whichever way they go: float32 sums, one rounding of what comes out.
 * widened-conv.test.ts asks for a processor without instructions for them.
 */

const { nn } = torch;
/** Half a unit in the last place, as a share of the value. */
const unit = { bfloat16: 2 ** -8, float16: 2 ** -11 } as const;

const layers = {
  "3x3": () => new nn.Conv2d(8, 16, 3, { padding: 1, bias: false }),
  "3x3, stride 2": () => new nn.Conv2d(16, 24, 3, { padding: 1, stride: 2, bias: false }),
  "1x1, stride 2": () => new nn.Conv2d(16, 24, 1, { stride: 2, bias: false }),
  "in groups": () => new nn.Conv2d(8, 8, 3, { groups: 4, bias: false }),
  "a stride far beyond the image": () => new nn.Conv2d(8, 16, 3, { padding: 1, stride: 10 ** 9, bias: false }),
} as const;

function roundings(got: torch.Tensor, want: torch.Tensor, halfUnit: number): number {
  const allowed = want.abs().mul(halfUnit).add(want.abs().max().mul(2e-6));
  return got.double().sub(want).abs().div(allowed).max().itemNumber();
}

describe.runIf(process.arch === "x64")("convolutions of half precision on this processor (x64)", () => {
  for (const dtype of ["bfloat16", "float16"] as const) {
    for (const [name, make] of Object.entries(layers)) {
      it(`${dtype}, ${name}: one rounding of the exact value, forward and gradients`, () => {
        torch.manualSeed(5);
        const layer = make();
        for (const p of layer.parameters()) torch.noGrad(() => p.copy_(p.to(dtype)));
        layer.to({ memoryFormat: "channelsLast" });
        const exact = make().double();
        exact.loadStateDict(layer.stateDict());
        const inputs = torch
          .randn([3, layer.inChannels, 12, 11])
          .to(dtype)
          .contiguous({ memoryFormat: "channelsLast" });
        const x = inputs.detach().clone().requiresGrad_();
        const y = torch.autocast("cpu", { dtype }, () => layer.forward(x));
        const grad = torch.randn(y.shape).to(dtype);
        y.backward(grad);
        const wide = inputs.double().requiresGrad_();
        const z = exact.forward(wide);
        z.backward(grad.double());
        expect(roundings(y, z, unit[dtype])).toBeLessThan(1.01);
        expect(roundings(x.grad!, wide.grad!, unit[dtype])).toBeLessThan(1.01);
        const [got, want] = [layer.weight.grad!, exact.weight.grad!];
        expect(got.dtype).toBe("float32");
        // float16 goes by float32 everywhere, as LibTorch has plain loops for its gradients: this one is not rounded at all
        const allowed = dtype === "float16" ? 1e-5 * want.abs().max().itemNumber() : Number.POSITIVE_INFINITY;
        expect(got.double().sub(want).abs().max().itemNumber()).toBeLessThan(allowed);
        expect(roundings(got, want, unit[dtype])).toBeLessThan(1.01);
      });
    }
  }
});
