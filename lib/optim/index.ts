export { Adam, type AdamOptions } from "./adam.js";
export { AdamW } from "./adamw.js";
export { GradScaler, type GradScalerOptions } from "./grad-scaler.js";
export * as lrScheduler from "./lr-scheduler/index.js";
export { Optimizer } from "./optimizer.js";
export type { ParamGroup, ParamGroupInput, ParamList, Params } from "./param-group.js";
export * from "./sam/index.js";
export { SGD, type SGDOptions } from "./sgd.js";
export type { OptimizerState } from "./state-dict.js";
