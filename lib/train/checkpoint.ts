import fs from "node:fs";
import { badArgument, TorchError } from "../errors.js";
import { defaultGenerator } from "../generator.js";
import { checkWritable } from "../io/atomic-write.js";
import type { SafetensorsDType, StoredArray } from "../io/dtypes.js";
import { copyOfPieces } from "../io/pieces.js";
import { decodeState, encodeState } from "../io/state-tree.js";
import { tensorDType, tensorOf } from "../io/tensor-bytes.js";
import { refuseWhilePerturbed } from "../perturbed.js";
import type { Tensor } from "../tensor.js";
import { findTensors, tidy } from "../tidy.js";
import { readCheckpointFile, writeCheckpointFile } from "./checkpoint-file.js";

/** What a checkpoint can keep: modules, optimizers, schedulers, loaders, logs, and anything of your own that has these two methods. */
export interface Stateful {
  stateDict(): unknown;
  loadStateDict(state: unknown): unknown;
}

/** A random number generator of your own; the default ones are always kept. */
export interface StatefulGenerator {
  getState(): Tensor;
  setState(state: Tensor): unknown;
}

/** The parts of a program by name. */
export type CheckpointParts = Readonly<Record<string, Stateful | StatefulGenerator>>;

/** Names that the checkpoint uses itself. */
const GENERATORS = "generators";
const PROGRESS = "progress";
/** A network of another width differs in every layer; a few of them tell as much. */
const MOST_DETAILS = 4;

const isStateful = (part: Stateful | StatefulGenerator): part is Stateful => "stateDict" in part;
const stateOf = (part: Stateful | StatefulGenerator): unknown =>
  isStateful(part) ? part.stateDict() : part.getState();

function restore(part: Stateful | StatefulGenerator, state: unknown): void {
  if (isStateful(part)) part.loadStateDict(state);
  else part.setState(state as Tensor);
}

/**
 * One file with everything that a training run needs to go on as if it had never stopped: the state of each part, of the default random
 * generators, and where the program stood.
 *
 * Saving is atomic: at any time, after a crash, a kill or a full disk, the file is the earlier checkpoint or the new one, whole.
 * Loading checks every bit first; when a part refuses its state, the parts before it get theirs back.
 *
 * The file is a safetensors file. In Python `safetensors.torch.load_file(path)` shows the weights under `model.`.
 *
 * @example
 * const checkpoint = new Checkpoint("runs/cifar10.safetensors", { model, optimizer, scheduler, loader, log });
 * const { epoch = 0 } = checkpoint.exists() ? checkpoint.load<{ epoch: number }>() : {};
 * // ... after an epoch:
 * checkpoint.save({ epoch: epoch + 1 });
 */
export class Checkpoint {
  readonly path: string;
  readonly #parts: CheckpointParts;

  /**
   * @param path where the file is or will be; missing directories are made
   * @param parts in the order in which they are loaded
   */
  constructor(path: string, parts: CheckpointParts) {
    if (typeof path !== "string" || path === "") badArgument("[Checkpoint] expected the path of a file");
    for (const [name, part] of Object.entries(parts)) {
      if (!/^[A-Za-z_]\w*$/.test(name) || name === GENERATORS || name === PROGRESS) {
        badArgument(
          `[Checkpoint] expected a part's name of letters and digits other than ${GENERATORS} and ${PROGRESS}, got "${name}"`,
        );
      }
      if (!("stateDict" in part && "loadStateDict" in part) && !("getState" in part && "setState" in part)) {
        badArgument(`[Checkpoint] expected "${name}" to have stateDict() and loadStateDict()`);
      }
    }
    this.path = path;
    this.#parts = parts;
  }

  exists(): boolean {
    return fs.existsSync(this.path);
  }

  /**
   * Finds out now, before hours of training, whether the file can be written.
   *
   * @throws TorchError `E_CHECKPOINT` when it cannot
   */
  checkWritable(): void {
    checkWritable(this.path, { op: "Checkpoint", code: "E_CHECKPOINT" });
  }

