import * as ops from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import type { InplaceOptions, RReLUOptions } from "../functional/activation.js";
import { constant_ } from "../init.js";
import { Module } from "../module.js";
import { emptyParameter, type Parameter } from "../parameter.js";
import { type Arguments, count, type FactoryOptions, factory, gather, settings } from "../settings.js";

/*
 * Activations that are straight lines in pieces. All take and give tensors of any one shape.
 */

const inplaceText = (inplace: boolean, before = ""): string =>
  inplace ? `${before === "" ? "" : `${before}, `}inplace=true` : before;

/**
 * y = max(0, x).
 *
 * @param args inplace (default false): overwrites the input and saves its memory
 *
 * @example
 * new nn.ReLU().forward(torch.tensor([-1, 0, 2])); // [0, 0, 2]
 */
export class ReLU extends Module {
  readonly inplace: boolean;
  constructor(...args: Arguments<[inplace: boolean], InplaceOptions>) {
    super();
    this.inplace = gather("ReLU", ["inplace"], { inplace: false }, args).inplace;
  }
  forward(input: Tensor): Tensor {
    return this.inplace ? ops.relu_(input) : ops.relu(input);
  }
  override extraRepr(): string {
    return inplaceText(this.inplace);
  }
}

/** y = min(max(0, x), 6). */
export class ReLU6 extends Module {
  readonly inplace: boolean;
  constructor(...args: Arguments<[inplace: boolean], InplaceOptions>) {
    super();
    this.inplace = gather("ReLU6", ["inplace"], { inplace: false }, args).inplace;
  }
  forward(input: Tensor): Tensor {
    return this.inplace ? ops.relu6_(input) : ops.relu6(input);
  }
  override extraRepr(): string {
    return inplaceText(this.inplace);
  }
}

/** y = x for x >= 0, negativeSlope x otherwise. Default: negativeSlope 0.01. */
export class LeakyReLU extends Module {
  readonly negativeSlope: number;
  readonly inplace: boolean;
  constructor(
    ...args: Arguments<[negativeSlope: number, inplace: boolean], InplaceOptions & { negativeSlope?: number }>
  ) {
    super();
    const defaults = { negativeSlope: 0.01, inplace: false };
    const { negativeSlope, inplace } = gather("LeakyReLU", ["negativeSlope", "inplace"], defaults, args);
    this.negativeSlope = negativeSlope;
    this.inplace = inplace;
  }
  forward(input: Tensor): Tensor {
    return this.inplace ? ops.leakyRelu_(input, this.negativeSlope) : ops.leakyRelu(input, this.negativeSlope);
  }
  override extraRepr(): string {
    return inplaceText(this.inplace, settingsText({ negativeSlope: this.negativeSlope }));
  }
}

/** Options of {@link PReLU}. */
export interface PReLUOptions extends FactoryOptions {
  /** 1 (default), or the number of channels (dimension 1). */
  numParameters?: number;
  /** Where the slopes begin; default 0.25. */
  init?: number;
}

/**
 * y = x for x >= 0, weight x otherwise, with a learned weight. Weight decay pulls it towards ReLU: exempt it.
 *
 * @see He et al., Delving deep into rectifiers, ICCV 2015
 */
export class PReLU extends Module {
  readonly numParameters: number;
  readonly init: number;
  weight: Parameter;
  constructor(...args: Arguments<[numParameters: number, init: number], PReLUOptions>) {
    super();
    const defaults = { numParameters: 1, init: 0.25, ...factory };
    const { numParameters, init, ...where } = gather("PReLU", ["numParameters", "init"], defaults, args);
    this.numParameters = count("PReLU", "numParameters", numParameters);
    this.init = init;
    this.weight = emptyParameter([numParameters], where);
    this.resetParameters();
  }
  /** Puts the slopes back to where they began. */
  resetParameters(): void {
    constant_(this.weight, this.init);
  }
  forward(input: Tensor): Tensor {
    return ops.prelu(input, this.weight);
  }
  override extraRepr(): string {
    return settingsText({ numParameters: this.numParameters });
  }
}

/** y = x where x > threshold, `value` elsewhere. */
export class Threshold extends Module {
  readonly threshold: number;
  readonly value: number;
  readonly inplace: boolean;
  constructor(threshold: number, value: number, options?: InplaceOptions) {
    super();
    this.threshold = threshold;
    this.value = value;
    this.inplace = settings("Threshold", { inplace: false }, options).inplace;
  }
  forward(input: Tensor): Tensor {
    const { threshold, value } = this;
    return this.inplace ? ops.threshold_(input, threshold, value) : ops.threshold(input, threshold, value);
  }
  override extraRepr(): string {
    const { threshold, value } = this;
    return inplaceText(this.inplace, settingsText({ threshold, value }));
  }
}

