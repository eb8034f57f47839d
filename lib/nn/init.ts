import { badArgument } from "../errors.js";
import type { Generator } from "../generator.js";
import { slice } from "../indexing.js";
import { describeValue } from "../ops/describe-value.js";
import { empty, eye, linalgQr, randperm } from "../ops.generated.js";
import type { Tensor } from "../tensor.js";
import { calculateGain, type FanMode, fans, type Nonlinearity } from "./fans.js";
import { inPlace, type RandomOptions } from "./in-place.js";
import { type Arguments, expectNumbers, gather, oneOf } from "./settings.js";

export { calculateGain, type FanMode, type Nonlinearity } from "./fans.js";
export type { RandomOptions } from "./in-place.js";
export { truncNormal_ } from "./trunc-normal.js";

/*
 * Initial values, in place, without a trace in the graph. Each function returns its tensor. With the same seed they draw the
 * numbers that PyTorch draws.
 */

/**
 * Values from the uniform distribution on [a, b).
 *
 * @param tensor any shape
 * @param args a (default 0), b (default 1), `{ generator }`
 *
 * @example
 * nn.init.uniform_(layer.weight, -0.1, 0.1);
 */
export function uniform_(
  tensor: Tensor,
  ...args: Arguments<[a: number, b: number], RandomOptions & { a?: number; b?: number }>
): Tensor {
  const { a, b, generator } = gather("uniform_", ["a", "b"], { a: 0, b: 1, generator: null as Generator | null }, args);
  return inPlace("uniform_", tensor, () => tensor.uniform_(a, b, { generator }));
}

/**
 * Values from the normal distribution N(mean, std^2).
 *
 * @param args mean (default 0), std (default 1), `{ generator }`
 *
 * @example
 * nn.init.normal_(layer.weight, 0, 0.02);
 */
export function normal_(
  tensor: Tensor,
  ...args: Arguments<[mean: number, std: number], RandomOptions & { mean?: number; std?: number }>
): Tensor {
  const defaults = { mean: 0, std: 1, generator: null as Generator | null };
  const { mean, std, generator } = gather("normal_", ["mean", "std"], defaults, args);
  return inPlace("normal_", tensor, () => tensor.normal_(mean, std, { generator }));
}

/**
 * One value everywhere.
 *
 * @example
 * nn.init.constant_(layer.bias!, 0.3);
 */
export function constant_(tensor: Tensor, val: number): Tensor {
  if (typeof val !== "number") badArgument(`[constant_] expected a number, got ${describeValue(val)}`);
  return inPlace("constant_", tensor, () => tensor.fill_(val));
}
/** 1 everywhere. */
export const ones_ = (tensor: Tensor): Tensor => constant_(tensor, 1);
/** 0 everywhere. */
export const zeros_ = (tensor: Tensor): Tensor => constant_(tensor, 0);

/** The identity: 1 on the diagonal of a matrix, 0 elsewhere. */
export function eye_(tensor: Tensor): Tensor {
  return inPlace("eye_", tensor, () => {
    const [rows, columns, ...rest] = tensor.shape;
    if (rows === undefined || columns === undefined || rest.length > 0) {
      badArgument(`[eye_] expected a matrix, got shape [${tensor.shape.join(", ")}]`);
    }
    tensor.copy_(eye(rows, columns, { dtype: tensor.dtype, device: tensor.device }));
  });
}

/**
 * The identity of a convolution: each of the first min(out / groups, in) output channels of a group copies an input channel.
 *
 * @param tensor a weight [out, in / groups, ...kernel] of 3 to 5 dimensions
 * @param args groups (default 1); must divide `out`
 */
export function dirac_(tensor: Tensor, ...args: Arguments<[groups: number], { groups?: number }>): Tensor {
  const { groups } = gather("dirac_", ["groups"], { groups: 1 }, args);
  expectNumbers("dirac_", { groups });
  return inPlace("dirac_", tensor, () => {
    const [out, inner, ...kernel] = tensor.shape;
    if (out === undefined || inner === undefined || kernel.length < 1 || kernel.length > 3 || out % groups !== 0) {
      badArgument(
        `[dirac_] expected a weight of 3 to 5 dimensions with a first one divisible by groups, got shape [${tensor.shape.join(", ")}] and groups ${groups}`,
      );
    }
    tensor.zero_();
    const middle = kernel.map((size) => Math.floor(size / 2));
    const perGroup = out / groups;
    for (let g = 0; g < groups; g++) {
      for (let d = 0; d < Math.min(perGroup, inner); d++) tensor.indexPut_([g * perGroup + d, d, ...middle], 1);
    }
  });
}

/**
 * U(-a, a) with a = gain sqrt(6 / (fanIn + fanOut)): keeps the variance of activations and gradients alike.
 *
 * @param tensor a weight [out, in, ...kernel]
 * @param args gain (default 1), `{ generator }`
 * @see Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010
 */
export function xavierUniform_(
  tensor: Tensor,
  ...args: Arguments<[gain: number], RandomOptions & { gain?: number }>
): Tensor {
  const { gain, generator } = gather(
    "xavierUniform_",
    ["gain"],
    { gain: 1, generator: null as Generator | null },
    args,
  );
  expectNumbers("xavierUniform_", { gain });
  const { fanIn, fanOut } = fans("xavierUniform_", tensor);
  const bound = Math.sqrt(3) * (gain * Math.sqrt(2 / (fanIn + fanOut)));
  return uniform_(tensor, -bound, bound, { generator });
}

