/** Run by kinds.gpu.test.ts: a kernel of ours is the first thing that autograd's thread does on the device. Prints the gradient's sum. */
import * as torch from "../../lib/index.js";

torch.manualSeed(1);
const net = new torch.nn.Sequential(new torch.nn.BatchNorm2d(8), new torch.nn.ReLU()).to("cuda");
const x = torch.randn([4, 8, 6, 6]).to("cuda").contiguous({ memoryFormat: "channelsLast" }).requiresGrad_();
const gradient = torch.randn([4, 8, 6, 6]).to("cuda").contiguous({ memoryFormat: "channelsLast" });
net.forward(x).backward({ gradient });
console.log(JSON.stringify(x.grad!.abs().sum().item()));
