import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginErasing, erasePerson } from "../../../core/person/erase-person.ts";
import { finishErasing } from "../../../core/person/finish-erasing.ts";
import { hashAddress } from "../../../core/subscriber/address.ts";
import { addDays, addMinutes } from "../../../core/time/instant.ts";
import { signToken } from "../../../core/token/token.ts";
import { handler as http } from "../../../functions/http/handler.ts";
import { handler as recordEvents } from "../../../functions/queue/record-events.ts";
import { accountOf, freshLink } from "../../helpers/account.ts";
import { context, formPost, httpEvent, sqsEvent } from "../../helpers/events.ts";
import { progressToken } from "../../helpers/progress.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { subscriber } from "../../helpers/subscribers.ts";
import { join, linkToken, received, sendAll, signUp, tick } from "../../helpers/walk.ts";

const start = "2027-03-01T12:00:00.000Z";
let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** Somebody with a row of every kind, and a new address that waits. */
async function person(tag: string) {
  service.clock.set(start);
  const email = `${tag}@erase.example`;
  const id = await join(service, email, { name: `Ada ${tag}`, digest: "on" });
  await tick(service);
  const token = await progressToken(service, id);
  const { post } = accountOf(service);
  await post("/progress/dates", { token, kind: "exam", label: `Exam ${tag}`, date: "2027-05-01" });
  const webinar = { hours: "1.5", activity: `Webinar ${tag}`, category: "own", day: start.slice(0, 10) };
  await post("/progress/hours", { token, ...webinar });
  await service.deps.digests.start({ subscriberId: id, run: 1, edition: "2027-W10", dueAt: start });
  const fresh = await freshLink(service, id, email);
  await accountOf(service).changeAddress(fresh, `${tag}-next@erase.example`);
  await sendAll(service);
  const rows = async () => (await allRows(service)).filter(({ pk }) => pk === `SUB#${id}`);
  const traces = async () => {
    // The tag is in the name, in both addresses and in the label.
    const kept = (await allRows(service)).filter((row) => JSON.stringify(row).includes(tag));
    return kept.map(({ sk }) => sk);
  };
  const addressHash = hashAddress((await service.deps.keys.ring()).hash, email);
  return { id, email, token, fresh, rows, traces, addressHash };
}

/** What was running is over: dispatch finishes. */
async function finish() {
  service.clock.set(addMinutes(start, 2));
  await tick(service);
}

