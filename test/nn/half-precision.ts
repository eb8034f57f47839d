import type * as torch from "../../lib/index.js";

/** Half a unit in the last place, as a share of the value at most. */
const unit = { bfloat16: 2 ** -8, float16: 2 ** -11 } as const;
export type Half = keyof typeof unit;

/** The largest error as a share of half a unit in the last place, where values are not tiny. */
export function roundings(got: torch.Tensor, want: torch.Tensor, dtype: Half): number {
  const allowed = want.abs().mul(unit[dtype]).add(want.abs().max().mul(2e-6));
  return got.double().sub(want).abs().div(allowed).max().itemNumber();
}

/**
 * A layer with `dtype`'s numbers on inputs of `dtype`, under autocast and in float64, forward and backward. The library is an argument:
 * who sets variables that it reads once imports it later.
 */
export function halfAndExact(
  { autocast, manualSeed, noGrad, randn }: typeof torch,
  make: () => torch.nn.Conv2d,
  dtype: Half,
  [images, height, width]: readonly [images: number, height: number, width: number],
  memoryFormat?: torch.MemoryFormat,
) {
  manualSeed(5);
  const layer = make();
  for (const p of layer.parameters()) noGrad(() => p.copy_(p.to(dtype)));
  if (memoryFormat !== undefined) layer.to({ memoryFormat });
  const exact = make().double();
  exact.loadStateDict(layer.stateDict());
  const plain = randn([images, layer.inChannels, height, width]).to(dtype);
  const inputs = memoryFormat === undefined ? plain : plain.contiguous({ memoryFormat });
  const x = inputs.detach().clone().requiresGrad_();
  const y = autocast("cpu", { dtype }, () => layer.forward(x));
  const grad = randn(y.shape).to(dtype);
  y.backward(grad);
  const wide = inputs.double().requiresGrad_();
  const z = exact.forward(wide);
  z.backward(grad.double());
  return { half: { layer, x, y }, exact: { layer: exact, x: wide, y: z } };
}
