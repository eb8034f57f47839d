import { noGrad } from "../../autograd.js";
import { TorchError } from "../../errors.js";
import { emptyLike } from "../../ops.generated.js";
import { isTensor, type Tensor } from "../../tensor.js";
import { tidy } from "../../tidy.js";
import { ParamVector } from "./param-vector.js";

/** A rule's vectors as a checkpoint keeps them: one tensor per parameter, null where there is none. */
export type RuleState = Record<string, (Tensor | null)[]>;

/** Copies of the vectors. */
export function packVectors(vectors: Readonly<Record<string, ParamVector | undefined>>): RuleState {
  const out: RuleState = {};
  for (const [key, vector] of Object.entries(vectors)) {
    if (vector === undefined) continue;
    const copy = vector.clone();
    out[key] = copy.tensors();
    copy.dispose();
  }
  return out;
}

/** Throws `E_CHECKPOINT` unless these can be the vectors of a rule that has `keys`, over `params`. */
export function checkVectors(
  name: string,
  saved: Readonly<RuleState>,
  keys: readonly string[],
  params: readonly Tensor[],
): void {
  const wrong = (expected: string, got: string): never => {
    throw new TorchError("E_CHECKPOINT", `[${name}.loadStateDict] expected ${expected}, got ${got}`);
  };
  for (const [key, tensors] of Object.entries(saved)) {
    if (!keys.includes(key)) wrong(`the state of ${name}`, `one with ${key}, which is another rule's`);
    if (tensors.length !== params.length) wrong(`${params.length} tensors in ${key}`, `${tensors.length}`);
    for (const [i, tensor] of tensors.entries()) {
      if (tensor === null) continue;
      const [here, there] = [params[i]!, isTensor(tensor) ? tensor : wrong(`tensors in ${key}`, typeof tensor)].map(
        ({ shape }) => shape.join(", "),
      );
      if (here !== there) wrong(`${key} of parameter ${i} of shape [${here}]`, `[${there}]`);
    }
  }
}

/** Copies laid out like the parameters: sums over them add up in the same order as before, to the same bits. */
export function unpackVectors(saved: Readonly<RuleState>, params: readonly Tensor[]): Record<string, ParamVector> {
  return noGrad(() =>
    tidy(() => {
      const vectors: Record<string, ParamVector> = {};
      for (const [key, tensors] of Object.entries(saved)) {
        vectors[key] = ParamVector.from(
          tensors.map((tensor, i) => tensor && emptyLike(params[i]!, { dtype: tensor.dtype }).copy_(tensor)),
        );
      }
      return vectors;
    }),
  );
}
