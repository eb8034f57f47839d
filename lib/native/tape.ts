import type { Handle } from "./handle.js";

/** Steps recorded on the CPU: `native/core/tape.h`. */
export interface NativeTape {
  /** What native functions do is recorded from here on, as a step over these inputs. */
  tapeBegin(inputs: Handle[]): number;
  /** Ends it; 0 where there is no result, for a step that failed. What cannot be played again, or null. */
  tapeEnd(tape: number, result: Handle): string | null;
  /** While one is recorded: a play that is not finished gives `tensor` back what was saved of it. */
  tapeRollBack(tensor: Handle, saved: Handle): void;
  /** Numbers of the host's that each play reads: "lr/<list>", "shares". */
  tapeTurn(tape: number, name: string, values: Float64Array): void;
  /**
   * The result; 0 when a tensor that the step reads is not what it was, -1 when the inputs are others: then nothing has happened. Onto
   * the wire: 0, or if it stopped before the update 1 and as many as it had read, then the numbers.
   */
  tapePlay(tape: number, inputs: Handle[]): Handle;
  tapeDispose(tape: number): void;
  /** What the tape that records, if one does, cannot hold. */
  tapeRefuse(what: string): void;
  /** How many numbers the tape that records has brought to the host; 0 without one. */
  tapeNumberCount(): number;
  /** Whether its last play ended because something was another than when it was recorded. */
  tapeHasChanged(tape: number): boolean;
}
