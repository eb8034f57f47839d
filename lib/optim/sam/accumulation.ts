import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { type Defaults, expectOptions } from "../../options.js";

/**
 * A batch in micro-batches.
 *
 * - `n-sam`: one eps, from the gradient of the whole batch (n samples); equals SAM on the whole batch.
 * - `m-sam`: each micro-batch of m samples has its own eps; the mean of the second gradients goes to the base optimizer. The
 *   paper's tables use m = 32 per device.
 *
 * The closure's loss must be a mean over its samples; a last micro-batch with fewer counts for fewer. A step with one pass (a
 * schedule's, LookSAM's, MSAM's) accumulates its gradient.
 *
 * Batch norm normalises with each micro-batch's own statistics, so with it `n-sam` differs from the whole batch as any accumulation
 * does. It updates its running statistics once per micro-batch, in the first passes only.
 */
export interface Accumulation {
  accumulate: "n-sam" | "m-sam";
  /** Samples in the batch. */
  samples: number;
  /** Samples in a micro-batch; the last one may have fewer. */
  microBatch: number;
}

const ACCUMULATION: Defaults<Accumulation> = { accumulate: null, samples: null, microBatch: null };

/** What one call of the closure sees. */
export interface MicroBatch {
  /** The closure's arguments. */
  readonly range: readonly [start: number, end: number] | readonly [];
  /** Its samples, as a share of those of the round. */
  readonly share: number;
}

/** Micro-batches that share one eps. */
export interface Round {
  readonly batches: readonly MicroBatch[];
  /** Its samples, as a share of those of the step. */
  readonly share: number;
}

/** The rounds of a step. A step without accumulation is one round with one batch. */
export function roundsOf(name: string, accumulation: Accumulation | undefined): Round[] {
  if (accumulation === undefined) return [{ batches: [{ range: [], share: 1 }], share: 1 }];
  expectOptions(`${name}.step`, accumulation, ACCUMULATION);
  const { accumulate, samples, microBatch } = accumulation;
  if (accumulate !== "n-sam" && accumulate !== "m-sam") {
    badArgument(`[${name}.step] expected accumulate to be "n-sam" or "m-sam", got ${describeValue(accumulate)}`);
  }
  for (const [key, value] of Object.entries({ samples, microBatch })) {
    if (!Number.isInteger(value) || value < 1) {
      badArgument(`[${name}.step] expected ${key} to be an integer >= 1, got ${describeValue(value)}`);
    }
  }
  const batches: MicroBatch[] = [];
  for (let start = 0; start < samples; start += microBatch) {
    const end = Math.min(start + microBatch, samples);
    batches.push({ range: [start, end], share: (end - start) / samples });
  }
  if (accumulate === "n-sam") return [{ batches, share: 1 }];
  return batches.map(({ range, share }) => ({ batches: [{ range, share: 1 }], share }));
}