  /**
   * Writes the state of all parts, and `progress`: where the program stands, and what else it wants back.
   *
   * @throws TorchError `E_CHECKPOINT` when the file cannot be written: an earlier one is as it was. `E_ARG` that names the place of a value
   * that cannot be saved; `E_STATE` while an optimizer's weights are perturbed.
   */
  save(progress: Readonly<Record<string, unknown>> = {}): void {
    refuseWhilePerturbed("Checkpoint");
    tidy(() => {
      const state: Record<string, unknown> = {};
      for (const [name, part] of Object.entries(this.#parts)) state[name] = stateOf(part);
      const found = new Set<Tensor>();
      findTensors(state, found, new Set());
      state[GENERATORS] = generatorStates(found);
      state[PROGRESS] = progress;
      writeCheckpointFile(this.path, encodeState(state));
    });
  }

  /**
   * Gives every part its state back, and returns the `progress` that was saved.
   *
   * @typeParam T what was saved as progress; it is not checked
   * @throws TorchError `E_CHECKPOINT` when the file is missing, truncated, damaged or of another kind, lacks a part, or does not fit; nothing
   * was changed then
   */
  load<T = Record<string, unknown>>(): T {
    const state = readCheckpointFile(this.path) as Record<string, unknown>;
    const missing = Object.keys(this.#parts).filter((name) => !Object.hasOwn(state, name));
    if (missing.length > 0) {
      const present = Object.keys(state).filter((name) => name !== GENERATORS && name !== PROGRESS);
      throw new TorchError(
        "E_CHECKPOINT",
        `[Checkpoint] expected ${missing.join(", ")} in ${this.path}, got only ${present.join(", ")}`,
      );
    }
    this.#restoreParts(state);
    restoreGenerators(state[GENERATORS] as Record<string, Tensor>);
    return state[PROGRESS] as T;
  }

  #restoreParts(state: Readonly<Record<string, unknown>>): void {
    const undo: (() => void)[] = [];
    for (const [name, part] of Object.entries(this.#parts)) {
      undo.push(snapshot(part));
      try {
        restore(part, state[name]);
      } catch (error) {
        for (const back of undo.reverse()) back();
        throw this.#misfit(name, error);
      }
    }
  }

  #misfit(name: string, error: unknown): TorchError {
    const [reason, ...details] = (error instanceof Error ? error.message : String(error)).split("\n");
    const shown = details.slice(0, MOST_DETAILS).map((line) => `\n${line}`);
    if (details.length > shown.length) shown.push(`\n  and ${details.length - shown.length} more`);
    return new TorchError(
      "E_CHECKPOINT",
      `[Checkpoint] expected the state of ${name} in ${this.path} to fit, got: ${reason}${shown.join("")}`,
      undefined,
      { cause: error },
    );
  }
}

/** States of the default generators: the CPU's, and those of the devices that the saved tensors are on. */
function generatorStates(tensors: ReadonlySet<Tensor>): Record<string, Tensor> {
  const devices = new Set(["cpu" as const, ...[...tensors].map((tensor) => tensor.device)]);
  const states: Record<string, Tensor> = {};
  for (const device of devices) if (device !== "meta") states[device] = defaultGenerator(device).getState();
  return states;
}

/** Devices that this machine lacks are passed over: a run may go on elsewhere. */
function restoreGenerators(states: Readonly<Record<string, Tensor>>): void {
  for (const [device, state] of Object.entries(states)) {
    try {
      defaultGenerator(device as "cpu").setState(state);
    } catch (error) {
      if (device === "cpu" || !(error instanceof TorchError)) throw error;
    }
  }
}

/** Copies a part's state to plain memory; the function gives it back. */
function snapshot(part: Stateful | StatefulGenerator): () => void {
  const { json, tensors } = encodeState(stateOf(part));
  const arrays = new Map<string, StoredArray<SafetensorsDType>>();
  const copies = new Map<string, Uint8Array[]>();
  for (const [name, { data, ...source }] of tensors) {
    if (data instanceof Uint8Array) arrays.set(name, { ...source, data: Uint8Array.from(data) });
    else copies.set(name, copyOfPieces(data));
  }
  return () => {
    const tensor = (name: string) => {
      const { dtype, shape } = tensors.get(name)!;
      return tensorOf((take) => copies.get(name)!.forEach(take), tensorDType(name, dtype), shape);
    };
    restore(part, decodeState(json, { tensor, array: (name) => arrays.get(name)! }));
  };
}
