import { noGrad } from "../autograd.js";
import type { Device } from "../device.js";
import { badArgument, TorchError } from "../errors.js";
import type { Generator } from "../generator.js";
import { native } from "../native.js";
import { settings } from "../options.js";
import { handleOf, isTensor, type Tensor } from "../tensor.js";
import { findTensors, keep, tidy } from "../tidy.js";
import { captureError } from "./capture-error.js";
import { capturingOn } from "./capturing.js";
import type { GraphDevice, LaunchableGraph } from "./graph-device.js";

/** How calls become graphs. */
export interface GraphOptions {
  /** Calls of each new shape that run as they are before one is captured; at least 1, default 3. They are full calls: nothing runs twice. */
  warmup?: number;
  /** How many shapes get a graph of their own; calls with others run without one. Default 4. */
  maxGraphs?: number;
  /** Generators that the function draws from, beside the default one: graphs must know them, to draw anew in each launch. */
  generators?: readonly Generator[];
}

const DEFAULTS: Required<GraphOptions> = { warmup: 3, maxGraphs: 4, generators: [] };

/** `warmup` and `maxGraphs`, with their defaults. */
export function checkGraphOptions(
  name: string,
  options: GraphOptions | undefined,
): [warmup: number, maxGraphs: number] {
  const { warmup, maxGraphs } = settings(name, DEFAULTS, options);
  if (!Number.isInteger(warmup) || warmup < 1) {
    badArgument(
      `[${name}] expected warmup to be an integer >= 1, got ${warmup}`,
      "libraries choose and allocate in their first calls, which a graph cannot hold",
    );
  }
  if (!Number.isInteger(maxGraphs) || maxGraphs < 0) {
    badArgument(`[${name}] expected maxGraphs to be an integer >= 0, got ${maxGraphs}`);
  }
  return [warmup, maxGraphs];
}

/** What a {@link GraphCache} asks of whoever owns the function. */
export interface GraphOwner<R> {
  /** For messages: `cuda.graph`. */
  readonly name: string;
  readonly run: (...args: readonly unknown[]) => R;
  /** The device that the work is for; that of the inputs if it is not given. */
  device?(): Device;
  /** Brings numbers that the graph reads from the device up to date. Runs before each call, never inside a capture. */
  refresh?(): void;
  /** Host values that a graph would hold for ever. When the text changes, another graph is captured. */
  hostValues?(): string;
  /** Runs after a capture that failed; nothing that was launched in it has happened. */
  afterFailure?(): void;
  /** Host state that a call leaves behind: taken after the capture, put back after each replay. */
  snapshot?(): () => void;
}

interface Variant<R> {
  warm: number;
  graph?: LaunchableGraph;
  inputs: Tensor[];
  result?: R;
  restore?: () => void;
}

/** Of so many kinds of calls is remembered how often they came. */
export const MOST_KINDS = 64;

/** How often each way was taken. */
export interface GraphCounts {
  eager: number;
  captured: number;
  replayed: number;
}

/**
 * Decides for each call whether it runs as it is, is captured, or replays a graph.
 *
 * The first `warmup` calls of a shape run as they are; the next is captured, which runs nothing, and its graph is launched at
 * once. So n calls do exactly what n calls without graphs do. A failed capture changes nothing on the device either.
 */
export class GraphCache<R> {
  readonly counts: GraphCounts = { eager: 0, captured: 0, replayed: 0 };
  readonly #variants = new Map<string, Variant<R>>();
  readonly #warmup: number;
  readonly #maxGraphs: number;
  #first: LaunchableGraph | undefined;
  /** How many there are now. */
  #graphs = 0;

