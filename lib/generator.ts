import { type Device, parseDevice } from "./device.js";
import { badArgument } from "./errors.js";
import { native } from "./native.js";
import { settings } from "./options.js";
import type { Tensor } from "./tensor.js";
import { handleFor, wrap } from "./tensor-base.js";

const forgotten = new FinalizationRegistry<number>((id) => native.disposeGenerator(id));

/**
 * A source of random numbers with a state of its own.
 *
 * @example
 * const generator = new torch.Generator().manualSeed(42);
 * torch.randn([3], { generator });
 */
export class Generator {
  /** @internal */
  readonly id: number;
  readonly device: Device;

  constructor(device: Device = "cpu", options?: { isDefault?: boolean }) {
    const { isDefault } = settings("Generator", { isDefault: false }, options);
    const { type, index } = parseDevice(device);
    this.device = device;
    this.id = native.newGenerator(type, index, isDefault);
    forgotten.register(this, this.id);
  }
  manualSeed(seed: number | bigint): this {
    native.generatorSeed(this.id, checked(seed));
    return this;
  }
  /** The seed that its numbers started from. */
  initialSeed(): bigint {
    return native.generatorInitialSeed(this.id);
  }
  /** Seeds it with a number that nobody chose, and gives that number. */
  seed(): bigint {
    const [chosen] = crypto.getRandomValues(new BigUint64Array(1));
    this.manualSeed(chosen!);
    return chosen!;
  }
  /** The whole state, as a uint8 tensor on the CPU. */
  getState(): Tensor {
    return wrap(native.generatorState(this.id));
  }
  setState(state: Tensor): this {
    native.setGeneratorState(this.id, handleFor("setState", state));
    return this;
  }
}

function checked(seed: number | bigint): number | bigint {
  if (
    typeof seed === "bigint"
      ? seed === BigInt.asIntN(64, seed) || seed === BigInt.asUintN(64, seed)
      : Number.isSafeInteger(seed)
  )
    return seed;
  badArgument(
    `[manualSeed] expected an integer seed, got ${typeof seed === "number" || typeof seed === "bigint" ? seed : `a ${typeof seed}`}`,
    typeof seed === "number" && Number.isInteger(seed) ? "use a bigint for seeds beyond 2^53" : undefined,
  );
}

/** The generator that random operators use when none is given. */
export function defaultGenerator(device: Device = "cpu"): Generator {
  return new Generator(device, { isDefault: true });
}

/** Seeds the default generators of all devices. */
export function manualSeed(seed: number | bigint): void {
  native.manualSeed(checked(seed));
}

/** The seed that the default generator of the CPU started from. */
export const initialSeed = (): bigint => defaultGenerator().initialSeed();

/** Seeds the default generators of all devices with a number that nobody chose, and gives that number. */
export function seed(): bigint {
  const chosen = defaultGenerator().seed();
  manualSeed(chosen);
  return chosen;
}

/** State of the default generator of the CPU, as a uint8 tensor. */
export function getRngState(device: Device = "cpu"): Tensor {
  return defaultGenerator(device).getState();
}

export function setRngState(state: Tensor, device: Device = "cpu"): void {
  defaultGenerator(device).setState(state);
}
