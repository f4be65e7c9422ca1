import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLines } from "../../../cli/csv/read-lines.ts";
import { scanFile } from "../../../cli/csv/scan-file.ts";
import { collect } from "../../helpers/collect.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "stepletter-csv-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const text = "Email;Name\r\njürgen@example.com;Jürgen Groß\r\nzoe@example.com;Zoë\r\n";
const latin = Buffer.from(text, "latin1");
const little = Buffer.from(text, "utf16le");
const big = Buffer.from(little).swap16();

async function read(bytes: Uint8Array): Promise<{ encoding: string; text: string }> {
  const file = join(directory, "file.csv");
  await writeFile(file, bytes);
  const { encoding } = await scanFile(file);
  const lines = await collect(readLines(file, encoding));
  return { encoding, text: lines.map((line) => line.text).join("\r\n") };
}

describe("a file", () => {
  it.each([
    ["UTF-8", Buffer.from(text), "utf-8"],
    ["UTF-8 with its mark", Buffer.from(`\uFEFF${text}`), "utf-8"],
    [
      "UTF-16 with its mark, little end first",
      Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
      "utf-16le",
    ],
    ["UTF-16 with its mark, big end first", Buffer.concat([Buffer.from([0xfe, 0xff]), big]), "utf-16be"],
    ["UTF-16 without a mark, little end first", little, "utf-16le"],
    ["UTF-16 without a mark, big end first", big, "utf-16be"],
    ["Windows-1252", latin, "windows-1252"],
  ])("in %s is read as it was written", async (_, bytes, encoding) => {
    expect(await read(bytes)).toEqual({ encoding, text });
  });

  it("is Windows-1252 when the first sign that is no UTF-8 comes late, and at the end of a letter cut short", async () => {
    const late = Buffer.concat([Buffer.from("a@example.com\n".repeat(20_000)), Buffer.from([0xfc])]);
    expect(await read(late)).toMatchObject({ encoding: "windows-1252", text: expect.stringMatching(/ü$/) });
    expect(await read(Buffer.from([0x61, 0xc3]))).toMatchObject({ encoding: "windows-1252" });
  });

  it("has letters and line ends across the bounds of what is read at once", async () => {
    // 64 KB at a time: an odd length moves every bound through letter and line end.
    const rows = Array.from({ length: 9_000 }, (_, index) => `zoë-${index}@example.com;Groß`);
    for (const end of ["\n", "\r\n", "\r"]) {
      const read = await lines(rows.join(end));
      expect(read).toEqual(rows);
    }
  });

  it("is told apart by its bytes, counted by its lines, and refused when it is not there or empty", async () => {
    const file = join(directory, "one.csv");
    await writeFile(file, text);
    const { digest, lines } = await scanFile(file);
    await writeFile(file, `${text}x`);
    expect((await scanFile(file)).digest).not.toBe(digest);
    expect(lines).toBe(3);
    await writeFile(file, "");
    await expect(scanFile(file)).rejects.toThrow("is empty");
    await expect(scanFile(join(directory, "none.csv"))).rejects.toThrow("cannot be read");
  });

  it("without a line end does not fill the memory", async () => {
    const [line, ...others] = await lines("x".repeat(3_000_000));
    expect(line?.length).toBe(1_000_000);
    expect(others).toEqual([]);
  });
});

async function lines(content: string): Promise<string[]> {
  const file = join(directory, "lines.csv");
  await writeFile(file, content);
  return (await collect(readLines(file, "utf-8"))).map(({ text }) => text);
}
