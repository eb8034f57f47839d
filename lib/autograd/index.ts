export {
  backward,
  detectAnomaly,
  enableGrad,
  type GradOptions,
  grad,
  inferenceMode,
  isGradEnabled,
  noGrad,
  setGradEnabled,
} from "../autograd.js";
export * as forwardAd from "./forward-ad.js";
export { CustomFunction as Function, type Gradients, onceDifferentiable } from "./function.js";
export { FunctionContext } from "./function-context.js";
export * as functional from "./functional.js";
export { type Checked, type GradcheckOptions, gradcheck, gradgradcheck } from "./gradcheck.js";
export * as graph from "./graph.js";
