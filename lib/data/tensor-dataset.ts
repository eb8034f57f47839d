import { tensor } from "../creation.js";
import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";
import { keep } from "../tidy.js";
import { integer } from "./checks.js";
import type { Dataset } from "./dataset.js";

/**
 * Tensors of the same length, row by row. Rows of CPU tensors are gathered on a loader's native threads; tensors on another
 * device are indexed there.
 *
 * @param columns tensors [n, ...] of any dtype
 * @throws TorchError `E_ARG` when their lengths differ
 * @example
 * const x = torch.randn([1000, 784]);
 * const y = torch.randint(10, [1000]);
 * const loader = new torch.data.DataLoader(new torch.data.TensorDataset(x, y), { batchSize: 64, shuffle: true });
 */
export class TensorDataset<Columns extends readonly Tensor[]> implements Dataset<Columns> {
  readonly columns: Columns;
  readonly length: number;

  constructor(...columns: Columns) {
    if (columns.length === 0) badArgument("[TensorDataset] expected at least one tensor");
    for (const column of columns) {
      if (!isTensor(column)) {
        badArgument(
          `[TensorDataset] expected tensors, got ${describeValue(column)}`,
          "make one with torch.tensor(data, { shape })",
        );
      }
    }
    const shapes = columns.map((column) => column.shape);
    if (shapes.some((shape) => shape.length === 0 || shape[0] !== shapes[0]![0])) {
      badArgument(
        `[TensorDataset] expected tensors of the same length, got shapes ${shapes.map((s) => `[${s.join(", ")}]`).join(", ")}`,
      );
    }
    this.columns = columns.map(keep) as unknown as Columns;
    this.length = shapes[0]![0]!;
  }

  get(index: number): Columns {
    const i = integer("TensorDataset", "index", index, 0, this.length - 1);
    return this.columns.map((column) => column.select(0, i)) as unknown as Columns;
  }

  getBatch(indices: Uint32Array): Tensor[] {
    const positions = tensor(BigInt64Array.from(indices, BigInt));
    const out = this.columns.map((column) => {
      const there = positions.to(column.device);
      const rows = column.detach().indexSelect(0, there);
      if (!there.is(positions)) there.dispose();
      return rows;
    });
    positions.dispose();
    return out;
  }
}
