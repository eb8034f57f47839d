/** What a child writes down of its work, and its parent reads when it is gone. */

export const MAKING = 1;
export const RUNNING = 2;
export const USING = 3;

export interface Counts {
  values: number;
  torchErrors: number;
  typeErrors: number;
}

export interface Problem {
  /**
   * `crash`: the process ended; `hang`: the call did not; `leak`: tensors or bytes are left after a block; `error`: neither a
   * TorchError nor a TypeError; `style`: a message that does not say where it comes from, or that speaks to LibTorch's authors;
   * `type`: a TypeError, which is allowed and only counted.
   */
  kind: "crash" | "hang" | "leak" | "error" | "style" | "type";
  call: number;
  text: string;
  message: string;
}
