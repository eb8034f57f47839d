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
    // Two files at once: each has LibTorch's threads besides.
    maxWorkers: 2,
  },
});
