import { native } from "../../native.js";
import { markPerturbed, refuseSharedPerturbation } from "../../perturbed.js";
import { type Tensor, wrap } from "../../tensor.js";
import { keep } from "../../tidy.js";
import type { ParamVector } from "./param-vector.js";
import type { Shares } from "./shares.js";

const forgotten = new FinalizationRegistry<number>((id) => native.disposePerturbation(id));

/** Moves the weights of one optimizer to w + eps, and back to exactly w. */
export class Perturber {
  readonly #id = native.newPerturbation();
  readonly #owner: Parameters<typeof markPerturbed>[0];
  /** Whether rho is read from the device, as a CUDA graph needs it. */
  readsDevice = false;
  #isDisposed = false;

  constructor(owner: Parameters<typeof markPerturbed>[0]) {
    this.#owner = owner;
    forgotten.register(this, this.#id, this);
  }

  /** Whether the weights are at w + eps. Asked of native code, because hooks may ask while a recorded step is played. */
  get isActive(): boolean {
    return !this.#isDisposed && native.isPerturbed(this.#id);
  }

  /**
   * The first pass may keep gradients of linear layers as factors, where that is cheaper; {@link perturb} takes them for what is missing
   * in its direction, and the layers' second pass computes at w + eps without it in memory.
   */
  collectFactors(lists: number[]): void {
    native.collectFactors(this.#id, lists);
  }
  /**
   * The same for the pass whose gradients the base optimizer steps along. For everyone else they are gradients like any other, made when
   * someone asks for one.
   */
  collectLast(lists: number[]): void {
    native.collectLast(this.#id, lists);
  }
  /**
   * Whether these gradients, and those that {@link collectLast} left as factors, are finite.
   *
   * @param stops whether a step that finds they are not goes no further
   */
  isLastFinite(lists: number[], gradients: ParamVector, stops: boolean): boolean {
    return native.isLastFinite(this.#id, lists, gradients.id, stops);
  }
  /** The norm of what {@link isLastFinite} was asked about; after the update it costs nothing. */
  lastNorm(): Tensor {
    return wrap(native.lastNorm(this.#id));
  }
  get factorCount(): number {
    return native.factorCount(this.#id);
  }

  /**
   * w <- w + eps along a direction d.
   *
   * @returns |T d|, and |eps| if it is wanted, both still on the device
   * @throws TorchError `E_STATE` when another optimizer has perturbed one of the weights
   */
  perturb(
    lists: number[],
    direction: ParamVector,
    shares: Shares,
    p: number,
    wantsEps: boolean,
  ): [Tensor, Tensor | null] {
    refuseSharedPerturbation(this.#owner);
    const [length, eps] = native.perturb(this.#id, lists, direction.id, p, shares.numbers, wantsEps, this.readsDevice);
    this.#mark(true);
    return [keep(wrap(length)), eps === 0 ? null : keep(wrap(eps))];
  }

  /** Back to w, but for working copies of float32 masters, which the update writes that must come next; {@link restore} sees to the rest. */
  release(): void {
    native.release(this.#id);
    this.#mark(false);
  }

  /** Back to w; does nothing when the weights are there. */
  restore(): void {
    native.restore(this.#id);
    this.#mark(false);
  }

  /** Takes the weights to be at w: after a capture that failed, in which nothing ran. */
  forget(): void {
    native.forgetPerturbation(this.#id);
    this.#mark(false);
  }

  /** Brings each group's rho on the device up to date. */
  refresh(rhos: readonly number[]): void {
    native.refreshRadii(this.#id, Float64Array.from(rhos));
  }

  dispose(): void {
    this.restore();
    forgotten.unregister(this);
    native.disposePerturbation(this.#id);
    this.#isDisposed = true;
  }

  #mark(isActive: boolean): void {
    markPerturbed(this.#owner, isActive);
  }
}
