import { badArgument } from "../../errors.js";
import { pad } from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { settingsText, shown } from "../describe-module.js";
import type { PadMode } from "../functional/vision.js";
import { Module } from "../module.js";

/** Elements to add: at both ends, or [left, right]. */
export type Padding1d = number | readonly [number, number];
/** Elements to add: everywhere, or [left, right, top, bottom]. */
export type Padding2d = number | readonly [number, number, number, number];
/** Elements to add: everywhere, or [left, right, top, bottom, front, back]. */
export type Padding3d = number | readonly [number, number, number, number, number, number];

/** What the paddings share: see {@link ZeroPad2d}. */
abstract class Pad extends Module {
  readonly padding: readonly number[];
  readonly #mode: PadMode;
  readonly #value: number | null;
  constructor(n: number, mode: PadMode, padding: number | readonly number[], value: number | null) {
    super();
    this.padding = typeof padding === "number" ? new Array<number>(2 * n).fill(padding) : padding;
    if (this.padding.length !== 2 * n || !this.padding.every(Number.isInteger)) {
      const sides = ["left", "right", "top", "bottom", "front", "back"].slice(0, 2 * n).join(", ");
      badArgument(`[${new.target.name}] expected a whole number or [${sides}], got ${shown(padding)}`);
    }
    this.#mode = mode;
    this.#value = value;
  }
  forward(input: Tensor): Tensor {
    return pad(input, this.padding, this.#mode, this.#value);
  }
  override extraRepr(): string {
    return shown(this.padding);
  }
}

/** What the paddings with one value share. */
abstract class ConstantPad extends Pad {
  readonly value: number;
  constructor(n: number, padding: number | readonly number[], value: number) {
    super(n, "constant", padding, value);
    this.value = value;
  }
  override extraRepr(): string {
    const { padding, value } = this;
    return settingsText({ padding, value });
  }
}

/** Adds zeros around [N, C, L] or [C, L]. */
export class ZeroPad1d extends Pad {
  constructor(padding: Padding1d) {
    super(1, "constant", padding, 0);
  }
}

/** Adds one value around [N, C, L] or [C, L]. */
export class ConstantPad1d extends ConstantPad {
  constructor(padding: Padding1d, value: number) {
    super(1, padding, value);
  }
}

/** Adds zeros around [N, C, H, W] or [C, H, W]; negative numbers take rows or columns away. */
export class ZeroPad2d extends Pad {
  constructor(padding: Padding2d) {
    super(2, "constant", padding, 0);
  }
}

/** Adds one value around [N, C, H, W] or [C, H, W]. */
export class ConstantPad2d extends ConstantPad {
  constructor(padding: Padding2d, value: number) {
    super(2, padding, value);
  }
}

/** Adds zeros around [N, C, D, H, W] or [C, D, H, W]. */
export class ZeroPad3d extends Pad {
  constructor(padding: Padding3d) {
    super(3, "constant", padding, 0);
  }
}

/** Adds one value around [N, C, D, H, W] or [C, D, H, W]. */
export class ConstantPad3d extends ConstantPad {
  constructor(padding: Padding3d, value: number) {
    super(3, padding, value);
  }
}

/** Adds what is inside, mirrored at the border, around [N, C, L] or [C, L]. */
export class ReflectionPad1d extends Pad {
  constructor(padding: Padding1d) {
    super(1, "reflect", padding, null);
  }
}

/** Adds what is inside, mirrored at the border, around [N, C, H, W] or [C, H, W]. */
export class ReflectionPad2d extends Pad {
  constructor(padding: Padding2d) {
    super(2, "reflect", padding, null);
  }
}

/** Adds what is inside, mirrored at the border, around [N, C, D, H, W] or [C, D, H, W]. */
export class ReflectionPad3d extends Pad {
  constructor(padding: Padding3d) {
    super(3, "reflect", padding, null);
  }
}

/** Repeats the border of [N, C, L] or [C, L]. */
export class ReplicationPad1d extends Pad {
  constructor(padding: Padding1d) {
    super(1, "replicate", padding, null);
  }
}

/** Repeats the border of [N, C, H, W] or [C, H, W]. */
export class ReplicationPad2d extends Pad {
  constructor(padding: Padding2d) {
    super(2, "replicate", padding, null);
  }
}

/** Repeats the border of [N, C, D, H, W] or [C, D, H, W]. */
export class ReplicationPad3d extends Pad {
  constructor(padding: Padding3d) {
    super(3, "replicate", padding, null);
  }
}

/** Adds what is at the other side around [N, C, L] or [C, L]. */
export class CircularPad1d extends Pad {
  constructor(padding: Padding1d) {
    super(1, "circular", padding, null);
  }
}

/** Adds what is at the other side around [N, C, H, W] or [C, H, W]. */
export class CircularPad2d extends Pad {
  constructor(padding: Padding2d) {
    super(2, "circular", padding, null);
  }
}

/** Adds what is at the other side around [N, C, D, H, W] or [C, D, H, W]. */
export class CircularPad3d extends Pad {
  constructor(padding: Padding3d) {
    super(3, "circular", padding, null);
  }
}
