/**
 * Benchmarks, each side by side with its peer in one run, taking turns.
 *
 *   npm run bench                       every case (about 20 minutes on two cores)
 *   npm run bench -- sam                SAM steps of WideResNets
 *   npm run bench -- ops                nanoseconds per call of small operators
 *   npm run bench -- mlp reference      SAM steps of a tiny net; the reference's loop as it is written
 *   npm run bench -- diagnostics        what diagnostics add to a SAM step; needs no Python
 *   npm run bench -- cuda               SAM steps on an NVIDIA GPU
 *   npm run bench -- sam --only 16-2-bf16 --rounds 7 --modes eager,compile
 *   npm run bench -- cuda --modes eager,graph   without compile, which takes minutes there
 *   npm run bench -- sam --masters      ours with bf16 weights and float32 masters in the bf16 cases
 *
 *   npm run bench -- mlp --out mlp      also writes bench/results/mlp.md, .json and .svg
 *
 * A peer that fails is left out, with its reason; what --out names is written after each case.
 *
 * Python's side needs a Python with torch: SAM_TORCH_PYTHON, else python3.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { chart } from "./chart.js";
import { diagnosticsTable } from "./diagnostics.js";
import { Peer } from "./peer.js";
import { markdown, type Row, type Timing, timing } from "./table.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", default: "" },
    rounds: { type: "string", default: "5" },
    /** Python's; by default "eager", and on a GPU all that there are. */
    modes: { type: "string" },
    /** A name in bench/results, or a path without an ending. */
    out: { type: "string", default: "" },
    masters: { type: "boolean", default: false },
  },
});
const python = process.env.SAM_TORCH_PYTHON ?? "python3";
const rounds = Number(values.rounds);

interface Case {
  name: string;
  unit: string;
  ours: string[];
  peers: { name: string; args: string[] }[];
  /** A round of tiny steps is the median of so many; default 1. */
  stepsPerRound?: number;
}

const node = ["--import", "tsx"];
const modes = (values.modes ?? "eager").split(",");

/** Of the measured code; a copy without its history may be told in SAM_TORCH_COMMIT. */
function commitOf(): string {
  try {
    const stdio = ["ignore", "pipe", "ignore"] as const;
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8", stdio: [...stdio] }).trim();
  } catch {
    return process.env.SAM_TORCH_COMMIT ?? "unknown";
  }
}
const commit = commitOf();

/** `mode` is Python's, with flags of the script: "eager+malloc=tuned". */
function peer(mode: string, script: string, common: string[]): Case["peers"][number] {
  const [name, ...flags] = mode.split("+");
  const extra = flags.flatMap((flag) => [`--${flag.split("=")[0]}`, flag.split("=")[1]!]);
  return { name: `python ${mode}`, args: [script, "--mode", name!, ...common, ...extra] };
}

function samCase(depth: number, width: number, precision: "bf16" | "fp32"): Case {
  const common = ["--depth", `${depth}`, "--width", `${width}`, "--batch", "128", "--precision", precision];
  // bf16 weights are no peer of an fp32 step
  const fair = modes.filter((mode) => precision === "bf16" || !mode.includes("weights=bf16"));
  return {
    name: `sam ${depth}-${width}-${precision}`,
    unit: "ms/step",
    ours: [
      ...[...node, "bench/sam-step.ts", ...common],
      ...(values.masters && precision === "bf16" ? ["--precision", "bf16-masters"] : []),
    ],
    peers: fair.map((mode) => peer(mode, "bench/peers/sam_step.py", common)),
  };
}