/** y = x, clipped to [minVal, maxVal]. Defaults: -1 and 1. */
export class Hardtanh extends Module {
  readonly minVal: number;
  readonly maxVal: number;
  readonly inplace: boolean;
  constructor(
    ...args: Arguments<
      [minVal: number, maxVal: number, inplace: boolean],
      InplaceOptions & { minVal?: number; maxVal?: number }
    >
  ) {
    super();
    const defaults = { minVal: -1, maxVal: 1, inplace: false };
    const { minVal, maxVal, inplace } = gather("Hardtanh", ["minVal", "maxVal", "inplace"], defaults, args);
    this.minVal = minVal;
    this.maxVal = maxVal;
    this.inplace = inplace;
  }
  forward(input: Tensor): Tensor {
    const { minVal, maxVal } = this;
    return this.inplace ? ops.hardtanh_(input, minVal, maxVal) : ops.hardtanh(input, minVal, maxVal);
  }
  override extraRepr(): string {
    const { minVal, maxVal } = this;
    return inplaceText(this.inplace, settingsText({ minVal, maxVal }));
  }
}

/** y = relu6(x + 3) / 6. */
export class Hardsigmoid extends Module {
  readonly inplace: boolean;
  constructor(...args: Arguments<[inplace: boolean], InplaceOptions>) {
    super();
    this.inplace = gather("Hardsigmoid", ["inplace"], { inplace: false }, args).inplace;
  }
  forward(input: Tensor): Tensor {
    return this.inplace ? ops.hardsigmoid_(input) : ops.hardsigmoid(input);
  }
}

/**
 * y = x relu6(x + 3) / 6.
 *
 * @see Howard et al., Searching for MobileNetV3, ICCV 2019
 */
export class Hardswish extends Module {
  readonly inplace: boolean;
  constructor(...args: Arguments<[inplace: boolean], InplaceOptions>) {
    super();
    this.inplace = gather("Hardswish", ["inplace"], { inplace: false }, args).inplace;
  }
  forward(input: Tensor): Tensor {
    return this.inplace ? ops.hardswish_(input) : ops.hardswish(input);
  }
}

/** y = x - lambd for x > lambd, x + lambd for x < -lambd, 0 between. Default: lambd 0.5. */
export class Softshrink extends Module {
  readonly lambd: number;
  constructor(...args: Arguments<[lambd: number], { lambd?: number }>) {
    super();
    this.lambd = gather("Softshrink", ["lambd"], { lambd: 0.5 }, args).lambd;
  }
  forward(input: Tensor): Tensor {
    return ops.softshrink(input, this.lambd);
  }
  override extraRepr(): string {
    return String(this.lambd);
  }
}

/** y = x where |x| > lambd, 0 elsewhere. Default: lambd 0.5. */
export class Hardshrink extends Module {
  readonly lambd: number;
  constructor(...args: Arguments<[lambd: number], { lambd?: number }>) {
    super();
    this.lambd = gather("Hardshrink", ["lambd"], { lambd: 0.5 }, args).lambd;
  }
  forward(input: Tensor): Tensor {
    return ops.hardshrink(input, this.lambd);
  }
  override extraRepr(): string {
    return String(this.lambd);
  }
}

/**
 * y = x for x >= 0, a x otherwise: in training a is drawn from U(lower, upper) for each element, in evaluation it is their mean.
 * Defaults: lower 1/8, upper 1/3.
 *
 * @see Xu et al., Empirical Evaluation of Rectified Activations in Convolutional Network, 2015
 */
export class RReLU extends Module {
  readonly lower: number;
  readonly upper: number;
  readonly inplace: boolean;
  constructor(...args: Arguments<[lower: number, upper: number, inplace: boolean], Omit<RReLUOptions, "training">>) {
    super();
    const defaults = { lower: 1 / 8, upper: 1 / 3, inplace: false };
    const { lower, upper, inplace } = gather("RReLU", ["lower", "upper", "inplace"], defaults, args);
    this.lower = lower;
    this.upper = upper;
    this.inplace = inplace;
  }
  forward(input: Tensor): Tensor {
    const { lower, upper, training } = this;
    return this.inplace ? ops.rrelu_(input, lower, upper, training) : ops.rrelu(input, lower, upper, training);
  }
  override extraRepr(): string {
    const { lower, upper, inplace } = this;
    return inplaceText(inplace, settingsText({ lower, upper }));
  }
}
