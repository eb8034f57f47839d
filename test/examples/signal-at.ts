/*
 * Loaded before a training program: sends its process a signal at a given moment, which from outside could not be hit.
 * SIGNAL_AT is "SIGINT step 8" (after the eighth training step of the process; it is noticed in the next steps, as one from outside)
 * or "SIGTERM eval 2" (at the start of the second validation; delivered at once, because a short validation could end before).
 */
import { Log } from "../../lib/train/log.js";

const [signal, what, count] = (process.env.SIGNAL_AT ?? "").split(" ") as [NodeJS.Signals, "step" | "eval", string];
const { step, eval: evaluate, train } = Log.prototype;
let training = true;
const seen = { step: 0, eval: 0 };

function happened(which: "step" | "eval"): void {
  if (++seen[which] !== Number(count) || which !== what) return;
  if (which === "step") process.kill(process.pid, signal);
  else process.emit(signal, signal);
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
