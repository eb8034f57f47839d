import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { checkOptions } from "../../options.js";
import { freezeUntilThawed } from "../../running-statistics.js";
import type { Tensor } from "../../tensor.js";
import { areSameLists } from "../group-lists.js";
import type { Accumulation } from "./accumulation.js";
import { CapturableSteps } from "./capturable-steps.js";
import type { Closure, RangeClosure } from "./closure.js";
import type { DiagnosticsReport } from "./diagnostics.js";
import type { ParamVector } from "./param-vector.js";
import { StepGuard } from "./step-guard.js";

/** Options of the two halves of a step. */
const HALF_STEP = { zeroGrad: false };

/**
 * Sharpness-aware minimisation around any base optimizer: the gradient is taken at the worst point of a neighbourhood.
 *
 *     g = grad L(w);  eps = rho g / |g|;  gs = grad L(w + eps);  w <- base(w, gs)
 *     adaptive (ASAM): T = |w| + eta elementwise, eps = rho T^2 g / |T g|
 *
 * One norm over all parameters, in fp32, on the device. Weights come back to exactly w before the base optimizer steps, also
 * when a closure throws. Running statistics change in the first pass only. A gradient that is not finite, in either pass,
 * skips the whole step. What a closure does to perturbed weights in the second pass is undone with eps.
 *
 * Extend it for a rule of your own: {@link Rule} says what a rule may change.
 *
 * Sources: Foret et al., https://arxiv.org/abs/2010.01412; Kwon et al. (ASAM), https://arxiv.org/abs/2102.11600
 *
 * @param params parameters or groups; a group may have its own rho, adaptive, eta, mask
 * @param Base the base optimizer's class
 * @param options SAM's and the base optimizer's options together; may be left out where all of the base's have defaults
 *
 * @example
 * const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, { rho: 0.05, lr: 0.1, momentum: 0.9 });
 * const loss = optimizer.step(() => {
 *   const loss = criterion(model.forward(x), y);
 *   loss.backward();
 *   return loss;
 * });
 */
export class SAM<O extends object = Record<string, unknown>> extends CapturableSteps<O> {
  /** What {@link firstStep} leaves to {@link secondStep}. */
  #between: { thaw: () => void; lists: number[]; g: ParamVector | undefined; isTwoPass: boolean } | undefined;

  /**
   * One step: the closure runs at w, then at w + eps; the base optimizer steps from w.
   *
   * @param closure computes the loss, calls `backward()` and returns the loss. Gradients are cleared before each call.
   * @param accumulation the batch in micro-batches, as `n-sam` or `m-sam`; the closure then gets the range of samples
   * @returns the loss at w
   * @throws TorchError `E_STATE` when no parameter has a gradient, or the closure steps or changes the optimizer; `E_ARG` when it is
   * asynchronous or returns no loss. The weights are at w then, running statistics are as before, and the next step works
   */
  override step(closure: Closure): Tensor;
  override step(closure: RangeClosure, accumulation: Accumulation): Tensor;
  override step(closure: RangeClosure, accumulation?: Accumulation): Tensor {
    this.expectIdle("step");
    if (typeof closure !== "function") {
      badArgument(
        `[${this.constructor.name}.step] expected a closure, got ${describeValue(closure)}`,
        "pass a function that computes the loss, calls backward() and returns it; or use firstStep() and secondStep()",
      );
    }
    return this._takeStep(closure, accumulation);
  }

  /**
   * Perturbs with the gradients that are there: w <- w + eps. Running statistics are frozen until {@link secondStep}. On a step that
   * the schedule or the rule gives one pass, the weights stay at w. If the step is skipped in the end, running statistics keep what the
   * first pass did to them: it was over before this call. {@link step} takes it back.
   */
  firstStep(options?: { zeroGrad?: boolean }): void {
    checkOptions("firstStep", options, HALF_STEP);
    this.expectIdle("firstStep");
    const isTwoPass = this.isScheduled(this.stepCount) && this.takesSecondPass(this.stepCount);
    this._diagnostics.clear();
    this.expectOptions();
    this.followParameters();
    try {
      this.vectors.run(() => {
        const g = this._collect("firstStep");
        if (isTwoPass) this._perturbAlong(g);
        if (options?.zeroGrad !== true && !this._keepsFirst) g.putAsGradients(this.lists());
        const lists = this.lists();
        this.#between = { thaw: freezeUntilThawed(), lists, g: this._keepsFirst ? g : undefined, isTwoPass };
      });
    } catch (error) {
      this.restore();
      throw error;
    }
  }

  /** Back to w, and the base optimizer's step with the gradients of the second pass. */
  secondStep(options?: { zeroGrad?: boolean }): void {
    checkOptions("secondStep", options, HALF_STEP);
    const between = this.#between;
    if (between === undefined) this._refuse("secondStep", "firstStep() before", "none");
    if (!areSameLists(this.lists(), between.lists)) {
      this.restore();
      this._refuse("secondStep", "the parameters that firstStep() had", "others", "change them between steps");
    }
    this._perturber.release();
    try {
      this.vectors.run(() => this._finish(this._collect("secondStep"), between.g, between.isTwoPass, new StepGuard()));
    } finally {
      this.restore();
    }
    if (options?.zeroGrad === true) this.zeroGrad();
  }

  /** Back to w without a step; does nothing when the weights are at w. */
  restore(): void {
    if (this._isStepping) this.expectIdle("restore");
    this._perturber.restore();
    this.#between?.thaw();
    this.#between = undefined;
    this._forgetStep();
  }

  /** Losses, norms and the angle between both gradients of the last step; read from the device now. */
  diagnostics(): DiagnosticsReport {
    return this._diagnostics.read();
  }

  override dispose(): void {
    this.restore();
    this._ownDiagnostics.clear();
    this.vectors.freeAllBut([]);
    this._perturber.dispose();
    this.base.dispose();
    super.dispose();
  }

  protected override get _hasOwnStep(): boolean {
    return this.step !== SAM.prototype.step;
  }

  protected override expectIdle(what: string): void {
    super.expectIdle(what);
    if (this.#between === undefined) return;
    this._refuse(what, "unperturbed weights", "weights at w + eps", "call secondStep() or restore() first");
  }
}
