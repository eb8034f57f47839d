import { format, inspect } from "node:util";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { liveMemory } from "../live-memory.js";
import { cases } from "./cases.js";

/* What PyTorch 2.13 prints for the same tensors. */
describe("2. sparse tensors print as in Python", () => {
  const indices = torch.tensor([
    [0n, 1n, 1n],
    [2n, 0n, 2n],
  ]);
  const values = torch.tensor([3, 4, 5]);
  const coo = (v: torch.Tensor) => torch.sparseCooTensor(indices, v, [2, 3]);
  const start = "tensor(indices=tensor([[0, 1, 1],\n                       [2, 0, 2]]),\n       ";
  const range = (from: number, to: number) => torch.arange(from, to, { dtype: "float32" });

  it.each<[string, () => torch.Tensor, string]>([
    [
      "COO",
      () => coo(values),
      `${start}values=tensor([3., 4., 5.]),\n       size=(2, 3), nnz=3, layout=torch.sparse_coo)`,
    ],
    [
      "COO, float64, as a leaf",
      () => coo(values.double()).requiresGrad_(),
      `${start}values=tensor([3., 4., 5.]),
       size=(2, 3), nnz=3, dtype=torch.float64, layout=torch.sparse_coo, requires_grad=True)`.replace(
        "layout=torch.sparse_coo, requires_grad",
        "layout=torch.sparse_coo,\n       requires_grad",
      ),
    ],
    [
      "COO with a function",
      () => coo(values).requiresGrad_().mul(2),
      `${start}values=tensor([ 6.,  8., 10.]),
       size=(2, 3), nnz=3, layout=torch.sparse_coo, grad_fn=<MulBackward0>)`,
    ],
    [
      "COO with dense rows",
      () => torch.sparseCooTensor(indices, range(0, 6).view(3, 2), [2, 3, 2]),
      `${start}values=tensor([[0., 1.],
                      [2., 3.],
                      [4., 5.]]),
       size=(2, 3, 2), nnz=3, layout=torch.sparse_coo)`,
    ],
    [
      "COO, empty",
      () => torch.sparseCooTensor([2, 3]),
      `tensor(indices=tensor([], size=(2, 0)),
       values=tensor([], size=(0,)),
       size=(2, 3), nnz=0, layout=torch.sparse_coo)`,
    ],
    [
      "COO, in parts",
      () => range(1, 2001).view(40, 50).toSparse(),
      `tensor(indices=tensor([[ 0,  0,  0,  ..., 39, 39, 39],
                       [ 0,  1,  2,  ..., 47, 48, 49]]),
       values=tensor([1.0000e+00, 2.0000e+00, 3.0000e+00,  ...,
                      1.9980e+03, 1.9990e+03, 2.0000e+03]),
       size=(40, 50), nnz=2000, layout=torch.sparse_coo)`,
    ],
    [
      "CSR",
      () => torch.eye(3).toSparseCsr(),
      `tensor(crow_indices=tensor([0, 1, 2, 3]),
       col_indices=tensor([0, 1, 2]),
       values=tensor([1., 1., 1.]), size=(3, 3), nnz=3,
       layout=torch.sparse_csr)`,
    ],
    [
      "CSR, float64",
      () => torch.eye(3).double().toSparseCsr(),
      `tensor(crow_indices=tensor([0, 1, 2, 3]),
       col_indices=tensor([0, 1, 2]),
       values=tensor([1., 1., 1.]), size=(3, 3), nnz=3, dtype=torch.float64,
       layout=torch.sparse_csr)`,
    ],
    [
      "CSC",
      () => torch.eye(3).toSparseCsc(),
      `tensor(ccol_indices=tensor([0, 1, 2, 3]),
       row_indices=tensor([0, 1, 2]),
       values=tensor([1., 1., 1.]), size=(3, 3), nnz=3,
       layout=torch.sparse_csc)`,
    ],
    [
      "BSR",
      () => torch.eye(4).toSparseBsr([2, 2]),
      `tensor(crow_indices=tensor([0, 1, 2]),
       col_indices=tensor([0, 1]),
       values=tensor([[[1., 0.],
                       [0., 1.]],

                      [[1., 0.],
                       [0., 1.]]]), size=(4, 4), nnz=2,
       layout=torch.sparse_bsr)`,
    ],
  ])("%s", (_, make, text) => {
    const tensor = make();
    const before = liveMemory().tensors;
    expect(String(tensor)).toBe(text);
    expect(torch.memory().tensors).toBe(before);
  });
});

describe("1. tensors print as in Python", () => {
  it.each(cases.filter(({ gradFn }) => gradFn === null).map((item) => [item.name, item] as const))("%s", (_, item) => {
    const { dtype, shape, data } = item.tensor;
    const tensor = torch.frombuffer(Buffer.from(data, "base64"), { dtype: dtype as torch.DType, shape });
    if (item.requiresGrad) tensor.requiresGrad_();
    expect(torch.printoptions(item.options, () => String(tensor))).toBe(item.text);
  });

  it("with the function that made them", () => {
    const weight = torch.ones([2], { requiresGrad: true });
    expect(String(weight.exp())).toBe("tensor([2.7183, 2.7183], grad_fn=<ExpBackward0>)");
    expect(String(torch.ones([2], { device: "meta" }))).toBe("tensor(..., device='meta', size=(2,))");
  });

  it("in console.log, template texts and nested objects", () => {
    const x = torch.tensor([1.5, 2]);
    expect(format(x)).toBe("tensor([1.5000, 2.0000])");
    expect(`${x}`).toBe("tensor([1.5000, 2.0000])");
    expect(inspect({ x })).toBe("{ x: tensor([1.5000, 2.0000]) }");
  });

  it("also views: transposed, expanded, cut", () => {
    const x = torch.arange(6).reshape([2, 3]);
    expect(String(x.t())).toBe("tensor([[0, 3],\n        [1, 4],\n        [2, 5]])");
    expect(String(torch.tensor([1]).expand([3]))).toBe("tensor([1., 1., 1.])");
    expect(String(x.index(1, torch.slice(null, null, 2)))).toBe("tensor([3, 5])");
  });

  it("without elements where there are none to be had", () => {
    expect(String(torch.quantizePerTensor(torch.ones([2, 2]), 0.1, 0, "qint8"))).toBe(
      "tensor(..., size=(2, 2), dtype=torch.qint8)",
    );
  });

  it("without leaving tensors behind or recording a graph", () => {
    const big = torch.ones([60, 60], { requiresGrad: true });
    const before = liveMemory().tensors;
    String(big);
    expect(torch.memory().tensors).toBe(before);
    const x = torch.ones([3]);
    x.dispose();
    expect(String(x)).toBe("Tensor(disposed)");
  });
});
