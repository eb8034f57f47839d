/** Option of every scheduler. */
export interface LastEpoch {
  /** -1 to start; otherwise the schedule goes on after that epoch. Default -1. */
  lastEpoch?: number;
}
