import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

const { nn } = torch;
const { WideResNet } = torch.models;
const fixtures = new URL("../reference/fixtures/", import.meta.url);
const load = (name: string) => torch.loadSafetensors(fileURLToPath(new URL(name, fixtures)));
/** Entries that begin with `model.`, without it. */
const modelState = (file: Record<string, torch.Tensor>) =>
  Object.fromEntries(Object.entries(file).flatMap(([key, t]) => (key.startsWith("model.") ? [[key.slice(6), t]] : [])));
const size = (model: torch.nn.Module) => model.parameters().reduce((sum, p) => sum + p.numel(), 0);

describe("WideResNet", () => {
  const start = load("wrn-10-1-start.safetensors");

  it("has the reference's keys, in its order, and loads its state", () => {
    const model = new WideResNet({ depth: 10, widthFactor: 1 });
    const keys = Object.keys(model.stateDict());
    expect([...keys].sort()).toEqual(Object.keys(modelState(start)).sort());
    expect(keys.slice(0, 2)).toEqual(["f.0_convolution.weight", "f.1_block.block.0.norm_act.0_normalization.weight"]);
    expect(keys.slice(-2)).toEqual(["f.8_classification.weight", "f.8_classification.bias"]);
    model.loadStateDict(modelState(start));
  });

  it("trained weights from Python give Python's logits in evaluation mode", () => {
    const x = start.images!.index(0).to("float32").sub(128).div(64);
    const { runs } = JSON.parse(fs.readFileSync(new URL("wrn-10-1.json", fixtures), "utf8")) as {
      runs: { final: string; batch: number }[];
    };
    for (const { final, batch } of runs) {
      const file = load(final);
      const model = new WideResNet({ depth: 10, widthFactor: 1 }).eval();
      model.loadStateDict(modelState(file));
      const logits = torch.noGrad(() => model.forward(x.index(torch.slice(0, batch))));
      expect(logits.shape).toEqual([batch, 10]);
      expect(logits.sub(file.logits!).abs().max().itemNumber(), final).toBeLessThan(1e-4);
    }
  });

  it("begins as the same seed makes it begin in Python", () => {
    torch.manualSeed(7);
    const model = new WideResNet({ depth: 10, widthFactor: 1 });
    for (const [key, got] of Object.entries(model.stateDict())) {
      const off = got.sub(modelState(start)[key]!).abs().max().itemNumber();
      expect(off, key).toBeLessThan(1e-6);
    }
  });

  it("begins as the reference does: He normal convolutions, norms 1 and 0, classifier zero", () => {
    const model = new WideResNet({ depth: 16, widthFactor: 4 });
    for (const m of model.modules()) {
      if (m instanceof nn.Conv2d) {
        const fanIn = m.weight.numel() / m.outChannels;
        expect(m.bias).toBeNull();
        expect(Math.abs(m.weight.std().itemNumber() / Math.sqrt(2 / fanIn) - 1)).toBeLessThan(
          m.weight.numel() > 2000 ? 0.05 : 0.15,
        );
      } else if (m instanceof nn.BatchNorm2d) {
        expect([m.weight!.eq(1).all().item(), m.bias!.eq(0).all().item()]).toEqual([true, true]);
      } else if (m instanceof nn.Linear) {
        expect([m.weight.eq(0).all().item(), m.bias!.eq(0).all().item()]).toEqual([true, true]);
      }
    }
  });

  for (const [depth, widthFactor, count] of [
    [16, 8, 10_961_370],
    [28, 10, 36_479_194],
    [40, 2, 2_243_546],
    [16, 4, 2_748_890],
    [28, 2, 1_467_610],
    [22, 8, 17_158_106],
  ] as const) {
    it(`WRN-${depth}-${widthFactor} has ${count} parameters and ${depth} convolutions`, () => {
      const model = new WideResNet({ depth, widthFactor });
      expect(size(model)).toBe(count);
      const convolutions = model.modules().filter((m) => m instanceof nn.Conv2d);
      const shortcuts = model.namedModules().filter(([name]) => name.endsWith("downsample"));
      // The three on shortcuts are among them.
      expect(convolutions.length).toBe(depth);
      expect(shortcuts.length).toBe(3);
      model.dispose();
    });
  }

  it("takes other channels, labels and image sizes, channels last and bfloat16", () => {
    const model = new WideResNet({ depth: 10, widthFactor: 1, inChannels: 1, labels: 7, dropout: 0.3 });
    expect(model.forward(torch.randn([2, 1, 28, 28])).shape).toEqual([2, 7]);
    model.to({ memoryFormat: "channelsLast" }).eval();
    const x = torch.randn([2, 1, 32, 32]).to({ memoryFormat: "channelsLast" });
    const y = model.forward(x);
    model.bfloat16();
    const half = model.forward(x.to("bfloat16"));
    expect(half.dtype).toBe("bfloat16");
    expect(half.to("float32").sub(y).abs().max().itemNumber()).toBeLessThan(0.1);
  });

  it("every parameter gets a gradient, with dropout too", () => {
    const model = new WideResNet({ depth: 16, widthFactor: 1, dropout: 0.3 });
    const classifier = model.f.at("8_classification") as torch.nn.Linear;
    nn.init.normal_(classifier.weight);
    nn.functional.crossEntropy(model.forward(torch.randn([4, 3, 32, 32])), torch.tensor([0n, 1n, 2n, 3n])).backward();
    for (const [name, p] of model.namedParameters()) {
      expect(p.grad?.abs().sum().itemNumber() ?? 0, name).toBeGreaterThan(0);
    }
  });

  it("refuses depths that are not 6 n + 4, and other settings that make no sense", () => {
    for (const depth of [4, 9, 15, 17, 18, 0, -2, 12.5, Number.NaN]) {
      const error = errorOf(() => new WideResNet({ depth, widthFactor: 1 }));
      expect([error.code, error.message]).toEqual([
        "E_ARG",
        expect.stringContaining(`[WideResNet] expected a depth of 6 n + 4, got ${depth}`),
      ]);
    }
    expect(errorOf(() => new WideResNet({ depth: 10, widthFactor: 0 })).message).toMatch(
      /widthFactor to be a whole number of at least 1/,
    );
    expect(errorOf(() => new WideResNet({ depth: 10, widthFactor: 1, labels: 0 })).message).toMatch(/labels/);
    expect(errorOf(() => new WideResNet({ depth: 10, widthFactor: 1, dropout: 2 })).message).toMatch(
      /dropout from 0 to 1/,
    );
    expect(errorOf(() => new WideResNet({ depth: 10, widthFactor: 1 }).forward(torch.randn([2, 1, 32, 32]))).code).toBe(
      "E_TORCH",
    );
  });
});
