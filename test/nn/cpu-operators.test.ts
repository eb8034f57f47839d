import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

/* What native/nn/cpu_operators.cpp does beside precision: operators that LibTorch gets wrong, or that end the process. */

const { nn } = torch;
const F = nn.functional;

describe("gradients of group norm where some are not wanted", () => {
  const formats = { 4: "channelsLast", 5: "channelsLast3d" } as const;
  const cases = [
    [8, 16, 9, 8],
    [3, 16, 2, 4, 5],
  ].flatMap((shape) =>
    (["float32", "float64", "bfloat16"] as const).flatMap((dtype) => [1, 4, 16].map((g) => [shape, dtype, g] as const)),
  );
  it.each(cases)("of %j, %s, %i groups", (shape, dtype, groups) => {
    const tolerance = { float32: 1e-5, float64: 1e-12, bfloat16: 2e-2 }[dtype];
    torch.manualSeed(1);
    const values = [torch.randn(shape, { dtype }), torch.randn([16], { dtype }), torch.randn([16], { dtype })];
    const c = torch.randn(shape, { dtype });
    const gradientsOf = ([x, weight, bias]: readonly torch.Tensor[]) => {
      F.groupNorm(x!, groups, { weight: weight!, bias: bias! }).mul(c.to(x!)).sum().backward();
      return [x!.grad, weight!.grad, bias!.grad];
    };
    const expected = gradientsOf(values.map((value) => value.double().requiresGrad_()));
    for (const wanted of [
      [false, true, true],
      [false, true, false],
      [false, false, true],
      [true, false, true],
      [true, true, true],
    ]) {
      for (const memoryFormat of [formats[shape.length as 4 | 5], "contiguousFormat"] as const) {
        const given = values.map((value, i) =>
          (i === 0 ? value.contiguous({ memoryFormat }) : value).detach().requiresGrad_(wanted[i]),
        );
        for (const [i, grad] of gradientsOf(given).entries()) {
          expect(grad !== null).toBe(wanted[i]);
          if (grad === null) continue;
          const apart = grad.double().sub(expected[i]!).norm().div(expected[i]!.norm());
          expect(apart.itemNumber(), `${wanted} ${memoryFormat} ${i}`).toBeLessThan(tolerance);
        }
      }
    }
  });
});

describe("transposed convolutions with kernels of one pixel", () => {
  it.each([
    ["ConvTranspose1d", [4], [5]],
    ["ConvTranspose2d", [4, 3], [5, 4]],
    ["ConvTranspose3d", [4, 3, 2], [5, 4, 3]],
  ] as const)("%s: an output padding below the dilation", (name, sides, larger) => {
    const layer = new nn[name](2, 3, 1, { outputPadding: 1, dilation: 2 });
    const x = torch.randn([1, 2, ...sides]);
    const y = layer.forward(x);
    expect(y.shape).toEqual([1, 3, ...larger]);
    // Each pixel by itself; what the padding adds is the bias.
    const inner = sides.reduce((part, side, i) => part.narrow(i + 2, 0, side), y);
    const pixels = torch.einsum("bi...,io->bo...", [x, layer.weight.reshape([2, 3])]);
    const shift = layer.bias!.reshape([1, 3, ...sides.map(() => 1)]);
    expect(inner.sub(pixels).sub(shift).abs().max().itemNumber()).toBeLessThan(1e-6);
    const last = y.narrow(2, sides[0], 1);
    expect(last.sub(shift).abs().max().itemNumber()).toBe(0);
    const wrong = new nn[name](2, 3, 1, { outputPadding: 2, dilation: 2 });
    expect(errorOf(() => wrong.forward(x)).message).toContain("output padding must be smaller");
  });
});
