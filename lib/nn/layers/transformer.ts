import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { full } from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { xavierUniform_ } from "../init.js";
import { type AnyModule, Module } from "../module.js";
import { ModuleList } from "../module-list.js";
import { type Arguments, count, type FactoryOptions, gather, settings } from "../settings.js";
import { LayerNorm } from "./layer-norm.js";
import {
  DECODER_CALL,
  type DecoderCallOptions,
  LAYER_DEFAULTS,
  TransformerDecoderLayer,
  TransformerEncoderLayer,
  type TransformerLayerOptions,
} from "./transformer-layer.js";

type Normed = Arguments<[norm: Module | null], { norm?: Module | null }>;
const normOf = (owner: string, args: readonly unknown[]): Module | null =>
  gather(owner, ["norm"], { norm: null as Module | null }, args).norm;

/** `numLayers` copies of one layer, all with its values; the layer itself is left as it is. */
function copies<L extends AnyModule & { clone(): L }>(owner: string, layer: L, numLayers: number): ModuleList<L> {
  count(owner, "numLayers", numLayers);
  return new ModuleList(Array.from({ length: numLayers }, () => layer.clone()));
}

/** Options of {@link TransformerEncoder.forward}. */
export interface EncoderCallOptions {
  /** Pairs to leave out, [L, L] or [N nhead, L, L]: true, or a number that is added to the scores. */
  mask?: Tensor | null;
  /** Keys to leave out, [N, L] (or [L]). */
  srcKeyPaddingMask?: Tensor | null;
  /** Leaves out every key after the query; default false. */
  isCausal?: boolean;
}

/**
 * Layers of an encoder one after the other, then `norm` where there is one.
 *
 * @example
 * const layer = new nn.TransformerEncoderLayer(512, 8, { batchFirst: true });
 * new nn.TransformerEncoder(layer, 6).forward(torch.randn([32, 10, 512]));
 */
export class TransformerEncoder extends Module<[src: Tensor, options?: EncoderCallOptions]> {
  layers: ModuleList<TransformerEncoderLayer>;
  readonly numLayers: number;
  norm: Module | null;
  constructor(encoderLayer: TransformerEncoderLayer, numLayers: number, ...args: Normed) {
    super();
    this.layers = copies("TransformerEncoder", encoderLayer, numLayers);
    this.numLayers = numLayers;
    this.norm = normOf("TransformerEncoder", args);
  }
  forward(src: Tensor, options?: EncoderCallOptions): Tensor {
    const defaults = { mask: null as Tensor | null, srcKeyPaddingMask: null as Tensor | null, isCausal: false };
    const { mask: srcMask, srcKeyPaddingMask, isCausal } = settings("TransformerEncoder", defaults, options);
    let x = src;
    for (const layer of this.layers) x = layer.forward(x, { srcMask, srcKeyPaddingMask, isCausal });
    return this.norm === null ? x : this.norm.forward(x);
  }
}

/** Layers of a decoder one after the other, then `norm` where there is one. */
export class TransformerDecoder extends Module<[tgt: Tensor, memory: Tensor, options?: DecoderCallOptions]> {
  layers: ModuleList<TransformerDecoderLayer>;
  readonly numLayers: number;
  norm: Module | null;
  constructor(decoderLayer: TransformerDecoderLayer, numLayers: number, ...args: Normed) {
    super();
    this.layers = copies("TransformerDecoder", decoderLayer, numLayers);
    this.numLayers = numLayers;
    this.norm = normOf("TransformerDecoder", args);
  }
  forward(tgt: Tensor, memory: Tensor, options?: DecoderCallOptions): Tensor {
    const given = settings("TransformerDecoder", DECODER_CALL, options);
    let x = tgt;
    for (const layer of this.layers) x = layer.forward(x, memory, given);
    return this.norm === null ? x : this.norm.forward(x);
  }
}

/** Options of {@link Transformer}. */
export interface TransformerOptions extends TransformerLayerOptions {
  /** Default 512. */
  dModel?: number;
  /** Default 8. */
  nhead?: number;
  /** Default 6. */
  numEncoderLayers?: number;
  /** Default 6. */
  numDecoderLayers?: number;
}

