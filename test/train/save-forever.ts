/* save-forever.ts FILE: saves one checkpoint after the other until it is killed; each holds one number in all its values. */
import * as torch from "../../lib/index.js";
import { Checkpoint } from "../../lib/train/checkpoint.js";

let version = 0;
const part = {
  stateDict: () => ({ values: torch.full([50_000], version), version }),
  loadStateDict: () => {},
};
const checkpoint = new Checkpoint(process.argv[2]!, { part });
for (;;) {
  version++;
  checkpoint.save({ version });
  if (version === 3) console.log("started");
}
