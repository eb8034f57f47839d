import { badArgument } from "./errors.js";
import { didYouMean, quoted } from "./ops/names.js";

/** Device types, numbered as LibTorch's `DeviceType`. */
const TYPES = { cpu: 0, cuda: 1, mkldnn: 5, hip: 6, xpu: 12, mps: 13, meta: 14, hpu: 16 } as const;
type DeviceType = keyof typeof TYPES;

/** A device: `"cpu"`, `"cuda"` (the current one), `"cuda:1"`, `"meta"`. */
export type Device = DeviceType | `${DeviceType}:${number}`;

export const deviceTypes: readonly string[] = Object.keys(TYPES);

const NAMES = new Map<number, DeviceType>(Object.entries(TYPES).map(([name, code]) => [code, name as DeviceType]));
const PATTERN = /^([a-z]+)(?::(\d{1,2}))?$/;
const parsed = new Map<string, { type: number; index: number }>();

/** `"cuda:1"` as numbers; index -1 stands for the current device of its type. */
export function parseDevice(device: Device): { type: number; index: number } {
  const known = parsed.get(device);
  if (known !== undefined) return known;
  const match = typeof device === "string" ? PATTERN.exec(device) : null;
  const type = match !== null && Object.hasOwn(TYPES, match[1]!) ? TYPES[match[1] as DeviceType] : undefined;
  if (match === null || type === undefined) {
    badArgument(
      `[device] expected a device such as "cpu" or "cuda:0", got ${quoted(device)}`,
      didYouMean(typeof device === "string" ? device.replace(/:.*/, "") : device, deviceTypes),
    );
  }
  const value = { type, index: match[2] === undefined ? -1 : Number(match[2]) };
  parsed.set(device, value);
  return value;
}

export function isDevice(text: string): text is Device {
  if (parsed.has(text)) return true;
  const match = PATTERN.exec(text);
  return match !== null && Object.hasOwn(TYPES, match[1]!);
}

/** The name for the number that native code gives (type * 256 + index + 1). */
export function deviceName(code: number): Device {
  const type = NAMES.get(Math.floor(code / 256)) ?? "cpu";
  const index = (code % 256) - 1;
  return index < 0 || type === "cpu" ? type : `${type}:${index}`;
}
