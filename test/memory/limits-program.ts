/* Frees 96 MB and 40 MB, twice, and prints what is kept then; runs under different settings of the allocator. */
import * as torch from "../../lib/index.js";

const MB = 1 << 20;
for (let i = 0; i < 2; i++) {
  const tensors = [96, 40].map((size) => torch.empty([size * MB], { dtype: "uint8" }).fill_(i + 1));
  const sums = torch.tidy(() => tensors.map((tensor) => tensor.sum().item()));
  if (sums[0] !== 96 * MB * (i + 1) || sums[1] !== 40 * MB * (i + 1)) throw new Error(`sums are ${sums}`);
  for (const tensor of tensors) tensor.dispose();
}
const { allocated, peak, cached } = torch.memory();
console.log(JSON.stringify({ allocated, peak, cached, given: torch.emptyCache(), left: torch.memory().cached }));