describe("erasing", () => {
  it("leaves a tombstone and a ledger of nobody, and nothing that was typed", async () => {
    const { id, fresh, rows, traces, addressHash } = await person("whole");
    expect(await traces()).not.toEqual([]);
    const { statusCode, body } = await accountOf(service).erase(fresh);
    expect([statusCode, body]).toEqual([200, expect.stringContaining("Everything is erased")]);
    expect(await traces()).toEqual([]);
    await finish();
    const left = await rows();
    expect(left.map(({ sk }) => sk)).toEqual([
      "MAIL#access_2027-03-01_1",
      "MAIL#address_2027-03-01_1",
      "MAIL#confirm_2027-03-01_1",
      "MAIL#course_records_run-1_welcome",
    ]);
    for (const row of left) {
      expect(row).toMatchObject({ state: "sent", owner: "erased", erasedAt: start });
      expect(row).not.toHaveProperty("messageId");
    }
    const all = await allRows(service);
    expect(all.filter(({ pk }) => pk === `ADDR#${addressHash}`)).toEqual([
      { pk: `ADDR#${addressHash}`, sk: "OWNER", v: 1, erasedAt: start },
    ]);
    expect(all.filter((row) => row.subscriberId === id)).toEqual([]);
    expect(await service.deps.claims.isErased(addressHash)).toBe(true);
  });

  it("asks to be sure", async () => {
    const { fresh, rows } = await person("unsure");
    const before = await rows();
    const { statusCode, body } = await accountOf(service).erase(fresh, "");
    expect([statusCode, body]).toEqual([422, expect.stringContaining("Tick the box")]);
    expect(await rows()).toEqual(before);
  });

  it("stops what is queued: it is skipped, as for somebody who is gone", async () => {
    const { id, email, fresh } = await person("queued");
    const mailing = { kind: "course", course: "records", run: 1, step: "school" } as const;
    const packet = {
      id: "pkt_erased",
      mailing: "course_records_run-1_school",
      recipients: [id],
      lane: "now" as const,
      attempt: 1,
      state: "open" as const,
      plannedAt: start,
      dueAt: start,
      lease: 0,
    };
    await service.deps.packets.create(packet);
    await accountOf(service).erase(fresh);
    await service.deps.doorbells.ring([packet]);
    const mails = received(service, email).length;
    await sendAll(service);
    expect(received(service, email)).toHaveLength(mails);
    const key = { subscriberId: id, mailing: `course_records_run-1_${mailing.step}` };
    const [row] = (await service.deps.deliveries.loadMany([key])).values();
    expect(row).toMatchObject({ state: "skipped", reason: "gone" });
    await finish();
    expect(await service.deps.subscribers.load(id)).toBeUndefined();
  });

  it("bears a mail in flight: it stays unknown for good, and nobody writes on it", async () => {
    const { id, fresh, rows } = await person("flight");
    const claim = { mailing: "digest_2027-W09", owner: "pkt.1", attempt: 1, claimedAt: start };
    await service.deps.deliveries.claimMany(claim, [id]);
    await accountOf(service).erase(fresh);
    const sent = { state: "sent", messageId: "m-1" } as const;
    expect(await service.deps.deliveries.settleMany(claim, [[id, sent]], start)).toEqual([false]);
    await finish();
    const before = await rows();
    expect(before.find(({ sk }) => sk === "MAIL#digest_2027-W09")).toMatchObject({ state: "unknown" });
    const late = { type: "delivered", at: start, messageId: "m-1" };
    const key = { subscriberId: id, mailing: claim.mailing };
    expect(await service.deps.deliveries.noteEvent(key, late)).toBe("noted");
    expect(await rows()).toEqual(before);
  });

  it("late events of SES revive nobody; a complaint still keeps mail from the address", async () => {
    const { id, email, fresh, rows, addressHash } = await person("complaint");
    await expect
      .poll(() => service.events.some(({ detail }) => detail.mail.destination.includes(email)))
      .toBe(true);
    const sent = service.events.find(({ detail }) => detail.mail.destination.includes(email));
    await accountOf(service).erase(fresh);
    await finish();
    const before = await rows();
    const complaint = {
      ...sent,
      detail: {
        ...sent?.detail,
        eventType: "Complaint",
        complaint: { timestamp: start, complaintFeedbackType: "abuse" },
      },
    };
    await recordEvents.with(service.depsOf("record-events"))(sqsEvent(complaint));
    expect(await rows()).toEqual(before);
    expect(await service.deps.subscribers.load(id)).toBeUndefined();
    expect(await service.deps.suppressions.has(addressHash)).toBe(true);
  });

  it("keeps nobody from coming back, as somebody new", async () => {
    for (const after of ["crash", "sweep", "end"]) {
      const { id, email, fresh, rows, addressHash } = await person(`back-${after}`);
      if (after === "crash") await beginErasing(service.deps, id);
      else await accountOf(service).erase(fresh);
      if (after === "end") await finish();
      const again = await join(service, email, { name: "Ada again" });
      expect(again).not.toBe(id);
      expect(await service.deps.subscribers.load(again)).toMatchObject({ address: email, name: "Ada again" });
      await finish();
      expect((await rows()).filter(({ sk }) => !String(sk).startsWith("MAIL#"))).toEqual([]);
      expect(await service.deps.subscribers.load(again)).toMatchObject({ address: email });
      expect(await service.deps.claims.isErased(addressHash)).toBe(true);
      expect(await service.deps.claims.find(addressHash)).toBe(again);
      expect((await service.deps.subscribers.load(again))?.lists.records).toMatchObject({
        state: "joined",
        run: 1,
      });
    }
  });

  it("is not undone by a signup that nobody confirms, nor by a crash of it", async () => {
    const { email, fresh, addressHash } = await person("undone");
    await accountOf(service).erase(fresh);
    await finish();
    const { addresses, claims, subscribers } = service.deps;
    const stranger = await signUp(service, email);
    expect(await claims.find(addressHash)).toBe(stranger);
    expect(await claims.isErased(addressHash)).toBe(true);
    service.clock.set(addDays(start, 31));
    await tick(service);
    service.clock.set(addMinutes(addDays(start, 31), 3));
    await tick(service);
    expect(await subscribers.load(stranger)).toBeUndefined();
    expect(await claims.find(addressHash)).toBeUndefined();
    expect(await claims.isErased(addressHash)).toBe(true);
    expect(await addresses.claim(addressHash, "sub_later")).toBe("sub_later");
    expect(await claims.retake(addressHash, "sub_later", "sub_last")).toBe(true);
    await claims.release(addressHash, "sub_later");
    expect(await claims.find(addressHash)).toBe("sub_last");
    expect(await claims.isErased(addressHash)).toBe(true);
  });

  it("leaves the links of old mails with nothing behind them", async () => {
    const { email, token, fresh } = await person("links");
    service.clock.set("2027-03-03T14:00:00.000Z");
    await tick(service);
    const leaving = await linkToken(service, email, "unsubscribe");
    service.clock.set(start);
    await accountOf(service).erase(fresh);
    const handle = http.with(service.depsOf("http"));
    for (let round = 0; round < 2; round++) {
      for (const path of [`/progress/${token}`, `/progress/${token}/data`, `/account/${fresh}`]) {
        const { statusCode, body } = await handle(httpEvent({ path }), context);
        expect([path, statusCode]).toEqual([path, 404]);
        expect(body).toContain("nothing kept about you");
      }
      const left = await handle(formPost("/unsubscribe", { token: leaving }), context);
      expect(left.statusCode).toBe(200);
      expect((await accountOf(service).erase(fresh)).statusCode).toBe(404);
      await finish();
    }
  });
});

