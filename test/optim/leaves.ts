import * as torch from "../../lib/index.js";

/** A parameter of these values. */
export const leaf = (values: number[]) => torch.tensor(values, { dtype: "float64" }).requiresGrad_();

/** The same with a gradient. */
export const withGrad = (values: number[], grad: number[]) => {
  const param = leaf(values);
  param.grad = torch.tensor(grad, { dtype: "float64" });
  return param;
};
