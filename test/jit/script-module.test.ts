import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";

const { jit, nn, optim } = torch;

const fixtures = fileURLToPath(new URL("../reference/fixtures/", import.meta.url));
const file = (name: string): string => path.join(fixtures, name);
const read = (name: string) => JSON.parse(fs.readFileSync(file(name), "utf8"));
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "sam-torch-jit-"));
const place = (name: string): string => path.join(directory, name);
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

/** A ResNet that Python scripted, and what it computes: see test/reference/jit_resnet.py. */
const resnet = file("jit-resnet.pt");
interface Step {
  loss: number;
  lossPerturbed: number;
  gradNorm: number;
  gradSharpNorm: number;
  epsNorm: number;
  cos: number;
}
const record = read("jit-resnet.json") as {
  parameters: [string, string, number[]][];
  buffers: [string, string, number[]][];
  methods: string[];
  rho: number;
  sgd: { lr: number; momentum: number; weightDecay: number };
  steps: Step[];
};
const expected = torch.loadSafetensors(file("jit-resnet.safetensors"));
const pixels = expected.images!.to("float32").sub(128).div(64);
const labels = expected.labels!;

/** Largest difference, of the largest element. */
function distance(a: torch.Tensor, b: torch.Tensor): number {
  const scale = Math.max(1e-30, b.abs().max().itemNumber());
  return a.sub(b).abs().max().itemNumber() / scale;
}
const described = (named: [string, torch.Tensor][]) => named.map(([name, t]) => [name, t.dtype, t.shape]);

describe("1. what it holds", () => {
  const model = jit.load(resnet);

  it("names are Python's, in its order", () => {
    expect(described(model.namedParameters())).toEqual(record.parameters);
    expect(described(model.namedBuffers())).toEqual(record.buffers);
    expect(model.methods().sort()).toEqual([...record.methods].sort());
    expect(Object.keys(model.stateDict()).sort()).toEqual(
      [...record.parameters, ...record.buffers].map(([name]) => name).sort(),
    );
    expect(model.namedChildren().map(([name]) => name)).toEqual(["stem", "blocks", "head"]);
    expect(model.originalName).toBe("ResNet");
    expect(String(model)).toContain("(head): ScriptModule(originalName=Linear)");
  });

  it("is a Module, its children too, and its parameters are Parameters", () => {
    expect(model).toBeInstanceOf(nn.Module);
    expect(model).toBeInstanceOf(jit.ScriptModule);
    expect(model.children().every((child) => child instanceof jit.ScriptModule)).toBe(true);
    expect(model.parameters().every((p) => p instanceof nn.Parameter && p.requiresGrad && p.isLeaf)).toBe(true);
    const { head } = model as unknown as { head: torch.jit.ScriptModule & { weight: torch.Tensor } };
    expect(head.weight).toBe(model.namedParameters().at(-2)![1]);
    expect(head.forward(torch.zeros([1, 16])).shape).toEqual([1, 10]);
  });

  it("goes into modules of this library", () => {
    const net = new nn.Sequential(jit.load(resnet), new nn.Softmax(1));
    expect(net.parameters().length).toBe(record.parameters.length);
    expect(Object.keys(net.stateDict())[0]).toBe("0.stem.0.weight");
    const loss = net.forward(pixels).sum();
    expect(loss.itemNumber()).toBeCloseTo(16, 4);
    loss.backward();
  });
});

describe("2. what it computes", () => {
  it("forward and exported methods equal Python's", () => {
    const model = jit.load(resnet).eval() as torch.jit.ScriptModule & { features(x: torch.Tensor): torch.Tensor };
    torch.noGrad(() => {
      expect(distance(model.forward(pixels), expected.evaluation!)).toBeLessThan(1e-5);
      expect(distance(model.call(pixels), expected.evaluation!)).toBeLessThan(1e-5);
      expect(distance(model.features(pixels), expected.features!)).toBeLessThan(1e-5);
      expect(distance(model.run("features", pixels), expected.features!)).toBeLessThan(1e-5);
    });
  });

  it("from bytes as from a path", () => {
    const model = jit.load(new Uint8Array(fs.readFileSync(resnet)), { device: "cpu" }).eval();
    expect(distance(model.forward(pixels), expected.evaluation!)).toBeLessThan(1e-5);
  });

  it("ten SAM steps equal Python's", () => {
    const model = jit.load(resnet).train();
    for (const [name, t] of Object.entries(model.stateDict())) expect(distance(t, expected[`start.${name}`]!)).toBe(0);
    const { rho, sgd, steps } = record;
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { rho, ...sgd, diagnostics: true });
    for (const step of steps) {
      const loss = optimizer.step(() => {
        const loss = nn.functional.crossEntropy(model.forward(pixels), labels);
        loss.backward();
        return loss;
      });
      const report = optimizer.diagnostics();
      const close = (got: number | null, want: number) =>
        expect(Math.abs(got! - want) / Math.abs(want)).toBeLessThan(1e-4);
      close(loss.itemNumber(), step.loss);
      close(report.gradNorm, step.gradNorm);
      close(report.sharpGradNorm, step.gradSharpNorm);
    }
    for (const [name, t] of Object.entries(model.stateDict())) {
      expect(distance(t, expected[`final.${name}`]!), name).toBeLessThan(1e-4);
    }
    const counter = model.stateDict()["stem.1.num_batches_tracked"]!;
    expect(counter.item()).toBe(expected["final.stem.1.num_batches_tracked"]!.item());
    const after = torch.noGrad(() => model.eval().forward(pixels));
    expect(distance(after, expected.evaluationAfter!)).toBeLessThan(1e-4);
  });
});

