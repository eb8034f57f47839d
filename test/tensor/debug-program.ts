/* Debug mode from the environment: what is alive, and from where. */
import * as torch from "../../lib/index.js";

function leak(): torch.Tensor {
  return torch.ones([2, 3]).add(1);
}
const kept = leak();
console.log(
  JSON.stringify({ debug: torch.isDebug(), live: torch.memory().live?.filter(({ site }) => site.includes("leak")) }),
);
kept.dispose();
