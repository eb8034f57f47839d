/** What docs/pytorch.md says about single names. compatibility.ts checks each of these against the package. */

/** Where a namespace of PyTorch is in the package; the others are where PyTorch has them. */
export const HOMES: Readonly<Record<string, string>> = {
  torch: "",
  "torch.Tensor": "Tensor",
  "torch.optim.lr_scheduler": "optim.lrScheduler",
  "torch.utils.data": "data",
  "torch.amp": "",
};

/** Names that are here and behave otherwise. */
export const DIFFERS: Readonly<Record<string, string>> = {
  "torch.tensor": "plain numbers make float32 also where they are integral; bigints make int64",
  "torch.full": "a plain number makes float32 also where it is integral",
  "torch.no_grad": "runs a function: `noGrad(() => ...)`",
  "torch.enable_grad": "runs a function: `enableGrad(() => ...)`",
  "torch.inference_mode": "runs a function: `inferenceMode(() => ...)`",
  "torch.set_grad_enabled": "a function, not a scope",
  "torch.autocast": "runs a function: `autocast(device, options, () => ...)`",
  "torch.amp.autocast": "runs a function: `autocast(device, options, () => ...)`",
  "torch.autograd.detect_anomaly": "runs a function: `detectAnomaly(() => ...)`",
  "torch.default_generator": "a function of the device",
  "torch.save": "writes safetensors (atomically), with plain values in its header; never pickle",
  "torch.load": "reads what `save` wrote",
  "torch.finfo": "a function that gives a plain object",
  "torch.iinfo": "a function that gives a plain object",
  "torch.Tensor.data": "an asynchronous read: `await x.data()`; for a new storage under the same tensor `setData`",
  "torch.Tensor.item": "int64 beyond 2^53 comes as bigint",
  "torch.Tensor.grad_fn": "the name of the function, as text",
  "torch.Tensor.index_put_":
    'takes what stands between Python\'s brackets: integers, slices, null, `"..."`, masks, index tensors',
  "torch.Tensor.backward": "its arguments are options: `y.backward({ gradient, retainGraph })`",
  "torch.Tensor.nonzero": "`{ asTuple: true }` gives a list",
  "torch.nonzero": "`{ asTuple: true }` gives a list",
  "torch.set_printoptions": "`setPrintoptions({ sciMode })`; printing goes to `console.log` and `util.inspect`",
  "torch.utils.data.DataLoader":
    "`for await`; native threads instead of worker processes; state can be saved in the middle of an epoch",
};

/** Names that are here under another one: the paths in the package. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  "torch.amp.GradScaler": "optim.GradScaler",
  "torch.GradScaler": "optim.GradScaler",
  "torch.Tensor.lu": "linalg.lu, linalg.luFactor",
  "torch.Tensor.numpy": "Tensor.dataSync, Tensor.toArray",
  "torch.Tensor.ndimension": "Tensor.dim",
  "torch.Tensor.solve": "linalg.solve",
  "torch.Tensor.lstsq": "linalg.lstsq",
  "torch.Tensor.eig": "linalg.eig",
  "torch.Tensor.symeig": "linalg.eigh",
  "torch.from_numpy": "tensor, frombuffer",
};

/** Names of types, which a running package does not show: the type and the file under lib/ that exports it. */
export const TYPES: Readonly<Record<string, readonly [name: string, file: string]>> = {
  "torch.dtype": ["DType", "dtype.ts"],
  "torch.layout": ["Layout", "dtype.ts"],
  "torch.memory_format": ["MemoryFormat", "dtype.ts"],
  "torch.device": ["Device", "device.ts"],
  "torch.utils.data.Dataset": ["Dataset", "data/dataset.ts"],
};

/** Why names are absent; the first pattern that fits counts. */
export const ABSENT: readonly (readonly [RegExp, string])[] = [
  [/\.(solve|lstsq|eig|symeig)$/, "removed from PyTorch too: raises"],
];
