/**
 * Writes lib/ops.generated.ts from the schemas of the LibTorch that the addon is built against.
 *
 *   npm run generate            writes the file
 *   npm run generate -- --check fails when the committed file is not what would be written
 */
import { readFileSync, writeFileSync } from "node:fs";
import { type ArgumentSchema, native, type OperatorSchema } from "../lib/native.js";
import { camelCase } from "../lib/ops/names.js";

const FILE = new URL("../lib/ops.generated.ts", import.meta.url);

/** Names that cannot be bound by `const`; exported under an alias. */
const RESERVED = new Set(["var"]);

/** Operators whose tensor method is written by hand in lib/tensor.ts, for a better signature or because they are properties. */
const HAND_WRITTEN_METHODS = new Set([
  "data", "grad", "item", "size", "stride", "isLeaf", "requiresGrad_", "retainGrad", "index", "indexPut_", "backward",
  "toString", "version", "numel", "dim", "isContiguous", "setData", "names", "isInference", "to", "type", "apply",
]);

const NAMESPACES = ["linalg", "fft", "special"];

const isCallable = (s: OperatorSchema) =>
  !s.args.some((a) => a.kwargOnly && a.isWrite) &&
  !/Dimname/.test(s.schema) &&
  !(/(^|_)out$/.test(s.overload) && s.returns.every((r) => r.argument >= 0));

const TYPES: Record<string, string> = {
  Tensor: "Tensor", Scalar: "Scalar", int: "Int", SymInt: "Int", float: "number", bool: "boolean", SymBool: "boolean",
  str: "string", ScalarType: "DType", Layout: "Layout", MemoryFormat: "MemoryFormat", Device: "Device", Generator: "Generator",
};

function inputType(a: Pick<ArgumentSchema, "type" | "listSize">): string {
  if (a.type.endsWith("?")) return `${inputType({ type: a.type.slice(0, -1), listSize: a.listSize })} | null`;
  if (a.type.endsWith("[]")) {
    const inner = inputType({ type: a.type.slice(0, -2), listSize: 0 });
    const list = inner === "Int" ? "Ints" : `readonly ${inner.includes("|") ? `(${inner})` : inner}[]`;
    return a.listSize > 0 ? `${list} | ${inner}` : list;
  }
  return TYPES[a.type] ?? "never";
}

const RESULTS: Record<string, string> = {
  Tensor: "Tensor", int: "number", SymInt: "number", float: "number", bool: "boolean", SymBool: "boolean",
  Scalar: "Scalar", "Tensor[]": "Tensor[]", ScalarType: "number", str: "string",
};

function resultType(s: OperatorSchema): string {
  const types = s.returns.map((r) => RESULTS[r.type] ?? "unknown");
  if (types.length === 0) return "void";
  if (types.length === 1) return types[0]!;
  const names = s.returns.map((r) => camelCase(r.name));
  if (names.some((n) => n === "")) return `[${types.join(", ")}]`;
  return `Named<{ ${names.map((n, i) => `${n}: ${types[i]}`).join("; ")} }, [${names.map((n, i) => `${safe(n)}: ${types[i]}`).join(", ")}]>`;
}

const safe = (name: string) => (["var", "in", "with", "default", "function", "new", "delete", "this"].includes(name) ? `${name}_` : name);

/** The ways to write a call of one overload; `skip` leaves out the first argument (methods). */
function signatures(s: OperatorSchema, skip: number): string[] {
  const args = s.args.slice(skip).map((a) => ({ ...a, name: camelCase(a.name), ts: inputType(a) }));
  const required = args.filter((a) => !a.kwargOnly && !a.optional);
  const firstDefault = args.findIndex((a) => a.optional && !a.kwargOnly);
  const leading = firstDefault < 0 ? required : args.slice(0, firstDefault);
  const trailing = args.slice(leading.length);
  const factory = args.some((a) => a.name === "pinMemory") && args.some((a) => a.name === "device");
  const options = (list: typeof args) => {
    const items = list.map((a) => `${a.name}${a.optional ? "?" : ""}: ${a.ts}`);
    if (factory) items.push("requiresGrad?: boolean");
    const must = list.some((a) => !a.optional);
    return items.length === 0 ? [] : [`options${must ? "" : "?"}: { ${items.join("; ")} }`];
  };
  const positional = (list: typeof args, optional: boolean) => list.map((a) => `${safe(a.name)}${optional ? "?" : ""}: ${a.ts}`);
  const result = resultType(s);
  const out = [`(${[...positional(leading, false), ...options(trailing)].join(", ")}): ${result}`];
  const defaults = trailing.filter((a) => !a.kwargOnly);
  if (defaults.length > 0) {
    const keyword = trailing.filter((a) => a.kwargOnly);
    const [first, ...rest] = defaults;
    const list = [...positional(leading, false), ...positional([first!], false), ...positional(rest, true), ...options(keyword)];
    out.push(`(${list.join(", ")}): ${result}`);
  }
  return out;
}

