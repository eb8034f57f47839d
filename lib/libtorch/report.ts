/** How long work tells what it is doing; the command line prints it, a test keeps it. */
export type Report = {
  /** One line that stays. */
  line(text: string): void;
  /** How far the present step is, in bytes; called often. */
  progress(label: string, done: number, total?: number): void;
};

/** Says nothing. */
export const silent: Report = { line: () => {}, progress: () => {} };
