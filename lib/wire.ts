import { type Device, parseDevice } from "./device.js";
import { native } from "./native.js";

/**
 * The shared array through which operator arguments and results travel: a tag, then its payload.
 * Same numbers as `native/core/wire.h`. Typed-array stores are the cheapest way over: no objects, no property reads.
 */
export const Tag = {
  Default: 0,
  None: 1,
  Tensor: 2,
  Number: 3,
  Bool: 4,
  BigInt: 5,
  List: 6,
  String: 7,
  Device: 8,
  Generator: 9,
  Complex: 10,
  Slice: 11,
  Ellipsis: 12,
  Dict: 13,
} as const;

/** Room for half a million tensors in one list. Pages that are never written cost nothing. */
const WORDS = 1 << 20;

/** The words themselves. */
export const words = new Float64Array(WORDS);
const bits = new BigInt64Array(words.buffer);
native.attachWire(words);

/** As many as native code has places for (`native/core/wire.h`). */
const PLACES = 1 << 12;
const placeOf = new Map<string, number>();
const textAt = new Array<string | undefined>(PLACES).fill(undefined);
let nextPlace = 0;

/** Strings are copied over once and then named by their place; when all places are taken, the oldest goes. */
export function putString(at: number, text: string): number {
  let place = placeOf.get(text);
  if (place === undefined) {
    place = nextPlace;
    nextPlace = (nextPlace + 1) % PLACES;
    const before = textAt[place];
    if (before !== undefined) placeOf.delete(before);
    native.putString(place, text);
    textAt[place] = text;
    placeOf.set(text, place);
  }
  words[at] = Tag.String;
  words[at + 1] = place;
  return at + 2;
}

export function putNumber(at: number, value: number): number {
  words[at] = Tag.Number;
  words[at + 1] = value;
  return at + 2;
}

export function putBool(at: number, value: boolean): number {
  words[at] = Tag.Bool;
  words[at + 1] = value ? 1 : 0;
  return at + 2;
}

export function putBigInt(at: number, value: bigint): number {
  words[at] = Tag.BigInt;
  bits[at + 1] = value;
  return at + 2;
}

export function putDevice(at: number, device: Device): number {
  const { type, index } = parseDevice(device);
  words[at] = Tag.Device;
  words[at + 1] = type;
  words[at + 2] = index;
  return at + 3;
}

export const readBigInt = (at: number): bigint => bits[at]!;
