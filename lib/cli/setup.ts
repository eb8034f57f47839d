import { badArgument } from "../errors.js";
import { describeCore } from "../libtorch/addon.js";
import { hasNvidiaDevice } from "../libtorch/driver.js";
import { setUpLibTorch } from "../libtorch/fetch.js";
import { findLibTorch, type LibTorch } from "../libtorch/find.js";
import { commandFor, isClone } from "../libtorch/package-root.js";
import { requireProof } from "../libtorch/prove.js";
import type { Report } from "../libtorch/report.js";
import { sameMinor } from "../libtorch/version.js";

export type SetupCommand = {
  readonly cpu?: boolean;
  readonly cuda?: boolean;
  readonly version?: string;
  readonly from?: string;
  readonly mirror?: string;
  readonly signal: AbortSignal;
  readonly report: Report;
};

/** `sam-torch setup`: makes sure that there is a LibTorch. Without options one that is already found is enough. */
export async function setup(command: SetupCommand): Promise<void> {
  const { cpu, cuda, version, from, mirror, signal, report } = command;
  if (cpu && cuda) badArgument("[setup] expected --cpu or --cuda, got both");
  if (from !== undefined && (mirror !== undefined || cpu || cuda)) {
    badArgument("[setup] expected --from alone or with --version, got --mirror, --cpu or --cuda with it");
  }
  const flavour = cpu ? "cpu" : cuda ? "cuda" : undefined;
  const anyWill = flavour === undefined && version === undefined && from === undefined && mirror === undefined;
  const present = anyWill ? usable() : undefined;
  if (present !== undefined) {
    await requireProof(present, signal);
    report.line(`LibTorch ${present.version.text} (${present.flavour}) is in ${present.directory}: nothing to fetch`);
    return tellNextStep(present, report);
  }
  const { libtorch, proof, fetched } = await setUpLibTorch({ flavour, version, from, mirror, signal, report });
  const state = proof.operator ? "it loads and computes" : "it loads";
  report.line(
    `LibTorch ${libtorch.version.text} (${libtorch.flavour}) ${fetched ? "is now" : "was already"} in ${libtorch.directory}: ${state}`,
  );
  tellNextStep(libtorch, report);
  tellOther(libtorch, report);
}

/** What is found already, unless it cannot use the machine's GPU, or a clone cannot be built against it. */
function usable(): LibTorch | undefined {
  try {
    const found = findLibTorch();
    const core = describeCore();
    if (core !== undefined && core.kind === "prebuilt" && !sameMinor(core.libtorch, found.version)) return undefined;
    if (isClone() && !found.headers) return undefined;
    return hasNvidiaDevice() && found.cudaLibrary === undefined ? undefined : found;
  } catch {
    return undefined;
  }
}

/** What this shell's programs will take in its place: a variable comes before the cache, and a wrong one is an error. */
function tellOther(libtorch: LibTorch, report: Report): void {
  try {
    const found = findLibTorch();
    if (found.directory === libtorch.directory) return;
    const what = `LibTorch ${found.version.text} (${found.flavour}) in ${found.directory}`;
    report.line(`but programs started here take ${what}, which is found before it (${found.source})`);
  } catch (error) {
    report.line(
      `but programs started here will not find it: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function tellNextStep(libtorch: LibTorch, report: Report): void {
  // In a clone every command builds by itself what it needs.
  if (isClone()) return;
  const core = describeCore();
  if (core !== undefined && sameMinor(core.libtorch, libtorch.version)) return;
  const state =
    core === undefined ? "is not built" : `is built for LibTorch ${core.libtorch.major}.${core.libtorch.minor}`;
  report.line(`the addon ${state}; next: ${commandFor("build")}`);
}
