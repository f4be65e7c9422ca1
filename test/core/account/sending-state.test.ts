import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isInDoubt, whyHeld } from "../../../core/account/sending-state.ts";
import { toInstant } from "../../../core/time/instant.ts";

const heldAt = "2027-03-01T12:00:00.000Z";

describe("whether mail may go", () => {
  it("may before anything is written down, and in the table that is named", () => {
    expect(whyHeld(undefined, "mine")).toBeUndefined();
    expect(whyHeld({ table: "mine" }, "mine")).toBeUndefined();
  });

  it("may not while an operator holds it", () => {
    expect(whyHeld({ table: "mine", heldAt }, "mine")).toBe("held");
  });

  it("may not in a copy of another table, held before or not", () => {
    expect(whyHeld({ table: "lost" }, "copy")).toBe("restored");
    expect(whyHeld({ table: "lost", heldAt }, "copy")).toBe("restored");
  });
});

describe("doubt", () => {
  it("is about every mail that was planned up to the resumption, and none after it", () => {
    const instants = fc.integer({ min: 0, max: 4e12 }).map(toInstant);
    fc.assert(
      fc.property(instants, instants, (doubtUntil, plannedAt) => {
        expect(isInDoubt({ table: "t", doubtUntil }, plannedAt)).toBe(
          Date.parse(plannedAt) <= Date.parse(doubtUntil),
        );
      }),
    );
  });

  it("is about nothing where no backup was restored", () => {
    expect(isInDoubt(undefined, heldAt)).toBe(false);
    expect(isInDoubt({ table: "t" }, heldAt)).toBe(false);
  });
});
