import { TorchError } from "../errors.js";

/** Why these operations cannot be part of a graph; by the name that stands in brackets before their errors. */
const REASONS: Record<string, string> = {
  item: "it brings a number to the host, and during a capture there is none yet",
  data: "it brings values to the host, and during a capture there are none yet",
  nonzero: "the shape of its result depends on values",
  masked_select: "the shape of its result depends on values",
  unique: "the shape of its result depends on values",
  _unique2: "the shape of its result depends on values",
  unique_consecutive: "the shape of its result depends on values",
  unique_dim: "the shape of its result depends on values",
  repeat_interleave: "the shape of its result depends on values, unless outputSize is given",
  bincount: "the shape of its result depends on values",
  _local_scalar_dense: "it brings a number to the host, and during a capture there is none yet",
  equal: "it brings its answer to the host, and during a capture there is none yet",
  index: "an index with a mask has a shape that depends on values",
  multinomial: "it checks probabilities on the host",
  _to_copy: "it copies between host and device, which waits for the device",
  to: "it copies between host and device, which waits for the device",
  copy_: "it copies between host and device, which waits for the device",
};

/**
 * The error for a closure that could not be captured: which operation, and why.
 *
 * @param owner what was called, such as `cuda.graph`
 */
export function captureError(owner: string, error: unknown): TorchError {
  const text = error instanceof Error ? error.message : String(error);
  const operation = /^\[([^\]]+)\]/.exec(text)?.[1];
  const first = text.split("\n", 1)[0]!;
  const why = (operation !== undefined && REASONS[operation]) || first.replace(/^\[[^\]]+\] /, "");
  const what = operation === undefined ? "an operation" : operation;
  const help =
    (error instanceof TorchError && error.code === "E_STATE" ? error.help : undefined) ??
    "move it out of the closure, compute it on the device, or step without a graph";
  return new TorchError(
    error instanceof TorchError && error.code === "E_OOM" ? "E_OOM" : "E_STATE",
    `[${owner}] expected operations that a CUDA graph can hold, got ${what}: ${why}`,
    help,
    { cause: error },
  );
}
