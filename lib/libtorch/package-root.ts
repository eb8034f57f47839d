import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's own directory. Sources (`lib/libtorch`) and what is compiled from them (`dist/libtorch`) lie equally deep. */
export const packageRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Whether this is a clone of the repository rather than an installed package: only a clone has the scripts. */
export function isClone(): boolean {
  return existsSync(join(packageRoot, "scripts", "prepare.mjs"));
}

/** The command a user types to run `sam-torch setup`, `build` or `doctor` here. */
export function commandFor(command: "setup" | "build" | "doctor"): string {
  if (!isClone()) return `npx sam-torch ${command}`;
  // Not "build": npm would run the script "prebuild" before it.
  return `npm run ${command === "build" ? "rebuild" : command}`;
}
