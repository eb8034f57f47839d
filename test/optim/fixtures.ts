import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as torch from "../../lib/index.js";

export interface EncodedTensor {
  dtype: "float32" | "float64";
  shape: number[];
  data: string;
}

export interface StepCase {
  optimizer:
    | ("SGD" | "Adam" | "AdamW" | "RMSprop" | "Adagrad")
    | ("Adamax" | "NAdam" | "RAdam" | "Adadelta" | "Rprop" | "ASGD" | "Adafactor");
  options: Record<string, unknown>;
  groups?: Record<string, unknown>[];
  dtype: "float32" | "float64";
  start: EncodedTensor[];
  grads: (EncodedTensor | null)[][];
  lrs?: number[];
  steps: EncodedTensor[][];
  state: Record<string, EncodedTensor>[];
}

export function fixture<T>(name: string): T {
  const bytes = readFileSync(new URL(`../reference/fixtures/${name}`, import.meta.url));
  return JSON.parse(gunzipSync(bytes).toString("utf8")) as T;
}

export function decode({ dtype, shape, data }: EncodedTensor): torch.Tensor {
  return torch.frombuffer(new Uint8Array(Buffer.from(data, "base64")), { dtype }).reshape(shape);
}

/** Largest difference, relative to the larger of 1 and the expected value. */
export function difference(got: torch.Tensor, expected: torch.Tensor): number {
  const [a, b] = [got, expected].map((x) => x.detach().to("float64"));
  if (a!.numel() === 0) return 0;
  return a!.sub(b!).abs().div(b!.abs().clampMin(1)).max().itemNumber();
}

/** A name for a test. */
export const titleOf = ({ optimizer, options, groups, dtype, lrs, grads }: StepCase): string => {
  const missing = grads.some((step) => step.includes(null)) ? ", missing gradients" : "";
  return `${optimizer} ${JSON.stringify(options)} ${dtype}${groups ? ", groups" : ""}${lrs ? ", lr set by hand" : ""}${missing}`;
};

/** The parameters and the optimizer of a case, before its first step. */
export function begin(given: StepCase): { params: torch.Tensor[]; optimizer: torch.optim.Optimizer<{ lr: number }> } {
  const params = given.start.map((start) => decode(start).requiresGrad_());
  const layout =
    given.groups === undefined ? params : params.map((param, i) => ({ params: [param], ...given.groups![i] }));
  const Class = torch.optim[given.optimizer] as unknown as new (
    params: unknown,
    options: object,
  ) => torch.optim.Optimizer<{ lr: number }>;
  return { params, optimizer: new Class(layout, given.options) };
}

/** Takes step `t` of a case. */
export function take(
  given: StepCase,
  params: torch.Tensor[],
  optimizer: torch.optim.Optimizer<{ lr: number }>,
  t: number,
): void {
  params.forEach((param, i) => {
    const grad = given.grads[t]![i]!;
    param.grad = grad === null ? null : decode(grad);
  });
  if (given.lrs !== undefined) for (const group of optimizer.paramGroups) group.lr = given.lrs[t]!;
  optimizer.step();
}

/** Whether two values are the same, tensors bit for bit. */
export function expectSame(expect: typeof import("vitest").expect, got: unknown, expected: unknown): void {
  const plain = (value: unknown): unknown => {
    if (torch.isTensor(value))
      return { dtype: value.dtype, shape: value.shape, bytes: Buffer.from(value.bytes()).toString("hex") };
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
    }
    return value;
  };
  expect(plain(got)).toEqual(plain(expected));
}