/** What a user of davda54/sam has, as it is written, against what a user of this library has. */
const referenceCase: Case = {
  name: "reference 22-8, fp32 as written against bf16",
  unit: "ms/step",
  ours: samCase(22, 8, "bf16").ours,
  peers: [
    peer("reference", "bench/peers/sam_step.py", ["--depth", "22", "--width", "8", "--batch", "128", "--warmup", "1"]),
  ],
};
/** Ours by `optimizer.capture()`, and as the closure is written. */
const mlpCase = (mode: "capture" | "eager"): Case => ({
  name: `mlp 784-256-10-fp32${mode === "eager" ? " without capture" : ""}`,
  unit: "ms/step",
  ours: [...node, "bench/mlp-step.ts", "--mode", mode],
  peers: modes.map((mode) => peer(mode, "bench/peers/mlp_step.py", ["--batch", "64", "--warmup", "200"])),
  stepsPerRound: 100,
});

/** On a GPU: ours as one CUDA graph, against each way that Python has. `npm run check:cuda` runs it. */
function cudaCase(depth: number, width: number, precision: "bf16" | "fp32"): Case {
  const common = ["--depth", `${depth}`, "--width", `${width}`, "--batch", "128", "--precision", precision];
  const onGpu = [...common, "--device", "cuda"];
  const low = precision === "bf16";
  const every = ["eager", "graph", "compile", "compile+compile-mode=max-autotune"];
  const chosen = values.modes?.split(",") ?? [...every, "eager+weights=bf16", "graph+weights=bf16"];
  const python = (mode: string) => peer(mode, "bench/peers/sam_step.py", [...onGpu, "--warmup", "10"]);
  return {
    name: `cuda sam ${depth}-${width}-${precision}`,
    unit: "ms/step",
    // The later flag wins: working weights in bf16 with fp32 masters, which Python's side has too.
    ours: [...node, "bench/sam-step.ts", ...onGpu, "--mode", "graph", ...(low ? ["--precision", "bf16-masters"] : [])],
    peers: chosen.filter((mode) => low || !mode.includes("weights=bf16")).map(python),
    stepsPerRound: 50,
  };
}

const CASES: Record<string, Case[]> = {
  sam: [samCase(16, 2, "bf16"), samCase(16, 2, "fp32"), samCase(22, 8, "bf16"), samCase(22, 8, "fp32")],
  mlp: [mlpCase("capture"), mlpCase("eager")],
  reference: [referenceCase],
  cuda: [cudaCase(22, 8, "bf16"), cudaCase(16, 2, "bf16"), cudaCase(22, 8, "fp32")],
};

async function measure(one: Case): Promise<Row> {
  const ours = new Peer("sam-torch", process.execPath, one.ours);
  const peers: Peer[] = [];
  const failed = new Set<Peer>();
  /** Of a peer, undefined when it has failed, now or before: the others go on. */
  const ask = async <T>(side: Peer, question: () => Promise<T>): Promise<T | undefined> => {
    if (failed.has(side)) return undefined;
    try {
      return await question();
    } catch (error) {
      if (side === ours) throw error;
      failed.add(side);
      process.stderr.write(`${one.name}: ${side.name} is left out: ${(error as Error).message}\n`);
      return undefined;
    }
  };
  try {
    await ours.ready();
    for (const { name, args } of one.peers) {
      const peer = new Peer(name, python, args);
      peers.push(peer);
      await ask(peer, () => peer.ready());
    }
    const all = [ours, ...peers];
    for (const side of all) await ask(side, () => side.memory()); // from here on
    const samples = all.map(() => [] as number[]);
    for (let round = 0; round < rounds; round++) {
      for (const [i, side] of all.entries()) {
        const time = await ask(side, () => side.step(one.stepsPerRound));
        if (time !== undefined) samples[i]!.push(time);
      }
    }
    const memory: (number | undefined)[] = [];
    for (const side of all) memory.push(await ask(side, () => side.memory()));
    const results = peers.map((peer, i) => ({ peer, samples: samples[i + 1]!, memory: memory[i + 1] }));
    return {
      case: one.name,
      unit: one.unit,
      ours: timing(samples[0]!),
      memory: memory[0],
      peers: results
        .filter(({ peer }) => !failed.has(peer))
        .map(({ peer, samples, memory }) => ({ name: peer.name, timing: timing(samples), memory })),
    };
  } finally {
    await Promise.all([ours, ...peers].map((side) => side.close()));
  }
}

