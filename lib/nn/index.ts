/*
 * torch.nn: modules, their parameters and initial values, and the same as functions.
 */

export type { ModuleGrads } from "./backward-hooks.js";
export type { ModuleToOptions } from "./convert-module.js";
export * as functional from "./functional/index.js";
export * as init from "./init.js";
export * from "./layers/adaptive-log-softmax.js";
export * from "./layers/attention.js";
export * from "./layers/batch-norm.js";
export { Conv1d, Conv2d, Conv3d, type ConvOptions, type ConvPaddingMode } from "./layers/conv.js";
export * from "./layers/conv-transpose.js";
export * from "./layers/distance.js";
export * from "./layers/dropout.js";
export * from "./layers/embedding.js";
export * from "./layers/fold.js";
export * from "./layers/fractional-max-pool.js";
export * from "./layers/group-norm.js";
export * from "./layers/instance-norm.js";
export * from "./layers/layer-norm.js";
export * from "./layers/likelihood-loss.js";
export * from "./layers/linear.js";
export * from "./layers/local-response-norm.js";
export * from "./layers/loss.js";
export * from "./layers/lp-pool.js";
export * from "./layers/margin-loss.js";
export * from "./layers/max-unpool.js";
export * from "./layers/padding.js";
export * from "./layers/pooling.js";
export * from "./layers/rectifiers.js";
export * from "./layers/recurrent.js";
export * from "./layers/recurrent-cell.js";
export * from "./layers/shape.js";
export * from "./layers/smooth-activations.js";
export * from "./layers/softmax.js";
export {
  type EncoderCallOptions,
  Transformer,
  type TransformerCallOptions,
  TransformerDecoder,
  TransformerEncoder,
  type TransformerOptions,
} from "./layers/transformer.js";
export {
  type DecoderCallOptions,
  type EncoderLayerCallOptions,
  type TransformerActivation,
  TransformerDecoderLayer,
  TransformerEncoderLayer,
  type TransformerLayerOptions,
} from "./layers/transformer-layer.js";
export { type AnyModule, type InputsOf, Module, type NamedOptions, type OutputOf } from "./module.js";
export { ModuleDict } from "./module-dict.js";
export { ModuleList } from "./module-list.js";
export { Parameter } from "./parameter.js";
export { ParameterDict } from "./parameter-dict.js";
export { ParameterList } from "./parameter-list.js";
export { type NamedModules, Sequential } from "./sequential.js";
export type { FactoryOptions } from "./settings.js";
export type { LoadResult, StateDict } from "./state-dict.js";
export * as utils from "./utils/index.js";
