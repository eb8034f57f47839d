import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { packageRoot } from "../../lib/libtorch/package-root.js";

it("examples/own-program.ts learns to tell its spirals apart and saves its weights", async () => {
  const directory = mkdtempSync(join(tmpdir(), "sam-torch-own-"));
  const file = join(directory, "weights.safetensors");
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", join(packageRoot, "examples/own-program.ts"), file],
      {
        cwd: packageRoot,
        env: { ...process.env, TSX_TSCONFIG_PATH: join(packageRoot, "test/examples/tsconfig.json") },
      },
    );
    const reported = [...stdout.matchAll(/^epoch (\d+): test accuracy ([\d.]+)$/gm)].map(([, e, a]) => [+e!, +a!]);
    expect(reported.map(([epoch]) => epoch)).toEqual([10, 20, 30, 40]);
    expect(reported.at(-1)![1]).toBeGreaterThan(0.95);

    const weights = torch.loadSafetensors(file);
    const layer = (x: torch.Tensor, name: string) =>
      torch.nn.functional.linear(x, weights[`${name}.weight`]!, weights[`${name}.bias`]!);
    // Points of both arms, halfway: what was saved tells them apart too.
    const angle = 1.5 * Math.PI;
    const x = torch.tensor([
      [0.5 * Math.cos(angle), 0.5 * Math.sin(angle)],
      [0.5 * Math.cos(angle + Math.PI), 0.5 * Math.sin(angle + Math.PI)],
    ]);
    const y = layer(layer(layer(x, "hidden").relu(), "deeper").relu(), "out");
    expect(y.argmax(1).tolist()).toEqual([0, 1]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}, 120_000);
