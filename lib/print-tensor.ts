import { noGrad } from "./autograd.js";
import type { TypedArray } from "./data-access.js";
import type { Layout } from "./dtype.js";
import { TorchError } from "./errors.js";
import { operator } from "./ops/operator.js";
import { cat } from "./ops.generated.js";
import { formatPrintable, type Printable } from "./print.js";
import { formatSparse } from "./print-sparse.js";
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

/** What is printed of a tensor's elements, and no more, comes to the CPU. Quantized ones have none in this form. */
function read(tensor: Tensor, edge: number | null): TypedArray | null {
  try {
    return noGrad(() => tidy(() => (edge === null ? tensor : edges(tensor.detach(), edge)).dataSync()));
  } catch (error) {
    // Printing is what one does to find out what went wrong: it must not be the next thing that does.
    if (error instanceof TorchError) return null;
    throw error;
  }
}

const printable = (tensor: Tensor): Printable => ({
  shape: tensor.shape,
  dtype: tensor.dtype,
  device: tensor.device,
  requiresGrad: tensor.requiresGrad,
  gradFn: tensor.gradFn,
  read: (edge) => read(tensor, edge),
});

// indices() and values() are for coalesced tensors only.
const indices = operator<(x: Tensor) => Tensor>("indices", "aten::_indices");
const values = operator<(x: Tensor) => Tensor>("values", "aten::_values");
const nonzeros = operator<(x: Tensor) => number>("nnz", "aten::_nnz");

const byRows = (x: Tensor) => ({ crow_indices: x.crowIndices(), col_indices: x.colIndices(), values: x.values() });
const byColumns = (x: Tensor) => ({ ccol_indices: x.ccolIndices(), row_indices: x.rowIndices(), values: x.values() });

/** PyTorch's names of sparse layouts, and the tensors that each is made of. */
const SPARSE: Partial<Record<Layout, readonly [name: string, parts: (x: Tensor) => Record<string, Tensor>]>> = {
  sparseCoo: ["sparse_coo", (x) => ({ indices: indices(x), values: values(x) })],
  sparseCsr: ["sparse_csr", byRows],
  sparseBsr: ["sparse_bsr", byRows],
  sparseCsc: ["sparse_csc", byColumns],
  sparseBsc: ["sparse_bsc", byColumns],
};

/** A tensor as text: what Python's `repr` shows, under the options of `torch.setPrintoptions()`. Waits for the device. */
export function formatTensor(tensor: Tensor): string {
  const sparse = SPARSE[tensor.layout];
  if (sparse === undefined) return formatPrintable(printable(tensor));
  const [layout, partsOf] = sparse;
  try {
    return noGrad(() =>
      tidy(() => {
        const parts = Object.entries(partsOf(tensor)).map(([name, part]) => [name, printable(part.detach())] as const);
        return formatSparse({ ...printable(tensor), layout, nnz: nonzeros(tensor), parts });
      }),
    );
  } catch (error) {
    if (error instanceof TorchError) return formatPrintable(printable(tensor)); // as above
    throw error;
  }
}
