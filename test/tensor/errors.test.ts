import { describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

/* Every way to call an operator wrongly: `[operator] expected ..., got ...`, and a line of help. */

const x = torch.ones([2, 3]);
type Loose = (...args: unknown[]) => unknown;
const loose = (fn: unknown): Loose => fn as Loose;
const call =
  (name: string, ...args: unknown[]) =>
  () =>
    loose((x as unknown as Record<string, Loose>)[name]).call(x, ...args);

describe("1. what is said", () => {
  const made = () => new (class Widget {})();
  it.each<[string, () => unknown, RegExp, RegExp]>([
    [
      "a wrong type, one overload",
      () => loose(torch.relu)("a"),
      /^\[relu\] expected a tensor for 'self', got "a"/,
      /aten::relu\(Tensor self\)/,
    ],
    [
      "a wrong type, several overloads",
      call("sum", "a"),
      /^\[sum\] expected .*integer.* for 'dim', got "a"/,
      /aten::sum/,
    ],
    [
      "one value that two overloads name differently",
      call("max", "a"),
      /^\[max\] expected (an integer for 'dim' or a tensor for 'other'|a tensor for 'other' or an integer for 'dim'), got "a"/,
      /aten::max/,
    ],
    [
      "an argument that is not there",
      () => loose(torch.matmul)(x),
      /^\[matmul\] expected argument 'other', got nothing/,
      /aten::matmul/,
    ],
    ["nothing at all", () => loose(torch.add)(), /^\[add\] expected .*got/, /aten::add/],
    [
      "too many arguments",
      () => loose(torch.relu)(x, 1),
      /^\[relu\] expected at most 1 arguments in order, got 2/,
      /aten::relu/,
    ],
    [
      "an argument twice",
      () => loose(torch.softmax)(x, 1, { dim: 1 }),
      /^\[softmax\] expected .*(twice|got)/,
      /aten::softmax/,
    ],
    [
      "null where a tensor is needed",
      () => loose(torch.relu)(null),
      /^\[relu\] expected a tensor for 'self', got null/,
      /aten::relu/,
    ],
    [
      "an integer that is none",
      () => loose(torch.unsqueeze)(x, 0.5),
      /^\[unsqueeze\] expected an integer.* 0\.5/,
      /bigint|aten::unsqueeze/,
    ],
    [
      "NaN for an integer",
      () => loose(torch.unsqueeze)(x, Number.NaN),
      /^\[unsqueeze\] expected an integer.*nan/i,
      /bigint|aten::unsqueeze/,
    ],
    ["an integer beyond 2^53", () => torch.zeros([2 ** 62]), /^\[zeros\] expected an integer/, /bigint/],
    [
      "a bigint beyond 64 bits",
      () => torch.zeros([1n << 70n]),
      /^\[zeros\] expected an integer of at most 64 bits, got \d+n for 'size'/,
      /aten::zeros/,
    ],
    [
      "a symbol",
      () => loose(torch.relu)(Symbol("s")),
      /^\[relu\] expected a tensor for 'self', got Symbol\(s\)/,
      /aten::relu/,
    ],
    [
      "a function",
      () => loose(torch.relu)(() => 1),
      /^\[relu\] expected a tensor for 'self', got a function/,
      /aten::relu/,
    ],
    [
      "an object of a class",
      () => loose(torch.relu)(made()),
      /^\[relu\] expected a tensor for 'self', got a Widget/,
      /aten::relu/,
    ],
    [
      "a list with something else in it",
      () => loose(torch.cat)([x, "a"]),
      /^\[cat\] expected a list of tensors for 'tensors', got \[float32 \[2, 3\] cpu, "a"\]/,
      /aten::cat/,
    ],
    [
      "a list that holds itself",
      () => {
        const ring: unknown[] = [];
        ring.push(ring);
        return loose(torch.relu)(ring);
      },
      /^\[relu\] expected a tensor for 'self', got \[\[\[a list of 1\]\]\]/,
      /aten::relu/,
    ],
    [
      "a string where a boolean is needed",
      () => loose(torch.sum)(x, 1, { keepdim: "yes" }),
      /^\[sum\] expected a boolean for 'keepdim', got "yes"/,
      /aten::sum/,
    ],
    [
      "an object that only looks like a tensor",
      () => torch.relu(Object.create(torch.Tensor.prototype) as torch.Tensor),
      /^\[relu\] expected a tensor for 'self', got a Tensor/,
      /aten::relu/,
    ],
    ["a proxy of a tensor", () => torch.relu(new Proxy(x, {})), /^\[relu\] expected a tensor for 'self'/, /aten::relu/],
    [
      "shapes that do not fit",
      () => x.matmul(x),
      /^\[matmul\] .*2x3 and 2x3.*\n {2}got: self float32 \[2, 3\] cpu, other float32 \[2, 3\] cpu/s,
      /^$/,
    ],
    [
      "shapes that do not broadcast",
      () => x.add(torch.ones([4])),
      /^\[add\] .*got: self float32 \[2, 3\] cpu, other float32 \[4\] cpu/s,
      /aligned from the last dimension/,
    ],
    [
      "a list of integers that holds a tensor",
      () => x.index([x] as never),
      /^\[index\] expected lists of integers or of booleans, got float32 \[2, 3\] cpu in one/,
      /^$/,
    ],
    [
      "lists deeper than there are dimensions",
      () => {
        let deep: unknown = 1;
        for (let i = 0; i < 20_000; i++) deep = [deep];
        return torch.tensor(deep as number[]);
      },
      /^\[tensor\] expected lists in lists at most 64 deep/,
      /^$/,
    ],
    [
      "a gradient that is no tensor",
      () => torch.ones([1], { requiresGrad: true }).backward({ gradient: 3 as never }),
      /^\[backward\] expected a tensor, got number/,
      /^$/,
    ],
    [
      "a list for a layer's input",
      () => loose(new torch.nn.Linear(3, 2).forward.bind(new torch.nn.Linear(3, 2)))([[1, 2, 3]]),
      /^\[linear\] expected a tensor, got an array/,
      /^torch\.tensor\(values\) makes one$/,
    ],
    [
      "a list for a convolution's input",
      () => loose(torch.nn.Conv2d.prototype.forward.bind(new torch.nn.Conv2d(3, 2, 3)))([[1]]),
      /^\[conv2d\] expected a tensor, got an array/,
      /^torch\.tensor\(values\) makes one$/,
    ],
    ["NaN for a dimension", call("sum", Number.NaN), /^\[sum\] expected .*integer.* for 'dim', got NaN/, /aten::sum/],
    [
      "NaN for a dimension",
      call("mean", Number.NaN),
      /^\[mean\] expected .*integer.* for 'dim', got NaN/,
      /aten::mean/,
    ],
  ])("%s", (_, run, message, help) => {
    const error = errorOf(run);
    expect(error.message).toMatch(message);
    expect(error.help ?? "").toMatch(help);
    expect(["E_ARG", "E_TORCH"]).toContain(error.code);
  });

  const model = new torch.nn.Linear(3, 2);
  const either = 'a dtype such as "float32" or a device such as "cuda:0"';
  it.each<[() => unknown, string, string]>([
    [call("to", "gpu"), `${either}, got "gpu"`, "cuda"],
    [call("to", "gpu:1"), `${either}, got "gpu:1"`, "cuda"],
    [call("to", "float"), `${either}, got "float"`, "float32"],
    [() => loose(model.to.bind(model))("fp16"), `${either}, got "fp16"`, "float16"],
    [() => loose(model.to.bind(model))({ dtype: "half" }), 'the name of a dtype, got "half"', "float16"],
    [call("to", { dtype: "bf16" }), `the name of a dtype, got "bf16" for 'dtype'`, "bfloat16"],
    [call("to", { dtype: "torch.int64" }), `the name of a dtype, got "torch.int64" for 'dtype'`, "int64"],
    [() => loose(torch.zeros)([2], { dtype: "f32" }), `the name of a dtype, got "f32" for 'dtype'`, "float32"],
    [() => loose(torch.zeros)([2], { dtype: "long" }), `the name of a dtype, got "long" for 'dtype'`, "int64"],
    [
      () => loose(torch.zeros)([2], { device: "gpu" }),
      `a device such as "cpu" or "cuda:0", got "gpu" for 'device'`,
      "cuda",
    ],
    [
      () => loose(model.to.bind(model))({ memoryFormat: "channels_last" }),
      `a memory format, got "channels_last" for 'memoryFormat'`,
      "channelsLast",
    ],
  ])("one help, with the name that was meant: %#", (run, said, meant) => {
    const { message, code } = errorOf(run);
    expect(code).toBe("E_ARG");
    expect(message.replace(/^\[(to|zeros)\] expected /, "")).toBe(`${said}\n  help: did you mean "${meant}"?`);
  });

  it("what helps has this library's names, not Python's", () => {
    const weight = torch.ones([2], { requiresGrad: true });
    const changed = weight.exp();
    changed.add_(1);
    expect(errorOf(() => changed.sum().backward()).help).toMatch(/clone\(\); torch\.autograd\.detectAnomaly\(\(\) => /);
    const other = torch.ones([2], { requiresGrad: true });
    expect(errorOf(() => torch.autograd.grad(weight.sum(), [other])).help).toContain("{ allowUnused: true }");
    const { code, help } = errorOf(() => torch.zeros([2 ** 50]));
    expect(code).toBe("E_OOM");
    expect(help).toContain("torch.emptyCache()");
    expect(help).not.toContain("cuda");
  });

  it("a disposed tensor has a code of its own", () => {
    const gone = torch.ones([1]);
    gone.dispose();
    expect(errorOf(() => torch.relu(gone)).code).toBe("E_DISPOSED");
    expect(errorOf(() => torch.ones([2]).add(gone)).message).toMatch(
      /^\[add\] expected a live tensor, got one that was disposed for 'other'/,
    );
    expect(errorOf(() => loose(torch.sum)(gone, "a", "b")).message).toContain("a disposed tensor");
  });
});

describe("2. typos", () => {
  it.each<[string, () => unknown, string]>([
    ["an option, one overload", () => loose(torch.softmax)(x, 1, { dytpe: "float64" }), "did you mean 'dtype'?"],
    ["an option, several overloads", () => loose(torch.sum)(x, 1, { keepdims: true }), "did you mean 'keepdim'?"],
    ["an option of a factory", () => loose(torch.zeros)([2], { requireGrad: true }), "did you mean 'requiresGrad'?"],
    ["a dtype, one overload", () => loose(torch.zeros)([2], { dtype: "flaot32" }), 'did you mean "float32"?'],
    ["a dtype, several overloads", () => loose(torch.sum)(x, 1, { dtype: "flaot64" }), 'did you mean "float64"?'],
    ["a dtype in a conversion", () => loose(torch.zeros)([2], { dtype: "bfloat" }), 'did you mean "bfloat16"?'],
    ["a device", () => torch.zeros([2], { device: "cupu" as never }), 'did you mean "cpu"?'],
    ["a device with a number", () => torch.zeros([2], { device: "cud:0" as never }), 'did you mean "cuda"?'],
    ["a memory format", () => loose(torch.clone)(x, { memoryFormat: "chanelsLast" }), 'did you mean "channelsLast"?'],
    ["a layout", () => loose(torch.zeros)([2], { layout: "sparseCo" }), 'did you mean "sparseCoo"?'],
    ["a reduction", () => torch.nn.functional.mseLoss(x, x, { reduction: "maen" as never }), 'did you mean "mean"?'],
    [
      "an option of a function",
      () => torch.nn.functional.crossEntropy(x, torch.tensor([0n, 1n]), { labelSmothing: 0.1 } as never),
      "did you mean 'labelSmoothing'?",
    ],
    ["an option of a layer", () => new torch.nn.Conv2d(1, 1, 3, { strides: 2 } as never), "did you mean 'stride'?"],
    [
      "a mode",
      () => torch.nn.functional.interpolate(torch.ones([1, 1, 2, 2]), { scaleFactor: 2, mode: "bilnear" } as never),
      'did you mean "bilinear"?',
    ],
  ])("%s", (_, run, help) => {
    const error = errorOf(run);
    expect(error.code).toBe("E_ARG");
    expect(error.help).toBe(help);
  });

  it("what is near nothing gets the whole list, and 'out' an explanation", () => {
    expect(errorOf(() => loose(torch.zeros)([2], { dtype: "zzzzzzzz" })).help).toMatch(/^one of uint8, int8/);
    expect(errorOf(() => loose(torch.add)(x, x, { out: x })).help).toContain("in-place");
  });
});
