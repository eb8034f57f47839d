import { badArgument } from "../../errors.js";
import { defaultGenerator } from "../../generator.js";
import { describeValue } from "../../ops/describe-value.js";
import { gelu, relu } from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { Module } from "../module.js";
import { type FactoryOptions, factory, settings } from "../settings.js";
import { MultiheadAttention } from "./attention.js";
import { Dropout } from "./dropout.js";
import { LayerNorm } from "./layer-norm.js";
import { Linear } from "./linear.js";

/** What stands between the two linear maps of a transformer's layer. */
export type TransformerActivation = "relu" | "gelu" | ((x: Tensor) => Tensor);

/** Options of {@link TransformerEncoderLayer} and {@link TransformerDecoderLayer}. */
export interface TransformerLayerOptions extends FactoryOptions {
  /** Width between the two linear maps; default 2048. */
  dimFeedforward?: number;
  /** Default 0.1. */
  dropout?: number;
  /** Default `"relu"`. */
  activation?: TransformerActivation;
  /** Default 1e-5. */
  layerNormEps?: number;
  /** Whether tensors are [N, L, E] instead of [L, N, E]; default false. */
  batchFirst?: boolean;
  /** Normalises before each part instead of after it; default false. */
  normFirst?: boolean;
  /** Learned shifts in linear maps and norms; default true. */
  bias?: boolean;
}

/** Defaults of {@link TransformerLayerOptions}. */
export const LAYER_DEFAULTS = {
  dimFeedforward: 2048,
  dropout: 0.1,
  activation: "relu" as TransformerActivation,
  layerNormEps: 1e-5,
  batchFirst: false,
  normFirst: false,
  bias: true,
  ...factory,
};

/** Which keys and pairs an attention leaves out: see `AttentionCallOptions`. */
interface Masks {
  attnMask: Tensor | null;
  keyPaddingMask: Tensor | null;
  isCausal: boolean;
}

function activationOf(owner: string, given: TransformerActivation): (x: Tensor) => Tensor {
  if (given === "relu") return relu;
  if (given === "gelu") return (x) => gelu(x);
  if (typeof given !== "function") {
    badArgument(`[${owner}] expected activation relu, gelu or a function, got ${describeValue(given)}`);
  }
  return given;
}

/** What both layers share: attention to itself, then the same small net for each position. */
abstract class TransformerLayer<Inputs extends readonly unknown[]> extends Module<Inputs> {
  readonly #settings: readonly [dModel: number, nhead: number, options: TransformerLayerOptions];
  readonly #activation: (x: Tensor) => Tensor;
  readonly normFirst: boolean;
  selfAttn: MultiheadAttention;
  /** Only a decoder's layer has it: attention to the memory. */
  multiheadAttn?: MultiheadAttention;
  linear1: Linear;
  dropout: Dropout;
  linear2: Linear;
  norm1: LayerNorm;
  norm2: LayerNorm;
  norm3?: LayerNorm;
  dropout1: Dropout;
  dropout2: Dropout;
  dropout3?: Dropout;

  constructor(attends: boolean, dModel: number, nhead: number, options: TransformerLayerOptions | undefined) {
    super();
    const name = new.target.name;
    const given = settings(name, LAYER_DEFAULTS, options);
    const { dimFeedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias, ...where } = given;
    const norm = () => new LayerNorm(dModel, { eps: layerNormEps, bias, ...where });
    const attention = () => new MultiheadAttention(dModel, nhead, { dropout, bias, batchFirst, ...where });
    this.#settings = [dModel, nhead, given];
    this.#activation = activationOf(name, activation);
    this.normFirst = normFirst;
    // Made in PyTorch's order, so that one seed gives the same values.
    this.selfAttn = attention();
    if (attends) this.multiheadAttn = attention();
    this.linear1 = new Linear(dModel, dimFeedforward, { bias, ...where });
    this.dropout = new Dropout(dropout);
    this.linear2 = new Linear(dimFeedforward, dModel, { bias, ...where });
    this.norm1 = norm();
    this.norm2 = norm();
    if (attends) this.norm3 = norm();
    this.dropout1 = new Dropout(dropout);
    this.dropout2 = new Dropout(dropout);
    if (attends) this.dropout3 = new Dropout(dropout);
  }

