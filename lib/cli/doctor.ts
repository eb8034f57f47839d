import { readFileSync } from "node:fs";
import { availableParallelism, cpus, freemem, totalmem } from "node:os";
import { TorchError } from "../errors.js";
import { describeCore, locateAddon, packageVersion } from "../libtorch/addon.js";
import { cudaFlavour, nvidiaDriver } from "../libtorch/driver.js";
import { describePlace, findLibTorch, type LibTorch, searchLibTorch } from "../libtorch/find.js";
import { commandFor, isClone } from "../libtorch/package-root.js";
import { prove } from "../libtorch/prove.js";
import { sameMinor } from "../libtorch/version.js";
import { isTooOld, OLDEST_NODE } from "../node-version.js";
import { checkDevices, type DeviceCheck } from "./check-devices.js";
import type { Output } from "./terminal.js";
import { isMusl } from "./toolchain.js";

/** What `doctor --json` prints. */
export type Diagnosis = {
  readonly works: boolean;
  /** What stands in the way, each with what to do about it; empty when training works. */
  readonly problems: readonly { readonly problem: string; readonly help: string }[];
  /** What works, and could work better. */
  readonly hints: readonly string[];
  readonly package: string;
  readonly node: string;
  readonly platform: string;
  readonly glibc: string | null;
  readonly cpu: { readonly model: string; readonly cores: number; readonly features: readonly string[] };
  readonly memory: { readonly total: number; readonly available: number };
  readonly places: readonly {
    readonly source: string;
    readonly where: string;
    readonly found: string;
    readonly usable: boolean;
  }[];
  readonly libtorch: {
    readonly directory: string;
    readonly version: string;
    readonly flavour: string;
    readonly source: string;
  } | null;
  readonly addon: {
    readonly path: string;
    readonly kind: string;
    readonly libtorch: string;
    /** Whether its part for CUDA graphs and own CUDA kernels is there too. */
    readonly cuda: boolean;
  } | null;
  readonly driver: { readonly version: string; readonly flavour: string | null } | null;
  readonly devices: readonly DeviceCheck[];
};

/** `sam-torch doctor`: prints what is here and gives the exit code, 0 when training will work. */
export async function doctor(command: { readonly json?: boolean }, output: Output): Promise<number> {
  const diagnosis = await diagnose();
  output.write(command.json ? `${JSON.stringify(diagnosis, null, 2)}\n` : describe(diagnosis));
  return diagnosis.works ? 0 : 1;
}

/** Looks at everything that training needs. Never throws for what it finds. */
async function diagnose(): Promise<Diagnosis> {
  const problems: { problem: string; help: string }[] = [];
  const note = (problem: string, help: string) => problems.push({ problem, help });
  const node = process.versions.node;
  if (isTooOld(node))
    note(`Node ${node} is older than ${OLDEST_NODE}`, `install Node ${OLDEST_NODE} or newer (https://nodejs.org)`);
  if (isMusl())
    note(
      "this system's C library is musl, and LibTorch needs glibc",
      "use a Debian, Ubuntu or Fedora image in place of Alpine",
    );

  const libtorch = find(note);
  const addon = describeCore();
  const driver = nvidiaDriver();
  const devices = libtorch === undefined || isTooOld(node) ? [] : await tryOut(libtorch, note);
  if (driver !== undefined && libtorch !== undefined && devices.length === 1 && libtorch.cudaLibrary !== undefined) {
    note(
      `the NVIDIA driver is ${driver}, but LibTorch sees no GPU`,
      `check nvidia-smi, and that the driver is new enough for ${libtorch.flavour}`,
    );
  }
  const hints =
    driver !== undefined && libtorch !== undefined && libtorch.cudaLibrary === undefined
      ? [`this LibTorch computes on the CPU only; for the GPU: ${commandFor("setup")}${isClone() ? " --" : ""} --cuda`]
      : [];
  return {
    works: problems.length === 0,
    problems,
    hints,
    package: packageVersion(),
    node,
    platform: `${process.platform}-${process.arch}`,
    glibc: glibcVersion(),
    cpu: { model: cpus()[0]?.model.trim() ?? "unknown", cores: availableParallelism(), features: cpuFeatures() },
    memory: memoryHere(),
    places: searchLibTorch().map((place) => ({
      source: place.source,
      where: place.where,
      found: describePlace(place),
      usable: place.libtorch !== undefined,
    })),
    libtorch: libtorch
      ? {
          directory: libtorch.directory,
          version: libtorch.version.text,
          flavour: libtorch.flavour,
          source: libtorch.source,
        }
      : null,
    addon: addon
      ? {
          path: addon.path,
          kind: addon.kind,
          libtorch: `${addon.libtorch.major}.${addon.libtorch.minor}`,
          cuda: locateAddon("sam_torch_cuda") !== undefined,
        }
      : null,
    driver: driver === undefined ? null : { version: driver, flavour: cudaFlavour(driver) ?? null },
    devices,
  };
}

