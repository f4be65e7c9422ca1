import { defineConfig } from "vitest/config";

/** The reader of feeds beside two others, on their documents: needs Python and Go, and their registries the first time. */
export default defineConfig({
  test: {
    include: ["test/corpus/**/*.test.ts"],
    pool: "forks",
    hookTimeout: 900_000,
    disableConsoleIntercept: true,
  },
});
