import { noGrad } from "../../autograd.js";
import { badArgument } from "../../errors.js";
import { type AnyModule, type InputsOf, Module, type OutputOf } from "../../nn/module.js";
import { describeValue } from "../../ops/describe-value.js";
import { zeros } from "../../ops.generated.js";
import { expectFunction, settings } from "../../options.js";
import type { Tensor } from "../../tensor.js";
import { tidy } from "../../tidy.js";

/** The new average of a tensor: of the old average, the present value, and how many values it is made of so far. */
export type AverageFunction = (averaged: Tensor, current: Tensor, count: number) => Tensor;

/** The exponential average: decay averaged + (1 - decay) current. */
export function getEmaAvgFn(decay = 0.999): AverageFunction {
  if (typeof decay !== "number" || !(decay >= 0 && decay <= 1))
    badArgument(`[getEmaAvgFn] expected decay from 0 to 1, got ${describeValue(decay)}`);
  return (averaged, current) => averaged.mul(decay).add(current.mul(1 - decay));
}

/** The mean of all values so far. */
export const getSwaAvgFn = (): AverageFunction => (averaged, current, count) =>
  averaged.add(current.sub(averaged).div(count + 1));

/** Options of {@link AveragedModel}. */
export interface AveragedModelOptions {
  /** Default: the mean, {@link getSwaAvgFn}; for an exponential average {@link getEmaAvgFn}. */
  avgFn?: AverageFunction;
  /** Whether buffers are averaged too instead of copied; default false. */
  useBuffers?: boolean;
}

/**
 * A model whose weights are the average of another one's over training: the mean (stochastic weight averaging), or an
 * exponential one. Batch norm's statistics do not fit the average: see `updateBn`, or average the buffers too.
 *
 * PyTorch copies the model by itself; here a second one of the same kind is given, which takes over the first one's values.
 *
 * @param model the model that is trained
 * @param target another one with the same parameters and buffers, for the average
 * @throws TorchError `E_CHECKPOINT` when their parameters or buffers differ
 * @see Izmailov et al., Averaging Weights Leads to Wider Optima and Better Generalization, UAI 2018
 *
 * @example
 * const { AveragedModel, getEmaAvgFn } = torch.optim.swaUtils;
 * const average = new AveragedModel(model, makeModel(), { avgFn: getEmaAvgFn(0.999), useBuffers: true });
 * for await (const batch of loader) {
 *   trainStep(batch);
 *   average.updateParameters(model);
 * }
 * average.eval().forward(x);
 */
export class AveragedModel<M extends AnyModule> extends Module<InputsOf<M>, OutputOf<M>> {
  /** How many times {@link updateParameters} was called. */
  nAveraged = this.registerBuffer("nAveraged", zeros([], { dtype: "int64" }));
  readonly module: M;
  readonly #avgFn: AverageFunction;
  readonly #useBuffers: boolean;

  constructor(model: M, target: M, options?: AveragedModelOptions) {
    super();
    const { avgFn, useBuffers } = settings("AveragedModel", { avgFn: getSwaAvgFn(), useBuffers: false }, options);
    for (const [name, given] of Object.entries({ model, target })) {
      if (given instanceof Module) continue;
      badArgument(
        `[AveragedModel] expected a module as ${name}, got ${describeValue(given)}`,
        "new AveragedModel(model, makeModel()): a model cannot be copied here, so a second one of its kind is given for the average",
      );
    }
    expectFunction("AveragedModel", avgFn, "avgFn: getEmaAvgFn(0.999)");
    if (model === target) badArgument("[AveragedModel] expected two models, got one twice");
    target.loadStateDict(model.stateDict());
    this.module = target;
    this.#avgFn = avgFn;
    this.#useBuffers = useBuffers;
  }

  forward(...inputs: InputsOf<M>): OutputOf<M> {
    return this.module.forward(...inputs) as OutputOf<M>;
  }

  /** Takes the model's present values into the average; the first ones are copied. */
  updateParameters(model: M): void {
    const count = this.nAveraged.itemNumber();
    const copy = (to: Tensor, from: Tensor) => to.detach().copy_(from.detach());
    const average = (to: Tensor, from: Tensor) => {
      if (count === 0) copy(to, from);
      else copy(to, this.#avgFn(to.detach(), from.detach().to(to.device), count));
    };
    noGrad(() =>
      tidy(() => {
        const [own, theirs] = [this.module.parameters(), model.parameters()];
        const [ownBuffers, theirBuffers] = [this.module.buffers(), model.buffers()];
        if (own.length !== theirs.length || ownBuffers.length !== theirBuffers.length) {
          badArgument(`[AveragedModel] expected a model with ${own.length} parameters, got ${theirs.length}`);
        }
        for (const [i, parameter] of own.entries()) average(parameter, theirs[i]!);
        for (const [i, buffer] of ownBuffers.entries()) {
          (this.#useBuffers ? average : copy)(buffer, theirBuffers[i]!);
        }
        this.nAveraged.add_(1);
      }),
    );
  }
}
