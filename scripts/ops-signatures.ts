/** How the overloads of one operator are written as TypeScript signatures. */
import type { ArgumentSchema, OperatorSchema } from "../lib/native.js";
import { camelCase } from "../lib/ops/names.js";
import { foldsAt, isFactory, wrapsNumbers } from "../lib/ops/overload.js";

const TYPES: Record<string, string> = {
  Tensor: "Tensor",
  Scalar: "Scalar",
  int: "Int",
  SymInt: "Int",
  float: "number",
  bool: "boolean",
  SymBool: "boolean",
  str: "string",
  ScalarType: "DType",
  Layout: "Layout",
  MemoryFormat: "MemoryFormat",
  Device: "Device",
  Generator: "Generator",
};

const RESULTS: Record<string, string> = {
  ...TYPES,
  int: "number",
  SymInt: "number",
  "Tensor[]": "Tensor[]",
};

function inputType({ type, listSize }: Pick<ArgumentSchema, "type" | "listSize">): string {
  if (type.endsWith("?")) return `${inputType({ type: type.slice(0, -1), listSize })} | null`;
  if (!type.endsWith("[]")) return TYPES[type] ?? "never";
  const item = inputType({ type: type.slice(0, -2), listSize: 0 });
  const list = item === "Int" ? "Ints" : `readonly ${item.includes("|") ? `(${item})` : item}[]`;
  return listSize > 0 ? `${list} | ${item}` : list;
}

function resultType(s: OperatorSchema): string {
  const types = s.returns.map((r) => RESULTS[r.type] ?? "unknown");
  if (types.length === 0) return "void";
  if (types.length === 1) return types[0]!;
  const names = s.returns.map((r) => camelCase(r.name));
  if (names.includes("")) return `[${types.join(", ")}]`;
  const fields = names.map((n, i) => `${n}: ${types[i]}`).join("; ");
  return `Named<{ ${fields} }, [${names.map((n, i) => `${safe(n)}: ${types[i]}`).join(", ")}]>`;
}

const safe = (name: string) =>
  ["var", "in", "with", "default", "function", "new", "delete", "this"].includes(name) ? `${name}_` : name;

interface Parameter {
  name: string;
  type: string;
  optional: boolean;
  rest?: boolean;
}
interface Signature {
  positional: Parameter[];
  options: Parameter[];
  result: string;
}

/** The ways to write a call of one overload; `skip` leaves out the first argument (methods). */
function waysToCall(s: OperatorSchema, skip: number): Signature[] {
  const wraps = wrapsNumbers(s);
  const args = s.args
    .map((a, i) => ({
      ...a,
      name: camelCase(a.name),
      type: inputType(a) + (wraps && i > 0 && a.type === "Tensor" ? " | Scalar" : ""),
    }))
    .slice(skip);
  const firstOptional = args.findIndex((a) => a.optional || a.kwargOnly);
  const leading = firstOptional < 0 ? args : args.slice(0, firstOptional);
  const trailing = args.slice(leading.length);
  const result = resultType(s);
  const option = (list: typeof args): Parameter[] => [
    ...list.map(({ name, type, optional }) => ({ name, type, optional })),
    ...(isFactory(s) ? [{ name: "requiresGrad", type: "boolean", optional: true }] : []),
  ];
  const inOrder = (list: typeof args, optional: boolean) =>
    list.map(({ name, type }) => ({ name: safe(name), type, optional }));
  const out: Signature[] = [{ positional: inOrder(leading, false), options: option(trailing), result }];
  const defaults = trailing.filter((a) => !a.kwargOnly);
  const [first, ...rest] = defaults;
  if (first !== undefined) {
    const keyword = trailing.filter((a) => a.kwargOnly);
    out.push({
      positional: [...inOrder(leading, false), ...inOrder([first], false), ...inOrder(rest, true)],
      options: option(keyword),
      result,
    });
  }
  const list = foldsAt(s);
  if (list === skip) {
    out.push({
      positional: [{ name: safe(args[0]!.name), type: "Ints", optional: false, rest: true }],
      options: [],
      result,
    });
  }
  return out;
}

const text = (p: Parameter): string => `${p.rest ? "..." : ""}${p.name}${p.optional ? "?" : ""}: ${p.type}`;

/** What every creator takes; has a name of its own in the generated file. */
const FACTORY = ["dtype", "layout", "device", "pinMemory", "requiresGrad"];

function optionsType(options: readonly Parameter[]): string {
  const factory = FACTORY.every((name) => options.some((o) => o.name === name && o.optional));
  const own = factory ? options.filter((o) => !FACTORY.includes(o.name)) : options;
  const fields = own.length === 0 ? [] : [`{ ${own.map(text).join("; ")} }`];
  return [...fields, ...(factory ? ["FactoryOptions"] : [])].join(" & ");
}

function write({ positional, options, result }: Signature): string {
  const parameters = positional.map(text);
  if (options.length > 0) {
    const all = options.every((o) => o.optional);
    parameters.push(`options${all ? "?" : ""}: ${optionsType(options)}`);
  }
  return `(${parameters.join(", ")}): ${result}`;
}

/** One signature for two that differ in the type of one parameter: a variable of the union type can then be passed. */
function merge(a: Signature, b: Signature): Signature | undefined {
  if (a.result !== b.result || a.positional.length !== b.positional.length) return undefined;
  if (a.options.map(text).join() !== b.options.map(text).join()) return undefined;
  const differing = a.positional.flatMap((p, i) => (text(p) === text(b.positional[i]!) ? [] : [i]));
  if (differing.length !== 1) return undefined;
  const at = differing[0]!;
  const [p, q] = [a.positional[at]!, b.positional[at]!];
  if (p.name !== q.name || p.optional !== q.optional || p.rest || q.rest) return undefined;
  const type = [...new Set([...p.type.split(" | "), ...q.type.split(" | ")])].join(" | ");
  return { ...a, positional: a.positional.with(at, { ...p, type }) };
}

/** All signatures of an operator, as text; `skip` leaves out the first argument (methods). */
export function signatures(schemas: readonly OperatorSchema[], skip: number): string[] {
  let list = schemas.flatMap((s) => waysToCall(s, skip));
  for (let before = Number.POSITIVE_INFINITY; list.length < before; ) {
    before = list.length;
    const kept: Signature[] = [];
    for (const next of list) {
      const at = kept.findIndex((one) => merge(one, next) !== undefined);
      if (at < 0) kept.push(next);
      else kept[at] = merge(kept[at]!, next)!;
    }
    list = kept;
  }
  return [...new Set(list.map(write))];
}
