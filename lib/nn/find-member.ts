import { badArgument } from "../errors.js";
import { describeValue } from "../ops/describe-value.js";
import { nearest } from "../ops/names.js";
import type { Tensor } from "../tensor.js";
import type { AnyModule } from "./module.js";
import type { Parameter } from "./parameter.js";
import { stateName } from "./state-name.js";

/** The module at a path of names in the state dict; `""` is `root` itself. */
export function findModule(op: string, root: AnyModule, path: string): AnyModule {
  expectPath(op, path);
  if (path === "") return root;
  let module = root;
  const names = path.split(".");
  for (const [i, name] of names.entries()) {
    module = memberOf(op, module, names.slice(0, i), name, "module");
  }
  return module;
}

/** The parameter or buffer at a path of names in the state dict. */
export function findTensor(op: string, root: AnyModule, path: string, kind: "parameter"): Parameter;
export function findTensor(op: string, root: AnyModule, path: string, kind: "buffer"): Tensor;
export function findTensor(op: string, root: AnyModule, path: string, kind: "parameter" | "buffer"): Tensor {
  expectPath(op, path);
  const names = path.split(".");
  const owner = findModule(op, root, names.slice(0, -1).join("."));
  return memberOf(op, owner, names.slice(0, -1), names.at(-1)!, kind);
}

interface Values {
  module: AnyModule;
  parameter: Parameter;
  buffer: Tensor;
}

function memberOf<K extends keyof Values>(
  op: string,
  owner: AnyModule,
  above: readonly string[],
  name: string,
  kind: K,
): Values[K] {
  const members = owner._members();
  const found = members.find((member) => member.kind === kind && member.name === name);
  if (found !== undefined) return found.value as Values[K];
  const pathOf = (last: string) => [...above, last].join(".");
  const place = `${owner.constructor.name}${above.length === 0 ? "" : ` at '${above.join(".")}'`}`;
  const other = members.find((member) => member.name === name);
  if (other !== undefined && other.kind !== "array") {
    badArgument(`[${op}] expected a ${kind} at '${pathOf(name)}', got a ${other.kind}`, HELP[other.kind]);
  }
  const names = members.filter((member) => member.kind === kind).map((member) => member.name);
  const near = names.includes(stateName(name)) ? stateName(name) : nearest(name, names);
  const isPlace = /^\d+$/.test(name);
  badArgument(
    `[${op}] expected ${names.length === 0 ? `${place} to have ${kind}s` : `one of the ${kind}s ${names.join(", ")} of ${place}`}, got '${name}'`,
    near === undefined || isPlace ? undefined : `did you mean '${pathOf(near)}'?`,
  );
}

const HELP: Readonly<Record<keyof Values, string>> = {
  module: "getSubmodule gives modules",
  parameter: "getParameter gives parameters",
  buffer: "getBuffer gives buffers",
};

function expectPath(op: string, path: unknown): void {
  if (typeof path !== "string") {
    badArgument(`[${op}] expected a path such as "body.0.weight", got ${describeValue(path)}`);
  }
}
