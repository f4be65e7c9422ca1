import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../../../core/errors.ts";
import { confirmAddress } from "../../../core/person/confirm-address.ts";
import { hashAddress } from "../../../core/subscriber/address.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { addDays, addHours, addMinutes } from "../../../core/time/instant.ts";
import { handler as http } from "../../../functions/http/handler.ts";
import { handler as recordEvents } from "../../../functions/queue/record-events.ts";
import { accountOf, freshLink, tokenIn } from "../../helpers/account.ts";
import { context, formPost, sqsEvent } from "../../helpers/events.ts";
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
    await service.deps.suppressions.add(suppressed, { reason: "bounce", since: start });
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

  it("counts with the signups of one mailbox, however its address is spelled", async () => {
    service.clock.set(start);
    for (const n of [1, 2]) await signUp(service, `one.box+${n}@gmail.com`);
    for (const n of [3, 4]) {
      const { fresh } = await owner(`spelled-${n}@example.com`);
      expect((await ask(fresh, `OneBox+${n}@gmail.com`)).statusCode).toBe(202);
    }
    expect(received(service, "OneBox+3@gmail.com")).toHaveLength(1);
    expect(received(service, "OneBox+4@gmail.com")).toEqual([]);
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
    await service.deps.suppressions.add(await hashOf("between-new@example.com"), {
      reason: "bounce",
      since: start,
    });
    await sendAll(service);
    expect(received(service, "between-new@example.com")).toEqual([]);
    const { fresh: later } = await owner("late@example.com");
    await accountOf(service).changeAddress(later, "late-new@example.com");
    service.clock.set(addHours(start, 24.1));
    await sendAll(service);
    expect(received(service, "late-new@example.com")).toEqual([]);
  });
});

describe("a request for a new address", () => {
  const newest = (email: string) => received(service, email).filter((id) => id.startsWith("address_"));

  it("that could not be stored takes nothing of what the address may get: the next one is mailed", async () => {
    const { fresh, profile } = await owner("unstored@example.com");
    const deps = service.depsOf("http");
    const { subscribers } = deps;
    const replace = async (): Promise<never> => {
      throw new AppError("unavailable", "dynamodb.unavailable", "DynamoDB did not answer");
    };
    const post = formPost("/account/address", { token: fresh, email: "unstored-new@example.com" });
    const broken = http.with({ ...deps, subscribers: { ...subscribers, replace } });
    expect((await broken(post, context)).statusCode).toBe(503);
    expect(await profile()).not.toHaveProperty("moving");
    expect((await ask(fresh, "unstored-new@example.com")).statusCode).toBe(202);
    expect(newest("unstored-new@example.com")).toHaveLength(1);
  });

  it("that comes twice at once is mailed once", async () => {
    const { fresh, profile } = await owner("double@example.com");
    const { changeAddress: post } = accountOf(service);
    const answers = await Promise.all([1, 2, 3].map(() => post(fresh, "double-new@example.com")));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([202, 429, 429]);
    await sendAll(service);
    expect(newest("double-new@example.com")).toHaveLength(1);
    expect(await profile()).toMatchObject({ moving: { address: "double-new@example.com" }, todo: {} });
  });

  it("that stops before it has asked the limits is mailed by dispatch", async () => {
    const { fresh, profile } = await owner("stopped@example.com");
    const deps = service.depsOf("http");
    const take = async (): Promise<never> => {
      throw new AppError("unavailable", "dynamodb.unavailable", "DynamoDB did not answer");
    };
    const post = formPost("/account/address", { token: fresh, email: "stopped-new@example.com" });
    const broken = http.with({ ...deps, limits: { ...deps.limits, take } });
    const answer = await broken(post, context);
    expect([answer.statusCode, answer.body]).toEqual([202, expect.any(String)]);
    await tick(service);
    expect(newest("stopped-new@example.com")).toEqual([]);
    service.clock.set(addMinutes(start, 2));
    await tick(service);
    expect(newest("stopped-new@example.com")).toEqual(["address_2027-03-01_1"]);
    expect(await profile()).toMatchObject({ todo: {} });
  });

  it("that the limits refuse leaves nothing behind but its count", async () => {
    const { fresh: first } = await owner("limit-1@example.com");
    await ask(first, "limited@example.com");
    const { fresh, profile } = await owner("limit-2@example.com");
    const { statusCode } = await ask(fresh, "limited@example.com");
    expect(statusCode).toBe(202);
    expect(await profile()).toMatchObject({ movesAt: [start], todo: {} });
    expect(await profile()).not.toHaveProperty("moving");
    service.clock.set(addMinutes(start, 2));
    await tick(service);
    expect(newest("limited@example.com")).toHaveLength(1);
  });
});

