import {
  alphaDropout,
  alphaDropout_,
  dropout,
  dropout_,
  featureAlphaDropout,
  featureAlphaDropout_,
  featureDropout,
  featureDropout_,
} from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import { Module } from "../module.js";
import { type Arguments, gather, probability } from "../settings.js";

/** Options of the dropout layers. */
export interface DropoutLayerOptions {
  /** Probability of a zero; default 0.5. */
  p?: number;
  /** Overwrites the input; default false. */
  inplace?: boolean;
}
type DropoutArguments = Arguments<[p: number, inplace: boolean], DropoutLayerOptions>;
type Drop = (input: Tensor, p: number, train: boolean) => Tensor;

/** What the dropout layers share: see {@link Dropout}. */
abstract class DropoutLayer extends Module {
  p: number;
  readonly inplace: boolean;
  readonly #drop: Drop;
  /** Number of dimensions of an input without a batch, whose first dimension holds the channels. */
  readonly #single: number | undefined;

  constructor(pure: Drop, overwriting: Drop, args: readonly unknown[], single?: number) {
    super();
    const { p, inplace } = gather(new.target.name, ["p", "inplace"], { p: 0.5, inplace: false }, args);
    this.p = probability(new.target.name, "p", p);
    this.inplace = inplace;
    this.#drop = inplace ? overwriting : pure;
    this.#single = single;
  }

  forward(input: Tensor): Tensor {
    if (!this.training) return input;
    if (this.#single === undefined || input.ndim !== this.#single) return this.#drop(input, this.p, true);
    return this.#drop(input.unsqueeze(0), this.p, true).squeeze(0);
  }

  override extraRepr(): string {
    const { p, inplace } = this;
    return settingsText({ p, inplace });
  }
}

/**
 * In training, zeroes each element with probability p and multiplies the others by 1 / (1 - p); otherwise gives its input back.
 *
 * With the same seed the masks on the CPU are PyTorch's.
 *
 * @throws TorchError `E_ARG` for p outside [0, 1]
 * @see Hinton et al., Improving neural networks by preventing co-adaptation of feature detectors, 2012
 *
 * @example
 * new nn.Dropout(0.2).forward(torch.ones([4, 6]));
 */
export class Dropout extends DropoutLayer {
  constructor(...args: DropoutArguments) {
    super(dropout, dropout_, args);
  }
}

/** {@link Dropout} of whole channels of [N, C, L] or [C, L]. */
export class Dropout1d extends DropoutLayer {
  constructor(...args: DropoutArguments) {
    super(featureDropout, featureDropout_, args, 2);
  }
}

/**
 * {@link Dropout} of whole channels of [N, C, H, W].
 *
 * @see Tompson et al., Efficient Object Localization Using Convolutional Networks, CVPR 2015
 */
export class Dropout2d extends DropoutLayer {
  constructor(...args: DropoutArguments) {
    super(featureDropout, featureDropout_, args);
  }
}

/** {@link Dropout} of whole channels of [N, C, D, H, W] or [C, D, H, W]. */
export class Dropout3d extends DropoutLayer {
  constructor(...args: DropoutArguments) {
    super(featureDropout, featureDropout_, args, 4);
  }
}

/**
 * {@link Dropout} for nets with {@link SELU}: dropped elements become -1.758..., and the whole is scaled and shifted so that
 * mean 0 and variance 1 stay.
 *
 * @see Klambauer et al., Self-Normalizing Neural Networks, NeurIPS 2017
 */
export class AlphaDropout extends DropoutLayer {
  constructor(...args: DropoutArguments) {
    super(alphaDropout, alphaDropout_, args);
  }
}

/** {@link AlphaDropout} of whole channels. */
export class FeatureAlphaDropout extends DropoutLayer {
  constructor(...args: DropoutArguments) {
    super(featureAlphaDropout, featureAlphaDropout_, args);
  }
}