describe("a crash while somebody is erased", () => {
  /** The ports, the writes of which stop at the nth. */
  function stopping(at: number) {
    let count = 0;
    const guarded = <Port extends object>(port: Port, writes: (keyof Port)[]): Port =>
      new Proxy(port, {
        get(target, name, receiver) {
          const method: unknown = Reflect.get(target, name, receiver);
          if (!writes.includes(name as keyof Port) || typeof method !== "function") return method;
          return (...args: unknown[]) => {
            count++;
            if (count === at) throw new Error("crash");
            return Reflect.apply(method, target, args);
          };
        },
      });
    const { deps } = service;
    return {
      count: () => count,
      deps: {
        ...deps,
        subscribers: guarded(deps.subscribers, ["replace", "create"]),
        claims: guarded(deps.claims, ["bury", "release", "retake"]),
        persons: guarded(deps.persons, ["anonymise", "remove", "removeProfile"]),
      },
    };
  }

  /** Somebody with a row of every kind, written as it is. */
  async function written(tag: string) {
    const { deps } = service;
    const addressHash = `hash-${tag}`;
    const known = subscriber({ id: `sub_${tag}`, address: `${tag}@erase.example`, addressHash, name: tag });
    const { id } = known;
    await deps.subscribers.create({
      ...known,
      moving: { address: `${tag}-next@erase.example`, addressHash: `next-${tag}`, askedAt: start },
    });
    await deps.addresses.claim(addressHash, id);
    await deps.addresses.claim(`next-${tag}`, id);
    const enrolment = { subscriberId: id, course: "records", run: 1, startedAt: start, dueAt: start };
    await deps.enrolments.start({ ...enrolment, state: "walking", step: "school" });
    await deps.digests.start({ subscriberId: id, run: 1, edition: "2027-W10", dueAt: start });
    const date = { label: `Exam ${tag}`, date: "2027-05-01", daysBefore: 7, run: 1, dueAt: start };
    await deps.dates.add({ subscriberId: id, id: "abc", ...date });
    const webinar = { hours: 1, activity: `Webinar ${tag}`, category: "own", day: "2027-03-01" } as const;
    await deps.ceLog.add({ subscriberId: id, id: "abc", ...webinar, loggedAt: start });
    for (const mailing of ["course_records_run-1_welcome", "deadline_abc_2027-05-01_7"]) {
      const claim = { mailing, owner: "pkt.1", attempt: 1, claimedAt: start };
      await deps.deliveries.claimMany(claim, [id]);
      await deps.deliveries.settleMany(claim, [[id, { state: "sent", messageId: `m-${tag}` }]], start);
    }
    const keys = await deps.keys.ring();
    const expiresAt = addMinutes(start, 60);
    const token = signToken(keys, { purpose: "account", subscriberId: id, list: addressHash, expiresAt });
    const left = async () => {
      const rows = await allRows(service);
      const shown = rows.filter((row) => JSON.stringify({ ...row, pk: "" }).includes(tag));
      const kept = rows.filter(({ pk }) => pk === `SUB#${id}`).map(({ sk }) => sk);
      const claimed = [await deps.claims.isErased(addressHash), await deps.claims.find(`next-${tag}`)];
      return { shown, kept, claimed };
    };
    return { id, name: tag, token, left };
  }
  const nothing = { shown: [], kept: ["MAIL#course_records_run-1_welcome"], claimed: [true, undefined] };

  it("before any write of the request loses nothing: dispatch goes on", async () => {
    service.clock.set(start);
    for (let at = 1, crashed = true; crashed; at++) {
      const { id, name, token, left } = await written(`once${at}x`);
      const { deps, count } = stopping(at);
      crashed = await erasePerson(deps, { token, sure: "on" }).then(
        () => false,
        () => true,
      );
      if (at === 1) {
        expect([crashed, await service.deps.subscribers.load(id)]).toMatchObject([true, { name }]);
        continue;
      }
      if (!crashed) expect(count()).toBe(9);
      await finish();
      expect(await left()).toEqual(nothing);
      service.clock.set(start);
    }
  });

  it("before any write of dispatch loses nothing: the next one goes on", async () => {
    for (let at = 1, crashed = true; crashed; at++) {
      service.clock.set(start);
      const { id, token, left } = await written(`then${at}x`);
      await erasePerson(stopping(2).deps, { token, sure: "on" }).catch(() => "crash");
      const erased = await service.deps.subscribers.load(id);
      service.clock.set(addMinutes(start, 2));
      const { deps, count } = stopping(at);
      crashed = await finishErasing(deps, erased ?? expect.fail()).then(
        () => false,
        () => true,
      );
      if (!crashed) expect(count()).toBe(9);
      await tick(service);
      expect(await left()).toEqual(nothing);
    }
  });
});
