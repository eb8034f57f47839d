import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as torch from "../../lib/index.js";
import { findLibTorch } from "../../lib/libtorch/find.js";
import { errorOf } from "../error-of.js";

const { ops } = torch;
const x = torch.tensor([1, 2, 3]);
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "sam-torch-ops-"));
const place = (name: string): string => path.join(directory, name);
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

describe("1. names", () => {
  it("namespaces and operators are reached by the names of their schemas", () => {
    expect(ops.aten.add(x, x).toArray()).toEqual([2, 4, 6]);
    expect(ops.aten.add.Tensor!(x, x).toArray()).toEqual([2, 4, 6]);
    expect(ops.aten.log_softmax(x, 0).shape).toEqual([3]);
    expect(ops.aten._to_copy!(x, { dtype: "float64" }).dtype).toBe("float64");
    expect(ops.aten.add).toBe(ops.aten.add);
    expect(Object.keys(ops.quantized!)).toContain("linear");
  });

  it("all of them are listed, and none is made before it is asked for", () => {
    const names = Object.keys(ops.aten);
    expect(names.length).toBeGreaterThan(1500);
    expect(names).toContain("add");
    expect(names).toContain("_foreach_add");
    const listed = Object.values(Object.getOwnPropertyDescriptors(ops.mkldnn!)).filter((d) => d.enumerable);
    expect(listed.length).toBeGreaterThan(0);
    expect(listed.every((d) => d.get !== undefined)).toBe(true);
    expect("add" in ops.aten).toBe(true);
    expect("ad" in ops.aten).toBe(false);
    expect(Object.keys(ops)).toContain("aten");
    expect(Object.keys(ops)).not.toContain("loadLibrary");
    expect(Object.keys(ops.aten.add)).toEqual(expect.arrayContaining(["Tensor", "Scalar", "out", "Scalar_out"]));
    expect(Object.keys(ops.aten.add)).toEqual(ops.aten.add.overloads());
    expect({ ...ops.aten.add }.Tensor).toBe(ops.aten.add.Tensor);
  });

  it("schemas and text", () => {
    const schema = "aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor";
    expect(ops.aten.add.Tensor!.schema).toBe(schema);
    expect(ops.aten.add.schema.split("\n")).toContain(schema);
    expect(ops.aten.relu.default!.schema).toBe("aten::relu(Tensor self) -> Tensor");
    expect([String(ops), String(ops.aten), String(ops.aten.add), String(ops.aten.add.Tensor)]).toEqual([
      "torch.ops",
      "torch.ops.aten",
      "aten.add",
      "aten.add.Tensor",
    ]);
    expect(inspect(ops.aten.add.Tensor)).toBe("[Operator aten.add.Tensor]");
    expect(inspect(ops)).toBe("[torch.ops]");
    expect(ops.aten.add.Tensor!.name).toBe("aten::add.Tensor");
  });

  it("unknown names are errors with the nearest one", () => {
    const wrong: [() => unknown, string, string][] = [
      [() => ops.atem, "[torch.ops] expected the name of a namespace, got 'atem'", "did you mean 'aten'?"],
      [
        () => ops.aten.sofmax,
        "[torch.ops.aten] expected the name of an operator, got 'sofmax'",
        "did you mean 'softmax'?",
      ],
      [
        () => ops.aten.add.Tensr,
        "[torch.ops.aten.add] expected the name of an overload, got 'Tensr'",
        "did you mean 'Tensor'?",
      ],
    ];
    for (const [run, message, help] of wrong) {
      const error = errorOf(run);
      expect([error.code, error.message, error.help]).toEqual(["E_ARG", `${message}\n  help: ${help}`, help]);
    }
    expect(errorOf(() => ops.nothing_like_it_at_all).help).toContain("loadLibrary");
  });

  it("is no promise, no JSON and not writable", async () => {
    expect(await Promise.resolve(ops.aten)).toBe(ops.aten);
    expect(await Promise.resolve(ops)).toBe(ops);
    expect(() => JSON.stringify(ops.aten.add)).not.toThrow();
    expect(() => Object.assign(ops, { aten: 1 })).toThrow(TypeError);
    expect(() => Object.assign(ops.aten, { add: 1 })).toThrow(TypeError);
    expect(ops.aten.add.call(null, x, x).toArray()).toEqual([2, 4, 6]);
    expect(ops.aten.add.Tensor!.apply(null, [x, x])).toBeInstanceOf(torch.Tensor);
  });
});

