import type { TextStream } from "../../lib/train/quiet-stream.js";

/** A stream that keeps what is written, and a screen that shows it as a terminal would. */
export class Terminal implements TextStream {
  readonly isTTY: boolean;
  columns: number;
  raw = "";

  constructor({ isTTY = true, columns = 120 } = {}) {
    this.isTTY = isTTY;
    this.columns = columns;
  }

  write(text: string): void {
    this.raw += text;
  }

  /** Lines as they stand after every carriage return and erasure; colours as <green> </green>. */
  get lines(): string[] {
    return this.raw.split("\n").map((line) => {
      let shown: string[] = [];
      let column = 0;
      let before = "";
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal obeys
      for (const part of line.match(/\r|\x1b\[K|\x1b\[32m|\x1b\[39m|[^\r\x1b]/gu) ?? []) {
        if (part === "\r") column = 0;
        else if (part === "\x1b[K") shown = shown.slice(0, column);
        else if (part === "\x1b[32m") before = "<green>";
        else if (part === "\x1b[39m") shown[column - 1] += "</green>";
        else {
          shown[column++] = before + part;
          before = "";
        }
      }
      return shown.join("");
    });
  }
}

/** A clock that stands still until it is told to go. */
export class Clock {
  milliseconds = 0;
  readonly now = () => this.milliseconds;
  wait(seconds: number): void {
    this.milliseconds += 1000 * seconds;
  }
}