const unique = (list: string[]) => [...new Set(list)];
const comment = (schemas: OperatorSchema[], indent: string) => {
  const lines = schemas.map((s) => `\`${s.schema.replace("aten::", "").replaceAll("*/", "* /")}\``);
  return lines.length === 1
    ? `${indent}/** ${lines[0]} */`
    : [`${indent}/**`, ...lines.map((l) => `${indent} * - ${l}`), `${indent} */`].join("\n");
};

interface Op { name: string; schemaName: string; schemas: OperatorSchema[] }

const ops: Op[] = [];
for (const schemaName of native.operatorNames()) {
  const bare = schemaName.replace(/^aten::/, "");
  if (bare === schemaName || bare.startsWith("_")) continue;
  const schemas = native.operator(schemaName).filter(isCallable);
  schemas.sort((a, b) => a.args.length - b.args.length || (a.schema < b.schema ? -1 : 1));
  if (schemas.length > 0) ops.push({ name: camelCase(bare), schemaName, schemas });
}

const binding = (op: Op, name: string) =>
  `${comment(op.schemas, "")}\nexport const ${name} = operator<{\n${unique(op.schemas.flatMap((s) => signatures(s, 0)))
    .map((s) => `  ${s};`)
    .join("\n")}\n}>("${op.name}", "${op.schemaName}");\n`;

const isMethod = (op: Op) =>
  !NAMESPACES.some((n) => op.schemaName.startsWith(`aten::${n}_`)) &&
  !HAND_WRITTEN_METHODS.has(op.name) &&
  op.schemas.some((s) => s.args[0]?.type === "Tensor");

const methods = ops.filter(isMethod).map((op) => {
  const own = op.schemas.filter((s) => s.args[0]?.type === "Tensor");
  const lines = unique(own.flatMap((s) => signatures(s, 1)));
  return `${comment(own, "  ")}\n${lines.map((l) => `  ${op.name}${l};`).join("\n")}`;
});

const spaces = NAMESPACES.map((n) => {
  const members = ops.filter((op) => op.schemaName.startsWith(`aten::${n}_`) && op.name !== n);
  const short = (op: Op) => camelCase(op.schemaName.slice(`aten::${n}_`.length));
  return `/** PyTorch's \`torch.${n}\`. */\nexport const ${n} = {\n${members.map((op) => `  ${short(op)}: ${op.name},`).join("\n")}\n};\n`;
});

const text = `// Written by scripts/generate-ops.ts from LibTorch ${native.torchVersion}; \`npm run generate\` writes it again.
// One binding per public aten:: operator. Arguments with defaults go into the options object or, where PyTorch allows it, stand in order.
import type { Device } from "./device.js";
import type { DType, Layout, MemoryFormat } from "./dtype.js";
import type { Generator } from "./generator.js";
import { operator } from "./ops/operator.js";
import type { Scalar, Tensor } from "./tensor.js";

/** An integer; bigint beyond 2^53. */
export type Int = number | bigint;
export type Ints = readonly Int[];
/** Several results: a tuple whose items also have names. */
export type Named<N, T extends readonly unknown[]> = T & N;

${ops.map((op) => binding(op, RESERVED.has(op.name) ? `${op.name}_op` : op.name)).join("\n")}
export { ${[...RESERVED].map((n) => `${n}_op as ${n}`).join(", ")} };

${spaces.join("\n")}
/** Operators whose first argument is a tensor, as its methods. */
export interface TensorMethods {
${methods.join("\n")}
}

/** Which functions \`lib/ops/install.ts\` makes methods of. */
export const methods = {
${ops.filter(isMethod).map((op) => `  ${op.name}${RESERVED.has(op.name) ? `: ${op.name}_op` : ""},`).join("\n")}
};
`;

if (process.argv.includes("--check")) {
  if (readFileSync(FILE, "utf8") !== text) {
    console.error("lib/ops.generated.ts is stale: run `npm run generate` and commit the result");
    process.exit(1);
  }
  console.log(`lib/ops.generated.ts is up to date: ${ops.length} operators`);
} else {
  writeFileSync(FILE, text);
  console.log(`lib/ops.generated.ts: ${ops.length} operators, ${methods.length} methods, ${text.split("\n").length} lines`);
}