describe("2. calls", () => {
  it("overloads are taken by what is given, options included", () => {
    expect(ops.aten.add(x, 1).toArray()).toEqual([2, 3, 4]);
    expect(ops.aten.add(x, x, { alpha: 2 }).toArray()).toEqual([3, 6, 9]);
    expect(ops.aten.sum(x).item()).toBe(6);
    expect(ops.aten.sum(torch.ones([2, 3]), [1]).toArray()).toEqual([3, 3]);
    const { values, indices } = ops.aten.max(
      torch.tensor([
        [1, 5],
        [7, 2],
      ]),
      1,
    ) as unknown as Record<string, torch.Tensor>;
    expect([values!.toArray(), indices!.toArray()]).toEqual([
      [5, 7],
      [1, 0],
    ]);
  });

  it("out= writes into the tensor given", () => {
    const out = torch.zeros([3]);
    expect(ops.aten.add.out!(x, x, { out })).toBe(out);
    expect(out.toArray()).toEqual([2, 4, 6]);
    const untyped = ops.aten.mul as unknown as torch.RawOverload;
    expect(untyped(x, x, { out })).toBe(out);
    expect(out.toArray()).toEqual([1, 4, 9]);
  });

  it("one overload takes no other's arguments", () => {
    expect(errorOf(() => ops.aten.sum.dim_IntList!(x, "no")).message).toContain("[aten.sum.dim_IntList] expected");
    expect(errorOf(() => ops.aten.add(x, undefined as never)).message).toContain(
      "[aten.add] expected a tensor or a number for 'other', got nothing",
    );
    const typo = errorOf(() => ops.aten.add.Tensor!(x, x, { alfa: 2 }));
    expect(typo.help).toBe("did you mean 'alpha'?");
    expect(errorOf(() => ops.aten.mm(x, x)).code).toBe("E_TORCH");
  });

  it("gradients flow", () => {
    const w = torch.tensor([1, 2], { requiresGrad: true });
    ops.aten.mul.Tensor!(w, w).sum().backward();
    expect(w.grad!.toArray()).toEqual([2, 4]);
  });
});

const libtorch = findLibTorch();
const compiler = ["c++", "g++", "clang++"].find((name) => spawnSync(name, ["--version"]).status === 0);
const canCompile = compiler !== undefined && libtorch.headers === true && process.platform !== "win32";

describe("3. libraries that are none", () => {
  it("missing, empty, text: typed errors", () => {
    const missing = errorOf(() => ops.loadLibrary(place("missing.so")));
    expect([missing.code, missing.message]).toEqual([
      "E_LOAD",
      `[loadLibrary] expected a shared library, got no file ${place("missing.so")}`,
    ]);
    fs.writeFileSync(place("empty.so"), "");
    fs.writeFileSync(place("text.so"), "not a library");
    for (const name of ["empty.so", "text.so", "."]) {
      const error = errorOf(() => ops.loadLibrary(place(name)));
      expect([error.code, error.message.startsWith("[loadLibrary] expected a library for LibTorch 2.")]).toEqual([
        "E_LOAD",
        true,
      ]);
    }
    expect(errorOf(() => ops.loadLibrary("")).code).toBe("E_ARG");
    expect(errorOf(() => ops.loadLibrary(3 as never)).code).toBe("E_ARG");
  });
});

