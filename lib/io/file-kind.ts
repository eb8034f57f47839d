import fs from "node:fs";
import { describeSystemError } from "./system-error.js";

/** What a file is by its first bytes; everything unknown is taken for safetensors, whose reader says what is wrong with it. */
export type FileKind = "archive" | "pickle" | "safetensors";

const ZIP = 0x04034b50;
/** A header of safetensors is shorter by far: https://github.com/huggingface/safetensors allows 100 MB. */
const LENGTH_LIMIT = 2 ** 32;

/**
 * Tells archives of PyTorch, the bare pickles that it wrote before 1.6, and safetensors files apart.
 *
 * @throws TorchError `E_DATA` when the file cannot be read
 *
 * @example
 * if (kindOfFile("model.pth") === "archive") loadTorchFile("model.pth", "cpu");
 */
export function kindOfFile(path: string): FileKind {
  const first = firstBytes(path, 9);
  // First, because the length of a header may have the bytes of the other two: 0x80 0x02 is one of 640. In them byte 8 stands for other
  // things, and bytes 4 to 7 are not all zero.
  const isHeader = first.readBigUInt64LE() < LENGTH_LIMIT && first[8] === 0x7b;
  if (isHeader) return "safetensors";
  if (first.readUInt32LE() === ZIP) return "archive";
  return first[0] === 0x80 && first[1]! <= 5 ? "pickle" : "safetensors";
}

/** The first bytes of a file, zeros where it is shorter. */
function firstBytes(path: string, count: number): Buffer {
  const bytes = Buffer.alloc(count);
  try {
    const fd = fs.openSync(path, "r");
    try {
      fs.readSync(fd, bytes, 0, count, 0);
    } finally {
      fs.closeSync(fd);
    }
  } catch (error) {
    throw describeSystemError(error, "E_DATA", "load", `read ${path}`);
  }
  return bytes;
}
