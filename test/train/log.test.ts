import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { TorchError } from "../../lib/errors.js";
import { JsonLines } from "../../lib/train/json-lines.js";
import { Log } from "../../lib/train/log.js";
import { TABLE_WIDTH } from "../../lib/train/log-table.js";
import { temporaryDirectory } from "../io/tiny-disk.js";
import { Clock, Terminal } from "./terminal.js";

import { twoEpochs } from "./two-epochs.js";

describe("1. on a terminal", () => {
  it("draws the table, one row per epoch, a star at a new best accuracy", () => {
    const stream = new Terminal();
    const log = twoEpochs({ stream });
    expect(stream.lines.join("\n")).toMatchInlineSnapshot(`
      "┏━━━━━━━━━━━━━━┳━━━━━━━╸T╺╸R╺╸A╺╸I╺╸N╺━━━━━━━┳━━━━━━━╸S╺╸T╺╸A╺╸T╺╸S╺━━━━━━━┳━━━━━━━╸V╺╸A╺╸L╺╸I╺╸D╺━━━━━━━┓
      ┃              ┃              ╷              ┃              ╷              ┃              ╷              ┃
      ┃       epoch  ┃        loss  │    accuracy  ┃        l.r.  │     elapsed  ┃        loss  │    accuracy  ┃
      ┠──────────────╂──────────────┼──────────────╂──────────────┼──────────────╂──────────────┼──────────────┨
      ┃           0  ┃      3.2500  │     26.50 %  ┃   1.000e-01  │   00:02 min  ┃      1.5000  │<green>     55.00 % *</green>┃
      ┃           1  ┃      2.2500  │     51.50 %  ┃   5.000e-02  │   00:02 min  ┃      1.0000  │     42.50 %  ┃
      ┗━━━━━━━━━━━━━━┻━━━━━━━━━━━━━━┷━━━━━━━━━━━━━━┻━━━━━━━━━━━━━━┷━━━━━━━━━━━━━━┻━━━━━━━━━━━━━━┷━━━━━━━━━━━━━━┛
      best accuracy 55.00 % in epoch 0
      "
    `);
    expect(log.best).toEqual({ value: 0.55, epoch: 0 });
    for (const line of stream.lines.slice(0, 7)) expect([...line.replace(/<\/?green>/g, "")]).toHaveLength(TABLE_WIDTH);
  });

  it("keeps a live row with a loading bar, first at once and then every other step", () => {
    const stream = new Terminal();
    const seen: string[] = [];
    twoEpochs({ stream }, (where) => seen.push(`${where}: ${stream.lines.at(-1)}`));
    expect(seen.slice(0, 7).join("\n")).toMatchInlineSnapshot(`
      "epoch 0 step 0: ┃           0  ┃      4.0000  │     25.00 %  ┃   1.000e-01  │   00:00 min  ┠┈██████▓┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┨
      epoch 0 step 1: ┃           0  ┃      3.5000  │     26.00 %  ┃   1.000e-01  │   00:01 min  ┠┈█████████████▒┈┈┈┈┈┈┈┈┈┈┈┈┈┈┨
      epoch 0 step 2: ┃           0  ┃      3.5000  │     26.00 %  ┃   1.000e-01  │   00:01 min  ┠┈█████████████▒┈┈┈┈┈┈┈┈┈┈┈┈┈┈┨
      epoch 0 step 3: ┃           0  ┃      2.7500  │     27.50 %  ┃   1.000e-01  │   00:02 min  ┠┈███████████████████████████┈┨
      epoch 0 eval: ┃           0  ┃      3.2500  │     26.50 %  ┃   1.000e-01  │   00:02 min  ┠┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┨
      epoch 0 eval step 0: ┃           0  ┃      3.2500  │     26.50 %  ┃   1.000e-01  │   00:02 min  ┠┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┨
      epoch 0 eval step 1: "
    `);
  });

  it("does not draw more than 20 times a second, and at least once a second", () => {
    const stream = new Terminal();
    const clock = new Clock();
    const log = new Log({ logEach: 2, stream, env: {}, now: clock.now });
    const drawings = () => stream.raw.split("\r").length - 1;
    log.train(10_000);
    for (let step = 0; step < 1000; step++) {
      clock.wait(0.001);
      log.step(1, 1);
    }
    expect(drawings()).toBeGreaterThanOrEqual(15);
    expect(drawings()).toBeLessThanOrEqual(20);
    const before = drawings();
    const slow = new Log({ logEach: 100, stream, env: {}, now: clock.now });
    slow.train(10);
    for (let step = 0; step < 10; step++) {
      clock.wait(2);
      slow.step(1, 1);
    }
    expect(drawings() - before).toBe(10);
  });

  it("has no colours under NO_COLOR, and is plain on a dumb terminal", () => {
    const bare = new Terminal();
    twoEpochs({ stream: bare, env: { NO_COLOR: "1" } });
    expect(bare.raw).not.toContain("\x1b[3");
    expect(bare.lines[4]).toContain("55.00 % *┃");
    const colored = new Terminal();
    twoEpochs({ stream: colored, env: { NO_COLOR: "" } });
    expect(colored.raw).toContain("\x1b[32m");
    const dumb = new Terminal();
    twoEpochs({ stream: dumb, env: { TERM: "dumb" } });
    for (const sign of ["\r", "\x1b", "┃"]) expect(dumb.raw).not.toContain(sign);
  });

  it("keeps to one plain line where the table does not fit", () => {
    const stream = new Terminal({ columns: 60 });
    const seen: string[] = [];
    twoEpochs({ stream }, () => seen.push(stream.lines.at(-1)!));
    for (const line of seen) expect([...line].length).toBeLessThan(60);
    expect(seen[0]).toMatch(/^┠┈██████▓┈+┨ epoch {3}0 \| train/);
    expect(stream.lines).toHaveLength(4);
    expect(stream.lines[0]).toMatch(/^epoch {3}0 \| .* \| best 55.00 % \(epoch 0\)$/);
  });

  it("prints notes above the live row", () => {
    const stream = new Terminal();
    const clock = new Clock();
    const log = new Log({ stream, env: {}, now: clock.now });
    log.train(2);
    log.step(1, 1);
    log.note("saved");
    clock.wait(2);
    log.step(1, 1);
    expect(stream.lines.slice(4).map((line) => line.slice(0, 14))).toEqual(["saved", "┃           0 "]);
  });
});

