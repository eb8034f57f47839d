import { contents, dtypeSuffix, gradientSuffix, type Printable, pythonTuple, withSuffixes } from "./print.js";
import { getPrintoptions, type PrintOptions } from "./print-options.js";

/** What printing needs to know of a sparse tensor besides. */
export interface PrintableSparse extends Printable {
  /** PyTorch's name: `sparse_coo`. */
  readonly layout: string;
  readonly nnz: number;
  /** The dense tensors that it is made of, by PyTorch's names. */
  readonly parts: readonly (readonly [name: string, part: Printable])[];
}

/** A sparse tensor as Python's `repr` shows it: the tensors that it is made of, and its shape. */
export function formatSparse(tensor: PrintableSparse, options: PrintOptions = getPrintoptions()): string {
  const prefix = "tensor(";
  const indent = " ".repeat(prefix.length);
  const parts = tensor.parts.map(([name, part]) => {
    const start = `${name}=tensor(`;
    const body = contents(part, prefix.length + start.length, options);
    const size = body === null || part.shape.includes(0) ? `, size=${pythonTuple(part.shape)}` : "";
    return `${start}${body ?? "..."}${size})`;
  });
  const suffixes = [
    ...(tensor.device === "cpu" ? [] : [`device='${tensor.device}'`]),
    `size=${pythonTuple(tensor.shape)}`,
    ...(tensor.device === "meta" ? [] : [`nnz=${tensor.nnz}`]),
    ...dtypeSuffix(tensor, true),
    `layout=torch.${tensor.layout}`,
    ...gradientSuffix(tensor),
  ];
  const text = prefix + parts.join(`,\n${indent}`);
  return withSuffixes(text, suffixes, prefix.length, options, tensor.layout === "sparse_coo");
}