/** N(0, std^2) with std = gain sqrt(2 / (fanIn + fanOut)); see {@link xavierUniform_}. */
export function xavierNormal_(
  tensor: Tensor,
  ...args: Arguments<[gain: number], RandomOptions & { gain?: number }>
): Tensor {
  const { gain, generator } = gather("xavierNormal_", ["gain"], { gain: 1, generator: null as Generator | null }, args);
  expectNumbers("xavierNormal_", { gain });
  const { fanIn, fanOut } = fans("xavierNormal_", tensor);
  return normal_(tensor, 0, gain * Math.sqrt(2 / (fanIn + fanOut)), { generator });
}

/** Options of {@link kaimingUniform_} and {@link kaimingNormal_}. */
export interface KaimingOptions extends RandomOptions {
  /** Slope of the rectifier for negative inputs, used with `leaky_relu`; default 0. */
  a?: number;
  /** Default `"fan_in"`. */
  mode?: FanMode;
  /** Default `"leaky_relu"`. */
  nonlinearity?: Nonlinearity;
}

/**
 * U(-b, b) with b = gain sqrt(3 / fan): keeps the variance through layers of rectifiers.
 *
 * @param tensor a weight [out, in, ...kernel]
 * @param args a (default 0), mode (default fan_in), nonlinearity (default leaky_relu), `{ generator }`
 * @see He et al., Delving deep into rectifiers, ICCV 2015
 */
export function kaimingUniform_(
  tensor: Tensor,
  ...args: Arguments<[a: number, mode: FanMode, nonlinearity: Nonlinearity], KaimingOptions>
): Tensor {
  const { std, generator } = kaiming("kaimingUniform_", tensor, args);
  const bound = Math.sqrt(3) * std;
  return uniform_(tensor, -bound, bound, { generator });
}

/**
 * N(0, std^2) with std = gain / sqrt(fan); see {@link kaimingUniform_}.
 *
 * @example
 * nn.init.kaimingNormal_(conv.weight, { mode: "fan_in", nonlinearity: "relu" });
 */
export function kaimingNormal_(
  tensor: Tensor,
  ...args: Arguments<[a: number, mode: FanMode, nonlinearity: Nonlinearity], KaimingOptions>
): Tensor {
  const { std, generator } = kaiming("kaimingNormal_", tensor, args);
  return normal_(tensor, 0, std, { generator });
}

function kaiming(
  owner: string,
  tensor: Tensor,
  args: readonly unknown[],
): { std: number; generator: Generator | null } {
  const defaults = {
    a: 0,
    mode: "fan_in" as FanMode,
    nonlinearity: "leaky_relu" as Nonlinearity,
    generator: null as Generator | null,
  };
  const { a, mode, nonlinearity, generator } = gather(owner, ["a", "mode", "nonlinearity"], defaults, args);
  const { fanIn, fanOut } = fans(owner, tensor);
  const fan = oneOf(owner, "mode", mode, ["fan_in", "fan_out"]) === "fan_in" ? fanIn : fanOut;
  return { std: calculateGain(nonlinearity, a) / Math.sqrt(fan), generator };
}

/**
 * A (semi-)orthogonal matrix, uniformly distributed, times `gain`; dimensions after the first are taken as one.
 *
 * @param args gain (default 1), `{ generator }`
 * @see Saxe et al., Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, 2013
 */
export function orthogonal_(
  tensor: Tensor,
  ...args: Arguments<[gain: number], RandomOptions & { gain?: number }>
): Tensor {
  const { gain, generator } = gather("orthogonal_", ["gain"], { gain: 1, generator: null as Generator | null }, args);
  expectNumbers("orthogonal_", { gain });
  return inPlace("orthogonal_", tensor, () => {
    const [rows, ...rest] = tensor.shape;
    if (rows === undefined || rest.length === 0) {
      badArgument(`[orthogonal_] expected at least 2 dimensions, got shape [${tensor.shape.join(", ")}]`);
    }
    const columns = rest.reduce((a, b) => a * b, 1);
    if (rows * columns === 0 || tensor.device === "meta") return;
    const drawn = empty([rows, columns], { dtype: tensor.dtype, device: tensor.device }).normal_(0, 1, { generator });
    const { Q, R } = linalgQr(rows < columns ? drawn.t() : drawn);
    // The signs of R's diagonal make Q uniform (Mezzadri, math-ph/0609050).
    const uniform = Q.mul(R.diag().sign());
    tensor.copy_((rows < columns ? uniform.t() : uniform).reshape(tensor.shape)).mul_(gain);
  });
}

/**
 * N(0, std^2), with a share of each column set to zero.
 *
 * @param tensor a matrix
 * @param sparsity the share of zeros in a column, rounded up to whole elements
 * @param args std (default 0.01), `{ generator }`
 * @see Martens, Deep learning via Hessian-free optimization, ICML 2010
 */
export function sparse_(
  tensor: Tensor,
  sparsity: number,
  ...args: Arguments<[std: number], RandomOptions & { std?: number }>
): Tensor {
  const { std, generator } = gather("sparse_", ["std"], { std: 0.01, generator: null as Generator | null }, args);
  if (typeof sparsity !== "number" || !(sparsity >= 0 && sparsity <= 1)) {
    badArgument(`[sparse_] expected a sparsity from 0 to 1, got ${describeValue(sparsity)}`);
  }
  return inPlace("sparse_", tensor, () => {
    const [rows, columns, ...rest] = tensor.shape;
    if (rows === undefined || columns === undefined || rest.length > 0) {
      badArgument(`[sparse_] expected a matrix, got shape [${tensor.shape.join(", ")}]`);
    }
    tensor.normal_(0, std, { generator });
    for (let column = 0; column < columns; column++) {
      const zeros = randperm(rows, { generator }).index(slice(0, Math.ceil(sparsity * rows)));
      tensor.indexPut_([zeros, column], 0);
    }
  });
}
