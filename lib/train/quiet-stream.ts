/** Where a log goes: `process.stdout`, or anything that writes text. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  on?(event: "error", listener: (error: Error) => void): unknown;
}

const guarded = new WeakSet<TextStream>();

/**
 * Writes without ever throwing: a reader that has gone away (`npm run train | head`) or a terminal that was closed must not end a
 * training run. A stream reports that by an event, which ends the process unless someone listens.
 */
export function writeQuietly(stream: TextStream, text: string): void {
  if (!guarded.has(stream)) {
    guarded.add(stream);
    stream.on?.("error", () => {});
  }
  try {
    stream.write(text);
  } catch {
    // As above.
  }
}
