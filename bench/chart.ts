import { type Row, ratio } from "./table.js";

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** A bar per case: how much faster than the fastest peer. The line is 1. */
export function chart(rows: readonly Row[], title: string): string {
  const height = 28;
  const left = 300;
  const width = 460;
  const top = 44;
  const most = Math.max(1.2, ...rows.map(ratio)) * 1.08;
  const bars = rows.map((row, i) => {
    const value = ratio(row);
    const y = top + i * height;
    return `<text x="${left - 8}" y="${y + 17}" text-anchor="end">${escaped(row.case)}</text>
<rect x="${left}" y="${y + 4}" width="${((value / most) * width).toFixed(1)}" height="${height - 10}" rx="2" fill="${value >= 1 ? "#2f7d5b" : "#b5543c"}"/>
<text x="${(left + (value / most) * width + 6).toFixed(1)}" y="${y + 17}">${value.toFixed(2)}x</text>`;
  });
  const one = left + width / most;
  const bottom = top + rows.length * height;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 80}" height="${bottom + 16}" font-family="system-ui, sans-serif" font-size="13">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="16" y="24" font-weight="600">${escaped(title)}</text>
${bars.join("\n")}
<line x1="${one.toFixed(1)}" y1="${top - 6}" x2="${one.toFixed(1)}" y2="${bottom}" stroke="#444" stroke-dasharray="3 3"/>
</svg>
`;
}
