// Looks at what is published, dist/: no circular imports in the JavaScript (there type-only imports are gone, and what is left runs),
// and no `any` in the declarations. Run `tsc` first; `npm run check` does.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist");
const files = readdirSync(dist, { recursive: true }).map((name) => join(dist, name));
const short = (file) => relative(dist, file);
const problems = [];

/** Source without comments; the text of strings is kept, since import paths are strings. */
const bare = (text) =>
  text.replace(/("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (_, string) => string ?? " ");

const scripts = files.filter((file) => file.endsWith(".js"));
if (scripts.length === 0) problems.push("dist/ holds no JavaScript: run tsc first");
const imports = new Map(
  scripts.map((file) => {
    // import() runs later than the file itself, so it closes no cycle.
    const found = bare(readFileSync(file, "utf8")).matchAll(/^\s*(?:import|export)\b[^;=()"']*?["'](\.[^"']+)["']/gm);
    return [file, [...found].map((match) => resolve(dirname(file), match[1]))];
  }),
);

/** Depth first; a file that is met again while it is open closes a cycle. */
const state = new Map();
function visit(file, path) {
  if (state.get(file) === "done") return;
  if (state.get(file) === "open") {
    problems.push(`circular import: ${[...path.slice(path.indexOf(file)), file].map(short).join(" -> ")}`);
    return;
  }
  state.set(file, "open");
  for (const next of imports.get(file)) {
    if (!imports.has(next)) problems.push(`${short(file)} imports ${short(next)}, which is not there`);
    else visit(next, [...path, file]);
  }
  state.set(file, "done");
}
for (const file of scripts) visit(file, []);

const declarations = files.filter((file) => file.endsWith(".d.ts"));
for (const file of declarations) {
  // `any(`, `any:`, `any?:` and `any<` are the operator of that name.
  const text = bare(readFileSync(file, "utf8")).replace(/"[^"\n]*"|'[^'\n]*'/g, (string) => " ".repeat(string.length));
  for (const match of text.matchAll(/(?<![.\w$])any\b(?!\s*[(:?<])/g)) {
    problems.push(`any in a public type: ${short(file)}: ${text.slice(match.index - 30, match.index + 20).trim()}`);
  }
}

const edges = [...imports.values()].reduce((sum, list) => sum + list.length, 0);
console.log(`${scripts.length} files with ${edges} imports, ${declarations.length} declarations`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
