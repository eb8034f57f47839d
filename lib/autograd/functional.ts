import { grad as autogradGrad, enableGrad, isGradEnabled } from "../autograd.js";
import { badArgument, TorchError } from "../errors.js";
import { onesLike, stack, zerosLike } from "../ops.generated.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";

/** Options of everything here. */
export interface FunctionalOptions {
  /** Records the result too, so that it can be differentiated; default false. */
  createGraph?: boolean;
  /** Makes it an error, instead of zeros, when an output does not depend on an input; default false. */
  strict?: boolean;
}

const DEFAULTS = { createGraph: false, strict: false };

type One = (input: Tensor) => Tensor;
type Many = (...inputs: Tensor[]) => Tensor;
type ManyToMany = (...inputs: Tensor[]) => readonly Tensor[];
type Any = (...inputs: Tensor[]) => Tensor | readonly Tensor[];
type Given = Tensor | readonly Tensor[];

/**
 * d func / d inputs, whole: `[...output.shape, ...input.shape]` for each output and each input. One backward pass per element
 * of the outputs.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.autograd.functional.jacobian.html
 *
 * @returns a tensor for one input and one output, an array per input for several, and an array of those for several outputs
 *
 * @example
 * torch.autograd.functional.jacobian((x) => x.exp().sum(1), torch.randn([2, 3])).shape; // [2, 2, 3]
 */
export function jacobian(func: One, inputs: Tensor, options?: FunctionalOptions): Tensor;
export function jacobian(func: Many, inputs: readonly Tensor[], options?: FunctionalOptions): Tensor[];
export function jacobian(func: ManyToMany, inputs: Tensor, options?: FunctionalOptions): Tensor[];
export function jacobian(func: ManyToMany, inputs: readonly Tensor[], options?: FunctionalOptions): Tensor[][];
export function jacobian(func: Any, inputs: Given, given?: FunctionalOptions): Tensor | Tensor[] | Tensor[][] {
  const options = settings("jacobian", DEFAULTS, given);
  return enableGrad(() => {
    const { createGraph, strict } = options;
    const prepared = prepare("jacobian", inputs, createGraph);
    const result = func(...prepared);
    const perOutput = listOf(result).map((output, o) => {
      const rows = rowsOf(output).map((row) =>
        derivative("jacobian", [row], prepared, undefined, createGraph, strict, o),
      );
      return prepared.map((input, i) => {
        const shape = [...output.shape, ...input.shape];
        const parts = rows.map((row) => row[i]!);
        const whole = parts.length === 0 ? zerosLike(input).expand([0, ...input.shape]) : stack(parts);
        return finished(whole.reshape(shape), createGraph);
      });
    });
    const shaped = perOutput.map((list) => (isTensor(inputs) ? list[0]! : list));
    return (isTensor(result) ? shaped[0]! : shaped) as Tensor | Tensor[] | Tensor[][];
  });
}

/**
 * Second derivatives of a function with one element: `[...a.shape, ...b.shape]` for each pair of inputs.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.autograd.functional.hessian.html
 *
 * @example
 * torch.autograd.functional.hessian((x) => x.pow(3).sum(), torch.tensor([1, 2])); // [[6, 0], [0, 12]]
 */
export function hessian(func: One, inputs: Tensor, options?: FunctionalOptions): Tensor;
export function hessian(func: Many, inputs: readonly Tensor[], options?: FunctionalOptions): Tensor[][];
export function hessian(func: Many, inputs: Given, given?: FunctionalOptions): Tensor | Tensor[][] {
  const options = settings("hessian", DEFAULTS, given);
  const gradients = (...given: Tensor[]): Tensor[] => {
    const output = scalar("hessian", func(...given));
    return derivative("hessian", [output], given, undefined, true, options.strict, 0);
  };
  if (isTensor(inputs)) return jacobian((input) => gradients(input)[0]!, inputs, options);
  return jacobian(gradients as ManyToMany, inputs, options);
}

