import { noGrad } from "../../autograd.js";
import { badArgument } from "../../errors.js";
import { describeValue } from "../../ops/describe-value.js";
import { cat } from "../../ops.generated.js";
import type { Tensor } from "../../tensor.js";
import { tidy } from "../../tidy.js";
import { paramList } from "./param-list.js";

/**
 * Parameters one after the other, as one vector; gradients flow through it.
 *
 * @example
 * const w = torch.nn.utils.parametersToVector(model.parameters());
 */
export function parametersToVector(parameters: Tensor | Iterable<Tensor>): Tensor {
  const list = paramList("parametersToVector", parameters);
  if (list.length === 0) badArgument("[parametersToVector] expected at least one parameter, got none");
  return tidy(() => cat(list.map((parameter) => parameter.reshape(-1))));
}

/**
 * The way back: the vector's elements go into the parameters, in place and unseen by autograd.
 *
 * @throws TorchError `E_ARG` for a vector of another length; nothing has changed then
 */
export function vectorToParameters(vector: Tensor, parameters: Tensor | Iterable<Tensor>): void {
  const list = paramList("vectorToParameters", parameters);
  const total = list.reduce((sum, parameter) => sum + parameter.numel(), 0);
  if (vector.ndim !== 1 || vector.numel() !== total) {
    badArgument(`[vectorToParameters] expected a vector of ${total} elements, got ${describeValue(vector)}`);
  }
  noGrad(() =>
    tidy(() => {
      let offset = 0;
      for (const parameter of list) {
        const size = parameter.numel();
        parameter.copy_(vector.narrow(0, offset, size).viewAs(parameter));
        offset += size;
      }
    }),
  );
}
