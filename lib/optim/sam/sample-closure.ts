import { noGrad } from "../../autograd.js";
import { badArgument } from "../../errors.js";
import type { Tensor } from "../../tensor.js";
import { keep } from "../../tidy.js";
import { type Closure, lossOf } from "./closure.js";

/** Gives the loss of each sample (shape [b]); with `samples` (int64 indices) of those samples only. Does not call backward. */
export type SampleClosure = (samples: Tensor | null) => Tensor;

/**
 * A closure for SAM from one that gives the losses of samples: all of them in the first pass, in the second the share `gamma` whose
 * loss rose most from w to w + eps. It takes a forward pass over all samples to know.
 *
 * @param backward takes the mean of the losses
 */
export function onRisenSamples(
  name: string,
  closure: SampleClosure,
  gamma: number,
  backward: (loss: Tensor) => void,
): Closure {
  let before: Tensor | undefined;
  const losses = (samples: Tensor | null) => {
    const out = lossOf(name, () => closure(samples));
    if (out.ndim === 1) return out;
    badArgument(
      `[${name}.step] expected the closure to return one loss per sample, got shape [${out.shape.join(", ")}]`,
      'compute the loss with { reduction: "none" }, and do not call backward()',
    );
  };
  const risen = (old: Tensor) => {
    const rise = noGrad(() => losses(null).sub(old));
    return rise.topk(Math.max(1, Math.floor(gamma * rise.numel()))).indices.sort().values;
  };
  return () => {
    const each = losses(before === undefined || gamma === 1 ? null : risen(before));
    if (before === undefined) before = keep(each.detach());
    else before.dispose(); // there are two passes at most
    const loss = each.mean();
    backward(loss);
    return loss;
  };
}
