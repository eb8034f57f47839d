import fs from "node:fs";
import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";
import { liveMemory } from "../live-memory.js";
import { described, distance, expected, labels, pixels, record, resnet } from "./resnet.js";

const { jit, nn, optim } = torch;

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

describe("3. wrong inputs", () => {
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

describe("4. memory", () => {
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
