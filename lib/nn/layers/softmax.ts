import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import { Module } from "../module.js";

/** What the softmax layers share: the dimension along which the results sum to one. PyTorch guesses it where it is missing; here it must be given. */
abstract class AlongDimension extends Module {
  readonly dim: number;
  constructor(dim: number) {
    super();
    if (!Number.isInteger(dim)) badArgument(`[${new.target.name}] expected a dimension, got ${describeValue(dim)}`);
    this.dim = dim;
  }
  override extraRepr(): string {
    return settingsText({ dim: this.dim });
  }
}

/**
 * y_i = exp(x_i) / sum_j exp(x_j) along `dim`.
 *
 * @example
 * new nn.Softmax(1).forward(torch.randn([2, 3])).sum(1); // [1, 1]
 */
export class Softmax extends AlongDimension {
  forward(input: Tensor): Tensor {
    return ops.softmax(input, this.dim);
  }
}

/** y_i = ln(exp(x_i) / sum_j exp(x_j)) along `dim`, without overflow. */
export class LogSoftmax extends AlongDimension {
  forward(input: Tensor): Tensor {
    return ops.logSoftmax(input, this.dim);
  }
}

/** y_i = exp(-x_i) / sum_j exp(-x_j) along `dim`. */
export class Softmin extends AlongDimension {
  forward(input: Tensor): Tensor {
    return ops.softmax(ops.neg(input), this.dim);
  }
}

/** Softmax over the channels of [N, C, H, W] or [C, H, W], for each pixel. */
export class Softmax2d extends Module {
  forward(input: Tensor): Tensor {
    if (input.ndim !== 3 && input.ndim !== 4) {
      badArgument(`[Softmax2d] expected [N, C, H, W] or [C, H, W], got ${describeValue(input)}`);
    }
    return ops.softmax(input, -3);
  }
}
