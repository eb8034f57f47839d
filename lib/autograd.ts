import { type Handle, native } from "./native.js";
import { zerosLike } from "./ops.generated.js";
import { checkOptions, type Defaults, expectFunction, settings } from "./options.js";
import { synchronous } from "./synchronous.js";
import type { Tensor } from "./tensor.js";
import { handleOf, wrap } from "./tensor-base.js";

/**
 * Runs `fn` without recording a graph.
 *
 * The mode belongs to the thread and ends with this call, so `fn` must not be async: an await would let other code run in the
 * mode, or end it for the rest of `fn`. Between two awaits call it around what is computed.
 *
 * @throws TorchError `E_ARG` when `fn` gives a promise; the same goes for {@link enableGrad} and {@link inferenceMode}
 *
 * @example
 * torch.noGrad(() => weight.sub_(weight.grad!, { alpha: 0.1 }));
 */
export function noGrad<T>(fn: () => T): T {
  expectFunction("noGrad", fn, "noGrad(() => model.forward(x))");
  return synchronous("noGrad", withGradMode(false, fn));
}

/** Runs `fn`, which must not be async, recording a graph, also inside {@link noGrad}. */
export function enableGrad<T>(fn: () => T): T {
  expectFunction("enableGrad", fn, "enableGrad(() => model.forward(x))");
  return synchronous("enableGrad", withGradMode(true, fn));
}

/** @internal Of what `fn` gives nothing is known here: whoever calls this sees to promises. */
export function withGradMode<T>(mode: boolean, fn: () => T): T {
  const before = native.setGradEnabled(mode);
  try {
    return fn();
  } finally {
    native.setGradEnabled(before);
  }
}

export const isGradEnabled = (): boolean => native.gradEnabled();
export const setGradEnabled = (enabled: boolean): void => void native.setGradEnabled(enabled);

/**
 * Runs `fn`, which must not be async, in inference mode: faster than {@link noGrad}, but its results can never take part in autograd.
 */
export function inferenceMode<T>(fn: () => T): T {
  expectFunction("inferenceMode", fn, "inferenceMode(() => model.forward(x))");
  native.enterInference(true);
  try {
    return synchronous("inferenceMode", fn());
  } finally {
    native.exitInference();
  }
}

/** Options of {@link grad}. */
export interface GradOptions {
  /** What to multiply each output's derivative with; may be left out for single elements. One tensor stands for a list of it. */
  gradOutputs?: Tensor | readonly (Tensor | null)[];
  retainGraph?: boolean;
  /** Records the derivative too, for double backward. */
  createGraph?: boolean;
  /** Gives null for inputs that the outputs do not depend on, instead of an error. */
  allowUnused?: boolean;
  /** Gives zeros for such inputs. */
  materializeGrads?: boolean;
}

const GRAD: Defaults<GradOptions> = {
  gradOutputs: null,
  retainGraph: false,
  createGraph: false,
  allowUnused: false,
  materializeGrads: false,
};
const BACKWARD = { gradients: null, retainGraph: false, createGraph: false, inputs: null };

/** One tensor stands for a list of it. */
const listOf = <T>(given: T | readonly T[]): readonly T[] => (Array.isArray(given) ? given : [given as T]);
const handlesOf = (given: Tensor | readonly Tensor[]): Handle[] => listOf(given).map(handleOf);
/** Of what flows into the outputs: null where nothing does. */
const flowsOf = (given: Tensor | readonly (Tensor | null)[]): (Handle | null)[] =>
  listOf<Tensor | null>(given).map((tensor) => (tensor === null ? null : handleOf(tensor)));

/**
 * d outputs / d inputs, without touching `.grad`: a list, with one tensor for each input.
 *
 * @param outputs, inputs one tensor stands for a list of it
 *
 * @example
 * const [dx] = torch.autograd.grad([y], [x], { createGraph: true });
 */
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options: GradOptions = {},
): Tensor[] {
  checkOptions("autograd.grad", options, GRAD);
  const { gradOutputs, retainGraph = false, createGraph = false, materializeGrads = false } = options;
  const { allowUnused = materializeGrads } = options;
  const handles = native.gradients(
    handlesOf(outputs),
    handlesOf(inputs),
    gradOutputs === undefined ? null : flowsOf(gradOutputs),
    retainGraph,
    createGraph,
    allowUnused,
  );
  return handles.map((h, i) => {
    if (h !== 0) return wrap(h);
    if (!materializeGrads) return null as unknown as Tensor;
    return zerosLike(listOf(inputs)[i]!);
  });
}

/** Backward from several outputs at once; one tensor stands for a list of it. */
export function backward(
  outputs: Tensor | readonly Tensor[],
  options: {
    gradients?: Tensor | readonly (Tensor | null)[];
    retainGraph?: boolean;
    createGraph?: boolean;
    inputs?: Tensor | readonly Tensor[];
  } = {},
): void {
  checkOptions("autograd.backward", options, BACKWARD);
  const { gradients, retainGraph = false, createGraph = false, inputs } = options;
  native.backward(
    handlesOf(outputs),
    gradients === undefined ? null : flowsOf(gradients),
    retainGraph,
    createGraph,
    inputs === undefined ? null : handlesOf(inputs),
  );
}

/**
 * Runs `fn` with anomaly detection: an error inside backward names the operation whose gradient it was (for a custom function
 * its class) and the JavaScript lines that ran its forward, and a NaN gradient is an error. Forward and backward both belong
 * inside, and `fn` must not be async. Slow: every operation takes a stack.
 *
 * @param options.checkNan whether NaN in a gradient is an error; default true
 * @throws TorchError `E_ARG` when `fn` gives a promise
 *
 * @example
 * torch.autograd.detectAnomaly(() => loss(model.forward(x)).backward());
 */
export function detectAnomaly<T>(fn: () => T, options?: { checkNan?: boolean }): T {
  expectFunction("detectAnomaly", fn, "detectAnomaly(() => loss(model.forward(x)).backward())");
  const { checkNan } = settings("detectAnomaly", { checkNan: true }, options);
  traceStacks();
  const before = native.setAnomaly(true, checkNan);
  try {
    return synchronous("detectAnomaly", fn());
  } finally {
    native.setAnomaly(...before);
  }
}

let tracing = false;
function traceStacks(): void {
  if (tracing) return;
  tracing = true;
  const own = new URL(".", import.meta.url);
  native.setStackTracer(() => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 40;
    const lines = (new Error().stack ?? "").split("\n").slice(1);
    Error.stackTraceLimit = limit;
    return lines.filter((line) => !line.includes(own.href) && !line.includes(own.pathname)).join("\n");
  });
}
