/*
 * Makes calls `from` to `to` of a seed, and writes down which before it makes it: node block-program.ts <seed> <from> <to> <block> <journal> [match].
 * What went wrong goes to <journal>.problems, a JSON object a line. With FUZZ_TRACE=1 every call is printed.
 */
import { appendFileSync, openSync, writeSync } from "node:fs";
import * as torch from "../../lib/index.js";
import { type Call, makeCall } from "./call.js";
import type { Counts, Problem } from "./journal.js";
import { MAKING, RUNNING, USING } from "./journal.js";
import { changesSettings, restore } from "./surface.js";

const [seed, from, to, block] = process.argv.slice(2, 6).map(Number) as [number, number, number, number];
const file = process.argv[6]!;
const match = process.argv[7] ? new RegExp(process.argv[7], "i") : undefined;
const journal = openSync(file, "w");
const state = new Float64Array(8);
const bytes = Buffer.from(state.buffer);
const trace = process.env.FUZZ_TRACE === "1";

/** Where it is, where a crash cannot take it back: the page cache outlives the process. */
function note(call: number, step: number): void {
  state[0] = call;
  state[1] = step;
  writeSync(journal, bytes, 0, bytes.length, 0);
}

function problem(kind: Problem["kind"], call: number, message: string, text = ""): void {
  appendFileSync(`${file}.problems`, `${JSON.stringify({ kind, call, text, message } satisfies Problem)}\n`);
}

const counts: Counts = { values: 0, torchErrors: 0, typeErrors: 0 };

function failed(error: unknown, n: number, text: string): void {
  if (error instanceof torch.TorchError) {
    counts.torchErrors++;
    if (!/^\[[\w.$]+\] \S/.test(error.message) || /INTERNAL ASSERT/.test(error.message))
      problem("style", n, error.message, text);
  } else if (error instanceof TypeError) {
    counts.typeErrors++;
    problem("type", n, error.message, text);
  } else {
    problem("error", n, error instanceof Error ? `${error.name}: ${error.message}` : String(error), text);
  }
  state[3] = counts.torchErrors;
  state[4] = counts.typeErrors;
}

function* leaves(value: unknown): Generator<torch.Tensor> {
  if (torch.isTensor(value)) yield value;
  else if (Array.isArray(value)) for (const item of value.slice(0, 20)) yield* leaves(item);
}

/** Reads what came out, so that a result that points outside its memory is noticed here. */
function use(call: Call, result: unknown): void {
  for (const tensor of leaves(result)) {
    if (tensor.isDisposed) continue;
    const small = tensor.numel() <= 1 << 14;
    if (!small || tensor.isMeta) continue;
    String(tensor);
    if (tensor.layout === "strided" && !tensor.dtype.startsWith("q")) tensor.bytes();
    if (tensor.requiresGrad && (tensor.isFloatingPoint() || tensor.isComplex())) {
      (tensor.isComplex() ? tensor.abs() : tensor).sum().backward({ retainGraph: true });
    }
  }
  if (changesSettings(call.target.name)) restore();
}

/** What leaks inside LibTorch, and why: what is left after such a call is not held against the block. */
const KNOWN_LEAKS: Readonly<Record<string, string>> = {
  vander: "its graph holds a tensor that it changes in place, and so itself",
  "x.vander": "as vander",
};

const promises: Promise<unknown>[] = [];

let leaks = false;

function one(n: number): void {
  note(n, MAKING);
  torch.tidy(() => {
    const call = makeCall(seed, n, match);
    leaks = Object.hasOwn(KNOWN_LEAKS, call.target.name);
    if (trace) console.error(`${n}: ${call.text}`);
    note(n, RUNNING);
    try {
      const result = call.target.call(call.self, call.args);
      note(n, USING);
      use(call, result);
      if (result instanceof Promise) promises.push(result.catch((error) => failed(error, n, call.text)));
      state[2] = ++counts.values;
    } catch (error) {
      if (changesSettings(call.target.name)) restore();
      failed(error, n, call.text);
    }
  });
}

async function settle(): Promise<{ tensors: number; allocated: number }> {
  await Promise.all(promises.splice(0));
  torch.collectGarbage();
  const { tensors, allocated } = torch.memory();
  return { tensors, allocated };
}

restore();
let before = await settle();
for (let start = from; start < to; start += block) {
  const end = Math.min(to, start + block);
  for (let n = start; n < end; n++) {
    const held = torch.memory().allocated;
    one(n);
    if (leaks) before.allocated += Math.max(0, torch.memory().allocated - held);
  }
  const after = await settle();
  if (after.tensors !== before.tensors || after.allocated > before.allocated) {
    problem("leak", start, `calls ${start} to ${end - 1}: ${JSON.stringify(before)} became ${JSON.stringify(after)}`);
    before = after;
  }
}
note(to, 0);
