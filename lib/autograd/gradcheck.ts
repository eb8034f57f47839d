import { grad as autogradGrad, enableGrad, noGrad } from "../autograd.js";
import { Complex } from "../complex.js";
import { badArgument, TorchError } from "../errors.js";
import { Generator } from "../generator.js";
import { describeValue } from "../ops/describe-value.js";
import { randn, viewAsReal, zerosLike } from "../ops.generated.js";
import { checkOptions, expectFunction, settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { isTensor } from "../tensor-base.js";
import { tidy } from "../tidy.js";

/** What {@link gradcheck} differentiates: tensors in, one tensor or several out. */
export type Checked = (...inputs: Tensor[]) => Tensor | readonly Tensor[];

/** Options of {@link gradcheck}; the defaults are PyTorch's. */
export interface GradcheckOptions {
  /** Step of the finite differences; default 1e-6. */
  eps?: number;
  /** Default 1e-5. */
  atol?: number;
  /** Relative to the finite difference; default 1e-3. */
  rtol?: number;
  /** Whether a mismatch is an error (default), or false as the result. */
  raiseException?: boolean;
  /** How far two backward passes over the same values may differ; default 0. */
  nondetTol?: number;
}

const DEFAULTS = { eps: 1e-6, atol: 1e-5, rtol: 1e-3, raiseException: true, nondetTol: 0 };

/**
 * Compares the gradients of `fn` with central finite differences, every element of every Jacobian:
 *
 *     |analytical - numerical| <= atol + rtol |numerical|,    numerical = (f(x + eps) - f(x - eps)) / (2 eps)
 *
 * Inputs that require grad are checked; they must be float64 or complex128, whose rounding the default tolerances assume, and
 * their elements must not share memory. For a complex input the real and the imaginary part are steps of their own.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.autograd.gradcheck.gradcheck.html (its slow mode)
 *
 * @returns true, or false with `raiseException: false`
 * @throws TorchError `E_STATE` that names output, input, and the elements that differ most
 *
 * @example
 * const x = torch.randn([3, 2], { dtype: "float64", requiresGrad: true });
 * torch.autograd.gradcheck((x) => x.tanh().mul(x), [x]); // true
 */
export function gradcheck(fn: Checked, inputs: readonly Tensor[] | Tensor, options: GradcheckOptions = {}): boolean {
  return checked("gradcheck", fn, isTensor(inputs) ? [inputs] : inputs, options);
}

/**
 * {@link gradcheck} of the gradient: second derivatives of `fn`, by its inputs and by the gradients of its outputs.
 *
 * @param options.gradOutputs what flows into the outputs; default random, always the same
 *
 * @example
 * torch.autograd.gradgradcheck((x) => x.pow(3), [x]);
 */
export function gradgradcheck(
  fn: Checked,
  inputs: readonly Tensor[] | Tensor,
  options: GradcheckOptions & { gradOutputs?: readonly Tensor[] } = {},
): boolean {
  const list = isTensor(inputs) ? [inputs] : inputs;
  checkOptions("gradgradcheck", options, { ...DEFAULTS, gradOutputs: null });
  const { gradOutputs, ...rest } = options;
  const flows = gradOutputs ?? tidy(() => randomLike(differentiable(enableGrad(() => fn(...list)))));
  const wanted = list.filter((input) => input.requiresGrad);
  const derivative: Checked = (...given) => {
    const outputs = differentiable(fn(...given.slice(0, list.length)));
    const grads = autogradGrad(outputs, wanted, {
      gradOutputs: given.slice(list.length),
      createGraph: true,
      allowUnused: true,
    });
    return (grads as (Tensor | null)[]).filter((grad): grad is Tensor => grad?.requiresGrad === true);
  };
  return checked("gradgradcheck", derivative, [...list, ...flows], rest);
}

function checked(op: string, fn: Checked, inputs: readonly Tensor[], options: GradcheckOptions): boolean {
  const { eps, atol, rtol, raiseException, nondetTol } = settings(op, DEFAULTS, options);
  for (const [name, value] of Object.entries({ eps, atol, rtol, nondetTol })) {
    if (typeof value !== "number") badArgument(`[${op}] expected ${name} as a number, got ${describeValue(value)}`);
  }
  expectFunction(op, fn, `${op}((x) => x.tanh(), [x])`);
  const wanted = inputs.flatMap((input, i) => (input.requiresGrad ? [i] : []));
  if (wanted.length === 0) badArgument(`[${op}] expected an input that requires grad, got none`);
  for (const i of wanted) checkInput(op, inputs[i]!, i);
  const problem = tidy(() => {
    const numerical = numericalJacobians(fn, inputs, wanted, eps);
    const analytical = enableGrad(() => analyticalJacobians(fn, inputs, wanted));
    const again = enableGrad(() => analyticalJacobians(fn, inputs, wanted));
    if (numerical.length !== analytical.length) {
      return `expected as many outputs from every call, got ${numerical.length} and then ${analytical.length}`;
    }
    for (const [o, perInput] of analytical.entries()) {
      for (const [k, jacobian] of perInput.entries()) {
        const where = `output ${o} with respect to input ${wanted[k]}`;
        const mismatch = firstMismatch(jacobian, numerical[o]![k]!, atol, rtol);
        if (mismatch !== undefined) return `expected the Jacobian of ${where} to match finite differences, ${mismatch}`;
        const drift = largestDifference(jacobian, again[o]![k]!);
        if (drift > nondetTol) {
          return `expected the same gradient from two backward passes, got a difference of ${drift} for ${where}`;
        }
      }
    }
    return undefined;
  });
  if (problem !== undefined && raiseException) throw new TorchError("E_STATE", `[${op}] ${problem}`);
  return problem === undefined;
}

function checkInput(op: string, input: Tensor, at: number): void {
  if (input.dtype !== "float64" && input.dtype !== "complex128") {
    badArgument(
      `[${op}] expected input ${at} to be float64 or complex128, got ${input.dtype}`,
      "finite differences of lower precision are all rounding: use x.double()",
    );
  }
  const overlaps = input.stride().some((stride, dim) => stride === 0 && input.size(dim) > 1);
  if (overlaps) {
    badArgument(`[${op}] expected input ${at} with memory for every element, got an expanded one`, "use x.clone()");
  }
}

const isComplex = (tensor: Tensor): boolean => tensor.dtype.startsWith("complex");

const listOf = (given: Tensor | readonly Tensor[]): readonly Tensor[] => (isTensor(given) ? [given] : given);

function differentiable(given: Tensor | readonly Tensor[]): Tensor[] {
  return listOf(given).filter((output) => output.requiresGrad);
}

function randomLike(outputs: readonly Tensor[]): Tensor[] {
  const generator = new Generator().manualSeed(0);
  return outputs.map((out) => randn(out.shape, { dtype: out.dtype, generator }).to(out.device).requiresGrad_());
}

/** Real numbers in row-major order; a complex element is two. */
function reals(tensor: Tensor): Float64Array {
  return noGrad(() => {
    const plain = tensor.detach().resolveConj().resolveNeg();
    return (isComplex(plain) ? viewAsReal(plain) : plain).to("float64").dataSync() as Float64Array;
  });
}

/** Rows are real numbers of one input, columns real numbers of one output: [output][input][row]. */
type Jacobians = Float64Array[][][];

function numericalJacobians(fn: Checked, inputs: readonly Tensor[], wanted: readonly number[], eps: number): Jacobians {
  const which = enableGrad(() => listOf(fn(...inputs)).map((output) => output.requiresGrad));
  // With gradients, since fn may differentiate.
  const evaluate = () =>
    tidy(() =>
      enableGrad(() =>
        listOf(fn(...inputs))
          .filter((_, o) => which[o])
          .map(reals),
      ),
    );
  const outputs = which.filter(Boolean).length;
  const jacobians: Jacobians = Array.from({ length: outputs }, () => wanted.map(() => []));
  for (const [k, i] of wanted.entries()) {
    for (const step of steps(inputs[i]!, eps)) {
      const above = step.at(1, evaluate);
      const below = step.at(-1, evaluate);
      for (let o = 0; o < outputs; o++) {
        jacobians[o]![k]!.push(above[o]!.map((value, j) => (value - below[o]![j]!) / (2 * eps)));
      }
    }
  }
  return jacobians;
}

interface Step {
  at<T>(sign: number, fn: () => T): T;
}

/** For each real number of a tensor, a way to evaluate something with it moved by +-eps. */
function* steps(input: Tensor, eps: number): IterableIterator<Step> {
  const complex = isComplex(input);
  const shape = input.shape;
  for (let flat = 0; flat < input.numel(); flat++) {
    let rest = flat;
    const place = shape.map(() => 0);
    for (let dim = shape.length - 1; dim >= 0; dim--) {
      place[dim] = rest % shape[dim]!;
      rest = Math.floor(rest / shape[dim]!);
    }
    for (const direction of complex ? [new Complex(eps, 0), new Complex(0, eps)] : [eps]) {
      yield {
        at<T>(sign: number, fn: () => T): T {
          const element = noGrad(() => place.reduce((view, index) => view.select(0, index), input.detach()));
          const home = noGrad(() => element.clone());
          try {
            noGrad(() => element.add_(direction, { alpha: sign }));
            return fn();
          } finally {
            noGrad(() => element.copy_(home));
          }
        },
      };
    }
  }
}
function analyticalJacobians(fn: Checked, inputs: readonly Tensor[], wanted: readonly number[]): Jacobians {
  return differentiable(fn(...inputs)).map((output) => {
    const complex = isComplex(output);
    const columns: Float64Array[][] = wanted.map(() => []);
    for (let flat = 0; flat < output.numel(); flat++) {
      for (const one of complex ? [new Complex(1, 0), new Complex(0, 1)] : [1]) {
        const grads = tidy(() => gradientsOf(output, flat, one, inputs, wanted));
        grads.forEach((grad, k) => void columns[k]!.push(grad));
      }
    }
    return columns.map(transpose);
  });
}

function gradientsOf(
  output: Tensor,
  flat: number,
  one: number | Complex,
  inputs: readonly Tensor[],
  wanted: readonly number[],
): Float64Array[] {
  const flow = noGrad(() => {
    const zeros = zerosLike(output, { memoryFormat: "contiguousFormat" });
    zeros.view([-1]).narrow(0, flat, 1).fill_(one);
    return zeros;
  });
  const targets = wanted.map((i) => inputs[i]!);
  const grads = autogradGrad([output], targets, { gradOutputs: [flow], retainGraph: true, allowUnused: true });
  return (grads as (Tensor | null)[]).map((grad, k) => reals(grad ?? zerosLike(targets[k]!)));
}

function transpose(columns: readonly Float64Array[]): Float64Array[] {
  const rows = columns[0]?.length ?? 0;
  return Array.from({ length: rows }, (_, r) => Float64Array.from(columns, (column) => column[r]!));
}

function firstMismatch(
  analytical: readonly Float64Array[],
  numerical: readonly Float64Array[],
  atol: number,
  rtol: number,
): string | undefined {
  let worst = 0;
  let text: string | undefined;
  let count = 0;
  let total = 0;
  numerical.forEach((row, r) => {
    row.forEach((wanted, c) => {
      total++;
      const got = analytical[r]?.[c] ?? 0;
      const excess = Math.abs(got - wanted) - (atol + rtol * Math.abs(wanted));
      if (excess <= 0 || (Number.isNaN(got) && Number.isNaN(wanted))) return;
      count++;
      if (text !== undefined && !(excess > worst)) return;
      worst = excess;
      text = `at input element ${r} and output element ${c}: analytical ${got}, numerical ${wanted}`;
    });
  });
  return text === undefined ? undefined : `got ${count} of ${total} elements that differ, most ${text}`;
}

function largestDifference(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  let most = 0;
  a.forEach((row, r) => {
    row.forEach((value, c) => {
      const difference = Math.abs(value - (b[r]?.[c] ?? 0));
      if (difference > most) most = difference;
    });
  });
  return most;
}
