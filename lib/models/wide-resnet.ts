import { badArgument } from "../errors.js";
import { forwardAdding, forwardResidual } from "../nn/forward-chain.js";
import * as nn from "../nn/index.js";
import { count, probability } from "../nn/settings.js";
import { declareTransient, isTransient } from "../nn/transient-layers.js";
import { describeValue } from "../ops/describe-value.js";
import { type Defaults, expectOptions } from "../options.js";
import type { Tensor } from "../tensor.js";

/** Options of {@link WideResNet}. */
export interface WideResNetOptions {
  /** Number of convolutions: 6 n + 4 with n units per stage, such as 10, 16, 22, 28, 40. */
  depth: number;
  /** How many times wider than a plain residual net. */
  widthFactor: number;
  /** Probability of dropout between the two convolutions of a unit; default 0. */
  dropout?: number;
  /** Channels of the images; default 3. */
  inChannels?: number;
  /** Number of classes; default 10. */
  labels?: number;
}

const OPTIONS: Defaults<WideResNetOptions> = { depth: 28, widthFactor: 10, dropout: 0, inChannels: 3, labels: 10 };

const conv = (inChannels: number, outChannels: number, kernelSize: 1 | 3, stride = 1) =>
  new nn.Conv2d(inChannels, outChannels, kernelSize, { stride, padding: (kernelSize - 1) / 2, bias: false });
const norm = (channels: number) => new nn.BatchNorm2d(channels);
const relu = () => new nn.ReLU({ inplace: true });
// Not in place, unlike the reference's: autograd needs what the activation before it gave.
const drop = (p: number) => new nn.Dropout({ p });

/** x + f(x): normalisation, activation and convolution, twice. */
class BasicUnit extends nn.Module {
  block: nn.Sequential;

  constructor(channels: number, dropout: number) {
    super();
    this.block = new nn.Sequential({
      "0_normalization": norm(channels),
      "1_activation": relu(),
      "2_convolution": conv(channels, channels, 3),
      "3_normalization": norm(channels),
      "4_activation": relu(),
      "5_dropout": drop(dropout),
      "6_convolution": conv(channels, channels, 3),
    });
  }

  forward(x: Tensor): Tensor {
    return forwardResidual(this.block, x);
  }
}

/** A stage's first unit: it changes width and size, so its shortcut has a convolution too. Both branches share the first activation. */
class DownsampleUnit extends nn.Module {
  normAct: nn.Sequential;
  block: nn.Sequential;
  downsample: nn.Conv2d;

  constructor(inChannels: number, outChannels: number, stride: number, dropout: number) {
    super();
    this.normAct = new nn.Sequential({ "0_normalization": norm(inChannels), "1_activation": relu() });
    this.block = new nn.Sequential({
      "0_convolution": conv(inChannels, outChannels, 3, stride),
      "1_normalization": norm(outChannels),
      "2_activation": relu(),
      "3_dropout": drop(dropout),
      "4_convolution": conv(outChannels, outChannels, 3),
    });
    this.downsample = conv(inChannels, outChannels, 1, stride);
  }

  forward(input: Tensor): Tensor {
    const x = this.normAct.forward(input);
    const shortcut = this.downsample.forward(x);
    const y = forwardAdding(this.block, x, shortcut);
    if (isTransient(this.downsample)) shortcut.dispose();
    return y;
  }
}

/** Units of one width; the first may halve the image. */
class Stage extends nn.Module {
  block: nn.Sequential;

  constructor(inChannels: number, outChannels: number, stride: number, units: number, dropout: number) {
    super();
    this.block = new nn.Sequential(new DownsampleUnit(inChannels, outChannels, stride, dropout));
    for (let i = 1; i < units; i++) this.block.append(new BasicUnit(outChannels, dropout));
  }

  forward(x: Tensor): Tensor {
    return this.block.forward(x);
  }
}
for (const unit of [BasicUnit, DownsampleUnit, Stage]) declareTransient(unit);

/**
 * Wide residual net: a 3x3 convolution, three stages of n units with 16, 32 and 64 times `widthFactor` channels, and a linear
 * classifier on the mean over the image.
 *
 * Shapes: images [N, inChannels, H, W] (32x32 for CIFAR), output [N, labels]. Convolutions begin as He normal (fan in), the
 * classifier as zero. WRN-16-8 has 10,961,370 parameters, WRN-28-10 36,479,194.
 *
 * State-dict keys are those of davda54/sam, so that its checkpoints load. That code has one unit per stage more than its
 * `depth` says: its "16" is depth 22 here.
 *
 * @throws TorchError `E_ARG` for a depth that is not 6 n + 4
 * @see Zagoruyko and Komodakis, Wide Residual Networks, BMVC 2016
 *
 * @example
 * const model = new torch.models.WideResNet({ depth: 16, widthFactor: 8 });
 * model.forward(torch.randn([128, 3, 32, 32])).shape; // [128, 10]
 */
export class WideResNet extends nn.Module {
  f: nn.Sequential;

  constructor(options: WideResNetOptions) {
    super();
    expectOptions("WideResNet", options, OPTIONS);
    const { depth, widthFactor, dropout = 0, inChannels = 3, labels = 10 } = options;
    const units = (depth - 4) / 6;
    if (!Number.isInteger(units) || units < 1) {
      badArgument(
        `[WideResNet] expected a depth of 6 n + 4, got ${describeValue(depth)}`,
        "10, 16, 22, 28, 34 and 40 are such depths",
      );
    }
    const width = 16 * count("WideResNet", "widthFactor", widthFactor);
    count("WideResNet", "inChannels", inChannels);
    count("WideResNet", "labels", labels);
    probability("WideResNet", "dropout", dropout);

    this.f = new nn.Sequential({
      "0_convolution": conv(inChannels, 16, 3),
      "1_block": new Stage(16, width, 1, units, dropout),
      "2_block": new Stage(width, 2 * width, 2, units, dropout),
      "3_block": new Stage(2 * width, 4 * width, 2, units, dropout),
      "4_normalization": norm(4 * width),
      "5_activation": relu(),
      "6_pooling": new nn.AdaptiveAvgPool2d(1),
      "7_flattening": new nn.Flatten(),
      "8_classification": new nn.Linear(4 * width, labels),
    });
    this.apply((m) => {
      if (m instanceof nn.Conv2d) nn.init.kaimingNormal_(m.weight, { mode: "fan_in", nonlinearity: "relu" });
      if (m instanceof nn.Linear) {
        nn.init.zeros_(m.weight);
        nn.init.zeros_(m.bias!);
      }
    });
  }

  forward(images: Tensor): Tensor {
    return this.f.forward(images);
  }
}
