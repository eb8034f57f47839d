import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { timing } from "./table.js";

/** One JSON line of a peer. */
export interface Line {
  ready?: boolean;
  step_ms?: number;
  loss?: number;
  peak_rss_mb?: number;
  /** On a GPU: of its memory. */
  peak_device_mb?: number;
  ns?: number;
  torch?: string;
  error?: string;
}

/** A process that takes its turns on command: `bench/peers/peer.py` describes the conversation, `bench/serve.ts` is our side of it. */
export class Peer {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterableIterator<string>;
  readonly #reader: Interface;
  #errors = "";

  constructor(
    readonly name: string,
    command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = process.env,
  ) {
    this.#process = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], env });
    this.#process.stderr!.on("data", (chunk) => {
      this.#errors = (this.#errors + String(chunk)).slice(-2000);
    });
    this.#process.on("error", (error) => {
      this.#errors += error.message;
    });
    this.#process.stdin!.on("error", () => {}); // a dead peer shows when its next line is asked for
    this.#reader = createInterface({ input: this.#process.stdout! });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  async #next(): Promise<Line> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`${this.name} ended early: ${this.#errors.trim().split("\n").slice(-3).join(" | ")}`);
      if (!value.startsWith("{")) continue;
      const line = JSON.parse(value) as Line;
      if (line.error !== undefined) throw new Error(`${this.name}: ${line.error}`);
      return line;
    }
  }

  /** Waits until it has warmed up. */
  ready(): Promise<Line> {
    return this.#next();
  }
  /** Milliseconds per step: the median of `count` in a row. */
  async step(count = 1): Promise<number> {
    this.#process.stdin!.write(`step ${count}\n`);
    const times: number[] = [];
    for (let i = 0; i < count; i++) times.push((await this.#next()).step_ms!);
    return timing(times).median;
  }
  /** Nanoseconds per call of one of the small operators of `bench/ops.ts`. */
  async call(name: string, seconds: number): Promise<number> {
    this.#process.stdin!.write(`run ${name} ${seconds}\n`);
    return (await this.#next()).ns!;
  }
  /** Peak memory since the last question, in MB: of the device where there is one, else what is resident. */
  async memory(): Promise<number> {
    this.#process.stdin!.write("memory\n");
    const { peak_device_mb, peak_rss_mb } = await this.#next();
    return peak_device_mb ?? peak_rss_mb!;
  }
  async close(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exit = once(this.#process, "exit");
    this.#process.stdin!.end("quit\n");
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), 5000);
    await exit;
    clearTimeout(timer);
    this.#reader.close();
  }
}
