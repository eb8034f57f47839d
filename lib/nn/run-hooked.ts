import { badArgument } from "../errors.js";
import type { HookHandle } from "../hooks.js";
import { describeValue } from "../ops/describe-value.js";
import { BackwardHooks } from "./backward-hooks.js";
import type { AnyModule } from "./module.js";

type Fn = (...args: never[]) => unknown;
type Hook = (...args: unknown[]) => unknown;

/** The hooks of a module by the method that registers them. */
const REGISTERED_BY = [
  "registerForwardPreHook",
  "registerForwardHook",
  "registerFullBackwardPreHook",
  "registerFullBackwardHook",
] as const;
type RegisteredBy = (typeof REGISTERED_BY)[number];
type Hooks = Readonly<Record<RegisteredBy, Map<number, Hook>>>;

const hooked = new WeakMap<AnyModule, Hooks>();
let nextId = 0;

/**
 * Runs `hook` around a module's `forward`, or in the backward pass of what it gives. The hooks sit on the object itself, over its
 * class's `forward`: they run however `forward` is called, and a module without hooks pays nothing.
 */
export function addModuleHook(module: AnyModule, op: RegisteredBy, hook: Fn): HookHandle {
  if (typeof hook !== "function") badArgument(`[${op}] expected a function, got ${describeValue(hook)}`);
  const hooks = (hooked.get(module) ?? install(module))[op];
  const id = nextId++;
  hooks.set(id, hook as Hook);
  return {
    remove() {
      hooks.delete(id);
    },
  };
}

/** Runs a method that computes what `forward` does, and more, with the module's hooks around it. */
export function runHooked<I extends unknown[], O>(module: AnyModule, forward: (...inputs: I) => O, ...inputs: I): O {
  const hooks = hooked.get(module);
  return hooks === undefined ? forward(...inputs) : (run(module, hooks, forward as Fn, inputs) as O);
}

function run(module: AnyModule, hooks: Hooks, forward: Fn, given: readonly unknown[]): unknown {
  let inputs = given;
  for (const hook of hooks.registerForwardPreHook.values()) {
    const changed = hook(module, inputs);
    if (changed === undefined || changed === null) continue;
    if (!Array.isArray(changed))
      badArgument("[registerForwardPreHook] expected the hook to return a list of inputs or nothing");
    inputs = changed;
  }
  const backward = backwardHooks(module, hooks);
  if (backward !== null) inputs = backward.enter(inputs);
  let output = (forward as Hook).apply(module, [...inputs]);
  for (const hook of hooks.registerForwardHook.values()) output = hook(module, inputs, output) ?? output;
  return backward === null ? output : backward.leave(output);
}

function backwardHooks(module: AnyModule, hooks: Hooks): BackwardHooks | null {
  const { registerFullBackwardPreHook: before, registerFullBackwardHook: after } = hooks;
  return before.size + after.size === 0 ? null : new BackwardHooks(module, before.values(), after.values());
}

function install(module: AnyModule): Hooks {
  const hooks = Object.fromEntries(REGISTERED_BY.map((op) => [op, new Map()])) as Hooks;
  const own = Object.getOwnPropertyDescriptor(module, "forward")?.value as Fn | undefined;
  const forward = own ?? (Object.getPrototypeOf(module).forward as Fn);
  Object.defineProperty(module, "forward", {
    value: (...given: unknown[]) => run(module, hooks, forward, given),
    configurable: true,
    writable: true,
    enumerable: false,
  });
  hooked.set(module, hooks);
  return hooks;
}
