import { defineConfig } from "vitest/config";

/** The suite of the SST rendering; it needs what `sst install` downloads. */
export default defineConfig({
  test: {
    include: ["test/sst/**/*.test.ts"],
    globalSetup: "test/sst/build-program.ts",
    pool: "forks",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
