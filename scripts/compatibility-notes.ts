/** What docs/pytorch.md says about single names. compatibility.ts checks each of these against the package. */

/** Where a namespace of PyTorch is in the package; the others are where PyTorch has them. */
export const HOMES: Readonly<Record<string, string>> = {
  torch: "",
  "torch.Tensor": "Tensor",
  "torch.optim.lr_scheduler": "optim.lrScheduler",
  "torch.autograd.forward_ad": "autograd.forwardAd",
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
  "torch.autograd.forward_ad.dual_level": "runs a function: `dualLevel(() => ...)`",
  "torch.autograd.forward_ad.unpack_dual": "gives an object: `{ primal, tangent }`",
  "torch.set_grad_enabled": "a function, not a scope",
  "torch.autocast": "runs a function: `autocast(device, options, () => ...)`",
  "torch.amp.autocast": "runs a function: `autocast(device, options, () => ...)`",
  "torch.autograd.detect_anomaly": "runs a function: `detectAnomaly(() => ...)`",
  "torch.default_generator": "a function of the device",
  "torch.save":
    "writes safetensors (atomically), with plain values in its header; into `.pt` and `.pth` what Python's `torch.load(weights_only=True)` reads",
  "torch.load":
    "reads what `save` wrote, and what Python's did: tensors and plain containers, nothing that would have to be run",
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
  "torch.chalf": "the operator; the dtype is `torch.complex32`",
  "torch.seed": "gives a bigint",
  "torch.initial_seed": "gives a bigint",
  "torch.Tensor.apply_": "runs in JavaScript, element by element",
  "torch.Tensor.map_": "runs in JavaScript, element by element",
  "torch.nn.ModuleDict": "a map: `get`, `set`, `has`, `keys`; `get` gives each module by its own class",
  "torch.nn.ModuleList": "`at(i)`, `set(i, m)`, `slice(from, to)`; no brackets",
  "torch.nn.ParameterDict": "a map: `get`, `set`, `has`, `keys`",
  "torch.nn.ParameterList": "`at(i)`, `set(i, p)`, `slice(from, to)`; no brackets",
  "torch.nn.Sequential": "`at`, `set`, `slice`; no brackets; runs batch norm and ReLU as one kernel where it can",
  "torch.nn.Module":
    "no `copy.deepcopy(model)`: nobody else can copy what a class keeps in `#private` properties, and a property that is an arrow function would still run the first model; make a second model and `loadStateDict(model.stateDict())`",
  "torch.nn.Module.forward":
    "is what callers call: `model.forward(x)`, with hooks around it; `model.call(x)` is the same",
  "torch.nn.Module.parameters": "a list",
  "torch.nn.Module.named_parameters": "a list of pairs; no `removeDuplicate`",
  "torch.nn.Module.buffers": "a list",
  "torch.nn.Module.named_buffers": "a list of pairs; no `removeDuplicate`",
  "torch.nn.Module.children": "a list",
  "torch.nn.Module.named_children": "a list of pairs",
  "torch.nn.Module.modules": "a list",
  "torch.nn.Module.named_modules": "a list of pairs; no `removeDuplicate`",
  "torch.nn.Module.get_submodule": "paths are those of state dicts: `norm_act` is the property `normAct`",
  "torch.nn.Module.get_parameter": "paths are those of state dicts",
  "torch.nn.Module.get_buffer": "paths are those of state dicts",
  "torch.nn.Module.register_buffer": "gives the buffer back, for a property; the name is the property's",
  "torch.nn.Module.register_forward_hook": "no `prepend`, `alwaysCall`; options are inputs like others",
  "torch.nn.Module.register_forward_pre_hook":
    "no `prepend`; options are inputs like others; what it returns is a list",
  "torch.nn.Module.register_full_backward_hook": "no `prepend`; an array is what a tuple is in PyTorch",
  "torch.nn.Module.register_full_backward_pre_hook": "no `prepend`; an array is what a tuple is in PyTorch",
  "torch.nn.Module.state_dict": "a plain object; no `keepVars`",
  "torch.nn.Module.load_state_dict": "no `assign`; where a name or a shape does not fit nothing is changed",
  "torch.nn.Module.to": "also `{ masterWeights: true }`",
  "torch.nn.MaxPool1d": "`forwardWithIndices` in place of `return_indices`",
  "torch.nn.MaxPool2d": "`forwardWithIndices` in place of `return_indices`",
  "torch.nn.MaxPool3d": "`forwardWithIndices` in place of `return_indices`",
  "torch.nn.FractionalMaxPool2d": "`forwardWithIndices` in place of `return_indices`",
  "torch.nn.FractionalMaxPool3d": "`forwardWithIndices` in place of `return_indices`",
  "torch.nn.Softmax": "`dim` must be given",
  "torch.nn.LogSoftmax": "`dim` must be given",
  "torch.nn.Softmin": "`dim` must be given",
  "torch.nn.MultiheadAttention": "one `embedDim` for queries, keys and values; no `addBiasKv`, no `addZeroAttn`",
  "torch.nn.LSTM": "no `projSize`, no packed sequences",
  "torch.nn.GRU": "no packed sequences",
  "torch.nn.RNN": "no packed sequences",
  "torch.nn.TransformerEncoder": "no nested tensors; padded places get values too in evaluation",
  "torch.nn.functional.max_pool1d": "`maxPool1dWithIndices` in place of `return_indices`",
  "torch.nn.functional.max_pool2d": "`maxPool2dWithIndices` in place of `return_indices`",
  "torch.nn.functional.max_pool3d": "`maxPool3dWithIndices` in place of `return_indices`",
  "torch.optim.Optimizer":
    "one of your own implements `updateParam`; see its documentation. States of Python's load, and `optim.toPython(state)` is for the way back",
  "torch.optim.LBFGS": "its state has numbers where PyTorch's has tensors; PyTorch's loads",
  "torch.optim.swa_utils":
    "`AveragedModel(model, target)` is given the model for the average, since modules cannot be copied; functions of averages get the count as a number",
  "torch.utils.data.RandomSampler":
    "epoch e draws from a generator seeded with seed + e, so that a saved loader can go on",
  "torch.utils.data.SubsetRandomSampler": "epoch e draws from a generator seeded with seed + e",
  "torch.utils.data.WeightedRandomSampler": "epoch e draws from a generator seeded with seed + e",
  "torch.utils.data.Sampler": "gives the positions of an epoch: `indices(epoch)`",
  "torch.utils.data.DataLoader":
    "`for await`; native threads instead of worker processes; state can be saved in the middle of an epoch; `sampler` and `batchSampler` may be functions of the epoch; `collate_fn` is `collate`",
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
  "torch.asarray": "asTensor",
  "torch.Size": "Tensor.shape",
  "torch.Tensor.to_sparse_coo": "Tensor.toSparse",
  "torch.Tensor.const_data_ptr": "Tensor.dataPtr",
  "torch.nn.Buffer": "nn.Module",
  "torch.nn.Module.add_module": "nn.Module.registerModule",
  "torch.nn.Module.register_backward_hook": "nn.Module.registerFullBackwardHook",
  "torch.nn.Module.type": "nn.Module.to",
  "torch.nn.utils.convert_conv2d_weight_memory_format": "nn.Module",
  "torch.nn.utils.convert_conv3d_weight_memory_format": "nn.Module",
  "torch.nn.utils.clip_grad_norm": "nn.utils.clipGradNorm_",
  "torch.nn.functional.upsample": "nn.functional.interpolate",
  "torch.nn.functional.upsample_nearest": "nn.functional.interpolate",
  "torch.nn.functional.upsample_bilinear": "nn.functional.interpolate",
  "torch.nn.functional.multi_head_attention_forward": "nn.MultiheadAttention, nn.functional.scaledDotProductAttention",
  "torch.nn.NLLLoss2d": "nn.NLLLoss",
  "torch.utils.data.default_collate": "data.collate",
  "torch.lu": "linalg.lu, linalg.luFactor",
};

