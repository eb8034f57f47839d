import * as torch from "../../lib/index.js";
import type { Random } from "./random.js";

/** An argument and how it was made, as one would write it. */
export interface Made {
  readonly value: unknown;
  readonly text: string;
}
export interface MadeTensor extends Made {
  readonly value: torch.Tensor;
}

const FLOATS = ["float32", "float64"] as const;
const DTYPES: readonly torch.DType[] = [
  "float32",
  "float64",
  "float16",
  "bfloat16",
  "int64",
  "int32",
  "int16",
  "int8",
  "uint8",
  "bool",
  "complex64",
  "complex128",
  "uint16",
  "uint32",
  "uint64",
  "complex32",
  "float8_e5m2",
  "float8_e4m3fn",
];

const shapeOf = (random: Random, most = 4): number[] =>
  Array.from({ length: random.int(most + 1) }, () =>
    random.weighted([
      [1, 0],
      [3, 1],
      [4, 2],
      [4, 3],
      [2, 4],
      [1, 5],
    ]),
  );

const text = (shape: readonly number[]) => `[${shape.join(", ")}]`;

/** Tensors of every kind; those of one call share a shape and a dtype most of the time, so that operators get to work. */
export class Tensors {
  readonly shape: number[];
  readonly dtype: torch.DType;

  constructor(readonly random: Random) {
    this.shape = shapeOf(random);
    this.dtype = random.chance(0.7) ? random.pick(FLOATS) : random.pick(DTYPES);
  }

  /** For an argument of this name; a plain one where the kind that was drawn cannot be made of this shape. */
  make(name = ""): MadeTensor {
    try {
      return this.#any(name);
    } catch (error) {
      if (!(error instanceof torch.TorchError)) throw error;
      return this.#plain(this.shape, "float32");
    }
  }

