import type { Tensor } from "../../tensor.js";
import type { ParamVector } from "./param-vector.js";

/** The weighted mean of losses and gradients of several passes; of one, what it gave. */
export class Mean {
  loss: Tensor | undefined;
  gradient: ParamVector | undefined;

  /**
   * @param gradient becomes part of the mean: it is changed or freed; undefined when nobody needs the mean
   * @param share all shares add up to 1
   */
  add(loss: Tensor, gradient: ParamVector | undefined, share: number): void {
    const part = share === 1 ? loss : loss.detach().mul(share);
    this.loss = this.loss === undefined ? part : this.loss.add(part);
    if (gradient === undefined) return;
    if (this.gradient === undefined) {
      this.gradient = share === 1 ? gradient : gradient.scale_(share);
    } else {
      this.gradient.add_(gradient, share);
      gradient.dispose();
    }
  }
}
