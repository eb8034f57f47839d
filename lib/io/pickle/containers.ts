import { corrupt } from "./values.js";

/** A `collections.Counter`: a map whatever its keys are, where dictionaries of texts become objects. */
export class Counts extends Map<unknown, unknown> {}

/** Adds a pickle's items to its list or set. */
export function addItems(container: unknown, items: readonly unknown[]): void {
  if (Array.isArray(container)) for (const item of items) container.push(item);
  else if (container instanceof Set) for (const item of items) container.add(item);
  else corrupt("items for what is no list");
}

/** Adds keys and values, which take turns, to a pickle's dictionary. */
export function setEntries(dict: unknown, items: readonly unknown[]): void {
  if (!(dict instanceof Map) || items.length % 2 !== 0) corrupt("entries for what is no dictionary");
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i];
    if (typeof key === "object" && key !== null) {
      corrupt("a dictionary whose keys are tuples or objects", "keys may be texts, numbers, booleans and None");
    }
    dict.set(key, items[i + 1]);
  }
}

/**
 * The key whose value comes next, if it is a dictionary's: above it on the stack lies nothing, below it the dictionary, or the mark of many
 * entries.
 */
export function nextKey(stack: readonly unknown[], mark: symbol): string | undefined {
  const key = stack.at(-1);
  const marked = stack.lastIndexOf(mark);
  const isMarked = marked > 0 && stack[marked - 1] instanceof Map && (stack.length - marked) % 2 === 0;
  return typeof key === "string" && (isMarked || stack.at(-2) instanceof Map) ? key : undefined;
}