describe("2. elsewhere", () => {
  it("prints one plain line per epoch", () => {
    const stream = new Terminal({ isTTY: false });
    twoEpochs({ stream });
    expect(stream.raw).toMatchInlineSnapshot(`
      "epoch   0 | train loss 3.2500 accuracy 26.50 % | lr 1.000e-01 | elapsed 00:02 min | valid loss 1.5000 accuracy 55.00 % | best 55.00 % (epoch 0)
      epoch   1 | train loss 2.2500 accuracy 51.50 % | lr 5.000e-02 | elapsed 00:02 min | valid loss 1.0000 accuracy 42.50 % | best 55.00 % (epoch 0)
      "
    `);
  });

  it("says where an epoch was left, and nothing for one that never began", () => {
    const stream = new Terminal({ isTTY: false });
    const log = new Log({ stream, env: {}, now: () => 0 });
    log.close();
    expect(stream.raw).toBe("");
    log.train(10);
    log.step(2.5, 0.5);
    log.close();
    log.close();
    expect(stream.raw).toBe(
      "epoch   0 | train loss 2.5000 accuracy 50.00 % | elapsed 00:00 min | stopped in training, step 1 of 10\n",
    );
  });

  it("shows what it has: without accuracy, without validation, with losses that are not finite", () => {
    const stream = new Terminal({ isTTY: false });
    const log = new Log({ stream, env: {}, now: () => 0 });
    for (const loss of [1, Number.NaN, Number.POSITIVE_INFINITY]) {
      log.train(1);
      log.step(loss);
    }
    log.close();
    expect(stream.raw.split("\n")).toEqual([
      "epoch   0 | train loss 1.0000 | elapsed 00:00 min",
      "epoch   1 | train loss nan | elapsed 00:00 min",
      "epoch   2 | train loss inf | elapsed 00:00 min",
      "",
    ]);
  });

  it("weighs batches by their samples", () => {
    const stream = new Terminal({ isTTY: false });
    const log = new Log({ stream, env: {}, now: () => 0 });
    log.train(2);
    log.step(1, 1, { count: 3 });
    log.step(5, 0, { count: 1 });
    log.close();
    expect(stream.raw).toContain("train loss 2.0000 accuracy 75.00 %");
  });

  it("refuses steps outside a phase, and counts that make no sense", () => {
    const log = new Log({ stream: new Terminal(), env: {} });
    expect(() => log.step(1)).toThrow(TorchError);
    expect(() => log.eval(1)).toThrow("expected train() before eval()");
    expect(() => log.train(-1)).toThrow("expected the number of steps");
    expect(() => new Log({ logEach: 0 })).toThrow("logEach");
  });
});

describe("3. records", () => {
  it("are one JSON object per epoch, and one for an epoch that was stopped", () => {
    using directory = temporaryDirectory();
    const file = path.join(directory.path, "log.jsonl");
    const records = new JsonLines(file);
    const log = twoEpochs({ stream: new Terminal(), records });
    log.train(3);
    log.step(Number.NaN, 0.5);
    log.close();
    records.close();
    const read = fs
      .readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(read).toHaveLength(3);
    expect(read[0]).toEqual({
      event: "epoch",
      epoch: 0,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      trainSeconds: 2,
      seconds: 3,
      learningRate: 0.1,
      train: { loss: 3.25, accuracy: expect.closeTo(0.265) },
      valid: { loss: 1.5, accuracy: expect.closeTo(0.55) },
      best: { value: expect.closeTo(0.55), epoch: 0 },
    });
    expect(read[2]).toMatchObject({ event: "stopped", epoch: 2, train: { loss: "NaN", accuracy: 0.5 } });
  });
});

describe("5. a reader that goes away", () => {
  const script = fileURLToPath(new URL("log-program.ts", import.meta.url));

  it("does not end the program", async () => {
    const child = spawn(process.execPath, ["--import", "tsx", script], { stdio: ["ignore", "pipe", "pipe"] });
    let errors = "";
    child.stderr.on("data", (data) => {
      errors += data;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once("exit", resolve));
    expect([code, errors]).toEqual([0, "done\n"]);
  });

  it("nor does a full device or a stream that throws", () => {
    const full = fs.openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", script], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    fs.closeSync(full);
    expect([status, stderr]).toEqual([0, "done\n"]);
    const stream = {
      write: () => {
        throw new Error("closed");
      },
    };
    const log = new Log({ stream, env: {} });
    log.train(1);
    log.step(1, 1);
    log.close();
    expect(log.epoch).toBe(0);
  });
});
