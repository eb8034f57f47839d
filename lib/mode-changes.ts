let changes = 0;

/** How often layers were told to behave in another way (training or evaluation, held statistics): what is recorded of a step may be old then. */
export const modeChanges = (): number => changes;

/** Called by whoever tells them, when it is news to them. */
export function noteModeChange(): void {
  changes++;
}
