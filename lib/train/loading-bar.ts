/** How full the cell at the tip of the bar is: empty, and a quarter more each. */
const TIPS = ["┈", "░", "▒", "▓"] as const;
const QUARTERS = TIPS.length;

/**
 * A bar of `length` cells that fills in quarters of a cell, in a frame that joins the log's table.
 *
 * @example
 * new LoadingBar(4).render(0.6); // ┠┈██▒┈┈┨
 */
export class LoadingBar {
  /** Characters of what {@link render} gives: the cells, and two at either end. */
  readonly width: number;

  constructor(readonly length = 40) {
    this.width = length + 4;
  }

  /** @param progress from 0 to 1; what lies outside counts as the nearer end */
  render(progress: number): string {
    const share = Number.isNaN(progress) ? 0 : Math.min(1, Math.max(0, progress));
    const quarters = Math.floor(share * this.length * QUARTERS + 0.5);
    const full = Math.floor(quarters / QUARTERS);
    const tip = full < this.length ? TIPS[quarters % QUARTERS] : "";
    return `┠┈${"█".repeat(full)}${tip}${"┈".repeat(Math.max(0, this.length - 1 - full))}┈┨`;
  }
}
