/**
 * Writes docs/pytorch.md: which of PyTorch's public names are here.
 *
 *   npm run compat            writes the file
 *   npm run compat -- --check fails when the committed file is not what would be written
 *
 * PyTorch's names are in test/reference/fixtures/public-names.json (made by test/reference/public_names.py); ours are read off the running
 * package. What people have to say about a name is in compatibility-notes.ts, and is checked: a note that the package contradicts is an error.
 */
import { readFileSync, writeFileSync } from "node:fs";
import * as torch from "../lib/index.js";
import { camelCase } from "../lib/ops/names.js";
import { ABSENT, ABSENT_NAMESPACES, DIFFERS, ELSEWHERE, HOMES, TYPES } from "./compatibility-notes.js";

const FILE = new URL("../docs/pytorch.md", import.meta.url);
const NAMES = new URL("../test/reference/fixtures/public-names.json", import.meta.url);
const python = JSON.parse(readFileSync(NAMES, "utf8")) as {
  torch: string;
  namespaces: Record<string, Record<string, string>>;
};
const problems: string[] = [];

/** A module, for what every one has. */
const someModule = new torch.nn.Identity();

/** What a path such as `data.randomSplit` leads to in the package; `Tensor.` and `nn.Module.` stand for a tensor's and a module's own. */
function resolve(path: string): unknown {
  let at: unknown = torch;
  for (const part of path.split(".")) {
    if (at === torch.Tensor) at = torch.Tensor.prototype;
    if (at === torch.nn.Module) at = someModule;
    if (at === null || at === undefined || !(part in Object(at))) return undefined;
    // Getters of a tensor need a tensor; that they are there is enough.
    at = at === torch.Tensor.prototype ? part : (at as Record<string, unknown>)[part];
  }
  return at;
}

/** Whether a file under lib/ exports a type of this name. */
function hasType(name: string, file: string): boolean {
  const text = readFileSync(new URL(`../lib/${file}`, import.meta.url), "utf8");
  return new RegExp(`^export (interface|type|abstract class|class) ${name}\\b`, "m").test(text);
}

type Verdict =
  | { kind: "here" }
  | { kind: "differs"; at: string; text: string }
  | { kind: "absent"; reason: string | undefined };

function judge(space: string, name: string): Verdict {
  const full = `${space}.${name}`;
  const home = HOMES[space] ?? space.slice("torch.".length);
  const path = (last: string) => (home === "" ? last : `${home}.${last}`);
  const found = [camelCase(name), name].find((n) => resolve(path(n)) !== undefined);
  const text = DIFFERS[full];
  const elsewhere = ELSEWHERE[full];
  const type = TYPES[full];
  if (found !== undefined) {
    if (elsewhere !== undefined) problems.push(`${full} is at ${path(found)}: it needs no place in ELSEWHERE`);
    return text === undefined ? { kind: "here" } : { kind: "differs", at: path(found), text };
  }
  if (type !== undefined) {
    if (!hasType(type[0], type[1])) problems.push(`${full}: lib/${type[1]} exports no type ${type[0]}`);
    return { kind: "differs", at: path(type[0]), text: text ?? "a type" };
  }
  if (elsewhere !== undefined) {
    for (const one of elsewhere.split(", "))
      if (resolve(one) === undefined) problems.push(`${full}: there is no ${one}`);
    return { kind: "differs", at: elsewhere, text: text ?? "" };
  }
  if (text !== undefined) problems.push(`${full} is not here, yet it is said how it differs`);
  const reason = ABSENT.find(([pattern]) => pattern.test(full))?.[1];
  return { kind: "absent", reason };
}

const code = (name: string) => `\`${name}\``;
const row = (...cells: (string | number)[]) => `| ${cells.join(" | ")} |`;

