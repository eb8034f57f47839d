import * as torch from "../../lib/index.js";

const { nn } = torch;
const F = nn.functional;
type Rounded = "bfloat16" | "float16";

/** A convolution, norms and linear layers; narrow, so that autocast rounds each of their weights as the working copies are. */
export function makeNet(seed = 1) {
  torch.manualSeed(seed);
  const model = new nn.Sequential({
    conv: new nn.Conv2d(2, 4, 3, { padding: 1 }),
    norm: new nn.BatchNorm2d(4),
    relu: new nn.ReLU(),
    flat: new nn.Flatten(),
    hidden: new nn.Linear(64, 12),
    norm2: new nn.BatchNorm1d(12),
    relu2: new nn.ReLU(),
    head: new nn.Linear(12, 3),
  });
  const x = torch.keep(torch.randn([8, 2, 4, 4]));
  const y = torch.keep(torch.randint(0, 3, [8]));
  return { model, x, y };
}
export type Net = ReturnType<typeof makeNet>;

/** The loss under autocast, of samples `start` to `end`. */
export function lossOf({ model, x, y }: Net, dtype: Rounded = "bfloat16", start = 0, end = 8): torch.Tensor {
  const [input, target] = [x.index(torch.slice(start, end)), y.index(torch.slice(start, end))];
  return torch.autocast("cpu", { dtype }, () => F.crossEntropy(model.forward(input).float(), target));
}

/** The loss of each of these samples. */
export const lossesOf = ({ model, x, y }: Net, rows: torch.Tensor | null): torch.Tensor =>
  torch.autocast("cpu", { dtype: "bfloat16" }, () =>
    F.crossEntropy(model.forward(rows === null ? x : x.index(rows)).float(), rows === null ? y : y.index(rows), {
      reduction: "none",
    }),
  );

export const hex = (tensor: torch.Tensor): string => Buffer.from(tensor.bytes()).toString("hex");

/** Every bit of a state, however deep. */
export function bits(value: unknown): unknown {
  if (torch.isTensor(value)) return [value.dtype, value.shape, hex(value)];
  if (Array.isArray(value)) return value.map(bits);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, bits(item)]));
}

/** {@link makeNet} with masters. */
export function withMasters(dtype: Rounded = "bfloat16"): Net {
  const net = makeNet();
  net.model.to(dtype, { masterWeights: true });
  return net;
}

/** Whether each weight that has a master is its rounding. */
export const isRounded = (net: Net): boolean =>
  net.model.parameters().every((p) => {
    const master = torch.masterOf(p);
    return master === undefined || hex(p) === hex(master.to(p.dtype));
  });

export const parameter = (net: Net, name: string): torch.nn.Parameter =>
  net.model.namedParameters().find(([known]) => known === name)![1];

export const stateOf = (net: Net): unknown => bits(net.model.stateDict());

/** Options of the optimizer under SAM. */
export const SGD = { lr: 0.1, momentum: 0.9, weightDecay: 5e-4 };
