import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as torch from "../../lib/index.js";
import { Checkpoint, type CheckpointParts } from "../../lib/train/checkpoint.js";
import { errorOf } from "../error-of.js";
import { fixturePath } from "../io/fixtures.js";
import { temporaryDirectory, tinyDisk } from "../io/tiny-disk.js";
import { liveMemory } from "../live-memory.js";
import { Terminal } from "./terminal.js";
import { bits, TinyNet, tinyRun, trainTiny } from "./tiny-run.js";

let directory: ReturnType<typeof temporaryDirectory>;
let file: string;
beforeEach(() => {
  directory = temporaryDirectory();
  file = path.join(directory.path, "run.safetensors");
});
afterEach(() => {
  vi.restoreAllMocks();
  directory[Symbol.dispose]();
});

const never = () => false;
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function start(...argv: string[]) {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", ...argv], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = { text: "" };
  child.stdout!.on("data", (data) => {
    output.text += data;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const printed = async (text: string) => {
    while (!output.text.includes(text)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { child, output, ended, printed };
}

describe("1. a resumed run", () => {
  it("equals one never interrupted, bit by bit, wherever it stopped", async () => {
    const whole = new Terminal({ isTTY: false });
    const straight = tinyRun(file, whole);
    const { step: steps } = await trainTiny(straight, false, never);
    const expected = bits(straight);
    expect(steps).toBe(21);
    // In the middle of an epoch, after the last batch of one, after the first of the next, and at the very end.
    for (const at of [1, 7, 8, 10, 21]) {
      const first = tinyRun(file);
      expect(await trainTiny(first, false, (step) => step === at)).toEqual({ step: at, finished: false });
      torch.manualSeed(99);
      const rest = new Terminal({ isTTY: false });
      const second = tinyRun(file, rest);
      expect(await trainTiny(second, true, never)).toEqual({ step: steps, finished: true });
      expect(bits(second), `stopped at step ${at}`).toBe(expected);
      expect(whole.raw.endsWith(rest.raw), `log after step ${at}`).toBe(true);
    }
  });

  it("equals it in a new process too, after SIGINT with code 130", { timeout: 60_000 }, async () => {
    const program = script("checkpoint-program.ts");
    const straight = start(program, `${file}.straight`);
    const stopped = start(program, file, "slow");
    await stopped.printed("step 5\n");
    stopped.child.kill("SIGINT");
    expect(await stopped.ended).toBe(130);
    expect(stopped.output.text).toMatch(/saved at step \d+\n$/);
    const resumed = start(program, file, "resume");
    expect([await straight.ended, await resumed.ended]).toEqual([0, 0]);
    expect(resumed.output.text).toBe(straight.output.text);
    expect(resumed.output.text.length).toBeGreaterThan(1000);
  });
});

describe("2. the file", () => {
  it("holds tensors under their names, and everything else beside them", async () => {
    const run = tinyRun(file);
    await trainTiny(run, false, (step) => step === 2);
    const tensors = torch.loadSafetensors(file);
    expect(Object.keys(tensors).sort()).toEqual([
      "generators.cpu",
      "model.first",
      "model.second",
      "model.seen",
      "optimizer.state.0.momentumBuffer",
      "optimizer.state.1.momentumBuffer",
    ]);
    expect(tensors["model.first"]!.equal(run.model.first)).toBe(true);
  });

  it("keeps generators of one's own, and progress of any kind", () => {
    const generator = new torch.Generator().manualSeed(5);
    const checkpoint = new Checkpoint(file, { generator });
    expect(checkpoint.exists()).toBe(false);
    checkpoint.save({ epoch: 3, best: Number.NaN, weights: torch.tensor([1, 2]), seen: new Map([["a", 1n]]) });
    expect(checkpoint.exists()).toBe(true);
    const expected = [torch.randn([3], { generator }), torch.randn([3])].map(String);
    const progress = checkpoint.load<{
      epoch: number;
      best: number;
      weights: torch.Tensor;
      seen: Map<string, bigint>;
    }>();
    expect([torch.randn([3], { generator }), torch.randn([3])].map(String)).toEqual(expected);
    expect(progress).toMatchObject({ epoch: 3, best: Number.NaN, seen: new Map([["a", 1n]]) });
    expect(progress.weights.toArray()).toEqual([1, 2]);
  });

  it("is written without leaving tensors behind", async () => {
    const run = tinyRun(file);
    await trainTiny(run, false, (step) => step === 2);
    const before = liveMemory().tensors;
    for (let i = 0; i < 3; i++) run.checkpoint.save({});
    expect(torch.memory().tensors).toBe(before);
  });

  it("lets a program load fewer parts than were saved", () => {
    const model = new TinyNet();
    const extra = { stateDict: () => ({ a: 1 }), loadStateDict: () => {} };
    new Checkpoint(file, { model, extra }).save();
    const other = new TinyNet();
    new Checkpoint(file, { model: other }).load();
    expect(other.first.equal(model.first)).toBe(true);
  });
});

describe("3. a damaged file gives E_CHECKPOINT and changes nothing", () => {
  /** A model and its checkpoint, then other weights that no load may change. */
  function saved() {
    const model = new TinyNet(2);
    const checkpoint = new Checkpoint(file, { model });
    checkpoint.save({ epoch: 1 });
    torch.noGrad(() => model.first.fill_(7));
    const whole = fs.readFileSync(file);
    const before = Buffer.from(model.first.bytes());
    const header = 8 + Number(whole.readBigUInt64LE(0));
    const refuse = (bytes: Uint8Array, what: string) => {
      fs.writeFileSync(file, bytes);
      const error = errorOf(() => checkpoint.load());
      expect(error.code, what).toBe("E_CHECKPOINT");
      expect(error.message, what).toMatch(/^\[Checkpoint\] expected .*run\.safetensors/);
      expect(before.equals(Buffer.from(model.first.bytes())), what).toBe(true);
    };
    return { whole, header, refuse };
  }

  it("cut at every byte of the header and around every boundary", () => {
    const { whole, header, refuse } = saved();
    const cuts = new Set([...Array(header + 2).keys(), whole.byteLength - 1]);
    for (let cut = header; cut < whole.byteLength; cut += 97) cuts.add(cut);
    for (const cut of cuts) refuse(whole.subarray(0, cut), `cut at ${cut} of ${whole.byteLength}`);
    refuse(Buffer.concat([whole, Buffer.alloc(1)]), "a byte too many");
  });

  it("with any one bit of the header changed, and with many of the data", () => {
    const { whole, header, refuse } = saved();
    const flip = (at: number, bit: number) => {
      const broken = Buffer.from(whole);
      broken[at]! ^= 1 << bit;
      refuse(broken, `bit ${bit} of byte ${at}`);
    };
    for (let at = 0; at < header; at++) flip(at, at % 8);
    for (let at = header; at < whole.byteLength; at += 53) flip(at, at % 8);
  });

  it("of another kind", () => {
    const { refuse } = saved();
    refuse(fs.readFileSync(fixturePath("model.safetensors")), "weights only");
    refuse(Buffer.from("epoch,loss\n0,1.5\n"), "text");
    refuse(Buffer.from("PK\x03\x04........................"), "a Python checkpoint");
    refuse(Buffer.alloc(1000), "zeros");
    expect(errorOf(() => new Checkpoint(fixturePath("model.safetensors"), {}).load()).help).toContain(
      "model.loadStateDict(torch.load(path))",
    );
  });

  it("missing, or a directory", () => {
    expect(errorOf(() => new Checkpoint(path.join(directory.path, "none"), {}).load()).message).toContain("got ENOENT");
    const error = errorOf(() => new Checkpoint(directory.path, {}).load());
    expect([error.code, error.message.includes("EISDIR")]).toEqual(["E_CHECKPOINT", true]);
  });
});

describe("4. a state that does not fit changes nothing", () => {
  it("a part that is not in the file", () => {
    new Checkpoint(file, { model: new TinyNet() }).save();
    const other = new TinyNet();
    const before = Buffer.from(other.first.bytes());
    const optimizer = new torch.optim.SGD(other.parameters(), { lr: 1 });
    const error = errorOf(() => new Checkpoint(file, { model: other, optimizer }).load());
    expect(error.message).toContain("expected optimizer in");
    expect(error.message).toContain("got only model");
    expect(before.equals(Buffer.from(other.first.bytes()))).toBe(true);
  });

  it("a part that refuses: those before it get their state back", () => {
    const parts = (net: TinyNet, lr: number, groups: number): CheckpointParts => ({
      model: net,
      generator: new torch.Generator().manualSeed(lr),
      optimizer: new torch.optim.SGD(groups === 1 ? net.parameters() : net.parameters().map((p) => ({ params: [p] })), {
        lr,
        momentum: 0.9,
      }),
    });
    new Checkpoint(file, parts(new TinyNet(), 1, 1)).save();
    const net = new TinyNet();
    const own = parts(net, 2, 2);
    const before = [
      Buffer.from(net.first.bytes()),
      Buffer.from(net.seen.bytes()),
      (own.generator as torch.Generator).getState().toArray(),
      torch.getRngState().toArray(),
    ];
    const error = errorOf(() => new Checkpoint(file, own).load());
    expect(error.code).toBe("E_CHECKPOINT");
    const after = [
      Buffer.from(net.first.bytes()),
      Buffer.from(net.seen.bytes()),
      (own.generator as torch.Generator).getState().toArray(),
      torch.getRngState().toArray(),
    ];
    expect(after).toEqual(before);
  });

  it("a part of one's own that throws is named", () => {
    const part = {
      stateDict: () => ({ a: 1 }),
      loadStateDict: (state: unknown) => {
        if ((state as { a: number }).a === 1) throw new RangeError("a is too small");
      },
    };
    new Checkpoint(file, { part }).save();
    const wrong = { ...part, stateDict: () => ({ a: 2 }) };
    const error = errorOf(() => new Checkpoint(file, { part: wrong }).load());
    expect(error.message).toMatch(/expected the state of part in .* to fit, got: a is too small/);
    expect(error.cause).toBeInstanceOf(RangeError);
  });

  it("names and parts are checked when the checkpoint is made", () => {
    const part = { stateDict: () => ({}), loadStateDict: () => {} };
    expect(errorOf(() => new Checkpoint(file, { generators: part })).code).toBe("E_ARG");
    expect(errorOf(() => new Checkpoint(file, { "a.b": part })).code).toBe("E_ARG");
    expect(errorOf(() => new Checkpoint(file, { model: {} as never })).message).toContain(
      "stateDict() and loadStateDict()",
    );
    expect(errorOf(() => new Checkpoint("", {})).code).toBe("E_ARG");
  });
});

describe("5. an earlier checkpoint survives every failure to write", () => {
  /** A checkpoint of about `kilobytes`, whose state is one number. */
  function numbered(place: string, kilobytes: number) {
    let version = 0;
    const part = {
      stateDict: () => ({ values: torch.full([256 * kilobytes], version) }),
      loadStateDict: (state: unknown) => {
        version = (state as { values: torch.Tensor }).values.index(0).itemNumber();
      },
    };
    const checkpoint = new Checkpoint(place, { part });
    return {
      save: (n: number) => {
        version = n;
        checkpoint.save({ n });
      },
      load: () => checkpoint.load<{ n: number }>().n,
      checkpoint,
    };
  }

  it("a full disk", () => {
    // A real one where mounting is allowed, else the system call is made to fail as on one.
    using disk = tinyDisk(256);
    const { save, load } = numbered(path.join(disk?.path ?? directory.path, "run.safetensors"), 128);
    save(1);
    if (disk === undefined) {
      const write = fs.writeSync;
      let left = 100_000;
      const full = (fd: number, data: NodeJS.ArrayBufferView, offset: number, length: number, at: number | null) => {
        if (left === 0)
          throw Object.assign(new Error("ENOSPC: no space left on device, write"), {
            code: "ENOSPC",
            syscall: "write",
          });
        const count = Math.min(length, left);
        left -= count;
        return write(fd, data, offset, count, at);
      };
      vi.spyOn(fs, "writeSync").mockImplementation(full as typeof fs.writeSync);
    }
    const error = errorOf(() => save(2));
    expect(error.code).toBe("E_CHECKPOINT");
    expect(error.message).toMatch(
      /^\[Checkpoint\] expected to write .*, got ENOSPC .*\n {2}help: free some space.*; an earlier checkpoint of that name is as it was$/,
    );
    expect(load()).toBe(1);
    expect(fs.readdirSync(disk?.path ?? directory.path)).toEqual(["run.safetensors"]);
  });

  it("a place that cannot be written, found out before training when asked", () => {
    fs.writeFileSync(path.join(directory.path, "notes"), "");
    for (const place of [
      path.join(directory.path, "notes", "run"),
      "/proc/no-such-place/run",
      directory.path,
      "/dev/null",
    ]) {
      const { save, checkpoint } = numbered(place, 1);
      expect(errorOf(() => checkpoint.checkWritable()).code, place).toBe("E_CHECKPOINT");
      expect(errorOf(() => save(1)).code, place).toBe("E_CHECKPOINT");
    }
    const { save, load, checkpoint } = numbered(path.join(directory.path, "new", "run"), 1);
    checkpoint.checkWritable();
    expect(fs.readdirSync(path.join(directory.path, "new"))).toEqual([]);
    save(4);
    checkpoint.checkWritable();
    expect(load()).toBe(4);
  });

  it("a part that cannot be saved, or throws", () => {
    const { save, load } = numbered(file, 1);
    save(1);
    const bad = { stateDict: () => ({ nested: { fn: () => 1 } }), loadStateDict: () => {} };
    expect(errorOf(() => new Checkpoint(file, { bad }).save()).message).toContain("got a function at bad.nested.fn");
    const perturbed = {
      stateDict: () => {
        throw new torch.TorchError("E_STATE", "[SAM] expected secondStep() before stateDict()");
      },
      loadStateDict: () => {},
    };
    expect(errorOf(() => new Checkpoint(file, { perturbed }).save()).code).toBe("E_STATE");
    expect(load()).toBe(1);
  });

  it("a kill in the middle, at any time", { timeout: 60_000 }, async () => {
    for (let round = 0; round < 3; round++) {
      const { child, ended, printed } = start(script("save-forever.ts"), file);
      await printed("started");
      await new Promise((resolve) => setTimeout(resolve, 3 + 11 * round));
      child.kill("SIGKILL");
      await ended;
      const seen: { version: number; values: torch.Tensor }[] = [];
      const part = { stateDict: () => ({}), loadStateDict: (state: unknown) => seen.push(state as (typeof seen)[0]) };
      const { version } = new Checkpoint(file, { part }).load<{ version: number }>();
      expect(version).toBeGreaterThanOrEqual(3);
      expect(seen[0]!.values.eq(version).all().item()).toBe(true);
    }
    new Checkpoint(file, {}).save();
    expect(fs.readdirSync(directory.path)).toEqual(["run.safetensors"]);
  });
});
