/**
 * What `native/data/augment.cpp` should do, written again in the slowest and plainest way: whole padded images, whole-image
 * steps one after the other, and Philox 4x32-10 on BigInts. Shares nothing with the code under test.
 */

const MASK = 0xffffffffn;

/** Philox 4x32-10 (Salmon et al. 2011): counter and key as 32-bit words. */
export function philox(counter: readonly bigint[], key: readonly bigint[]): number[] {
  let [c0, c1, c2, c3] = counter as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const a = 0xd2511f53n * c0;
    const b = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(b >> 32n) ^ c1 ^ k0, b & MASK, (a >> 32n) ^ c3 ^ k1, a & MASK];
    k0 = (k0 + 0x9e3779b9n) & MASK;
    k1 = (k1 + 0xbb67ae85n) & MASK;
  }
  return [c0, c1, c2, c3].map(Number);
}

export interface Draws {
  seed: number;
  epoch: number;
  position: number;
}

/** The four words for a purpose (2 crop and flip, 3 cutout), with the counter laid out as in `native/data/philox.h`. */
function words({ seed, epoch, position }: Draws, purpose: number): number[] {
  const s = BigInt(seed);
  const p = BigInt(position);
  return philox([p & MASK, p >> 32n, BigInt(epoch), BigInt(purpose)], [s & MASK, s >> 32n]);
}

const below = (word: number, n: number): number => Math.floor((word / 2 ** 32) * n);

export interface SlowOptions {
  padding: number;
  flip: number;
  cutout: number;
  cutoutProbability: number;
  mean: readonly number[];
  std: readonly number[];
}

type Plane = number[][];

/** One image [channels][height][width] of bytes, augmented and normalised in float32. */
export function slowAugment(image: readonly Plane[], options: SlowOptions, draws: Draws): Plane[] {
  const { padding, flip, cutout, cutoutProbability, mean, std } = options;
  const height = image[0]!.length;
  const width = image[0]![0]!.length;

  let planes: Plane[] = image.map((plane) => [
    ...Array.from({ length: padding }, () => new Array<number>(width + 2 * padding).fill(0)),
    ...plane.map((row) => [...new Array<number>(padding).fill(0), ...row, ...new Array<number>(padding).fill(0)]),
    ...Array.from({ length: padding }, () => new Array<number>(width + 2 * padding).fill(0)),
  ]);

  const [top, left, flipWord] = words(draws, 2) as [number, number, number, number];
  const y = below(top, 2 * padding + 1);
  const x = below(left, 2 * padding + 1);
  planes = planes.map((plane) => plane.slice(y, y + height).map((row) => row.slice(x, x + width)));
  if (flipWord / 2 ** 32 < flip) planes = planes.map((plane) => plane.map((row) => [...row].reverse()));

  const f = Math.fround;
  planes = planes.map((plane, c) =>
    plane.map((row) => row.map((byte) => f(f(f(byte / 255) - f(mean[c]!)) / f(std[c]!)))),
  );

  const [whether, cutTop, cutLeft] = words(draws, 3) as [number, number, number, number];
  if (cutout > 0 && whether / 2 ** 32 < cutoutProbability) {
    const fromY = below(cutTop, height) - Math.floor(cutout / 2);
    const fromX = below(cutLeft, width) - Math.floor(cutout / 2);
    for (const plane of planes) {
      for (let row = fromY; row < fromY + cutout; row++) {
        for (let column = fromX; column < fromX + cutout; column++) {
          if (row >= 0 && row < height && column >= 0 && column < width) plane[row]![column] = 0;
        }
      }
    }
  }
  return planes;
}
