import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { halfAndExact, roundings } from "./half-precision.js";

/*
 * Convolutions of half precision on whatever processor this is, whichever way they go: float32 sums, one rounding of what comes out.
 * widened-conv.test.ts asks for a processor without instructions for them.
 */

const { nn } = torch;

const layers = {
  "3x3": () => new nn.Conv2d(8, 16, 3, { padding: 1, bias: false }),
  "3x3, stride 2": () => new nn.Conv2d(16, 24, 3, { padding: 1, stride: 2, bias: false }),
  "1x1, stride 2": () => new nn.Conv2d(16, 24, 1, { stride: 2, bias: false }),
  "in groups": () => new nn.Conv2d(8, 8, 3, { groups: 4, bias: false }),
  "a stride far beyond the image": () => new nn.Conv2d(8, 16, 3, { padding: 1, stride: 10 ** 9, bias: false }),
} as const;

describe.runIf(process.arch === "x64")("convolutions of half precision on this processor (x64)", () => {
  for (const dtype of ["bfloat16", "float16"] as const) {
    for (const [name, make] of Object.entries(layers)) {
      it(`${dtype}, ${name}: one rounding of the exact value, forward and gradients`, () => {
        const { half, exact } = halfAndExact(torch, make, dtype, [3, 12, 11], "channelsLast");
        expect(roundings(half.y, exact.y, dtype)).toBeLessThan(1.01);
        expect(roundings(half.x.grad!, exact.x.grad!, dtype)).toBeLessThan(1.01);
        const [got, want] = [half.layer.weight.grad!, exact.layer.weight.grad!];
        expect(got.dtype).toBe("float32");
        // float16 goes by float32 everywhere, as LibTorch has plain loops for its gradients: this one is not rounded at all
        const allowed = dtype === "float16" ? 1e-5 * want.abs().max().itemNumber() : Number.POSITIVE_INFINITY;
        expect(got.double().sub(want).abs().max().itemNumber()).toBeLessThan(allowed);
        expect(roundings(got, want, dtype)).toBeLessThan(1.01);
      });
    }
  }
});
