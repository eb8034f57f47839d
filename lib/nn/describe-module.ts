import type { AnyModule } from "./module.js";

/** A module as text: its settings, then the modules inside, indented, under their names in the state dict. */
export function describeModule(module: AnyModule): string {
  const children = module._members().filter((member) => member.kind === "module");
  return layOut(
    module,
    children.map(({ name, value }) => [name, String(value)]),
  );
}

/** {@link describeModule} where neighbours that read the same share a line: `(0-2): 3 x ReLU()`. */
export function describeList(module: AnyModule): string {
  const runs: { first: string; last: string; text: string; count: number }[] = [];
  for (const { kind, name, value } of module._members()) {
    if (kind !== "module") continue;
    const text = String(value);
    const run = runs.at(-1);
    if (run?.text === text) {
      run.last = name;
      run.count++;
    } else {
      runs.push({ first: name, last: name, text, count: 1 });
    }
  }
  return layOut(
    module,
    runs.map(({ first, last, text, count }) =>
      count === 1 ? [first, text] : [`${first}-${last}`, `${count} x ${text}`],
    ),
  );
}

function layOut(module: AnyModule, children: readonly (readonly [string, string])[]): string {
  const extra = module.extraRepr();
  const name = module.constructor.name;
  if (children.length === 0 && !extra.includes("\n")) return `${name}(${extra})`;
  const lines = extra === "" ? [] : extra.split("\n");
  for (const [key, text] of children) lines.push(`(${key}): ${text.replaceAll("\n", "\n  ")}`);
  return `${name}(\n  ${lines.join("\n  ")}\n)`;
}

/** A value as `extraRepr` shows it. */
export function shown(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(shown).join(", ")}]` : String(value);
}

/** `{ a: 1, b: [2, 3] }` as `a=1, b=[2, 3]`. */
export function settingsText(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${shown(value)}`)
    .join(", ");
}