/** Our name of a case, Python's, and the goal as a share of Python's time where there is one. */
const OPS: readonly [ours: string, theirs: string, goal?: number][] = [
  ["add_", "add_", 0.7],
  ...["add", "mul scalar", "relu", "sum", "zeros", "add 64x64"].map(
    (name) => [name, name, 1] as [string, string, number],
  ),
  ...["view", "transpose", "sum dim", "index", "item", "cat", "linear backward"].map(
    (name) => [name, name] as [string, string],
  ),
  ["add, plain", "add"],
  ["matmul 64x64", "matmul 64x64", 1],
  ["from 1 MB", "numpy copy 1 MB", 1.1],
  ["from 4x4 nested", "from 4x4 nested"],
  ["to array 1 MB", "to array 1 MB"],
];

/** All in two processes that take turns: starting a pair for each would take longer than measuring. */
async function measureOps(): Promise<Row[]> {
  const ours = new Peer("sam-torch", process.execPath, [...node, "bench/ops.ts"]);
  const theirs = new Peer("python", python, ["bench/peers/ops.py"]);
  try {
    await Promise.all([ours.ready(), theirs.ready()]);
    const out: Row[] = [];
    for (const [name, peerName, goal] of OPS.filter(([name]) => name.includes(values.only))) {
      const samples: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round++) {
        samples[0].push(await ours.call(name, 0.3));
        samples[1].push(await theirs.call(peerName, 0.3));
      }
      const timings = samples.map(timing) as [Timing, Timing];
      const title = goal === undefined ? name : `${name} (at most ${goal}x)`;
      out.push({
        case: title,
        unit: "ns/call",
        ours: timings[0],
        peers: [{ name: `python ${peerName}`, timing: timings[1] }],
      });
    }
    return out;
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
}

const groups =
  positionals.length > 0
    ? positionals
    : ["ops", ...Object.keys(CASES).filter((group) => group !== "cuda"), "diagnostics"];
const date = new Date().toISOString().slice(0, 10);
const gpu = groups.includes("cuda") ? `${(await import("sam-torch")).cuda.getDeviceProperties().name}; ` : "";
const header = `${gpu}${os.cpus()[0]?.model.trim()}, ${os.availableParallelism()} cores; ${date}; commit ${commit}; ${rounds} rounds, alternating; medians ± half the interquartile range`;
let alone = ""; // the table of what has no peer
const rows: Row[] = [];

/** All so far, as a table, and in the files that --out names. */
function write(): string {
  const table = ((rows.length > 0 ? markdown(rows) : "") + alone).trim();
  if (values.out !== "") {
    const base = path.resolve("bench/results", values.out);
    mkdirSync(path.dirname(base), { recursive: true });
    writeFileSync(`${base}.md`, `${header}\n\n${table}\n`);
    writeFileSync(`${base}.json`, `${JSON.stringify({ header, rows }, null, 2)}\n`);
    writeFileSync(
      `${base}.svg`,
      chart(
        rows.filter(({ peers }) => peers.length > 0),
        `Fastest peer / ours, ${date}`,
      ),
    );
  }
  return table;
}

for (const group of groups) {
  if (group === "diagnostics") {
    alone = `\n\n${diagnosticsTable(rounds, values.only)}`;
    continue;
  }
  if (group === "ops") {
    rows.push(...(await measureOps()));
    continue;
  }
  const cases = CASES[group];
  if (cases === undefined) {
    console.error(`expected one of ops, ${Object.keys(CASES).join(", ")}, diagnostics, got ${group}`);
    process.exit(2);
  }
  for (const one of cases.filter((c) => c.name.includes(values.only))) {
    process.stderr.write(`${one.name} ...\n`);
    rows.push(await measure(one));
    console.log(markdown(rows.slice(-1)).split("\n").at(-1));
    write();
  }
}
console.log(`\n${header}\n\n${write()}`);
