import { badArgument } from "./errors.js";
import { describeValue } from "./ops/describe-value.js";
import { quoted } from "./ops/names.js";
import { checkOptions, expectFunction } from "./options.js";
import { synchronous } from "./synchronous.js";

/** How tensors are printed: the options of PyTorch's `set_printoptions`. */
export interface PrintOptions {
  /** Digits after the point of a floating-point number. Default 4. */
  precision: number;
  /** A tensor of more elements is summarised. Default 1000. */
  threshold: number;
  /** Elements at the beginning and the end of each dimension of a summary. Default 3. */
  edgeitems: number;
  /** Characters per line. Default 80. */
  linewidth: number;
  /** Exponents always (true), never (false), or where values are far apart, large or small (null, the default). */
  sciMode: boolean | null;
}

const profiles = {
  default: { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80 },
  short: { precision: 2, threshold: 1000, edgeitems: 2, linewidth: 80 },
  full: { precision: 4, threshold: Number.POSITIVE_INFINITY, edgeitems: 3, linewidth: 80 },
} as const;

const OPTIONS = { ...profiles.default, sciMode: null, profile: null };

let current: PrintOptions = { ...profiles.default, sciMode: null };

function checkCount(name: keyof PrintOptions, value: number, most: number): void {
  const whole = Number.isInteger(value) || (name === "threshold" && value === Number.POSITIVE_INFINITY);
  if (!whole || value < 0 || value > most) {
    badArgument(
      `[setPrintoptions] expected ${name} to be an integer from 0${most < 1e9 ? ` to ${most}` : " up"}, got ${describeValue(value)}`,
    );
  }
}

/**
 * Changes how tensors are printed by `console.log`, `util.inspect` and `toString()`. What is left out stays as it is, except
 * `sciMode`, which goes back to its default, as in PyTorch.
 *
 * @param options.profile sets several at once: `"default"`, `"short"` (2 digits, 2 edge items) or `"full"` (no summaries)
 *
 * @example
 * torch.setPrintoptions({ precision: 2 });
 * console.log(torch.tensor([1.12345])); // tensor([1.12])
 * torch.setPrintoptions({ profile: "default" });
 *
 * @throws TorchError `E_ARG` for a negative or fractional count, or an unknown profile.
 */
export function setPrintoptions(options: Partial<PrintOptions> & { profile?: keyof typeof profiles } = {}): void {
  checkOptions("setPrintoptions", options, OPTIONS);
  const { profile, sciMode = null, ...given } = options;
  if (profile !== undefined && !Object.hasOwn(profiles, profile)) {
    badArgument(`[setPrintoptions] expected profile default, short or full, got ${quoted(profile)}`);
  }
  const next: PrintOptions = { ...current, ...(profile === undefined ? {} : profiles[profile]), sciMode };
  for (const name of ["precision", "threshold", "edgeitems", "linewidth"] as const) {
    const value = given[name];
    if (value === undefined) continue;
    checkCount(name, value, name === "precision" ? 100 : Number.POSITIVE_INFINITY);
    next[name] = value;
  }
  current = next;
}

/** The options in force. */
export function getPrintoptions(): PrintOptions {
  return { ...current };
}

/**
 * Runs `fn` with other printing options, and puts the old ones back. It must not be async.
 *
 * @throws TorchError `E_ARG` when `fn` gives a promise
 *
 * @example
 * const text = torch.printoptions({ precision: 8 }, () => String(torch.tensor([Math.PI])));
 */
export function printoptions<T>(options: Parameters<typeof setPrintoptions>[0], fn: () => T): T {
  expectFunction("printoptions", fn, "printoptions({ precision: 8 }, () => String(x))");
  const before = current;
  setPrintoptions(options);
  try {
    return synchronous("printoptions", fn());
  } finally {
    current = before;
  }
}
