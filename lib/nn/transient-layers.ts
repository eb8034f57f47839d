import { BatchNorm2d } from "./layers/batch-norm.js";
import { Conv1d, Conv2d } from "./layers/conv.js";
import { ConvTranspose2d } from "./layers/conv-transpose.js";
import { Dropout, Dropout2d } from "./layers/dropout.js";
import { GroupNorm } from "./layers/group-norm.js";
import { LayerNorm, RMSNorm } from "./layers/layer-norm.js";
import { Linear } from "./layers/linear.js";
import { AdaptiveAvgPool2d, AvgPool2d, MaxPool2d } from "./layers/pooling.js";
import { LeakyReLU, ReLU, ReLU6 } from "./layers/rectifiers.js";
import { Flatten } from "./layers/shape.js";
import { GELU, Sigmoid, SiLU, Tanh } from "./layers/smooth-activations.js";

type Forward = (...inputs: never[]) => unknown;

/** Classes of one family share their `forward`, so one of each is enough. */
const known = new Set<Forward>(
  [
    ...[Conv1d, Conv2d, ConvTranspose2d, Linear, BatchNorm2d, GroupNorm, LayerNorm, RMSNorm, Dropout, Dropout2d],
    ...[AdaptiveAvgPool2d, AvgPool2d, MaxPool2d, Flatten, ReLU, ReLU6, LeakyReLU, GELU, SiLU, Sigmoid, Tanh],
  ].map((layer) => layer.prototype.forward as Forward),
);

/**
 * @internal Declares that a class's `forward` keeps no hold of its input or its result. What one such layer gives to the next
 * is nobody else's, so containers free it at once, as reference counting does in Python: a pass then needs the memory of
 * what autograd saved, not that of every activation until its scope ends.
 */
export function declareTransient(layer: { prototype: { forward: Forward } }): void {
  known.add(layer.prototype.forward);
}

/** @internal Not a layer with hooks, nor one whose subclass has a `forward` of its own. */
export const isTransient = (layer: { forward: Forward }): boolean => known.has(layer.forward);
