let frozen = 0;

/**
 * Runs `fn` with every running statistic (batch norm's mean, variance and batch count) left as it is: layers normalise with
 * the batch, but record nothing. SAM's second pass runs so; nothing in the modules is touched.
 */
export function freezeRunningStatistics<T>(fn: () => T): T {
  frozen++;
  try {
    return fn();
  } finally {
    frozen--;
  }
}

/** Asked by layers that keep running statistics. */
export const runningStatisticsFrozen = (): boolean => frozen > 0;
