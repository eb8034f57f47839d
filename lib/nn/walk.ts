import { badArgument } from "../errors.js";
import type { Tensor } from "../tensor.js";
import type { AnyModule, NamedOptions } from "./module.js";
import type { Parameter } from "./parameter.js";

/** Something that a module holds under a name. */
export type Member =
  | { readonly kind: "parameter"; readonly name: string; readonly value: Parameter }
  | { readonly kind: "buffer"; readonly name: string; readonly value: Tensor; readonly persistent: boolean }
  | { readonly kind: "module"; readonly name: string; readonly value: AnyModule }
  /** The modules and parameters in a plain array: they are not the module's own. */
  | { readonly kind: "array"; readonly name: string; readonly value: readonly unknown[] };

/** The module and every one inside with their paths, each once, parents first. */
export function walkModules(root: AnyModule, prefix = ""): [string, AnyModule][] {
  const found = new Map<unknown, string>();
  const out: [string, AnyModule][] = [];
  const arrays: { owner: AnyModule; name: string; items: readonly unknown[] }[] = [];
  const visit = (module: AnyModule, path: string): void => {
    if (found.has(module)) return;
    found.set(module, path);
    out.push([path, module]);
    const names = new Set<string>();
    for (const member of module._members()) {
      if (member.kind === "array") {
        arrays.push({ owner: module, name: member.name, items: member.value });
        continue;
      }
      if (names.has(member.name)) {
        badArgument(`[${module.constructor.name}] expected one member called '${member.name}' in state dicts, got two`);
      }
      names.add(member.name);
      if (member.kind === "module") visit(member.value, path === "" ? member.name : `${path}.${member.name}`);
      else found.set(member.value, member.name);
    }
  };
  visit(root, prefix);
  for (const { owner, name, items } of arrays) {
    const lost = items.find((item) => !found.has(item));
    if (lost !== undefined) {
      badArgument(
        `[${owner.constructor.name}] expected modules in an nn.ModuleList, got a plain array in '${name}', whose parameters would not be found`,
        `${name} = new nn.ModuleList([...]); a #private property hides modules on purpose`,
      );
    }
  }
  return out;
}

/** Parameters or buffers with their names, each tensor once. */
export function namedTensors(
  root: AnyModule,
  kind: "parameter" | "buffer",
  { prefix = "", recurse = true }: NamedOptions,
): [string, Tensor][] {
  const modules: [string, AnyModule][] = recurse ? walkModules(root, prefix) : [[prefix, root]];
  const found = new Map<Tensor, string>();
  for (const [path, module] of modules) {
    for (const member of module._members()) {
      if (member.kind !== kind || found.has(member.value as Tensor)) continue;
      found.set(member.value as Tensor, path === "" ? member.name : `${path}.${member.name}`);
    }
  }
  return [...found].map(([tensor, name]) => [name, tensor]);
}
