import { Complex } from "../../complex.js";
import { type Device, parseDevice } from "../../device.js";
import { TorchError } from "../../errors.js";
import { type External, type Handle, native } from "../../native.js";
import { describeValue } from "../../ops/describe-value.js";
import { handleOf, isTensor, type Tensor, wrap } from "../../tensor.js";
import { atomicWrite } from "../atomic-write.js";
import { pieces } from "../pieces.js";
import { Counts } from "./containers.js";
import { Pickler } from "./pickler.js";
import { tensorRefsIn } from "./tensor-refs.js";
import { unpickle } from "./unpickle.js";
import { corrupt, itemBytes, storageOfDType, TensorRef } from "./values.js";

/** Deeper nesting would use up the stack. */
const MOST_LEVELS = 500;

// ----------------------------------------------------------------------------------------------------------------- load

/**
 * Reads a file of Python's `torch.save`: tensors and plain containers. Tensors that share storage still do.
 *
 * @throws TorchError `E_DATA` for everything else, before anything of it is run
 */
export function loadTorchFile(path: string, device: Device): unknown {
  const archive = native.archiveOpen(path);
  try {
    const size = (name: string) => native.archiveRecordSize(archive, name);
    if (size("constants.pkl") >= 0) corrupt("a module of TorchScript", "torch.jit.load() loads it");
    if (size("data.pkl") < 0) corrupt("an archive without data.pkl");
    if (size("byteorder") >= 0 && Buffer.from(native.archiveRecord(archive, "byteorder")).toString() !== "little") {
      corrupt("numbers in big-endian order", "save it again on a little-endian machine");
    }
    const tree = unpickle(native.archiveRecord(archive, "data.pkl"), (key) => size(`data/${key}`));
    return plain(tree, makeTensors(archive, tensorRefsIn(tree), device), new Map(), 0);
  } finally {
    native.archiveClose(archive);
  }
}

/** LibTorch's unpickler makes the tensors, from a pickle that holds nothing else. */
function makeTensors(archive: External, refs: readonly TensorRef[], device: Device): Map<TensorRef, Tensor> {
  const storages = new Map(refs.map(({ storage }) => [storage.key, storage]));
  const pickler = new Pickler();
  const nothing = { dtype: "uint8", offset: 0, size: [0], stride: [1], requiresGrad: false } as const;
  // First one of each storage as bytes: whoever names it first decides its size.
  pickler.list([...storages.values(), ...refs], (item) => {
    if (!(item instanceof TensorRef)) {
      pickler.tensor({ ...nothing, ...(item as { key: string; bytes: number }), dtype: "uint8" }, true);
      return;
    }
    const { storage, dtype, offset, size, stride, bits } = item;
    pickler.tensor({ ...storage, dtype, offset, size, stride, bits, requiresGrad: false }, true);
  });
  const { type, index } = parseDevice(device);
  const handles = native.archiveTensors(archive, pickler.finish(), type, index);
  for (const handle of handles.splice(0, storages.size)) native.dispose(handle);
  return new Map(
    refs.map((ref, i) => {
      const tensor = wrap(handles[i]!);
      if (ref.requiresGrad) tensor.requiresGrad = true;
      return [ref, tensor];
    }),
  );
}

/** Maps whose keys are all texts become objects, but not counters. What stands in two places is one object here too. */
function plain(
  value: unknown,
  tensors: ReadonlyMap<TensorRef, Tensor>,
  done: Map<object, unknown>,
  level: number,
): unknown {
  if (typeof value !== "object" || value === null) return isPlainValue(value) ? value : corrupt("a function or class");
  if (value instanceof TensorRef) return tensors.get(value);
  if (value instanceof Complex || value instanceof Uint8Array) return value;
  if (!Array.isArray(value) && !(value instanceof Map || value instanceof Set)) corrupt("a function, class or storage");
  if (done.has(value)) return done.get(value);
  if (level > MOST_LEVELS) corrupt(`more than ${MOST_LEVELS} levels of containers`);
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    done.set(value, list);
    for (const item of value) list.push(plain(item, tensors, done, level + 1));
    return list;
  }
  if (value instanceof Set) {
    const set = new Set<unknown>();
    done.set(value, set);
    for (const item of value) set.add(plain(item, tensors, done, level + 1));
    return set;
  }
  const isObject = !(value instanceof Counts) && [...value.keys()].every((key) => typeof key === "string");
  const out = isObject ? ({} as Record<string, unknown>) : new Map<unknown, unknown>();
  done.set(value, out);
  for (const [key, item] of value) {
    const made = plain(item, tensors, done, level + 1);
    if (out instanceof Map) out.set(key, made);
    // Not assigned: "__proto__" is a key like any other.
    else
      Object.defineProperty(out, key as string, { value: made, enumerable: true, configurable: true, writable: true });
  }
  return out;
}

const isPlainValue = (value: unknown): boolean => typeof value !== "symbol" && typeof value !== "function";

// ----------------------------------------------------------------------------------------------------------------- save

