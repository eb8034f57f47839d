import { native } from "./native.js";

/**
 * The functions and values that graphs hold: hooks, custom functions, what hooks on saved tensors made. Native code knows them
 * by number and reports when the last owner of a number is gone; see `native/core/callbacks.h`.
 */
const held = new Map<number, unknown>();
let nextId = 1;

type Callback = (...given: unknown[]) => unknown;

// A hook that was removed while its pass ran is no longer there.
native.setCallbackRunner((id, ...given) => (held.get(id) as Callback | undefined)?.(...given));

/** Keeps a value for native code to own: until `forgetDead()` hears that nothing owns it any more, or `forget()`. */
export function hold(value: unknown): number {
  forgetDead();
  const id = nextId++;
  held.set(id, value);
  return id;
}

export const heldValue = (id: number): unknown => held.get(id);
export const forget = (id: number): boolean => held.delete(id);

/** Lets go of what no graph holds any more, and says whether there was any. */
export function forgetDead(): boolean {
  if (held.size === 0) return false;
  const dead = native.drainDeadCallbacks();
  for (const id of dead) held.delete(id);
  return dead.length > 0;
}
