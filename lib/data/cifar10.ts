import { join } from "node:path";
import { TorchError } from "../errors.js";
import { checkOptions, type Defaults } from "../options.js";
import { CIFAR10_URL, type FetchOptions, fetchArchive, reportProgress } from "./cifar10-download.js";
import { ARCHIVE, findCifar10, type Records, readCifar10 } from "./cifar10-files.js";
import { applySplitOptions, ImageDataset, type ImageSplits, type ImageSplitsOptions, SPLITS } from "./image-dataset.js";

/** Where {@link Cifar10} comes from. */
export interface Cifar10Options extends ImageSplitsOptions, FetchOptions {
  /**
   * The archive `cifar-10-binary.tar.gz`, a directory with its `.bin` files, or one that holds either of the two.
   * Default `"data"`.
   */
  root?: string;
  /** Fetches the official archive into `root` when nothing is there. Default false. */
  download?: boolean;
}

const OPTIONS: Defaults<Cifar10Options> = {
  root: "data",
  download: false,
  ...SPLITS,
  url: null,
  md5: null,
  signal: null,
  onProgress: null,
};

/**
 * CIFAR-10 (Krizhevsky, 2009): 50,000 training and 10,000 test images of 32x32 pixels in ten classes, from the official binary
 * version. Both splits are normalised with the training set's mean and std.
 *
 * @example
 * const { train, test } = await torch.data.Cifar10.load({ root: "data", download: true });
 */
export class Cifar10 implements ImageSplits {
  static readonly classes: readonly string[] = Object.freeze([
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
  ]);
  readonly classes = Cifar10.classes;
  readonly train: ImageDataset;
  readonly test: ImageDataset;

  private constructor(records: { train: Records; test: Records }, options: ImageSplitsOptions) {
    const shape = [3, 32, 32] as const;
    const train = new ImageDataset({ ...records.train, shape, classes: Cifar10.classes });
    const { mean, std } = train;
    const test = new ImageDataset({ ...records.test, shape, classes: Cifar10.classes, mean, std });
    ({ train: this.train, test: this.test } = applySplitOptions({ train, test }, options));
  }

  /**
   * Finds, fetches where asked to, reads and checks the files.
   *
   * @throws TorchError `E_DATA` when they are missing, truncated or damaged, or cannot be downloaded
   */
  static async load(options: Cifar10Options = {}): Promise<Cifar10> {
    checkOptions("Cifar10", options, OPTIONS);
    const { root = "data", download = false, onProgress = reportProgress("CIFAR-10"), ...rest } = options;
    let source = await findCifar10(root);
    if (source === undefined) {
      const archive = join(root, ARCHIVE);
      if (!download) {
        throw new TorchError(
          "E_DATA",
          `[Cifar10] expected CIFAR-10's binary version in ${root}, got neither its .bin files nor ${ARCHIVE}`,
          `pass { download: true }; or put ${CIFAR10_URL} there by hand; or use Shapes10, which needs no download`,
        );
      }
      await fetchArchive(archive, { ...rest, onProgress });
      source = { kind: "archive", path: archive };
    }
    return new Cifar10(await readCifar10(source), rest);
  }
}
