import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import * as F from "../functional/max-unpool.js";
import { Module } from "../module.js";
import { type Arguments, gather, perDimension, type Size, type Size1, type Size2, type Size3 } from "../settings.js";

type MaxUnpoolArguments<S> = Arguments<[stride: S | null, padding: S], { stride?: S | null; padding?: S }>;
const UNPOOLS = [F.maxUnpool1d, F.maxUnpool2d, F.maxUnpool3d] as const;

/** What the unpools share: see {@link MaxUnpool2d}. */
abstract class MaxUnpool extends Module<[input: Tensor, indices: Tensor, outputSize?: readonly number[] | null]> {
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  constructor(n: number, kernelSize: Size, args: readonly unknown[]) {
    super();
    const name = new.target.name;
    const defaults = { stride: null as Size | null, padding: 0 as Size };
    const { stride, padding } = gather(name, ["stride", "padding"], defaults, args);
    this.kernelSize = perDimension(name, "kernelSize", kernelSize, n);
    this.stride = perDimension(name, "stride", stride ?? kernelSize, n);
    this.padding = perDimension(name, "padding", padding, n, 0);
  }
  forward(input: Tensor, indices: Tensor, outputSize: readonly number[] | null = null): Tensor {
    const { kernelSize, stride, padding } = this;
    return UNPOOLS[kernelSize.length - 1]!(input, indices, kernelSize, { stride, padding, outputSize });
  }
  override extraRepr(): string {
    const { kernelSize, stride, padding } = this;
    return settingsText({ kernelSize, stride, padding });
  }
}

/** {@link MaxUnpool2d} over one dimension: [N, C, L] or [C, L]. */
export class MaxUnpool1d extends MaxUnpool {
  constructor(kernelSize: Size1, ...args: MaxUnpoolArguments<Size1>) {
    super(1, kernelSize, args);
  }
}

/**
 * Puts each value where a {@link MaxPool2d} found it, and 0 everywhere else. `outputSize` chooses among the sizes that pool to
 * the input's; default the smallest without leftovers.
 *
 * @example
 * const pool = new nn.MaxPool2d(2);
 * const [values, indices] = pool.forwardWithIndices(torch.randn([1, 1, 4, 4]));
 * new nn.MaxUnpool2d(2).forward(values, indices).shape; // [1, 1, 4, 4]
 */
export class MaxUnpool2d extends MaxUnpool {
  constructor(kernelSize: Size2, ...args: MaxUnpoolArguments<Size2>) {
    super(2, kernelSize, args);
  }
}

/** {@link MaxUnpool2d} over three dimensions: [N, C, D, H, W] or [C, D, H, W]. */
export class MaxUnpool3d extends MaxUnpool {
  constructor(kernelSize: Size3, ...args: MaxUnpoolArguments<Size3>) {
    super(3, kernelSize, args);
  }
}
