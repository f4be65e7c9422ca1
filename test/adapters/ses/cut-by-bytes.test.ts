import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutByBytes } from "../../../adapters/ses/cut-by-bytes.ts";

describe("cutting mails into calls", () => {
  it("keeps all in order, fifty at most a call, and each call small enough unless it carries one", () => {
    const entry = fc.record({
      size: fc.integer({ min: 1, max: 400_000 }),
      text: fc.constantFrom("x", "é", '"'),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 70 }), fc.nat(100_000), (given, shared) => {
        const content = { Html: "h".repeat(shared) };
        const entries = given.map(({ size, text }) => ({ data: text.repeat(size % 60_000) }));
        const calls = cutByBytes(content, entries);
        expect(calls.flat()).toEqual(entries);
        for (const call of calls) {
          expect(call.length).toBeGreaterThan(0);
          expect(call.length).toBeLessThanOrEqual(50);
          const bytes = Buffer.byteLength(JSON.stringify(content) + JSON.stringify(call));
          if (call.length > 1) expect(bytes).toBeLessThanOrEqual(900_010);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("makes one call of fifty ordinary mails", () => {
    const entries = Array.from({ length: 50 }, () => ({ data: "x".repeat(3000) }));
    expect(cutByBytes({ Html: "x".repeat(90_000) }, entries)).toHaveLength(1);
  });
});
