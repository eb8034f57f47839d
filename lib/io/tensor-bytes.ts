import { noGrad } from "../autograd.js";
import { frombuffer } from "../creation.js";
import type { Device } from "../device.js";
import { type DType, dtypeSize, isDType } from "../dtype.js";
import { TorchError } from "../errors.js";
import { empty } from "../ops.generated.js";
import type { Tensor } from "../tensor.js";
import { tidy } from "../tidy.js";
import { type SafetensorsDType, safetensorsNameOf, torchNameOf } from "./dtypes.js";
import { inPieces, type Pieces, pieces } from "./pieces.js";
import type { SafetensorsSource } from "./safetensors.js";

/**
 * A tensor as safetensors writes it: contiguous, on the CPU, copied piece by piece when its turn comes.
 *
 * @throws TorchError `E_ARG` for a dtype that the format does not have
 */
export function sourceOf(name: string, tensor: Tensor): SafetensorsSource {
  const dtype = safetensorsNameOf(tensor.dtype);
  if (dtype === undefined) {
    throw new TorchError(
      "E_ARG",
      `[safetensors] expected a dtype that the format has for "${name}", got ${tensor.dtype}`,
      tensor.dtype === "complex128" ? "save torch.viewAsReal(tensor)" : "convert it with tensor.to(dtype)",
    );
  }
  return { dtype, shape: tensor.shape, data: piecesOf(tensor) };
}

/** A tensor's bytes in row-major order, a short one's at once. */
export function piecesOf(tensor: Tensor): Pieces {
  return (take) => {
    if (tensor.nbytes <= pieces.bytes || tensor.layout !== "strided") return take(tensor.bytes());
    const size = tensor.elementSize();
    const room = new Uint8Array(Math.max(pieces.bytes, size));
    const elements = Math.floor(room.byteLength / size);
    tidy(() =>
      noGrad(() => {
        const all = tensor.detach().contiguous().view(-1);
        for (let at = 0, end = all.numel(); at < end; at += elements) {
          const part = all.narrow(0, at, Math.min(elements, end - at));
          const bytes = room.subarray(0, part.nbytes);
          part.copyTo(bytes);
          part.dispose();
          take(bytes);
        }
      }),
    );
  };
}

/** Bytes as a tensor on a device, by PyTorch's dtype name. */
export function tensorOf(
  data: Uint8Array | Pieces,
  dtype: DType,
  shape: readonly number[],
  device: Device = "cpu",
): Tensor {
  const give = data instanceof Uint8Array ? inPieces(data) : data;
  const bytes = shape.reduce((product, size) => product * size, dtypeSize(dtype));
  return tidy(() => {
    let tensor: Tensor | undefined;
    let filled = 0;
    give((piece) => {
      if (piece.byteLength === bytes) {
        const whole = frombuffer(piece, { dtype, shape });
        tensor = device === "cpu" ? whole : whole.to(device);
        return;
      }
      tensor ??= empty(shape, { dtype, device });
      fill(tensor, piece, filled);
      filled += piece.byteLength;
    });
    return tensor!;
  });
}

/** Bytes into a contiguous tensor, from one of its bytes on. */
function fill(tensor: Tensor, piece: Uint8Array, from: number): void {
  tidy(() =>
    noGrad(() => {
      const there = tensor.view(-1).view("uint8").narrow(0, from, piece.byteLength);
      there.copy_(frombuffer(piece, { dtype: "uint8" }));
    }),
  );
}

/** The dtype of tensors for a safetensors type; an `E_DATA` error for the packed types that tensors do not have. */
export function tensorDType(name: string, dtype: SafetensorsDType): DType {
  const known = torchNameOf(dtype);
  if (known === undefined || !isDType(known)) {
    throw new TorchError("E_DATA", `[safetensors] expected a dtype that tensors have for "${name}", got ${dtype}`);
  }
  return known;
}
