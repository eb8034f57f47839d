import { native } from "../native.js";

/**
 * Whether this library's own part for CUDA is there: graphs and kernels. Without it CUDA works through LibTorch's operators alone.
 */
export function hasCudaPart(): boolean {
  try {
    native.openCudaPart();
    return true;
  } catch {
    return false;
  }
}
