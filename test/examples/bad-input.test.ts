import fs from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { cuda } from "../../lib/index.js";
import { readCheckpointFile } from "../../lib/train/checkpoint-file.js";
import { fakeLibTorch, temporary, write } from "../libtorch/fixtures.js";
import { type RunOptions, runTrain } from "./run-train.js";

const TIMEOUT = { timeout: 240_000 };

/** Runs into one error that begins so: a line, perhaps details and help below it, and no stack. Its code is 1 unless told. */
async function refuses(args: string, message: string, { code = 1, ...options }: RunOptions & { code?: number } = {}) {
  const run = await runTrain(args, options);
  const [first = "", ...more] = run.stderr.trimEnd().split("\n");
  expect(first.slice(0, message.length), run.stderr).toBe(message);
  expect(more.filter((line) => !line.startsWith("  ") || /^\s+at /.test(line))).toEqual([]);
  expect(run.code).toBe(code);
  return run;
}

describe("the command line", TIMEOUT, () => {
  it.each([
    ["--bathc-size 3", "expected a known option, got --bathc-size\n  help: did you mean --batch-size?"],
    ["--rho -0.1", 'expected --rho to be a number >= 0, got "-0.1"\n'],
    ["--batch_size 0", 'expected --batch_size to be an integer >= 1, got "0"\n'],
  ])("%s", async (args, message) => {
    const [first, help] = message.split("\n");
    const { stdout, stderr } = await refuses(args, `[npm run train --] ${first}`, { code: 2 });
    expect(stdout).toBe("");
    expect(stderr).toContain(help);
  });

  it("a depth that is none", async () => {
    const { stderr } = await refuses("--depth 17", "[WideResNet] expected a depth of 6 n + 4, got 17");
    expect(stderr).toContain("help: 10, 16, 22, 28, 34 and 40 are such depths");
  });

  it("a device that is none", async () => {
    await refuses("--device gpu", '[to] expected a device such as "cpu" or "cuda:0", got "gpu"');
  });

  it.skipIf(cuda.isAvailable())("--device cuda where there is none (left out where there is one)", async () => {
    const { stderr } = await refuses("--device cuda", "[to] ");
    expect(stderr).toMatch(/cuda/i);
    expect(stderr).toMatch(/\n {2}help: .*sam-torch doctor/);
  });
});

describe("LibTorch", TIMEOUT, () => {
  it("missing", async () => {
    const env = { SAM_TORCH_LIBTORCH: temporary() };
    const { stderr } = await refuses(
      "",
      `[load] expected a LibTorch in SAM_TORCH_LIBTORCH, got ${env.SAM_TORCH_LIBTORCH}`,
      { env },
    );
    expect(stderr).toContain("npm run setup");
  });

  it("of a version that is too old", async () => {
    const env = { SAM_TORCH_LIBTORCH: fakeLibTorch(join(temporary(), "libtorch"), { version: "2.9.1+cpu" }) };
    const { stderr } = await refuses("", "[load] expected a LibTorch in SAM_TORCH_LIBTORCH", { env });
    expect(stderr).toContain("2.9.1");
  });

  it("whose libraries are none", async () => {
    const env = { SAM_TORCH_LIBTORCH: fakeLibTorch(join(temporary(), "libtorch")) };
    await refuses("", `[load] expected LibTorch 2.13.0 in ${env.SAM_TORCH_LIBTORCH} to load, got: `, { env });
  });
});

describe("places that cannot be written", TIMEOUT, () => {
  it("a checkpoint or a log below a file, a checkpoint that is a directory or a device", async () => {
    const directory = temporary();
    const below = join(write(join(directory, "notes")), "run");
    await refuses(`--checkpoint ${below}`, `[Checkpoint] expected to write ${below}, got ENOTDIR`);
    await refuses(`--log ${below}`, `[JsonLines] expected to write ${below}, got ENOTDIR`);
    await refuses(`--checkpoint ${directory}`, `[Checkpoint] expected a regular file, got ${directory}`);
    await refuses("--checkpoint /dev/full", "[Checkpoint] expected a regular file, got /dev/full");
  });

  it.skipIf(!fs.existsSync("/dev/full"))(
    "a log on a full disk: training ends, and the code tells (left out without /dev/full)",
    async () => {
      const { stdout, stderr } = await refuses(
        "--log /dev/full --epochs 2",
        "[JsonLines] expected to write /dev/full, got ENOSPC",
      );
      expect(stderr.match(/ENOSPC/g)).toHaveLength(1);
      expect(stdout).toMatch(/^epoch {3}1 .*valid loss/m);
    },
  );

  it.skipIf(process.platform === "win32")(
    "a checkpoint that does not fit: the earlier one stays (left out on Windows, which has no ulimit)",
    async () => {
      const file = join(temporary(), "run");
      const args = `--checkpoint ${file} --limit 16 --epochs 2`;
      expect((await runTrain(`${args} --max-steps 1`)).code).toBe(0);
      const before = fs.readFileSync(file);
      const fileSizeLimit = Math.floor(before.byteLength / 2048);
      const message = `[Checkpoint] expected to write ${file}, got EFBIG`;
      const { stderr } = await refuses(`${args} --resume`, message, { fileSizeLimit });
      expect(stderr).toMatch(/\n {2}help: .*an earlier checkpoint of that name is as it was\n$/);
      expect(fs.readFileSync(file).equals(before)).toBe(true);
      expect(fs.readdirSync(join(file, ".."))).toEqual(["run"]);
    },
  );
});

