import { Complex } from "../../complex.js";
import { type DType, isDType } from "../../dtype.js";
import { TorchError } from "../../errors.js";
import { Counts } from "./containers.js";
import { corrupt, dtypeOfStorage, itemBytes, type StorageRef, storageOfDType, TensorRef } from "./values.js";

/** A function or class of Python's that a pickle may name; `call` is what stands for it here. */
export class Global {
  constructor(
    readonly name: string,
    readonly call: (args: readonly unknown[]) => unknown,
  ) {}
}
/** The class of a storage; null: without a type. */
export class StorageType {
  constructor(readonly dtype: DType | null) {}
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isCounts = (value: unknown): value is number[] => Array.isArray(value) && value.every(isCount);

function isStorage(value: unknown): value is StorageRef {
  return typeof value === "object" && value !== null && "key" in value && "bytes" in value;
}

function bitsOf(metadata: unknown): ReadonlyMap<string, boolean> {
  if (metadata === undefined || metadata === null) return new Map();
  const isBits =
    metadata instanceof Map && [...metadata].every(([k, v]) => (k === "conj" || k === "neg") && typeof v === "boolean");
  if (!isBits) corrupt("a tensor with unknown metadata");
  return metadata as Map<string, boolean>;
}

/** A view of a storage, none of it outside. */
function tensor(storage: unknown, dtype: unknown, place: readonly unknown[], metadata: unknown): TensorRef {
  const [offset, size, stride, requiresGrad] = place;
  if (!isStorage(storage) || typeof dtype !== "string" || !isDType(dtype)) corrupt("a tensor without a storage");
  if (!isCount(offset) || !isCounts(size) || !isCounts(stride) || size.length !== stride.length) {
    corrupt("a tensor without a shape");
  }
  if (typeof requiresGrad !== "boolean") corrupt("a tensor with other arguments");
  if (storageOfDType(dtype) === undefined) corrupt(`a tensor of dtype ${dtype}`, "convert it in Python by to()");
  const last = size.includes(0) ? -1 : size.reduce((sum, n, i) => sum + (n - 1) * stride[i]!, offset);
  const needed = (last + 1) * itemBytes(dtype);
  if (!(needed <= storage.bytes)) {
    corrupt(`a tensor of shape [${size.join(", ")}] that needs ${needed} bytes of a storage of ${storage.bytes}`);
  }
  return new TensorRef(storage, dtype, offset, size, stride, requiresGrad, bitsOf(metadata));
}

function rebuildTensor(args: readonly unknown[]): TensorRef {
  const [storage, offset, size, stride, requiresGrad, , metadata] = args;
  const dtype = isStorage(storage) ? storage.dtype : undefined;
  return tensor(storage, dtype, [offset, size, stride, requiresGrad], metadata);
}

/** Types that have no typed storage. */
function rebuildTensorOfDType(args: readonly unknown[]): TensorRef {
  const [storage, offset, size, stride, requiresGrad, , dtype, metadata] = args;
  return tensor(storage, dtype, [offset, size, stride, requiresGrad], metadata);
}

function rebuildParameter([data, requiresGrad]: readonly unknown[]): TensorRef {
  if (!(data instanceof TensorRef) || typeof requiresGrad !== "boolean") corrupt("a parameter without a tensor");
  data.requiresGrad = requiresGrad;
  return data;
}

/** A tensor with attributes of Python's; they are left out. */
function rebuildFromType([rebuild, type, args]: readonly unknown[]): unknown {
  const isTensorClass = type instanceof Global && (type.name === "torch.Tensor" || type.name.endsWith(".Parameter"));
  if (!(rebuild instanceof Global) || !isTensorClass || !Array.isArray(args)) corrupt("a tensor of another class");
  return rebuild.call(args);
}

function orderedDict([entries = []]: readonly unknown[]): Map<unknown, unknown> {
  if (!Array.isArray(entries) || !entries.every((pair) => Array.isArray(pair) && pair.length === 2)) {
    corrupt("an OrderedDict with other arguments");
  }
  return new Map(entries as [unknown, unknown][]);
}

/** With the counts, as Python pickles it, or with nothing. */
function counter([counts = new Map()]: readonly unknown[]): Counts {
  return counts instanceof Map ? new Counts(counts) : corrupt("a Counter with other arguments");
}

function set([items = []]: readonly unknown[]): Set<unknown> {
  return Array.isArray(items) ? new Set(items) : corrupt("a set with other arguments");
}

function only(what: string, isRight: (value: unknown) => boolean, [value]: readonly unknown[]): unknown {
  return isRight(value) ? value : corrupt(`a ${what} with other arguments`);
}

function complex([re, im]: readonly unknown[]): Complex {
  return typeof re === "number" && typeof im === "number" ? new Complex(re, im) : corrupt("a complex of no numbers");
}

function bytes([text, coding]: readonly unknown[]): Uint8Array {
  if (typeof text !== "string" || coding !== "latin1") corrupt("bytes in another coding");
  return Uint8Array.from(Buffer.from(text, "latin1"));
}

const notCalled = (name: string) => (): never => corrupt(`a call of ${name}`);
const isText = (value: unknown): boolean => typeof value === "string";

/** All that may be called: none of it runs anything of the file's. */
const CALLS: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
  "collections.OrderedDict": orderedDict,
  "collections.Counter": counter,
  "builtins.set": set,
  "__builtin__.set": set,
  "torch._utils._rebuild_tensor_v2": rebuildTensor,
  "torch._utils._rebuild_tensor_v3": rebuildTensorOfDType,
  "torch._utils._rebuild_parameter": rebuildParameter,
  "torch._tensor._rebuild_from_type_v2": rebuildFromType,
  "torch.Size": (args) => only("torch.Size", isCounts, args),
  "torch.device": (args) => (args.every((a) => isText(a) || isCount(a)) ? args.join(":") : corrupt("a device")),
  "torch.Tensor": notCalled("torch.Tensor"),
  "torch.nn.parameter.Parameter": notCalled("torch.nn.Parameter"),
  "builtins.complex": complex,
  "__builtin__.complex": complex,
  "_codecs.encode": bytes,
};

