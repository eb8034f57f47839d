// The oldest Linux that the addon runs on: fails when a native file asks for more than glibc 2.28 and GCC 8's libstdc++ have.
//
//   node scripts/check-symbols.mjs [FILE...]    default: what the build left
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What Debian 10 and RHEL 8 have, and LibTorch and Node ask for; native/compat/old_libc.cpp keeps to it. */
const NEWEST_ALLOWED = { GLIBC: "2.28", GLIBCXX: "3.4.25", CXXABI: "1.3.11" };

const compare = (a, b) => a.localeCompare(b, "en", { numeric: true });

/** The highest version of each symbol set that a file asks for, as text, and what of it is too new. */
export function askedBy(file) {
  const text = readFileSync(file, "latin1");
  const asked = Object.keys(NEWEST_ALLOWED).map((set) => {
    const versions = [...text.matchAll(new RegExp(`\\b${set}_(\\d+(?:\\.\\d+)+)`, "g"))].map((match) => match[1]);
    return { set, version: versions.sort(compare).at(-1) };
  });
  const problems = asked
    .filter(({ set, version }) => version !== undefined && compare(version, NEWEST_ALLOWED[set]) > 0)
    .map(
      ({ set, version }) =>
        `asks for ${set} ${version}, and ${NEWEST_ALLOWED[set]} is the limit (objdump -T names the symbol; native/compat/old_libc.cpp)`,
    );
  return { text: asked.map(({ set, version }) => `${set} ${version ?? "none"}`).join(", "), problems };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const release = join(dirname(dirname(fileURLToPath(import.meta.url))), "build", "Release");
  const built = () => readdirSync(release).filter((name) => name.endsWith(".node"));
  const files = process.argv.length > 2 ? process.argv.slice(2) : built().map((name) => join(release, name));
  if (files.length === 0) throw new Error(`nothing is built in ${release}`);
  for (const file of files) {
    const { text, problems } = askedBy(file);
    console.log(`${basename(file)}: ${text}`);
    for (const problem of problems) console.error(`${basename(file)} ${problem}`);
    if (problems.length > 0) process.exitCode = 1;
  }
}
