import { afterEach, describe, expect, it } from "vitest";
import { roundings } from "./half-precision.js";

// Before the library asks the processor: with more than AVX2, LibTorch has products of its own for these types.
process.env.SAM_TORCH_ISA = "avx2";
const torch = await import("../../lib/index.js");
type Tensor = import("../../lib/index.js").Tensor;
const F = torch.nn.functional;

/*
 * LibTorch's operators of half precision on a processor without instructions for it, whoever calls them: the bits of float32's result,
 * rounded once.
 */

const operators: Record<string, [shapes: number[][], run: (...inputs: Tensor[]) => Tensor]> = {
  conv1d: [[[3, 8, 40], [12, 8, 3], [12]], (x, w, b) => F.conv1d(x!, w!, b!, 2, 1)],
  conv2d: [[[3, 8, 9, 10], [12, 8, 3, 3], [12]], (x, w, b) => F.conv2d(x!, w!, b!, 1, 1)],
  "conv2d in groups": [
    [
      [3, 8, 9, 10],
      [8, 1, 3, 3],
    ],
    (x, w) => F.conv2d(x!, w!, null, 1, 1, 1, 8),
  ],
  "conv2d of one image": [
    [
      [8, 9, 10],
      [12, 8, 3, 3],
    ],
    (x, w) => F.conv2d(x!, w!),
  ],
  conv3d: [[[2, 4, 6, 7, 5], [6, 4, 3, 3, 3], [6]], (x, w, b) => F.conv3d(x!, w!, b!, 1, 1)],
  convTranspose1d: [[[3, 8, 20], [8, 5, 4], [5]], (x, w, b) => F.convTranspose1d(x!, w!, b!, 2, 1)],
  convTranspose2d: [[[2, 8, 6, 7], [8, 5, 4, 4], [5]], (x, w, b) => F.convTranspose2d(x!, w!, b!, 2, 1, 1)],
  "linear with a bias": [[[70, 300], [90, 300], [90]], (x, w, b) => F.linear(x!, w!, b!)],
  "linear without": [
    [
      [4, 20, 300],
      [90, 300],
    ],
    (x, w) => F.linear(x!, w!),
  ],
  mm: [
    [
      [70, 300],
      [300, 80],
    ],
    (a, b) => a!.mm(b!),
  ],
  bmm: [
    [
      [5, 30, 200],
      [5, 200, 40],
    ],
    (a, b) => a!.bmm(b!),
  ],
  "matmul that broadcasts": [
    [
      [3, 30, 200],
      [200, 40],
    ],
    (a, b) => a!.matmul(b!),
  ],
  "matrix and vector": [[[200, 300], [300]], (a, b) => a!.matmul(b!)],
  addmm: [
    [
      [70, 80],
      [70, 300],
      [300, 80],
    ],
    (c, a, b) => torch.addmm(c!, a!, b!, { beta: 0.5, alpha: 2 }),
  ],
  baddbmm: [
    [
      [5, 30, 40],
      [5, 30, 200],
      [5, 200, 40],
    ],
    (c, a, b) => torch.baddbmm(c!, a!, b!),
  ],
  einsum: [
    [
      [6, 20, 100],
      [6, 30, 100],
    ],
    (a, b) => torch.einsum("bik,bjk->bij", [a!, b!]),
  ],
};

afterEach(() => {
  torch.backends.cpu.wideHalf = true;
});

