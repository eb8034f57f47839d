import * as zlib from "node:zlib";
import { TorchError } from "../errors.js";
import { atomicWrite } from "../io/atomic-write.js";
import { encodeSafetensorsHeader, writeSource } from "../io/safetensors.js";
import { SafetensorsFile } from "../io/safetensors-file.js";
import { stateReader } from "../io/save.js";
import { decodeState, type EncodedState } from "../io/state-tree.js";

/*
 * A checkpoint is a safetensors file: tensors under names like "model.conv.weight", everything else as JSON in its metadata, and a
 * CRC-32 over all bytes but the checksum itself, because neither the format nor a disk tells of a changed bit.
 */

const VERSION = "1";
const KEYS = { checksum: "crc32", version: "sam-torch.checkpoint", state: "sam-torch.state" } as const;
const UNSEALED = "00000000";
/** The checksum is the first thing in the header, so that it can be filled in when the rest has been written. */
const BEFORE_CHECKSUM = Buffer.from(`{"__metadata__":{"${KEYS.checksum}":"`);
const CHECKSUM_AT = 8 + BEFORE_CHECKSUM.byteLength;

/** Writes a checkpoint atomically, one piece of a tensor in memory at a time. */
export function writeCheckpointFile(path: string, state: EncodedState): void {
  const metadata = [
    [KEYS.checksum, UNSEALED],
    ["format", "pt"],
    [KEYS.version, VERSION],
    [KEYS.state, state.json],
  ] as const;
  const { bytes, order } = encodeSafetensorsHeader(state.tensors, metadata);
  const help = "an earlier checkpoint of that name is as it was";
  const write = (sink: Parameters<Parameters<typeof atomicWrite>[1]>[0]) => {
    let checksum = zlib.crc32(bytes);
    sink.write(bytes);
    for (const [name, source] of order) {
      writeSource(name, source, (piece) => {
        checksum = zlib.crc32(piece, checksum);
        sink.write(piece);
      });
    }
    sink.write(Buffer.from(checksum.toString(16).padStart(8, "0")), CHECKSUM_AT);
  };
  atomicWrite(path, write, { op: "Checkpoint", code: "E_CHECKPOINT", help });
}

/** The state in a checkpoint, checked bit by bit before anything of it is used. */
export function readCheckpointFile(path: string): unknown {
  let file: SafetensorsFile | undefined;
  try {
    file = new SafetensorsFile(path);
    return decodeState(checkedState(file), stateReader(file));
  } catch (error) {
    if (!(error instanceof TorchError) || error.code === "E_CHECKPOINT") throw error;
    const [reason] = error.message.replace(/^\[[^\]]*\] /, "").split("\n");
    throw new TorchError("E_CHECKPOINT", `[Checkpoint] expected a whole checkpoint in ${path}: ${reason}`, error.help, {
      cause: error,
    });
  } finally {
    file?.close();
  }
}

function checkedState(file: SafetensorsFile): string {
  const { path, header } = file;
  const version = header.metadata.get(KEYS.version);
  const state = header.metadata.get(KEYS.state);
  if (version === undefined || state === undefined) {
    throw new TorchError(
      "E_CHECKPOINT",
      `[Checkpoint] expected a checkpoint in ${path}, got a safetensors file of tensors only`,
      "load weights with model.loadStateDict(torch.load(path))",
    );
  }
  if (version !== VERSION) {
    throw new TorchError(
      "E_CHECKPOINT",
      `[Checkpoint] expected format ${VERSION} in ${path}, got ${version}`,
      "update sam-torch",
    );
  }
  const stored = Buffer.from(file.headerBytes.subarray(CHECKSUM_AT, CHECKSUM_AT + 8)).toString();
  const inPlace = BEFORE_CHECKSUM.equals(file.headerBytes.subarray(8, CHECKSUM_AT));
  if (!inPlace || checksumOf(file) !== stored) {
    throw new TorchError(
      "E_CHECKPOINT",
      `[Checkpoint] expected the bytes of ${path} as they were written, got others (the checksum differs)`,
      "the file was damaged or changed by another program: take an earlier checkpoint",
    );
  }
  return state;
}

function checksumOf(file: SafetensorsFile): string {
  const header = Uint8Array.from(file.headerBytes);
  header.set(Buffer.from(UNSEALED), CHECKSUM_AT);
  let checksum = zlib.crc32(header);
  for (const name of file.header.tensors.keys()) {
    file.pieces(name)((piece) => {
      checksum = zlib.crc32(piece, checksum);
    });
  }
  return checksum.toString(16).padStart(8, "0");
}
