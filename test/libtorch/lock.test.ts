import { spawnSync } from "node:child_process";
import { existsSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { withLock } from "../../lib/libtorch/lock.js";
import { packageRoot } from "../../lib/libtorch/package-root.js";
import { temporary, write } from "./fixtures.js";

const source = pathToFileURL(join(packageRoot, "lib", "libtorch", "lock.ts")).href;

test("one after the other", async () => {
  const path = join(temporary(), "lock");
  const order: string[] = [];
  let waited = "";
  const first = withLock(path, async () => {
    order.push("first in");
    await sleep(300);
    order.push("first out");
  });
  const second = withLock(path, async () => void order.push("second"), { onWait: (holder) => (waited = holder) });
  await Promise.all([first, second]);
  expect(order).toEqual(["first in", "first out", "second"]);
  expect(waited).toBe(`process ${process.pid} on ${hostname()}`);
  expect(existsSync(path)).toBe(false);
});

test("given back when the work fails", async () => {
  const path = join(temporary(), "lock");
  await expect(withLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(existsSync(path)).toBe(false);
});

test("of a process that has died is taken over at once, without a word of waiting", async () => {
  const path = join(temporary(), "lock");
  const program = `import { withLock } from ${JSON.stringify(source)};
    await withLock(${JSON.stringify(path)}, async () => process.kill(process.pid, "SIGKILL"));`;
  expect(spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program]).signal).toBe("SIGKILL");
  expect(existsSync(path)).toBe(true);
  let waited = "";
  const started = Date.now();
  expect(await withLock(path, async () => "mine", { onWait: (holder) => (waited = holder) })).toBe("mine");
  expect({ waited, soon: Date.now() - started < 10_000 }).toEqual({ waited: "", soon: true });
});

test.runIf(process.platform === "linux")(
  "of another container on a host of the same name is alive by its own count (on Linux)",
  async () => {
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const path = write(join(temporary(), "lock"), `${dead} ${hostname()} pid:[1]`);
    await expect(withLock(path, async () => "mine", { signal: AbortSignal.timeout(500) })).rejects.toThrow();
    expect(existsSync(path)).toBe(true);
  },
);

test("of another machine is taken over when it has been silent for long", async () => {
  const path = write(join(temporary(), "lock"), "1 elsewhere");
  const ago = new Date(Date.now() - 120_000);
  utimesSync(path, ago, ago);
  expect(await withLock(path, async () => "mine")).toBe("mine");
});

test("of another machine that is alive is respected, and waiting can be interrupted", async () => {
  const path = write(join(temporary(), "lock"), "1 elsewhere");
  const signal = AbortSignal.timeout(500);
  await expect(withLock(path, async () => "mine", { signal })).rejects.toThrow();
  expect(existsSync(path)).toBe(true);
});

test("twenty at once lose nothing", async () => {
  const path = join(temporary(), "lock");
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await sleep(1);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => withLock(path, work)));
  expect(most).toBe(1);
});
