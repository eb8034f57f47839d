import type { Tensor } from "../../tensor.js";
import { keep, tidy } from "../../tidy.js";
import { hostNumber } from "./host-number.js";

/** Whether a step is skipped: known on the host, or a tensor that the device will know and that is not 0 then. */
export interface Verdict {
  readonly known: boolean | undefined;
  readonly skipped: Tensor | null;
}

/** Whether all gradients of a step were finite, found out on the device from norms that are taken anyway. */
export class FiniteCheck {
  #norms: Tensor[] = [];

  /** @param norm of something that is not finite when a gradient is not */
  add(norm: Tensor): Tensor {
    this.#norms.push(keep(norm));
    return norm;
  }

  /**
   * @param found what a loss scaler found
   * @param asks whether the host may be asked for a value
   */
  verdict(found: Tensor | undefined, asks: (value: Tensor) => boolean): Verdict {
    if (found === undefined) {
      // Nothing to wait for, and no operators for what numbers say.
      const numbers = this.#norms.map((norm) => (asks(norm) ? hostNumber(norm, true) : undefined));
      if (!numbers.includes(undefined)) return { known: !numbers.every(Number.isFinite), skipped: null };
    }
    const skipped = this.#failed(found);
    return { known: asks(skipped) ? skipped.itemNumber() !== 0 : undefined, skipped };
  }

  /** 1 where a norm, or what a loss scaler found, was not finite. */
  #failed(found: Tensor | undefined): Tensor {
    return tidy(() => {
      const sum = this.#norms.reduce((a, b) => a.add(b.to(a.device)));
      const bad = sum.isfinite().logicalNot().to("float32");
      return found === undefined ? bad : bad.maximum(found.to(bad.device));
    });
  }

  clear(): void {
    for (const norm of this.#norms) norm.dispose();
    this.#norms = [];
  }
}