describe("3. training", () => {
  const lossOf = (model: torch.jit.ScriptModule) => nn.functional.crossEntropy(model.forward(pixels), labels);
  const statistics = (model: torch.jit.ScriptModule) => model.buffers().map((b) => String(b.toArray()));

  it("the second pass of a SAM step leaves running statistics as the first has made them", () => {
    const model = jit.load(resnet);
    const twin = jit.load(resnet);
    torch.noGrad(() => twin.forward(pixels));
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { lr: 0.01 });
    let passes = 0;
    optimizer.step(() => {
      passes++;
      const loss = lossOf(model);
      loss.backward();
      return loss;
    });
    expect(passes).toBe(2);
    expect(statistics(model)).toEqual(statistics(twin));
  });

  it("so in two calls, firstStep() and secondStep()", () => {
    const model = jit.load(resnet);
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { lr: 0.01 });
    lossOf(model).backward();
    optimizer.firstStep({ zeroGrad: true });
    const before = statistics(model);
    lossOf(model).backward();
    expect(statistics(model)).toEqual(before);
    optimizer.secondStep();
    expect(statistics(model)).toEqual(before);
    lossOf(model);
    expect(statistics(model)).not.toEqual(before);
  });

  it("so by the reference's helpers, until they are taken back", () => {
    const model = jit.load(resnet);
    const before = statistics(model);
    optim.disableRunningStats(model);
    lossOf(model).backward();
    expect(statistics(model)).toEqual(before);
    optim.enableRunningStats(model);
    lossOf(model);
    expect(statistics(model)).not.toEqual(before);
  });

  it("so for a part of it, while the rest goes on", () => {
    const model = jit.load(resnet);
    const stem = new Map(model.namedModules()).get("stem")!;
    const held = new Set(stem.buffers());
    const part = (isHeld: boolean) =>
      model.buffers().flatMap((b) => (held.has(b) === isHeld ? [String(b.toArray())] : []));
    const [still, live] = [part(true), part(false)];
    expect([still.length, live.length > 0]).toEqual([3, true]);
    optim.disableRunningStats(stem);
    lossOf(model).backward();
    expect(part(true)).toEqual(still);
    for (const [i, now] of part(false).entries()) expect(now).not.toBe(live[i]);
    // A step that is skipped takes back what it changed, and only that.
    const before = part(false);
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { lr: 0.01 });
    optimizer.step(() => {
      const loss = lossOf(model).mul(Number.NaN);
      loss.backward();
      return loss;
    });
    expect([part(true), part(false)]).toEqual([still, before]);
    optim.enableRunningStats(stem);
    lossOf(model);
    for (const [i, now] of part(true).entries()) expect(now).not.toBe(still[i]);
  });

  it("a step that is skipped takes its statistics back", () => {
    const model = jit.load(resnet);
    const before = statistics(model);
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { lr: 0.01 });
    optimizer.step(() => {
      const loss = lossOf(model).mul(Number.NaN);
      loss.backward();
      return loss;
    });
    expect(statistics(model)).toEqual(before);
    expect(model.parameters().every((p) => p.isfinite().all().item() === true)).toBe(true);
  });

  it("a script that throws in the second pass leaves weights and statistics as they were", () => {
    const model = jit.load(resnet);
    const before = [...statistics(model), ...model.parameters().map((p) => String(p.toArray()))];
    const optimizer = new optim.SAM(model.parameters(), optim.SGD, { lr: 0.01 });
    let passes = 0;
    const error = errorOf(() =>
      optimizer.step(() => {
        if (++passes === 2) model.forward(torch.zeros([1, 5]));
        const loss = lossOf(model);
        loss.backward();
        return loss;
      }),
    );
    expect(error.code).toBe("E_TORCH");
    expect([...statistics(model), ...model.parameters().map((p) => String(p.toArray()))]).toEqual(before);
  });

  it("in evaluation nothing changes", () => {
    const model = jit.load(resnet).eval();
    const before = statistics(model);
    model.forward(pixels);
    expect(statistics(model)).toEqual(before);
  });

  it("any optimizer's in-place steps are seen by the script", () => {
    for (const make of [
      (m: torch.jit.ScriptModule) => new optim.AdamW(m.parameters(), { lr: 0.01 }),
      (m: torch.jit.ScriptModule) => new optim.SGD(m.parameters(), { lr: 0.05, momentum: 0.9 }),
      (m: torch.jit.ScriptModule) => new optim.RMSprop(m.parameters(), { lr: 0.005 }),
    ]) {
      const model = jit.load(resnet).train();
      const optimizer = make(model);
      const first = lossOf(model).itemNumber();
      for (let i = 0; i < 8; i++) {
        optimizer.zeroGrad();
        lossOf(model).backward();
        optimizer.step();
      }
      expect(lossOf(model).itemNumber()).toBeLessThan(first - 0.1);
    }
  });

  it("train, eval, requiresGrad_, zeroGrad, hooks", () => {
    const model = jit.load(resnet);
    expect([model.training, model.eval().training]).toEqual([true, false]);
    expect(model.modules().every((m) => !m.training)).toBe(true);
    expect(
      model
        .train()
        .modules()
        .every((m) => m.training),
    ).toBe(true);
    lossOf(model).backward();
    expect(model.parameters().every((p) => p.grad !== null)).toBe(true);
    model.zeroGrad();
    expect(model.parameters().every((p) => p.grad === null)).toBe(true);
    model.requiresGrad_(false);
    expect(model.forward(pixels).requiresGrad).toBe(false);
    const seen: number[][] = [];
    const hook = model.registerForwardHook((_, __, output) => void seen.push(output.shape));
    model.forward(pixels);
    hook.remove();
    model.forward(pixels);
    expect(seen).toEqual([[16, 10]]);
  });

  it("another dtype: the same parameters, and the script computes in it", () => {
    const model = jit.load(resnet).eval();
    const [weight] = model.parameters();
    model.double();
    expect(model.parameters()[0]).toBe(weight);
    expect([weight!.dtype, model.forward(pixels.double()).dtype]).toEqual(["float64", "float64"]);
    expect(distance(model.forward(pixels.double()).float(), expected.evaluation!)).toBeLessThan(1e-5);
    expect(errorOf(() => model.forward(pixels)).code).toBe("E_TORCH");
  });
});

