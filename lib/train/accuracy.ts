import { noGrad } from "../autograd.js";
import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { checkOptions } from "../options.js";
import type { Tensor } from "../tensor.js";
import { tidy } from "../tidy.js";

/** Options of {@link correct} and {@link accuracy}. */
export interface AccuracyOptions {
  /** How many of the highest scores may hold the label. Default 1. */
  topK?: number;
}

/**
 * Which predictions are right: whether the label is among the `topK` highest scores. Stays on the device.
 *
 * @param logits scores `[N, classes]`
 * @param targets labels `[N]`, int64
 * @returns bool `[N]`
 * @throws TorchError `E_ARG` when the shapes do not fit, or there are fewer than `topK` classes
 *
 * @example
 * log.step(loss, correct(model.forward(x), y));
 */
export function correct(logits: Tensor, targets: Tensor, options?: AccuracyOptions): Tensor {
  checkOptions("correct", options, { topK: 1 });
  const topK = options?.topK ?? 1;
  const [batch, classes] = logits.shape;
  if (logits.ndim !== 2 || targets.ndim !== 1 || targets.size(0) !== batch) {
    badArgument(
      `[accuracy] expected logits [N, classes] and targets [N], got [${logits.shape.join(", ")}] and [${targets.shape.join(", ")}]`,
    );
  }
  if (!Number.isInteger(topK) || topK < 1 || topK > classes!) {
    badArgument(`[accuracy] expected topK to be an integer from 1 to ${classes} classes, got ${describeValue(topK)}`);
  }
  return noGrad(() =>
    tidy(() => {
      if (topK === 1) return logits.argmax(1).eq(targets);
      const [, best] = logits.topk(topK, 1);
      return best.eq(targets.unsqueeze(1)).any(1);
    }),
  );
}

/**
 * The share of right predictions: the mean of {@link correct}, as a float32 tensor without dimensions. Stays on the device until `item()`.
 *
 * @example
 * accuracy(torch.tensor([[0.1, 0.9], [0.8, 0.2]]), torch.tensor([1n, 1n])).item(); // 0.5
 */
export function accuracy(logits: Tensor, targets: Tensor, options?: AccuracyOptions): Tensor {
  checkOptions("accuracy", options, { topK: 1 });
  return noGrad(() => tidy(() => correct(logits, targets, options).mean({ dtype: "float32" })));
}
