import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Line } from "../../../cli/csv/read-lines.ts";
import { type CsvRecord, delimiterOf, readRecords } from "../../../cli/csv/read-records.ts";
import { plainCell, writeRecord } from "../../../cli/csv/write-record.ts";
import { collect } from "../../helpers/collect.ts";

async function* linesOf(text: string): AsyncGenerator<Line> {
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) yield { number: index + 1, text: line };
}
async function recordsIn(text: string, width?: number): Promise<CsvRecord[]> {
  const wrong = (cells: string[]) =>
    width !== undefined && cells.length !== width ? `${cells.length} columns` : undefined;
  return collect(readRecords(linesOf(text), ",", wrong));
}

describe("records of a table", () => {
  it("are read by RFC 4180, with the line on which each begins", async () => {
    expect(await recordsIn('a,"b, ""c""\nd",e\r\n\r\nf,,"g"\n')).toEqual([
      { line: 1, cells: ["a", 'b, "c"\nd', "e"] },
      { line: 4, cells: ["f", "", "g"] },
    ]);
  });

  it.each([
    [
      "never closed",
      'a,"b\nc,d\ne,f',
      [1],
      [
        ["c", "d"],
        ["e", "f"],
      ],
    ],
    [
      "closed by a row that has one of its own",
      'a,"b\nc,"d"\ne,f',
      [1],
      [
        ["c", "d"],
        ["e", "f"],
      ],
    ],
    [
      "closed by two rows later",
      'a,"b\nc,d\n"e","f"',
      [1],
      [
        ["c", "d"],
        ["e", "f"],
      ],
    ],
    ["in the middle of a word", 'a,b"c"d\ne,f', [1], [["e", "f"]]],
    ["behind a closed one", '"a"b,c\ne,f', [1], [["e", "f"]]],
    ["with a column too many", "a,b,c\ne,f", [1], [["e", "f"]]],
    ["with a column too few", "a\ne,f", [1], [["e", "f"]]],
  ])("costs one line alone: a quote %s", async (_, text, bad, good) => {
    const records = await recordsIn(text, 2);
    expect(records.flatMap((record) => ("reason" in record ? [record.line] : []))).toEqual(bad);
    expect(records.flatMap((record) => ("cells" in record ? [record.cells] : []))).toEqual(good);
  });

  it("never crash, and account for every line that has something on it", async () => {
    const cell = fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom('"', ",", "\n", '""', "\r"),
    );
    const text = fc.array(cell, { maxLength: 30 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(text, async (any) => {
        const records = await recordsIn(any, 2);
        const filled = any.split(/\r\n|\n|\r/).flatMap((line, index) => (line.trim() ? [index + 1] : []));
        const numbers = records.map(({ line }) => line);
        expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
        // A line without a record of its own is in the one before.
        for (const number of filled)
          if (!numbers.includes(number)) {
            const before = records.findLast(({ line }) => line < number);
            expect(before && "cells" in before).toBe(true);
          }
      }),
      { numRuns: 300 },
    );
  });

  it("come back as they were written, formulas and all", async () => {
    // A cell is trimmed where it is read as a person's; here, where it is not quoted.
    const cell = fc
      .string({ unit: "binary", maxLength: 12 })
      .filter((text) => text.trim() === text && !/\r/.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 5 }),
        async (rows) => {
          const records = await recordsIn(rows.map(writeRecord).join(""), 2);
          const read = records.map((record) =>
            "cells" in record ? record.cells.map(plainCell) : record.reason,
          );
          expect(read).toEqual(rows.filter((row) => row.some((text) => text !== "") || row.length > 1));
        },
      ),
    );
  });

  it("have the sign between cells that stands in the first line most often", () => {
    expect(["a;b;c", "a\tb", "a|b|c", '"a;b;c;d",e', "a"].map(delimiterOf)).toEqual([
      ";",
      "\t",
      "|",
      ",",
      ",",
    ]);
  });
});
