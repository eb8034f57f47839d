import { TorchError } from "../errors.js";
import { openCudaModule } from "../native.js";
import { Operator } from "../ops/operator.js";

let problem: TorchError | null | undefined;

/** Opens `sam_torch_cuda.node` the first time, whose operators are then in LibTorch's dispatcher. */
function open(): void {
  if (problem === undefined) {
    const found = openCudaModule();
    problem = found === null ? null : new TorchError("E_LOAD", `[cuda] ${found.message}`, found.help);
  }
  if (problem !== null) throw problem;
}

/** Whether this library's own CUDA kernels and CUDA graphs are there. Without them CUDA works through LibTorch's operators alone. */
export function hasCudaModule(): boolean {
  try {
    open();
    return true;
  } catch {
    return false;
  }
}

/** An operator of the CUDA module; the module is opened when it is first called. */
export function cudaOperator<F extends (...args: never[]) => unknown>(name: string): F {
  const operator = new Operator(`cuda.${name}`, `sam_torch::${name}`);
  return ((...args: unknown[]) => {
    if (problem !== null) open();
    return operator.call(args);
  }) as unknown as F;
}
