import { noGrad } from "../../autograd.js";
import type { Graphed } from "../../cuda/graph.js";
import { checkGraphOptions, type GraphCounts, type GraphOptions, MOST_KINDS } from "../../cuda/graph-cache.js";
import type { Handle } from "../../native.js";
import { isRecording, Tape } from "../../tape.js";
import { handleOf, isTensor, type Tensor } from "../../tensor.js";
import { Decisions } from "./decisions.js";
import type { Places } from "./diagnostics.js";

const INPUT = Symbol("a tensor");

/** What recorded steps need of a {@link SAM} optimizer. */
export interface TapeEngine {
  readonly name: string;
  /** Why a step of this optimizer cannot be recorded; undefined when it can. */
  refusal(): string | undefined;
  readonly paramGroups: readonly object[];
  /** Those whose step it is. */
  readonly optimizers: readonly object[];
  /** Another number when what is recorded is old: a state was loaded, or layers changed their mode. */
  generation(): number;
  /** One native list per group. */
  lists(): readonly number[];
  /** Those that the base optimizer steps over. */
  baseLists(): readonly number[];
  /** What it decides beside its groups. */
  decisions(): readonly unknown[];
  /** The radius of each group at this step. */
  rhos(): number[];
  /** Each parameter's share in eps at this step. */
  shares(): Float64Array;
  /** Throws when a group has options that make no sense. */
  expectOptions(): void;
  step(closure: () => Tensor): Tensor;
  /** Where the diagnostics of the step that was just recorded are; undefined where they are not all on the host. */
  places(): Places | undefined;
  /** Runs a play as a step, and leaves behind on the host what one does; undefined when nothing was played. */
  play(run: () => Tensor | undefined, places: Places): Tensor | undefined;
}

/** A step of one kind: its shapes, and what was decided on the host. */
interface Taped {
  readonly tape: Tape;
  /** What the arguments have to be; INPUT for a tensor. */
  readonly template: readonly unknown[];
  readonly decisions: Decisions;
  readonly lists: readonly number[];
  readonly baseLists: readonly number[];
  readonly places: Places;
  lrs: readonly number[];
  rhos: readonly number[];
}

/**
 * Decides for each call whether it runs as it is, is recorded (which also runs it), or is played by one native call.
 *
 * A step that cannot be recorded runs as it is for ever, and so does one of a shape beyond `maxGraphs`.
 */
class TapedSteps<A extends readonly Tensor[]> {
  readonly counts: GraphCounts = { eager: 0, captured: 0, replayed: 0 };
  /** What cannot be recorded. */
  #refusal: string | undefined;
  readonly #taped: Taped[] = [];
  readonly #warm = new Map<string, number>();
  readonly #handles: Handle[] = [];
  readonly #warmup: number;
  readonly #most: number;
  /** Recorded since one was last played. */
  #unplayed = 0;
  #generation: number;

