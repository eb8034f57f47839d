import { forget, heldValue, hold } from "../callbacks.js";
import { badArgument } from "../errors.js";
import { type Handle, native } from "../native.js";
import { synchronous } from "../synchronous.js";
import type { Tensor } from "../tensor.js";
import { handleOf, isTensor, wrap } from "../tensor-base.js";

/** @internal What unpacking is told besides the packed value. */
export interface Unpacking {
  /** Of the backward pass that asks, or -1 outside of one. */
  readonly task: number;
  /** Whether the pass leaves the graph for another one. */
  readonly keepsGraph: boolean;
}

/** @internal Hooks as checkpointing needs them: unpack may give the tensor away, so that only the graph holds it then. */
export interface SavedTensorHooks<P> {
  pack(tensor: Tensor): P;
  unpack(packed: P, how: Unpacking): { tensor: Tensor; isGivenAway: boolean };
}

const open: SavedTensorHooks<unknown>[] = [];
/** @internal The hooks that a tensor saved now would go through. */
export const currentSavedTensorHooks = (): SavedTensorHooks<unknown> | undefined => open.at(-1);

/** @internal */
export function withSavedTensorHooks<P, T>(hooks: SavedTensorHooks<P>, fn: () => T): T {
  const pack = hold((tensor: Handle) => hold(hooks.pack(wrap(tensor))));
  const unpack = hold((id: number, task: number, keepsGraph: boolean) => {
    const { tensor, isGivenAway } = hooks.unpack(heldValue(id) as P, { task, keepsGraph });
    if (!isTensor(tensor)) badArgument("[savedTensorsHooks] expected unpack to return a tensor");
    return isGivenAway ? -handleOf(tensor) : handleOf(tensor);
  });
  native.pushSavedTensorsHooks(pack, unpack);
  open.push(hooks as SavedTensorHooks<unknown>);
  try {
    return fn();
  } finally {
    open.pop();
    native.popSavedTensorsHooks();
    forget(pack);
  }
}

/**
 * Runs `fn` with `pack` called for every tensor that the graph saves for backward, and `unpack` with what it returned when
 * backward needs the tensor: for keeping them in other precision, on another device or on disk.
 *
 * The hooks of the innermost call count; `fn` must not be async. `unpack` must give a tensor of the same
 * shape, dtype and device, and neither may change a tensor in place.
 *
 * Source: https://docs.pytorch.org/docs/stable/autograd.html#torch.autograd.graph.saved_tensors_hooks
 *
 * @throws TorchError `E_ARG` when `fn` gives a promise
 *
 * @example
 * const loss = torch.autograd.graph.savedTensorsHooks(
 *   (x) => ({ on: x.device, copy: x.detach().cpu() }),
 *   ({ on, copy }) => copy.to(on),
 *   () => model.forward(input).sum(),
 * );
 */
export function savedTensorsHooks<P, T>(pack: (tensor: Tensor) => P, unpack: (packed: P) => Tensor, fn: () => T): T {
  const hooks: SavedTensorHooks<P> = { pack, unpack: (packed) => ({ tensor: unpack(packed), isGivenAway: false }) };
  return synchronous("savedTensorsHooks", withSavedTensorHooks(hooks, fn));
}
