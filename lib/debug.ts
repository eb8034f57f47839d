import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Handle, native } from "./native.js";

/*
 * Debug mode: where each live tensor was made. A stack trace for every tensor costs about 20 us, so it is off unless SAM_TORCH_DEBUG=1
 * or setDebug(true) asks for it.
 */

let isOn = process.env.SAM_TORCH_DEBUG === "1";
const sites = new Map<Handle, string>();
/** Handles of freed tensors are taken out when there may be as many of them as of live ones. */
const LEAST_PRUNED = 1 << 12;
let pruneAt = LEAST_PRUNED;

/**
 * Turns debug mode on or off: while it is on, {@link memory} says for each live tensor where it was made.
 *
 * @example
 * torch.setDebug(true);
 * train();
 * console.table(torch.memory().live); // what train() left behind, and from which line
 */
export function setDebug(enabled: boolean): void {
  isOn = enabled;
  if (!enabled) sites.clear();
}

export const isDebug = (): boolean => isOn;

/** @internal Remembers where the tensor of this handle was made: now, in the first frame outside this library. */
export function noteSite(handle: Handle): void {
  if (!isOn) return;
  if (sites.size >= pruneAt) pruneAt = Math.max(LEAST_PRUNED, 2 * liveSites().size);
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = limit;
  sites.set(handle, siteIn(stack));
}

/** @internal Live handles and where each was made. */
export function liveSites(): ReadonlyMap<Handle, string> {
  for (const handle of sites.keys()) if (!native.alive(handle)) sites.delete(handle);
  return sites;
}

const LIBRARY = dirname(fileURLToPath(import.meta.url));

/** The first frame that is not the library's own, as Node writes it without the "at ". */
function siteIn(stack: string): string {
  const frames = stack.split("\n").slice(1);
  const isOwn = (frame: string) =>
    frame.includes(LIBRARY) || frame.includes("node:") || /^\s*at .*<anonymous>\)?$/.test(frame);
  const found = frames.find((frame) => !isOwn(frame)) ?? frames.at(-1) ?? "";
  return found.trim().replace(/^at /, "");
}
