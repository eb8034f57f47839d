import { badArgument } from "../../errors.js";
import { groupNorm } from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import { ones_, zeros_ } from "../init.js";
import { Module } from "../module.js";
import { emptyParameter, type Parameter } from "../parameter.js";
import { type Arguments, count, type FactoryOptions, factory, gather } from "../settings.js";

/** Options of {@link GroupNorm}. */
export interface GroupNormOptions extends FactoryOptions {
  /** Added to the variance; default 1e-5. */
  eps?: number;
  /** Learns a scale and a shift per channel; default true. */
  affine?: boolean;
  /** Whether the affine part has a shift; default true. */
  bias?: boolean;
}

/**
 * y = (x - mean) / sqrt(var + eps) weight + bias over each of `numGroups` groups of channels of each sample.
 *
 * Shapes: input and output [N, numChannels, ...]; `weight` (1 at first) and `bias` (0 at first) [numChannels].
 *
 * @throws TorchError `E_ARG` when `numGroups` does not divide `numChannels`
 * @see Wu and He, Group Normalization, ECCV 2018
 *
 * @example
 * new nn.GroupNorm(3, 6).forward(torch.randn([20, 6, 10, 10]));
 */
export class GroupNorm extends Module {
  readonly numGroups: number;
  readonly numChannels: number;
  readonly eps: number;
  readonly affine: boolean;
  weight: Parameter | null;
  bias: Parameter | null;

  constructor(
    numGroups: number,
    numChannels: number,
    ...args: Arguments<[eps: number, affine: boolean], GroupNormOptions>
  ) {
    super();
    const { eps, affine, bias, ...where } = gather(
      "GroupNorm",
      ["eps", "affine"],
      { eps: 1e-5, affine: true, bias: true, ...factory },
      args,
    );
    this.numGroups = count("GroupNorm", "numGroups", numGroups);
    this.numChannels = count("GroupNorm", "numChannels", numChannels);
    if (numChannels % numGroups !== 0) {
      badArgument(
        `[GroupNorm] expected numGroups to divide numChannels, got ${numGroups} groups and ${numChannels} channels`,
      );
    }
    this.eps = eps;
    this.affine = affine;
    this.weight = affine ? emptyParameter([numChannels], where) : null;
    this.bias = affine && bias ? emptyParameter([numChannels], where) : null;
    this.resetParameters();
  }

  /** Scale 1, shift 0. */
  resetParameters(): void {
    if (this.weight !== null) ones_(this.weight);
    if (this.bias !== null) zeros_(this.bias);
  }

  forward(input: Tensor): Tensor {
    return groupNorm(input, this.numGroups, this.weight, this.bias, this.eps);
  }

  override extraRepr(): string {
    const { numGroups, numChannels, eps, affine } = this;
    return `${numGroups}, ${numChannels}, ${settingsText({ eps, affine, bias: this.bias !== null })}`;
  }
}
