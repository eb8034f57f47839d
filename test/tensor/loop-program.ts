/* One of several loops without a single turn of the event loop; prints resident memory before and at its highest, and bytes of tensors. */
import { readFileSync } from "node:fs";
import * as torch from "../../lib/index.js";

const [kind, count] = [process.argv[2]!, Number(process.argv[3])];
const resident = (field: string) =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync("/proc/self/status", "utf8"))![1]) * 1024;

const SIZE = 1 << 18; // 1 MB of float32
const x = torch.ones([SIZE]);
const w = torch.ones([SIZE], { requiresGrad: true });
const queue: torch.Tensor[] = [];

// Its result is saved for backward too, so that two hold the storage.
const fused = new torch.nn.Sequential(new torch.nn.BatchNorm2d(16), new torch.nn.ReLU());
const image = torch.ones([1, 16, 128, 128]);

const steps: Record<string, () => void> = {
  drop: () => void torch.ones([SIZE]),
  tidy: () => void torch.tidy(() => x.add(x).mul(x).dim()),
  dispose: () => torch.ones([SIZE]).dispose(),
  tiny: () => void x.dim(),
  graph: () => void w.mul(2).exp().sum(),
  fused: () => void fused.forward(image),
  queue: () => {
    queue.push(torch.ones([SIZE]));
    if (queue.length > 50) queue.shift();
  },
};
const small = torch.ones([2]);
if (kind === "tiny") steps.tiny = () => void small.add(1);
if (kind !== "graph") w.dispose();
if (kind === "dispose" || kind === "tidy") torch.collectGarbage();
const step = steps[kind]!;

for (let i = 0; i < 20; i++) torch.ones([SIZE]).dispose();
torch.collectGarbage();
const base = resident("VmRSS");
torch.resetPeakMemory();
const before = kind === "dispose" || kind === "tidy" ? torch.memory().allocated : 0;
for (let i = 0; i < count; i++) step();
const { peak, tensors } = torch.memory();
console.log(JSON.stringify({ base, highest: resident("VmHWM"), peak: peak - before, left: tensors }));
