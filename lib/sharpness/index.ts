export {
  type EigenvalueOptions,
  hessianEigenvalues,
  hessianTrace,
  hessianVectorProduct,
  type TraceOptions,
} from "./hessian.js";
export { lossSurface, type Surface, type SurfaceOptions } from "./loss-surface.js";
export type { Problem } from "./problem.js";
export {
  mSharpness,
  type NeighbourhoodOptions,
  type Sharpness,
  type WorstCaseOptions,
  worstCase,
} from "./worst-case.js";
