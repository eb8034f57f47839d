import { badArgument } from "../../errors.js";
import type { Tensor } from "../../tensor.js";
import type { Closure } from "./sam.js";
import { ParamVector } from "./param-vector.js";

/**
 * A batch in micro-batches.
 *
 * - `n-sam`: one eps, from the gradient of the whole batch (n samples); equals SAM on the whole batch.
 * - `m-sam`: each micro-batch of m samples has its own eps; the mean of the second gradients goes to the base optimizer. The
 *   paper's tables use m = 32 per device.
 *
 * The closure's loss must be a mean over its samples. Batch norm normalises with each micro-batch and updates its running
 * statistics once per micro-batch, in the first passes only.
 */
export interface Accumulation {
  accumulate: "n-sam" | "m-sam";
  /** Samples in the batch. */
  samples: number;
  /** Samples in a micro-batch; the last one may have fewer. */
  microBatch: number;
}

/** What the engine lends to {@link accumulate}. */
export interface Passes {
  name: string;
  lists(): number[];
  first(closure: Closure): Tensor;
  /** Perturbs with the gradients that the parameters have now. */
  perturb(): void;
  second(closure: Closure): Tensor;
  restore(): void;
  finish(g: ParamVector, gs: ParamVector, first: Tensor, second: Tensor): void;
}

type RangeClosure = (start: number, end: number) => Tensor;

/** Both ways of accumulating, on the engine's passes. */
export function accumulate(options: Accumulation, closure: RangeClosure, passes: Passes): Tensor {
  const ranges = micros(options, passes.name);
  const lists = passes.lists();
  const empty = () => ParamVector.gradients(lists, { take: true }); // gradients are cleared: a vector without tensors
  const sum = { g: undefined as ParamVector | undefined, gs: undefined as ParamVector | undefined };
  const losses: { first: Tensor[]; second: Tensor[] } = { first: [], second: [] };
  const add = (into: "g" | "gs", share: number, take: boolean) => {
    const grads = ParamVector.gradients(lists, { take });
    sum[into] = (sum[into] ?? grads.clone().scale_(0)).add_(grads, share);
  };
  const run = (pass: "first" | "second", { start, end, share }: Range) => {
    const loss = passes[pass](() => closure(start, end));
    losses[pass].push(loss.detach().mul(share));
  };

  if (options.accumulate === "m-sam") {
    for (const range of ranges) {
      run("first", range);
      add("g", range.share, false);
      passes.perturb();
      run("second", range);
      passes.restore();
      add("gs", range.share, true);
    }
  } else {
    for (const range of ranges) {
      run("first", range);
      add("g", range.share, true);
    }
    sum.g!.putAsGradients(lists);
    passes.perturb();
    for (const range of ranges) {
      run("second", range);
      add("gs", range.share, true);
    }
    passes.restore();
  }
  const total = (list: Tensor[]) => list.reduce((a, b) => a.add(b));
  const first = total(losses.first);
  passes.finish(sum.g ?? empty(), sum.gs ?? empty(), first, total(losses.second));
  return first;
}

interface Range {
  start: number;
  end: number;
  /** Of the batch's samples. */
  share: number;
}

function micros({ accumulate: mode, samples, microBatch }: Accumulation, name: string): Range[] {
  if (mode !== "n-sam" && mode !== "m-sam") {
    badArgument(`[${name}.step] expected accumulate to be "n-sam" or "m-sam", got ${JSON.stringify(mode)}`);
  }
  for (const [key, value] of Object.entries({ samples, microBatch })) {
    if (!Number.isInteger(value) || value < 1) badArgument(`[${name}.step] expected ${key} to be an integer >= 1, got ${value}`);
  }
  const out: Range[] = [];
  for (let start = 0; start < samples; start += microBatch) {
    const end = Math.min(start + microBatch, samples);
    out.push({ start, end, share: (end - start) / samples });
  }
  return out;
}
