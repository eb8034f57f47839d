import * as torch from "../../lib/index.js";

/* What tests of guards call operators with. */

export const x4 = torch.arange(16).to("float32").view(1, 1, 4, 4);
export const image = torch.ones([2, 3, 4]);
export const int = (...values: bigint[]) => torch.tensor(values);
export const least = (dtype: "int64" | "int32") =>
  torch.tensor([dtype === "int64" ? -(1n << 63n) : -(1n << 31n)]).to(dtype);
export const grad = torch.ones([1, 1, 2, 2]);
export const three = torch.ones([3]);
export const mask = [true, true, true];
