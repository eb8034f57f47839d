import { expect, test } from "vitest";
import * as torch from "../../../lib/index.js";
import { batch, type Given, mlp, sameSteps } from "./taped-problem.js";

const { nn, optim } = torch;
const F = nn.functional;

const normed = () =>
  new nn.Sequential(
    new nn.Linear(20, 16),
    new nn.BatchNorm1d(16),
    new nn.ReLU(),
    new nn.Dropout(0.3),
    new nn.Linear(16, 4),
  );

/** Operators of all shapes: lists of tensors, slices, views, in-place changes, factories, several results. */
class Various extends nn.Module {
  first = new nn.Linear(20, 16);
  gru = new nn.GRU(4, 8, { batchFirst: true });
  norm = new nn.LayerNorm(8);
  last = new nn.Linear(8 + 3, 4);
  override forward(x: torch.Tensor): torch.Tensor {
    const parts = this.first.forward(x).chunk(4, 1);
    const [, state] = this.gru.forward(torch.stack(parts, 1)) as [torch.Tensor, torch.Tensor];
    const scaled = this.norm.forward(state.squeeze(0)).mul(torch.linspace(0.5, 1.5, 8));
    scaled.add_(torch.rand([8]), { alpha: 0.1 });
    return this.last.forward(torch.cat([scaled, x.index(torch.slice(), torch.slice(0, 6, 2))], 1));
  }
}

const convNet = () =>
  new nn.Sequential(
    new nn.Conv2d(3, 16, 3, { padding: 1, bias: false }),
    new nn.BatchNorm2d(16),
    new nn.ReLU(),
    new nn.Conv2d(16, 16, 3, { padding: 1, stride: 2 }),
    new nn.ReLU(),
    new nn.AdaptiveAvgPool2d(1),
    new nn.Flatten(),
    new nn.Linear(16, 4),
  );
const images = (t: number) => batch(t, [6, 3, 8, 8]);

/** A rule of one's own that makes tensors of vectors, and vectors of tensors. */
class RandomSAM<O extends object> extends optim.SAM<O> {
  protected override ascent(g: torch.optim.ParamVector): torch.optim.ParamVector {
    return optim.ParamVector.from(g.tensors().map((t) => t?.mul(torch.randLike(t)) ?? null));
  }
}

/** All of these are taken from the tape after three steps. */
const CASES: Record<string, Given & { inputs?: (t: number) => torch.Tensor[] }> = {
  "SGD with momentum": { options: { momentum: 0.9, weightDecay: 5e-4 } },
  "Nesterov, maximal norm": { options: { momentum: 0.9, nesterov: true, p: Number.POSITIVE_INFINITY, rho: 0.01 } },
  "batch norm and dropout": { model: normed, options: { momentum: 0.9 } },
  "adaptive, weights only": { model: normed, options: { adaptive: true, eta: 0.01, weightsOnly: true, rho: 0.5 } },
  Adam: { Base: optim.Adam, options: { lr: 0.01 } },
  "AdamW with amsgrad": { Base: optim.AdamW, options: { lr: 0.01, amsgrad: true } },
  "a mask, and weight decay in the ascent": {
    options: { mask: (p: torch.Tensor) => p.ndim > 1, ascentWeightDecay: 0.01 },
  },
  "clipped gradients": { options: { clipGradNorm: 0.05 } },
  "diagnostics of every step": { options: { diagnostics: true, momentum: 0.9 } },
  "diagnostics of every third step": { options: { diagnostics: 3 } },
  "a schedule": { options: { schedule: { every: 3 }, momentum: 0.9 } },
  "no check for finite gradients": { options: { skipNonFinite: false } },
  "a radius that depends on the step": { options: { rho: (t: number) => 0.01 * (1 + t) } },
  "MSAM over SGD": { Rule: optim.MSAM, options: { rho: 1, momentum: 0.9 }, model: normed },
  "MSAM over Adam": { Rule: optim.MSAM, Base: optim.Adam, options: { rho: 0.5, lr: 0.01 } },
  "WSAM, coupled": { Rule: optim.WSAM, options: { decoupled: false, momentum: 0.9 }, model: normed },
  "a rule of one's own": { Rule: RandomSAM, options: { momentum: 0.9, rho: 0.2 }, model: normed },
  "two groups": {
    groups: (model) => {
      const params = [...model.parameters()];
      return [{ params: params.slice(0, 2), lr: 0.2, rho: 0.1 }, { params: params.slice(2) }];
    },
    options: { momentum: 0.9 },
  },
  float64: {
    model: () => mlp().to("float64"),
    inputs: (t) => batch(t).map((v) => (v.isFloatingPoint() ? v.double() : v)),
  },
  "a layer large enough for factors": {
    model: () => new nn.Sequential(new nn.Linear(300, 200), new nn.ReLU(), new nn.Linear(200, 10)),
    options: { momentum: 0.9, weightDecay: 1e-3 },
    inputs: (t) => batch(t, [16, 300], 10),
  },
  "operators of all shapes": { model: () => new Various() as unknown as torch.nn.Module<[torch.Tensor]> },
  "a net of convolutions": { model: convNet, options: { momentum: 0.9 }, inputs: images },
  "a WideResNet": {
    model: () => new torch.models.WideResNet({ depth: 10, widthFactor: 1, labels: 4, dropout: 0.1 }),
    options: { momentum: 0.9 },
    inputs: (t) => batch(t, [4, 3, 32, 32]),
  },
  "bfloat16 weights with float32 masters": {
    model: () => {
      const model = convNet();
      model.to("bfloat16", { masterWeights: true });
      return model;
    },
    inputs: (t) => images(t).map((v) => (v.isFloatingPoint() ? v.to("bfloat16") : v)),
    loss: (output, y) => F.crossEntropy(output.float(), y),
  },
  GSAM: { Rule: optim.GSAM },
};

for (const [name, { inputs, ...given }] of Object.entries(CASES)) {
  test(`captured steps are those that run as they are, bit for bit: ${name}`, () => {
    const count = 14;
    const step = sameSteps(given, count, {
      ...(inputs && { inputs }),
      before: ({ optimizer }, t) => {
        for (const group of optimizer.paramGroups) {
          (group as unknown as { lr: number }).lr *= t % 3 === 0 ? 0.9 : 1;
          if (typeof group.rho === "number" && t % 4 === 3) group.rho *= 0.8;
        }
      },
    });
    expect(step.refusal).toBeUndefined();
    expect(step.counts.eager).toBe(3);
    expect(step.counts.captured).toBeLessThanOrEqual(2);
    expect(step.counts.captured + step.counts.replayed).toBe(count - 3);
    step.dispose();
  });
}
