import { AsyncLocalStorage } from "node:async_hooks";
import v8 from "node:v8";
import vm from "node:vm";
import { native } from "./native.js";
import type { Tensor } from "./tensor.js";
import { words } from "./wire.js";

/**
 * Who frees a tensor, first to last: native steps that make none; `tidy()` and `dispose()`; a sweep under memory pressure,
 * also inside a synchronous loop; the sweep after V8's own collections. See `docs/architecture.md`.
 */
export class Scope {
  readonly tensors: Tensor[] = [];
}

let current: Scope | null = null;
let openAsync = 0;
const asyncScope = new AsyncLocalStorage<Scope | null>();

/** The innermost open scope. Asking AsyncLocalStorage costs, so it is asked only while an asynchronous scope is open. */
export function currentScope(): Scope | null {
  if (current !== null || openAsync === 0) return current;
  return asyncScope.getStore() ?? null;
}

/** Runs `fn` inside `scope`; `finish` is called when it has ended, also when its promise has. */
export function runInScope<T>(scope: Scope, fn: () => T, finish: (result: T | undefined, ok: boolean) => void): T {
  const before = current;
  current = scope;
  openAsync++;
  let result: T;
  try {
    result = asyncScope.run(scope, fn);
  } catch (error) {
    openAsync--;
    current = before;
    finish(undefined, false);
    throw error;
  }
  current = before;
  if (isThenable(result)) {
    const settled = result.then(
      (value) => {
        openAsync--;
        finish(value as T, true);
        return value;
      },
      (error) => {
        openAsync--;
        finish(undefined, false);
        throw error;
      },
    );
    return settled as T;
  }
  openAsync--;
  finish(result, true);
  return result;
}

function isThenable(value: unknown): value is Promise<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

type Gc = (options?: { type?: "minor" | "major" }) => void;

/** V8's collector. It is not reachable by default; a new context made while the flag is on has it. */
function findGc(): Gc | undefined {
  const exposed = (globalThis as { gc?: Gc }).gc;
  if (exposed !== undefined) return exposed;
  try {
    v8.setFlagsFromString("--expose-gc");
    const found = vm.runInNewContext("gc") as Gc | undefined;
    v8.setFlagsFromString("--no-expose-gc");
    return found;
  } catch {
    return undefined;
  }
}

let gc: Gc | undefined;
let gcSought = false;

/**
 * Frees the tensors that JavaScript has dropped, now. Happens by itself under memory pressure.
 * A minor collection takes 0.2-0.4 ms and finds what was made lately; only if that frees little, a full one follows.
 */
export function collect(full = false): void {
  if (!gcSought) {
    gcSought = true;
    gc = findGc();
  }
  const before = native.allocatedBytes();
  if (!full) {
    gc?.({ type: "minor" });
    native.sweep();
  }
  if (full || native.allocatedBytes() > before * 0.8) {
    gc?.();
    native.sweep();
  }
  native.rearm();
}

/** V8's own collections sweep too: this object dies in each, and its finalizer runs on the next turn of the event loop. */
const canaries = new FinalizationRegistry<undefined>(() => {
  native.sweep();
  plantCanary();
});
function plantCanary(): void {
  canaries.register({}, undefined);
}
plantCanary();

/** Frees many tensors with few calls. */
export function disposeHandles(handles: readonly number[]): void {
  for (let start = 0; start < handles.length; start += words.length) {
    const count = Math.min(words.length, handles.length - start);
    for (let i = 0; i < count; i++) words[i] = handles[start + i]!;
    native.disposeMany(count);
  }
}
