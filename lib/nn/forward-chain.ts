import { isGradEnabled } from "../autograd.js";
import { cpu } from "../backends.js";
import type { Tensor } from "../tensor.js";
import { BatchNorm, BatchNorm2d } from "./layers/batch-norm.js";
import { Conv2d } from "./layers/conv.js";
import { Linear } from "./layers/linear.js";
import { ReLU } from "./layers/rectifiers.js";
import type { Module } from "./module.js";
import type { Sequential } from "./sequential.js";
import { isTransient } from "./transient-layers.js";

/*
 * How a list of layers runs: batch norm or a linear layer with the ReLU behind it as one kernel, the addition of a residual block
 * inside its last convolution, batch norm in evaluation inside the convolution before it, and what flows between two layers freed
 * when both are done with it. Layers with hooks, and subclasses with a `forward` of their own, run as they are.
 */

const normForward = BatchNorm2d.prototype.forward;
const reluForward = ReLU.prototype.forward;
const linearForward = Linear.prototype.forward;
const convForward = Conv2d.prototype.forward;

const isPlainNorm = (layer: Module | undefined): layer is BatchNorm =>
  cpu.fusedNorm && layer instanceof BatchNorm && layer.forward === normForward;
const isPlainLinear = (layer: Module): layer is Linear =>
  cpu.fusedLinear && layer instanceof Linear && layer.forward === linearForward;
const isRelu = (layer: Module | undefined): boolean => layer !== undefined && layer.forward === reluForward;
/** Batch norm with the statistics that it has kept is a factor and a number per channel: it goes into the convolution before it. */
const isNormInEvaluation = (layer: Module | undefined): layer is BatchNorm =>
  isPlainNorm(layer) && !layer.training && layer.runningMean !== null && layer.runningVar !== null;
/** Whether the list is not run layer by layer but as one, with its hooks around it. */
const hasOwnForward = (block: Sequential): boolean => Object.hasOwn(block, "forward");
const isPlainConv = (layer: Module): layer is Conv2d => layer instanceof Conv2d && layer.forward === convForward;

/**
 * @internal Runs `layers[from..to)` one after the other.
 *
 * @param owned whether `input` may be freed once the first layer has taken it
 */
export function forwardChain(
  layers: readonly Module[],
  input: Tensor,
  from = 0,
  to: number = layers.length,
  owned = false,
): Tensor {
  let x = input;
  let mine = owned;
  for (let i = from; i < to; i++) {
    const layer = layers[i]!;
    let y: Tensor;
    let last = layer;
    const next = i + 1 < to ? layers[i + 1] : undefined;
    if (isRelu(next) && (isPlainNorm(layer) || isPlainLinear(layer))) {
      y = layer._forwardRelu(x);
      last = layers[++i]!;
    } else if (isNormInEvaluation(next) && isPlainConv(layer) && x.ndim === 4 && !isGradEnabled()) {
      const rectified = i + 2 < to && isRelu(layers[i + 2]);
      const folded = layer._forwardNorm(x, next, rectified);
      y = folded ?? layer.forward(x);
      if (folded !== null) {
        i += rectified ? 2 : 1;
        last = layers[i]!;
      }
    } else {
      y = layer.forward(x);
    }
    if (y === x) continue;
    if (mine && isTransient(layer)) x.dispose();
    mine = isTransient(last);
    x = y;
  }
  return x;
}

/** @internal block(input) + shortcut. `owned`: both may be freed on the way. */
export function forwardAdding(block: Sequential, input: Tensor, shortcut: Tensor, from = 0, owned = false): Tensor {
  const layers = block._layers();
  const last = layers.at(-1);
  if (from === 0 && hasOwnForward(block)) return block.forward(input).add(shortcut);
  if (last === undefined || layers.length <= from || !isPlainConv(last)) {
    const y = forwardChain(layers, input, from, layers.length, owned);
    return y.add(shortcut);
  }
  const x = forwardChain(layers, input, from, layers.length - 1, owned);
  const y = last._forwardAdding(x, shortcut);
  const passes = layers.length - 1 > from && isTransient(layers[layers.length - 2]!);
  if (x !== input ? passes : owned) x.dispose();
  return y;
}

/** @internal input + block(input): the gradients of both ways meet inside the first batch norm's kernel. */
export function forwardResidual(block: Sequential, input: Tensor): Tensor {
  const layers = block._layers();
  const [first, second] = layers;
  if (hasOwnForward(block) || !isPlainNorm(first) || !isRelu(second)) return forwardAdding(block, input, input);
  const [y, skip] = first._forwardReluAndSkip(input);
  const sum = forwardAdding(block, y, skip, 2, true);
  skip.dispose();
  return sum;
}