function find(note: (problem: string, help: string) => void): LibTorch | undefined {
  try {
    return findLibTorch();
  } catch (error) {
    const known = error instanceof TorchError ? error : undefined;
    const [first = "", ...others] = (error instanceof Error ? error.message : String(error)).split("\n");
    note(
      others.length > 1 ? "no LibTorch was found in any of these places" : first,
      known?.help ?? commandFor("setup"),
    );
    return undefined;
  }
}

async function tryOut(libtorch: LibTorch, note: (problem: string, help: string) => void): Promise<DeviceCheck[]> {
  const core = describeCore();
  if (core === undefined || locateAddon("sam_torch_loader") === undefined) {
    note("the addon is not built", commandFor("build"));
    const proof = await prove(libtorch);
    if (proof.problem !== undefined)
      note(`LibTorch in ${libtorch.directory} does not load: ${proof.problem}`, commandFor("setup"));
    return [];
  }
  if (!sameMinor(core.libtorch, libtorch.version)) {
    const built = `${core.libtorch.major}.${core.libtorch.minor}`;
    note(
      `the addon is ${core.kind} for LibTorch ${built}, and ${libtorch.version.text} is what was found`,
      `${commandFor("build")}, or ${commandFor("setup")}`,
    );
    return [];
  }
  const result = await checkDevices(libtorch);
  if (typeof result === "string") {
    note(`LibTorch does not work in this process: ${result}`, `${commandFor("setup")}, then ${commandFor("build")}`);
    return [];
  }
  for (const { device, problem } of result) {
    if (problem !== undefined)
      note(`${device} does not compute: ${problem}`, device === "cpu" ? commandFor("build") : "check nvidia-smi");
  }
  return result;
}

function glibcVersion(): string | null {
  const header = (process.report.getReport() as { header?: { glibcVersionRuntime?: string } }).header;
  return header?.glibcVersionRuntime ?? null;
}

/** Those that LibTorch's kernels are chosen by. */
const FEATURES = ["avx2", "fma", "avx512f", "avx512_bf16", "amx_bf16", "neon", "asimd", "bf16", "sve"];

function cpuFeatures(): string[] {
  const flags = new Set(/^(?:flags|Features)\s*:\s*(.*)$/m.exec(readText("/proc/cpuinfo"))?.[1]?.split(/\s+/));
  return FEATURES.filter((name) => flags.has(name));
}

function memoryHere(): Diagnosis["memory"] {
  const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(readText("/proc/meminfo"))?.[1];
  const available = kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
  // A container's limit; 0 or a huge number without one.
  const limit = process.constrainedMemory();
  if (limit === 0 || limit >= totalmem()) return { total: totalmem(), available };
  return { total: limit, available: Math.min(available, process.availableMemory?.() ?? limit) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function describe(diagnosis: Diagnosis): string {
  const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GB`;
  const { cpu, memory, libtorch, addon, driver } = diagnosis;
  const rows: [string, string][] = [
    ["sam-torch", diagnosis.package],
    ["Node", `${diagnosis.node} (${diagnosis.platform}${diagnosis.glibc ? `, glibc ${diagnosis.glibc}` : ""})`],
    ["CPU", `${cpu.model}, ${cpu.cores} cores${cpu.features.length > 0 ? `, ${cpu.features.join(" ")}` : ""}`],
    ["Memory", `${gigabytes(memory.available)} of ${gigabytes(memory.total)} available`],
    [
      "Driver",
      driver
        ? `NVIDIA ${driver.version} (LibTorch ${driver.flavour ?? "for CUDA needs a newer one"})`
        : "no NVIDIA driver",
    ],
    ...diagnosis.places.map((place, i): [string, string] => [i === 0 ? "Looked in" : "", place.found]),
    [
      "LibTorch",
      libtorch ? `${libtorch.version} (${libtorch.flavour}) from ${libtorch.source}: ${libtorch.directory}` : "none",
    ],
    [
      "Addon",
      addon
        ? `${addon.kind} for LibTorch ${addon.libtorch}${addon.cuda ? ", with its CUDA part" : ""}: ${addon.path}`
        : "none",
    ],
    ...diagnosis.devices.map((check): [string, string] => [check.device, describeDevice(check, gigabytes)]),
  ];
  const table = rows.map(([name, value]) => `${name.padEnd(11)}${value}\n`).join("");
  if (diagnosis.works) return `${table}\nTraining works.\n${diagnosis.hints.map((hint) => `  ${hint}\n`).join("")}`;
  const list = diagnosis.problems.map(({ problem, help }) => `  ${problem}\n    help: ${help}\n`).join("");
  return `${table}\nTraining does not work:\n${list}`;
}

function describeDevice(check: DeviceCheck, gigabytes: (bytes: number) => string): string {
  if (check.problem !== undefined) return `fails: ${check.problem}`;
  const memory =
    check.memory === undefined ? "" : `, ${gigabytes(check.memory.free)} of ${gigabytes(check.memory.total)} free`;
  const name = check.name === undefined ? "" : `${check.name}: `;
  const versions = [check.cuda && `CUDA ${check.cuda}`, check.cudnn && `cuDNN ${check.cudnn}`].filter(Boolean);
  return [`${name}operator and backward are right${memory}`, ...versions].join(", ");
}
