import * as torch from "../../lib/index.js";

const { optim } = torch;

/** An optimizer as a user writes it. */
export class SignMomentum extends optim.Optimizer<{ lr: number; beta: number }> {
  constructor(params: torch.optim.Params<{ lr: number; beta: number }>, options: { lr: number; beta?: number }) {
    super(params, { beta: 0.5, ...options });
  }
  protected override updateParam(param: torch.Tensor, grad: torch.Tensor, group: { lr: number; beta: number }): void {
    const state = this.stateOf(param, () => ({ average: torch.zerosLike(param), steps: 0 }));
    state.average = state.average.mul(group.beta).add(grad, { alpha: 1 - group.beta });
    state.steps++;
    param.sub_(state.average.sign(), { alpha: group.lr });
  }
}
