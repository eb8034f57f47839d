import * as torch from "../../lib/index.js";
import { decodeNpy } from "../../lib/io/npy.js";
import { decodeSafetensors } from "../../lib/io/safetensors.js";
import type { OperatorSchema } from "../../lib/native.js";
import { operatorBehind } from "../../lib/ops/operator.js";

type AnyFunction = (...args: unknown[]) => unknown;

/** Something public that can be called. */
export interface Target {
  readonly name: string;
  /** Functions are called with arguments; methods and properties have a tensor before the dot. */
  readonly kind: "function" | "method" | "get" | "set" | "bytes";
  readonly call: (self: unknown, args: readonly unknown[]) => unknown;
  /** What LibTorch says it takes, where it is an operator. */
  readonly schemas: readonly OperatorSchema[];
}

/** What is not called, and why. Everything else that is public is. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  load: "reads files; what it makes of bytes is called as decodeSafetensors",
  loadNpy: "reads files; what it makes of bytes is called as decodeNpy",
  loadSafetensors: "as load",
  save: "would write files",
  saveNpy: "would write files",
  saveSafetensors: "would write files",
  constructor: "is the class, not a method",
  methods: "is a table",
};

/** What changes how later calls go; put back by {@link restore}. */
const SETTINGS = /^set[A-Z]|^useDeterministic|^manualSeed|^seed$|^printoptions/;

export const changesSettings = (name: string): boolean => SETTINGS.test(name);

export function restore(): void {
  torch.setDefaultDtype("float32");
  torch.setDefaultDevice("cpu");
  torch.setGradEnabled(true);
  torch.setNumThreads(1);
  torch.useDeterministicAlgorithms(false);
  torch.setFlushDenormal(false);
  torch.setFloat32MatmulPrecision("highest");
  torch.setDebug(false);
  torch.setPrintoptions({ profile: "default" });
  torch.manualSeed(0);
}

const isClass = (value: unknown): boolean =>
  typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));

function functionsOf(space: string, object: object): Target[] {
  return Object.entries(object)
    .filter(([name, value]) => typeof value === "function" && !isClass(value) && !Object.hasOwn(LEFT_OUT, name))
    .map(([name, value]) => {
      const fn = value as AnyFunction;
      return {
        name: `${space}${name}`,
        kind: "function" as const,
        call: (_: unknown, args: readonly unknown[]) => fn(...args),
        schemas: operatorBehind(fn)?.overloads.map((o) => o.source) ?? [],
      };
    });
}

function membersOfTensor(): Target[] {
  const out: Target[] = [];
  const seen = new Set<PropertyKey>();
  const behind = torch as unknown as Record<string, AnyFunction>;
  for (let at = torch.Tensor.prototype as object; at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
    for (const key of Reflect.ownKeys(at)) {
      if (seen.has(key) || Object.hasOwn(LEFT_OUT, key)) continue;
      seen.add(key);
      const name = `x.${String(key)}`;
      const { get, set, value } = Object.getOwnPropertyDescriptor(at, key)!;
      if (get !== undefined) out.push({ name, kind: "get", call: (self) => get.call(self), schemas: [] });
      if (set !== undefined)
        out.push({ name, kind: "set", call: (self, [given]) => set.call(self, given), schemas: [] });
      if (typeof value !== "function") continue;
      const call = (self: unknown, args: readonly unknown[]) => Reflect.apply(value as AnyFunction, self, args);
      const fn = typeof key === "string" && Object.hasOwn(torch, key) ? behind[key] : undefined;
      const operator = fn === undefined ? undefined : operatorBehind(fn);
      const schemas = operator?.overloads.map((o) => o.source).filter((s) => s.args[0]?.type === "Tensor") ?? [];
      out.push({ name, kind: "method", call, schemas });
    }
  }
  return out;
}

const { autograd, nn } = torch;

/** Everything public that takes arguments, in an order that is always the same. */
export const surface: readonly Target[] = [
  ...functionsOf("", torch),
  ...functionsOf("linalg.", torch.linalg),
  ...functionsOf("fft.", torch.fft),
  ...functionsOf("special.", torch.special),
  ...functionsOf("autograd.", autograd),
  ...functionsOf("nn.functional.", nn.functional),
  ...functionsOf("nn.init.", nn.init),
  ...functionsOf("nn.utils.", nn.utils),
  ...membersOfTensor(),
  {
    name: "decodeNpy",
    kind: "bytes" as const,
    call: (_: unknown, [bytes]: readonly unknown[]) => decodeNpy(bytes as Uint8Array),
    schemas: [],
  },
  {
    name: "decodeSafetensors",
    kind: "bytes" as const,
    call: (_: unknown, [bytes]: readonly unknown[]) => decodeSafetensors(bytes as Uint8Array),
    schemas: [],
  },
].sort((a, b) => (a.name < b.name ? -1 : 1));
