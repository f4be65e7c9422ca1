import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confirmAddress } from "../../../core/person/confirm-address.ts";
import { hashAddress } from "../../../core/subscriber/address.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { addDays, addHours } from "../../../core/time/instant.ts";
import { handler as recordEvents } from "../../../functions/queue/record-events.ts";
import { accountOf, freshLink, tokenIn } from "../../helpers/account.ts";
import { sqsEvent } from "../../helpers/events.ts";
import { progressToken } from "../../helpers/progress.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, newestMail, received, sendAll, signUp, tick } from "../../helpers/walk.ts";

const start = "2027-03-01T12:00:00.000Z";
let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

async function owner(email: string) {
  service.clock.set(start);
  const id = await join(service, email, { name: "Ada" });
  await tick(service);
  const fresh = await freshLink(service, id, email);
  const profile = async () => (await service.deps.subscribers.load(id)) as Subscriber;
  const change = (changes: Partial<Subscriber>) => changed(id, changes);
  return { id, email, fresh, profile, change };
}

async function changed(id: string, changes: Partial<Subscriber>) {
  const known = await service.deps.subscribers.load(id);
  if (known) await service.deps.subscribers.replace({ ...known, ...changes });
}

async function hashOf(email: string): Promise<string> {
  return hashAddress((await service.deps.keys.ring()).hash, email);
}

async function ask(fresh: string, email: string) {
  const answer = await accountOf(service).changeAddress(fresh, email);
  await sendAll(service);
  return answer;
}

