/** Helpers for training programs: `torch.train.Log`, `torch.train.Checkpoint` and their like. */
export { type AccuracyOptions, accuracy, correct } from "./accuracy.js";
export { Average, type Metric } from "./average.js";
export { type Best, BestMeter } from "./best-meter.js";
export { Checkpoint, type CheckpointParts, type Stateful, type StatefulGenerator } from "./checkpoint.js";
export {
  type CommandLine,
  commandLine,
  helpText,
  type OptionTable,
  type OptionValues,
  parseCommandLine,
} from "./command-line.js";
export { formatDuration } from "./format-duration.js";
export { JsonLines } from "./json-lines.js";
export { LoadingBar } from "./loading-bar.js";
export { Log, type LogOptions, type LogState, type StepOptions } from "./log.js";
export { type Interrupt, onInterrupt } from "./on-interrupt.js";
export { choice, decimal, flag, integer, type Option, text } from "./options.js";
export type { TextStream } from "./quiet-stream.js";
