import type { Device } from "../device.js";
import { badArgument, TorchError } from "../errors.js";
import { checkOptions, settings } from "../options.js";
import { refuseWhilePerturbed } from "../perturbed.js";
import { isTensor, type Tensor } from "../tensor.js";
import { kindOfFile } from "./file-kind.js";
import { readNpyFile, writeNpyFile } from "./npy-file.js";
import { loadTorchFile, saveTorchFile } from "./pickle/torch-file.js";
import type { SafetensorsView } from "./safetensors.js";
import { SafetensorsFile, writeSafetensorsFile } from "./safetensors-file.js";
import { decodeState, encodeState, type StateReader } from "./state-tree.js";
import { sourceOf, tensorDType, tensorOf } from "./tensor-bytes.js";

/** The metadata entry that holds what is not a tensor. */
const STATE = "sam-torch.state";
/** What Python's transformers want to read before they take a file. */
const FORMAT = { format: "pt" };

/** Options of the functions that read tensors. */
export interface LoadOptions {
  /** Where the tensors go. Default `"cpu"`. */
  device?: Device;
}

const LOAD = { device: undefined as Device | undefined };

function isTensorRecord(state: unknown): state is Readonly<Record<string, Tensor>> {
  return (
    typeof state === "object" &&
    state !== null &&
    Object.getPrototypeOf(state) === Object.prototype &&
    Object.values(state).every(isTensor)
  );
}

function entriesOf(
  op: string,
  tensors: Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>,
): [string, Tensor][] {
  if (typeof tensors !== "object" || tensors === null || isTensor(tensors))
    badArgument(`[${op}] expected tensors by name`);
  const entries = tensors instanceof Map ? [...tensors] : Object.entries(tensors as Record<string, Tensor>);
  for (const [name, tensor] of entries) {
    if (!isTensor(tensor))
      badArgument(`[${op}] expected a tensor under "${name}", got ${tensor === null ? "null" : typeof tensor}`);
  }
  return entries;
}

function refuseBarePickle(path: string): never {
  throw new TorchError(
    "E_DATA",
    `[load] expected an archive of torch.save or a safetensors file, got ${path}, a bare pickle as PyTorch wrote before 1.6`,
    'save it again, in Python: torch.save(torch.load("x.pth", weights_only=True), "x.pth")',
  );
}

function viewOf(file: SafetensorsFile, name: string): SafetensorsView {
  const view = file.header.tensors.get(name);
  if (view === undefined)
    throw new TorchError("E_DATA", `[load] expected tensor "${name}" in ${file.path}, got none of that name`);
  return view;
}

function readTensor(file: SafetensorsFile, name: string, device: Device | undefined): Tensor {
  const view = viewOf(file, name);
  return tensorOf(file.pieces(name), tensorDType(name, view.dtype), view.shape, device);
}

/** What {@link decodeState} reads from, for an open file. */
export function stateReader(file: SafetensorsFile, device?: Device): StateReader {
  return {
    tensor: (name) => readTensor(file, name, device),
    array: (name) => ({ ...viewOf(file, name), data: file.read(name) }),
  };
}

/**
 * Writes tensors as a safetensors file, byte for byte as Python's `safetensors.torch.save_file` does. Atomic: an earlier file of that name
 * is replaced whole or not at all.
 *
 * @param tensors by name, such as `model.stateDict()`; each is stored whole and contiguous, also where two share storage
 * @param options.metadata texts by name, for the reader
 * @throws TorchError `E_ARG` for a dtype that the format lacks, `E_DATA` when the file cannot be written, `E_STATE` while an optimizer's
 * weights are perturbed
 *
 * @example
 * torch.saveSafetensors(model.stateDict(), "model.safetensors", { metadata: { format: "pt" } });
 */
export function saveSafetensors(
  tensors: Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>,
  path: string,
  options?: { metadata?: Readonly<Record<string, string>> },
): void {
  checkOptions("saveSafetensors", options, { metadata: null });
  const metadata = options?.metadata ?? {};
  refuseWhilePerturbed("saveSafetensors");
  const sources = entriesOf("saveSafetensors", tensors).map(
    ([name, tensor]) => [name, sourceOf(name, tensor)] as const,
  );
  writeSafetensorsFile(path, sources, Object.entries(metadata));
}

/**
 * Reads the tensors of a safetensors file, whoever wrote it.
 *
 * @throws TorchError `E_DATA` for a file that is missing, truncated, damaged or of another format
 *
 * @example
 * model.loadStateDict(torch.loadSafetensors("model.safetensors"));
 */
