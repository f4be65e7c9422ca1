import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../cli/doctor/finding.ts";
import { showFindings } from "../../../cli/doctor/show-findings.ts";

const plain = { columns: 60, colour: false };
const findings: Finding[] = [
  { check: "region", level: "ok", says: "eu-west-1" },
  {
    check: "sender",
    level: "blocks",
    says: "replyTo is still the sample hello@stepletter.example",
    next: "edit",
  },
  { check: "sender", level: "blocks", says: "postalAddress is still the sample", next: "edit" },
  { check: "table", level: "skipped", says: "after the deployment" },
  { check: "DMARC", level: "advice", says: "no policy; add to DNS", next: "a  TXT\nb  TXT" },
  { check: "queues", level: "skipped", says: "after the deployment" },
];

describe("findings on a terminal", () => {
  it("stand under each other, with what to do once, and what was left out at the end", () => {
    expect(showFindings("Stepletter", findings, plain).split("\n")).toEqual([
      "Stepletter",
      "",
      "✓ region         eu-west-1",
      "✗ sender         replyTo is still the sample",
      "                 hello@stepletter.example",
      "✗                postalAddress is still the sample",
      "  → edit",
      "! DMARC          no policy; add to DNS",
      "  → a  TXT",
      "    b  TXT",
      "– not looked at  table, queues: after the deployment",
      "",
      "5 checks: 2 blocking, 1 to consider, 2 not looked at.",
    ]);
  });

  it("are coloured where colours can be seen", () => {
    expect(showFindings("", findings, { columns: 80, colour: true })).toContain(
      "\u001b[31m✗\u001b[39m sender",
    );
  });

  it("say when nothing blocks", () => {
    expect(showFindings("", findings.slice(0, 1), plain)).toMatch(/\n1 checks: nothing blocks\.$/);
  });

  it("lose no word, and keep to the width", () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 40, max: 120 }),
        (words, columns) => {
          const shown = showFindings("", [{ check: "table", level: "ok", says: words.join(" ") }], {
            columns,
            colour: false,
          });
          const lines = shown.split("\n").slice(2, -2);
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
          expect(lines.join(" ").split(/\s+/).slice(2)).toEqual(words);
        },
      ),
    );
  });
});