  constructor(
    readonly engine: TapeEngine,
    readonly closure: (...inputs: A) => Tensor,
    options: GraphOptions | undefined,
  ) {
    [this.#warmup, this.#most] = checkGraphOptions(`${engine.name}.capture`, options);
    this.#generation = engine.generation();
  }

  call(inputs: A): Tensor {
    this.#refusal ??= this.engine.refusal();
    if (this.#refusal !== undefined || isRecording()) return this.#asItIs(inputs);
    const generation = this.engine.generation();
    if (this.#generation !== generation) this.#forget();
    this.#generation = generation;
    const own = this.engine.decisions();
    for (let i = this.#taped.length - 1; i >= 0; i--) {
      const loss = this.#play(this.#taped[i]!, inputs, own);
      if (loss === undefined) continue;
      this.counts.replayed++;
      this.#unplayed = 0;
      return loss;
    }
    return this.#isWarm(inputs) ? this.#record(inputs, own) : this.#asItIs(inputs);
  }

  /** Frees what was recorded; later calls start over. */
  dispose(): void {
    this.#forget();
    this.#warm.clear();
    this.#unplayed = 0;
    this.#refusal = undefined;
  }

  /** Why calls run as they are. */
  get refusal(): string | undefined {
    if (this.#refusal !== undefined || this.#unplayed < this.#most || this.#most === 0) return this.#refusal;
    return "steps that are never the same twice: an option that changes in each, or a tensor that is replaced";
  }

  #forget(): void {
    for (const { tape } of this.#taped.splice(0)) tape.dispose();
  }

  #drop(taped: Taped): void {
    taped.tape.dispose();
    this.#taped.splice(this.#taped.indexOf(taped), 1);
  }

  #asItIs(inputs: A): Tensor {
    this.counts.eager++;
    return this.engine.step(() => this.closure(...inputs));
  }

  #play(taped: Taped, inputs: A, own: readonly unknown[]): Tensor | undefined {
    const { engine } = this;
    if (!taped.decisions.equal(engine.paramGroups, own) || !areEqual(engine.lists(), taped.lists)) return undefined;
    if (inputs.length !== taped.template.length) return undefined;
    const handles = this.#handles;
    handles.length = 0;
    for (let i = 0; i < inputs.length; i++) {
      const input: unknown = inputs[i];
      if (isTensor(input) ? taped.template[i] !== INPUT : input !== taped.template[i]) return undefined;
      if (isTensor(input)) handles.push(handleOf(input));
    }
    const lrs = lrsOf(engine);
    if (lrs.some(Number.isNaN) || !areEqual(engine.baseLists(), taped.baseLists)) return undefined;
    this.#turn(taped, lrs);
    return engine.play(() => {
      try {
        const result = taped.tape.play(handles);
        if (isTensor(result)) return result;
        if (result === "stale") this.#drop(taped);
        return undefined;
      } catch (error) {
        if (taped.tape.hasChanged) {
          this.#drop(taped);
          this.#refusal = (error as Error).message.split("\n")[0];
        }
        throw error;
      }
    }, taped.places);
  }

  /** lr and rho as they are now. */
  #turn(taped: Taped, lrs: number[]): void {
    const { engine } = this;
    const rhos = engine.rhos();
    if (areEqual(lrs, taped.lrs) && areEqual(rhos, taped.rhos)) return;
    engine.expectOptions();
    for (const [i, list] of engine.baseLists().entries()) taped.tape.turn(`lr/${list}`, Float64Array.of(lrs[i]!));
    taped.tape.turn("shares", engine.shares());
    taped.lrs = lrs;
    taped.rhos = rhos;
  }

  #isWarm(inputs: A): boolean {
    if (
      this.#taped.length >= this.#most ||
      this.#unplayed >= this.#most ||
      inputs.some((input) => isTensor(input) && input.requiresGrad)
    )
      return false;
    const key = inputs.map((input) => (isTensor(input) ? `${input.dtype} [${input.shape}]` : String(input))).join("; ");
    if (this.#warm.size >= MOST_KINDS) this.#warm.clear();
    const calls = this.#warm.get(key) ?? 0;
    this.#warm.set(key, calls + 1);
    return calls >= this.#warmup;
  }

  #record(inputs: A, own: readonly unknown[]): Tensor {
    const { engine } = this;
    const baseLists = engine.baseLists(); // made before, not while recording
    const before = { decisions: new Decisions(engine.paramGroups, own), lists: engine.lists() };
    const now = { lrs: lrsOf(engine), rhos: engine.rhos() };
    // Under names of their own: a tensor that the closure also knows by itself stays the one it is.
    const given = inputs.map((input) => (isTensor(input) ? noGrad(() => input.detach()) : input)) as unknown as A;
    const step = () => engine.step(() => this.closure(...given));
    const { result, tape, refusal } = Tape.record(given.filter(isTensor), step, engine.optimizers);
    const places = engine.places();
    this.counts.captured++;
    if (tape !== undefined && places !== undefined) {
      const template = given.map((input) => (isTensor(input) ? INPUT : input));
      this.#taped.push({ tape, template, ...before, baseLists, ...now, places });
      this.#unplayed++;
      return result;
    }
    tape?.dispose();
    this.counts.captured--;
    this.counts.eager++;
    // A gradient that was not finite this time will be the next.
    if (refusal !== Tape.NOT_FINITE) this.#refusal = refusal ?? "diagnostics that stay on the device";
    return result;
  }
}

/** NaN for what is no number, which is for the step to refuse. */
const lrsOf = (engine: TapeEngine): number[] =>
  engine.paramGroups.map((group) => {
    const { lr } = group as { lr?: unknown };
    return typeof lr === "number" ? lr : Number.NaN;
  });

function areEqual(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Makes a function that takes one whole step on the CPU, recorded where that is possible. */
export function tapedSteps<A extends readonly Tensor[]>(
  engine: TapeEngine,
  closure: (...inputs: A) => Tensor,
  options: GraphOptions | undefined,
): Graphed<A, Tensor> {
  const steps = new TapedSteps(engine, closure, options);
  const call = (...inputs: A): Tensor => steps.call(inputs);
  Object.defineProperty(call, "refusal", { get: () => steps.refusal });
  return Object.assign(call, { counts: steps.counts, dispose: () => steps.dispose() }) as Graphed<A, Tensor>;
}
