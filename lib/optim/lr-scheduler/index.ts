export { ChainedScheduler } from "./chained-scheduler.js";
export { ConstantLR } from "./constant-lr.js";
export { CosineAnnealingLR } from "./cosine-annealing-lr.js";
export { CosineAnnealingWarmRestarts } from "./cosine-annealing-warm-restarts.js";
export { CyclicLR, type CyclicOptions } from "./cyclic-lr.js";
export { ExponentialLR } from "./exponential-lr.js";
export { LambdaLR, type LrLambda } from "./lambda-lr.js";
export { LinearLR } from "./linear-lr.js";
export {
  LRScheduler,
  type Now,
  type Scheduled,
  type ScheduledGroup,
  type Scheduler,
  type SchedulerState,
} from "./lr-scheduler.js";
export { MultiStepLR } from "./multi-step-lr.js";
export { MultiplicativeLR } from "./multiplicative-lr.js";
export { OneCycleLR, type OneCycleOptions } from "./one-cycle-lr.js";
export { PolynomialLR } from "./polynomial-lr.js";
export { type PlateauOptions, ReduceLROnPlateau } from "./reduce-lr-on-plateau.js";
export { SequentialLR } from "./sequential-lr.js";
export { StepLR } from "./step-lr.js";
export { ThreeDropLR } from "./three-drop-lr.js";