describe("4. files", () => {
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

describe("5. wrong inputs", () => {
  const model = jit.load(resnet).eval();

  it("are errors that say what was expected", () => {
    const wrong: [unknown[], string][] = [
      [["text"], "[ResNet.forward] expected a tensor, got a string for 'x'"],
      [[null], "[ResNet.forward] expected a tensor, got null for 'x'"],
      [[], "[ResNet.forward] expected argument 'x', got nothing"],
      [[pixels, pixels], "[ResNet.forward] expected at most 1 arguments, got more"],
      [
        [() => 1],
        "[ResNet.forward] expected tensors, numbers, texts, lists or dictionaries, got a function as argument 0",
      ],
      [[Symbol("x")], "as argument 0"],
    ];
    for (const [inputs, message] of wrong) {
      const error = errorOf(() => (model.forward as (...given: unknown[]) => unknown)(...inputs));
      expect([error.code, error.message]).toEqual(["E_ARG", expect.stringContaining(message)]);
    }
    const shape = errorOf(() => model.forward(torch.zeros([2, 2])));
    expect([shape.code, shape.message.startsWith("[ResNet.forward]")]).toEqual(["E_TORCH", true]);
    expect(errorOf(() => model.run("backward", pixels)).message).toContain(
      "expected a method of the module, got 'backward'",
    );
    const gone = torch.zeros([1]);
    gone.dispose();
    expect(errorOf(() => model.forward(gone)).code).toBe("E_DISPOSED");
  });
});

describe("6. memory", () => {
  const live = () => liveMemory().tensors;

  it("a module's tensors outlive tidy(), and dispose() frees all of them", () => {
    const before = live();
    const model = torch.tidy(() => {
      const model = jit.load(resnet);
      expect(model.parameters().length).toBe(record.parameters.length);
      return { model };
    }).model;
    expect(torch.tidy(() => model.forward(pixels).shape)).toEqual([16, 10]);
    model.dispose();
    expect(live()).toBe(before);
    expect(errorOf(() => model.forward(pixels)).code).toBe("E_DISPOSED");
    expect(errorOf(() => model.saveToBuffer()).code).toBe("E_DISPOSED");
    model.dispose();
  });

  it("loading, training and disposing leaves nothing behind", () => {
    const round = () => {
      const model = jit.load(resnet);
      const optimizer = new optim.SAM(model.parameters(), optim.SGD, { lr: 0.01, momentum: 0.9 });
      torch.tidy(() => {
        for (let i = 0; i < 3; i++) {
          optimizer.step(() => {
            const loss = nn.functional.crossEntropy(model.forward(pixels), labels);
            loss.backward();
            return loss;
          });
        }
        model.zeroGrad();
      });
      optimizer.dispose();
      model.dispose();
    };
    round();
    const tensors = live();
    const { allocated } = torch.memory();
    for (let i = 0; i < 5; i++) round();
    expect(live()).toBe(tensors);
    expect(torch.memory().allocated).toBeLessThanOrEqual(allocated);
  });
});
