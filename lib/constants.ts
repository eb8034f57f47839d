/** 2.718281828459045 */
export const e = Math.E;
/** 3.141592653589793 */
export const pi = Math.PI;
export const inf = Number.POSITIVE_INFINITY;
export const nan = Number.NaN;
/** A new dimension among indices: `x.index("...", torch.newaxis)`. */
export const newaxis = null;
