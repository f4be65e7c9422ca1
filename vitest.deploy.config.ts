import { defineConfig } from "vitest/config";

/** The stack, deployed onto an emulator of AWS: needs Python, and PyPI the first time. */
export default defineConfig({
  test: {
    include: ["test/deploy/**/*.test.ts"],
    pool: "forks",
    fileParallelism: false,
    // The tests are one story: after a failure the rest says nothing.
    bail: 1,
    hookTimeout: 300_000,
    testTimeout: 300_000,
    teardownTimeout: 20_000,
    disableConsoleIntercept: true,
    env: { POWERTOOLS_LOG_LEVEL: "ERROR", POWERTOOLS_METRICS_DISABLED: "true" },
  },
});
