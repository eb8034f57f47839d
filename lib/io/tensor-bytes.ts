import { frombuffer } from "../creation.js";
import type { Device } from "../device.js";
import { type DType, isDType } from "../dtype.js";
import { TorchError } from "../errors.js";
import type { Tensor } from "../tensor.js";
import { type SafetensorsDType, safetensorsNameOf, torchNameOf } from "./dtypes.js";
import type { SafetensorsSource } from "./safetensors.js";

/**
 * A tensor as safetensors writes it: contiguous, on the CPU, copied when its turn comes.
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
  return { dtype, shape: tensor.shape, data: () => tensor.bytes() };
}

/** Bytes as a tensor on a device, by PyTorch's dtype name. */
export function tensorOf(data: Uint8Array, dtype: DType, shape: readonly number[], device: Device = "cpu"): Tensor {
  const tensor = frombuffer(data, { dtype, shape });
  if (device === "cpu") return tensor;
  const moved = tensor.to(device);
  if (!moved.is(tensor)) tensor.dispose();
  return moved;
}

/** The dtype of tensors for a safetensors type; an `E_DATA` error for the packed types that tensors do not have. */
export function tensorDType(name: string, dtype: SafetensorsDType): DType {
  const known = torchNameOf(dtype);
  if (known === undefined || !isDType(known)) {
    throw new TorchError("E_DATA", `[safetensors] expected a dtype that tensors have for "${name}", got ${dtype}`);
  }
  return known;
}
