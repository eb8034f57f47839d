import type { Tensor } from "../../tensor.js";
import * as F from "../functional/fractional-max-pool.js";
import { Module } from "../module.js";
import { runHooked } from "../run-hooked.js";
import { type Size, type Size2, type Size3, settings } from "../settings.js";

/** What the two pools share: see {@link FractionalMaxPool2d}. */
abstract class FractionalMaxPool extends Module {
  readonly kernelSize: Size;
  readonly outputSize: Size | null;
  readonly outputRatio: number | readonly number[] | null;
  /** Under PyTorch's name in the state dict. */
  readonly _randomSamples: Tensor | null;
  readonly #pool: typeof F.fractionalMaxPool2dWithIndices;
  constructor(
    pool: typeof F.fractionalMaxPool2dWithIndices,
    kernelSize: Size,
    options: F.FractionalMaxPoolOptions | undefined,
  ) {
    super();
    const defaults = {
      outputSize: null as Size | null,
      outputRatio: null as number | readonly number[] | null,
      randomSamples: null as Tensor | null,
    };
    const { outputSize, outputRatio, randomSamples } = settings(new.target.name, defaults, options);
    this.kernelSize = kernelSize;
    this.outputSize = outputSize;
    this.outputRatio = outputRatio;
    this._randomSamples = this.registerBuffer("_randomSamples", randomSamples);
    this.#pool = pool;
  }
  forward(input: Tensor): Tensor {
    const [values, indices] = this.#run(input);
    indices.dispose();
    return values;
  }
  /**
   * The largest values and where each was found: PyTorch's `return_indices`. Hooks run around it as around `forward`; the output that
   * they see is the pair.
   */
  forwardWithIndices(input: Tensor): [values: Tensor, indices: Tensor] {
    return runHooked(this, (x) => this.#run(x), input);
  }
  #run(input: Tensor): [Tensor, Tensor] {
    const { kernelSize, outputSize, outputRatio, _randomSamples: randomSamples } = this;
    return this.#pool(input, kernelSize, { outputSize, outputRatio, randomSamples });
  }
}

/**
 * The largest value of windows that begin at random places; give either `outputSize` or `outputRatio`.
 *
 * Shapes: input [N, C, H, W] or [C, H, W].
 *
 * @see Graham, Fractional Max-Pooling, 2014
 *
 * @example
 * new nn.FractionalMaxPool2d(3, { outputRatio: 0.5 }).forward(torch.randn([1, 3, 32, 32])).shape; // [1, 3, 16, 16]
 */
export class FractionalMaxPool2d extends FractionalMaxPool {
  constructor(kernelSize: Size2, options?: F.FractionalMaxPoolOptions) {
    super(F.fractionalMaxPool2dWithIndices, kernelSize, options);
  }
}

/** {@link FractionalMaxPool2d} over three dimensions: [N, C, D, H, W] or [C, D, H, W]. */
export class FractionalMaxPool3d extends FractionalMaxPool {
  constructor(kernelSize: Size3, options?: F.FractionalMaxPoolOptions) {
    super(F.fractionalMaxPool3dWithIndices, kernelSize, options);
  }
}
