import { AsyncLocalStorage } from "node:async_hooks";
import v8 from "node:v8";
import vm from "node:vm";
import { forgetDead } from "./callbacks.js";
import { native } from "./native.js";
import { isThenable } from "./synchronous.js";
import type { Tensor } from "./tensor.js";
import { words } from "./wire.js";

/**
 * Who frees a tensor, first to last: native steps that make none; `tidy()` and `dispose()`; a sweep under memory pressure,
 * also inside a synchronous loop; the sweep after V8's own collections. See `docs/architecture.md`.
 */
export class Scope {
  readonly tensors: Tensor[] = [];
  /** The scope around this one; what is returned moves there. */
  readonly outer: Scope | null;
  hasEnded = false;

  constructor(outer: Scope | null) {
    this.outer = outer;
  }

  /** The nearest scope around this one that is still open: an asynchronous scope may outlive those around it. */
  get heir(): Scope | null {
    let scope = this.outer;
    while (scope?.hasEnded) scope = scope.outer;
    return scope;
  }
}

let current: Scope | null = null;
let openAsync = 0;
const asyncScope = new AsyncLocalStorage<Scope | null>();

/** The innermost open scope. Asking AsyncLocalStorage costs, so it is asked only while an asynchronous scope is open. */
export function currentScope(): Scope | null {
  return current === null && openAsync > 0 ? storedScope() : current;
}

function storedScope(): Scope | null {
  let scope = asyncScope.getStore() ?? null;
  while (scope?.hasEnded) scope = scope.outer;
  return scope;
}

/** Runs `fn` inside `scope`; `finish` is called when it has ended, also when its promise has. */
export function runInScope<T>(scope: Scope, fn: () => T, finish: (result: T | undefined) => void): T {
  const before = current;
  current = scope;
  openAsync++;
  let result: T;
  try {
    result = asyncScope.run(scope, fn);
  } catch (error) {
    current = before;
    end(scope, undefined, finish);
    throw error;
  }
  current = before;
  if (!isThenable(result)) {
    end(scope, result, finish);
    return result;
  }
  return result.then(
    (value) => {
      end(scope, value as T, finish);
      return value;
    },
    (error) => {
      end(scope, undefined, finish);
      throw error;
    },
  ) as T;
}

function end<T>(scope: Scope, value: T | undefined, finish: (result: T | undefined) => void): void {
  openAsync--;
  scope.hasEnded = true;
  finish(value);
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
 * Frees the tensors that JavaScript has dropped, now. Happens by itself when many tensors, or large ones, have been made.
 *
 * Cheapest first: what V8's own collections have already found; then a minor collection (0.2-0.4 ms), which finds what was
 * made lately; then a full one.
 */
export function collect(full = false): void {
  if (!gcSought) {
    gcSought = true;
    gc = findGc();
  }
  if (!full) {
    native.sweep(false);
    if (native.isCrowded(false)) {
      gc?.({ type: "minor" });
      native.sweep(false);
    }
    if (!native.isCrowded(true)) {
      native.rearm(false);
      return;
    }
  }
  // A graph that goes lets go of functions, which may have been the last to refer to tensors of another graph.
  let rounds = 0;
  do {
    gc?.();
    native.sweep(true);
  } while (forgetDead() && ++rounds < 16);
  native.rearm(true);
}

// When memory has run out, native code asks for everything that can be had before it tries once more.
native.setCollector(() => collect(true));

/** V8's own collections sweep too: this object dies in each, and its finalizer runs on the next turn of the event loop. */
const canaries = new FinalizationRegistry<undefined>(() => {
  native.sweep(true);
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
