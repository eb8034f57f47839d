import { type Handle, native } from "./native.js";
import { handleOf, type Tensor, wrap } from "./tensor.js";
import { words } from "./wire.js";

let isOn = false;
let steppers: readonly object[] = [];

/** Whether a step is being recorded now. */
export const isRecording = (): boolean => isOn;

/** How many numbers the step that is being recorded has brought to the host: the place of the next one. */
export const readsSoFar = (): number => (isOn ? native.tapeNumberCount() : 0);

/** Called by an optimizer that takes a step: what another than the recorded one counts and decides on the host would stand still. */
export function noteStepOf(optimizer: object): void {
  if (isOn && !steppers.includes(optimizer)) native.tapeRefuse("a step of another optimizer");
}

/** What {@link Tape.record} gives. */
export interface Recorded {
  result: Tensor;
  /** Undefined where the step cannot be played; `refusal` says what it is that cannot. */
  tape?: Tape;
  refusal?: string;
}

const forgotten = new FinalizationRegistry<number>((id) => native.tapeDispose(id));

/**
 * A step as it ran on the CPU, to be taken again by one native call: the same functions on the same tensors, but for its inputs. What
 * JavaScript decides in between is not decided anew.
 */
export class Tape {
  /** Why a step was not recorded that could be at another time. */
  static readonly NOT_FINITE = "a gradient that was not finite";

  readonly #id: number;

  private constructor(id: number) {
    this.#id = id;
    forgotten.register(this, id, this);
  }

  /**
   * Runs `fn`, which computes from `inputs` and may read other tensors, and records what it does.
   *
   * @param optimizers those whose step it is
   */
  static record(inputs: readonly Tensor[], fn: () => Tensor, optimizers: readonly object[]): Recorded {
    const id = native.tapeBegin(inputs.map(handleOf));
    isOn = true;
    steppers = optimizers;
    let result: Tensor | undefined;
    let refusal: string | null = null;
    try {
      result = fn();
    } finally {
      isOn = false;
      steppers = [];
      refusal = native.tapeEnd(id, result === undefined ? 0 : handleOf(result));
      if (result === undefined || refusal !== null) native.tapeDispose(id);
    }
    return refusal === null ? { result, tape: new Tape(id) } : { result, refusal };
  }

  /**
   * Once more, from other inputs.
   *
   * @returns the result; "stale" when a tensor that the step reads has moved or takes part in autograd no longer, "other" when the
   * inputs are not like those it was recorded with: then nothing has happened
   */
  play(inputs: Handle[]): Tensor | "stale" | "other" {
    const result = native.tapePlay(this.#id, inputs);
    return result > 0 ? wrap(result) : result === 0 ? "stale" : "other";
  }
  /** Whether a play ended with an error because something was another than when the step was recorded: it cannot be played any more. */
  get hasChanged(): boolean {
    return native.tapeHasChanged(this.#id);
  }
  /** Whether the play that has just ended stopped before the update: a number that must be finite was not. */
  static get hasStopped(): boolean {
    return words[0]! > 0;
  }
  /** Whether it came as far as the number at this place. */
  static hasRead(place: number): boolean {
    return words[0] === 0 || place < words[0]! - 1;
  }
  /** A number that the play which has just ended brought to the host. */
  static numberAt(place: number): number {
    return words[1 + place]!;
  }

  /** What each play reads instead of the number of the recording. */
  turn(name: string, values: Float64Array): void {
    native.tapeTurn(this.#id, name, values);
  }

  dispose(): void {
    forgotten.unregister(this);
    native.tapeDispose(this.#id);
  }
}
