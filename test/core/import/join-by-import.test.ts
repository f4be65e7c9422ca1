import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRow } from "../../../core/import/import-row.ts";
import { joinByImport } from "../../../core/import/join-by-import.ts";
import { leaveAll } from "../../../core/subscriber/unsubscribe.ts";
import { bounced, member, subscriber } from "../../helpers/subscribers.ts";

const now = "2027-04-01T12:00:00.000Z";
const joining = { lists: ["records"], tags: ["spring"], textVersion: "words", source: "import:spring" };
const agreedAt = "2027-02-01T08:00:00.000Z";
const candidate = (evidence = false) => {
  const row = {
    address: "ada@example.com",
    name: "Ada L.",
    zone: "Europe/Paris",
    tags: ["vip"],
    topics: ["coding"],
  };
  const read = readRow(evidence ? { ...row, agreedAt, network: "192.0.2.0/24" } : row, now);
  if (read.status !== "read") throw new Error(read.reason);
  return read.candidate;
};
const waiting = { confirm: "2027-04-01T11:00:00.000Z", remind: now, forget: now };
const pending = (changes = {}) =>
  subscriber({ ...member("wanted", 0), todo: waiting, confirmationsAt: [now], ...changes });

describe("somebody known, by an import", () => {
  it("joins a list they never had, on evidence of its own, and is given what is missing alone", () => {
    const known = subscriber({ name: "", lists: {}, tags: ["old"], topics: ["privacy"] });
    const digest = { digest: { state: "joined", run: 2, since: "2027-01-01T00:00:00.000Z" } } as const;
    const outcome = joinByImport({ ...known, lists: digest }, candidate(), joining, now);
    expect(outcome).toEqual({
      kind: "joined",
      subscriber: {
        ...known,
        name: "Ada L.",
        tags: ["old", "vip", "spring"],
        lists: {
          ...digest,
          records: {
            state: "joined",
            run: 1,
            since: now,
            asked: { textVersion: "words", source: "import:spring", network: "", askedAt: now },
          },
        },
        todo: { enrol: now },
        changedAt: now,
      },
    });
  });

  it("stays as they are on a list that they are on, but for a tag", () => {
    const known = subscriber();
    expect(joinByImport(known, candidate(), joining, now)).toEqual({
      kind: "known",
      subscriber: { ...known, tags: ["vip", "spring"], changedAt: now },
    });
    const tagged = subscriber({ tags: ["spring", "vip"] });
    expect(joinByImport(tagged, candidate(), joining, now)).toEqual({ kind: "known" });
  });

  it("waits for their own confirmation, unless the file has evidence of their own", () => {
    expect(joinByImport(pending(), candidate(), joining, now)).toEqual({ kind: "pending" });
    const elsewhere = { ...joining, lists: ["digest"] };
    expect(joinByImport(pending(), candidate(), elsewhere, now)).toEqual({ kind: "pending" });
    const outcome = joinByImport(pending(), candidate(true), joining, now);
    expect(outcome).toMatchObject({
      kind: "joined",
      subscriber: {
        name: "Ada",
        zone: "America/New_York",
        lists: { records: { state: "joined", run: 1 } },
        consent: {
          textVersion: "words",
          network: "192.0.2.0/24",
          askedAt: agreedAt,
          confirmedAt: agreedAt,
        },
        todo: { enrol: now },
      },
    });
  });

  it("keeps what else they asked for waiting for their confirmation", () => {
    const lists = {
      ...member("wanted", 0).lists,
      digest: { state: "wanted" as const, run: 0, since: now },
    };
    const known = pending({ lists });
    const outcome = joinByImport(known, candidate(true), joining, now);
    if (outcome.kind !== "joined") throw new Error(outcome.kind);
    const { subscriber: after } = outcome;
    expect(after.lists.digest?.state).toBe("wanted");
    expect(after.todo).toEqual({ ...waiting, enrol: now });
    expect(after.asked).toEqual({ ...known.consent, name: "Ada", zone: "America/New_York" });
  });

  it.each([
    ["the list", subscriber(member("left"))],
    ["it, though they asked for it again", pending(member("wanted", 1))],
    [
      "all that they had",
      subscriber({ lists: { digest: { state: "left", run: 1, since: now } }, asked: undefined }),
    ],
  ])("who left %s does not come back", (_, known) => {
    const { kind } = joinByImport(known, candidate(true), joining, now);
    expect(["left", "pending"]).toContain(kind);
  });

  it("is not written to who is suppressed or being erased", () => {
    expect(joinByImport(subscriber(bounced), candidate(true), joining, now).kind).toBe("suppressed");
    const going = subscriber({ ...bounced, todo: { erase: now } });
    expect(joinByImport(going, candidate(true), joining, now).kind).toBe("erased");
  });

  it("has thirty tags at most, and loses none", () => {
    const tags = Array.from({ length: 29 }, (_, index) => `t${index}`);
    const outcome = joinByImport(subscriber({ tags }), candidate(), joining, now);
    expect(outcome).toMatchObject({ kind: "known", subscriber: { tags: [...tags, "vip"] } });
  });

  it("never joins a list again that was left, whatever stands there", () => {
    const membership = fc.record({
      state: fc.constantFrom("wanted" as const, "joined" as const, "left" as const),
      run: fc.integer({ min: 0, max: 3 }),
      since: fc.constant(now),
    });
    const lists = fc.dictionary(fc.constantFrom("records", "digest", "reminders"), membership);
    fc.assert(
      fc.property(lists, fc.boolean(), fc.boolean(), (had, evidence, leftAll) => {
        const before = subscriber({ lists: had });
        const known = leftAll ? (leaveAll(before, now) ?? before) : before;
        const outcome = joinByImport(
          known,
          candidate(evidence),
          { ...joining, lists: ["records", "digest"] },
          now,
        );
        const after = "subscriber" in outcome ? (outcome.subscriber ?? known) : known;
        for (const [list, { state, run }] of Object.entries(known.lists)) {
          const then = after.lists[list];
          if (state === "left" || (state === "wanted" && run > 0)) expect(then?.state).toBe(state);
          if (state === "joined") expect(then).toEqual(known.lists[list]);
          expect(then?.run).toBeGreaterThanOrEqual(run);
        }
        if (leftAll && Object.keys(had).length > 0) expect(after).toEqual(known);
      }),
    );
  });
});
