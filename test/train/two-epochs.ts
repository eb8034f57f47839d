import { Log, type LogOptions } from "../../lib/train/log.js";
import { Clock, type Terminal } from "./terminal.js";

/** Two epochs of four training and two validation steps, half a second each; looks at the screen after each step. */
export function twoEpochs(options: LogOptions & { stream: Terminal }, look: (where: string) => void = () => {}) {
  const clock = new Clock();
  const log = new Log({ logEach: 2, env: {}, now: clock.now, ...options });
  for (let epoch = 0; epoch < 2; epoch++) {
    log.train(4);
    for (let step = 0; step < 4; step++) {
      clock.wait(0.5);
      log.step(4 - epoch - step / 2, 0.25 + epoch / 4 + step / 100, { count: 8, learningRate: 0.1 / (1 + epoch) });
      look(`epoch ${epoch} step ${step}`);
    }
    log.eval(2);
    look(`epoch ${epoch} eval`);
    for (let step = 0; step < 2; step++) {
      clock.wait(0.5);
      log.step(1.5 - epoch / 2, 0.5 - epoch / 8 + step / 10, { count: 8 });
      look(`epoch ${epoch} eval step ${step}`);
    }
  }
  log.close();
  return log;
}