  constructor(
    readonly device: GraphDevice,
    readonly owner: GraphOwner<R>,
    options?: GraphOptions,
  ) {
    [this.#warmup, this.#maxGraphs] = checkGraphOptions(owner.name, options);
  }

  call(args: readonly unknown[]): R {
    const { device, owner } = this;
    if (capturingOn() !== undefined) return owner.run(...args); // a part of the graph that is being captured
    const on = owner.device?.() ?? args.find(isTensor)?.device;
    const key = this.#key(args, on);
    const variant = this.#variants.get(key) ?? this.#newVariant(key);
    owner.refresh?.();
    if (variant.graph === undefined && (variant.warm < this.#warmup || this.#graphs >= this.#maxGraphs)) {
      variant.warm++;
      this.counts.eager++;
      return device.onCaptureStream(() => owner.run(...args), on);
    }
    if (variant.graph === undefined) this.#capture(variant, args, on);
    else this.#copyInputs(variant, args);
    variant.graph!.replay();
    this.counts.replayed++;
    variant.restore?.();
    return aliases(variant.result as R);
  }

  /** Frees the graphs and their memory. */
  dispose(): void {
    for (const variant of this.#variants.values()) this.#free(variant);
    this.#variants.clear();
    this.#graphs = 0;
    this.#first = undefined;
  }

  #newVariant(key: string): Variant<R> {
    if (this.#variants.size >= MOST_KINDS) {
      for (const [old, { graph }] of this.#variants) {
        if (graph !== undefined) continue;
        this.#variants.delete(old);
        break;
      }
    }
    const variant = { warm: 0, inputs: [] };
    this.#variants.set(key, variant);
    return variant;
  }

  #capture(variant: Variant<R>, args: readonly unknown[], on: Device | undefined): void {
    const { device, owner } = this;
    const inputs: Tensor[] = [];
    const fixed = args.map((arg) => {
      if (!isTensor(arg)) return arg;
      inputs.push(keep(noGrad(() => arg.detach().clone())));
      return inputs.at(-1);
    });
    try {
      const record = () => {
        // Under names that are the graph's: what the function returns may be a tensor of the caller's.
        const result = tidy(() => aliases(owner.run(...fixed)));
        const found = new Set<Tensor>();
        findTensors(result, found, new Set());
        for (const tensor of found) keep(tensor);
        variant.result = result;
      };
      variant.graph = device.onCaptureStream(() => device.capture(record, this.#first), on);
    } catch (error) {
      for (const input of inputs) input.dispose();
      owner.afterFailure?.();
      throw captureError(owner.name, error);
    }
    variant.inputs = inputs;
    variant.restore = owner.snapshot?.();
    this.#first ??= variant.graph;
    this.#graphs++;
    this.counts.captured++;
  }

  #copyInputs(variant: Variant<R>, args: readonly unknown[]): void {
    let at = 0;
    noGrad(() => {
      for (const arg of args) {
        if (!isTensor(arg)) continue;
        const input = variant.inputs[at++]!;
        // A caller that fills the same memory each time saves the copy.
        if (native.dataPtr(handleOf(arg)) !== native.dataPtr(handleOf(input))) input.copy_(arg, { nonBlocking: true });
      }
    });
  }

  #free(variant: Variant<R>): void {
    const found = new Set<Tensor>();
    findTensors(variant.result, found, new Set());
    for (const tensor of [...variant.inputs, ...found]) tensor.dispose();
    variant.graph?.dispose();
  }

  #key(args: readonly unknown[], on: Device | undefined): string {
    const parts = args.map((arg, i): string => {
      if (isTensor(arg)) {
        if (arg.requiresGrad) {
          badArgument(
            `[${this.owner.name}] expected inputs without gradients, got argument ${i} with requiresGrad`,
            "let the function find such tensors by itself, as it does a model's parameters",
          );
        }
        if (!arg.device.startsWith(this.device.type)) {
          badArgument(
            `[${this.owner.name}] expected inputs on ${this.device.type}, got argument ${i} on ${arg.device}`,
            `x.to("${this.device.type}")`,
          );
        }
        if (arg.device !== on) {
          badArgument(
            `[${this.owner.name}] expected all on one device, ${on}, got argument ${i} on ${arg.device}`,
            `x.to("${on}")`,
          );
        }
        return `${arg.dtype} [${arg.shape}] (${arg.stride()}) ${arg.device}`;
      }
      if (arg === null || ["undefined", "number", "string", "boolean"].includes(typeof arg))
        return `${typeof arg} ${String(arg)}`;
      return badArgument(
        `[${this.owner.name}] expected tensors, numbers, strings or booleans as arguments, got ${typeof arg} as argument ${i}`,
      );
    });
    return [...parts, this.owner.hostValues?.() ?? ""].join("; ");
  }
}

/** The same values under names of their own: what the caller frees must not be what the next replay writes to. */
function aliases<T>(value: T): T {
  if (isTensor(value)) {
    if (value.isDisposed)
      throw new TorchError("E_DISPOSED", "[cuda.graph] expected the graph's result, got a disposed tensor");
    return value.detach() as T;
  }
  if (Array.isArray(value)) return value.map(aliases) as T;
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, aliases(item)])) as T;
  }
  return value;
}
