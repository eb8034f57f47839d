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

const hooks = new Map<number, Hook>();
let nextId = 1;
let ready = false;

/** Registers a gradient hook on the tensor behind `handle`. The function is forgotten when the graph that holds it goes. */
export function addHook(handle: Handle, hook: Hook): HookHandle {
  if (typeof hook !== "function") badArgument(`[registerHook] expected a function, got ${typeof hook}`);
  if (!ready) {
    ready = true;
    native.setHookRunner((id, grad) => {
      const given = wrap(grad);
      const result = hooks.get(id)?.(given);
      if (result === undefined || result === null) return 0;
      if (!isTensor(result)) badArgument("[registerHook] expected the hook to return a tensor or nothing");
      return handleOf(result);
    });
  }
  for (const dead of native.drainDeadHooks()) hooks.delete(dead);
  const id = nextId++;
  hooks.set(id, hook);
  const position = native.registerHook(handle, id);
  return {
    remove() {
      if (hooks.delete(id) && native.alive(handle)) native.removeHook(handle, position);
    },
  };
}
