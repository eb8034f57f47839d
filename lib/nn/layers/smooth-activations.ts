import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import { celu, elu, type InplaceOptions, logsigmoid, softsign, tanhshrink } from "../functional/activation.js";
import { Module } from "../module.js";
import { type Arguments, gather, oneOf, settings } from "../settings.js";

/*
 * Activations that bend. Unless they say otherwise, they take and give tensors of any one shape.
 */

/** y = 1 / (1 + exp(-x)). */
export class Sigmoid extends Module {
  forward(input: Tensor): Tensor {
    return ops.sigmoid(input);
  }
}

/** y = tanh(x). */
export class Tanh extends Module {
  forward(input: Tensor): Tensor {
    return ops.tanh(input);
  }
}

/** y = ln(1 / (1 + exp(-x))), without overflow. */
export class LogSigmoid extends Module {
  forward(input: Tensor): Tensor {
    return logsigmoid(input);
  }
}

/** y = x / (1 + |x|). */
export class Softsign extends Module {
  forward(input: Tensor): Tensor {
    return softsign(input);
  }
}

/** y = x - tanh(x). */
export class Tanhshrink extends Module {
  forward(input: Tensor): Tensor {
    return tanhshrink(input);
  }
}

/**
 * y = x Phi(x), Phi the normal distribution's CDF.
 *
 * @param options.approximate `"none"` (default), or `"tanh"` for 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))
 * @see Hendrycks and Gimpel, Gaussian Error Linear Units, 2016
 */
export class GELU extends Module {
  readonly approximate: "none" | "tanh";
  constructor(options?: { approximate?: "none" | "tanh" }) {
    super();
    const { approximate } = settings("GELU", { approximate: "none" as "none" | "tanh" }, options);
    this.approximate = oneOf("GELU", "approximate", approximate, ["none", "tanh"] as const);
  }
  forward(input: Tensor): Tensor {
    return ops.gelu(input, { approximate: this.approximate });
  }
  override extraRepr(): string {
    return `approximate="${this.approximate}"`;
  }
}

/**
 * y = x sigmoid(x), also called swish.
 *
 * @see Elfwing, Uchibe and Doya, Sigmoid-Weighted Linear Units, 2017
 */
export class SiLU extends Module {
  readonly inplace: boolean;
  constructor(...args: Arguments<[inplace: boolean], InplaceOptions>) {
    super();
    this.inplace = gather("SiLU", ["inplace"], { inplace: false }, args).inplace;
  }
  forward(input: Tensor): Tensor {
    return this.inplace ? ops.silu_(input) : ops.silu(input);
  }
  override extraRepr(): string {
    return this.inplace ? "inplace=true" : "";
  }
}

/**
 * y = x tanh(ln(1 + exp(x))).
 *
 * @see Misra, Mish: A Self Regularized Non-Monotonic Neural Activation Function, BMVC 2020
 */
export class Mish extends Module {
  readonly inplace: boolean;
  constructor(...args: Arguments<[inplace: boolean], InplaceOptions>) {
    super();
    this.inplace = gather("Mish", ["inplace"], { inplace: false }, args).inplace;
  }
  forward(input: Tensor): Tensor {
    return this.inplace ? ops.mish_(input) : ops.mish(input);
  }
  override extraRepr(): string {
    return this.inplace ? "inplace=true" : "";
  }
}

/**
 * y = x for x > 0, alpha (exp(x) - 1) otherwise. Default: alpha 1.
 *
 * @see Clevert, Unterthiner and Hochreiter, Exponential Linear Units, ICLR 2016
 */
export class ELU extends Module {
  readonly alpha: number;
  readonly inplace: boolean;
  constructor(...args: Arguments<[alpha: number, inplace: boolean], InplaceOptions & { alpha?: number }>) {
    super();
    const { alpha, inplace } = gather("ELU", ["alpha", "inplace"], { alpha: 1, inplace: false }, args);
    this.alpha = alpha;
    this.inplace = inplace;
  }
  forward(input: Tensor): Tensor {
    const { alpha, inplace } = this;
    return elu(input, { alpha, inplace });
  }
  override extraRepr(): string {
    return settingsText({ alpha: this.alpha, ...(this.inplace ? { inplace: true } : {}) });
  }
}

/**
 * y = max(0, x) + min(0, alpha (exp(x / alpha) - 1)). Default: alpha 1.
 *
 * @see Barron, Continuously Differentiable Exponential Linear Units, 2017
 */
export class CELU extends Module {
  readonly alpha: number;
  readonly inplace: boolean;
  constructor(...args: Arguments<[alpha: number, inplace: boolean], InplaceOptions & { alpha?: number }>) {
    super();
    const { alpha, inplace } = gather("CELU", ["alpha", "inplace"], { alpha: 1, inplace: false }, args);
    this.alpha = alpha;
    this.inplace = inplace;
  }
  forward(input: Tensor): Tensor {
    const { alpha, inplace } = this;
    return celu(input, { alpha, inplace });
  }
  override extraRepr(): string {
    return settingsText({ alpha: this.alpha, ...(this.inplace ? { inplace: true } : {}) });
  }
}

/**
 * y = scale (max(0, x) + min(0, alpha (exp(x) - 1))), scale 1.0507..., alpha 1.6732...
 *
 * @see Klambauer et al., Self-Normalizing Neural Networks, NeurIPS 2017
 */
export class SELU extends Module {
  readonly inplace: boolean;
  constructor(...args: Arguments<[inplace: boolean], InplaceOptions>) {
    super();
    this.inplace = gather("SELU", ["inplace"], { inplace: false }, args).inplace;
  }
  forward(input: Tensor): Tensor {
    return this.inplace ? ops.selu_(input) : ops.selu(input);
  }
  override extraRepr(): string {
    return this.inplace ? "inplace=true" : "";
  }
}

/** y = ln(1 + exp(beta x)) / beta; y = x where beta x > threshold. Defaults: beta 1, threshold 20. */
export class Softplus extends Module {
  readonly beta: number;
  readonly threshold: number;
  constructor(...args: Arguments<[beta: number, threshold: number], { beta?: number; threshold?: number }>) {
    super();
    const { beta, threshold } = gather("Softplus", ["beta", "threshold"], { beta: 1, threshold: 20 }, args);
    this.beta = beta;
    this.threshold = threshold;
  }
  forward(input: Tensor): Tensor {
    return ops.softplus(input, this.beta, this.threshold);
  }
  override extraRepr(): string {
    const { beta, threshold } = this;
    return settingsText({ beta, threshold });
  }
}

/**
 * y = a sigmoid(b), where a and b are the halves of x along `dim` (default -1): the output is half as long there.
 *
 * @see Dauphin et al., Language Modeling with Gated Convolutional Networks, ICML 2017
 */
export class GLU extends Module {
  readonly dim: number;
  constructor(...args: Arguments<[dim: number], { dim?: number }>) {
    super();
    this.dim = gather("GLU", ["dim"], { dim: -1 }, args).dim;
  }
  forward(input: Tensor): Tensor {
    return ops.glu(input, this.dim);
  }
  override extraRepr(): string {
    return settingsText({ dim: this.dim });
  }
}
