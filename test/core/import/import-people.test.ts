import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type ImportPeople,
  type ImportPeopleDeps,
  importPeople,
} from "../../../core/import/import-people.ts";
import { beginErasing } from "../../../core/person/erase-person.ts";
import { sweepPerson } from "../../../core/person/finish-erasing.ts";
import { takeOffLists } from "../../../core/subscriber/take-off-lists.ts";
import { allRows, rowsOf } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, received, signUp, tick } from "../../helpers/walk.ts";

const start = "2027-03-01T12:00:00.000Z";
let service: TestService;
let deps: ImportPeopleDeps;
beforeAll(async () => {
  service = await startService({ at: start });
  deps = service.depsOf("admin");
});
afterAll(() => service.stop());
beforeEach(() => service.clock.set(start));

const offer = {
  lists: ["records"],
  tags: ["shop"],
  consent: "They ticked the box of our shop.",
  name: "shop",
};
async function bring(
  addresses: (string | ImportPeople["rows"][number])[],
  changes: Partial<ImportPeople> = {},
) {
  const outcome = await importPeople(deps, {
    offer,
    rows: addresses.map((row) => (typeof row === "string" ? { address: row } : row)),
    dryRun: false,
    ...changes,
  });
  if (outcome.status !== "done") throw new Error(JSON.stringify(outcome));
  return outcome.outcomes.map(({ kind }) => kind);
}
async function personAt(address: string) {
  const row = (await allRows(service)).find((one) => one.address === address);
  return row && service.deps.subscribers.load(String(row.id));
}

