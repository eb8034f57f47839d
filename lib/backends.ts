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
