import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { checkOptions, type Defaults } from "../options.js";
import type { Metric } from "./average.js";
import { type Best, BestMeter } from "./best-meter.js";
import type { JsonLines } from "./json-lines.js";
import { LoadingBar } from "./loading-bar.js";
import { LogPhase, type LogPhaseState } from "./log-phase.js";
import {
  BAR_LENGTH,
  type LogMetrics,
  type LogRow,
  liveRow,
  plainLine,
  TABLE_WIDTH,
  tableFooter,
  tableHeader,
  tableRow,
} from "./log-table.js";
import { type TextStream, writeQuietly } from "./quiet-stream.js";

/** What {@link Log} may be told. */
export interface LogOptions {
  /** The live line is drawn anew after so many steps, or after a second. Default 10. */
  logEach?: number;
  /** One JSON record per epoch goes here too. */
  records?: JsonLines;
  /** Default `process.stdout`. */
  stream?: TextStream;
  /** Default `process.env`: `NO_COLOR` and `TERM=dumb` are honoured. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds on any clock that only goes forward. */
  now?: () => number;
}

/** What comes with a step besides loss and accuracy. */
export interface StepOptions {
  learningRate?: number;
  /** Samples in the batch. By default as many as the accuracy or the loss has elements. */
  count?: number;
}

const LOG: Defaults<LogOptions> = { logEach: 10, records: null, stream: null, env: null, now: null };
const STEP: Defaults<StepOptions> = { learningRate: null, count: null };

/** Drawing more often than this is work that nobody sees. */
const LEAST_MS = 50;
const MOST_MS = 1000;

/** A {@link Log} in a checkpoint. */
export interface LogState {
  epoch: number;
  best: Best | null;
  /** The epoch that was running, or null between two. Validation begins again from its start. */
  train: (LogPhaseState & { steps?: number; seconds: number; learningRate: number | null }) | null;
}

/**
 * The table of a training run: one row per epoch with training loss and accuracy, learning rate, time, and validation loss and
 * accuracy; a star marks a new best accuracy.
 *
 * On a terminal the row of the running epoch is live, with a loading bar. Elsewhere, and on terminals too narrow for the table,
 * each epoch is one plain line. Losses and accuracies may be tensors; they are read only when a line is drawn.
 *
 * @example
 * const log = new Log();
 * for (let epoch = 0; epoch < 10; epoch++) {
 *   log.train(trainLoader.length);
 *   for await (const [x, y] of trainLoader) log.step(loss, correct(logits, y), { learningRate: scheduler.getLastLr()[0] });
 *   log.eval(testLoader.length);
 *   for await (const [x, y] of testLoader) log.step(loss, correct(logits, y));
 * }
 * log.close();
 */
export class Log {
  /** The epoch that runs or ran last, from 0; -1 before the first. */
  epoch = -1;
  readonly #best = new BestMeter();
  readonly #bar = new LoadingBar(BAR_LENGTH);
  readonly #stream: TextStream;
  readonly #records: JsonLines | undefined;
  readonly #now: () => number;
  readonly #logEach: number;
  readonly #isLive: boolean;
  readonly #color: boolean;
  #train: LogPhase | undefined;
  #valid: LogPhase | undefined;
  #startedAt = 0;
  #trainSeconds = 0;
  #learningRate: number | undefined;
  #drawnAt = 0;
  #headerShown = false;
  #hasLiveLine = false;
  /** What a checkpoint left of an epoch that nothing was done with since: some of its training steps, or all. */
  #loaded: "part" | "whole" | undefined;
  /** The epoch after a whole one that was loaded, until it shows that train() did not mean that one again. */
  #next: { readonly train: LogPhase; readonly at: number } | undefined;