describe("the fresh link, once the address has moved", () => {
  it("is dead: who reads the old mailbox neither takes out, moves nor erases", async () => {
    const { fresh, profile } = await owner("left-behind@example.com");
    await ask(fresh, "ahead@example.com");
    const { confirmAddress: press, ...account } = accountOf(service);
    expect((await account.exportData(fresh)).statusCode).toBe(200);
    await press(await tokenIn(service, "ahead@example.com", "address"));
    const moved = await profile();
    expect(moved).toMatchObject({ address: "ahead@example.com" });
    const answers = [
      await account.get(`/account/${fresh}`),
      await account.exportData(fresh),
      await account.changeAddress(fresh, "elsewhere@example.com"),
      await account.erase(fresh),
    ];
    for (const { statusCode, body } of answers) {
      expect(statusCode).toBe(410);
      expect(body).not.toContain("ahead@example.com");
    }
    expect(await profile()).toEqual(moved);
    service.clock.set(addMinutes(start, 15));
    const again = await freshLink(service, moved.id, "ahead@example.com");
    expect((await account.get(`/account/${again}`)).statusCode).toBe(200);
  });
});

describe("a move that lifts a bounce", () => {
  it("lets the course and the digest that it had stopped go on, and repeats nothing", async () => {
    const { id, fresh, profile, change } = await owner("goes-on@example.com");
    const { digests, enrolments } = service.deps;
    await service.deps.subscribers.replace({
      ...(await profile()),
      lists: { ...(await profile()).lists, digest: { state: "joined", run: 1, since: start } },
    });
    await change({ suppressed: { reason: "bounce", since: start } });
    service.clock.set("2027-03-10T14:00:00.000Z");
    await tick(service);
    const [stopped] = await enrolments.loadMany(id, ["records"]);
    expect(stopped).toMatchObject({ state: "stopped", previous: "welcome" });
    expect(stopped).not.toHaveProperty("step");

    service.clock.set(start);
    await ask(fresh, "goes-on-new@example.com");
    await accountOf(service).confirmAddress(await tokenIn(service, "goes-on-new@example.com", "address"));
    service.clock.set("2027-03-10T14:02:00.000Z");
    await tick(service);
    expect((await profile()).todo).toEqual({});
    await tick(service);
    const mails = received(service, "goes-on-new@example.com");
    expect(mails.filter((mail) => mail.startsWith("course_"))).toEqual(["course_records_run-1_school"]);
    expect((await enrolments.loadMany(id, ["records"]))[0]).toMatchObject({ previous: "school" });
    expect(await digests.start({ subscriberId: id, run: 1, edition: "2027-W11", dueAt: start })).toBe(true);
  });

  it("begins the digest again where it had been read, with the next edition", async () => {
    const { id, fresh, profile, change } = await owner("reads-on@example.com");
    const { digests } = service.deps;
    await change({ lists: { digest: { state: "joined", run: 1, since: start } } });
    await digests.start({ subscriberId: id, run: 1, edition: "2027-W09", dueAt: start });
    await change({ suppressed: { reason: "bounce", since: start } });
    await tick(service);
    await ask(fresh, "reads-on-new@example.com");
    await accountOf(service).confirmAddress(await tokenIn(service, "reads-on-new@example.com", "address"));
    service.clock.set(addMinutes(start, 2));
    await tick(service);
    expect((await profile()).todo).toEqual({});
    const reading = (await digests.due("2028-01-01T00:00:00.000Z", 1000)).filter(
      ({ subscriberId }) => subscriberId === id,
    );
    expect(reading).toMatchObject([{ run: 1, edition: "2027-W10" }]);
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
