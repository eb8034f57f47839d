import { describe, expect, it } from "vitest";
import { TorchError } from "../../lib/errors.js";
import { Log } from "../../lib/train/log.js";
import { Clock, Terminal } from "./terminal.js";

import { twoEpochs } from "./two-epochs.js";

describe("4. a resumed run", () => {
  const run = (log: Log, from: number, to: number) => {
    for (let step = from; step < to; step++) log.step(step, step / 10, { count: 2, learningRate: 0.1 });
  };

  it("goes on in the middle of an epoch with the same means", () => {
    const whole = new Terminal({ isTTY: false });
    const straight = new Log({ stream: whole, env: {}, now: () => 0 });
    straight.train(6);
    run(straight, 0, 6);
    straight.close();

    const part = new Log({ stream: new Terminal(), env: {}, now: () => 0 });
    part.train(6);
    run(part, 0, 4);
    const state = JSON.parse(JSON.stringify(part.stateDict()));
    const rest = new Terminal({ isTTY: false });
    const resumed = new Log({ stream: rest, env: {}, now: () => 0 });
    resumed.loadStateDict(state);
    resumed.train(6);
    run(resumed, 4, 6);
    resumed.close();
    expect(rest.raw).toBe(whole.raw);
  });

  it("validates again when it was stopped in validation, in the same epoch", () => {
    const outputs = [false, true].map((interrupted) => {
      const stream = new Terminal({ isTTY: false });
      let log = new Log({ stream, env: {}, now: () => 0 });
      log.train(2);
      run(log, 0, 2);
      log.eval(2);
      if (interrupted) {
        log.step(9, 0);
        const state = JSON.parse(JSON.stringify(log.stateDict()));
        log = new Log({ stream, env: {}, now: () => 0 });
        log.loadStateDict(state);
        log.train(2);
        log.eval(2);
      }
      log.step(1, 0.5);
      log.step(2, 0.5);
      log.close();
      return stream.raw;
    });
    expect(outputs[1]).toBe(outputs[0]);
    expect(outputs[0]).toContain("epoch   0 | train loss 0.5000 accuracy 5.00 % | lr 1.000e-01");
  });

  it("goes on with the next epoch, the best accuracy and the time spent", () => {
    const first = twoEpochs({ stream: new Terminal() });
    const stream = new Terminal({ isTTY: false });
    const clock = new Clock();
    const log = new Log({ stream, env: {}, now: clock.now });
    log.loadStateDict(JSON.parse(JSON.stringify(first.stateDict())));
    expect(log.best).toEqual(first.best);
    log.train(2);
    clock.wait(7);
    log.step(1, 1);
    const middle = JSON.parse(JSON.stringify(log.stateDict()));
    expect(middle.train.seconds).toBe(7);
    const again = new Log({ stream, env: {}, now: clock.now });
    again.loadStateDict(middle);
    again.train(2);
    clock.wait(5);
    again.step(1, 1);
    again.close();
    expect(stream.raw).toContain("epoch   2 | train loss 1.0000 accuracy 100.00 % | elapsed 00:12 min");
  });

  /** What a log prints that is saved after an epoch of three steps and goes on as `rest`, or is the same log. */
  const outputs = (rest: (log: Log) => void) =>
    [false, true].map((interrupted) => {
      const stream = new Terminal({ isTTY: false });
      let log = new Log({ stream, env: {}, now: () => 0 });
      log.train(3);
      run(log, 0, 3);
      if (interrupted) {
        const state = JSON.parse(JSON.stringify(log.stateDict()));
        log = new Log({ stream, env: {}, now: () => 0 });
        log.loadStateDict(state);
      }
      rest(log);
      return stream.raw;
    });

  it("goes on with the next epoch after one without validation", () => {
    const [straight, resumed] = outputs((log) => {
      for (let epoch = 1; epoch < 3; epoch++) {
        log.train(3);
        for (let step = 0; step < 3; step++) log.step(5, 0.5);
      }
      log.close();
    });
    expect(resumed).toBe(straight);
    expect(straight!.match(/^epoch .* train loss \d/gm)).toEqual([
      "epoch   0 | train loss 1",
      "epoch   1 | train loss 5",
      "epoch   2 | train loss 5",
    ]);
  });

  it("or with its validation, or with its end", () => {
    const validated = (log: Log) => {
      log.eval(1);
      log.step(7, 0.5);
      log.train(1);
      log.step(2);
      log.close();
    };
    for (const rest of [validated, (log: Log) => log.close(), (log: Log) => log.flush()]) {
      const [straight, resumed] = outputs(rest);
      expect(resumed).toBe(straight);
      expect(straight).toContain("epoch   0 | train loss 1.0000");
    }
  });

  it("or with train() again, as a program that has no batch left of its epoch", () => {
    const [, resumed] = outputs((log) => {
      log.train(3);
      log.eval(1);
      log.step(7, 0.5);
      log.train(1);
      log.step(2);
      log.close();
    });
    expect(resumed!.split("\n")).toEqual([
      expect.stringMatching(/^epoch {3}0 \| train loss 1.0000 .* valid loss 7.0000/),
      expect.stringMatching(/^epoch {3}1 \| train loss 2.0000/),
      "",
    ]);
  });

  it("prints the row of an epoch that was stopped in its middle and goes straight to validation", () => {
    const part = new Log({ stream: new Terminal(), env: {}, now: () => 0 });
    part.train(6);
    run(part, 0, 3);
    const stream = new Terminal({ isTTY: false });
    const log = new Log({ stream, env: {}, now: () => 0 });
    log.loadStateDict(JSON.parse(JSON.stringify(part.stateDict())));
    log.eval(1);
    log.step(7, 0.5);
    expect(stream.raw).toMatch(/^epoch {3}0 \| train loss 1.0000 .* valid loss 7.0000/);
  });

  it("refuses a state that is none", () => {
    const log = new Log({ stream: new Terminal(), env: {} });
    for (const wrong of [null, {}, { epoch: "1" }, { epoch: 0, best: { value: "x" }, train: null }]) {
      expect(() => log.loadStateDict(wrong as never)).toThrow(TorchError);
    }
  });
});
