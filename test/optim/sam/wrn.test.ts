import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as torch from "../../../lib/index.js";

const fixtures = new URL("../../reference/fixtures/", import.meta.url);
const F = torch.nn.functional;

interface Run {
  name: string;
  final: string;
  rho: number;
  adaptive: boolean;
  dtype: torch.DType;
  batch: number;
  lr: number;
  momentum: number;
  weightDecay: number;
  labelSmoothing: number;
  steps: {
    loss: number;
    lossPerturbed: number;
    gradNorm: number;
    gradSharpNorm: number;
    epsNorm: number;
    cos: number;
  }[];
}

const { start, runs } = JSON.parse(readFileSync(new URL("wrn-10-1.json", fixtures), "utf8")) as {
  start: string;
  runs: Run[];
};
const load = (name: string) => torch.loadSafetensors(fileURLToPath(new URL(name, fixtures)));

/** `model.` entries of a fixture without the prefix. */
const modelState = (all: Record<string, torch.Tensor>) =>
  Object.fromEntries(Object.entries(all).flatMap(([key, t]) => (key.startsWith("model.") ? [[key.slice(6), t]] : [])));

describe("twenty steps of WRN-10-1 as Python PyTorch takes them", () => {
  for (const run of runs) {
    it(`${run.name}, ${run.dtype}`, { timeout: 120_000 }, () => {
      const given = load(start);
      const model = new torch.models.WideResNet({ depth: 10, widthFactor: 1, dropout: 0 });
      model.loadStateDict(modelState(given));
      model.to(run.dtype);
      const { rho, adaptive, lr, momentum, weightDecay, labelSmoothing } = run;
      const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, {
        ...{ rho, adaptive, lr, momentum, weightDecay, diagnostics: true },
      });
      for (const [t, expected] of run.steps.entries()) {
        const x = given
          .images!.index(t % 5, torch.slice(0, run.batch))
          .to(run.dtype)
          .sub(128)
          .div(64);
        const y = given.labels!.index(t % 5, torch.slice(0, run.batch));
        const loss = torch.tidy(() =>
          optimizer.step(() => {
            const value = F.crossEntropy(model.forward(x), y, { labelSmoothing });
            value.backward();
            return value;
          }),
        );
        const close = (got: number | null, want: number, what: string) =>
          expect(Math.abs(got! - want), `${what} of step ${t}: ${got} and ${want}`).toBeLessThan(
            1e-4 * Math.max(Math.abs(want), 1e-3),
          );
        close(loss.itemNumber(), expected.loss, "loss");
        const seen = optimizer.diagnostics();
        close(seen.loss! + seen.sharpness!, expected.lossPerturbed, "perturbed loss");
      }
      const final = modelState(load(run.final));
      const got = model.stateDict();
      expect(Object.keys(got).sort()).toEqual(Object.keys(final).sort());
      for (const [key, want] of Object.entries(final)) {
        const difference = got[key]!.to("float64").sub(want.to("float64")).abs().max().itemNumber();
        expect(difference, key).toBeLessThan(1e-4);
      }
    });
  }
});
