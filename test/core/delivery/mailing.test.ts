import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deliveryKey } from "../../../core/delivery/delivery.ts";
import { type Mailing, mailingId, parseMailing } from "../../../core/delivery/mailing.ts";

const slug = fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+){0,4}$/);
const mailings: fc.Arbitrary<Mailing> = fc.oneof(
  fc.record({
    kind: fc.constant("confirm" as const),
    date: fc.constantFrom("2027-03-01", "2028-02-29"),
    round: fc.integer({ min: 1, max: 99 }),
  }),
  fc.record({
    kind: fc.constant("course" as const),
    course: slug,
    run: fc.integer({ min: 1, max: 99 }),
    step: slug,
  }),
  fc.record({
    kind: fc.constant("nudge" as const),
    course: slug,
    run: fc.integer({ min: 1, max: 99 }),
    round: fc.integer({ min: 1, max: 99 }),
  }),
);

describe("a mailing's id", () => {
  it("round-trips, and is fit for an SES tag", () => {
    fc.assert(
      fc.property(mailings, (mailing) => {
        expect(parseMailing(mailingId(mailing))).toEqual(mailing);
        expect(mailingId(mailing)).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
      }),
    );
  });

  it("differs wherever the occasion differs", () => {
    fc.assert(
      fc.property(mailings, mailings, (a, b) => {
        expect(mailingId(a) === mailingId(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it("and the subscriber make the delivery's id, and nothing else does", () => {
    fc.assert(
      fc.property(mailings, fc.string(), fc.string(), (mailing, one, other) => {
        const row = { subscriberId: `sub_${one}`, mailing: mailingId(mailing) };
        expect(deliveryKey({ ...row, ...{ state: other } })).toBe(deliveryKey(row));
      }),
    );
  });

  it.each([
    "",
    "confirm",
    "course_x_run-1",
    "course_x_run-0_y",
    "course_x_1_y",
    "confirm_2027-03-01_1_2",
    "toString_1",
    "digest_x",
  ])("%j is none of ours", (id) => {
    expect(parseMailing(id)).toBeUndefined();
  });
});
