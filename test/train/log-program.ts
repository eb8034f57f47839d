/* Writes to stdout for a while, whoever reads it. */
import { Log } from "../../lib/train/log.js";

const log = new Log();
for (let epoch = 0; epoch < 50; epoch++) {
  log.train(1);
  log.step(1, 0.5);
  log.flush();
  await new Promise((resolve) => setTimeout(resolve, 2));
}
log.close();
process.stderr.write("done\n");
