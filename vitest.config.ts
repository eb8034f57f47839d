import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // A native addon wants a process of its own per file: worker threads would share LibTorch's global state.
    pool: "forks",
    globalSetup: ["test/global-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    // Two files at once, each with one thread per operator: two that spin for each other on two cores make everything ten times slower.
    maxWorkers: 2,
    env: { OMP_NUM_THREADS: "1" },
  },
});
