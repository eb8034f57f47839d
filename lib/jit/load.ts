import fs from "node:fs";
import { type Device, parseDevice } from "../device.js";
import { badArgument, TorchError } from "../errors.js";
import { describeSystemError } from "../io/system-error.js";
import { native } from "../native.js";
import { describeValue } from "../ops/describe-value.js";
import { settings } from "../options.js";
import type { Tensor } from "../tensor.js";
import { ScriptModule } from "./script-module.js";

/**
 * Loads a module that Python saved by `torch.jit.save`. It is a program: load only what you trust.
 *
 * @param source a path, or the bytes of such a file
 * @param options.device where its tensors go; by default where they were when it was saved
 * @throws TorchError `E_DATA` for a file that is missing, truncated, damaged or of another format, or uses operators that are
 * not registered; `E_DEVICE` for a device that is not there
 *
 * @example
 * const model = torch.jit.load("resnet.pt");
 * model.eval().forward(torch.randn([1, 3, 32, 32]));
 * const pair = torch.jit.load<[torch.Tensor, number], [torch.Tensor, torch.Tensor]>("pair.pt", { device: "cuda" });
 */
export function load<Inputs extends readonly unknown[] = [Tensor], Output = Tensor>(
  source: string | Uint8Array,
  options?: { device?: Device },
): ScriptModule<Inputs, Output> {
  const { device } = settings("jit.load", { device: undefined as Device | undefined }, options);
  if (typeof source === "string") checkFile(source);
  else if (!(source instanceof Uint8Array))
    badArgument(`[jit.load] expected a path or bytes, got ${describeValue(source)}`);
  const { type, index } = device === undefined ? { type: -1, index: -1 } : parseDevice(device);
  return new ScriptModule<Inputs, Output>(native.jitLoad(source, type, index));
}

function checkFile(path: string): void {
  try {
    fs.accessSync(path, fs.constants.R_OK);
    if (fs.statSync(path).isFile()) return;
  } catch (error) {
    throw describeSystemError(error, "E_DATA", "jit.load", `read ${path}`);
  }
  throw new TorchError("E_DATA", `[jit.load] expected a file, got the directory or device ${path}`);
}

/** {@link ScriptModule.save}. */
export function save(module: ScriptModule<never[], unknown>, path: string): void {
  if (!(module instanceof ScriptModule)) {
    badArgument(
      `[jit.save] expected a ScriptModule, got ${describeValue(module)}`,
      "torch.save(model.stateDict(), path) saves the weights of other modules",
    );
  }
  module.save(path);
}

function expectScript(op: string, module: unknown): void {
  if (!(module instanceof ScriptModule)) badArgument(`[${op}] expected a ScriptModule, got ${describeValue(module)}`);
}

/**
 * A copy of a module in evaluation mode whose weights are constants of its program: faster, and no longer trainable.
 *
 * @param options.preservedAttrs methods and attributes to keep besides `forward`
 *
 * @example
 * const frozen = torch.jit.freeze(model.eval());
 */
export function freeze<Inputs extends readonly unknown[], Output>(
  module: ScriptModule<Inputs, Output>,
  options?: { preservedAttrs?: readonly string[] },
): ScriptModule<Inputs, Output> {
  const { preservedAttrs } = settings("jit.freeze", { preservedAttrs: [] as readonly string[] }, options);
  expectScript("jit.freeze", module);
  return module._frozen(preservedAttrs, false);
}

/** {@link freeze}, and changes for speed on this machine: convolutions with their batch norms in them, MKL-DNN's layouts. */
export function optimizeForInference<Inputs extends readonly unknown[], Output>(
  module: ScriptModule<Inputs, Output>,
  options?: { otherMethods?: readonly string[] },
): ScriptModule<Inputs, Output> {
  const { otherMethods } = settings("jit.optimizeForInference", { otherMethods: [] as readonly string[] }, options);
  expectScript("jit.optimizeForInference", module);
  return module._frozen(otherMethods, true);
}
