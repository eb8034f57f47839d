import { badArgument } from "../errors.js";
import type { HookHandle } from "../hooks.js";
import type { AnyModule } from "./module.js";

type Fn = (...args: unknown[]) => unknown;
interface Hooks {
  readonly before: Map<number, Fn>;
  readonly after: Map<number, Fn>;
}

const hooked = new WeakMap<AnyModule, Hooks>();
let nextId = 0;

/**
 * Runs `hook` around a module's `forward`. The hooks sit on the object itself, over its class's `forward`: they run however
 * `forward` is called, and a module without hooks pays nothing.
 */
export function addForwardHook(module: AnyModule, when: keyof Hooks, hook: Fn): HookHandle {
  if (typeof hook !== "function") badArgument(`[registerForwardHook] expected a function, got ${typeof hook}`);
  const hooks = hooked.get(module) ?? install(module);
  const id = nextId++;
  hooks[when].set(id, hook);
  return {
    remove() {
      hooks[when].delete(id);
    },
  };
}

function install(module: AnyModule): Hooks {
  const hooks: Hooks = { before: new Map(), after: new Map() };
  const own = Object.getOwnPropertyDescriptor(module, "forward")?.value as Fn | undefined;
  const forward = own ?? (Object.getPrototypeOf(module).forward as Fn);
  const hookedForward: Fn = (...given) => {
    let inputs = given;
    for (const hook of hooks.before.values()) {
      const changed = hook(module, inputs);
      if (changed === undefined || changed === null) continue;
      if (!Array.isArray(changed))
        badArgument("[registerForwardPreHook] expected the hook to return a list of inputs or nothing");
      inputs = changed;
    }
    let output = forward.apply(module, inputs);
    for (const hook of hooks.after.values()) output = hook(module, inputs, output) ?? output;
    return output;
  };
  Object.defineProperty(module, "forward", {
    value: hookedForward,
    configurable: true,
    writable: true,
    enumerable: false,
  });
  hooked.set(module, hooks);
  return hooks;
}
