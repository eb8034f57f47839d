import { tensor } from "../creation.js";
import { badArgument } from "../errors.js";
import { Generator } from "../generator.js";
import { describeValue } from "../ops/describe-value.js";
import { multinomial, randint, randperm } from "../ops.generated.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";
import { tidy } from "../tidy.js";
import { indexList, integer } from "./checks.js";

/**
 * Which samples an epoch takes, in order. A sampler is a function of the epoch, so that a loader that was saved goes on with the
 * very same batches; looping over it goes through epoch after epoch.
 *
 * @example
 * const sampler = new torch.data.WeightedRandomSampler([0.1, 0.9, 0.4], 100);
 * const loader = new torch.data.DataLoader(dataset, { batchSize: 10, sampler });
 */
export abstract class Sampler implements Iterable<number> {
  #next = 0;

  /** Samples per epoch. */
  abstract readonly length: number;
  /** The positions of one epoch. */
  abstract indices(epoch: number): ArrayLike<number>;

  [Symbol.iterator](): IterableIterator<number> {
    return Array.from(this.indices(this.#next++)).values();
  }
}

/** Anything that says how many samples it has. */
type Counted = { readonly length: number } | number;
const lengthOf = (owner: string, source: Counted): number =>
  integer(owner, "the number of samples", typeof source === "number" ? source : source?.length, 0);

/** @internal What a sampler, or a function of the epoch, takes; `from` ends errors about it. */
export function chosenBy(
  sampler: Sampler | ((epoch: number) => ArrayLike<number>),
  epoch: number,
  from: string,
): Uint32Array {
  const indices = sampler instanceof Sampler ? sampler.indices(epoch) : sampler(epoch);
  return indexList(indices, "DataLoader", from);
}

/** One sample after the other. */
export class SequentialSampler extends Sampler {
  readonly length: number;
  /** @param source a dataset, or how many samples there are */
  constructor(source: Counted) {
    super();
    this.length = lengthOf("SequentialSampler", source);
  }
  indices(): Uint32Array {
    return Uint32Array.from({ length: this.length }, (_, i) => i);
  }
}

/** Option of every random sampler. */
export interface SeedOption {
  /** Epoch e draws from a generator seeded with seed + e; default 0. */
  seed?: number;
}

const SEED: Required<SeedOption> = { seed: 0 };

/** What the random samplers share: epochs that are drawn from generators of their own, with PyTorch's operators. */
abstract class Drawing extends Sampler {
  readonly seed: number;
  constructor(owner: string, { seed }: Required<SeedOption>) {
    super();
    this.seed = integer(owner, "seed", seed, 0);
  }
  protected draw(epoch: number, make: (generator: Generator) => Tensor): Uint32Array {
    const generator = new Generator().manualSeed(this.seed + epoch);
    return tidy(() => Uint32Array.from(make(generator).dataSync() as BigInt64Array, Number));
  }
}

/** Options of {@link RandomSampler}. */
export interface RandomSamplerOptions extends SeedOption {
  /** Whether a sample may come several times; default false. */
  replacement?: boolean;
  /** Samples per epoch; default all. More than there are without replacement: whole rounds, then a part of one. */
  numSamples?: number;
}

/** Samples in random order, all or some, with or without replacement. */
export class RandomSampler extends Drawing {
  readonly length: number;
  readonly replacement: boolean;
  readonly #n: number;
  /** @param source a dataset, or how many samples there are */
  constructor(source: Counted, options?: RandomSamplerOptions) {
    const defaults = { replacement: false, numSamples: undefined as number | undefined, ...SEED };
    const { replacement, numSamples, ...seed } = settings("RandomSampler", defaults, options);
    super("RandomSampler", seed);
    this.#n = lengthOf("RandomSampler", source);
    if (this.#n === 0) badArgument("[RandomSampler] expected at least one sample, got none");
    this.length = integer("RandomSampler", "numSamples", numSamples ?? this.#n, 1);
    this.replacement = replacement;
  }
  indices(epoch: number): Uint32Array {
    const [n, wanted] = [this.#n, this.length];
    const out = new Uint32Array(wanted);
    // In pieces, as PyTorch draws them: 32 at a time with replacement, a round at a time without.
    const piece = this.replacement ? 32 : n;
    const generator = new Generator().manualSeed(this.seed + epoch);
    tidy(() => {
      for (let at = 0; at < wanted; at += piece) {
        const size = Math.min(piece, wanted - at);
        const drawn = this.replacement
          ? randint(n, [size], { generator, dtype: "int64" })
          : randperm(n, { generator, dtype: "int64" });
        out.set(Array.from(drawn.dataSync() as BigInt64Array, Number).slice(0, size), at);
      }
    });
    return out;
  }
}

/** The given positions in random order. */
export class SubsetRandomSampler extends Drawing {
  readonly length: number;
  readonly #positions: Uint32Array;
  constructor(positions: ArrayLike<number>, options?: SeedOption) {
    super("SubsetRandomSampler", settings("SubsetRandomSampler", SEED, options));
    this.#positions = indexList(positions, "SubsetRandomSampler");
    this.length = positions.length;
  }
  indices(epoch: number): Uint32Array {
    const order = this.draw(epoch, (generator) => randperm(this.length, { generator, dtype: "int64" }));
    return order.map((i) => this.#positions[i]!);
  }
}

/** Options of {@link WeightedRandomSampler}. */
export interface WeightedSamplerOptions extends SeedOption {
  /** Whether a sample may come several times; default true. */
  replacement?: boolean;
}

/**
 * Samples drawn in proportion to their weights, which need not add up to 1.
 *
 * @param weights one per sample, at least 0
 * @param numSamples samples per epoch
 * @throws TorchError `E_ARG` for a negative weight, for weights that are all 0, and for more samples than weights above 0 without replacement
 */
export class WeightedRandomSampler extends Drawing {
  readonly length: number;
  readonly weights: Float64Array;
  readonly replacement: boolean;
  constructor(weights: ArrayLike<number> | Tensor, numSamples: number, options?: WeightedSamplerOptions) {
    const { replacement, ...seed } = settings("WeightedRandomSampler", { replacement: true, ...SEED }, options);
    super("WeightedRandomSampler", seed);
    this.weights = Float64Array.from(isTensor(weights) ? Array.from(weights.dataSync(), Number) : weights);
    this.length = integer("WeightedRandomSampler", "numSamples", numSamples, 1);
    this.replacement = replacement;
    const wrong = this.weights.find((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
    if (wrong !== undefined)
      badArgument(`[WeightedRandomSampler] expected weights of at least 0, got ${describeValue(wrong)}`);
    const positive = this.weights.filter((weight) => weight > 0).length;
    const least = replacement ? 1 : this.length;
    if (positive < least) {
      badArgument(`[WeightedRandomSampler] expected at least ${least} weights above 0, got ${positive}`);
    }
  }
  indices(epoch: number): Uint32Array {
    return this.draw(epoch, (generator) => {
      const weights = tensor(this.weights);
      return multinomial(weights, this.length, this.replacement, { generator });
    });
  }
}