/**
 * `v^T J`: what one backward pass computes.
 *
 * @param v like the outputs; may be left out when there is one element
 * @returns the outputs, and the product like the inputs
 *
 * @example
 * const [y, product] = torch.autograd.functional.vjp((x) => x.exp(), x, torch.onesLike(x));
 */
export function vjp(func: One, inputs: Tensor, v?: Tensor, options?: FunctionalOptions): [Tensor, Tensor];
export function vjp(func: Many, inputs: readonly Tensor[], v?: Tensor, options?: FunctionalOptions): [Tensor, Tensor[]];
export function vjp(func: Any, inputs: Given, v?: Given, given?: FunctionalOptions): [Given, Given] {
  const options = settings("vjp", DEFAULTS, given);
  return enableGrad(() => {
    const { createGraph, strict } = options;
    const prepared = prepare("vjp", inputs, createGraph);
    const result = func(...prepared);
    const outputs = listOf(result);
    const flows = vectors("vjp", v, outputs);
    const product = derivative("vjp", outputs, prepared, flows, createGraph, strict, 0);
    return [like(result, outputs, createGraph), like(inputs, product, createGraph)];
  });
}

/**
 * `J v`, by differentiating `u^T J` with respect to u.
 *
 * @param v like the inputs; may be left out when there is one element
 * @returns the outputs, and the product like the outputs
 */
export function jvp(func: One, inputs: Tensor, v?: Tensor, options?: FunctionalOptions): [Tensor, Tensor];
export function jvp(
  func: Many,
  inputs: readonly Tensor[],
  v?: readonly Tensor[],
  options?: FunctionalOptions,
): [Tensor, Tensor];
export function jvp(func: Any, inputs: Given, v?: Given, given?: FunctionalOptions): [Given, Given] {
  const options = settings("jvp", DEFAULTS, given);
  return enableGrad(() => {
    const { createGraph, strict } = options;
    const prepared = prepare("jvp", inputs, createGraph);
    const flows = vectors("jvp", v, prepared);
    const result = func(...prepared);
    const outputs = listOf(result);
    const product = push("jvp", outputs, prepared, flows, createGraph, strict);
    return [like(result, outputs, createGraph), like(result, product, createGraph)];
  });
}

/**
 * Hessian of a function with one element times v: `H v`.
 *
 * @returns the output, and the product like the inputs
 *
 * @example
 * const [y, hv] = torch.autograd.functional.hvp((x) => x.pow(3).sum(), x, v);
 */
export function hvp(func: One, inputs: Tensor, v?: Tensor, options?: FunctionalOptions): [Tensor, Tensor];
export function hvp(
  func: Many,
  inputs: readonly Tensor[],
  v?: readonly Tensor[],
  options?: FunctionalOptions,
): [Tensor, Tensor[]];
export function hvp(func: Many, inputs: Given, v?: Given, given?: FunctionalOptions): [Tensor, Given] {
  return curvature("hvp", func, inputs, v, settings("hvp", DEFAULTS, given));
}

/** `v^T H`: as {@link hvp}, with one backward pass less; the same wherever second derivatives are continuous. */
export function vhp(func: One, inputs: Tensor, v?: Tensor, options?: FunctionalOptions): [Tensor, Tensor];
export function vhp(
  func: Many,
  inputs: readonly Tensor[],
  v?: readonly Tensor[],
  options?: FunctionalOptions,
): [Tensor, Tensor[]];
export function vhp(func: Many, inputs: Given, v?: Given, given?: FunctionalOptions): [Tensor, Given] {
  return curvature("vhp", func, inputs, v, settings("vhp", DEFAULTS, given));
}

function curvature(
  op: "hvp" | "vhp",
  func: Many,
  inputs: Given,
  v: Given | undefined,
  options: Required<FunctionalOptions>,
): [Tensor, Given] {
  return enableGrad(() => {
    const { createGraph, strict } = options;
    const prepared = prepare(op, inputs, createGraph);
    const flows = vectors(op, v, prepared);
    const output = scalar(op, func(...prepared));
    const gradients = derivative(op, [output], prepared, undefined, true, strict, 0);
    const product =
      op === "hvp"
        ? push(op, gradients, prepared, flows, createGraph, strict)
        : derivative(op, gradients, prepared, flows, createGraph, strict, 0);
    return [finished(output, createGraph), like(inputs, product, createGraph)];
  });
}

