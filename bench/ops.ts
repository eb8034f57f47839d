/**
 * Nanoseconds per call of small operators: our side of bench/peers/ops.py, with the same conversation and the same names.
 *
 *   echo "run add 0.5" | npx tsx bench/ops.ts
 *
 * What allocates is measured as a training step would run it, in a `tidy` of 64 calls, and as "NAME, plain" in a loop that frees
 * nothing: there the sweep under memory pressure and V8's collections are part of the time.
 */
import { createInterface } from "node:readline";
import * as torch from "sam-torch";
import { timing } from "./table.js";

const [small, other] = [torch.ones([2, 2]), torch.ones([2, 2])];
const [a64, b64] = [torch.randn([64, 64]), torch.randn([64, 64])];
const megabyte = Float32Array.from({ length: 2 ** 18 }, Math.random);
const megabyteTensor = torch.tensor(megabyte);
const weight = torch.randn([64, 64], { requiresGrad: true });
const grown = torch.randn([64, 64]);
const nested = Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_, j) => i + j));
const rows = torch.slice(1, 5);

const CASES: Record<string, () => unknown> = {
  add_: () => small.add_(other),
  add: () => small.add(other),
  "mul scalar": () => small.mul(2),
  relu: () => small.relu(),
  sum: () => small.sum(),
  "sum dim": () => small.sum(1, { keepdim: true }),
  view: () => small.view([4]),
  transpose: () => small.t(),
  index: () => a64.index(rows, 3),
  item: () => small.index(0, 0).item(),
  cat: () => torch.cat([small, other]),
  zeros: () => torch.zeros([2, 2]),
  "matmul 64x64": () => a64.matmul(b64),
  "add 64x64": () => a64.add(b64),
  "linear backward": () => weight.matmul(grown).sum().backward(),
  "from 4x4 nested": () => torch.tensor(nested),
  "from 1 MB": () => torch.tensor(megabyte).dispose(),
  "to array 1 MB": () => megabyteTensor.dataSync(),
};
const withGrad = new Set(["linear backward"]);
const SCOPE = 64;

function block(fn: () => unknown, count: number): void {
  for (let i = 0; i < count; i++) fn();
}

/** Nanoseconds per call: the median of nine blocks after a warm-up. */
function measure(name: string, seconds: number): { ns: number; spread: number } {
  const [base, plain] = name.split(", ");
  const fn = CASES[base!]!;
  const tidied = () => torch.tidy(() => block(fn, SCOPE));
  const [unit, calls] = plain === undefined ? [tidied, SCOPE] : [() => block(fn, SCOPE), SCOPE];
  const run = (times: number) => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < times; i++) unit();
    return Number(process.hrtime.bigint() - start) / (times * calls);
  };
  const inMode = withGrad.has(base!) ? torch.enableGrad : torch.noGrad;
  return inMode(() => {
    let count = 0;
    for (const start = performance.now(); performance.now() - start < 100 * seconds; count++) unit();
    const { median, spread } = timing(Array.from({ length: 9 }, () => run(count)));
    return { ns: median, spread };
  });
}

const say = (fields: object) => console.log(JSON.stringify(fields));
say({ ready: true, torch: torch.torchVersion, threads: torch.getNumThreads() });
for await (const line of createInterface({ input: process.stdin })) {
  const [, name, seconds] = /^run (.+?)(?: ([\d.]+))?$/.exec(line.trim()) ?? [];
  if (line.trim() === "quit") break;
  if (line.trim() === "list") say({ cases: Object.keys(CASES) });
  else if (name !== undefined && name.split(", ")[0]! in CASES)
    say({ case: name, ...measure(name, Number(seconds ?? 1)) });
  else say({ error: `expected run NAME [seconds], list or quit, got ${line}` });
}
process.stdin.destroy();
