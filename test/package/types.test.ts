import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "sam-torch-types-"));
afterAll(() => rmSync(directory, { recursive: true }));

const program = (statements: string) => `
import "sam-torch/plain-errors";
import * as torch from "sam-torch";
const model = new torch.nn.Linear(3, 2);
const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, { rho: 0.05, lr: 0.1 });
${statements}`;

/** What a project's tsc says, strict, that looks into the libraries' types too and has nothing installed but this package. */
function check(statements: string, resolution: "nodenext" | "bundler"): string {
  const settings = {
    compilerOptions: {
      strict: true,
      skipLibCheck: false,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      target: "es2022",
      module: resolution === "nodenext" ? "nodenext" : "esnext",
      moduleResolution: resolution,
      types: [],
      paths: {
        "sam-torch": [join(root, "dist/index.d.ts")],
        "sam-torch/plain-errors": [join(root, "dist/train/plain-errors.d.ts")],
      },
    },
    files: ["train.ts"],
  };
  writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(settings));
  writeFileSync(join(directory, "train.ts"), program(statements));
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const child = spawnSync(process.execPath, [tsc, "-p", directory], { encoding: "utf8" });
  return `${child.stdout}${child.stderr}`;
}

const MINUTES = 180_000;

test.each(["nodenext", "bundler"] as const)(
  "a strict project without @types/node and with an old lib, %s",
  (resolution) => {
    const right = `
const y: torch.Tensor = model.forward(torch.ones([2, 3]));
const loss: torch.Tensor = optimizer.step(() => y.sum());
loss[Symbol.dispose]();
torch.tensor(new Uint8Array(3));`;
    expect(check(right, resolution)).toBe("");
  },
);

test(
  "the types are looked at, or the tests above could not fail",
  () => {
    const said = check("const n: number = model.forward(torch.ones([2, 3]));", "nodenext");
    expect(said).toContain("Type 'Tensor' is not assignable to type 'number'");
  },
  MINUTES,
);
