import { afterEach, describe, expect, it } from "vitest";
import { halfAndExact, roundings } from "./half-precision.js";

// Before the library asks the processor: with more than AVX2, LibTorch has convolutions of its own for these types.
process.env.SAM_TORCH_ISA = "avx2";
const torch = await import("../../lib/index.js");
type Tensor = import("../../lib/index.js").Tensor;

/*
 * bf16 and fp16 convolutions in fp32 with one rounding at the end. What they should give is computed in float64 from the same rounded
 * inputs; half a unit in the last place (at most 2^-8 of a bf16 value, 2^-11 of an fp16 one) is all that may be lost, and float32's own error.
 */

const { nn } = torch;

const layers = {
  "3x3 with few channels": () => new nn.Conv2d(3, 5, 3, { padding: 1, bias: false }),
  "strided with bias": () => new nn.Conv2d(4, 6, 3, { padding: 1, stride: 2 }),
  "1x1 strided": () => new nn.Conv2d(4, 6, 1, { stride: 2, bias: false }),
  "dilated, another height than width": () => new nn.Conv2d(4, 6, [3, 1], { dilation: [2, 1], padding: [1, 0] }),
  "in groups": () => new nn.Conv2d(4, 6, 3, { groups: 2 }),
} as const;

afterEach(() => {
  torch.backends.cpu.wideHalf = true;
});

describe("convolutions of half precision without instructions for it", () => {
  for (const dtype of ["bfloat16", "float16"] as const) {
    for (const [name, make] of Object.entries(layers)) {
      it(`${dtype}, ${name}: one rounding of the exact value, forward and gradients`, () => {
        const { half, exact } = halfAndExact(torch, make, dtype, [3, 9, 8]);
        expect(half.y.dtype).toBe(dtype);
        expect(roundings(half.y, exact.y, dtype)).toBeLessThan(1.01);
        expect(half.x.grad!.dtype).toBe(dtype);
        expect(roundings(half.x.grad!, exact.x.grad!, dtype)).toBeLessThan(1.01);
        const exactParameters = [...exact.layer.parameters()];
        for (const [i, p] of [...half.layer.parameters()].entries()) {
          expect(p.grad!.dtype).toBe("float32"); // not rounded at all
          const error = p.grad!.double().sub(exactParameters[i]!.grad!).abs().max().itemNumber();
          expect(error).toBeLessThan(1e-5 * exactParameters[i]!.grad!.abs().max().itemNumber());
        }
      });
    }
  }

  it("an addend is added before the rounding, and gets its gradient; one that broadcasts too", () => {
    const layer = new nn.Conv2d(4, 6, 3, { padding: 1 });
    const x = torch.randn([2, 4, 5, 5]).to("bfloat16");
    const plain = layer.double().forward(x.double());
    layer.float();
    for (const shape of [
      [2, 6, 5, 5],
      [1, 6, 1, 1],
    ]) {
      const addend = torch.randn(shape).to("bfloat16").requiresGrad_();
      const y = torch.autocast("cpu", { dtype: "bfloat16" }, () => layer._forwardAdding(x, addend));
      expect(y.dtype).toBe("bfloat16");
      const want = plain.add(addend.double());
      // weights are rounded to bf16 here and not there
      expect(y.double().sub(want).abs().max().itemNumber()).toBeLessThan(0.02 * want.abs().max().itemNumber());
      y.sum().backward();
      expect(addend.grad!.shape).toEqual(shape);
      const count = (2 * 6 * 5 * 5) / addend.numel();
      expect(addend.grad!.float().sub(count).abs().max().itemNumber()).toBe(0);
    }
  });

  it("differentiates twice", () => {
    torch.manualSeed(6);
    const layer = new nn.Conv2d(2, 3, 3, { padding: 1, bias: false });
    torch.noGrad(() => layer.weight.copy_(layer.weight.to("bfloat16")));
    const x = torch.randn([2, 2, 4, 4]).to("bfloat16");
    const second = (weight: Tensor, input: Tensor, run: () => Tensor) => {
      const [g] = torch.autograd.grad(run().pow(2).sum(), [weight], { createGraph: true });
      const [gg] = torch.autograd.grad(g!.pow(2).sum(), [weight]);
      expect(input.requiresGrad).toBe(false);
      return gg!.double();
    };
    const low = second(layer.weight, x, () =>
      torch.autocast("cpu", { dtype: "bfloat16" }, () => layer.forward(x)).float(),
    );
    const exact = new nn.Conv2d(2, 3, 3, { padding: 1, bias: false }).double();
    exact.loadStateDict(layer.stateDict());
    const want = second(exact.weight, x.double(), () => exact.forward(x.double()));
    expect(low.sub(want).norm().itemNumber()).toBeLessThan(0.02 * want.norm().itemNumber());
  });

  it("is LibTorch's own with backends.cpu.wideHalf = false, within two roundings", () => {
    const layer = new nn.Conv2d(3, 5, 3, { padding: 1 });
    const x = torch.randn([2, 3, 6, 6]).to("bfloat16");
    const run = () => torch.autocast("cpu", { dtype: "bfloat16" }, () => layer.forward(x)).double();
    const ours = run();
    torch.backends.cpu.wideHalf = false;
    const theirs = run();
    expect(ours.sub(theirs).abs().max().itemNumber()).toBeLessThan(0.02 * theirs.abs().max().itemNumber());
  });

  it("wrong shapes are the same errors as in float32", () => {
    const layer = new nn.Conv2d(3, 5, 3);
    const message = (dtype: "float32" | "bfloat16") => {
      try {
        layer.to({ dtype }).forward(torch.randn([1, 4, 6, 6]).to(dtype));
      } catch (error) {
        return (error as Error).message.split("\n")[0];
      }
      return "no error";
    };
    expect(message("bfloat16")).toContain("expected input[1, 4, 6, 6] to have 3 channels");
    expect(message("bfloat16")).toBe(message("float32"));
  });
});