export function loadSafetensors(path: string, options?: LoadOptions): Record<string, Tensor> {
  const { device } = settings("loadSafetensors", LOAD, options);
  const file = new SafetensorsFile(path);
  try {
    return Object.fromEntries([...file.header.tensors.keys()].map((name) => [name, readTensor(file, name, device)]));
  } finally {
    file.close();
  }
}

/**
 * Writes one tensor as a .npy file, as `numpy.save` does. Atomic.
 *
 * @throws TorchError `E_ARG` for a dtype that numpy lacks (bfloat16, 8-bit floats), `E_DATA` when the file cannot be written
 *
 * @example
 * torch.saveNpy(torch.randn([3, 4]), "x.npy");
 */
export function saveNpy(tensor: Tensor, path: string): void {
  if (!isTensor(tensor)) badArgument(`[saveNpy] expected a tensor, got ${typeof tensor}`);
  writeNpyFile(tensor, path);
}

/**
 * Reads a .npy file: any version, byte order and memory order.
 *
 * @throws TorchError `E_DATA` for a file that is missing, truncated, damaged, or holds no numbers
 */
export function loadNpy(path: string, options?: LoadOptions): Tensor {
  const { device } = settings("loadNpy", LOAD, options);
  return readNpyFile(path, device);
}

/**
 * Saves state: a state dict, or any nesting of objects, arrays and maps with tensors, numbers and texts in it. The file is a safetensors
 * file, whatever its name ends in (`x.bin` too); what is not a tensor stands in its metadata. Tensors by name alone make a plain file that
 * every reader takes. Atomic. Directories that do not exist yet are made.
 *
 * A path that ends in `.pt` or `.pth` is written in PyTorch's own format instead, for Python's `torch.load(path, weights_only=True)`: objects
 * and maps become dictionaries, arrays lists, sets sets, whole numbers ints, null None. Names stay as they are: a module's are Python's, but an
 * optimizer's state has camelCase ones (`paramGroups`, `expAvg`), which `torch.optim.toPython(state)` makes into Python's.
 *
 * @throws TorchError `E_ARG` that names the place of a value that cannot be saved, `E_DATA` when the file cannot be written, `E_STATE`
 * while an optimizer's weights are perturbed
 *
 * @example
 * torch.save({ model: model.stateDict(), epoch: 3 }, "run.safetensors");
 * const { model: weights, epoch } = torch.load<{ model: Record<string, torch.Tensor>; epoch: number }>("run.safetensors");
 * torch.save(model.stateDict(), "for-python.pth");
 */
export function save(state: unknown, path: string): void {
  refuseWhilePerturbed("save");
  if (/\.pth?$/i.test(path)) {
    saveTorchFile(state, path);
  } else if (isTensorRecord(state)) {
    saveSafetensors(state, path, { metadata: FORMAT });
  } else {
    const { json, tensors } = encodeState(state);
    writeSafetensorsFile(path, tensors, [...Object.entries(FORMAT), [STATE, json]]);
  }
}

/**
 * Reads what {@link save} wrote, the tensors by name of any safetensors file, or what Python's `torch.save` wrote.
 *
 * A file of Python's may hold tensors and plain containers: dictionaries (objects here, or maps where a key is not a text), counters
 * (maps), sets, lists and tuples (arrays), numbers, texts, booleans, None, bytes, dtypes and devices (as texts). Everything else is refused before
 * anything of it is run, so files of strangers are safe to load. Tensors that share storage still do.
 *
 * @typeParam T what was saved; it is not checked
 * @throws TorchError `E_DATA` for a file that is missing, truncated, damaged, of another format, or that holds something else
 *
 * @example
 * model.loadStateDict(torch.load("model.safetensors"));
 * model.loadStateDict(torch.load("resnet18.pth"));
 */
export function load<T = Record<string, Tensor>>(path: string, options?: LoadOptions): T {
  const { device } = settings("load", { device: "cpu" as Device }, options);
  const kind = kindOfFile(path);
  if (kind === "archive") return loadTorchFile(path, device) as T;
  if (kind === "pickle") refuseBarePickle(path);
  const file = new SafetensorsFile(path);
  try {
    const json = file.header.metadata.get(STATE);
    if (json === undefined) {
      return Object.fromEntries(
        [...file.header.tensors.keys()].map((name) => [name, readTensor(file, name, device)]),
      ) as T;
    }
    return decodeState(json, stateReader(file, device)) as T;
  } finally {
    file.close();
  }
}
