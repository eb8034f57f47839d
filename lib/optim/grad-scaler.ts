import { noGrad } from "../autograd.js";
import type { Device } from "../device.js";
import { badArgument, TorchError } from "../errors.js";
import { native } from "../native.js";
import { describeValue } from "../ops/describe-value.js";
import { full, zeros } from "../ops.generated.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { handleOf } from "../tensor-base.js";
import { keep, tidy } from "../tidy.js";
import { whole } from "./checks.js";
import type { Optimizer } from "./optimizer.js";

/** Options of {@link GradScaler}, as in `torch.amp.GradScaler`. */
export interface GradScalerOptions {
  device?: Device;
  /** Default 65536. */
  initScale?: number;
  /** Factor after `growthInterval` good steps; default 2. */
  growthFactor?: number;
  /** Factor after a step with a gradient that is not finite; default 0.5. */
  backoffFactor?: number;
  /** Default 2000. */
  growthInterval?: number;
  /** Default true; a disabled scaler does nothing. */
  enabled?: boolean;
}

const DEFAULTS: Required<GradScalerOptions> = {
  device: "cpu",
  initScale: 65536,
  growthFactor: 2,
  backoffFactor: 0.5,
  growthInterval: 2000,
  enabled: true,
};

function above(name: string, value: unknown, least: number): void {
  if (typeof value !== "number" || !(value > least)) {
    badArgument(`[GradScaler] expected ${name} > ${least}, got ${describeValue(value)}`);
  }
}

/** What {@link GradScaler.stateDict} gives. */
export interface ScalerState {
  scale: Tensor;
  growthTracker: Tensor;
}
/** What Python's gives. */
export interface PythonScalerState {
  scale: number | Tensor;
  _growth_tracker: number | Tensor;
  growth_factor: number;
  backoff_factor: number;
  growth_interval: number;
}

function numbersOf(state: ScalerState | PythonScalerState | null | undefined): (number | Tensor | undefined)[] {
  return [state?.scale, state && "_growth_tracker" in state ? state._growth_tracker : state?.growthTracker];
}
const isOneNumber = (value: number | Tensor | undefined): boolean =>
  typeof value === "number" || value?.numel?.() === 1;

function checkFactors<F extends Pick<Required<GradScalerOptions>, "growthFactor" | "backoffFactor" | "growthInterval">>(
  factors: F,
): F {
  const { growthFactor, backoffFactor, growthInterval } = factors;
  above("growthFactor", growthFactor, 1);
  above("backoffFactor", backoffFactor, 0);
  if (backoffFactor >= 1) badArgument(`[GradScaler] expected 0 < backoffFactor < 1, got ${backoffFactor}`);
  whole("GradScaler", "growthInterval", growthInterval);
  return factors;
}

/**
 * Loss scaling for float16: small gradients survive because the loss is multiplied by a large number, which adapts.
 *
 * With SAM it goes into the optimizer's options, and each closure calls `scaler.scale(loss).backward()`: a gradient that is
 * not finite in either pass skips the whole step and halves the scale once.
 *
 * Source: https://docs.pytorch.org/docs/stable/amp.html#gradient-scaling
 *
 * @example
 * const scaler = new torch.optim.GradScaler({ device: "cuda" });
 * const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, { lr: 0.1, scaler });
 * optimizer.step(() => { const loss = f(); scaler.scale(loss).backward(); return loss; });
 */
export class GradScaler {
  readonly enabled: boolean;
  readonly #options: Required<Omit<GradScalerOptions, "enabled">>;
  readonly #scale: Tensor;
  readonly #growth: Tensor;
  /** For each optimizer whose gradients have been unscaled since the last update: 1 where one was not finite. */
  readonly #found = new Map<Optimizer, Tensor>();

  constructor(options?: GradScalerOptions) {
    const { enabled, ...rest } = settings("GradScaler", DEFAULTS, options);
    const { device, initScale } = rest;
    above("initScale", initScale, 0);
    checkFactors(rest);
    this.enabled = enabled;
    this.#options = rest;
    this.#scale = keep(full([], initScale, { dtype: "float32", device }));
    this.#growth = keep(zeros([], { dtype: "int32", device }));
  }

