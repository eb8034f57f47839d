import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";

const { DataLoader, TensorDataset } = torch.data;

describe("TensorDataset", () => {
  const x = torch.arange(60).view([20, 3]);
  const y = torch.arange(20, { dtype: "int64" });

  it("gives rows, any dtype, gathered on native threads", async () => {
    const dataset = new TensorDataset(x.to("bfloat16"), y, x.gt(10));
    for (const prefetch of [0, 2]) {
      const loader = new DataLoader(dataset, { batchSize: 6, shuffle: true, seed: 4, prefetch });
      let seen = 0;
      for await (const [a, b, c] of loader) {
        const rows = b.mul(3).unsqueeze(1).add(torch.arange(3));
        expect(a.dtype).toBe("bfloat16");
        expect(a.to("float32").toArray()).toEqual(rows.toArray());
        expect(c.toArray()).toEqual(rows.gt(10).toArray());
        seen += b.shape[0]!;
      }
      expect(seen).toBe(20);
    }
  });

  it("takes tensors that are not contiguous or require grad", async () => {
    const turned = torch.arange(12).to("float32").view([3, 4]).t().requiresGrad_();
    for await (const [rows] of new DataLoader(new TensorDataset(turned), { batchSize: 4 })) {
      expect(rows.requiresGrad).toBe(false);
      expect(rows.toArray()).toEqual(turned.toArray());
    }
  });

  it("takes conjugates, negatives and zeros without memory as their values; refuses what has other values than memory", async () => {
    const z = torch.complex(torch.tensor([1, 2]), torch.tensor([3, 4])).conj();
    const leaf = torch.ones([2], { requiresGrad: true });
    const [zeros] = torch.autograd.grad([leaf.sgn().sum()], [leaf]);
    const dataset = new TensorDataset(z, z.imag, zeros!);
    for await (const [a, b, c] of new DataLoader(dataset, { batchSize: 2 })) {
      expect(a.imag.toArray()).toEqual([-3, -4]);
      expect(b.toArray()).toEqual([-3, -4]);
      expect(c.toArray()).toEqual([0, 0]);
    }
    for (const column of [torch.eye(3).toSparse(), torch.quantizePerTensor(torch.eye(3), 0.1, 0, "qint8")]) {
      const loader = new DataLoader(new TensorDataset(column), { batchSize: 2 });
      await expect(loader[Symbol.asyncIterator]().next()).rejects.toThrow(/expected dense, plain tensors/);
    }
  });

  it("getBatch and get are the same rows", () => {
    const dataset = new TensorDataset(x, y);
    const [a, b] = dataset.getBatch(Uint32Array.of(5, 0));
    expect(a!.toArray()).toEqual([dataset.get(5)[0].toArray(), dataset.get(0)[0].toArray()]);
    expect(b!.toArray()).toEqual([5, 0]);
    expect(() => dataset.get(20)).toThrow(/index/);
  });

  it("wants tensors of one length", () => {
    expect(() => new TensorDataset(x, torch.zeros([19]))).toThrow(/same length, got shapes \[20, 3\], \[19\]/);
    expect(() => new TensorDataset()).toThrow(/at least one tensor/);
    expect(() => new TensorDataset(torch.tensor(1))).toThrow(/same length/);
    expect(() => new TensorDataset([1, 2] as unknown as torch.Tensor)).toThrow(/expected tensors/);
  });
});
