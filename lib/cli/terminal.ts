import type { Report } from "../libtorch/report.js";

/** Where text goes; `process.stdout` fits. */
export type Output = { write(text: string): unknown; readonly isTTY?: boolean };

/** Prints lines, and progress in place on a terminal; elsewhere now and then a line. */
export function terminalReport(output: Output, now: () => number = Date.now): Report & { end(): void } {
  let open = false;
  let label = "";
  let started = 0;
  let shown = -1;
  const close = () => {
    if (open) output.write("\n");
    open = false;
  };
  return {
    line(text) {
      close();
      label = "";
      output.write(`${text}\n`);
    },
    progress(what, done, total) {
      if (what !== label) {
        close();
        label = what;
        started = now();
        shown = -1;
      }
      // In a log only what takes a while is worth lines: quarters of more than 50 MB, or every 200 MB of an unknown whole.
      const steps = output.isTTY ? 100 : (total ?? 0) > 50e6 ? 4 : 1;
      const part = total ? Math.floor((done / total) * steps) : Math.floor(done / (output.isTTY ? 1e6 : 2e8));
      if (part === shown) return;
      shown = part;
      const seconds = (now() - started) / 1000;
      const speed = seconds > 0.5 ? `, ${(done / 1e6 / seconds).toFixed(0)} MB/s` : "";
      const text = total
        ? `  ${what} ${Math.floor((done / total) * 100)} % (${(done / 1e6).toFixed(0)} of ${(total / 1e6).toFixed(0)} MB${speed})`
        : `  ${what} ${(done / 1e6).toFixed(0)} MB${speed}`;
      if (output.isTTY) output.write(`\r${text}\u001b[K`);
      else if (part > 0) output.write(`${text}\n`);
      open = output.isTTY === true;
    },
    end: close,
  };
}
