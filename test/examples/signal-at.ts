/*
 * Loaded before a training program: sends its process a signal at a given moment, which from outside could not be hit.
 * SIGNAL_AT is "SIGINT step 8" (after the eighth training step of the process; it is noticed in the next steps, as one from outside)
 * or "SIGTERM eval 2" (at the start of the second validation; delivered at once, because a short validation could end before)
 * or "SIGTERM backward 16" (in the closure of the sixteenth backward pass: with SAM, the second of step 8).
 */
import { Tensor } from "../../lib/tensor.js";
import { Log } from "../../lib/train/log.js";

const [signal, what, count] = (process.env.SIGNAL_AT ?? "").split(" ") as [
  NodeJS.Signals,
  "step" | "eval" | "backward",
  string,
];
const { step, eval: evaluate, train } = Log.prototype;
let training = true;
const { backward } = Tensor.prototype;
const seen = { step: 0, eval: 0, backward: 0 };

function happened(which: "step" | "eval" | "backward"): void {
  if (++seen[which] !== Number(count) || which !== what) return;
  if (which === "eval") process.emit(signal, signal);
  else process.kill(process.pid, signal);
}

Log.prototype.step = function (...args) {
  step.apply(this, args);
  if (training) happened("step");
};
Log.prototype.eval = function (steps) {
  evaluate.call(this, steps);
  training = false;
  happened("eval");
};
Log.prototype.train = function (steps) {
  training = true;
  train.call(this, steps);
};
Tensor.prototype.backward = function (...args: unknown[]) {
  (backward as (...args: unknown[]) => void).apply(this, args);
  happened("backward");
};
