/** Handles are plain numbers here; `lib/tensor.ts` is where they become tensors. */
export type Handle = number;

/** A native object that only native code can look into. */
export type External = object & { readonly __external: unique symbol };
