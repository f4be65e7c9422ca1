import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["browser", "corpus", "deploy", "e2e", "fuzz", "sst"].map((slow) => `test/${slow}/**`),
    pool: "forks",
    // Files share their worker's modules: the SDK is loaded once, not a hundred times.
    isolate: false,
    // Half of the time is waiting for servers on loopback.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    env: { POWERTOOLS_LOG_LEVEL: "SILENT", POWERTOOLS_METRICS_DISABLED: "true" },
  },
});
