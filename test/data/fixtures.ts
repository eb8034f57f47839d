import { createHash } from "node:crypto";
import { data, type Tensor } from "../../lib/index.js";

/** Bytes without a pattern, the same every time. */
export function noise(length: number, seed = 1): Uint8Array {
  let state = seed >>> 0;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

/** `n` images of noise with labels 0, 1, 2, ... mod 10. */
export function noiseImages(n: number, shape: readonly [number, number, number] = [3, 32, 32]): data.ImageDataset {
  return new data.ImageDataset({
    images: noise(n * shape[0] * shape[1] * shape[2]),
    shape,
    labels: Array.from({ length: n }, (_, i) => i % 10),
    classes: data.Shapes10.classes,
  });
}

/** A dataset whose label tells which sample it is. */
export function numbered(n: number): data.ImageDataset {
  return new data.ImageDataset({
    images: noise(n * 4),
    shape: [1, 2, 2],
    labels: Array.from({ length: n }, (_, i) => i),
    classes: Array.from({ length: n }, (_, i) => String(i)),
  });
}

/** One epoch: each batch's images as a SHA-256 and its labels, and the SHA-256 of all images. Frees the batches. */
export async function epoch(
  loader: AsyncIterable<readonly Tensor[] & { dispose(): void }>,
): Promise<{ batches: { images: string; labels: number[] }[]; images: string }> {
  const batches: { images: string; labels: number[] }[] = [];
  const all = createHash("sha256");
  for await (const batch of loader) {
    const bytes = batch[0]!.bytes();
    all.update(bytes);
    batches.push({
      images: createHash("sha256").update(bytes).digest("hex"),
      labels: Array.from(batch[1]!.dataSync(), Number),
    });
    batch.dispose();
  }
  return { batches, images: all.digest("hex") };
}

/** The labels of one epoch, batch by batch. */
export const labelsOf = async (loader: Parameters<typeof epoch>[0]): Promise<number[][]> =>
  (await epoch(loader)).batches.map((batch) => batch.labels);

/** `n` numbers, counted up from `from`. */
export const range = (n: number, from = 0) => Array.from({ length: n }, (_, i) => from + i);
