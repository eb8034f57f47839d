import { noGrad } from "../../autograd.js";
import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { checkOptions } from "../../options.js";
import { isTensor, type Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import { type BagMode, embedding, embeddingBag, paddingRow } from "../functional/embedding.js";
import { normal_ } from "../init.js";
import { Module } from "../module.js";
import { emptyParameter, Parameter } from "../parameter.js";
import { type Arguments, count, type FactoryOptions, factory, gather, settings } from "../settings.js";

/** Options of {@link Embedding}. */
export interface EmbeddingOptions extends FactoryOptions {
  /** A row that stays as it is: 0 at first, and without a gradient. Negative ones count from the end. */
  paddingIdx?: number | null;
  /** Rows that are looked up and have a larger norm are scaled down to it, in place. */
  maxNorm?: number | null;
  /** Which norm; default 2. */
  normType?: number;
  /** Divides a row's gradient by how often the row was looked up; default false. */
  scaleGradByFreq?: boolean;
  /** Sparse gradients; default false. */
  sparse?: boolean;
}

const TABLE_DEFAULTS = {
  paddingIdx: null as number | null,
  maxNorm: null as number | null,
  normType: 2,
  scaleGradByFreq: false,
  sparse: false,
  ...factory,
};

/** Options of `fromPretrained`. */
const PRETRAINED = { freeze: true, ...TABLE_DEFAULTS, dtype: null, device: null };

function tableShape(owner: string, vectors: Tensor): [rows: number, size: number] {
  if (!isTensor(vectors) || vectors.ndim !== 2) {
    badArgument(`[${owner}] expected vectors [rows, size], got ${describeValue(vectors)}`);
  }
  return vectors.shape as [number, number];
}

/** N(0, 1), with zeros in the padding row. */
function drawTable(weight: Tensor, paddingIdx: number | null): void {
  normal_(weight);
  if (paddingIdx === null) return;
  noGrad(() => {
    const row = weight.select(0, paddingIdx);
    row.zero_();
    row.dispose();
  });
}

/**
 * A table of vectors: looks up the rows that the indices name.
 *
 * Shapes: input [...] int64 or int32, output [..., embeddingDim], `weight` [numEmbeddings, embeddingDim], N(0, 1) at first.
 *
 * @throws TorchError `E_ARG` for indices of another dtype; `E_TORCH` for indices out of range
 *
 * @example
 * const words = new nn.Embedding(1000, 64, { paddingIdx: 0 });
 * words.forward(torch.tensor([[1n, 2n, 0n]])).shape; // [1, 3, 64]
 */
export class Embedding extends Module {
  readonly numEmbeddings: number;
  readonly embeddingDim: number;
  readonly paddingIdx: number | null;
  readonly maxNorm: number | null;
  readonly normType: number;
  readonly scaleGradByFreq: boolean;
  readonly sparse: boolean;
  weight: Parameter;

  constructor(
    numEmbeddings: number,
    embeddingDim: number,
    ...args: Arguments<[paddingIdx: number | null], EmbeddingOptions>
  ) {
    super();
    const { paddingIdx, maxNorm, normType, scaleGradByFreq, sparse, ...where } = gather(
      "Embedding",
      ["paddingIdx"],
      TABLE_DEFAULTS,
      args,
    );
    this.numEmbeddings = count("Embedding", "numEmbeddings", numEmbeddings);
    this.embeddingDim = count("Embedding", "embeddingDim", embeddingDim);
    this.paddingIdx = paddingIdx === null ? null : paddingRow("Embedding", paddingIdx, numEmbeddings);
    this.maxNorm = maxNorm;
    this.normType = normType;
    this.scaleGradByFreq = scaleGradByFreq;
    this.sparse = sparse;
    this.weight = emptyParameter([numEmbeddings, embeddingDim], where);
    this.resetParameters();
  }

  /** A table with these vectors, [rows, size]; frozen unless `freeze: false`. */
  static fromPretrained(vectors: Tensor, options?: EmbeddingOptions & { freeze?: boolean }): Embedding {
    checkOptions("Embedding.fromPretrained", options, PRETRAINED);
    const { freeze = true, ...rest } = options ?? {};
    const [rows, size] = tableShape("Embedding.fromPretrained", vectors);
    const made = new Embedding(rows, size, { ...rest, device: "meta" });
    made.weight = new Parameter(vectors, { requiresGrad: !freeze });
    return made;
  }

  /** Draws the initial values anew. */
  resetParameters(): void {
    drawTable(this.weight, this.paddingIdx);
  }

  forward(input: Tensor): Tensor {
    const { paddingIdx, maxNorm, normType, scaleGradByFreq, sparse } = this;
    return embedding(input, this.weight, { paddingIdx, maxNorm, normType, scaleGradByFreq, sparse });
  }

  override extraRepr(): string {
    return describeTable(this);
  }
}

/** Options of {@link EmbeddingBag}. */
export interface EmbeddingBagOptions extends EmbeddingOptions {
  /** How the rows of one bag are joined; default `"mean"`. */
  mode?: BagMode;
  /** Whether the last offset is the number of indices; default false. */
  includeLastOffset?: boolean;
}

const BAG_DEFAULTS = { ...TABLE_DEFAULTS, mode: "mean" as BagMode, includeLastOffset: false };

/**
 * Sums, means or maxima of bags of rows of a table, without the rows in between.
 *
 * Shapes: input [bags, bag size], or flat [indices] with `offsets` [bags] (where each begins); output [bags, embeddingDim].
 *
 * @example
 * const bag = new nn.EmbeddingBag(10, 3, { mode: "sum" });
 * bag.forward(torch.tensor([1n, 2n, 4n, 5n]), torch.tensor([0n, 3n])).shape; // [2, 3]
 */
export class EmbeddingBag extends Module<[Tensor, Tensor?, Tensor?]> {
  readonly numEmbeddings: number;
  readonly embeddingDim: number;
  readonly paddingIdx: number | null;
  readonly maxNorm: number | null;
  readonly normType: number;
  readonly scaleGradByFreq: boolean;
  readonly mode: BagMode;
  readonly sparse: boolean;
  readonly includeLastOffset: boolean;
  weight: Parameter;

  constructor(numEmbeddings: number, embeddingDim: number, options?: EmbeddingBagOptions) {
    super();
    const { paddingIdx, maxNorm, normType, scaleGradByFreq, mode, sparse, includeLastOffset, ...where } = settings(
      "EmbeddingBag",
      BAG_DEFAULTS,
      options,
    );
    this.numEmbeddings = count("EmbeddingBag", "numEmbeddings", numEmbeddings);
    this.embeddingDim = count("EmbeddingBag", "embeddingDim", embeddingDim);
    this.paddingIdx = paddingIdx === null ? null : paddingRow("EmbeddingBag", paddingIdx, numEmbeddings);
    this.maxNorm = maxNorm;
    this.normType = normType;
    this.scaleGradByFreq = scaleGradByFreq;
    this.mode = mode;
    this.sparse = sparse;
    this.includeLastOffset = includeLastOffset;
    this.weight = emptyParameter([numEmbeddings, embeddingDim], where);
    this.resetParameters();
  }

  /** Bags of rows of a table with these vectors, [rows, size]; frozen unless `freeze: false`. */
  static fromPretrained(vectors: Tensor, options?: EmbeddingBagOptions & { freeze?: boolean }): EmbeddingBag {
    checkOptions("EmbeddingBag.fromPretrained", options, { ...BAG_DEFAULTS, ...PRETRAINED });
    const { freeze = true, ...rest } = options ?? {};
    const [rows, size] = tableShape("EmbeddingBag.fromPretrained", vectors);
    const made = new EmbeddingBag(rows, size, { ...rest, device: "meta" });
    made.weight = new Parameter(vectors, { requiresGrad: !freeze });
    return made;
  }

  /** Draws the initial values anew. */
  resetParameters(): void {
    drawTable(this.weight, this.paddingIdx);
  }

  forward(input: Tensor, offsets?: Tensor, perSampleWeights?: Tensor): Tensor {
    const { paddingIdx, maxNorm, normType, scaleGradByFreq, mode, sparse, includeLastOffset } = this;
    return embeddingBag(input, this.weight, {
      offsets,
      perSampleWeights,
      paddingIdx,
      maxNorm,
      normType,
      scaleGradByFreq,
      mode,
      sparse,
      includeLastOffset,
    });
  }

  override extraRepr(): string {
    return `${describeTable(this)}, mode="${this.mode}"`;
  }
}

function describeTable(table: Embedding | EmbeddingBag): string {
  const { numEmbeddings, embeddingDim, paddingIdx, maxNorm, normType, scaleGradByFreq, sparse } = table;
  const parts: Record<string, unknown> = {};
  if (paddingIdx !== null) parts.paddingIdx = paddingIdx;
  if (maxNorm !== null) parts.maxNorm = maxNorm;
  if (normType !== 2) parts.normType = normType;
  if (scaleGradByFreq) parts.scaleGradByFreq = true;
  if (sparse) parts.sparse = true;
  return [`${numEmbeddings}, ${embeddingDim}`, settingsText(parts)].filter((part) => part !== "").join(", ");
}