describe.runIf(process.arch === "x64")("operators of half precision without instructions for it (x64)", () => {
  for (const dtype of ["bfloat16", "float16"] as const) {
    for (const [name, [shapes, run]] of Object.entries(operators)) {
      const draw = () => {
        torch.manualSeed(7);
        return shapes.map((shape) => torch.randn(shape).to(dtype));
      };
      const withGradients = (inputs: Tensor[]) => {
        const leaves = inputs.map((t) => t.detach().requiresGrad_());
        const y = run(...leaves);
        torch.manualSeed(8);
        y.backward({ gradient: torch.randn(y.shape).to(dtype).to(y.dtype) });
        return [y.detach(), ...leaves.map((leaf) => leaf.grad!)];
      };

      it(`${dtype}, ${name}: float32's bits, rounded, forward and gradients`, () => {
        const half = withGradients(draw());
        const wide = withGradients(draw().map((t) => t.float()));
        const exact = withGradients(draw().map((t) => t.double()));
        for (const [i, got] of half.entries()) {
          expect(got.dtype).toBe(dtype);
          expect(roundings(got, exact[i]!, dtype), `${i}`).toBeLessThan(1.02);
          expect(got.equal(wide[i]!.to(dtype)), `bits of ${i}`).toBe(true);
        }
        const inputs = draw();
        expect(torch.noGrad(() => run(...inputs)).equal(half[0]!)).toBe(true);
        expect(torch.inferenceMode(() => run(...inputs)).equal(half[0]!)).toBe(true);
      });

      it(`${dtype}, ${name}: LibTorch's own with backends.cpu.wideHalf = false`, () => {
        const wide = draw();
        const expected = run(...wide.map((t) => t.double()));
        torch.backends.cpu.wideHalf = false;
        const y = run(...draw());
        expect(y.dtype).toBe(dtype);
        // sums in half precision, where LibTorch has nothing better
        const off = y.double().sub(expected).norm().itemNumber() / expected.norm().itemNumber();
        expect(off).toBeLessThan(dtype === "bfloat16" ? 0.05 : 0.01);
      });
    }
  }

  it("under autocast: a layer's float32 weights, with their gradients", () => {
    const layer = new torch.nn.Linear(300, 90);
    const x = torch.randn([70, 300]);
    const y = torch.autocast("cpu", { dtype: "bfloat16" }, () => layer.forward(x));
    const [xr, wr, br] = [x, layer.weight, layer.bias!].map((t) => t.detach().to("bfloat16").float());
    expect(y.dtype).toBe("bfloat16");
    expect(y.equal(F.linear(xr!, wr!, br!).to("bfloat16"))).toBe(true);
    y.sum().backward();
    expect(layer.weight.grad!.dtype).toBe("float32");
    expect(layer.bias!.grad!.tolist()).toEqual(new Array(90).fill(70));
  });

  for (const dtype of ["bfloat16", "float16"] as const) {
    for (const isMasked of [false, true]) {
      it(`${dtype}, attention${isMasked ? " with a mask" : ""}: gradients within a few roundings of the exact ones`, () => {
        torch.manualSeed(12);
        const mask = isMasked ? torch.randn([20, 24]) : null;
        const inputs = [20, 24, 24].map((length) => torch.randn([2, 3, length, 16]).to(dtype));
        const gradients = (to: "bfloat16" | "float16" | "float64") => {
          const leaves = inputs.map((t) => t.to(to).detach().requiresGrad_());
          const [q, k, v] = leaves;
          const y = F.scaledDotProductAttention(q!, k!, v!, { attnMask: mask?.to(to) ?? null });
          y.mul(y.detach()).sum().backward();
          return leaves.map((leaf) => leaf.grad!);
        };
        const exact = gradients("float64");
        for (const [i, got] of gradients(dtype).entries()) {
          expect(got.dtype).toBe(dtype);
          const off = got.double().sub(exact[i]!).norm().itemNumber() / exact[i]!.norm().itemNumber();
          expect(off).toBeLessThan(dtype === "bfloat16" ? 2 ** -7 : 2 ** -10);
        }
      });
    }
  }

  it("in forward mode: the same bits, and the tangent", () => {
    torch.manualSeed(14);
    const [x, dx, w] = [
      [70, 300],
      [70, 300],
      [300, 80],
    ].map((shape) => torch.randn(shape).to("bfloat16"));
    const [y, dy] = torch.func.jvp((a: Tensor) => a.mm(w!), [x!], [dx!]) as [Tensor, Tensor];
    expect(y.equal(x!.float().mm(w!.float()).to("bfloat16"))).toBe(true);
    expect(dy.equal(dx!.float().mm(w!.float()).to("bfloat16"))).toBe(true);
  });

  it("products of float16 stay LibTorch's where float32 products may be rounded to bfloat16", () => {
    torch.manualSeed(15);
    const [a, b] = [torch.randn([40, 300]), torch.randn([300, 40])].map((t) => t.to("float16"));
    const before = torch.getFloat32MatmulPrecision();
    torch.setFloat32MatmulPrecision("medium");
    try {
      const off = roundings(a!.mm(b!), a!.double().mm(b!.double()), "float16");
      expect(off).toBeLessThan(4);
    } finally {
      torch.setFloat32MatmulPrecision(before);
    }
  });

  it("differentiates twice", () => {
    torch.manualSeed(9);
    const x = torch.randn([2, 3, 12]).to("bfloat16");
    const w = torch.randn([4, 3, 3]).to("bfloat16");
    const second = (input: Tensor, weight: Tensor) => {
      const leaf = weight.detach().requiresGrad_();
      const y = F.conv1d(input, leaf, null, 1, 1);
      const [g] = torch.autograd.grad(y.mul(y).sum(), [leaf], { createGraph: true });
      return torch.autograd.grad(g!.mul(g!).sum(), [leaf])[0]!.double();
    };
    const [got, want] = [second(x, w), second(x.double(), w.double())];
    expect(got.sub(want).norm().itemNumber() / want.norm().itemNumber()).toBeLessThan(0.02);
  });

  it("shapes and types that do not fit are LibTorch's errors", () => {
    const [a, b] = [torch.randn([3, 4]).to("bfloat16"), torch.randn([5, 6]).to("bfloat16")];
    expect(() => a.mm(b)).toThrow(/\[mm\].*shapes cannot be multiplied/s);
    expect(() => a.mm(torch.randn([4, 6]))).toThrow(/\[mm\].*same dtype|expected m1 and m2/s);
    expect(() => F.conv1d(torch.randn([1, 3, 4]).to("float16"), torch.randn([2, 5, 3]).to("float16"))).toThrow(
      /\[conv1d\].*channels/s,
    );
  });
});