describe.runIf(canCompile)("4. a library of a user's", () => {
  const library = place("libcustom.so");

  beforeAll(() => {
    const source = fileURLToPath(new URL("custom-operators.cpp", import.meta.url));
    const include = path.join(libtorch.directory, "include");
    const options = ["-std=c++20", "-O0", "-shared", "-fPIC", "-D_GLIBCXX_USE_CXX11_ABI=1", "-I", include];
    const undefinedSymbols = process.platform === "darwin" ? ["-undefined", "dynamic_lookup"] : [];
    const done = spawnSync(compiler!, [...options, ...undefinedSymbols, source, "-o", library], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(done.stderr);
    expect("sam_test" in ops).toBe(false);
    ops.loadLibrary(library);
  }, 600_000);

  const own = () => ops.sam_test!;

  it("is reachable at once, and again", () => {
    expect(Object.keys(ops)).toContain("sam_test");
    expect(Object.keys(own()).sort()).toEqual(
      ["affine", "count_all", "cube", "describe", "double", "fails", "scale_all"].sort(),
    );
    expect(own().cube!(x).toArray()).toEqual([1, 8, 27]);
    ops.loadLibrary(library);
    expect(own().cube!(x).toArray()).toEqual([1, 8, 27]);
  });

  it("its autograd runs: its own, and LibTorch's for what is made of LibTorch's operators", () => {
    const a = torch.tensor([1, 2], { requiresGrad: true });
    own().cube!(a).sum().backward();
    expect(a.grad!.toArray()).toEqual([30, 120]);
    const b = torch.tensor([1, 2], { requiresGrad: true });
    own().affine!(b, 3, 4).sum().backward();
    expect(b.grad!.toArray()).toEqual([3, 3]);
  });

  it("defaults, overloads, options by name", () => {
    const { affine } = own();
    expect(affine!(x).toArray()).toEqual([2, 4, 6]);
    expect(affine!(x, { shift: 1 }).toArray()).toEqual([3, 5, 7]);
    expect(affine!(x, x).toArray()).toEqual([1, 4, 9]);
    expect(affine!.default!(x, 0.5, 1).toArray()).toEqual([1.5, 2, 2.5]);
    expect(affine!.overloads()).toEqual(expect.arrayContaining(["default", "Tensor"]));
  });

  it("several results, dictionaries, lists of lists", () => {
    const [total, dims, text] = own().describe!<[torch.Tensor, number, string]>(x, "hello");
    expect([total.item(), dims, text]).toEqual([6, 1, "hello!"]);
    const scaled = own().scale_all!<Record<string, torch.Tensor>>(new Map([["a", x]]), 2);
    expect(scaled.a!.toArray()).toEqual([2, 4, 6]);
    expect(own().count_all!<number>([[1, 2], [], [3]])).toBe(3);
    expect(errorOf(() => own().count_all!([1])).code).toBe("E_ARG");
  });

  it("only an overload that writes into a tensor: the operator takes it all the same", () => {
    const out = torch.zeros([3]);
    expect(own().double!(x, { out })).toBe(out);
    expect(out.toArray()).toEqual([2, 4, 6]);
  });

  it("its errors are errors", () => {
    const error = errorOf(() => own().fails!(x));
    expect([error.code, error.message]).toEqual(["E_TORCH", expect.stringContaining("this operator always fails")]);
    expect(errorOf(() => own().cub).help).toBe("did you mean 'cube'?");
  });

  it("a library that ends the process is an error", () => {
    const source = place("abort.c");
    fs.writeFileSync(source, "#include <stdlib.h>\n__attribute__((constructor)) static void end(void) { abort(); }\n");
    const done = spawnSync(compiler!, ["-x", "c", "-shared", "-fPIC", source, "-o", place("abort.so")]);
    expect(done.status).toBe(0);
    const error = errorOf(() => ops.loadLibrary(place("abort.so")));
    expect([error.code, error.message]).toEqual(["E_LOAD", expect.stringContaining("ended with SIGABRT")]);
  });

  it("registering the same names twice is an error, each time, and the process goes on", () => {
    fs.copyFileSync(library, place("again.so"));
    for (const _ of [1, 2]) {
      const error = errorOf(() => ops.loadLibrary(place("again.so")));
      expect([error.code, error.message]).toEqual(["E_LOAD", expect.stringContaining("sam_test")]);
    }
    expect(own().cube!(x).toArray()).toEqual([1, 8, 27]);
    expect(errorOf(() => ops.loadLibrary(place("text.so"))).code).toBe("E_LOAD");
  });
});

it.runIf(!canCompile)(
  "4. a library of a user's: not tested, for want of a C++ compiler or LibTorch's headers here",
  () => {
    expect(canCompile).toBe(false);
  },
);
