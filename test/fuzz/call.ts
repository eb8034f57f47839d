import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as torch from "../../lib/index.js";
import type { ArgumentSchema, OperatorSchema } from "../../lib/native.js";
import { camelCase } from "../../lib/ops/names.js";
import { Random } from "./random.js";
import { surface, type Target } from "./surface.js";
import type { Made } from "./tensors.js";
import { list, plain, Values } from "./values.js";

/** A call that is ready to be made. */
export interface Call {
  readonly target: Target;
  /** As one would write it, roughly. */
  readonly text: string;
  readonly self: unknown;
  readonly args: readonly unknown[];
}

/** Call number `n` of a seed: always the same one. With `match`, of what has such a name. */
export function makeCall(seed: number, n: number, match?: RegExp): Call {
  const random = new Random(seed, n);
  const values = new Values(random);
  if (match !== undefined) return invented(random, values, chosen(match));
  return random.chance(0.4) ? known(random, values) : invented(random, values, surface);
}

let lastChoice: { match: RegExp; targets: readonly Target[] } | undefined;
function chosen(match: RegExp): readonly Target[] {
  if (lastChoice?.match !== match) lastChoice = { match, targets: surface.filter((target) => match.test(target.name)) };
  return lastChoice.targets;
}

// ------------------------------------------------------------------------------------------ calls from the schemas

function invented(random: Random, values: Values, targets: readonly Target[]): Call {
  const target = random.pick(targets);
  if (target.kind === "bytes") return finish(target, undefined, [damagedFile(random)]);
  const schema = target.schemas.length === 0 ? undefined : random.pick(target.schemas);
  const isMember = target.kind !== "function";
  const self = !isMember ? undefined : random.chance(0.97) ? values.tensors.make() : values.junk();
  const args = schema === undefined ? freely(random, values) : bySchema(random, values, schema, isMember ? 1 : 0);
  return finish(target, self, random.chance(0.35) ? mutated(random, values, args) : args);
}

function bySchema(random: Random, values: Values, schema: OperatorSchema, skip: number): Made[] {
  const args: Made[] = [];
  const options: [string, Made][] = [];
  let inOrder = true;
  for (const argument of schema.args.slice(skip)) {
    inOrder &&= !argument.kwargOnly;
    if (argument.optional && random.chance(0.6)) {
      inOrder = false;
      continue;
    }
    const made = values.ofType(argument);
    if (inOrder) args.push(made);
    else options.push([camelCase(argument.name), made]);
  }
  if (options.length > 0) args.push(optionsOf(options));
  return args;
}

const OPTIONS: readonly Pick<ArgumentSchema, "name" | "type" | "listSize">[] = [
  ...["dim", "p", "n", "groups", "numClasses", "blankIndex", "ignoreIndex", "start", "index", "retainGraph"].map(
    (name) => ({ name, type: "int", listSize: 0 }),
  ),
  ...["eps", "alpha", "beta", "momentum", "gain", "labelSmoothing", "mean", "std", "delta", "negativeSlope"].map(
    (name) => ({ name, type: "float", listSize: 0 }),
  ),
  ...[
    "training",
    "keepdim",
    "requiresGrad",
    "allowUnused",
    "createGraph",
    "alignCorners",
    "returnCounts",
    "asTuple",
    "sorted",
  ].map((name) => ({ name, type: "bool", listSize: 0 })),
  ...["weight", "bias", "target", "runningMean", "runningVar", "gradient"].map((name) => ({
    name,
    type: "Tensor",
    listSize: 0,
  })),
  ...["reduction", "mode", "memoryFormat", "nonlinearity"].map((name) => ({ name, type: "str", listSize: 0 })),
  ...["dtype"].map((name) => ({ name, type: "ScalarType", listSize: 0 })),
  ...["device"].map((name) => ({ name, type: "Device", listSize: 0 })),
  ...["size", "shape", "kernelSize", "stride", "padding", "dilation", "outputSize"].map((name) => ({
    name,
    type: "int[]",
    listSize: 2,
  })),
];

/** For what is written by hand: a tensor first, mostly, then anything. */
function freely(random: Random, values: Values): Made[] {
  const args: Made[] = [];
  for (let i = random.int(5); i > 0; i--) {
    const type = random.weighted([
      [args.length === 0 ? 20 : 6, "Tensor"],
      [4, "int"],
      [3, "int[]"],
      [2, "float"],
      [1, "bool"],
      [1, "str"],
      [1, "ScalarType"],
      [1, "Tensor[]"],
      [2, ""],
    ]);
    args.push(type === "" ? values.junk() : values.ofType({ name: "", type, listSize: random.chance(0.3) ? 2 : 0 }));
  }
  if (random.chance(0.4)) {
    args.push(
      optionsOf(
        Array.from({ length: random.between(1, 3) }, () => random.pick(OPTIONS)).map((o) => [o.name, values.ofType(o)]),
      ),
    );
  }
  return args;
}

function optionsOf(entries: readonly (readonly [string, Made])[]): Made {
  return {
    value: Object.fromEntries(entries.map(([name, made]) => [name, made.value])),
    text: `{ ${entries.map(([name, made]) => `${name}: ${made.text}`).join(", ")} }`,
  };
}

// ---------------------------------------------------------------------------------- calls that are right, and nearly

interface Stored {
  dtype: torch.DType;
  shape: number[];
  data: string;
}
type Value = Stored | string | number | boolean | null | Value[];
interface Case {
  args: Value[];
  kwargs?: Record<string, Value>;
}

const byName = new Map(surface.map((target) => [target.name, target]));