describe("checkpoints", TIMEOUT, () => {
  it("damaged, truncated, of another net: refused, and not touched", async () => {
    const file = join(temporary(), "run");
    expect((await runTrain(`--checkpoint ${file} --limit 16`)).code).toBe(0);
    const whole = fs.readFileSync(file);
    const args = `--checkpoint ${file} --limit 16 --epochs 2 --resume`;

    const flipped = Buffer.from(whole);
    flipped[whole.length - 1000]! ^= 4;
    fs.writeFileSync(file, flipped);
    await refuses(args, `[Checkpoint] expected the bytes of ${file} as they were written, got others`);
    expect(fs.readFileSync(file).equals(flipped)).toBe(true);

    fs.truncateSync(file, 100_000);
    await refuses(args, `[Checkpoint] expected a whole checkpoint in ${file}`);
    expect(fs.statSync(file).size).toBe(100_000);

    fs.writeFileSync(file, whole);
    const { stderr } = await refuses(
      `${args} --width-factor 2`,
      `[Checkpoint] expected the state of model in ${file} to fit, got: `,
    );
    expect(stderr.split("\n").length).toBeLessThan(9);
    await refuses(
      `${args} --optimizer sgd --depth 16`,
      `[Checkpoint] expected the state of model in ${file} to fit, got: `,
    );
    expect(fs.readFileSync(file).equals(whole)).toBe(true);
    expect(readCheckpointFile(file)).toMatchObject({ progress: { epoch: 1, step: 1, trained: false } });
  });
});

describe("data", TIMEOUT, () => {
  const RECORD = 1 + 3 * 32 * 32;

  /** CIFAR-10's six files with 20 black images each. */
  function cifar10(): string {
    const directory = join(temporary(), "cifar-10-batches-bin");
    const records = Buffer.alloc(20 * RECORD);
    for (let i = 0; i < 20; i++) records[i * RECORD] = i % 10;
    for (const name of ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"]) {
      write(join(directory, `${name}.bin`), records);
    }
    return directory;
  }

  it("files that are whole train", async () => {
    const run = await runTrain(`--data ${cifar10()}`);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/96 \+ 20 images/);
  });

  it("a file cut off, a label that is no class, a file missing", async () => {
    const directory = cifar10();
    const file = join(directory, "data_batch_3.bin");
    const bytes = fs.readFileSync(file);
    const message = "[Cifar10] expected CIFAR-10's binary version, got ";

    fs.truncateSync(file, 7 * RECORD + 100);
    await refuses(`--data ${directory}`, `${message}${file}: ${7 * RECORD + 100} bytes, not a whole number of records`);
    bytes[4 * RECORD] = 77;
    fs.writeFileSync(file, bytes);
    await refuses(`--data ${directory}`, `${message}${file}: label 77 in record 4`);
    fs.rmSync(file);
    await refuses(`--data ${directory}`, `${message}${directory}: data_batch_3.bin missing`);
  });

  it("an archive cut off, and one that is none", async () => {
    const directory = temporary();
    const archive = join(directory, "cifar-10-binary.tar.gz");
    const message = `[Cifar10] expected CIFAR-10's binary version, got ${archive}: `;
    write(archive, gzipSync(Buffer.alloc(100_000, "x")).subarray(0, 80));
    await refuses(`--data ${directory}`, message);
    write(archive, "<html>404 not found</html>");
    await refuses(`--data ${directory}`, message);
    expect(fs.existsSync(archive)).toBe(true);
  });

  it("none, and no way to the network", async () => {
    const directory = join(temporary(), "data");
    // Nobody listens on this port, whatever the network is.
    const env = { https_proxy: "http://127.0.0.1:1", HTTPS_PROXY: "", no_proxy: "", NO_PROXY: "" };
    const { stderr } = await refuses(`--data ${directory}`, "[Cifar10] expected to download https://", { env });
    expect(stderr).toMatch(/ECONNREFUSED.*\n {2}help: .*put it at .*cifar-10-binary\.tar\.gz/);
  });
});