/** Where in a file a value is. */
export interface Place {
  /** It is all there is. */
  readonly isAll: boolean;
  /** Its name in a dictionary. */
  readonly key: string | undefined;
}

/** What to do about a value that is not read. */
function helpFor(full: string, { isAll }: Place): string {
  if (/sparse|qtensor/.test(full)) return "dense tensors only: convert it in Python by to_dense() or dequantize()";
  if (full.startsWith("numpy.")) return "save it as Python's own, by x.item(), or as a tensor, by torch.from_numpy(x)";
  if (isAll) return "save a state dict, not a whole object: torch.save(model.state_dict(), path)";
  return "leave it out, or save what it holds as tensors, numbers, texts, lists and dictionaries: a state_dict() has no others";
}

/** What a name in a pickle stands for; an `E_DATA` error for everything but tensors and plain containers. */
export function findGlobal(module: string, name: string, place: Place): unknown {
  const full = `${module}.${name}`;
  if (Object.hasOwn(CALLS, full)) return new Global(full, CALLS[full]!);
  if (full === "torch.storage.UntypedStorage" || full === "torch.UntypedStorage") return new StorageType(null);
  if (module === "torch") {
    const dtype = dtypeOfStorage(name);
    if (dtype !== undefined) return new StorageType(dtype);
    if (isDType(name)) return name;
  }
  throw new TorchError(
    "E_DATA",
    `[load] expected tensors and plain containers, got ${JSON.stringify(full)}${place.key === undefined ? "" : ` under ${JSON.stringify(place.key)}`}; nothing of the file was run`,
    helpFor(full, place),
  );
}