describe("a change of address", () => {
  it("goes to the new address, which alone can confirm it; the person and their history stay", async () => {
    const { id, email, fresh, profile } = await owner("old-1@example.com");
    const mailsBefore = received(service, email).length;
    expect((await ask(fresh, "New-1@Example.com")).statusCode).toBe(202);
    const { headers, html, text } = await newestMail(service, "New-1@example.com");
    expect(headers.get("auto-submitted")).toBe("auto-generated");
    expect(`${html}${text}`).not.toContain(email);
    expect(`${html}${text}`).not.toContain("Ada");
    expect(received(service, email)).toHaveLength(mailsBefore);
    expect(await profile()).toMatchObject({ address: email, todo: {} });

    const token = await tokenIn(service, "New-1@example.com", "address");
    const { get, confirmAddress: press } = accountOf(service);
    const before = await allRows(service);
    expect((await get(`/address/${token}`)).body).toContain("Confirm this address");
    expect(await allRows(service)).toEqual(before);
    expect((await press(token)).body).toContain("Your address is changed");
    const moved = await profile();
    expect(moved).toMatchObject({ id, address: "New-1@example.com", movedAt: start, todo: {} });
    expect(moved).not.toHaveProperty("moving");
    expect(moved).not.toHaveProperty("releases");
    const { claims } = service.deps;
    expect(await claims.find(await hashOf("new-1@example.com"))).toBe(id);
    expect(await claims.find(await hashOf(email))).toBeUndefined();
    expect((await press(token)).statusCode).toBe(200);
    expect(await profile()).toEqual(moved);

    service.clock.set("2027-03-03T14:00:00.000Z");
    await tick(service);
    expect(received(service, "New-1@example.com")).toContain("course_records_run-1_school");
    expect(await signUp(service, email)).not.toBe(id);
  });

  it("is refused with words about the field when it is none", async () => {
    const { fresh, profile } = await owner("typo@example.com");
    const before = await profile();
    const { statusCode, body } = await ask(fresh, "no <address>");
    expect(statusCode).toBe(422);
    expect(body).toContain("Enter one e-mail address");
    expect(body).toContain('value="no &lt;address&gt;"');
    expect(await profile()).toEqual(before);
  });

  it("answers the same, and counts the same, whatever is known of the new address", async () => {
    const suppressed = await hashOf("suppressed@example.com");
    await service.deps.suppressions.add(suppressed, "bounce", start);
    service.clock.set(start);
    await join(service, "reader@example.com");
    await signUp(service, "pending@example.com");
    const answers = new Set<string>();
    for (const to of ["nobody", "suppressed", "reader", "pending"]) {
      const { fresh, profile } = await owner(`from-${to}@example.com`);
      const { statusCode, body } = await ask(fresh, `${to}@example.com`);
      answers.add(`${statusCode} ${body}`);
      expect((await profile()).movesAt).toEqual([start]);
      expect((await accountOf(service).changeAddress(fresh, "else@example.com")).statusCode).toBe(429);
    }
    expect(answers.size).toBe(1);
    const asked = (email: string) => received(service, email).filter((id) => id.startsWith("address_"));
    expect(asked("nobody@example.com")).toHaveLength(1);
    // A confirmation went to the other two within the day, and the first bounced.
    for (const to of ["suppressed", "reader", "pending"]) expect(asked(`${to}@example.com`)).toEqual([]);
  });

  it("to an address of somebody else changes nothing, and says so to its owner alone", async () => {
    const { id, fresh, profile } = await owner("taker@example.com");
    const other = await join(service, "has@example.com");
    service.clock.set(addDays(start, 2));
    const again = await freshLink(service, id, "taker@example.com");
    expect(fresh).not.toBe(again);
    await ask(again, "has@example.com");
    const token = await tokenIn(service, "has@example.com", "address");
    const { statusCode, body } = await accountOf(service).confirmAddress(token);
    expect(statusCode).toBe(409);
    expect(body).toContain("This address gets mails of its own");
    expect(await profile()).toMatchObject({ address: "taker@example.com" });
    expect(await service.deps.claims.find(await hashOf("has@example.com"))).toBe(other);
  });

  it("is asked for once a day and three times a month by one person", async () => {
    const { id, email, change } = await owner("often@example.com");
    const codes: number[] = [];
    for (const days of [0, 0.9, 1, 2, 3, 29.9, 30]) {
      service.clock.set(addHours(start, days * 24));
      const fresh = await freshLink(service, id, email);
      codes.push((await ask(fresh, `often-${codes.length}@example.com`)).statusCode as number);
    }
    expect(codes).toEqual([202, 429, 202, 202, 429, 429, 202]);
    await change({ movesAt: [] });
  });

  it("sends one mail a day and three a month to one address, whoever asks", async () => {
    const went: number[] = [];
    for (const [index, days] of [0, 0.5, 1, 2, 3].entries()) {
      const { id } = await owner(`crowd-${index}@example.com`);
      // Spans are counted from the epoch: thirty days begin with this one.
      service.clock.set(addHours("2027-04-02T00:00:00.000Z", days * 24));
      await ask(await freshLink(service, id, `crowd-${index}@example.com`), "target@example.com");
      went.push(received(service, "target@example.com").length);
    }
    expect(went).toEqual([1, 1, 2, 3, 3]);
  });

  it("makes the link of an earlier request void", async () => {
    const { id, email, fresh, profile } = await owner("twice@example.com");
    await ask(fresh, "first@example.com");
    const first = await tokenIn(service, "first@example.com", "address");
    service.clock.set(addHours(start, 23.9));
    const { confirmAddress: press } = accountOf(service);
    service.clock.set(addHours(start, 24));
    expect((await press(first)).statusCode).toBe(410);
    service.clock.set(addHours(start, 23.5));
    const known = await profile();
    await changed(id, { movesAt: [] });
    await ask(await freshLink(service, id, email), "second@example.com");
    expect((await press(first)).statusCode).toBe(410);
    expect(await profile()).toMatchObject({ address: known.address });
    expect((await press(await tokenIn(service, "second@example.com", "address"))).statusCode).toBe(200);
    expect(await profile()).toMatchObject({ address: "second@example.com" });
  });

  it("lifts a bounce, which told of the old address, and keeps a complaint", async () => {
    for (const reason of ["bounce", "complaint"] as const) {
      const { fresh, profile, change } = await owner(`${reason}@example.com`);
      await change({ suppressed: { reason, since: start }, softBounces: [start] });
      await ask(fresh, `${reason}-new@example.com`);
      const went = received(service, `${reason}-new@example.com`);
      expect(went).toEqual(reason === "bounce" ? ["address_2027-03-01_1"] : []);
      if (reason === "complaint") continue;
      await accountOf(service).confirmAddress(await tokenIn(service, `${reason}-new@example.com`, "address"));
      expect(await profile()).toMatchObject({ address: "bounce-new@example.com", softBounces: [] });
      expect(await profile()).not.toHaveProperty("suppressed");
    }
  });

  it("whose mail bounces suppresses the new address, not the person", async () => {
    const { fresh, profile } = await owner("keeps@example.com");
    await ask(fresh, "bounce@simulator.amazonses.com");
    await expect.poll(() => service.events.map(({ detail }) => detail.eventType)).toContain("Bounce");
    for (const event of service.events)
      await recordEvents.with(service.depsOf("record-events"))(sqsEvent(event));
    const hash = await hashOf("bounce@simulator.amazonses.com");
    expect(await service.deps.suppressions.has(hash)).toBe(true);
    expect(await profile()).not.toHaveProperty("suppressed");
    const token = await tokenIn(service, "bounce@simulator.amazonses.com", "address");
    expect((await accountOf(service).confirmAddress(token)).statusCode).toBe(409);
    expect(await profile()).toMatchObject({ address: "keeps@example.com" });
  });

  it("is not mailed when the new address was suppressed in between, nor after a day", async () => {
    const { fresh } = await owner("between@example.com");
    await accountOf(service).changeAddress(fresh, "between-new@example.com");
    await service.deps.suppressions.add(await hashOf("between-new@example.com"), "bounce", start);
    await sendAll(service);
    expect(received(service, "between-new@example.com")).toEqual([]);
    const { fresh: later } = await owner("late@example.com");
    await accountOf(service).changeAddress(later, "late-new@example.com");
    service.clock.set(addHours(start, 24.1));
    await sendAll(service);
    expect(received(service, "late-new@example.com")).toEqual([]);
  });
});

