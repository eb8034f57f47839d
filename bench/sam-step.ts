/**
 * One SAM step of a WideResNet on a fixed random batch, on command: our side of bench/peers/sam_step.py.
 *
 *   echo "step 5" | npx tsx bench/sam-step.ts --depth 16 --width 2 --precision bf16
 */
import { parseArgs } from "node:util";
import * as torch from "sam-torch";
import { serve } from "./serve.js";

const { values } = parseArgs({
  options: {
    depth: { type: "string", default: "16" },
    width: { type: "string", default: "2" },
    batch: { type: "string", default: "128" },
    precision: { type: "string", default: "fp32" },
    rule: { type: "string", default: "sam" },
    device: { type: "string", default: "cpu" },
    /** graph: the whole step as one CUDA graph */
    mode: { type: "string", default: "eager" },
  },
});
const device = values.device as torch.Device;
const batch = Number(values.batch);
const low = values.precision !== "fp32"; // bf16, or bf16-masters: weights are rounded once a step instead of in each pass

if (device.startsWith("cuda")) {
  torch.backends.cudnn.benchmark = true;
  torch.backends.cuda.matmulAllowTF32 = true;
}
torch.manualSeed(0);
const model = new torch.models.WideResNet({
  depth: Number(values.depth),
  widthFactor: Number(values.width),
  dropout: 0,
});
model.to({ device, memoryFormat: "channelsLast" });
if (values.precision === "bf16-masters") model.to("bfloat16", { masterWeights: true });
const classifier = [...model.parameters()].at(-2)!;
torch.noGrad(() => classifier.normal_(0, 0.01)); // a zero classifier makes the first gradients of everything else zero
const x = torch.randn([batch, 3, 32, 32], { device }).contiguous({ memoryFormat: "channelsLast" });
const y = torch.randint(0, 10, [batch], { device });
const optimizer = new torch.optim.SAM(model.parameters(), torch.optim.SGD, {
  ...(values.rule === "asam" ? { preset: "asam-reference" as const } : { rho: 0.05 }),
  lr: 0.1,
  momentum: 0.9,
  weightDecay: 5e-4,
});
const F = torch.nn.functional;
const forward = () => F.crossEntropy(model.forward(x).float(), y, { labelSmoothing: 0.1 });
const closure = () => {
  const loss = low ? torch.autocast(device, { dtype: "bfloat16" }, forward) : forward();
  loss.backward();
  return loss;
};
const step = values.mode === "graph" ? optimizer.capture(closure) : () => optimizer.step(closure);

await serve(
  () => torch.tidy(step),
  device.startsWith("cuda")
    ? { warmup: 10, wait: torch.cuda.synchronize, deviceBytes: torch.cuda.maxMemoryAllocated }
    : {},
);