/** Names of types, which a running package does not show: the type and the file under lib/ that exports it. */
export const TYPES: Readonly<Record<string, readonly [name: string, file: string]>> = {
  "torch.dtype": ["DType", "dtype.ts"],
  "torch.layout": ["Layout", "dtype.ts"],
  "torch.memory_format": ["MemoryFormat", "dtype.ts"],
  "torch.device": ["Device", "device.ts"],
  "torch.autograd.forward_ad.UnpackedDualTensor": ["UnpackedDual", "autograd/forward-ad.ts"],
  "torch.utils.data.Dataset": ["Dataset", "data/dataset.ts"],
};

/** Namespaces that are absent as a whole, and what there is in their place. */
export const ABSENT_NAMESPACES: Readonly<Record<string, string>> = {
  "torch.distributions":
    "numbers are drawn by `randn`, `normal`, `bernoulli`, `multinomial`, `poisson`, `x.exponential_()` and their like",
  "torch.distributed": "training on several devices",
  "torch.hub":
    "downloading models; `torch.load` and `torch.loadSafetensors` read weights, `torch.jit.load` whole models that Python has scripted",
  "torch.nn.attention":
    "choosing attention's kernel, FlexAttention; `nn.functional.scaledDotProductAttention` lets LibTorch choose",
  "torch.onnx": "exporting models; Python's exports one with the weights that `torch.save` wrote",
  "torch.profiler": "tracing operators; `torch.memory()` tells of tensors and bytes",
  "torch.sparse":
    "sparse tensors are here (`sparseCooTensor`, `x.toSparse()`, `x.toSparseCsr()`), and what LibTorch's operators do with them (`matmul`, `mul`, `sum`), backward too; the functions of this namespace are not",
  "torch.utils.tensorboard": "`torch.train.JsonLines` and `torch.train.Log` write what a run tells",
};