describe("a crash in the middle of a change of address", () => {
  const writes = ["claim", "replace", "release", "strike"] as const;

  it.each(writes)("before the write %s loses nothing: pressing again goes on", async (write) => {
    const [from, to] = [`crash-${write}@example.com`, `crash-${write}-new@example.com`];
    const { id, fresh, profile } = await owner(from);
    await ask(fresh, to);
    const token = await tokenIn(service, to, "address");
    const { deps } = service;
    let count = 0;
    const stop = async (): Promise<never> => {
      throw new Error("crash");
    };
    const broken = {
      ...deps,
      addresses: { ...deps.addresses, ...(write === "claim" && { claim: stop }) },
      claims: { ...deps.claims, ...(write === "release" && { release: stop }) },
      subscribers: {
        ...deps.subscribers,
        replace: (subscriber: Subscriber) => {
          count++;
          const stops = (write === "replace" && count === 1) || (write === "strike" && count === 2);
          return stops ? stop() : deps.subscribers.replace(subscriber);
        },
      },
    };
    await expect(confirmAddress(broken, { token })).rejects.toThrow("crash");
    if (write === "replace") {
      expect(await profile()).toMatchObject({ address: from });
      expect(await deps.claims.find(await hashOf(to))).toBe(id);
    }
    if (write === "claim" || write === "replace") {
      expect(await confirmAddress(deps, { token })).toEqual({ status: "moved" });
    } else {
      await tick(service);
    }
    expect(await profile()).toMatchObject({ address: to, todo: {} });
    expect(await profile()).not.toHaveProperty("releases");
    expect(await deps.claims.find(await hashOf(from))).toBeUndefined();
    expect(await deps.claims.find(await hashOf(to))).toBe(id);
  });

  it("keeps the owner of the new address from nothing once the link is dead", async () => {
    const { id, fresh } = await owner("stray@example.com");
    await ask(fresh, "stray-new@example.com");
    await service.deps.addresses.claim(await hashOf("stray-new@example.com"), id);
    service.clock.set(addHours(start, 50));
    const newcomer = await signUp(service, "stray-new@example.com");
    expect(newcomer).not.toBe(id);
    expect(await service.deps.claims.find(await hashOf("stray-new@example.com"))).toBe(newcomer);
    expect(await progressToken(service, id)).toContain(id);
  });
});
