import type { Handle } from "../native.js";
import { handleOf, type Tensor } from "../tensor.js";

/** @internal 0 stands for no tensor; a disposed one is -1, which native code refuses. */
export const optionalHandle = (tensor: Tensor | null): Handle => (tensor === null ? 0 : handleOf(tensor) || -1);
