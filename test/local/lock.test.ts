import { describe, expect, it } from "vitest";
import { DirectoryInUseError, lockDirectory } from "../../local/lock.ts";
import { tempDir } from "./temp-dir.ts";

describe("lock of a data directory", () => {
  it("is for one at a time", async () => {
    const directory = tempDir();
    const release = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUseError);
    await release();
    const releaseAgain = await lockDirectory(directory);
    await releaseAgain();
  });

  it("says what to do", async () => {
    const directory = tempDir();
    const release = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toThrow(/in use by another Stepletter: stop that one/);
    await release();
  });
});
