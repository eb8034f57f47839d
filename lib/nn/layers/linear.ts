import { cpu } from "../../backends.js";
import { native } from "../../native.js";
import { bilinear, linear } from "../../ops.generated.js";
import { handleOf, type Tensor, wrap } from "../../tensor.js";
import { handleFor } from "../../tensor-base.js";
import { settingsText } from "../describe-module.js";
import { kaimingUniform_, uniform_ } from "../init.js";
import { Module } from "../module.js";
import { optionalHandle } from "../optional-handle.js";
import { emptyParameter, type Parameter } from "../parameter.js";
import { type Arguments, count, type FactoryOptions, factory, gather } from "../settings.js";

/** Options of {@link Linear} and {@link Bilinear}. */
export interface LinearOptions extends FactoryOptions {
  /** Adds a learned bias; default true. */
  bias?: boolean;
}

/**
 * y = x W^T + b.
 *
 * Shapes: input [..., inFeatures], output [..., outFeatures], `weight` [outFeatures, inFeatures], `bias` [outFeatures].
 * Both begin as U(-k, k), k = 1 / sqrt(inFeatures).
 *
 * @throws TorchError `E_TORCH` when the input's last dimension is not `inFeatures`, or its dtype another than the weight's
 *
 * @example
 * const layer = new nn.Linear(20, 30);
 * layer.forward(torch.randn([128, 20])).shape; // [128, 30]
 */
export class Linear extends Module {
  readonly inFeatures: number;
  readonly outFeatures: number;
  weight: Parameter;
  bias: Parameter | null;

  constructor(inFeatures: number, outFeatures: number, ...args: Arguments<[bias: boolean], LinearOptions>) {
    super();
    const { bias, ...where } = gather("Linear", ["bias"], { bias: true, ...factory }, args);
    this.inFeatures = count("Linear", "inFeatures", inFeatures, 0);
    this.outFeatures = count("Linear", "outFeatures", outFeatures, 0);
    this.weight = emptyParameter([outFeatures, inFeatures], where);
    this.bias = bias ? emptyParameter([outFeatures], where) : null;
    this.resetParameters();
  }

  /** Draws the initial values anew. */
  resetParameters(): void {
    if (this.weight.numel() > 0) kaimingUniform_(this.weight, { a: Math.sqrt(5) });
    if (this.bias === null) return;
    const bound = this.inFeatures > 0 ? 1 / Math.sqrt(this.inFeatures) : 0;
    uniform_(this.bias, -bound, bound);
  }

  /** @internal */
  override _loweredParameters(): readonly (Parameter | null)[] {
    return [this.weight, this.bias];
  }

  forward(input: Tensor): Tensor {
    return cpu.fusedLinear ? this.#own(input, false) : linear(input, this.weight, this.bias);
  }
  /** @internal max(0, forward(input)), by one kernel where there is one. */
  _forwardRelu(input: Tensor): Tensor {
    return this.#own(input, true);
  }

  /** By this library's entry, which goes to LibTorch's operator where it has no kernel. */
  #own(input: Tensor, rectified: boolean): Tensor {
    return wrap(native.linear(handleFor("linear", input), handleOf(this.weight), optionalHandle(this.bias), rectified));
  }

  override extraRepr(): string {
    const { inFeatures, outFeatures } = this;
    return settingsText({ inFeatures, outFeatures, bias: this.bias !== null });
  }
}

/**
 * y = x1^T W x2 + b.
 *
 * Shapes: inputs [..., in1Features] and [..., in2Features], output [..., outFeatures], `weight` [outFeatures, in1Features,
 * in2Features], `bias` [outFeatures]. Both begin as U(-k, k), k = 1 / sqrt(in1Features).
 *
 * @example
 * new nn.Bilinear(20, 30, 40).forward(torch.randn([128, 20]), torch.randn([128, 30])).shape; // [128, 40]
 */
export class Bilinear extends Module<[Tensor, Tensor]> {
  readonly in1Features: number;
  readonly in2Features: number;
  readonly outFeatures: number;
  weight: Parameter;
  bias: Parameter | null;

  constructor(
    in1Features: number,
    in2Features: number,
    outFeatures: number,
    ...args: Arguments<[bias: boolean], LinearOptions>
  ) {
    super();
    const { bias, ...where } = gather("Bilinear", ["bias"], { bias: true, ...factory }, args);
    this.in1Features = count("Bilinear", "in1Features", in1Features);
    this.in2Features = count("Bilinear", "in2Features", in2Features);
    this.outFeatures = count("Bilinear", "outFeatures", outFeatures);
    this.weight = emptyParameter([outFeatures, in1Features, in2Features], where);
    this.bias = bias ? emptyParameter([outFeatures], where) : null;
    this.resetParameters();
  }

  /** Draws the initial values anew. */
  resetParameters(): void {
    const bound = 1 / Math.sqrt(this.in1Features);
    uniform_(this.weight, -bound, bound);
    if (this.bias !== null) uniform_(this.bias, -bound, bound);
  }

  forward(input1: Tensor, input2: Tensor): Tensor {
    return bilinear(input1, input2, this.weight, this.bias);
  }

  override extraRepr(): string {
    const { in1Features, in2Features, outFeatures } = this;
    return settingsText({ in1Features, in2Features, outFeatures, bias: this.bias !== null });
  }
}

/** y = x: a place holder, for instance where a pretrained net's last layer is cut off. Arguments are ignored. */
export class Identity extends Module {
  constructor(..._ignored: readonly unknown[]) {
    super();
  }
  forward(input: Tensor): Tensor {
    return input;
  }
}
