import type { HookHandle } from "../hooks.js";
import type { ModuleGrads } from "./backward-hooks.js";
import type { AnyModule, InputsOf, OutputOf } from "./module.js";
import { addModuleHook } from "./run-hooked.js";

/** What registers the hooks of a {@link Module}. */
export abstract class ModuleHooks {
  /** Calls `hook` before each `forward`; what it returns, if anything, is the list of inputs to use instead. */
  registerForwardPreHook<M extends AnyModule>(
    this: M,
    // biome-ignore lint/suspicious/noConfusingVoidType: a hook that only looks returns nothing
    hook: (module: M, inputs: InputsOf<M>) => Readonly<InputsOf<M>> | void,
  ): HookHandle {
    return addModuleHook(this, "registerForwardPreHook", hook);
  }
  /**
   * Calls `hook` after each `forward`; what it returns, if anything, takes the output's place.
   *
   * @example
   * const hook = model.layer3.registerForwardHook((_, inputs, output) => { features = torch.keep(output); });
   * hook.remove();
   */
  registerForwardHook<M extends AnyModule>(
    this: M,
    // biome-ignore lint/suspicious/noConfusingVoidType: a hook that only looks returns nothing
    hook: (module: M, inputs: InputsOf<M>, output: OutputOf<M>) => OutputOf<M> | void,
  ): HookHandle {
    return addModuleHook(this, "registerForwardHook", hook);
  }
  /**
   * Calls `hook` in each backward pass that goes through the module, once the gradients of its inputs are there. What it returns, if
   * anything, takes their place: a list of as many. Of inputs and outputs those count that are tensors, and the tensors in an array that
   * `forward` gives; for other values there is null, as for outputs that nothing was computed from. The module is given views of its
   * inputs, and gives views: neither may be changed in place. Where no input requires grad, `hook` runs with nulls for their gradients.
   *
   * @throws TorchError `E_ARG`, out of `backward()`, when the hook returns anything else; what the hook throws comes out as it is
   * @see https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.register_full_backward_hook
   *
   * @example
   * model.layer3.registerFullBackwardHook((_, gradInput, [grad]) => { norms.push(grad!.norm().itemNumber()); });
   * model.layer1.registerFullBackwardHook((_, gradInput) => gradInput.map((grad) => grad?.clamp(-1, 1) ?? null));
   */
  registerFullBackwardHook<M extends AnyModule>(
    this: M,
    // biome-ignore lint/suspicious/noConfusingVoidType: a hook that only looks returns nothing
    hook: (module: M, gradInput: ModuleGrads, gradOutput: ModuleGrads) => ModuleGrads | void,
  ): HookHandle {
    return addModuleHook(this, "registerFullBackwardHook", hook);
  }
  /** As {@link registerFullBackwardHook}, before the module's own backward pass: what it returns takes the place of the outputs' gradients. */
  registerFullBackwardPreHook<M extends AnyModule>(
    this: M,
    // biome-ignore lint/suspicious/noConfusingVoidType: a hook that only looks returns nothing
    hook: (module: M, gradOutput: ModuleGrads) => ModuleGrads | void,
  ): HookHandle {
    return addModuleHook(this, "registerFullBackwardPreHook", hook);
  }
}
