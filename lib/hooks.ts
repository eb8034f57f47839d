import { forget, hold } from "./callbacks.js";
import { badArgument } from "./errors.js";
import { type Handle, native } from "./native.js";
import type { Tensor } from "./tensor.js";
import { handleOf, isTensor, wrap } from "./tensor-base.js";

/** Takes a hook off again. */
export interface HookHandle {
  remove(): void;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a hook that only looks returns nothing
export type Hook = (grad: Tensor) => Tensor | undefined | void;

/** Registers a gradient hook on the tensor behind `handle`. The function is forgotten when the graph that holds it goes. */
export function addHook(handle: Handle, hook: Hook): HookHandle {
  if (typeof hook !== "function") badArgument(`[registerHook] expected a function, got ${typeof hook}`);
  const id = hold((grad: Handle) => {
    const result = hook(wrap(grad));
    if (result === undefined || result === null) return 0;
    if (!isTensor(result)) badArgument("[registerHook] expected the hook to return a tensor or nothing");
    return handleOf(result);
  });
  const position = orForget(id, () => native.registerHook(handle, id));
  return {
    remove() {
      if (forget(id) && native.alive(handle)) native.removeHook(handle, position);
    },
  };
}

/** Registers what runs after each accumulation into the gradient of the leaf behind `handle`. */
export function addPostAccumulateGradHook(handle: Handle, hook: (leaf: Tensor) => void): HookHandle {
  if (typeof hook !== "function") {
    badArgument(`[registerPostAccumulateGradHook] expected a function, got ${typeof hook}`);
  }
  const id = hold((leaf: Handle) => void hook(wrap(leaf)));
  orForget(id, () => native.registerPostAccumulateGradHook(handle, id));
  return {
    remove() {
      if (forget(id) && native.alive(handle)) native.removePostAccumulateGradHook(handle, id);
    },
  };
}

function orForget<T>(id: number, register: () => T): T {
  try {
    return register();
  } catch (error) {
    forget(id);
    throw error;
  }
}
