import { noGrad } from "../../autograd.js";
import { badArgument } from "../../errors.js";
import { type AnyModule, type InputsOf, Module, type OutputOf } from "../../nn/module.js";
import { describeValue } from "../../ops/describe-value.js";
import { zeros } from "../../ops.generated.js";
import { type Defaults, expectFunction, settings } from "../../options.js";
import type { Tensor } from "../../tensor.js";
import { tidy } from "../../tidy.js";
import { type AverageFunction, getSwaAvgFn, type MultiAverageFunction } from "./average-functions.js";

/** Options of {@link AveragedModel}. */
export interface AveragedModelOptions {
  /** Default: the mean, {@link getSwaAvgFn}; for an exponential average {@link getEmaAvgFn}. */
  avgFn?: AverageFunction;
  /** In `avgFn`'s place, for all tensors of one dtype and device at once: {@link getEmaMultiAvgFn}, {@link getSwaMultiAvgFn}. */
  multiAvgFn?: MultiAverageFunction;
  /** Whether buffers are averaged too instead of copied; default false. */
  useBuffers?: boolean;
}

const DEFAULTS: Defaults<AveragedModelOptions> & AveragedModelOptions = {
  avgFn: undefined,
  multiAvgFn: undefined,
  useBuffers: false,
};

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
  readonly #average: MultiAverageFunction;
  readonly #useBuffers: boolean;

  constructor(model: M, target: M, options?: AveragedModelOptions) {
    super();
    const { avgFn, multiAvgFn, useBuffers } = settings<AveragedModelOptions>("AveragedModel", DEFAULTS, options);
    for (const [name, given] of Object.entries({ model, target })) {
      if (given instanceof Module) continue;
      badArgument(
        `[AveragedModel] expected a module as ${name}, got ${describeValue(given)}`,
        "new AveragedModel(model, makeModel()): a model cannot be copied here, so a second one of its kind is given for the average",
      );
    }
    if (avgFn !== undefined && multiAvgFn !== undefined) {
      badArgument("[AveragedModel] expected one of avgFn and multiAvgFn, got both");
    }
    expectFunction("AveragedModel", avgFn ?? multiAvgFn ?? getSwaAvgFn, "avgFn: getEmaAvgFn(0.999)");
    if (model === target) badArgument("[AveragedModel] expected two models, got one twice");
    target.loadStateDict(model.stateDict());
    this.module = target;
    this.#average = multiAvgFn ?? oneByOne(avgFn ?? getSwaAvgFn());
    this.#useBuffers = useBuffers ?? false;
  }

  forward(...inputs: InputsOf<M>): OutputOf<M> {
    return this.module.forward(...inputs) as OutputOf<M>;
  }

  /** Takes the model's present values into the average; the first ones are copied. */
  updateParameters(model: M): void {
    const count = this.nAveraged.itemNumber();
    noGrad(() =>
      tidy(() => {
        const [own, theirs] = [this.module.parameters(), model.parameters()];
        const [ownBuffers, theirBuffers] = [this.module.buffers(), model.buffers()];
        if (own.length !== theirs.length || ownBuffers.length !== theirBuffers.length) {
          badArgument(`[AveragedModel] expected a model with ${own.length} parameters, got ${theirs.length}`);
        }
        if (!this.#useBuffers || count === 0) copyAll(ownBuffers, theirBuffers);
        if (count === 0) {
          copyAll(own, theirs);
        } else {
          const all = this.#useBuffers ? [...own, ...ownBuffers] : own;
          const current = this.#useBuffers ? [...theirs, ...theirBuffers] : theirs;
          for (const [averaged, values] of grouped(all, current)) this.#average(averaged, values, count);
        }
        this.nAveraged.add_(1);
      }),
    );
  }
}

function copyAll(to: readonly Tensor[], from: readonly Tensor[]): void {
  for (const [i, tensor] of to.entries()) tensor.detach().copy_(from[i]!.detach());
}

const oneByOne =
  (avgFn: AverageFunction): MultiAverageFunction =>
  (averaged, current, count) => {
    for (const [i, average] of averaged.entries()) average.copy_(avgFn(average, current[i]!, count));
  };

/** Averages and present values, cut off from the graph, by dtype and device of the averages. */
function grouped(averaged: readonly Tensor[], current: readonly Tensor[]): [Tensor[], Tensor[]][] {
  const groups = new Map<string, [Tensor[], Tensor[]]>();
  for (const [i, average] of averaged.entries()) {
    const key = `${average.dtype} ${average.device}`;
    const group = groups.get(key) ?? [[], []];
    groups.set(key, group);
    group[0].push(average.detach());
    group[1].push(current[i]!.detach().to(average.device));
  }
  return [...groups.values()];
}