/** Calls that Python made for test/ops/values.test.ts. */
const cases: readonly (readonly [Target, Case])[] = [0, 1, 2, 3, 4, 5].flatMap((i) => {
  const file = gunzipSync(readFileSync(new URL(`../reference/fixtures/ops/${i}.json.gz`, import.meta.url)));
  const { operators } = JSON.parse(file.toString("utf8")) as { operators: { op: string; cases: Case[] }[] };
  return operators.flatMap(({ op, cases }) => {
    const target = byName.get(camelCase(op));
    return target === undefined ? [] : cases.map((c) => [target, c] as const);
  });
});

function decoded(value: Value): Made {
  if (Array.isArray(value)) return list(value.map(decoded));
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return plain(Number(value));
  if (typeof value !== "object" || value === null) return plain(value);
  const { dtype, shape, data } = value;
  const made = torch.frombuffer(new Uint8Array(Buffer.from(data, "base64")), { dtype, shape });
  return { value: made, text: `tensor([${shape.join(", ")}], ${dtype})` };
}

function known(random: Random, values: Values): Call {
  const [target, { args, kwargs }] = random.pick(cases);
  const made = args.map(decoded);
  if (kwargs !== undefined) made.push(optionsOf(Object.entries(kwargs).map(([k, v]) => [camelCase(k), decoded(v)])));
  let given: Made[] = made;
  for (
    let i = random.weighted([
      [1, 0],
      [6, 1],
      [3, 2],
    ]);
    i > 0;
    i--
  )
    given = mutated(random, values, given);
  return finish(target, undefined, given);
}

// ------------------------------------------------------------------------------------------------- what goes wrong

function mutated(random: Random, values: Values, args: readonly Made[]): Made[] {
  const at = random.int(args.length + 1);
  const old = args[at];
  if (old === undefined) return [...args, values.junk()];
  const become = (made: Made) => args.with(at, made);
  if (old.value instanceof torch.Tensor && random.chance(0.7)) return become(changed(random, old.value, old.text));
  return random.weighted<() => Made[]>([
    [4, () => become(values.junk())],
    [2, () => become(values.tensors.make())],
    [4, () => become(values.ofType({ name: "", type: Array.isArray(old.value) ? "int[]" : "int", listSize: 0 }))],
    [1, () => args.filter((_, i) => i !== at)],
    [1, () => [...args.slice(0, at), values.junk(), ...args.slice(at)]],
    [2, () => [...args, optionsOf([[random.pick(OPTIONS).name, values.junk()]])]],
  ])();
}

/** Nearly the tensor it was. */
function changed(random: Random, x: torch.Tensor, text: string): Made {
  const is = (value: torch.Tensor, by: string): Made => ({ value, text: `${text}${by}` });
  try {
    return random.weighted<() => Made>([
      [2, () => is(x.T, ".T")],
      [2, () => is(x.unsqueeze(0), ".unsqueeze(0)")],
      [2, () => is(x.flatten(), ".flatten()")],
      [2, () => is(x.flatten().slice(0, 0, random.int(3)), ".flatten().slice(0, 0, n)")],
      [2, () => is(x.ndim === 0 ? x : x.slice(random.int(x.ndim), 1), ".slice(dim, 1)")],
      [2, () => is(x.ndim === 0 ? x : x.slice(random.int(x.ndim), 0, 0), ".slice(dim, 0, 0)")],
      [1, () => is(x.unsqueeze(0).expand(2, ...x.shape), ".unsqueeze(0).expand(2, ...)")],
      [
        2,
        () =>
          is(
            x.to(random.pick(["float32", "float64", "float16", "int64", "int32", "uint8", "bool", "complex64"])),
            ".to(another dtype)",
          ),
      ],
      [2, () => is(x.mul(random.pick([-1, 0, 1000, Number.NaN, Number.POSITIVE_INFINITY])), ".mul(factor)")],
      [1, () => is(x.add(random.pick([1n << 40n, -5n, 100n])), ".add(a large number)")],
      [1, () => is(x.zero_(), ".zero_()")],
      [1, () => is(x.to("meta"), '.to("meta")')],
      [1, () => is(x.toSparse(), ".toSparse()")],
      [1, () => is(x.to("float32").requiresGrad_(), ".requiresGrad_()")],
    ])();
  } catch (error) {
    if (!(error instanceof torch.TorchError || error instanceof TypeError)) throw error;
    return { value: x, text };
  }
}

/** A file's bytes with some of them changed. */
function damagedFile(random: Random): Made {
  const name = random.pick([
    "float32.npy",
    "bool.npy",
    "fortran-big.npy",
    "scalar.npy",
    "many-axes.npy",
    "version-3.npy",
    "dtypes.safetensors",
    "names.safetensors",
    "shapes.safetensors",
    "model.safetensors",
  ]);
  const bytes = new Uint8Array(readFileSync(new URL(`../reference/fixtures/io/${name}`, import.meta.url)));
  for (let i = random.int(4); i > 0; i--)
    bytes[random.int(Math.min(bytes.length, random.chance(0.5) ? 16 : 400))] = random.int(256);
  const cut = random.chance(0.3) ? random.int(bytes.length + 1) : bytes.length;
  return { value: bytes.slice(0, cut), text: `${name}, damaged, ${cut} bytes` };
}

function finish(target: Target, self: Made | undefined, args: readonly Made[]): Call {
  const given = target.kind === "get" ? [] : args.map((made) => made.text);
  const before = self === undefined ? "" : `x = ${self.text}; `;
  return {
    target,
    self: self?.value,
    args: args.map((made) => made.value),
    text: `${before}${target.name}(${given.join(", ")})`,
  };
}
