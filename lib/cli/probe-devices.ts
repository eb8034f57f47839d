/** A program of its own, run by {@link checkDevices}: prints what each device did as one line of JSON. */
import { writeSync } from "node:fs";
import type { Device } from "../device.js";
import { noGrad, type Tensor, tensor } from "../index.js";
import { native } from "../native.js";
import type { DeviceCheck } from "./check-devices.js";

const CUDA = 1;
const config = native.showConfig();
const cuda = /CUDA Runtime ([\d.]+)/i.exec(config)?.[1];
const cudnn = /CuDNN ([\d.]+)/i.exec(config)?.[1];

function check(device: Device): DeviceCheck {
  try {
    const x = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { device, requiresGrad: true },
    ) as Tensor;
    // d/dx sum(x x) = (the sums of x's rows, across) + (the sums of x's columns, down).
    const loss = x.matmul(x).sum();
    loss.backward();
    const got = noGrad(() => [loss.item(), ...(x.grad as Tensor).flatten().dataSync()].map(Number));
    const right = [54, 7, 11, 9, 13];
    if (got.some((value, i) => value !== right[i])) return { device, problem: `expected ${right}, got ${got}` };
    return device === "cpu" ? { device } : { device, cuda, cudnn };
  } catch (error) {
    return { device, problem: (error instanceof Error ? error.message : String(error)).split("\n")[0] };
  }
}

const gpus = Array.from({ length: native.deviceCount(CUDA) }, (_, index): Device => `cuda:${index}`);
writeSync(1, `\n${JSON.stringify(["cpu" as const, ...gpus].map(check))}\n`);
