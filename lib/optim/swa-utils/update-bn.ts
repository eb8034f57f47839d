import { noGrad } from "../../autograd.js";
import type { Device } from "../../device.js";
import { BatchNorm1d, BatchNorm2d, BatchNorm3d } from "../../nn/layers/batch-norm.js";
import type { Module } from "../../nn/module.js";
import { settings } from "../../options.js";
import type { Tensor } from "../../tensor.js";
import { tidy } from "../../tidy.js";

/**
 * Gives the batch norms of a model the statistics of its present weights: the mean over all batches of a loader. An averaged
 * model needs it before it is evaluated. Does nothing without batch norms.
 *
 * @param loader batches, of which the first tensor is the input, or inputs themselves
 * @param options.device where inputs go first; default: where they are
 *
 * @example
 * await torch.optim.swaUtils.updateBn(loader, average);
 */
export async function updateBn(
  loader: AsyncIterable<Tensor | readonly Tensor[]> | Iterable<Tensor | readonly Tensor[]>,
  model: Module,
  options?: { device?: Device },
): Promise<void> {
  const { device } = settings("updateBn", { device: undefined as Device | undefined }, options);
  const norms = model
    .modules()
    .filter((m) => m instanceof BatchNorm1d || m instanceof BatchNorm2d || m instanceof BatchNorm3d);
  if (norms.length === 0) return;
  const momenta = norms.map((norm) => norm.momentum);
  const wasTraining = model.training;
  model.train();
  try {
    for (const norm of norms) {
      norm.resetRunningStats();
      norm.momentum = null;
    }
    for await (const batch of loader) {
      const input = Array.isArray(batch) ? (batch as readonly Tensor[])[0]! : (batch as Tensor);
      noGrad(() =>
        tidy(() => {
          model.forward(device === undefined ? input : input.to(device));
        }),
      );
    }
  } finally {
    for (const [i, norm] of norms.entries()) norm.momentum = momenta[i]!;
    model.train(wasTraining);
  }
}
