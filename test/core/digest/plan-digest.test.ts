import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mailingId, parseMailing } from "../../../core/delivery/mailing.ts";
import type { DigestPlan } from "../../../core/digest/digest-subscription.ts";
import { editionAfter, editionBefore, isEdition, monthlyEdition } from "../../../core/digest/edition.ts";
import {
  digestMailing,
  editionsOf,
  editionsOfMailing,
  firstNotHeld,
  isLeftToDispatch,
  mostWeeks,
  nextDigest,
  replannedDigest,
} from "../../../core/digest/plan-digest.ts";
import { addMinutes } from "../../../core/time/instant.ts";
import { weekdays } from "../../../core/time/window.ts";

const window = { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "12:00" } as const;
const weekly = { zone: "America/New_York" };
const monthly = { ...weekly, digestEvery: "month" } as const;
const edition = fc.integer({ min: 0, max: 400 }).map((weeks) => editionBefore("2034-W20", weeks));
const reader = fc.record({
  zone: fc.constantFrom("Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago"),
  rhythm: fc.constantFrom(...weekdays).map((day) => ({ day })),
  digestEvery: fc.constantFrom("week" as const, "month" as const),
});

describe("the plan of a digest", () => {
  it("is the next edition, or all up to that of the month's first Monday", () => {
    expect(nextDigest(weekly, "2027-W11", window)).toEqual({
      edition: "2027-W11",
      dueAt: "2027-03-15T13:00:00.000Z",
    });
    expect(nextDigest(monthly, "2027-W10", window)).toEqual({
      since: "2027-W10",
      edition: "2027-W14",
      dueAt: "2027-04-05T13:00:00.000Z",
    });
    expect(nextDigest(monthly, "2027-W14", window)).toEqual({
      edition: "2027-W14",
      dueAt: "2027-04-05T13:00:00.000Z",
    });
  });

  it("comes sooner, with all that waited, for who would rather have it every week", () => {
    const plan = nextDigest(monthly, "2027-W10", window);
    expect(replannedDigest(weekly, plan, window, "2027-03-17T12:00:00.000Z")).toEqual({
      since: "2027-W10",
      edition: "2027-W12",
      dueAt: "2027-03-22T13:00:00.000Z",
    });
  });

  it("waits for the month for who would rather have it then", () => {
    const plan = nextDigest(weekly, "2027-W12", window);
    const month = replannedDigest(monthly, plan, window, "2027-03-17T12:00:00.000Z");
    expect(month).toEqual({ since: "2027-W12", edition: "2027-W14", dueAt: "2027-04-05T13:00:00.000Z" });
  });

  it("holds each edition once, whatever is chosen, and however often it is planned anew", () => {
    fc.assert(
      fc.property(
        edition,
        fc.array(fc.tuple(reader, fc.array(reader, { maxLength: 4 })), { maxLength: 12 }),
        (first, digests) => {
          let since = first;
          const held: string[] = [];
          for (const [wanted, changes] of digests) {
            let plan: DigestPlan = nextDigest(wanted, since, window);
            for (const change of changes)
              plan = replannedDigest(change, plan, window, addMinutes(plan.dueAt, -9000));
            held.push(...editionsOf(plan));
            since = editionAfter(plan.edition);
          }
          expect(held).toEqual(held.map((_, index) => editionBefore(first, -index)));
        },
      ),
    );
  });

  it("planned anew by the same wishes stays as it is", () => {
    fc.assert(
      fc.property(
        edition,
        reader,
        reader,
        fc.integer({ min: 10, max: 60_000 }),
        (since, before, after, minutes) => {
          const plan = nextDigest(before, since, window);
          const now = addMinutes(plan.dueAt, -minutes);
          const anew = replannedDigest(after, plan, window, now);
          expect(editionsOf(anew)[0]).toBe(since);
          if (anew.dueAt > now) expect(replannedDigest(after, anew, window, now)).toEqual(anew);
        },
      ),
    );
  });

  it("reaches back six weeks at most", () => {
    const plan = { since: "2027-W01", edition: "2027-W11", dueAt: "2027-03-15T13:00:00.000Z" };
    expect(editionsOf(replannedDigest(monthly, plan, window, "2027-03-01T00:00:00.000Z"))).toEqual([
      "2027-W09",
      "2027-W10",
      "2027-W11",
      "2027-W12",
      "2027-W13",
      "2027-W14",
    ]);
  });

  it("is left to dispatch from five minutes before it is due", () => {
    const plan = nextDigest(weekly, "2027-W11", window);
    expect(isLeftToDispatch(plan, "2027-03-15T12:54:59.999Z")).toBe(false);
    expect(isLeftToDispatch(plan, "2027-03-15T12:55:00.000Z")).toBe(true);
  });
});

describe("what a later run begins with", () => {
  const plan = nextDigest(monthly, "2027-W10", window);

  it("is what the run before had not come to", () => {
    expect(firstNotHeld(plan, "2027-03-17T12:00:00.000Z")).toBe("2027-W10");
    expect(firstNotHeld({ edition: "2027-W12", dueAt: plan.dueAt }, "2027-03-17T12:00:00.000Z")).toBe(
      "2027-W12",
    );
    expect(firstNotHeld({ since: "2027-W11" }, "2027-03-17T12:00:00.000Z")).toBe("2027-W11");
  });

  it("is behind a digest that is due, which may be on its way", () => {
    expect(firstNotHeld(plan, plan.dueAt)).toBe("2027-W15");
  });
});

describe("the mailing of a digest", () => {
  it("names the editions that it holds", () => {
    expect(mailingId(digestMailing({ edition: "2027-W10" }))).toBe("digest_2027-W10");
    const month = { since: "2027-W10", edition: "2027-W14" };
    expect(mailingId(digestMailing(month))).toBe("digest_2027-W14-5");
    expect(parseMailing("digest_2027-W14-1")).toBeUndefined();
    expect(parseMailing("digest_2027-W14-7")).toBeUndefined();
  });

  it("is read back as the same editions, over the turn of a year too", () => {
    fc.assert(
      fc.property(edition, fc.integer({ min: 0, max: mostWeeks - 1 }), (last, weeks) => {
        const plan = { since: editionBefore(last, weeks), edition: last };
        const mailing = parseMailing(mailingId(digestMailing(plan)));
        if (mailing?.kind !== "digest") return expect.fail("It is no digest");
        expect(editionsOfMailing(mailing)).toEqual(editionsOf(plan));
        expect(editionsOf(plan)).toHaveLength(weeks + 1);
      }),
    );
  });
});

describe("a week", () => {
  it.each(["2026-W53", "2027-W01", "2027-W52"])("is %s", (text) => expect(isEdition(text)).toBe(true));
  it.each(["2027-W53", "2027-W00", "2027-W99", "2027-10", "../etc", ""])("is not %j", (text) =>
    expect(isEdition(text)).toBe(false),
  );

  it("of a month is that of its first Monday", () => {
    expect(monthlyEdition("2027-W11")).toBe("2027-W14");
    expect(monthlyEdition("2026-W51")).toBe("2027-W01");
  });
});
