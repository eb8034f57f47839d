import { noGrad } from "../autograd.js";
import type { Device } from "../device.js";
import { badArgument, TorchError } from "../errors.js";
import { native } from "../native.js";
import { full, zeros } from "../ops.generated.js";
import type { Tensor } from "../tensor.js";
import { handleOf } from "../tensor-base.js";
import { keep } from "../tidy.js";

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

interface HasLists {
  /** Native lists of the parameters. */
  lists(): number[];
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
  /** 1 where a gradient of this step was not finite. */
  readonly #found: Tensor;
  #unscaled = false;

  constructor(options: GradScalerOptions = {}) {
    const { device = "cpu", initScale = 65536, growthFactor = 2, backoffFactor = 0.5, growthInterval = 2000 } = options;
    if (!(initScale > 0)) badArgument(`[GradScaler] expected initScale > 0, got ${initScale}`);
    if (!(growthFactor > 1)) badArgument(`[GradScaler] expected growthFactor > 1, got ${growthFactor}`);
    if (!(backoffFactor > 0 && backoffFactor < 1)) {
      badArgument(`[GradScaler] expected 0 < backoffFactor < 1, got ${backoffFactor}`);
    }
    this.enabled = options.enabled ?? true;
    this.#options = { device, initScale, growthFactor, backoffFactor, growthInterval };
    this.#scale = keep(full([], initScale, { dtype: "float32", device }));
    this.#growth = keep(zeros([], { dtype: "int32", device }));
    this.#found = keep(zeros([], { dtype: "float32", device }));
  }

  /** The loss times the scale. */
  scale(loss: Tensor): Tensor {
    return this.enabled ? loss.mul(this.#scale.to(loss.device)) : loss;
  }

  /** The present scale; waits for the device. */
  getScale(): number {
    return this.enabled ? this.#scale.itemNumber() : 1;
  }

  /** Divides the gradients by the scale and notes whether all are finite. May be called for several optimizers, or several times with fresh gradients. */
  unscale_(optimizer: HasLists): void {
    if (!this.enabled) return;
    noGrad(() => {
      // As PyTorch does: the reciprocal in float64, so that it is exact for powers of two.
      const inverse = this.#scale.to("float64").reciprocal().to("float32");
      native.unscaleGrads(optimizer.lists(), handleOf(inverse), handleOf(this.#found));
      inverse.dispose();
    });
    this.#unscaled = true;
  }

  /** 1 where a gradient since the last update was not finite; stays on the device. */
  get foundInf(): Tensor {
    return this.#found;
  }

  /**
   * For optimizers that know nothing of scaling: unscales, and steps only if all gradients are finite. Waits for the device.
   * SAM and its family take the scaler as an option instead.
   */
  step(optimizer: HasLists & { step(): unknown }): void {
    if (!this.enabled) {
      optimizer.step();
      return;
    }
    if (!this.#unscaled) this.unscale_(optimizer);
    if (this.#found.itemNumber() === 0) optimizer.step();
  }

  /** Adapts the scale to what the step found; once per step. */
  update(): void {
    if (!this.enabled) return;
    const { growthFactor, backoffFactor, growthInterval } = this.#options;
    noGrad(() => {
      native.updateScale(
        handleOf(this.#scale),
        handleOf(this.#growth),
        handleOf(this.#found),
        growthFactor,
        backoffFactor,
        growthInterval,
      );
      this.#found.zero_();
    });
    this.#unscaled = false;
  }

  stateDict(): { scale: Tensor; growthTracker: Tensor } {
    return { scale: this.#scale.clone(), growthTracker: this.#growth.clone() };
  }

  loadStateDict(state: { scale: Tensor; growthTracker: Tensor }): void {
    if (state?.scale?.numel?.() !== 1 || state?.growthTracker?.numel?.() !== 1) {
      throw new TorchError("E_CHECKPOINT", "[GradScaler] expected a state with scale and growthTracker");
    }
    noGrad(() => {
      this.#scale.copy_(state.scale);
      this.#growth.copy_(state.growthTracker);
    });
  }
}
