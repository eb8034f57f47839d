import { native } from "./native.js";

/** A switch of the process that native code holds; what was set last is remembered here. */
function switches<const Names extends Record<string, [flag: string, initial: boolean]>>(
  names: Names,
): { -readonly [K in keyof Names]: boolean } {
  const out = {} as { -readonly [K in keyof Names]: boolean };
  for (const [name, [flag, initial]] of Object.entries(names)) {
    let value = initial;
    Object.defineProperty(out, name, {
      enumerable: true,
      get: () => value,
      set(next: boolean) {
        native.setFlag(flag, next);
        value = next;
      },
    });
  }
  return out;
}

/** `cudnn.benchmark = true` tries each convolution's algorithms once per shape and keeps the fastest. */
export const cudnn = switches({
  enabled: ["cudnnEnabled", true],
  benchmark: ["cudnnBenchmark", false],
  deterministic: ["cudnnDeterministic", false],
  allowTF32: ["cudnnAllowTF32", true],
});

/** `cuda.matmulAllowTF32 = true` lets float32 matrix products use TF32: faster, ten bits of mantissa. */
export const cuda = switches({ matmulAllowTF32: ["cublasAllowTF32", false] });

export const mkldnn = switches({ enabled: ["mkldnnEnabled", true] });

let matrixUnit = process.env.SAM_TORCH_AMX !== "0";
let benchmark = false;
let wideHalf = process.env.SAM_TORCH_WIDE_HALF !== "0";
let winograd = process.env.SAM_TORCH_WINOGRAD !== "0";

/** This library's own CPU kernels; what they do not suit, LibTorch's do. */
export const cpu = {
  /** Batch norm and the ReLU behind it as one kernel inside `Sequential`, in evaluation that of the convolution before; default true. */
  fusedNorm: true,
  /**
   * `Linear`, and the ReLU behind it inside `Sequential`, as one node of autograd; small float32 ones by own matrix products on
   * processors that LibTorch's library does not serve well; default true.
   */
  fusedLinear: true,
  /**
   * A float32 `Linear`'s first gradient of a SAM step as the factors that it is the product of, where the batch has few enough rows: the
   * norm and the second pass come from those, and neither the gradient nor w + eps is ever in memory unless someone asks for it. The same
   * step up to rounding, in about half the time for layers much larger than the batch; default true. Needs `fusedLinear`.
   */
  factoredGradients: true,
  /**
   * 3x3 convolutions of stride 1 on channels-last tensors by Winograd's F(4x4, 3x3); default true, and false where the variable
   * SAM_TORCH_WINOGRAD is 0. In float32 its error is about 2.5 times that of plain sums; in bfloat16 too its sums are float32, but with
   * AMD's AVX512_BF16, where it goes by F(2x2, 3x3) and about doubles the rounding of a result.
   */
  get winograd(): boolean {
    return winograd;
  },
  set winograd(enabled: boolean) {
    native.setWinograd(enabled);
    winograd = enabled;
  },
  /**
   * Convolutions and matrix products (also those inside `linear`, `einsum`, attention) of float16 and bfloat16 in float32 with one
   * rounding at the end, where LibTorch has nothing but plain loops for them on this processor, which take up to three hundred times as
   * long: bfloat16 without AVX-512, products of float16 without AVX512-FP16, float16 convolutions. Also bfloat16 layers that take half
   * the time so. Default true, and false where the variable SAM_TORCH_WIDE_HALF is 0.
   */
  get wideHalf(): boolean {
    return wideHalf;
  },
  set wideHalf(enabled: boolean) {
    native.setWideHalf(enabled);
    wideHalf = enabled;
  },
  /**
   * On processors with a matrix unit (AMX) bfloat16 convolutions on channels-last tensors add a residual in their last step, and their
   * weights' gradient is float32 sums by own kernels. Default true, and false where the variable SAM_TORCH_AMX is 0.
   */
  get matrixUnit(): boolean {
    return matrixUnit;
  },
  set matrixUnit(enabled: boolean) {
    native.setMatrixUnit(enabled ? "on" : "off");
    matrixUnit = enabled;
  },
  /**
   * Measures own convolutions against LibTorch's, forward and both gradients, at the first call of each kind and about each size, three
   * runs of both, and takes LibTorch's where they are 5 % faster; default false. What is chosen can differ from process to process, and
   * with it the last digits; `useDeterministicAlgorithms(true)` turns it off.
   */
  get benchmark(): boolean {
    return benchmark;
  },
  set benchmark(enabled: boolean) {
    native.setBenchmark(enabled);
    benchmark = enabled;
  },
};