const totals: string[] = [];
const sections: string[] = [];
const used = new Set<string>();
for (const [space, names] of Object.entries(python.namespaces)) {
  const verdicts = Object.keys(names).map((name) => [name, judge(space, name)] as const);
  for (const name of Object.keys(names)) used.add(`${space}.${name}`);
  const here = verdicts.filter(([, v]) => v.kind === "here").map(([name]) => name);
  const differing = verdicts.flatMap(([name, v]) => (v.kind === "differs" ? [[name, v.at, v.text] as const] : []));
  const absent = new Map<string, string[]>();
  for (const [name, v] of verdicts) {
    if (v.kind !== "absent") continue;
    const reason = v.reason ?? "not here yet";
    absent.set(reason, [...(absent.get(reason) ?? []), name]);
  }
  const missing = [...absent.values()].reduce((n, list) => n + list.length, 0);
  const home = HOMES[space] ?? space.slice("torch.".length);
  const shown = home === "" ? "torch" : `torch.${home}`;
  totals.push(
    row(
      `[${space}](#${space.replaceAll(".", "").toLowerCase()})`,
      verdicts.length,
      here.length,
      differing.length,
      missing,
    ),
  );
  const lines = [`## ${space}`, ""];
  if (shown !== space && resolve(home) !== undefined) lines.push(`Here it is ${code(shown)}.`, "");
  if (here.length > 0) lines.push(`**Here (${here.length}):** ${here.map(code).join(" ")}`, "");
  if (differing.length > 0) {
    lines.push(`**Differs (${differing.length}):**`, "", row("PyTorch", "here", "how"), row("---", "---", "---"));
    for (const [name, at, text] of differing) lines.push(row(code(name), at.split(", ").map(code).join(", "), text));
    lines.push("");
  }
  if (missing > 0) {
    lines.push(`**Absent (${missing}):**`, "");
    for (const [reason, list] of absent) lines.push(`- ${reason}: ${list.map(code).join(" ")}`);
    lines.push("");
  }
  sections.push(lines.join("\n"));
}
for (const full of [...Object.keys(DIFFERS), ...Object.keys(ELSEWHERE), ...Object.keys(TYPES)])
  if (!used.has(full)) problems.push(`${full} is no public name of PyTorch ${python.torch}`);

for (const space of Object.keys(ABSENT_NAMESPACES))
  if (resolve(space.slice("torch.".length)) !== undefined)
    problems.push(`${space} is here, yet it is said to be absent`);
const without = Object.entries(ABSENT_NAMESPACES).map(([space, reason]) => `- ${code(space)}: ${reason}`);

const text = `# What of PyTorch is here

Written by \`npm run compat\` from the package itself and the public names of PyTorch ${python.torch}; \`npm run check\` fails when it is stale.

Names are PyTorch's in camelCase: \`torch.nn.functional.cross_entropy\` is \`torch.nn.functional.crossEntropy\`, \`x.masked_fill_\` is \`x.maskedFill_\`.
They are listed as PyTorch spells them. Arguments with defaults go into a trailing options object; \`out=\` is left out everywhere.
"Here" is read off the package by name; what the names compute is compared with Python's values in the tests. Besides these, every operator of LibTorch is a function and, where its first argument is a tensor, a method.

${[row("namespace", "public names", "here", "differ", "absent"), row("---", "---:", "---:", "---:", "---:"), ...totals].join("\n")}

Absent as a whole:

${without.join("\n")}

${sections.join("\n")}`;

for (const problem of problems) console.error(`[compat] ${problem}`);
if (problems.length > 0) {
  process.exitCode = 1;
} else if (!process.argv.includes("--check")) {
  writeFileSync(FILE, text);
  console.log(`docs/pytorch.md: ${used.size} names, ${text.split("\n").length} lines`);
} else if (readFileSync(FILE, "utf8") !== text) {
  console.error("[compat] docs/pytorch.md is stale: run `npm run compat` and commit the result");
  process.exitCode = 1;
} else {
  console.log(`docs/pytorch.md is up to date: ${used.size} names`);
}
