export {
  AveragedModel,
  type AveragedModelOptions,
  type AverageFunction,
  getEmaAvgFn,
  getSwaAvgFn,
} from "./averaged-model.js";
export { SWALR, type SWALROptions } from "./swa-lr.js";
export { updateBn } from "./update-bn.js";
