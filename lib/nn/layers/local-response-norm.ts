import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import { type LocalResponseNormOptions, localResponseNorm } from "../functional/local-response-norm.js";
import { Module } from "../module.js";
import { type Arguments, count, gather } from "../settings.js";

/**
 * x / (k + alpha / size sum x^2)^beta, the sum over `size` neighbouring channels. Defaults: alpha 1e-4, beta 0.75, k 1.
 *
 * @see Krizhevsky et al., ImageNet Classification with Deep Convolutional Neural Networks, NeurIPS 2012
 */
export class LocalResponseNorm extends Module {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;
  constructor(size: number, ...args: Arguments<[alpha: number, beta: number, k: number], LocalResponseNormOptions>) {
    super();
    const defaults = { alpha: 1e-4, beta: 0.75, k: 1 };
    const { alpha, beta, k } = gather("LocalResponseNorm", ["alpha", "beta", "k"], defaults, args);
    this.size = count("LocalResponseNorm", "size", size);
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }
  forward(input: Tensor): Tensor {
    const { size, alpha, beta, k } = this;
    return localResponseNorm(input, size, { alpha, beta, k });
  }
  override extraRepr(): string {
    const { size, alpha, beta, k } = this;
    return `${size}, ${settingsText({ alpha, beta, k })}`;
  }
}