/** Options of {@link Transformer.forward}. */
export interface TransformerCallOptions extends DecoderCallOptions {
  /** Pairs of sources to leave out. */
  srcMask?: Tensor | null;
  /** Sources to leave out, [N, S] (or [S]). */
  srcKeyPaddingMask?: Tensor | null;
  /** Leaves out every source after the query; default false. */
  srcIsCausal?: boolean;
}

/**
 * Encoder and decoder of Vaswani et al., each with a layer norm at its end. Embeddings and positions are the caller's.
 *
 * Shapes (without `batchFirst`): source [S, N, dModel], target and result [T, N, dModel], or all without N. Weights of matrices
 * are Xavier uniform at first.
 *
 * @see Vaswani et al., Attention Is All You Need, NeurIPS 2017
 *
 * @example
 * const net = new nn.Transformer({ dModel: 64, nhead: 4, numEncoderLayers: 2, numDecoderLayers: 2 });
 * net.forward(torch.randn([10, 32, 64]), torch.randn([20, 32, 64]), { tgtIsCausal: true }).shape; // [20, 32, 64]
 */
export class Transformer extends Module<[src: Tensor, tgt: Tensor, options?: TransformerCallOptions]> {
  readonly dModel: number;
  readonly nhead: number;
  readonly batchFirst: boolean;
  encoder: TransformerEncoder;
  decoder: TransformerDecoder;

  constructor(options?: TransformerOptions) {
    super();
    const defaults = { dModel: 512, nhead: 8, numEncoderLayers: 6, numDecoderLayers: 6, ...LAYER_DEFAULTS };
    const given = settings("Transformer", defaults, options);
    const { dModel, nhead, numEncoderLayers, numDecoderLayers, ...layer } = given;
    const { dtype, device, layerNormEps: eps, bias } = layer;
    const norm = () => new LayerNorm(dModel, { eps, bias, dtype, device });
    this.dModel = dModel;
    this.nhead = nhead;
    this.batchFirst = layer.batchFirst;
    const encoderLayer = new TransformerEncoderLayer(dModel, nhead, layer);
    this.encoder = new TransformerEncoder(encoderLayer, numEncoderLayers, norm());
    encoderLayer.dispose();
    const decoderLayer = new TransformerDecoderLayer(dModel, nhead, layer);
    this.decoder = new TransformerDecoder(decoderLayer, numDecoderLayers, norm());
    decoderLayer.dispose();
    for (const parameter of this.parameters()) if (parameter.ndim > 1) xavierUniform_(parameter);
  }

  forward(src: Tensor, tgt: Tensor, options?: TransformerCallOptions): Tensor {
    const defaults = {
      ...DECODER_CALL,
      srcMask: null as Tensor | null,
      srcKeyPaddingMask: null as Tensor | null,
      srcIsCausal: false,
    };
    const {
      srcMask: mask,
      srcKeyPaddingMask,
      srcIsCausal: isCausal,
      ...decoding
    } = settings("Transformer", defaults, options);
    const batch = this.batchFirst ? 0 : 1;
    const sameBatch = src.ndim === tgt.ndim && (src.ndim !== 3 || src.size(batch) === tgt.size(batch));
    if (!sameBatch || src.size(-1) !== this.dModel || tgt.size(-1) !== this.dModel) {
      badArgument(
        `[Transformer] expected source and target of one batch size and of last dimension ${this.dModel}, got ${describeValue(src)} and ${describeValue(tgt)}`,
      );
    }
    const memory = this.encoder.forward(src, { mask, srcKeyPaddingMask, isCausal });
    return this.decoder.forward(tgt, memory, decoding);
  }

  /** [size, size] of minus infinity above the diagonal and 0 elsewhere: a mask that leaves out what comes later. */
  static generateSquareSubsequentMask(size: number, options: FactoryOptions = {}): Tensor {
    return full([size, size], Number.NEGATIVE_INFINITY, options).triu(1);
  }
}
