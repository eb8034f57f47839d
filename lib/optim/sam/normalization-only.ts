import { BatchNorm } from "../../nn/layers/batch-norm.js";
import { GroupNorm } from "../../nn/layers/group-norm.js";
import { InstanceNorm1d, InstanceNorm2d, InstanceNorm3d } from "../../nn/layers/instance-norm.js";
import { LayerNorm, RMSNorm } from "../../nn/layers/layer-norm.js";
import type { Module } from "../../nn/module.js";
import type { Tensor } from "../../tensor.js";

const KINDS = [BatchNorm, GroupNorm, LayerNorm, RMSNorm, InstanceNorm1d, InstanceNorm2d, InstanceNorm3d];

/**
 * SAM-ON as a mask: only the parameters of a model's normalisation layers are perturbed, all are trained.
 *
 * Source: Mueller et al., NeurIPS 2023, https://arxiv.org/abs/2306.04226
 *
 * @example
 * const mask = torch.optim.normalizationOnly(model);
 * new torch.optim.SAM(model.parameters(), torch.optim.SGD, { rho: 0.5, mask, lr: 0.1 });
 */
export function normalizationOnly(model: Module): (param: Tensor) => boolean {
  const layers = model.modules().filter((module) => KINDS.some((kind) => (module as unknown) instanceof kind));
  const chosen = new Set<Tensor>(layers.flatMap((layer) => layer.parameters()));
  return (param) => chosen.has(param);
}
