// Looks at what `npm publish` would send: everything that a user needs, nothing else, no install script, small enough for the registry.
//
//   node scripts/check-tarball.mjs [--prebuilt]    with --prebuilt the binaries for this platform must be in it
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { must, run } from "./consumers/steps.mjs";

/** Everything that the package may hold; a file that fits none of these is a mistake. */
const BELONGS = [
  /^(package\.json|README\.md|LICENSE|CMakeLists\.txt|binding\.gyp)$/,
  /^dist\/.+\.(js|d\.ts)$/,
  /^prebuilds\/[a-z0-9]+-[a-z0-9]+\/sam_torch(_loader|_cuda)?(\.glibc)?\.node$/,
  /^native\/.+\.(cpp|h|cu|cuh|cmake)$/,
];
const LIMIT = 10e6;

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * `npm pack`.
 *
 * @param npm gives the words that start npm with these arguments, as `[program, args]`
 * @param directory where the tarball goes; without one nothing is written
 */
export function pack(npm, directory) {
  const where = directory === undefined ? ["--dry-run"] : ["--pack-destination", directory];
  const said = run(...npm("pack", "--json", "--ignore-scripts", ...where), { cwd: root, only: "stdout" });
  // npm 12 gives an object by name where npm 11 gives a list.
  const [packed] = Object.values(JSON.parse(said));
  return {
    file: join(directory ?? "", packed.filename),
    bytes: packed.size,
    files: packed.files.map(({ path }) => path),
  };
}

/** Throws when something is wrong with what was packed, else gives a line about it. */
export function checkContents({ bytes, files }, prebuilt) {
  const strangers = files.filter((name) => !BELONGS.some((pattern) => pattern.test(name)));
  must(strangers.length === 0, `the tarball holds what does not belong there: ${strangers.join(", ")}`);
  must(bytes < LIMIT, `the tarball has ${bytes} bytes, and ${LIMIT} is the limit`);
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const needed = [
    ...Object.values(manifest.exports).flatMap((entry) => (typeof entry === "string" ? entry : Object.values(entry))),
    ...Object.values(manifest.bin).map((name) => `./${name}`),
    ...["./CMakeLists.txt", "./binding.gyp", "./native/loader/loader.cpp", "./LICENSE", "./README.md"],
  ].map((name) => name.slice(2));
  for (const name of needed) must(files.includes(name), `the tarball lacks ${name}`);
  const scripts = ["preinstall", "install", "postinstall", "prepare"].filter((name) => manifest.scripts?.[name]);
  must(scripts.length === 0 && manifest.gypfile === false, `npm install would run something: ${scripts.join(", ")}`);
  const binaries = files.filter((name) => name.startsWith("prebuilds/"));
  const here = `prebuilds/${process.platform}-${process.arch}/sam_torch`;
  for (const part of prebuilt ? ["", "_loader"] : [])
    must(
      binaries.some((name) => name.startsWith(`${here}${part}.`)),
      `the tarball lacks ${here}${part}.*.node; run: npm run prebuild`,
    );
  const cuda = binaries.some((name) => name.includes("sam_torch_cuda")) ? "with" : "without";
  return `${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, ${binaries.length} prebuilt (${cuda} the CUDA part)`;
}

/** npm as the one who started us has it, else the one on PATH. */
export const npmHere = (...args) =>
  process.env.npm_execpath?.endsWith("npm-cli.js")
    ? [process.execPath, [process.env.npm_execpath, ...args]]
    : [process.platform === "win32" ? "npm.cmd" : "npm", args];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(checkContents(pack(npmHere), process.argv.includes("--prebuilt")));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
