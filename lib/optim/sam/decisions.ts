/** Options of a group that each step reads anew, or that the native lists stand for. */
const FREE = new Set(["lr", "rho", "params", "paramNames"]);

/** Lists, as betas are one, by what is in them: they may be changed in place. */
function isSame(before: unknown, now: unknown): boolean {
  if (!Array.isArray(before)) return before === now;
  return Array.isArray(now) && now.length === before.length && now.every((value, i) => value === before[i]);
}

/** What a recorded step would hold for ever: everything that is decided on the host, but lr and rho. */
export class Decisions {
  readonly #groups: { keys: readonly string[]; values: readonly unknown[] }[];
  readonly #own: readonly unknown[];

  /**
   * @param groups of parameters, with their options
   * @param own what the optimizer decides beside them
   */
  constructor(groups: readonly object[], own: readonly unknown[]) {
    this.#groups = groups.map((group) => {
      const keys = Object.keys(group).filter((key) => !FREE.has(key));
      const own = group as Record<string, unknown>;
      return { keys, values: keys.map((key) => (Array.isArray(own[key]) ? [...own[key]] : own[key])) };
    });
    this.#own = own;
  }

  /** Whether the same is decided now. Asked before each step, so without a list or a text of it all. */
  equal(groups: readonly object[], own: readonly unknown[]): boolean {
    if (groups.length !== this.#groups.length || own.length !== this.#own.length) return false;
    for (let i = 0; i < own.length; i++) if (own[i] !== this.#own[i]) return false;
    for (let i = 0; i < groups.length; i++) {
      const { keys, values } = this.#groups[i]!;
      const group = groups[i] as Record<string, unknown>;
      for (let k = 0; k < keys.length; k++) if (!isSame(values[k], group[keys[k]!])) return false;
    }
    return true;
  }
}
