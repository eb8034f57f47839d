import { type Device, parseDevice } from "./device.js";
import { type DType, dtypeCode } from "./dtype.js";
import { native } from "./native.js";
import { checkOptions, type Defaults, expectFunction } from "./options.js";
import { synchronous } from "./synchronous.js";

/** Options of {@link autocast}. */
export interface AutocastOptions {
  /** Default: bfloat16 on the CPU, float16 on CUDA, as in PyTorch. */
  dtype?: DType;
  /** Default true. */
  enabled?: boolean;
  /** Keeps the casts of weights until the outermost autocast ends; default true. */
  cacheEnabled?: boolean;
}

const AUTOCAST: Defaults<AutocastOptions> = { dtype: null, enabled: true, cacheEnabled: true };

/**
 * Runs `fn` with matrix products and convolutions in lower precision and sensitive operators in float32. `fn` must not be async:
 * the mode belongs to the thread and ends with this call.
 *
 * @throws TorchError `E_ARG` when `fn` gives a promise
 *
 * @example
 * const logits = torch.autocast("cpu", { dtype: "bfloat16" }, () => model.forward(x));
 */
export function autocast<T>(device: Device, options: AutocastOptions, fn: () => T): T {
  checkOptions("autocast", options, AUTOCAST);
  expectFunction("autocast", fn, `autocast("cpu", { dtype: "bfloat16" }, () => model.forward(x))`);
  const { type } = parseDevice(device);
  const { dtype, enabled = true, cacheEnabled = true } = options;
  const [wasEnabled, wasDtype, wasCached] = native.enterAutocast(
    type,
    enabled,
    dtype === undefined ? -1 : dtypeCode(dtype),
    cacheEnabled,
  );
  try {
    return synchronous("autocast", fn());
  } finally {
    native.exitAutocast(type, wasEnabled, wasDtype, wasCached);
  }
}

export const isAutocastEnabled = (device: Device = "cpu"): boolean =>
  native.isAutocastEnabled(parseDevice(device).type);

/** Forgets cached casts of weights: needed after changing weights while an autocast is open. */
export const clearAutocastCache = (): void => native.clearAutocastCache();
