/**
 * The half of test/reference/check_io.py that runs here: reads what Python wrote into a folder, and writes it and what was computed with it
 * for Python to look at.
 */
import fs from "node:fs";
import { join } from "node:path";
import * as torch from "../../lib/index.js";

const folder = process.argv[2]!;
const at = (name: string) => join(folder, name);
const { nn } = torch;

torch.saveSafetensors(torch.loadSafetensors(at("tensors.safetensors")), at("tensors.back.safetensors"), {
  metadata: { written: "by sam-torch" },
});
for (const file of fs.readdirSync(folder).filter((name) => name.endsWith(".npy"))) {
  torch.saveNpy(torch.loadNpy(at(file)), at(file.replace(".npy", ".back.npy")));
}

const models: Record<string, () => torch.nn.Module> = {
  convolutions: () =>
    new nn.Sequential(
      new nn.Conv2d(3, 4, 3, { padding: 1 }),
      new nn.BatchNorm2d(4),
      new nn.PReLU(),
      new nn.Flatten(),
      new nn.Linear(4 * 6 * 6, 5),
    ),
  encoder: () =>
    new nn.TransformerEncoder(
      new nn.TransformerEncoderLayer(8, 2, { dimFeedforward: 16, batchFirst: true, dropout: 0 }),
      2,
    ),
  decoder: () => new nn.Sequential(new nn.GroupNorm(2, 4), new nn.ConvTranspose2d(4, 2, 3), new nn.InstanceNorm2d(2)),
};
for (const [name, make] of Object.entries(models)) {
  const model = make();
  model.loadStateDict(torch.loadSafetensors(at(`${name}.safetensors`)));
  const { x } = torch.loadSafetensors(at(`${name}.x.safetensors`)) as { x: torch.Tensor };
  model.eval();
  const before = model.forward(x).detach();
  model.train();
  const optimizer = new torch.optim.SGD(model.parameters(), { lr: 0.05 });
  model.forward(x).square().mean().backward();
  optimizer.step();
  model.eval();
  torch.saveSafetensors(model.stateDict(), at(`${name}.trained.safetensors`));
  torch.saveSafetensors({ before, after: model.forward(x).detach() }, at(`${name}.y.safetensors`));
}
