import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { errorOf } from "../error-of.js";

/* Options of the functions and classes that are written by hand: `[name] expected one of the options ..., got 'x'`, and the nearest. */

const { nn, data, autograd, sharpness, func, train } = torch;
const F = nn.functional;
type Loose = (...args: unknown[]) => unknown;
const loose = (fn: unknown): Loose => fn as Loose;
const make =
  (Class: unknown, ...args: unknown[]) =>
  () =>
    new (Class as new (...given: unknown[]) => unknown)(...args);

const directory = mkdtempSync(join(tmpdir(), "sam-torch-options-"));
afterAll(() => rmSync(directory, { recursive: true }));
const file = join(directory, "x.safetensors");
torch.saveSafetensors({ x: torch.ones([2]) }, file);

const x = torch.ones([2], { requiresGrad: true });
const wide = torch.ones([2], { dtype: "float64", requiresGrad: true });
const linear = new nn.Linear(2, 2);
const square = (t: torch.Tensor) => t.square().sum();
const problem = { params: [x], loss: () => square(x), batches: [[torch.ones([1])]] };

describe("1. a misspelt name", () => {
  it.each<[string, () => unknown, string]>([
    ["tensor", () => loose(torch.tensor)([1], { requires_grad: true }), "requiresGrad"],
    ["tensor", () => loose(torch.tensor)([1], { dtyp: "int64" }), "dtype"],
    ["asTensor", () => loose(torch.asTensor)(x, { dtyp: "int64" }), "dtype"],
    ["full", () => loose(torch.full)([1], 1, { dtyp: "int64" }), "dtype"],
    ["frombuffer", () => loose(torch.frombuffer)(new Uint8Array(4), { dtype: "uint8", shap: [4] }), "shape"],
    ["newTensor", () => x.newTensor([1], { requires_grad: true } as never), "requiresGrad"],
    ["backward", () => square(x).backward({ retain_graph: true } as never), "retainGraph"],
    ["backward", () => x.mul(2).backward(torch.ones([2]), { create_graph: true } as never), "createGraph"],
    ["autograd.grad", () => loose(autograd.grad)([square(x)], [x], { create_graph: true }), "createGraph"],
    ["autograd.backward", () => loose(autograd.backward)([square(x)], { retain_graph: true }), "retainGraph"],
    ["detectAnomaly", () => loose(autograd.detectAnomaly)(() => 1, { check_nan: true }), "checkNan"],
    ["gradcheck", () => loose(autograd.gradcheck)(square, [wide], { epss: 1 }), "eps"],
    ["gradgradcheck", () => loose(autograd.gradgradcheck)(square, [wide], { grad_outputs: [] }), "gradOutputs"],
    ["jacobian", () => loose(autograd.functional.jacobian)(square, x, { create_graph: true }), "createGraph"],
    ["hvp", () => loose(autograd.functional.hvp)(square, x, x, { create_graph: true }), "createGraph"],
    ["grad", () => loose(func.grad)(square, { argnums: 0 }), "argnum"],
    ["jacrev", () => loose(func.jacrev)(square, { argnums: 0 }), "argnum"],
    ["functionalCall", () => loose(func.functionalCall)(linear, {}, [x], { strct: true }), "strict"],
    ["autocast", () => loose(torch.autocast)("cpu", { dtyp: "bfloat16" }, () => 1), "dtype"],
    ["isContiguous", () => x.isContiguous({ memory_format: "channelsLast" } as never), "memoryFormat"],
    ["unique", () => loose(torch.unique)(x, { return_counts: true }), "returnCounts"],
    ["nonzero", () => x.nonzero({ as_tuple: true } as never), "asTuple"],
    ["norm", () => loose(torch.norm)(x, 2, { keepdims: true }), "keepdim"],
    ["Generator", make(torch.Generator, "cpu", { isdefault: true }), "isDefault"],
    [
      "useDeterministicAlgorithms",
      () => loose(torch.useDeterministicAlgorithms)(false, { warn_only: true }),
      "warnOnly",
    ],
    ["setPrintoptions", () => loose(torch.setPrintoptions)({ sci_mode: true }), "sciMode"],
    ["load", () => loose(torch.load)(file, { devic: "cpu" }), "device"],
    ["loadSafetensors", () => loose(torch.loadSafetensors)(file, { devic: "cpu" }), "device"],
    ["saveSafetensors", () => loose(torch.saveSafetensors)({}, join(directory, "y"), { metdata: {} }), "metadata"],
    ["jit.load", () => loose(torch.jit.load)("x.pt", { devic: "cpu" }), "device"],
    ["to", () => linear.to("bfloat16", { masterWeight: true } as never), "masterWeights"],
    ["to", () => linear.to({ masterWeight: true } as never), "masterWeights"],
    ["to", () => x.to("cpu", { non_blocking: true } as never), "nonBlocking"],
    ["Parameter", make(nn.Parameter, x, { requires_grad: false }), "requiresGrad"],
    ["parameters", () => linear.parameters({ recurs: false } as never), "recurse"],
    ["namedParameters", () => linear.namedParameters({ prefx: "a" } as never), "prefix"],
    ["stateDict", () => linear.stateDict({ prefx: "a" } as never), "prefix"],
    ["registerBuffer", () => linear.registerBuffer("a", x, { persistant: false } as never), "persistent"],
    ["zeroGrad", () => linear.zeroGrad({ set_to_none: false } as never), "setToNone"],
    ["RNN", make(nn.RNN, 2, 3, { nonlinearty: "relu" }), "nonlinearity"],
    [
      "Embedding.fromPretrained",
      () => nn.Embedding.fromPretrained(torch.ones([2, 2]), { freze: true } as never),
      "freeze",
    ],
    ["clipGradNorm_", () => loose(nn.utils.clipGradNorm_)([x], 1, { norm_type: 1 }), "normType"],
    ["getTotalNorm", () => loose(nn.utils.getTotalNorm)([x], { norm_type: 1 }), "normType"],
    ["padSequence", () => loose(nn.utils.rnn.padSequence)([x], { batch_first: true }), "batchFirst"],
    ["WideResNet", make(torch.models.WideResNet, { depth: 10, width_factor: 2 }), "widthFactor"],
    ["Shapes10", make(data.Shapes10, { limt: 3 }), "limit"],
    ["DataLoader", make(data.DataLoader, new data.TensorDataset(x), { numWorkers: 2 }), "workers"],
    ["DataLoader", make(data.DataLoader, new data.TensorDataset(x), { batch_sampler: [[0]] }), "batchSampler"],
    [
      "DataLoader.augment.cutout",
      make(data.DataLoader, new data.TensorDataset(x), { augment: { cutout: { sise: 2 } } }),
      "size",
    ],
    ["RandomSampler", make(data.RandomSampler, 3, { num_samples: 2 }), "numSamples"],
    ["SubsetRandomSampler", make(data.SubsetRandomSampler, [1], { sed: 2 }), "seed"],
    ["WeightedRandomSampler", make(data.WeightedRandomSampler, [1], 1, { replacment: true }), "replacement"],
    ["randomSplit", () => loose(data.randomSplit)(new data.TensorDataset(x), [1, 1], { generatr: null }), "generator"],
    ["hessianEigenvalues", () => loose(sharpness.hessianEigenvalues)(problem, { iteration: 3 }), "iterations"],
    ["hessianTrace", () => loose(sharpness.hessianTrace)(problem, { sample: 3 }), "samples"],
    ["mSharpness", () => loose(sharpness.mSharpness)(problem, { roh: 3 }), "rho"],
    ["worstCase", () => loose(sharpness.worstCase)(problem, { step_size: 3 }), "stepSize"],
    ["lossSurface", () => loose(sharpness.lossSurface)(problem, { dimension: 1 }), "dimensions"],
    ["sharpness", () => loose(sharpness.hessianTrace)({ ...problem, size_of: () => 1 }), "sizeOf"],
    ["Log", make(train.Log, { log_each: 3 }), "logEach"],
    ["correct", () => loose(train.correct)(torch.ones([1, 2]), torch.tensor([0n]), { top_k: 1 }), "topK"],
    ["cuda.Stream", make(torch.cuda.Stream, { high_priority: true }), "highPriority"],
    ["cuda.Event", make(torch.cuda.Event, { timin: true }), "timing"],
    ["cuda.graph", () => loose(torch.cuda.graph)(square, { max_graphs: 1 }), "maxGraphs"],
    ["JsonLines", make(train.JsonLines, join(directory, "z"), { on_error: () => {} }), "onError"],
    ["option", () => loose(train.integer)(1, "", { mni: 0 }), "min"],
    [
      "checkpoint",
      () => loose(torch.utils.checkpoint.checkpoint)(square, [x], { preserve_rng_state: false }),
      "preserveRngState",
    ],
  ])("of %s (%#)", (owner, run, meant) => {
    const error = errorOf(run);
    expect(error.code).toBe("E_ARG");
    expect(error.message).toContain(`[${owner}] expected one of the options `);
    expect(error.help).toBe(`did you mean '${meant}'?`);
  });

  it("that is near nothing gets the list", () => {
    const error = errorOf(() => loose(torch.load)(file, { map_location: "cpu" }));
    expect(error.message).toBe("[load] expected one of the options device, got 'map_location'");
    expect(errorOf(make(train.Log, { foo: 1 })).message).toContain(
      "options logEach, records, stream, env, now, got 'foo'",
    );
  });

  it("of a loader of CIFAR-10 is refused before anything is looked for", async () => {
    await expect(loose(data.Cifar10.load)({ rooot: "nowhere" })).rejects.toThrow(/did you mean 'root'/);
  });

  it("changes nothing: no file, no gradient", () => {
    expect(existsSync(join(directory, "y"))).toBe(false);
    expect(existsSync(join(directory, "z"))).toBe(false);
    expect(x.grad).toBeNull();
    expect(linear.weight.dtype).toBe("float32");
  });
});

