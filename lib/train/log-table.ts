import { formatExponential, formatFixed } from "../print-number.js";
import { formatDuration } from "./format-duration.js";

/** What one row of the log shows; what is `undefined` stays blank. */
export interface LogRow {
  readonly epoch: number;
  readonly learningRate: number | undefined;
  /** Seconds since the epoch began. */
  readonly elapsed: number;
  readonly train: LogMetrics;
  readonly valid: LogMetrics | undefined;
  /** Highest validation accuracy so far, and whether this row reached it. */
  readonly best: { readonly value: number; readonly epoch: number } | undefined;
  readonly isBest: boolean;
}

export interface LogMetrics {
  readonly loss: number;
  /** From 0 to 1. */
  readonly accuracy: number | undefined;
}

/** Between two double bars: two cells of 14 and a line. */
const PAIR = 29;
const CELL = 14;
/** Characters of every line of the table; a terminal with fewer columns gets plain lines. */
export const TABLE_WIDTH = 2 + CELL + 3 * (PAIR + 1);
/** Cells of the loading bar that take the place of the last pair. */
export const BAR_LENGTH = PAIR - 2;

function title(text: string): string {
  const letters = `╸${[...text].join("╺╸")}╺`;
  const side = (PAIR - letters.length) / 2;
  return "━".repeat(Math.floor(side)) + letters + "━".repeat(Math.ceil(side));
}

const cell = (text: string) => `${text.padStart(CELL - 2)}  `;
const pair = (left: string, right: string) => `${cell(left)}│${cell(right)}`;

/** The first four lines. */
export function tableHeader(): string {
  const blank = " ".repeat(CELL);
  const line = "─".repeat(CELL);
  return [
    `┏${"━".repeat(CELL)}┳${["TRAIN", "STATS", "VALID"].map(title).join("┳")}┓`,
    `┃${blank}┃${Array(3).fill(`${blank}╷${blank}`).join("┃")}┃`,
    `┃${cell("epoch")}┃${pair("loss", "accuracy")}┃${pair("l.r.", "elapsed")}┃${pair("loss", "accuracy")}┃`,
    `┠${line}╂${Array(3).fill(`${line}┼${line}`).join("╂")}┨`,
  ].join("\n");
}

/** The last line. */
export function tableFooter(): string {
  const line = "━".repeat(CELL);
  return `┗${line}┻${Array(3).fill(`${line}┷${line}`).join("┻")}┛`;
}

const loss = (metrics: LogMetrics) => formatFixed(metrics.loss, 4);
const percent = (share: number | undefined) => (share === undefined ? "" : `${formatFixed(100 * share, 2)} %`);
const rate = (value: number | undefined) => (value === undefined ? "" : formatExponential(value, 3));
const duration = (seconds: number) => `${formatDuration(seconds)}${seconds < 3600 ? " min" : ""}`;

/** A row up to the bar before the last pair. */
function rowStart(row: LogRow): string {
  const { epoch, train, learningRate, elapsed } = row;
  return `┃${cell(String(epoch))}┃${pair(loss(train), percent(train.accuracy))}┃${pair(rate(learningRate), duration(elapsed))}`;
}

/** A row while the epoch runs: the loading bar stands where the validation results will be. */
export function liveRow(row: LogRow, bar: string): string {
  return rowStart(row) + bar;
}

/** A finished row. A new best accuracy has a star, green where colours are wanted. */
export function tableRow(row: LogRow, color: boolean): string {
  const { valid, isBest } = row;
  if (valid === undefined) return `${rowStart(row)}┃${pair("", "")}┃`;
  const accuracy = `${percent(valid.accuracy).padStart(CELL - 2)} ${isBest ? "*" : " "}`;
  return `${rowStart(row)}┃${cell(loss(valid))}│${isBest && color ? `\x1b[32m${accuracy}\x1b[39m` : accuracy}┃`;
}

/** A row as one line of text for files, pipes and narrow terminals; without validation results, the epoch up to now. */
export function plainLine(row: LogRow): string {
  const { epoch, train, valid, best } = row;
  const metrics = (name: string, { loss: value, accuracy }: LogMetrics) =>
    `${name} loss ${formatFixed(value, 4)}${accuracy === undefined ? "" : ` accuracy ${percent(accuracy)}`}`;
  const parts = [`epoch ${String(epoch).padStart(3)}`, metrics("train", train)];
  if (row.learningRate !== undefined) parts.push(`lr ${rate(row.learningRate)}`);
  parts.push(`elapsed ${duration(row.elapsed)}`);
  if (valid !== undefined) parts.push(metrics("valid", valid));
  if (valid !== undefined && best !== undefined) parts.push(`best ${percent(best.value)} (epoch ${best.epoch})`);
  return parts.join(" | ");
}
