import { expect, expectTypeOf, it } from "vitest";
import * as torch from "../../lib/index.js";

/* What the compiler knows of batches. `tsc -p tsconfig.check.json` is what fails here; the tests run so that the code is true as well. */

const { DataLoader } = torch.data;
const pairs: torch.data.Dataset<[x: number, y: bigint]> = { length: 2, get: (i) => [i, BigInt(i)] };

it("a batch is a tuple with a tensor per column, and can be freed", async () => {
  for await (using batch of new DataLoader(pairs)) {
    const [x, y] = batch;
    expectTypeOf(x).toEqualTypeOf<torch.Tensor>();
    expectTypeOf(y).toEqualTypeOf<torch.Tensor>();
    expectTypeOf(batch).toExtend<[torch.Tensor, torch.Tensor]>();
    expectTypeOf(batch.length).toEqualTypeOf<2>();
    expectTypeOf([...batch]).toEqualTypeOf<torch.Tensor[]>();
    batch.dispose();
    batch[Symbol.dispose]();
  }
});

it("behind the columns there is nothing", async () => {
  for await (const batch of new DataLoader(pairs)) {
    const [x, , z] = batch;
    expectTypeOf(z).toEqualTypeOf<undefined>();
    // @ts-expect-error: a tensor of two columns' batch
    const third: torch.Tensor = batch[2];
    // @ts-expect-error: three tensors of two columns' batch
    const three: [torch.Tensor, torch.Tensor, torch.Tensor] = batch;
    expectTypeOf([third, three]).not.toBeAny();
    x.dispose();
  }
  const use = async () => {
    for await (const [x, y, z] of new DataLoader(pairs)) {
      // @ts-expect-error: z is undefined, here and when it runs
      x.add(y).add(z.shape[0]);
    }
  };
  await expect(use()).rejects.toThrow(TypeError);
});

it("samples of any number of columns have batches of as many tensors", () => {
  const any: torch.data.Dataset<readonly number[]> = { length: 0, get: () => [] };
  const loader = new DataLoader(any);
  expectTypeOf(loader[Symbol.asyncIterator]().next).returns.resolves.extract<{ done?: false }>().toExtend<{
    value: readonly torch.Tensor[];
  }>();
  const wide: torch.data.Batch<[number, number, number?]> = [] as never;
  expectTypeOf(wide[2]).toEqualTypeOf<torch.Tensor | undefined>();
});

it("a function takes the batches of any loader", async () => {
  async function count<Sample extends readonly unknown[]>(loader: torch.data.DataLoader<Sample>): Promise<number> {
    let batches = 0;
    for await (const batch of loader) {
      const tensors: readonly torch.Tensor[] = batch;
      batch.dispose();
      expect(tensors.every((tensor) => tensor.isDisposed)).toBe(true);
      batches++;
    }
    return batches;
  }
  expectTypeOf(await count(new DataLoader(pairs))).toBeNumber();
  const freed = async (batches: AsyncIterable<readonly torch.Tensor[] & { dispose(): void }>) => {
    for await (const batch of batches) batch.dispose();
  };
  await freed(new DataLoader(pairs));
});
