import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "sam-torch-types-"));
afterAll(() => rmSync(directory, { recursive: true }));

const MINUTES = 180_000;

const program = (statements: string) => `
import "sam-torch/plain-errors";
import * as torch from "sam-torch";
const model = new torch.nn.Linear(3, 2);
const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, { rho: 0.05, lr: 0.1 });
${statements}`;

/** What a project's tsc says, strict, that looks into the libraries' types too and has nothing installed but this package. */
function check(statements: string, resolution: "nodenext" | "bundler", lib = ["es2022"]): string {
  const settings = {
    compilerOptions: {
      strict: true,
      skipLibCheck: false,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      target: "es2022",
      module: resolution === "nodenext" ? "nodenext" : "esnext",
      moduleResolution: resolution,
      lib,
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

test.each([
  ["nodenext", ["es2022"]],
  ["bundler", ["es2022"]],
  ["nodenext", ["es2022", "dom"]],
] as const)(
  "a strict project without @types/node and with an old lib, %s, %j",
  (resolution, lib) => {
    const right = `
const y: torch.Tensor = model.forward(torch.ones([2, 3]));
const loss: torch.Tensor = optimizer.step(() => y.sum());
loss[Symbol.dispose]();
torch.tensor(new Uint8Array(3));`;
    expect(check(right, resolution, [...lib])).toBe("");
  },
  MINUTES,
);

test(
  "an AbortSignal ends a download, where lib has one",
  () => {
    const load = "torch.data.Cifar10.load({ download: true, signal: new AbortController().signal });";
    expect(check(load, "nodenext", ["es2022", "dom"])).toBe("");
  },
  MINUTES,
);

test(
  "types that are given where they are known",
  () => {
    const right = `
const x = torch.ones([2, 3]);
const rows = x.toArray<number[][]>();
const first: number = rows[0]![0]! + x.dataSync<Float32Array>()[0]!;
const list: torch.NestedArray<number | bigint | boolean | torch.Complex> = x.tolist();
const later: Promise<Float32Array> = x.data<Float32Array>();
const samples = new torch.data.TensorDataset(x, torch.ones([2]));
const [train, validation] = torch.data.randomSplit(samples, [1, 1]);
const lengths: [number, number] = [train.length, validation.length];
const unknown: torch.data.Subset<[torch.Tensor, torch.Tensor]>[] = torch.data.randomSplit(samples, [1, 1] as number[]);
new torch.nn.Sequential(model).at<torch.nn.Linear>(0).weight.shape;
type Context = torch.autograd.FunctionContext<[torch.Tensor, torch.Tensor | null]> & { beta: number };
class Scaled extends torch.autograd.Function {
  static forward(ctx: Context, x: torch.Tensor, beta: number) {
    ctx.beta = beta;
    ctx.saveForBackward(x, null);
    return x.mul(beta);
  }
  static backward = torch.autograd.onceDifferentiable((ctx: Context, grad: torch.Tensor) => {
    const [x, nothing] = ctx.savedTensors;
    return [grad.mul(ctx.beta).add(x, { alpha: nothing === null ? 0 : 1 }), null];
  });
}
const y: torch.Tensor = Scaled.apply(x, 2);
class Plain extends torch.autograd.Function {
  static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor) {
    return x;
  }
  static backward(ctx: torch.autograd.FunctionContext, grad: torch.Tensor) {
    return ctx.savedTensors[0]!.mul(grad);
  }
}`;
    expect(check(right, "nodenext")).toBe("");
    expect(
      check(
        "const [a, b, c] = torch.data.randomSplit(torch.data.map({ length: 2, get: (i) => [i] as const }, (s) => s), [1, 1]);",
        "nodenext",
      ),
    ).toContain("no element at index '2'");
    expect(check("torch.ones([2]).dataSync<string[]>();", "nodenext")).toContain(
      "does not satisfy the constraint 'TypedArray'",
    );
  },
  MINUTES,
);

test(
  "the types are looked at, or the tests above could not fail",
  () => {
    const said = check("const n: number = model.forward(torch.ones([2, 3]));", "nodenext");
    expect(said).toContain("Type 'Tensor' is not assignable to type 'number'");
  },
  MINUTES,
);