/** Why names are absent; the first pattern that fits counts. */
export const ABSENT: readonly (readonly [RegExp, string])[] = [
  [/^torch\.autograd\.forward_ad\.(enter|exit)_dual_level$/, "`dualLevel` does both"],
  [
    /^torch\.Tensor\.(solve|lstsq|eig|symeig|volatile|reinforce|new|storage_type)$/,
    "gone from PyTorch, or raises there",
  ],
  [/^torch\.nn\.init\.\w+$/, "deprecated in PyTorch: use the name with an underscore"],
  [/^torch\.nn\.utils\.(remove_)?(weight|spectral)_norm$/, "deprecated in PyTorch"],
  [
    /Storage$|^torch\.(is_storage|Storage|\w+Tensor)$|\.(storage|untyped_storage)$/,
    "storages and typed tensor classes: views share storage, dtypes are options",
  ],
  [/^torch\.cuda\.\w+Tensor$/, "storages and typed tensor classes: views share storage, dtypes are options"],
  [
    /^torch\.(sym_|Sym)|^torch\.(compile|cond|export|while_loop|nn\.Module\.compile)$|functionalize$|debug_unwrap$/,
    "tracing and compiling Python code",
  ],
  [
    /^torch\.jit\.(script|trace|annotate|ignore|unused|interface|isinstance|Attribute|export|strict_fusion|CompilationUnit)/,
    "compiling Python code; models that Python has scripted can be loaded",
  ],
  [
    /^torch\.(import_ir|parse_|merge_type|unify_type|fork|wait|JITException|FatalError|classes|compiled_with)|^torch\.jit\./,
    "TorchScript's own tools",
  ],
  [
    /^torch\.u?int\d$|^torch\.(bit|bits\w+|quint\dx\d|float4_\w+|float8_e8m0fnu)$/,
    "dtypes without operators on the CPU",
  ],
  [/qscheme|^torch\.per_(tensor|channel)_/, "quantisation schemes"],
  [/DisableTorchFunction|as_subclass|thread_safe_generator|typename|set_default_tensor_type/, "Python's own machinery"],
  [/dlpack|\.cpp$|get_device_module/, "exchange with other Python libraries"],
  [/(ipu|xla|xpu|mtia|maia|vulkan|is_mps|mps)\b|_(ipu|xla)_/, "other devices than CPU and CUDA"],
  [/autocast/, "single switches of autocast: `torch.autocast` has them as options"],
  [/is_shared|share_memory|multithreading/, "sharing between Python processes"],
  [/sparse|Sparse|^torch\.(hsmm|dsmm|spmm|saddmm)$/, "sparse training"],
  [/^torch\.nn\.Lazy|Uninitialized/, "lazy layers: sizes are given"],
  [/DataParallel|SyncBatchNorm|DistributedSampler|nccl/, "training on several devices"],
  [/^torch\.nn\.(RNNBase|RNNCellBase)$/, "base classes"],
  [
    /DataPipe|DataChunk|datapipe|non_deterministic|runtime_validation|argument_validation|default_convert/,
    "data pipes, deprecated in PyTorch",
  ],
  [
    /NestedIOFunction|autograd\.(Variable|variable|grad_mode|enforce_grad_layout_policy)$|is_nested|module_load|legacy_contiguous/,
    "internal, or kept for old code",
  ],
  [/warn_always/, "warnings go through Node's process.emitWarning"],
  [/IterableDataset|ChainDataset|get_worker_info/, "datasets without a length; an asynchronous `get` reads streams"],
  [/rnn\.(Packed|pack_|pad_packed|invert_|unpack)/, "packed sequences"],
  [/grouped_mm|scaled_mm|ScalingType|SwizzleType|linear_cross_entropy|LinearCrossEntropy/, "experimental in PyTorch"],
  [/skip_init|stateless|swap_in|to_empty/, "building modules without memory, or around other parameters"],
  [
    /^torch\.nn\.Module\.register_(load_)?state_dict_/,
    "hooks of state dicts: `stateDict` gives a plain object and `loadStateDict` takes one, to be changed in between",
  ],
  [/^torch\.nn\.Module\.[gs]et_extra_state$/, "state that is no tensor: a buffer, or an entry beside the state dict"],
  [/^torch\.nn\.Module\.set_submodule$/, "assign to the property, or `set` of the container"],
  [/^torch\.nn\.utils\.(parametriz|parametrize)/, "parametrisations"],
  [
    /^torch\.cuda\.(nvtx|profiler|tunable|jiterator|gds|green|GreenContext|cudart|cudaStatus|check_error|current_\w+_handle|CUDAPluggable\w+|caching_allocator\w+|change_current\w+|MemPool|use_mem_pool|get_allocator\w+|get_arch\w+|get_gencode\w+|has_\w+|host_memory\w+|reset_(accumulated_)?host\w+|memory_snapshot|sparse|amp|comm|graphs|streams|memory|random|ipc_collect|DeferredCudaCallError|ExternalStream|get_stream_from_external)$/,
    "CUDA's own tools",
  ],
  [
    /^torch\.cuda\.(clock_rate|power_draw|temperature|utilization|memory_usage|device_memory_used|list_gpu_processes)$/,
    "needs NVML: see nvidia-smi",
  ],
];
