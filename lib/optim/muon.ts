import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { addmm, zerosLike } from "../ops.generated.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { notNegative, whole } from "./checks.js";
import type { ParamGroup, Params } from "./param-group.js";
import { TensorOptimizer } from "./tensor-optimizer.js";

/** How {@link Muon} fits the learning rate to a matrix's shape. */
export type MuonAdjustment = "original" | "match_rms_adamw";

/** Options of {@link Muon}, of all its parameters or of a group. */
export interface MuonOptions {
  /** Learning rate; default 0.001. */
  lr: number;
  /** lambda; weights shrink by lr lambda; default 0.1. */
  weightDecay: number;
  /** How much of the gradients' average is kept; default 0.95. */
  momentum: number;
  /** Looks ahead along the average; default true. */
  nesterov: boolean;
  /** a, b and c of the Newton-Schulz iteration; default [3.4445, -4.775, 2.0315]. */
  nsCoefficients: readonly [number, number, number];
  /** The least norm that a matrix is divided by; default 1e-7. */
  eps: number;
  /** Newton-Schulz iterations; default 5. */
  nsSteps: number;
  /** `"original"` (default, also for null): times sqrt(max(1, rows / columns)); `"match_rms_adamw"`: times 0.2 sqrt(max(rows, columns)). */
  adjustLrFn: MuonAdjustment | null;
}

const DEFAULTS: MuonOptions = {
  lr: 0.001,
  weightDecay: 0.1,
  momentum: 0.95,
  nesterov: true,
  nsCoefficients: [3.4445, -4.775, 2.0315],
  eps: 1e-7,
  nsSteps: 5,
  adjustLrFn: null,
};

/**
 * Muon: momentum whose matrix is made nearly orthogonal (its singular values all near 1) before each step. For hidden layers'
 * matrices; embeddings, heads and vectors go to another optimizer.
 *
 *     B <- momentum B + (1 - momentum) G,   U = nesterov ? momentum B + (1 - momentum) G : B
 *     X = U / |U|;  nsSteps times, in bfloat16:  A = X X^T,  X <- a X + (b A + c A A) X
 *     W <- (1 - lr lambda) W - lr' X
 *
 * Source: Jordan, https://kellerjordan.github.io/posts/muon/; https://docs.pytorch.org/docs/stable/generated/torch.optim.Muon.html
 *
 * @param params matrices, or groups of them with options of their own
 * @param options see {@link MuonOptions}
 * @throws TorchError `E_ARG` for a parameter that is no matrix, and for a number out of its range
 *
 * @example
 * const matrices = model.parameters().filter((p) => p.ndim === 2);
 * const optimizer = new torch.optim.Muon(matrices, { lr: 0.02 });
 */
export class Muon extends TensorOptimizer<MuonOptions, { momentumBuffer: Tensor }> {
  protected override readonly kept = { tensors: ["momentumBuffer"], scalars: [] };

  constructor(params: Params<MuonOptions>, options: Partial<MuonOptions> = {}) {
    super(params, settings("Muon", DEFAULTS, options));
  }

  protected override checkOptions(group: ParamGroup<MuonOptions>): void {
    const { lr, weightDecay, momentum, eps, nsSteps, adjustLrFn } = group;
    notNegative("Muon", { lr, weightDecay, momentum, eps });
    whole("Muon", "nsSteps", nsSteps);
    if (adjustLrFn !== null && adjustLrFn !== "original" && adjustLrFn !== "match_rms_adamw") {
      badArgument(`[Muon] expected adjustLrFn "original", "match_rms_adamw" or null, got ${describeValue(adjustLrFn)}`);
    }
    for (const { shape } of group.params) {
      if (shape.length !== 2) badArgument(`[Muon] expected matrices, got a parameter of shape [${shape.join(", ")}]`);
    }
  }

  protected override fresh(param: Tensor): { momentumBuffer: Tensor } {
    return { momentumBuffer: zerosLike(param) };
  }

  protected override move(
    param: Tensor,
    grad: Tensor,
    { momentumBuffer }: { momentumBuffer: Tensor },
    group: ParamGroup<MuonOptions>,
  ): void {
    const { lr, weightDecay, momentum, nesterov, adjustLrFn } = group;
    momentumBuffer.lerp_(grad, 1 - momentum);
    const update = orthogonal(nesterov ? grad.lerp(momentumBuffer, momentum) : momentumBuffer, group);
    const [rows, columns] = param.shape as [number, number];
    const fit =
      adjustLrFn === "match_rms_adamw"
        ? 0.2 * Math.sqrt(Math.max(rows, columns))
        : Math.sqrt(Math.max(1, rows / columns));
    param.mul_(1 - lr * weightDecay).add_(update, { alpha: -lr * fit });
  }
}

/** A matrix with the singular vectors of this one and singular values near 1. */
function orthogonal(matrix: Tensor, { nsCoefficients, nsSteps, eps }: MuonOptions): Tensor {
  const [a, b, c] = nsCoefficients;
  const tall = matrix.size(0) > matrix.size(1);
  const wide = tall ? matrix.bfloat16().T : matrix.bfloat16();
  let x = wide.div(wide.norm().clampMin(eps));
  for (let i = 0; i < nsSteps; i++) {
    const gram = x.matmul(x.T);
    x = addmm(x, addmm(gram, gram, gram, { beta: b, alpha: c }), x, { beta: a });
  }
  return tall ? x.T : x;
}
