import type { External, Handle } from "./handle.js";

/** What a module of TorchScript holds itself. */
export interface ScriptDescription {
  name: string;
  parameters: [string, Handle][];
  buffers: [string, Handle][];
  children: [string, External][];
  attributes: string[];
  methods: string[];
}

/** TorchScript and archives: `native/jit/`. */
export interface NativeScripts {
  /** Device type -1: where its tensors were saved. */
  jitLoad(source: string | Uint8Array, deviceType: number, deviceIndex: number): External;
  jitDescribe(module: External): ScriptDescription;
  /** Arguments from the wire, the result onto it. `frozen`: buffers of modules in training stay as they are, all or those named. */
  jitRun(module: External, method: string, words: number, frozen: boolean | Handle[]): void;
  jitAttribute(module: External, name: string): void;
  jitTraining(module: External): boolean | null;
  jitSetTraining(module: External, value: boolean): void;
  jitSave(module: External): Uint8Array;
  jitFreeze(module: External, kept: string[], forInference: boolean): External;
  jitDispose(module: External): void;

  archiveOpen(path: string): External;
  archiveClose(archive: External): void;
  /** -1 where there is no such record. */
  archiveRecordSize(archive: External, name: string): number;
  archiveRecord(archive: External, name: string): Uint8Array;
  archiveTensors(archive: External, pickle: Uint8Array, deviceType: number, deviceIndex: number): Handle[];
  /** In pieces of at most `pieceBytes`; a piece is good until the next. */
  archiveWrite(records: [string, Uint8Array | Handle][], write: (piece: Uint8Array) => void, pieceBytes: number): void;
  storageBytes(tensor: Handle): number;
}
