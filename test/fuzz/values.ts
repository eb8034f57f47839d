import * as torch from "../../lib/index.js";
import type { ArgumentSchema } from "../../lib/native.js";
import type { Random } from "./random.js";
import { type Made, Tensors } from "./tensors.js";

const WORDS = [
  "",
  "sum",
  "mean",
  "none",
  "max",
  "batchmean",
  "floor",
  "trunc",
  "amax",
  "prod",
  "linear",
  "nearest",
  "bilinear",
  "reflect",
  "constant",
  "zeros",
  "border",
  "tanh",
  "ij",
  "xy",
  "fro",
  "nuc",
  "ortho",
  "forward",
  "reduced",
  "complete",
  "left",
  "L",
  "relu",
  "gelu",
  "ij,jk->ik",
  "ii->i",
  "...",
  "a->",
  "nope",
  "x".repeat(3000),
] as const;
const NAMES = [
  "float32",
  "int64",
  "complex64",
  "bool",
  "qint8",
  "quint8",
  "flaot32",
  "cpu",
  "meta",
  "cuda",
  "cuda:0",
  "cuda:99",
  "gpu",
  "strided",
  "sparseCoo",
  "channelsLast",
  "channelsLast3d",
  "contiguousFormat",
  "preserveFormat",
] as const;
const EDGES: readonly (number | bigint)[] = [
  0,
  -1,
  1,
  -2,
  7,
  2 ** 31,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  1n << 62n,
  (1n << 63n) - 1n,
  -(1n << 63n),
];
const REALS = [
  0,
  -0,
  1,
  0.5,
  -1,
  1e-12,
  2,
  1e308,
  -1e308,
  5e-324,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  2 ** 63,
] as const;

class Odd {
  readonly field = 1;
}
const ring: unknown[] = [1];
ring.push(ring);
const deep = (() => {
  let list: unknown = 1;
  for (let i = 0; i < 20_000; i++) list = [list];
  return list;
})();

/** Values that are no argument of anything, or only by luck. */
const JUNK: readonly (() => Made)[] = [
  ...[undefined, null, true, false, "", "dim", Number.NaN, -1, 1.5, 2 ** 31, 2 ** 63, Number.POSITIVE_INFINITY].map(
    (value) => () => ({ value, text: typeof value === "string" ? JSON.stringify(value) : String(value) }),
  ),
  ...[0n, -1n, 1n << 63n, 1n << 64n].map((value) => () => ({ value, text: `${value}n` })),
  () => ({ value: [], text: "[]" }),
  () => ({ value: [1, 2], text: "[1, 2]" }),
  () => ({ value: [-1], text: "[-1]" }),
  () => ({ value: [2 ** 31, 2 ** 31], text: "[2147483648, 2147483648]" }),
  () => ({ value: [Number.NaN], text: "[NaN]" }),
  () => ({ value: [1.5, 2], text: "[1.5, 2]" }),
  () => ({ value: [null], text: "[null]" }),
  () => ({ value: [undefined, 1], text: "[undefined, 1]" }),
  () => ({ value: ["a"], text: '["a"]' }),
  () => ({ value: [[1, 2], [3]], text: "[[1, 2], [3]]" }),
  () => ({ value: new Array(5), text: "new Array(5)" }),
  () => ({ value: new Array(100_000).fill(1), text: "new Array(100_000).fill(1)" }),
  () => ({ value: ring, text: "a list that holds itself" }),
  () => ({ value: deep, text: "a list 20,000 deep" }),
  () => ({ value: {}, text: "{}" }),
  () => ({ value: { dim: 0 }, text: "{ dim: 0 }" }),
  () => ({ value: { dmi: 0 }, text: "{ dmi: 0 }" }),
  () => ({ value: { dtype: "flaot32" }, text: '{ dtype: "flaot32" }' }),
  () => ({ value: { keepdim: 1 }, text: "{ keepdim: 1 }" }),
  () => ({ value: { out: 1, constructor: 1, __proto__: null }, text: "{ out: 1, constructor: 1, __proto__: null }" }),
  () => ({ value: () => 1, text: "() => 1" }),
  () => ({ value: Symbol("s"), text: 'Symbol("s")' }),
  () => ({ value: new Date(0), text: "new Date(0)" }),
  () => ({ value: new Map(), text: "new Map()" }),
  () => ({ value: new Odd(), text: "new Odd()" }),
  () => ({ value: Object.create(torch.Tensor.prototype), text: "Object.create(Tensor.prototype)" }),
  () => ({ value: torch.Tensor.prototype, text: "Tensor.prototype" }),
  () => ({ value: new Proxy(torch.ones([2]), {}), text: "new Proxy(ones([2]), {})" }),
  () => ({ value: [torch.ones([2]), 1], text: "[ones([2]), 1]" }),
  () => ({ value: new Float32Array(3), text: "new Float32Array(3)" }),
  () => ({ value: new BigInt64Array(3), text: "new BigInt64Array(3)" }),
  () => ({ value: new Uint8Array(0), text: "new Uint8Array(0)" }),
  () => ({ value: new Uint16Array(new SharedArrayBuffer(8)), text: "new Uint16Array(new SharedArrayBuffer(8))" }),
  () => ({ value: new ArrayBuffer(8), text: "new ArrayBuffer(8)" }),
  () => ({ value: new DataView(new ArrayBuffer(8)), text: "new DataView(new ArrayBuffer(8))" }),
  () => ({ value: new torch.Complex(1, 2), text: "new Complex(1, 2)" }),
  () => ({ value: torch.slice(0, 2), text: "slice(0, 2)" }),
  () => ({ value: torch.slice(null, null, -1), text: "slice(null, null, -1)" }),
  () => ({ value: "...", text: '"..."' }),
];

