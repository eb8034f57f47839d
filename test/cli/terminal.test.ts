import { expect, test } from "vitest";
import { terminalReport } from "../../lib/cli/terminal.js";

function output(isTTY: boolean) {
  let text = "";
  let clock = 0;
  const write = (more: string) => {
    text += more;
  };
  const tick = () => {
    clock += 1_000;
    return clock;
  };
  const report = terminalReport({ isTTY, write }, tick);
  return { report, text: () => text };
}

test("on a terminal one line is written over, and ended before the next one", () => {
  const { report, text } = output(true);
  report.progress("downloading", 50e6, 200e6);
  report.progress("downloading", 100e6, 200e6);
  report.line("done");
  expect(text()).toBe(
    "\r  downloading 25 % (50 of 200 MB, 50 MB/s)\u001b[K\r  downloading 50 % (100 of 200 MB, 50 MB/s)\u001b[K\ndone\n",
  );
});

test("elsewhere a line per quarter, and one for what is small", () => {
  const { report, text } = output(false);
  for (let percent = 0; percent <= 100; percent++) report.progress("unpacking", percent * 1e6, 100e6);
  report.end();
  expect(text().trimEnd().split("\n")).toHaveLength(4);
  expect(text()).toContain("  unpacking 100 % (100 of 100 MB");
  for (let percent = 0; percent <= 100; percent++) report.progress("unpacking more", percent * 1e4, 1e6);
  expect(text().match(/unpacking more/g)).toHaveLength(1);
});

test("without a known whole", () => {
  const { report, text } = output(false);
  for (let megabytes = 0; megabytes <= 450; megabytes += 10) report.progress("downloading", megabytes * 1e6);
  expect(text().match(/downloading 200 MB|downloading 400 MB/g)).toHaveLength(2);
});
