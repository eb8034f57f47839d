import { checkOptions, settings } from "../options.js";
import { integer, probability } from "./checks.js";

/**
 * What happens to a training image, in this order: pad with zeros and crop back to its size at a random place, flip
 * horizontally, normalise, cut out a square. Left out means: not done.
 *
 * Each image draws from a counter-based generator keyed by (seed, epoch, position in the epoch), so the draws depend
 * neither on threads nor on where a run was resumed.
 */
export interface Augmentation {
  /** Black pixels added on each side before the random crop. */
  padding?: number;
  /** Probability of a horizontal flip. */
  flip?: number;
  /**
   * Side of the square that is set to 0 after normalising, so to the mean. Its upper left corner is uniform in
   * [-size / 2, extent - size / 2), and what lies outside the image is clipped (DeVries and Taylor, 2017).
   */
  cutout?: number | { size: number; probability?: number };
}

/** The reference's augmentation for CIFAR: padding 4, flip 0.5, cutout 16 with probability 0.5. */
export const standardAugmentation: Readonly<Augmentation> = Object.freeze({
  padding: 4,
  flip: 0.5,
  cutout: Object.freeze({ size: 16, probability: 0.5 }),
});

const NO_AUGMENTATION: Required<Augmentation> = { padding: 0, flip: 0, cutout: 0 };

/** @internal As native code takes it. */
export interface AugmentSpec {
  padding: number;
  flip: number;
  cutout: number;
  cutoutProbability: number;
}

/** @internal `true` is {@link standardAugmentation}; a bare cutout size means probability 1. */
export function augmentSpec(op: string, augment: boolean | Augmentation): AugmentSpec {
  const given = augment === true ? standardAugmentation : augment === false ? {} : augment;
  const { padding, flip, cutout } = settings(`${op}.augment`, NO_AUGMENTATION, given);
  if (typeof cutout !== "number") checkOptions(`${op}.augment.cutout`, cutout, { size: 0, probability: 1 });
  const square = typeof cutout === "number" ? { size: cutout } : cutout;
  return {
    padding: integer(op, "augment.padding", padding, 0, 32768),
    flip: probability(op, "augment.flip", flip),
    cutout: integer(op, "augment.cutout", square.size, 0, 32768),
    cutoutProbability: probability(op, "augment.cutout.probability", square.probability ?? 1),
  };
}
