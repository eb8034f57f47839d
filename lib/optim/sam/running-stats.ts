import { ScriptModule } from "../../jit/script-module.js";
import { BatchNorm } from "../../nn/layers/batch-norm.js";
import type { AnyModule } from "../../nn/module.js";
import { holdRunningStatistics } from "../../running-statistics.js";
import type { Tensor } from "../../tensor.js";

/**
 * The running statistics of a model's batch norms stay as they are from here on, `numBatchesTracked` too; layers normalise with the
 * batch as before. The optimizers of this family do it by themselves in the second pass: this is for loops written by hand.
 *
 * Unlike the reference's function of that name, which sets momentum to 0, it lets no NaN through and may be called twice.
 *
 * @example
 * torch.optim.disableRunningStats(model);
 * criterion(model.forward(x), y).backward(); // leaves no trace in the statistics
 * torch.optim.enableRunningStats(model);
 */
export function disableRunningStats(model: AnyModule): void {
  holdRunningStatistics(statistics(model), true);
}

/** Takes {@link disableRunningStats} back; does nothing to a model whose statistics are alive. */
export function enableRunningStats(model: AnyModule): void {
  holdRunningStatistics(statistics(model), false);
}

const statistics = (model: AnyModule): Tensor[] => model.modules().flatMap(statisticsOf);

/** Those of one module itself; of TorchScript's modules every buffer counts, as which of them are statistics cannot be told. */
function statisticsOf(module: unknown): Tensor[] {
  if (module instanceof ScriptModule) return module.buffers({ recurse: false });
  if (!(module instanceof BatchNorm)) return [];
  const { runningMean, runningVar, numBatchesTracked } = module;
  return [runningMean, runningVar, numBatchesTracked].filter((buffer) => buffer !== null);
}
