import type { Tensor } from "../../tensor.js";
import { keep, tidy } from "../../tidy.js";

/** Whether all gradients of a step were finite, found out on the device from norms that are taken anyway. */
export class FiniteCheck {
  #norms: Tensor[] = [];

  /** @param norm of something that is not finite when a gradient is not */
  add(norm: Tensor): Tensor {
    this.#norms.push(keep(norm));
    return norm;
  }

  get norms(): readonly Tensor[] {
    return this.#norms;
  }

  /** 1 where a norm, or what a loss scaler found, was not finite. */
  failed(found: Tensor | undefined): Tensor {
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