/** Arguments for one call. */
export class Values {
  readonly tensors: Tensors;

  constructor(readonly random: Random) {
    this.tensors = new Tensors(random);
  }

  junk(): Made {
    return this.random.chance(0.25) ? this.tensors.make() : this.random.pick(JUNK)();
  }

  /** What a schema's type asks for. */
  ofType({ type, listSize, name }: Pick<ArgumentSchema, "type" | "listSize" | "name">): Made {
    const { random } = this;
    if (type.endsWith("?")) {
      return random.chance(0.25)
        ? { value: null, text: "null" }
        : this.ofType({ type: type.slice(0, -1), listSize, name });
    }
    if (type.endsWith("[]")) return this.#list(type.slice(0, -2), listSize, name);
    switch (type) {
      case "Tensor":
        return random.chance(0.05) ? plain(this.#int(name)) : this.tensors.make(name);
      case "int":
      case "SymInt":
        return plain(this.#int(name));
      case "float":
        return plain(random.chance(0.7) ? random.pick([0.1, 0.5, 1, 2]) : random.pick(REALS));
      case "Scalar":
      case "number":
        return random.chance(0.1)
          ? { value: new torch.Complex(1, -1), text: "new Complex(1, -1)" }
          : plain(random.pick([random.between(-2, 4), random.next(), random.pick(REALS), random.pick(EDGES), true]));
      case "bool":
      case "SymBool":
        return plain(random.chance(0.5));
      case "ScalarType":
        return plain(
          random.pick(
            random.chance(0.8)
              ? ["float32", "float64", "int64", "int32", "bool", "complex64", "bfloat16", "float16", "uint8"]
              : NAMES,
          ),
        );
      case "str":
        return plain(random.pick(WORDS));
      case "Layout":
        return plain(random.pick(["strided", "strided", "sparseCoo", "sparseCsr", "mkldnn", "jagged"]));
      case "MemoryFormat":
        return plain(random.pick(["contiguousFormat", "preserveFormat", "channelsLast", "channelsLast3d"]));
      case "Device":
        return plain(random.pick(["cpu", "cpu", "cpu", "meta", "cuda", "cuda:7", "mps"]));
      case "Generator":
        return { value: new torch.Generator(), text: "new Generator()" };
      default:
        return this.junk();
    }
  }

  #int(name: string): number | bigint {
    const { random } = this;
    const rank = this.tensors.shape.length;
    if (random.chance(0.08)) return random.pick(EDGES);
    if (/dim|axis/i.test(name)) return random.between(-rank - 1, rank);
    return random.weighted([
      [6, random.between(0, 3)],
      [2, random.between(-2, 6)],
      [1, rank],
    ]);
  }

  #list(item: string, listSize: number, name: string): Made {
    const { random } = this;
    if (item === "int" || item === "SymInt") {
      if (listSize > 0 && random.chance(0.3)) return plain(this.#int(name));
      const shape = this.tensors.shape;
      if (/size|shape/i.test(name) && random.chance(0.5))
        return list(shape.map((n) => (random.chance(0.1) ? -1 : n)).map(plain));
    }
    const length =
      listSize > 0 && random.chance(0.7) ? listSize : random.chance(0.5) ? this.tensors.shape.length : random.int(4);
    return list(Array.from({ length }, () => this.ofType({ type: item, listSize: 0, name })));
  }
}

export const plain = (value: unknown): Made => ({
  value,
  text:
    typeof value === "string"
      ? value.length > 40
        ? `"${value.slice(0, 40)}..."`
        : JSON.stringify(value)
      : typeof value === "bigint"
        ? `${value}n`
        : Object.is(value, -0)
          ? "-0"
          : String(value),
});

export const list = (items: readonly Made[]): Made => ({
  value: items.map((item) => item.value),
  text: `[${items.map((item) => item.text).join(", ")}]`,
});
