export {
  type AverageFunction,
  getEmaAvgFn,
  getEmaMultiAvgFn,
  getSwaAvgFn,
  getSwaMultiAvgFn,
  type MultiAverageFunction,
} from "./average-functions.js";
export { AveragedModel, type AveragedModelOptions } from "./averaged-model.js";
export { SWALR, type SWALROptions } from "./swa-lr.js";
export { updateBn } from "./update-bn.js";
