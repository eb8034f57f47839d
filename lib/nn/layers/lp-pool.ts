import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import * as F from "../functional/lp-pool.js";
import { Module } from "../module.js";
import { type Arguments, gather, perDimension, type Size, type Size1, type Size2, type Size3 } from "../settings.js";

type LPPoolArguments<S> = Arguments<[stride: S | null, ceilMode: boolean], { stride?: S | null; ceilMode?: boolean }>;
const POOLS = [F.lpPool1d, F.lpPool2d, F.lpPool3d] as const;

/** What the power-average pools share: see {@link LPPool2d}. */
abstract class LPPool extends Module {
  readonly normType: number;
  readonly kernelSize: Size;
  readonly stride: Size | null;
  readonly ceilMode: boolean;
  readonly #n: number;
  constructor(n: number, normType: number, kernelSize: Size, args: readonly unknown[]) {
    super();
    const name = new.target.name;
    const defaults = { stride: null as Size | null, ceilMode: false };
    const { stride, ceilMode } = gather(name, ["stride", "ceilMode"], defaults, args);
    perDimension(name, "kernelSize", kernelSize, n);
    this.normType = normType;
    this.kernelSize = kernelSize;
    this.stride = stride;
    this.ceilMode = ceilMode;
    this.#n = n;
  }
  forward(input: Tensor): Tensor {
    const { normType, kernelSize, stride, ceilMode } = this;
    return POOLS[this.#n - 1]!(input, normType, kernelSize, { stride, ceilMode });
  }
  override extraRepr(): string {
    const { normType, kernelSize, stride, ceilMode } = this;
    return settingsText({ normType, kernelSize, stride, ceilMode });
  }
}

/** {@link LPPool2d} over one dimension: [N, C, L] or [C, L]. */
export class LPPool1d extends LPPool {
  constructor(normType: number, kernelSize: Size1, ...args: LPPoolArguments<Size1>) {
    super(1, normType, kernelSize, args);
  }
}

/**
 * (sum x^p)^(1/p) of each window, p = `normType`; an infinite p takes the largest magnitude.
 *
 * Shapes: input [N, C, H, W] or [C, H, W].
 */
export class LPPool2d extends LPPool {
  constructor(normType: number, kernelSize: Size2, ...args: LPPoolArguments<Size2>) {
    super(2, normType, kernelSize, args);
  }
}

/** {@link LPPool2d} over three dimensions: [N, C, D, H, W] or [C, D, H, W]. */
export class LPPool3d extends LPPool {
  constructor(normType: number, kernelSize: Size3, ...args: LPPoolArguments<Size3>) {
    super(3, normType, kernelSize, args);
  }
}