describe("strides and dilations that change nothing", () => {
  const drawn = (seed: number, ...shapes: number[][]) => {
    torch.manualSeed(seed);
    return shapes.map((shape) => torch.randn(shape).requiresGrad_());
  };
  for (const [n, convolve] of [F.conv1d, F.conv2d, F.conv3d].entries()) {
    it(`conv${n + 1}d: both derivatives as of a stride that ends at the image, at once`, () => {
      const sides = [5, 6, 7].slice(0, n + 1);
      const derivatives = (stride: number) => {
        const [x, w] = drawn(11, [2, 3, ...sides], [4, 3, ...sides.map(() => 3)]);
        const y = convolve(x!, w!, null, stride, 1);
        const first = torch.autograd.grad(y.square().sum(), [x!, w!], { createGraph: true });
        const second = torch.autograd.grad(first[1]!.square().sum(), [x!, w!]);
        return [y, ...first, ...second].map((t) => t!.detach());
      };
      const [far, near] = [derivatives(10 ** 9), derivatives(9)];
      for (const [i, got] of far.entries())
        expect(torch.allclose(got, near[i]!, { rtol: 1e-5, atol: 1e-5 })).toBe(true);
      expect(far[0]!.numel()).toBe(8);
    });
  }

  it("a transposed convolution of single pixels, a kernel of one", () => {
    const transposed = (stride: number) => {
      const [x, w] = drawn(12, [2, 3, 1, 4], [3, 4, 3, 3]);
      const y = F.convTranspose2d(x!, w!, null, [stride, 2], 1, [1, 0]);
      y.square().sum().backward();
      return [y.detach(), x!.grad!, w!.grad!];
    };
    for (const [i, got] of transposed(10 ** 9).entries()) expect(got.equal(transposed(2)[i]!)).toBe(true);
    const dilated = (dilation: number) => {
      const [x, w] = drawn(13, [2, 3, 6, 6], [4, 3, 1, 3]);
      const y = F.conv2d(x!, w!, null, 1, 0, [dilation, 2]);
      y.square().sum().backward();
      return [y.detach(), x!.grad!, w!.grad!];
    };
    for (const [i, got] of dilated(10 ** 9).entries()) expect(got.equal(dilated(1)[i]!)).toBe(true);
  });
});
