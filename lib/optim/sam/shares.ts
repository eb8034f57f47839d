import type { Tensor } from "../../tensor.js";
import type { ParamGroup } from "../param-group.js";
import type { SAMGroupOptions } from "./options.js";

/** Each parameter's share in eps, as the native side takes it. */
export interface Shares {
  /** Six numbers per parameter: rho, adaptive, eta, masked, scale, ascent weight decay. */
  readonly numbers: Float64Array;
  /** Whether |T d| is |d|: nothing masked, nothing adaptive, no weight decay in the ascent. */
  readonly isPlain: boolean;
}

/** Per parameter. */
const NUMBERS = 6;

const isBias = (param: Tensor, name: string | undefined) =>
  name === undefined ? param.ndim <= 1 : name.endsWith("bias");

/**
 * @param rhoOf the radius of a group at this step
 * @param scaleOf a factor on eps of the parameter with this number, after the norm
 */
export function sharesOf<O extends object>(
  groups: readonly ParamGroup<O & SAMGroupOptions>[],
  rhoOf: (group: ParamGroup<O & SAMGroupOptions>) => number,
  scaleOf: (index: number) => number,
): Shares {
  const numbers = new Float64Array(NUMBERS * groups.reduce((count, group) => count + group.params.length, 0));
  let isPlain = true;
  let index = 0;
  for (const group of groups) {
    const {
      adaptive = false,
      eta = 0,
      weightsOnly = false,
      mask = true,
      ascentWeightDecay = 0,
    } = group as SAMGroupOptions;
    const rho = rhoOf(group);
    for (let i = 0; i < group.params.length; i++) {
      const param = group.params[i]!;
      const name = group.paramNames?.[i];
      const takesPart = typeof mask === "function" ? mask(param, name) : mask;
      const isAdaptive = adaptive && !(weightsOnly && isBias(param, name));
      isPlain &&= takesPart && !isAdaptive && ascentWeightDecay === 0;
      const at = NUMBERS * index;
      numbers[at] = rho;
      numbers[at + 1] = Number(isAdaptive);
      numbers[at + 2] = eta;
      numbers[at + 3] = Number(!takesPart);
      numbers[at + 4] = scaleOf(index++);
      numbers[at + 5] = ascentWeightDecay;
    }
  }
  return { numbers, isPlain };
}