/**
 * Writes what Python's `torch.load(path, weights_only=True)` reads. Objects and maps become dictionaries, arrays lists, sets sets, whole
 * numbers ints, null and undefined None. Tensors go whole with their storages, which they share there as here.
 */
export function saveTorchFile(state: unknown, path: string): void {
  const saver = new Saver();
  saver.write(state, [], new Set());
  const records = saver.finish();
  atomicWrite(path, (sink) => native.archiveWrite(records, (piece) => sink.write(piece), pieces.bytes));
}

class Saver {
  readonly #pickler = new Pickler();
  /** Keys of storages by device and address, and the tensors they are written from. */
  readonly #keys = new Map<string, string>();
  readonly #storages: Handle[] = [];
  /** Keeps what was made on the way until it is written. */
  readonly #made: Tensor[] = [];

  finish(): [string, Uint8Array | Handle][] {
    return [
      ["data.pkl", this.#pickler.finish()],
      ["byteorder", Buffer.from("little")],
      ...this.#storages.map((handle, i): [string, Handle] => [`data/${i}`, handle]),
    ];
  }

  write(value: unknown, path: readonly unknown[], around: Set<unknown>): void {
    const pickler = this.#pickler;
    if (value === null || value === undefined) pickler.null();
    else if (typeof value === "boolean") pickler.boolean(value);
    else if (typeof value === "number") pickler.number(value);
    else if (typeof value === "bigint") pickler.bigint(value);
    else if (typeof value === "string") pickler.text(wellFormed(value, path));
    else if (isTensor(value)) this.#tensor(value, path);
    else if (value instanceof Complex) pickler.complex(value);
    else if (value instanceof Uint8Array) pickler.bytes(value);
    else this.#container(value, path, around);
  }

  #container(value: unknown, path: readonly unknown[], around: Set<unknown>): void {
    const prototype: unknown = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
    const isObject = prototype === Object.prototype || prototype === null;
    const isCollection = Array.isArray(value) || value instanceof Map || value instanceof Set;
    if (!isCollection && !isObject) refuse(describeValue(value), path);
    if (around.has(value)) refuse("an object that holds itself", path);
    if (around.size > MOST_LEVELS) refuse(`more than ${MOST_LEVELS} levels of containers`, path.slice(0, 3));
    around.add(value);
    if (Array.isArray(value)) {
      this.#pickler.list(value, (item, i) => this.write(item, [...path, i], around));
    } else if (value instanceof Set) {
      this.#pickler.set([...value], (item, i) => {
        if (!canBeInSet(item)) refuse("a set with an object in it", path);
        this.write(item, [...path, i], around);
      });
    } else {
      const entries = value instanceof Map ? value : Object.entries(value as object);
      this.#pickler.dict(() => {
        for (const [key, item] of entries) {
          if (typeof key === "object" && key !== null) refuse("a key that is an object", [...path, "(key)"]);
          this.write(key, [...path, "(key)"], around);
          this.write(item, [...path, key], around);
        }
      });
    }
    around.delete(value);
  }

  #tensor(given: Tensor, path: readonly unknown[]): void {
    if (given.layout !== "strided" || given.device === "meta" || storageOfDType(given.dtype) === undefined) {
      refuse(`a tensor ${given.dtype} (${given.layout}, ${given.device})`, path);
    }
    let tensor = given;
    // Zeros that some gradients are have no memory at all.
    const isZeros = given.numel() > 0 && given.dataPtr() === 0n;
    if (isZeros || given.isConj() || given.isNeg()) {
      tensor = isZeros ? given.detach().clone() : given.detach().resolveConj().resolveNeg();
      this.#made.push(tensor);
    }
    const { dtype } = tensor;
    const bytes = native.storageBytes(handleOf(tensor));
    const offset = tensor.storageOffset();
    const place = `${tensor.device} ${tensor.dataPtr() - BigInt(offset * itemBytes(dtype))} ${bytes}`;
    let key = bytes === 0 ? undefined : this.#keys.get(place);
    if (key === undefined) {
      key = String(this.#storages.length);
      this.#keys.set(place, key);
      this.#storages.push(handleOf(tensor));
    }
    const { requiresGrad } = given;
    const [size, stride] = [tensor.shape, tensor.stride()];
    this.#pickler.tensor({ key, bytes, dtype, offset, size, stride, requiresGrad }, false);
  }
}

/** Python's lists and dictionaries cannot be in a set. */
const canBeInSet = (item: unknown): boolean =>
  typeof item !== "object" || item === null || isTensor(item) || item instanceof Complex || item instanceof Uint8Array;

/** UTF-8 has no half of a surrogate pair: two names that differ in one would become the same. */
function wellFormed(text: string, path: readonly unknown[]): string {
  return /\p{Surrogate}/u.test(text)
    ? refuse(`a text with half of a surrogate pair, ${JSON.stringify(text)},`, path)
    : text;
}

function refuse(got: string, path: readonly unknown[]): never {
  throw new TorchError(
    "E_ARG",
    `[save] expected tensors, numbers, texts, booleans, null, and arrays, objects, maps and sets of them, got ${got} at ${path.length === 0 ? "the top" : path.map(String).join(".")}`,
  );
}
