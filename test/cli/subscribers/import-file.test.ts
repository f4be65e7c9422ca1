import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importFile } from "../../../cli/subscribers/import/import-file.ts";
import type { ImportRow } from "../../../core/import/import-row.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "stepletter-import-file-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const offer = { lists: ["digest"], tags: [], consent: "They ticked the box.", name: "any" };
const now = "2027-03-01T12:00:00.000Z";
const quiet = () => ({ update: () => {}, end: () => {} });
/** A service that keeps addresses, once each. */
function serviceOf(addresses: Set<string>, beforeEach: () => void = () => {}) {
  return async (rows: ImportRow[]) => {
    beforeEach();
    return rows.map(({ address }) => {
      const kind = addresses.has(address.toLowerCase()) ? ("known" as const) : ("new" as const);
      addresses.add(address.toLowerCase());
      return { kind };
    });
  };
}
const sumOf = (kinds: Record<string, number>) => Object.values(kinds).reduce((sum, count) => sum + count, 0);

describe("a file", () => {
  it("of any text is accounted for row by row", async () => {
    const file = join(directory, "any.csv");
    const part = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom("\n", "\n", ",", '"', "ada@example.com", "bob@example.com", "left"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 60 }), async (parts) => {
        await writeFile(file, `email,name,status\n${parts.join("")}`);
        const addresses = new Set<string>();
        const send = serviceOf(addresses);
        const { tally, report } = await importFile({
          file,
          offer,
          dryRun: false,
          now,
          send,
          progress: quiet,
        });
        const { kinds } = tally;
        expect(sumOf(kinds)).toBe(tally.rows);
        expect(kinds.new ?? 0).toBe(addresses.size);
        // Those that are not in stand in the report, each with a line of its own.
        const told = (await readFile(report, "utf8")).match(/^\d+,(?:unsubscribed|invalid),.+\r$/gm) ?? [];
        expect(told).toHaveLength((kinds.unsubscribed ?? 0) + (kinds.invalid ?? 0));
      }),
      { numRuns: 100 },
    );
  });

  it("that is stopped anywhere, however often, is gone through once", async () => {
    const file = join(directory, "stopped.csv");
    const lines = Array.from({ length: 1_500 }, (_, index) =>
      index % 100 === 13 ? "nobody,No" : `p${index}@example.com,P`,
    );
    await writeFile(file, ["email,name", ...lines].join("\n"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 8 }), async (stops) => {
        const addresses = new Set<string>();
        for (const calls of [...stops, Number.POSITIVE_INFINITY]) {
          let left = calls;
          const send = serviceOf(addresses, () => {
            if (left-- <= 0) throw new Error("stopped");
          });
          const run = importFile({ file, offer, dryRun: false, now, send, progress: quiet });
          if (calls !== Number.POSITIVE_INFINITY && (await run.catch(() => undefined)) === undefined)
            continue;
          const { tally, report } = await run;
          expect(tally.rows).toBe(1_500);
          expect((tally.kinds.new ?? 0) + (tally.kinds.known ?? 0)).toBe(1_485);
          expect(tally.kinds.invalid).toBe(15);
          const told = (await readFile(report, "utf8")).trim().split("\r\n").slice(1);
          expect(told.map((row) => Number(row.split(",")[0]))).toEqual(
            lines.flatMap((line, index) => (line.startsWith("nobody") ? [index + 2] : [])),
          );
          expect(existsSync(`${file}.import.json`)).toBe(false);
          break;
        }
        expect(addresses.size).toBe(1_485);
      }),
      { numRuns: 25 },
    );
  });
});
