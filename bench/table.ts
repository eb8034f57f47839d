/** Median and spread (half the range between the quartiles, as a share of the median). */
export interface Timing {
  median: number;
  spread: number;
}

export function timing(samples: readonly number[]): Timing {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const low = Math.floor(place);
    return sorted[low]! + (place - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
  };
  const median = at(0.5);
  return { median, spread: (at(0.75) - at(0.25)) / 2 / median };
}

export interface Row {
  case: string;
  unit: string;
  ours: Timing;
  peers: { name: string; timing: Timing; memory?: number }[];
  memory?: number;
}

/** How much faster than the fastest peer; above 1 is faster. */
export const ratio = (row: Row): number => Math.min(...row.peers.map((p) => p.timing.median)) / row.ours.median;

const shown = ({ median, spread }: Timing) => `${median.toPrecision(4)} ±${(100 * spread).toFixed(1)}%`;

/** The rows as one Markdown table. */
export function markdown(rows: readonly Row[]): string {
  const lines = [
    "| case | unit | ours | peers | fastest peer / ours | peak memory ours / peer |",
    "| --- | --- | --- | --- | --- | --- |",
  ];
  for (const row of rows) {
    const peers = row.peers.map((p) => `${p.name} ${shown(p.timing)}`).join("; ");
    const lean = Math.min(...row.peers.map((p) => p.memory ?? Number.POSITIVE_INFINITY));
    const memory =
      row.memory === undefined || !Number.isFinite(lean) ? "" : `${row.memory.toFixed(0)} / ${lean.toFixed(0)} MB`;
    lines.push(
      `| ${row.case} | ${row.unit} | ${shown(row.ours)} | ${peers} | ${row.peers.length > 0 ? `**${ratio(row).toFixed(2)}**` : ""} | ${memory} |`,
    );
  }
  return lines.join("\n");
}
