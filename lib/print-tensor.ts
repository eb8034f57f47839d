import { noGrad } from "./autograd.js";
import type { TypedArray } from "./data-access.js";
import { TorchError } from "./errors.js";
import { cat } from "./ops.generated.js";
import { formatPrintable } from "./print.js";
import type { Tensor } from "./tensor.js";
import { tidy } from "./tidy.js";

/** The first and last `edge` entries of every dimension that is longer than both together. */
function edges(tensor: Tensor, edge: number): Tensor {
  let cut = tensor;
  for (const [axis, size] of tensor.shape.entries()) {
    if (size > 2 * edge) cut = cat([cut.narrow(axis, 0, edge), cut.narrow(axis, size - edge, edge)], axis);
  }
  return cut;
}

/** What is printed of a tensor's elements, and no more, comes to the CPU. Sparse and quantized ones have none in this form. */
function read(tensor: Tensor, edge: number | null): TypedArray | null {
  try {
    return noGrad(() => tidy(() => (edge === null ? tensor : edges(tensor.detach(), edge)).dataSync()));
  } catch (error) {
    // Printing is what one does to find out what went wrong: it must not be the next thing that does.
    if (error instanceof TorchError) return null;
    throw error;
  }
}

/** A tensor as text: what Python's `repr` shows, under the options of `torch.setPrintoptions()`. Waits for the device. */
export function formatTensor(tensor: Tensor): string {
  return formatPrintable({
    shape: tensor.shape,
    dtype: tensor.dtype,
    device: tensor.device,
    requiresGrad: tensor.requiresGrad,
    gradFn: tensor.gradFn,
    read: (edge) => read(tensor, edge),
  });
}
