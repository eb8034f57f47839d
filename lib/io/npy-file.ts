import fs from "node:fs";
import type { Device } from "../device.js";
import { type DType, isDType } from "../dtype.js";
import { TorchError } from "../errors.js";
import type { Tensor } from "../tensor.js";
import { tidy } from "../tidy.js";
import { atomicWrite } from "./atomic-write.js";
import { FileSource } from "./file-source.js";
import { decodeNpy, encodeNpyHeader, NPY_FIRST_BYTES, npyDataStart, parseNpyHeader, swapBytes } from "./npy.js";
import { type Pieces, pieces } from "./pieces.js";
import { describeSystemError } from "./system-error.js";
import { piecesOf, tensorOf } from "./tensor-bytes.js";

/** Writes a tensor as `numpy.save` does, atomically, one piece of it in memory at a time. */
export function writeNpyFile(tensor: Tensor, path: string): void {
  const header = encodeNpyHeader(tensor.dtype, tensor.shape);
  const write: Parameters<typeof atomicWrite>[1] = (sink) => {
    sink.write(header);
    piecesOf(tensor)((piece) => sink.write(piece));
  };
  atomicWrite(path, write, { op: "saveNpy" });
}

/** Reads what numpy wrote: a short file at once, a long one piece by piece. */
export function readNpyFile(path: string, device?: Device): Tensor {
  try {
    // Not by size where it is none, as of a pipe: that is read to its end.
    if (!(fs.statSync(path).size > pieces.bytes)) {
      const { dtype, shape, data } = decodeNpy(fs.readFileSync(path));
      return tensorOf(data, known(dtype), shape, device);
    }
  } catch (error) {
    throw describeSystemError(error, "E_DATA", "loadNpy", `read ${path}`);
  }
  const file = new FileSource(path, "loadNpy");
  try {
    return readInPieces(file, device);
  } finally {
    file.close();
  }
}

function readInPieces(file: FileSource, device: Device | undefined): Tensor {
  const start = npyDataStart(file.read(0, NPY_FIRST_BYTES));
  const header = parseNpyHeader(file.read(0, Math.min(start, file.size)), file.size);
  const { shape, fortranOrder, swapped, dataStart, dataBytes } = header;
  const elements: Pieces = (take) =>
    file.pieces(
      dataStart,
      dataBytes,
    )((piece) => {
      swapBytes(piece, swapped);
      take(piece);
    });
  const dtype = known(header.dtype);
  if (!fortranOrder) return tensorOf(elements, dtype, shape, device);
  return tidy(() =>
    tensorOf(elements, dtype, [...shape].reverse(), device)
      .permute(shape.map((_, axis) => shape.length - 1 - axis))
      .contiguous(),
  );
}

function known(dtype: string): DType {
  if (!isDType(dtype)) throw new TorchError("E_DATA", `[loadNpy] expected a dtype that tensors have, got ${dtype}`);
  return dtype;
}