describe("an import", () => {
  it("adds a person with evidence, and starts what they join as a confirmation does", async () => {
    const row = {
      address: "new@example.com",
      name: "Nora",
      zone: "Europe/London",
      tags: ["vip"],
      agreedAt: "2026-05-01T10:00:00.000Z",
      network: "192.0.2.0/24",
    };
    expect(await bring([row])).toEqual(["new"]);
    const person = await personAt("new@example.com");
    expect(person).toMatchObject({
      name: "Nora",
      zone: "Europe/London",
      tags: ["vip", "shop"],
      lists: { records: { state: "joined", run: 1, since: start } },
      consent: {
        source: "import:shop",
        network: "192.0.2.0/24",
        askedAt: row.agreedAt,
        confirmedAt: row.agreedAt,
      },
      todo: {},
    });
    const text = await service.deps.consentTexts.load(person?.consent.textVersion ?? "");
    expect(text).toContain("They ticked the box of our shop.");

    await join(service, "beside@example.com");
    const beside = await personAt("beside@example.com");
    const kinds = async (id: string | undefined) =>
      (await rowsOf(service, `SUB#${id}`, ""))
        .map(({ sk }) => sk)
        .filter((sk) => !String(sk).startsWith("MAIL#"));
    expect(await kinds(person?.id)).toEqual(await kinds(beside?.id));
    await tick(service);
    expect(received(service, "new@example.com")).toEqual(["course_records_run-1_welcome"]);
    expect(await bring([row])).toEqual(["known"]);
    await tick(service);
    expect(received(service, "new@example.com")).toHaveLength(1);
  });

  it("starts the digest at once for who is on no course, after it for who is", async () => {
    await bring(["reader@example.com"], { offer: { ...offer, lists: ["digest"] } });
    await bring(["both@example.com"], { offer: { ...offer, lists: ["records", "digest"] } });
    const digestOf = async (address: string) =>
      rowsOf(service, `SUB#${(await personAt(address))?.id}`, "DIGEST");
    expect(await digestOf("reader@example.com")).toMatchObject([{ state: "reading", run: 1 }]);
    expect(await digestOf("both@example.com")).toEqual([]);
  });

  it("tells each row apart, and writes only to whom it may", async () => {
    await join(service, "member@example.com");
    await signUp(service, "asker@example.com");
    const left = await join(service, "left@example.com");
    await takeOffLists(service.deps, { subscriberId: left });
    const erased = await join(service, "erased@example.com");
    const going = await beginErasing(service.deps, erased);
    if (going) await sweepPerson(service.deps, going);
    const swept = await join(service, "swept@example.com");
    const gone = await beginErasing(service.deps, swept);
    if (gone) {
      await sweepPerson(service.deps, gone);
      await service.deps.persons.removeProfile(swept, gone.rev);
    }
    const bounced = await join(service, "bounced@example.com");
    const { addressHash = "" } = (await service.deps.subscribers.load(bounced)) ?? {};
    await service.deps.suppressions.add(addressHash, { reason: "bounce", since: start });

    const file = [
      ...["member", "asker", "left", "erased", "swept", "bounced", "fresh"].map(
        (name) => `${name}@example.com`,
      ),
      "no address",
      "FRESH@example.com",
    ];
    const kinds = ["known", "pending", "left", "erased", "erased", "suppressed", "new", "invalid", "known"];
    const before = await allRows(service);
    expect(await bring(file, { dryRun: true })).toEqual(kinds);
    expect(await allRows(service)).toEqual(before);
    expect(await bring(file)).toEqual(kinds);
    expect(await bring(file)).toEqual(kinds.with(6, "known"));
    // Their own signup brings back who was erased; no import touches them, though.
    await join(service, "swept@example.com", { name: "" });
    expect(await bring(["swept@example.com"])).toEqual(["erased"]);
  });

  it("joins somebody known to a further list, and starts it", async () => {
    await join(service, "further@example.com");
    expect(await bring(["further@example.com"], { offer: { ...offer, lists: ["digest"] } })).toEqual([
      "joined",
    ]);
    const person = await personAt("further@example.com");
    expect(person).toMatchObject({
      lists: { digest: { state: "joined", run: 1, asked: { source: "import:shop" } } },
      consent: { source: "form" },
      todo: {},
    });
  });

  it("takes an address over whose request was forgotten", async () => {
    await signUp(service, "forgotten@example.com");
    service.clock.set("2027-04-05T12:00:00.000Z");
    const before = await personAt("forgotten@example.com");
    const forgotten = await allRows(service);
    await tick(service);
    expect(await allRows(service)).not.toEqual(forgotten);
    expect(await bring(["forgotten@example.com"])).toEqual(["new"]);
    const after = await personAt("forgotten@example.com");
    expect(after?.id).not.toBe(before?.id);
  });

  it("adopts what a crash has left of itself: a claim, and a course that begins for nobody", async () => {
    const crashing: ImportPeopleDeps = {
      ...deps,
      newcomers: {
        ...deps.newcomers,
        async add(newcomers) {
          const [newcomer] = newcomers;
          if (!newcomer) return [];
          const { id, addressHash } = newcomer.subscriber;
          await deps.addresses.claim(addressHash, id);
          for (const enrolment of newcomer.enrolments) await deps.enrolments.start(enrolment);
          throw new Error("crash");
        },
      },
    };
    const file = { offer, rows: [{ address: "halfway@example.com" }], dryRun: false };
    await expect(importPeople(crashing, file)).rejects.toThrow("crash");
    // Dispatch finds a course of nobody, and stops it.
    await tick(service);
    expect(await bring(["halfway@example.com"])).toEqual(["new"]);
    await tick(service);
    expect(received(service, "halfway@example.com")).toEqual(["course_records_run-1_welcome"]);
  });

  it("is the same person however often, and whoever brings them at once", async () => {
    const file = Array.from({ length: 40 }, (_, index) => `twin-${index % 20}@example.com`);
    const all = await Promise.all([bring(file), bring(file.toReversed()), bring(file)]);
    expect(all.flat().filter((kind) => kind === "new")).toHaveLength(20);
    expect(new Set(all.flat())).toEqual(new Set(["new", "known"]));
    const people = (await allRows(service)).filter(({ address }) => String(address).startsWith("twin-"));
    expect(people).toHaveLength(20);
  });

  it("knows its own when the answer was lost", async () => {
    const lossy: ImportPeopleDeps = {
      ...deps,
      newcomers: {
        ...deps.newcomers,
        async add(newcomers) {
          await deps.newcomers.add(newcomers);
          return newcomers.map(() => false);
        },
      },
    };
    const outcome = await importPeople(lossy, {
      offer,
      rows: [{ address: "lost@example.com" }],
      dryRun: false,
    });
    expect(outcome).toEqual({ status: "done", outcomes: [{ kind: "new" }] });
  });
});
