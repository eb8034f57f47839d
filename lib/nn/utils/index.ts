export { type ClipGradNormOptions, clipGradNorm_ } from "./clip-grad-norm.js";
export { clipGradValue_ } from "./clip-grad-value.js";
export { fuseConvBnWeights, fuseLinearBnWeights } from "./fuse-bn.js";
export { fuseConvBnEval, fuseLinearBnEval } from "./fuse-eval.js";
export { parametersToVector, vectorToParameters } from "./parameters-to-vector.js";
export * as rnn from "./rnn.js";
export { clipGradsWithNorm_, getTotalNorm } from "./total-norm.js";
