/**
 * Writes lib/ops.generated.ts from the schemas of the LibTorch that the addon is built against.
 *
 *   npm run generate            writes the file
 *   npm run generate -- --check fails when the committed file is not what would be written
 */
import { readFileSync, writeFileSync } from "node:fs";
import { native, type OperatorSchema } from "../lib/native.js";
import { camelCase } from "../lib/ops/names.js";
import { isCallable } from "../lib/ops/overload.js";
import { signatures } from "./ops-signatures.js";

const FILE = new URL("../lib/ops.generated.ts", import.meta.url);

/** Names that cannot be bound by `const`; exported under an alias. */
const RESERVED = new Set(["var"]);

/** Methods that lib/tensor.ts, or what it builds on, writes by hand, because they are properties or PyTorch's are written in Python. */
const HAND_WRITTEN = new Set([
  "T",
  "H",
  "mT",
  "mH",
  "real",
  "imag",
  "data",
  "grad",
  "item",
  "size",
  "stride",
  "isLeaf",
  "requiresGrad_",
  "retainGrad",
  "index",
  "indexPut_",
  "backward",
  "version",
  "numel",
  "dim",
  "isContiguous",
  "setData",
  "names",
  "isInference",
  "to",
  "type",
  "where",
  "norm",
  "storageOffset",
  "requiresGrad",
  "dataPtr",
  "is",
  "keep",
  "dispose",
  "shape",
  "nonzero",
  "unique",
  "uniqueConsecutive",
]);

const NAMESPACES = ["linalg", "fft", "special"];

interface Op {
  name: string;
  schemaName: string;
  schemas: OperatorSchema[];
}

function publicOperators(): Op[] {
  const out: Op[] = [];
  for (const schemaName of native.operatorNames()) {
    const bare = schemaName.replace(/^aten::/, "");
    if (bare === schemaName || bare.startsWith("_")) continue;
    const schemas = native.operator(schemaName).filter(isCallable);
    schemas.sort((a, b) => a.args.length - b.args.length || (a.schema < b.schema ? -1 : 1));
    if (schemas.length > 0) out.push({ name: camelCase(bare), schemaName, schemas });
  }
  return out;
}

const ops = publicOperators();
const bound = (op: Op) => (RESERVED.has(op.name) ? `${op.name}_op` : op.name);
const inNamespace = (op: Op, space: string) => op.schemaName.startsWith(`aten::${space}_`);

function comment(schemas: readonly OperatorSchema[], indent: string): string {
  const lines = schemas.map((s) => `\`${s.schema.replace("aten::", "").replaceAll("*/", "* /")}\``);
  return lines.length === 1
    ? `${indent}/** ${lines[0]} */`
    : [`${indent}/**`, ...lines.map((l) => `${indent} * - ${l}`), `${indent} */`].join("\n");
}

function binding(op: Op): string {
  const forms = signatures(op.schemas, 0).map((s) => `  ${s};\n`);
  return `${comment(op.schemas, "")}\nexport const ${bound(op)} = operator<{\n${forms.join("")}}>("${op.name}", "${op.schemaName}");\n`;
}

const isMethod = (op: Op) =>
  !NAMESPACES.some((space) => inNamespace(op, space)) &&
  !HAND_WRITTEN.has(op.name) &&
  op.schemas.some((s) => s.args[0]?.type === "Tensor");

function methodOf(op: Op): string {
  const own = op.schemas.filter((s) => s.args[0]?.type === "Tensor");
  return `${comment(own, "  ")}\n${signatures(own, 1)
    .map((s) => `  ${op.name}${s};`)
    .join("\n")}`;
}

function namespace(space: string): string {
  const members = ops.filter((op) => inNamespace(op, space) && !op.schemaName.startsWith(`aten::${space}__`));
  const short = (op: Op) => camelCase(op.schemaName.slice(`aten::${space}_`.length));
  return `/** PyTorch's \`torch.${space}\`. */\nexport const ${space} = {\n${members.map((op) => `  ${short(op)}: ${op.name},`).join("\n")}\n};\n`;
}

const methods = ops.filter(isMethod);
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
/** What operators that create tensors take besides values and shape; null is the same as leaving it out. */
export interface FactoryOptions {
  dtype?: DType | null;
  layout?: Layout | null;
  device?: Device | null;
  pinMemory?: boolean | null;
  requiresGrad?: boolean;
}
/** Several results: a tuple whose items also have names. */
export type Named<N, T extends readonly unknown[]> = T & N;

${ops.map(binding).join("\n")}
export { ${[...RESERVED].map((n) => `${n}_op as ${n}`).join(", ")} };

${NAMESPACES.map(namespace).join("\n")}
/** Operators whose first argument is a tensor, as its methods. */
export interface TensorMethods {
${methods.map(methodOf).join("\n")}
}

/** Which functions \`lib/ops/install.ts\` makes methods of. */
export const methods = {
${methods.map((op) => `  ${op.name}${RESERVED.has(op.name) ? `: ${bound(op)}` : ""},`).join("\n")}
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
  console.log(
    `lib/ops.generated.ts: ${ops.length} operators, ${methods.length} methods, ${text.split("\n").length} lines`,
  );
}
