import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import * as F from "../functional/fold.js";
import { Module } from "../module.js";
import { type Arguments, gather, type Size2 } from "../settings.js";

const DEFAULTS = { dilation: 1 as Size2, padding: 0 as Size2, stride: 1 as Size2 };
const NAMES = ["dilation", "padding", "stride"] as const;
type FoldArguments = Arguments<[dilation: Size2, padding: Size2, stride: Size2], F.FoldOptions>;

/**
 * The blocks of an image that a kernel slides over, as columns.
 *
 * Shapes: input [N, C, H, W] or [C, H, W]; output [N, C kh kw, number of blocks].
 *
 * @example
 * new nn.Unfold(3, { padding: 1 }).forward(torch.randn([2, 3, 8, 8])).shape; // [2, 27, 64]
 */
export class Unfold extends Module {
  readonly kernelSize: Size2;
  readonly dilation: Size2;
  readonly padding: Size2;
  readonly stride: Size2;
  constructor(kernelSize: Size2, ...args: FoldArguments) {
    super();
    const { dilation, padding, stride } = gather("Unfold", NAMES, DEFAULTS, args);
    this.kernelSize = kernelSize;
    this.dilation = dilation;
    this.padding = padding;
    this.stride = stride;
  }
  forward(input: Tensor): Tensor {
    const { kernelSize, dilation, padding, stride } = this;
    return F.unfold(input, kernelSize, { dilation, padding, stride });
  }
  override extraRepr(): string {
    const { kernelSize, dilation, padding, stride } = this;
    return settingsText({ kernelSize, dilation, padding, stride });
  }
}

/**
 * Adds blocks up to an image: the adjoint of {@link Unfold}.
 *
 * Shapes: input [N, C kh kw, number of blocks] or without N; output [N, C, ...outputSize].
 */
export class Fold extends Module {
  readonly outputSize: Size2;
  readonly kernelSize: Size2;
  readonly dilation: Size2;
  readonly padding: Size2;
  readonly stride: Size2;
  constructor(outputSize: Size2, kernelSize: Size2, ...args: FoldArguments) {
    super();
    const { dilation, padding, stride } = gather("Fold", NAMES, DEFAULTS, args);
    this.outputSize = outputSize;
    this.kernelSize = kernelSize;
    this.dilation = dilation;
    this.padding = padding;
    this.stride = stride;
  }
  forward(input: Tensor): Tensor {
    const { outputSize, kernelSize, dilation, padding, stride } = this;
    return F.fold(input, outputSize, kernelSize, { dilation, padding, stride });
  }
  override extraRepr(): string {
    const { outputSize, kernelSize, dilation, padding, stride } = this;
    return settingsText({ outputSize, kernelSize, dilation, padding, stride });
  }
}