describe("2. what is no options object", () => {
  it.each<[string, () => unknown, string | undefined]>([
    ["false for strict", () => linear.loadStateDict(linear.stateDict(), false as never), "pass { strict: false }"],
    ["false for setToNone", () => linear.zeroGrad(false as never), "pass { setToNone: false }"],
    ["true for retainGraph", () => square(x).backward(true as never), "pass { retainGraph: true }"],
    ["a number for dropout's p", () => loose(F.dropout)(x, 0.5), "pass { p: 0.5 }"],
    ["a number of layers", make(nn.LSTM, 2, 3, 2), "pass { numLayers: 2 }"],
    ["a number for the norm's type", () => loose(nn.utils.clipGradNorm_)([x], 1, 2), "pass { normType: 2 }"],
    ["true for nonBlocking", () => x.to("cpu", true as never), "pass { nonBlocking: true }"],
    ["a number of digits", () => loose(torch.setPrintoptions)(3), "pass { precision: 3 }"],
    ["depth and width", make(torch.models.WideResNet, 28, 10), "pass { depth: 28 }"],
    [
      "nothing, where some must be given",
      make(data.ImageDataset),
      "its names are images, shape, labels, classes, mean, std",
    ],
    ["null", () => loose(torch.tensor)([1], null), "its names are dtype, device, requiresGrad, shape"],
    ["a tensor", () => linear.stateDict(x as never), "its names are prefix"],
  ])("%s", (_, run, help) => {
    const error = errorOf(run);
    expect(error.code).toBe("E_ARG");
    expect(error.message).toMatch(/expected an options object, got (?!\[object)/);
    expect(error.help).toBe(help);
  });

  it("a value of the wrong kind where true or false belongs", () => {
    expect(errorOf(() => square(x).backward({ retainGraph: "no" } as never)).message).toBe(
      '[backward] expected retainGraph to be true or false, got "no"',
    );
  });
});

describe("3. what stays as it was", () => {
  it("backward with a gradient, with null in its place, and without options", () => {
    const y = x.mul(3);
    y.backward(torch.ones([2]), { retainGraph: true });
    y.backward({ gradient: torch.ones([2]), retainGraph: true });
    y.sum().backward(null as never);
    expect(x.grad!.toArray()).toEqual([9, 9]);
    x.grad = null;
  });
  it("an option that is undefined counts as not given", () => {
    expect(torch.tensor([1], { dtype: undefined as never }).dtype).toBe("float32");
    linear.zeroGrad({ setToNone: undefined as never });
    expect(linear.weight.grad).toBeNull();
  });
  it("to() by name, by tensor, by options and by both", () => {
    expect(x.to("float64", { copy: true }).dtype).toBe("float64");
    expect(x.to(wide).dtype).toBe("float64");
    expect(x.to({ dtype: "int64" }).dtype).toBe("int64");
  });
});

describe("4. a wrong call", () => {
  const anything = expect.stringMatching(/./);
  it.each<[string, () => unknown, RegExp]>([
    ["keep of a number", () => loose(torch.keep)(3), /^\[keep\] expected a tensor, got 3$/],
    ["tidy of nothing", () => loose(torch.tidy)(), /^\[tidy\] expected a function, got undefined/],
    ["noGrad of nothing", () => loose(torch.noGrad)(), /^\[noGrad\] expected a function, got undefined/],
    ["enableGrad of a tensor", () => loose(torch.enableGrad)(x), /^\[enableGrad\] expected a function, got float32/],
    ["inferenceMode of nothing", () => loose(torch.inferenceMode)(), /^\[inferenceMode\] expected a function/],
    [
      "autocast without options",
      () => loose(torch.autocast)("cpu", () => 1),
      /^\[autocast\] expected an options object, got a fun/,
    ],
    [
      "autocast without a function",
      () => loose(torch.autocast)("cpu", {}),
      /^\[autocast\] expected a function, got undef/,
    ],
    [
      "sharpness of nothing",
      () => loose(sharpness.hessianEigenvalues)(),
      /^\[sharpness\] expected an options object, got und/,
    ],
    [
      "sharpness without batches",
      () => loose(sharpness.mSharpness)({ ...problem, batches: 3 }),
      /batches to be a list, got 3/,
    ],
    ["a list as a dataset", make(data.DataLoader, [1, 2, 3]), /^\[DataLoader\] expected a dataset .*, got \[1, 2, 3\]/],
    ["nothing as a dataset", make(data.DataLoader), /^\[DataLoader\] expected a dataset .*, got undefined/],
    [
      "options in the place of a checkpoint's arguments",
      () => loose(torch.utils.checkpoint.checkpoint)(square, {}, x),
      /^\[checkpoint\] expected the function's arguments as a list, got an options object/,
    ],
    [
      "a tensor in the place of a checkpoint's arguments",
      () => loose(torch.utils.checkpoint.checkpoint)(square, x),
      /^\[checkpoint\] expected the function's arguments as a list, got float32 \[2\] cpu/,
    ],
    ["options in the place of a window", make(nn.MaxPool2d, { kernelSize: 2 }), /^\[MaxPool2d\] expected kernelSize/],
    [
      "options in the place of a shape",
      make(nn.LayerNorm, { normalizedShape: 4 }),
      /^\[LayerNorm\] expected normalizedShape/,
    ],
    [
      "options in the place of a size",
      make(nn.Linear, { inFeatures: 4 }),
      /^\[Linear\] expected inFeatures .*, got an options/,
    ],
  ])("%s", (name, run, message) => {
    const error = errorOf(run);
    expect(error.code).toBe("E_ARG");
    expect(error.message.split("\n")[0]).toMatch(message);
    expect(error.message).not.toContain("[object Object]");
    if (name !== "keep of a number") expect(error.help).toEqual(anything);
  });

  it("leaves grad mode and scopes as they were", () => {
    expect(torch.isGradEnabled()).toBe(true);
    expect(torch.isAutocastEnabled("cpu")).toBe(false);
  });
});