  #any(name: string): MadeTensor {
    const { random } = this;
    if (/ind(ex|ices)|target|^offsets|^lengths|input_lengths|^repeats|^batch_sizes/i.test(name) && random.chance(0.75))
      return this.#indices();
    if (/^mask|condition/.test(name) && random.chance(0.7)) return this.#plain(this.shape, "bool");
    return random.weighted<() => MadeTensor>([
      [40, () => this.#plain(this.shape, this.dtype)],
      [12, () => this.#plain(this.#near(), this.dtype)],
      [6, () => this.#plain(shapeOf(random), this.dtype)],
      [6, () => this.#plain(this.shape, random.pick(DTYPES))],
      [4, () => this.#plain(shapeOf(random, 6), random.pick(DTYPES))],
      [6, () => this.#indices()],
      [5, () => this.#graph()],
      [10, () => this.#strided()],
      [5, () => this.#extreme()],
      [6, () => this.#unusual()],
    ])();
  }

  /** Of the call's shape with extents left out or 1, so that it broadcasts. */
  #near(): number[] {
    const cut = this.shape.slice(this.random.int(this.shape.length + 1));
    return cut.map((n) => (this.random.chance(0.3) ? 1 : n));
  }

  #plain(shape: readonly number[], dtype: torch.DType): MadeTensor {
    const { random } = this;
    const n = shape.reduce((a, b) => a * b, 1);
    const how = random.int(4);
    // Small whole numbers are probabilities, classes and sizes at once.
    const values = Float64Array.from({ length: n }, () =>
      how === 0 ? random.int(2) : how === 1 ? random.between(0, 4) : how === 2 ? random.between(-3, 3) : random.next(),
    );
    const value = torch.tensor(values, { shape, dtype });
    return { value, text: `tensor(${["0..1", "0..4", "-3..3", "0.0..1.0"][how]}, ${text(shape)}, ${dtype})` };
  }

  /** int64, mostly in range; also far out of it. */
  #indices(): MadeTensor {
    const { random } = this;
    const shape = random.chance(0.5) ? [random.int(5)] : random.chance(0.5) ? this.shape : shapeOf(random);
    const n = shape.reduce((a, b) => a * b, 1);
    const far = random.chance(0.15);
    const wide = [-1n, 100n, 1n << 31n, -(1n << 31n), 1n << 62n, -(1n << 63n), (1n << 63n) - 1n] as const;
    const values = BigInt64Array.from({ length: n }, () =>
      far && random.chance(0.5) ? random.pick(wide) : BigInt(random.int(3)),
    );
    const value = torch.tensor(values, { shape });
    if (random.chance(0.15)) {
      return { value: value.to("int32"), text: `tensor(${far ? "far" : "0..2"}, ${text(shape)}, int32)` };
    }
    return { value, text: `tensor(${far ? "far" : "0..2"}, ${text(shape)}, int64)` };
  }

  /** Takes part in a graph: as a leaf, or as a result. */
  #graph(): MadeTensor {
    const { value, text: how } = this.#plain(this.shape, this.random.pick(FLOATS));
    value.requiresGrad_();
    return this.random.chance(0.5)
      ? { value, text: `${how}.requiresGrad_()` }
      : { value: value.mul(1), text: `${how}.requiresGrad_().mul(1)` };
  }

  #strided(): MadeTensor {
    const { random } = this;
    const { value, text: how } = this.#plain(this.shape, this.dtype);
    return random.weighted<() => MadeTensor>([
      [3, () => ({ value: value.T, text: `${how}.T` })],
      [2, () => ({ value: value.unsqueeze(0).expand(3, ...this.shape), text: `${how}.unsqueeze(0).expand(3, ...)` })],
      [
        2,
        () => ({
          value: value
            .unsqueeze(-1)
            .expand(...this.shape, 4)
            .index("...", torch.slice(null, null, 2)),
          text: `${how}.unsqueeze(-1).expand(..., 4)[..., ::2]`,
        }),
      ],
      [1, () => ({ value: value.sum().expand(...this.shape), text: `${how}.sum().expand(...)` })],
      [1, () => ({ value: torch.zeros([1]).expand(1 << 16), text: "zeros([1]).expand(65536)" })],
      [
        1,
        () => ({
          value: torch.zeros([(1 << 20) + 2]).asStrided([2, 2], [1 << 20, 1]),
          text: "asStrided([2, 2], [1048576, 1])",
        }),
      ],
      [1, () => ({ value: torch.zeros([1, 1]).expand(1 << 12, 3), text: "zeros([1, 1]).expand(4096, 3)" })],
    ])();
  }

  #extreme(): MadeTensor {
    const { random } = this;
    const n = this.shape.reduce((a, b) => a * b, 1);
    if (random.chance(0.3)) {
      const ends = [-(1n << 63n), (1n << 63n) - 1n, -1n, 0n, 1n] as const;
      const value = torch.tensor(
        BigInt64Array.from({ length: n }, () => random.pick(ends)),
        { shape: this.shape },
      );
      return { value, text: `tensor(ends of int64, ${text(this.shape)})` };
    }
    const dtype = random.pick(FLOATS);
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1e308, -1e308, 5e-324] as const;
    const value = torch.tensor(
      Float64Array.from({ length: n }, () => random.pick(odd)),
      { shape: this.shape, dtype },
    );
    return { value, text: `tensor(NaN, Infinity, 1e308, ..., ${text(this.shape)}, ${dtype})` };
  }

  /** What few expect: other layouts, devices and states. */
  #unusual(): MadeTensor {
    const { random } = this;
    const { value, text: how } = this.#plain(this.shape, random.pick(FLOATS));
    const is = (made: torch.Tensor, by: string): MadeTensor => ({ value: made, text: `${how}${by}` });
    const matrix = () =>
      torch.tensor([
        [0, 1, 2],
        [3, 0, 0],
      ]);
    const sparse = (made: torch.Tensor, by: string): MadeTensor => ({
      value: made,
      text: `tensor([[0, 1, 2], [3, 0, 0]])${by}`,
    });
    return random.weighted<() => MadeTensor>([
      [
        2,
        () => {
          value.dispose();
          return is(value, ", disposed");
        },
      ],
      [3, () => is(value.to("meta"), '.to("meta")')],
      [2, () => is(value.toSparse(), ".toSparse()")],
      [1, () => sparse(matrix().toSparseCsr(), ".toSparseCsr()")],
      [1, () => sparse(matrix().toSparseCsc(), ".toSparseCsc()")],
      [1, () => sparse(matrix().toSparse(), ".toSparse()")],
      [1, () => sparse(matrix().repeat(2, 2).toSparseBsr([2, 3]), ".repeat(2, 2).toSparseBsr([2, 3])")],
      [2, () => is(torch.quantizePerTensor(value.to("float32"), 0.1, 10, "quint8"), " as quint8")],
      [1, () => is(torch.quantizePerTensor(value.to("float32"), 0.1, 0, "qint8"), " as qint8")],
      [
        1,
        () =>
          is(
            torch.quantizePerChannel(torch.ones([2, 3]), torch.tensor([0.1, 0.2]), torch.tensor([0n, 1n]), 0, "qint8"),
            ": ones([2, 3]) as qint8 per channel",
          ),
      ],
      [1, () => is(value.to("float32").toMkldnn(), ".toMkldnn()")],
      [2, () => is(value.to("complex64").conj(), '.to("complex64").conj()')],
      [1, () => is(value.to("complex64").conj().imag, '.to("complex64").conj().imag')],
      [
        2,
        () =>
          is(
            torch.inferenceMode(() => value.add(1)),
            " made in inference mode",
          ),
      ],
    ])();
  }
}
