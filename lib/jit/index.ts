/*
 * torch.jit: modules of TorchScript, made by Python.
 */

export { freeze, load, optimizeForInference, save } from "./load.js";
export { ScriptModule } from "./script-module.js";