// ----------------------------------------------------------------------------------------------------------- the parts

const listOf = (given: Given): readonly Tensor[] => (isTensor(given) ? [given] : given);
const finished = (tensor: Tensor, createGraph: boolean): Tensor => (createGraph ? tensor : tensor.detach());

/** A list in the shape that the user gave or returned. */
function like(shape: Given, list: readonly Tensor[], createGraph: boolean): Given {
  const done = list.map((tensor) => finished(tensor, createGraph));
  return isTensor(shape) ? done[0]! : done;
}

/** Inputs of our own that require grad: part of the outer graph if that is to go on. */
function prepare(op: string, inputs: Given, createGraph: boolean): Tensor[] {
  const list = listOf(inputs);
  if (list.length === 0 || !list.every(isTensor)) badArgument(`[${op}] expected a tensor or an array of tensors`);
  return list.map((input) =>
    createGraph && input.requiresGrad ? input.viewAs(input) : input.detach().requiresGrad_(),
  );
}

function scalar(op: string, output: Tensor): Tensor {
  if (!isTensor(output) || output.numel() !== 1) {
    const got = isTensor(output) ? `[${output.shape.join(", ")}]` : typeof output;
    badArgument(`[${op}] expected the function to return one element, got ${got}`);
  }
  return output.reshape([]);
}

function vectors(op: string, v: Given | undefined, targets: readonly Tensor[]): readonly Tensor[] {
  if (v === undefined) {
    if (targets.length !== 1 || targets[0]!.numel() !== 1) {
      badArgument(`[${op}] expected a vector v, which may be left out for a single element only`);
    }
    return [onesLike(targets[0]!)];
  }
  const list = listOf(v);
  const fits = list.length === targets.length && list.every((x, i) => String(x.shape) === String(targets[i]!.shape));
  if (!fits) {
    const shapes = (tensors: readonly Tensor[]) => tensors.map((x) => `[${x.shape.join(", ")}]`).join(", ");
    badArgument(`[${op}] expected v of shape ${shapes(targets)}, got ${shapes(list)}`);
  }
  return list;
}

/** The elements of a tensor, each as one that can be differentiated. */
function rowsOf(output: Tensor): readonly Tensor[] {
  if (output.numel() === 0) return [];
  return output.reshape([-1]).unbind(0);
}

/** v^T J like the inputs; zeros where nothing depends. */
function derivative(
  op: string,
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  flows: readonly Tensor[] | undefined,
  createGraph: boolean,
  strict: boolean,
  position: number,
): Tensor[] {
  const asking = outputs.flatMap((output, i) => (output.requiresGrad ? [i] : []));
  const found: (Tensor | null)[] =
    asking.length === 0
      ? inputs.map(() => null)
      : autogradGrad(
          asking.map((i) => outputs[i]!),
          inputs,
          {
            ...(flows === undefined ? {} : { gradOutputs: asking.map((i) => flows[i]!) }),
            retainGraph: true,
            createGraph,
            allowUnused: true,
          },
        );
  return found.map((grad, i) => {
    if (grad !== null) return grad;
    if (strict) {
      throw new TorchError(
        "E_STATE",
        `[${op}] expected output ${position} to depend on input ${i}, got independent ones`,
      );
    }
    return zerosLike(inputs[i]!);
  });
}

/** J v like the outputs. */
function push(
  op: string,
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  flows: readonly Tensor[],
  createGraph: boolean,
  strict: boolean,
): Tensor[] {
  const probes = outputs.map((output) => zerosLike(output).requiresGrad_());
  const pulled = derivative(op, outputs, inputs, probes, true, strict, 0);
  return derivative(op, pulled, probes, flows, createGraph && isGradEnabled(), false, 0);
}