  constructor(options: LogOptions = {}) {
    checkOptions("Log", options, LOG);
    const { logEach = 10, records, stream = process.stdout, env = process.env } = options;
    const { now = () => performance.now() } = options;
    if (!(Number.isInteger(logEach) && logEach > 0)) {
      badArgument(`[Log] expected logEach >= 1, got ${describeValue(logEach)}`);
    }
    this.#logEach = logEach;
    this.#records = records;
    this.#stream = stream;
    this.#now = now;
    this.#isLive = stream.isTTY === true && env.TERM !== "dumb";
    this.#color = this.#isLive && (env.NO_COLOR ?? "") === "";
  }

  /** The highest validation accuracy so far. */
  get best(): Best | undefined {
    return this.#best.best;
  }

  /**
   * Begins an epoch of `steps` training steps; goes on with it if a checkpoint came from its middle. After a checkpoint from the end
   * of its training the first step tells whether it is the next epoch: a program that has no batch left of its epoch comes here too.
   */
  train(steps: number): void {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    if (loaded === "part") this.#train!.steps = steps;
    else if (loaded === "whole") this.#next = { train: new LogPhase(steps), at: this.#now() };
    else this.#begin(new LogPhase(steps), this.#now());
    this.#valid = undefined;
    this.#drawnAt = Number.NEGATIVE_INFINITY; // the first step draws, so that a user sees life
    if (!this.#headerShown && this.#isTable()) this.#print(`${tableHeader()}\n`);
    this.#headerShown = true;
  }

  /** Begins the validation of this epoch, of `steps` steps. Its row is finished after the last one. */
  eval(steps: number): void {
    if (this.#train === undefined) badArgument("[Log] expected train() before eval()");
    this.#loaded = undefined;
    this.#next = undefined;
    this.#trainSeconds = this.#elapsed();
    this.#valid = new LogPhase(steps);
    this.#drawnAt = Number.NEGATIVE_INFINITY;
    this.#draw(true);
  }

  /** Counts one step of the phase that runs. */
  step(loss: Metric, accuracy?: Metric, options?: StepOptions): void {
    checkOptions("Log.step", options, STEP);
    this.#loaded = undefined;
    if (this.#next !== undefined) this.#begin(this.#next.train, this.#next.at);
    const phase = this.#valid ?? this.#train;
    if (phase === undefined) badArgument("[Log] expected train() or eval() before step()");
    phase.add(loss, accuracy, options?.count);
    if (options?.learningRate !== undefined) this.#learningRate = options.learningRate;
    if (phase === this.#valid && phase.isComplete) this.flush();
    else this.#draw(phase.step % this.#logEach === 0);
  }

  /** Finishes the row of this epoch now; without one it does nothing. */
  flush(): void {
    const row = this.#finishedRow();
    if (row === undefined) return;
    this.#print(`${this.#isTable() ? tableRow(row, this.#color) : plainLine(row)}\n`);
    this.#record(row, "epoch");
    this.#train = undefined;
    this.#valid = undefined;
  }

  /** Prints a line of text without tearing the table. */
  note(text: string): void {
    this.#print(`${text}\n`);
  }

  /** Finishes the last row and the table. An epoch that was left in its middle gets a line that says so. */
  close(): void {
    const phase = this.#valid ?? this.#train;
    if (phase !== undefined && !phase.isComplete && this.#loaded === undefined) this.#stop(phase);
    else this.flush();
    if (!this.#headerShown || !this.#isLive) return;
    this.#headerShown = false;
    if (this.#isTable()) this.#print(`${tableFooter()}\n`);
    const best = this.#best.best;
    if (best !== undefined) this.#print(`best accuracy ${(100 * best.value).toFixed(2)} % in epoch ${best.epoch}\n`);
  }

  /** What a resumed run needs to go on with this table, in the middle of an epoch too. */
  stateDict(): LogState {
    const train = this.#train && {
      ...this.#train.stateDict(),
      steps: this.#train.steps,
      seconds: this.#valid === undefined ? this.#elapsed() : this.#trainSeconds,
      learningRate: this.#learningRate ?? null,
    };
    return { epoch: this.epoch, ...this.#best.stateDict(), train: train ?? null };
  }

  loadStateDict(state: LogState): void {
    if (!Number.isInteger(state?.epoch)) badArgument(`[Log] expected the state of a log, got ${JSON.stringify(state)}`);
    this.#best.loadStateDict(state);
    this.epoch = state.epoch;
    this.#train = undefined;
    this.#valid = undefined;
    const running = state.train ?? undefined;
    this.#loaded = undefined;
    this.#next = undefined;
    if (running === undefined) return;
    this.#train = new LogPhase(running.steps ?? Number.MAX_SAFE_INTEGER);
    this.#train.loadStateDict(running);
    this.#loaded = this.#train.isComplete ? "whole" : "part";
    this.#learningRate = running.learningRate ?? undefined;
    this.#startedAt = this.#now() - 1000 * running.seconds;
  }

  #begin(train: LogPhase, at: number): void {
    this.flush();
    this.epoch++;
    this.#train = train;
    this.#next = undefined;
    this.#learningRate = undefined;
    this.#startedAt = at;
    this.#drawnAt = Number.NEGATIVE_INFINITY;
  }

  #elapsed(): number {
    return (this.#now() - this.#startedAt) / 1000;
  }

  #isTable(): boolean {
    return this.#isLive && (this.#stream.columns ?? TABLE_WIDTH) >= TABLE_WIDTH;
  }

  /** Writes over the live line, if there is one. */
  #print(text: string): void {
    writeQuietly(this.#stream, this.#hasLiveLine ? `\r\x1b[K${text}` : text);
    this.#hasLiveLine = false;
  }

  #draw(isDue: boolean): void {
    if (!this.#isLive) return;
    const now = this.#now();
    const since = now - this.#drawnAt;
    if (since < LEAST_MS || !(isDue || since >= MOST_MS)) return;
    this.#drawnAt = now;
    const phase = this.#valid ?? this.#train!;
    const bar = this.#bar.render(phase.steps > 0 ? phase.step / phase.steps : 0);
    const row = this.#row(this.#valid === undefined ? phase.recent() : this.#train!.metrics(), undefined, false);
    const columns = this.#stream.columns ?? TABLE_WIDTH;
    const line = this.#isTable() ? liveRow(row, bar) : `${bar} ${plainLine(row)}`.slice(0, columns - 1);
    writeQuietly(this.#stream, `\r${line}\x1b[K`);
    this.#hasLiveLine = true;
  }

  #row(train: LogMetrics, valid: LogMetrics | undefined, isBest: boolean): LogRow {
    return {
      epoch: this.epoch,
      learningRate: this.#learningRate,
      elapsed: this.#valid === undefined ? this.#elapsed() : this.#trainSeconds,
      train,
      valid,
      best: this.#best.best,
      isBest,
    };
  }

  #finishedRow(): LogRow | undefined {
    if (this.#train === undefined || this.#loaded === "part") return undefined;
    const valid = this.#valid?.metrics();
    const isBest = valid?.accuracy !== undefined && this.#best.update(valid.accuracy, this.epoch);
    return this.#row(this.#train.metrics(), valid, isBest);
  }

  #stop({ step, steps }: LogPhase): void {
    const row = this.#row(this.#train!.metrics(), undefined, false);
    const where = this.#valid === undefined ? "training" : "validation";
    this.#print(`${plainLine(row)} | stopped in ${where}, step ${step} of ${steps}\n`);
    this.#record(row, "stopped");
    this.#train = undefined;
    this.#valid = undefined;
  }

  #record({ epoch, learningRate, elapsed, train, valid, best }: LogRow, event: "epoch" | "stopped"): void {
    this.#records?.append({
      event,
      epoch,
      time: new Date().toISOString(),
      trainSeconds: elapsed,
      seconds: this.#elapsed(),
      learningRate,
      train,
      valid,
      best,
    });
  }
}
