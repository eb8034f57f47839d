import { badArgument } from "../../errors.js";
import { channelShuffle, flatten, pixelShuffle, pixelUnshuffle, unflatten } from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText } from "../describe-module.js";
import { type InterpolateOptions, type InterpolationMode, interpolate } from "../functional/vision.js";
import { Module } from "../module.js";
import { type Arguments, count, gather, settings } from "../settings.js";

/**
 * Joins the dimensions from `startDim` (default 1) to `endDim` (default -1) into one.
 *
 * @example
 * new nn.Flatten().forward(torch.randn([32, 3, 4, 4])).shape; // [32, 48]
 */
export class Flatten extends Module {
  readonly startDim: number;
  readonly endDim: number;
  constructor(...args: Arguments<[startDim: number, endDim: number], { startDim?: number; endDim?: number }>) {
    super();
    const { startDim, endDim } = gather("Flatten", ["startDim", "endDim"], { startDim: 1, endDim: -1 }, args);
    this.startDim = startDim;
    this.endDim = endDim;
  }
  forward(input: Tensor): Tensor {
    return flatten(input, this.startDim, this.endDim);
  }
  override extraRepr(): string {
    const { startDim, endDim } = this;
    return settingsText({ startDim, endDim });
  }
}

/**
 * Splits dimension `dim` into several; one of their sizes may be -1.
 *
 * @example
 * new nn.Unflatten(1, [3, 4, 4]).forward(torch.randn([32, 48])).shape; // [32, 3, 4, 4]
 */
export class Unflatten extends Module {
  readonly dim: number;
  readonly unflattenedSize: readonly number[];
  constructor(dim: number, unflattenedSize: readonly number[]) {
    super();
    this.dim = dim;
    this.unflattenedSize = unflattenedSize;
  }
  forward(input: Tensor): Tensor {
    return unflatten(input, this.dim, this.unflattenedSize);
  }
  override extraRepr(): string {
    const { dim, unflattenedSize } = this;
    return settingsText({ dim, unflattenedSize });
  }
}

/**
 * [N, C r^2, H, W] to [N, C, H r, W r]: channels become pixels.
 *
 * @see Shi et al., Real-Time Single Image and Video Super-Resolution, CVPR 2016
 */
export class PixelShuffle extends Module {
  readonly upscaleFactor: number;
  constructor(upscaleFactor: number) {
    super();
    this.upscaleFactor = count("PixelShuffle", "upscaleFactor", upscaleFactor);
  }
  forward(input: Tensor): Tensor {
    return pixelShuffle(input, this.upscaleFactor);
  }
  override extraRepr(): string {
    return settingsText({ upscaleFactor: this.upscaleFactor });
  }
}

/** [N, C, H r, W r] to [N, C r^2, H, W]: the way back from {@link PixelShuffle}. */
export class PixelUnshuffle extends Module {
  readonly downscaleFactor: number;
  constructor(downscaleFactor: number) {
    super();
    this.downscaleFactor = count("PixelUnshuffle", "downscaleFactor", downscaleFactor);
  }
  forward(input: Tensor): Tensor {
    return pixelUnshuffle(input, this.downscaleFactor);
  }
  override extraRepr(): string {
    return settingsText({ downscaleFactor: this.downscaleFactor });
  }
}

/** [N, C, ...] with the channels of `groups` groups interleaved. */
export class ChannelShuffle extends Module {
  readonly groups: number;
  constructor(groups: number) {
    super();
    this.groups = count("ChannelShuffle", "groups", groups);
  }
  forward(input: Tensor): Tensor {
    return channelShuffle(input, this.groups);
  }
  override extraRepr(): string {
    return settingsText({ groups: this.groups });
  }
}

/**
 * Resizes [N, C, ...spatial]: give either `size` or `scaleFactor`.
 *
 * @example
 * new nn.Upsample({ scaleFactor: 2, mode: "bilinear" }).forward(torch.randn([1, 3, 8, 8])).shape; // [1, 3, 16, 16]
 */
export class Upsample extends Module {
  readonly size: number | readonly number[] | null;
  readonly scaleFactor: number | readonly number[] | null;
  readonly mode: InterpolationMode;
  readonly alignCorners: boolean | null;
  readonly recomputeScaleFactor: boolean;
  constructor(options: Omit<InterpolateOptions, "antialias">) {
    super();
    const defaults = {
      size: null as number | readonly number[] | null,
      scaleFactor: null as number | readonly number[] | null,
      mode: "nearest" as InterpolationMode,
      alignCorners: null as boolean | null,
      recomputeScaleFactor: false,
    };
    const o = settings("Upsample", defaults, options);
    if ((o.size === null) === (o.scaleFactor === null))
      badArgument("[Upsample] expected either size or scaleFactor, got both or neither");
    this.size = o.size;
    this.scaleFactor = o.scaleFactor;
    this.mode = o.mode;
    this.alignCorners = o.alignCorners;
    this.recomputeScaleFactor = o.recomputeScaleFactor;
  }
  forward(input: Tensor): Tensor {
    const { size, scaleFactor, mode, alignCorners, recomputeScaleFactor } = this;
    return interpolate(input, { size, scaleFactor, mode, alignCorners, recomputeScaleFactor });
  }
  override extraRepr(): string {
    const { size, scaleFactor } = this;
    return `${settingsText(scaleFactor === null ? { size } : { scaleFactor })}, mode="${this.mode}"`;
  }
}

/** {@link Upsample} that repeats pixels. */
export class UpsamplingNearest2d extends Upsample {
  constructor(options: Pick<InterpolateOptions, "size" | "scaleFactor">) {
    super({ ...options, mode: "nearest" });
  }
}

/** {@link Upsample} with straight lines between pixels, corners on corners. */
export class UpsamplingBilinear2d extends Upsample {
  constructor(options: Pick<InterpolateOptions, "size" | "scaleFactor">) {
    super({ ...options, mode: "bilinear", alignCorners: true });
  }
}