  /** A layer with the same settings and values, and parameters of its own. Draws nothing from the generator. */
  clone(): this {
    const Layer = this.constructor as new (dModel: number, nhead: number, options: TransformerLayerOptions) => this;
    const generator = defaultGenerator(this.linear1.weight.device);
    const before = generator.getState();
    const made = new Layer(...this.#settings);
    generator.setState(before);
    before.dispose();
    made.to(this.linear1.weight).train(this.training).loadStateDict(this.stateDict());
    const own = this.parameters();
    for (const [i, parameter] of made.parameters().entries()) parameter.requiresGrad = own[i]!.requiresGrad;
    return made;
  }

  protected attend(attention: MultiheadAttention, dropout: Dropout, x: Tensor, memory: Tensor, masks: Masks): Tensor {
    const [y] = attention.forward(x, memory, memory, { ...masks, needWeights: false });
    return dropout.forward(y);
  }
  protected feedForward(x: Tensor, last: Dropout): Tensor {
    const hidden = this.dropout.forward(this.#activation(this.linear1.forward(x)));
    return last.forward(this.linear2.forward(hidden));
  }
}

/** Options of {@link TransformerEncoderLayer.forward}. */
export interface EncoderLayerCallOptions {
  /** Pairs to leave out, [L, L] or [N nhead, L, L]: true, or a number that is added to the scores. */
  srcMask?: Tensor | null;
  /** Keys to leave out, [N, L] (or [L]). */
  srcKeyPaddingMask?: Tensor | null;
  /** Leaves out every key after the query; default false. */
  isCausal?: boolean;
}

/**
 * Self-attention and a small net for each position, each with a residual connection and a layer norm:
 * x = norm1(x + attention(x)), x = norm2(x + linear2(activation(linear1(x)))), with dropout after each part.
 *
 * Shapes (without `batchFirst`): [L, N, dModel] or [L, dModel].
 *
 * @see Vaswani et al., Attention Is All You Need, NeurIPS 2017
 *
 * @example
 * const layer = new nn.TransformerEncoderLayer(512, 8, { batchFirst: true });
 * layer.forward(torch.randn([32, 10, 512])).shape; // [32, 10, 512]
 */
export class TransformerEncoderLayer extends TransformerLayer<[src: Tensor, options?: EncoderLayerCallOptions]> {
  constructor(dModel: number, nhead: number, options?: TransformerLayerOptions) {
    super(false, dModel, nhead, options);
  }
  forward(src: Tensor, options?: EncoderLayerCallOptions): Tensor {
    const defaults = { srcMask: null as Tensor | null, srcKeyPaddingMask: null as Tensor | null, isCausal: false };
    const given = settings("TransformerEncoderLayer", defaults, options);
    const { srcMask: attnMask, srcKeyPaddingMask: keyPaddingMask, isCausal } = given;
    const { norm1, norm2, selfAttn, dropout1, dropout2 } = this;
    const itself = (x: Tensor) => this.attend(selfAttn, dropout1, x, x, { attnMask, keyPaddingMask, isCausal });
    if (this.normFirst) {
      const x = src.add(itself(norm1.forward(src)));
      return x.add(this.feedForward(norm2.forward(x), dropout2));
    }
    const x = norm1.forward(src.add(itself(src)));
    return norm2.forward(x.add(this.feedForward(x, dropout2)));
  }
}

/** Options of {@link TransformerDecoderLayer.forward}. */
export interface DecoderCallOptions {
  /** Pairs to leave out of the attention to itself, [T, T] or [N nhead, T, T]. */
  tgtMask?: Tensor | null;
  /** Pairs to leave out of the attention to the memory, [T, S] or [N nhead, T, S]. */
  memoryMask?: Tensor | null;
  /** Targets to leave out, [N, T] (or [T]). */
  tgtKeyPaddingMask?: Tensor | null;
  /** Places of the memory to leave out, [N, S] (or [S]). */
  memoryKeyPaddingMask?: Tensor | null;
  /** Leaves out every target after the query; default false. */
  tgtIsCausal?: boolean;
  /** Leaves out every place of the memory after the query; default false. */
  memoryIsCausal?: boolean;
}

/** Defaults of {@link DecoderCallOptions}. */
export const DECODER_CALL = {
  tgtMask: null as Tensor | null,
  memoryMask: null as Tensor | null,
  tgtKeyPaddingMask: null as Tensor | null,
  memoryKeyPaddingMask: null as Tensor | null,
  tgtIsCausal: false,
  memoryIsCausal: false,
};

/**
 * {@link TransformerEncoderLayer} with attention to a memory (what the encoder gave) between its two parts.
 *
 * Shapes (without `batchFirst`): target [T, N, dModel], memory [S, N, dModel], or both without N.
 */
export class TransformerDecoderLayer extends TransformerLayer<
  [tgt: Tensor, memory: Tensor, options?: DecoderCallOptions]
> {
  constructor(dModel: number, nhead: number, options?: TransformerLayerOptions) {
    super(true, dModel, nhead, options);
  }
  forward(tgt: Tensor, memory: Tensor, options?: DecoderCallOptions): Tensor {
    const given = settings("TransformerDecoderLayer", DECODER_CALL, options);
    const own: Masks = {
      attnMask: given.tgtMask,
      keyPaddingMask: given.tgtKeyPaddingMask,
      isCausal: given.tgtIsCausal,
    };
    const others: Masks = {
      attnMask: given.memoryMask,
      keyPaddingMask: given.memoryKeyPaddingMask,
      isCausal: given.memoryIsCausal,
    };
    const [norm1, norm2, norm3] = [this.norm1, this.norm2, this.norm3!];
    const [first, second, third] = [this.dropout1, this.dropout2, this.dropout3!];
    const itself = (x: Tensor) => this.attend(this.selfAttn, first, x, x, own);
    const toMemory = (x: Tensor) => this.attend(this.multiheadAttn!, second, x, memory, others);
    if (this.normFirst) {
      const x = tgt.add(itself(norm1.forward(tgt)));
      const y = x.add(toMemory(norm2.forward(x)));
      return y.add(this.feedForward(norm3.forward(y), third));
    }
    const x = norm1.forward(tgt.add(itself(tgt)));
    const y = norm2.forward(x.add(toMemory(x)));
    return norm3.forward(y.add(this.feedForward(y, third)));
  }
}
