import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { described, distance, expected, file, pixels, record, resnet } from "./resnet.js";

const { jit, nn, optim } = torch;

const directory = fs.mkdtempSync(path.join(os.tmpdir(), "sam-torch-jit-"));
const place = (name: string): string => path.join(directory, name);
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

describe("files", () => {
  it("saves back what it has learned", () => {
    const model = jit.load(resnet);
    torch.noGrad(() => model.parameters()[0]!.mul_(2));
    model.eval();
    model.save(place("saved.pt"));
    jit.save(model, place("saved-too.pt"));
    for (const name of ["saved.pt", "saved-too.pt"]) {
      const back = jit.load(place(name));
      expect(back.training).toBe(false);
      expect(described(back.namedParameters())).toEqual(record.parameters);
      expect(distance(back.forward(pixels), model.forward(pixels))).toBe(0);
    }
    expect(distance(jit.load(model.saveToBuffer()).forward(pixels), model.forward(pixels))).toBe(0);
  });

  it("loadStateDict takes weights of this library's own or of a file, in place", () => {
    const model = jit.load(resnet).eval();
    const state = Object.fromEntries(
      Object.keys(model.stateDict()).map((name) => [name, expected[`final.${name}`]!] as const),
    );
    model.loadStateDict(state);
    expect(distance(model.forward(pixels), expected.evaluationAfter!)).toBeLessThan(1e-5);
    const problem = errorOf(() => model.loadStateDict({ nothing: pixels }));
    expect(problem.code).toBe("E_CHECKPOINT");
  });

  it("files that are missing, cut short or something else are typed errors", () => {
    const whole = fs.readFileSync(resnet);
    fs.writeFileSync(place("text.pt"), "no archive");
    fs.writeFileSync(place("empty.pt"), "");
    for (const [name, source] of [
      ["missing", place("missing.pt")],
      ["directory", directory],
      ["text", place("text.pt")],
      ["empty", place("empty.pt")],
      ["weights only", file("state-dict/module.pth")],
      ["safetensors", file("jit-resnet.safetensors")],
      ["no bytes", new Uint8Array()],
    ] as const) {
      const error = errorOf(() => jit.load(source));
      expect([error.code, error.message.startsWith("[jit.load]")], name).toEqual(["E_DATA", true]);
    }
    for (let cut = 0; cut < 40; cut++) {
      const bytes = whole.subarray(0, Math.floor((whole.length * cut) / 40));
      expect(errorOf(() => jit.load(new Uint8Array(bytes))).code).toBe("E_DATA");
    }
    expect(errorOf(() => jit.load(5 as never)).code).toBe("E_ARG");
    expect(errorOf(() => jit.load(resnet, { device: "nowhere" as never })).code).toBe("E_ARG");
  });

  it("refuses to be saved while perturbed, and nothing but a ScriptModule is saved", () => {
    const model = jit.load(resnet);
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { lr: 0.01 });
    model.forward(pixels).sum().backward();
    optimizer.firstStep();
    expect(errorOf(() => model.save(place("perturbed.pt"))).code).toBe("E_STATE");
    optimizer.restore();
    expect(errorOf(() => jit.save(new nn.Linear(1, 1) as never, place("x.pt"))).code).toBe("E_ARG");
    expect(fs.existsSync(place("x.pt"))).toBe(false);
  });

  it("frozen and optimized: the same values, no parameters", () => {
    const model = jit.load(resnet);
    expect(errorOf(() => jit.freeze(model)).code).toBe("E_STATE");
    model.eval();
    for (const frozen of [jit.freeze(model, { preservedAttrs: ["features"] }), jit.optimizeForInference(model)]) {
      expect(frozen.parameters()).toEqual([]);
      expect(frozen.training).toBe(false);
      expect(
        distance(
          torch.noGrad(() => frozen.forward(pixels)),
          expected.evaluation!,
        ),
      ).toBeLessThan(1e-5);
    }
    expect(model.parameters().length).toBe(record.parameters.length);
  });
});
