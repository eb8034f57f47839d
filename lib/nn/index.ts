/*
 * torch.nn: modules, their parameters and initial values, and the same as functions.
 */

export * as functional from "./functional/index.js";
export * as init from "./init.js";
export * from "./layers/attention.js";
export * from "./layers/batch-norm.js";
export { Conv1d, Conv2d, Conv3d, type ConvOptions, type ConvPaddingMode } from "./layers/conv.js";
export * from "./layers/conv-transpose.js";
export * from "./layers/dropout.js";
export * from "./layers/embedding.js";
export * from "./layers/group-norm.js";
export * from "./layers/instance-norm.js";
export * from "./layers/layer-norm.js";
export * from "./layers/linear.js";
export * from "./layers/loss.js";
export * from "./layers/pooling.js";
export * from "./layers/rectifiers.js";
export * from "./layers/recurrent.js";
export * from "./layers/shape.js";
export * from "./layers/smooth-activations.js";
export * from "./layers/softmax.js";
export { type AnyModule, type InputsOf, Module, type NamedOptions, type OutputOf } from "./module.js";
export { ModuleDict } from "./module-dict.js";
export { ModuleList } from "./module-list.js";
export { Parameter } from "./parameter.js";
export { type NamedModules, Sequential } from "./sequential.js";
export type { FactoryOptions } from "./settings.js";
export type { LoadResult, StateDict } from "./state-dict.js";
export * as utils from "./utils/index.js";
