import { noGrad } from "../../autograd.js";
import type { Graphed } from "../../cuda/graph.js";
import { checkGraphOptions, type GraphCounts, type GraphOptions } from "../../cuda/graph-cache.js";
import type { Handle } from "../../native.js";
import { isRecording, Tape } from "../../tape.js";
import { handleOf, isTensor, type Tensor } from "../../tensor.js";
import { Decisions } from "./decisions.js";
import type { Places } from "./diagnostics.js";

/** Of so many kinds of calls is remembered how often they came. */
const MOST_KINDS = 64;

/** What recorded steps need of a {@link SAM} optimizer. */
export interface TapeEngine {
  readonly name: string;
  /** Why a step of this optimizer cannot be recorded; undefined when it can. */
  refusal(): string | undefined;
  readonly paramGroups: readonly object[];
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
  readonly others: readonly unknown[];
  readonly decisions: Decisions;
  readonly lists: readonly number[];
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
  /** Why calls run as they are: what cannot be recorded. */
  refusal: string | undefined;
  readonly #taped: Taped[] = [];
  readonly #warm = new Map<string, number>();
  readonly #handles: Handle[] = [];
  readonly #warmup: number;
  readonly #most: number;
  /** Captured before the last {@link dispose}. */
  #before = 0;

  constructor(
    readonly engine: TapeEngine,
    readonly closure: (...inputs: A) => Tensor,
    options: GraphOptions,
  ) {
    [this.#warmup, this.#most] = checkGraphOptions(`${engine.name}.capture`, options);
  }

  call(inputs: A): Tensor {
    this.refusal ??= this.engine.refusal();
    if (this.refusal !== undefined || isRecording()) return this.#asItIs(inputs);
    const own = this.engine.decisions();
    for (const taped of this.#taped) {
      const loss = this.#play(taped, inputs, own);
      if (loss === undefined) continue;
      this.counts.replayed++;
      return loss;
    }
    return this.#isWarm(inputs) ? this.#record(inputs, own) : this.#asItIs(inputs);
  }

  /** Frees what was recorded; later calls start over. */
  dispose(): void {
    for (const { tape } of this.#taped.splice(0)) tape.dispose();
    this.#warm.clear();
    this.#before = this.counts.captured;
    this.refusal = undefined;
  }

  #asItIs(inputs: A): Tensor {
    this.counts.eager++;
    return this.engine.step(() => this.closure(...inputs));
  }

  #play(taped: Taped, inputs: A, own: readonly unknown[]): Tensor | undefined {
    const { engine } = this;
    if (!taped.decisions.equal(engine.paramGroups, own) || !areEqual(engine.lists(), taped.lists)) return undefined;
    const handles = this.#handles;
    handles.length = 0;
    let other = 0;
    for (const input of inputs as readonly unknown[]) {
      if (isTensor(input)) handles.push(handleOf(input));
      else if (input !== taped.others[other++]) return undefined;
    }
    if (other !== taped.others.length) return undefined;
    this.#turn(taped);
    return engine.play(() => {
      const result = taped.tape.play(handles);
      if (isTensor(result)) return result;
      if (result === "stale") {
        taped.tape.dispose();
        this.#taped.splice(this.#taped.indexOf(taped), 1);
      }
      return undefined;
    }, taped.places);
  }

  /** lr and rho as they are now. */
  #turn(taped: Taped): void {
    const { engine } = this;
    const lrs = lrsOf(engine);
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
      this.counts.captured - this.#before >= this.#most ||
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
    const before = { decisions: new Decisions(engine.paramGroups, own), lists: engine.lists() };
    const now = { lrs: lrsOf(engine), rhos: engine.rhos() };
    // Under names of their own: a tensor that the closure also knows by itself stays the one it is.
    const given = inputs.map((input) => (isTensor(input) ? noGrad(() => input.detach()) : input)) as unknown as A;
    const { result, tape, refusal } = Tape.record(given.filter(isTensor), () =>
      engine.step(() => this.closure(...given)),
    );
    const places = engine.places();
    this.counts.captured++;
    if (tape !== undefined && places !== undefined) {
      this.#taped.push({ tape, others: given.filter((input) => !isTensor(input)), ...before, ...now, places });
      return result;
    }
    tape?.dispose();
    this.counts.captured--;
    this.counts.eager++;
    // A gradient that was not finite this time will be the next.
    if (refusal !== Tape.NOT_FINITE) this.refusal = refusal ?? "diagnostics that stay on the device";
    return result;
  }
}

const lrsOf = (engine: TapeEngine): number[] =>
  engine.paramGroups.map((group) => Number((group as { lr?: unknown }).lr));

function areEqual(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Makes a function that takes one whole step on the CPU, recorded where that is possible. */
export function tapedSteps<A extends readonly Tensor[]>(
  engine: TapeEngine,
  closure: (...inputs: A) => Tensor,
  options: GraphOptions,
): Graphed<A, Tensor> {
  const steps = new TapedSteps(engine, closure, options);
  const call = (...inputs: A): Tensor => steps.call(inputs);
  Object.defineProperty(call, "refusal", { get: () => steps.refusal });
  return Object.assign(call, { counts: steps.counts, dispose: () => steps.dispose() }) as Graphed<A, Tensor>;
}
