import { defineConfig } from "vitest/config";

/** The HTTP side under generated requests: needs Python, and PyPI the first time. */
export default defineConfig({
  test: {
    include: ["test/fuzz/**/*.test.ts"],
    pool: "forks",
    hookTimeout: 300_000,
    testTimeout: 600_000,
    env: { POWERTOOLS_LOG_LEVEL: "SILENT", POWERTOOLS_METRICS_DISABLED: "true" },
  },
});