  /** The loss times the scale. */
  scale(loss: Tensor): Tensor {
    return this.enabled ? loss.mul(this.#scale.to(loss.device)) : loss;
  }

  /** The present scale; waits for the device. */
  getScale(): number {
    return this.enabled ? this.#scale.itemNumber() : 1;
  }

  /**
   * Divides the gradients by the scale and notes whether all are finite, without waiting for the device. `step` does it by itself
   * where it was not done, for example to clip in between. SAM does it once per pass: what the passes find adds up.
   */
  unscale_(optimizer: Optimizer): void {
    if (!this.enabled) return;
    let found = this.#found.get(optimizer);
    if (found === undefined) {
      found = keep(zeros([], { dtype: "float32", device: this.#options.device }));
      this.#found.set(optimizer, found);
    }
    noGrad(() => {
      // As PyTorch does: the reciprocal in float64, so that it is exact for powers of two.
      const inverse = tidy(() => this.#scale.to("float64").reciprocal().to("float32"));
      native.unscaleGrads(optimizer.lists(), handleOf(inverse), handleOf(found));
      inverse.dispose();
    });
  }

  /** 1 where a gradient of this optimizer was not finite since the last update; stays on the device. Undefined before `unscale_`. */
  foundInf(optimizer: Optimizer): Tensor | undefined {
    return this.#found.get(optimizer);
  }

  /** @internal Takes back what was found for an optimizer: its step did not come to an end. */
  forget(optimizer: Optimizer): void {
    this.#found.get(optimizer)?.dispose();
    this.#found.delete(optimizer);
  }

  /**
   * For optimizers that take no scaler: unscales, and steps only if all gradients are finite. SGD, Adam and AdamW do not wait for
   * the device. SAM and its family take the scaler as an option instead.
   */
  step(optimizer: Optimizer): void {
    if (!this.enabled) {
      optimizer.step();
      return;
    }
    if (!this.#found.has(optimizer)) this.unscale_(optimizer);
    const found = this.#found.get(optimizer)!;
    if (!optimizer.supportsFoundInf) {
      if (found.itemNumber() === 0) optimizer.step();
      return;
    }
    optimizer.foundInf = found;
    try {
      optimizer.step();
    } finally {
      optimizer.foundInf = null;
    }
  }

  /** Adapts the scale to what the steps found; once per step, after all optimizers. */
  update(): void {
    if (!this.enabled) return;
    const { device, growthFactor, backoffFactor, growthInterval } = this.#options;
    noGrad(() =>
      tidy(() => {
        let found = zeros([], { dtype: "float32", device });
        for (const one of this.#found.values()) found = found.maximum(one);
        const [scale, growth] = [handleOf(this.#scale), handleOf(this.#growth)];
        native.updateScale(scale, growth, handleOf(found), growthFactor, backoffFactor, growthInterval);
      }),
    );
    for (const one of this.#found.values()) one.dispose();
    this.#found.clear();
  }

  stateDict(): ScalerState {
    return { scale: this.#scale.clone(), growthTracker: this.#growth.clone() };
  }

  /** @internal Throws `E_CHECKPOINT` unless this can be loaded. */
  checkState(state: ScalerState | PythonScalerState): void {
    const [scale, growth] = numbersOf(state);
    if (isOneNumber(scale) && isOneNumber(growth)) return;
    throw new TorchError(
      "E_CHECKPOINT",
      `[GradScaler] expected a state with scale and growthTracker, got ${Object.keys(state ?? {}).join(", ") || "nothing"}`,
    );
  }

  /**
   * Takes over what {@link stateDict} gave, also in Python; of Python's the growth and backoff factors and the interval too.
   *
   * @throws TorchError `E_CHECKPOINT` for anything else, as for the state of a disabled scaler of Python's, which is empty
   */
  loadStateDict(state: ScalerState | PythonScalerState): void {
    this.checkState(state);
    const [scale, growth] = numbersOf(state);
    if ("_growth_tracker" in state) {
      const { growth_factor: growthFactor, backoff_factor: backoffFactor, growth_interval: growthInterval } = state;
      Object.assign(this.#options, checkFactors({ growthFactor, backoffFactor, growthInterval }));
    }
    noGrad(() => {
      for (const [own, value] of [
        [this.#scale, scale],
        [this.#growth, growth],
      ] as const) {
        if (typeof value === "number") own.fill_(value);
        else own.copy_(value!);
      }
    });
  }
}
