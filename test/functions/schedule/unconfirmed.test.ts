import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "../../../core/errors.ts";
import { suppress } from "../../../core/subscriber/suppress.ts";
import { addDays, addHours, addMinutes } from "../../../core/time/instant.ts";
import { handler as dispatch } from "../../../functions/schedule/dispatch.ts";
import { scheduleEvent } from "../../helpers/events.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, linkToken, newestMail, received, signUp, tick } from "../../helpers/walk.ts";

const start = "2027-03-01T12:00:00.000Z";
let service: TestService;
beforeAll(async () => {
  service = await startService({ at: start });
});
beforeEach(() => service.clock.set(start));
afterAll(() => service.stop());

const tickAt = async (instant: string) => {
  service.clock.set(instant);
  await tick(service);
};

describe("who does not confirm", () => {
  it("is reminded once, 24 hours after the request, in other words and with a link that is good", async () => {
    await signUp(service, "slow@example.com");
    await tickAt(addMinutes(addHours(start, 24), -1));
    expect(received(service, "slow@example.com")).toEqual(["confirm_2027-03-01_1"]);
    for (const hours of [24, 24, 25, 48, 72]) await tickAt(addHours(start, hours));
    expect(received(service, "slow@example.com")).toEqual(["confirm_2027-03-01_1", "confirm_2027-03-02_2"]);
    expect((await newestMail(service, "slow@example.com")).subject).toBe("Confirm, please");
    expect(await linkToken(service, "slow@example.com", "confirm")).not.toBe("");
  });

  it("is not reminded after a bounce", async () => {
    const id = await signUp(service, "bounced@example.com");
    await suppress(service.deps, id, "bounce");
    await tickAt(addHours(start, 24));
    expect(received(service, "bounced@example.com")).toHaveLength(1);
  });

  it("and does after all is not reminded", async () => {
    await join(service, "joined@example.com");
    await tickAt(addHours(start, 24));
    expect(received(service, "joined@example.com")).not.toContain("confirm_2027-03-02_2");
  });

  it("gets one reminder where dispatch dies behind the first write, or behind the packet", async () => {
    await signUp(service, "crash@example.com");
    service.clock.set(addHours(start, 24));
    const deps = service.depsOf("dispatch");
    const dies = () => Promise.reject(new AppError("unavailable", "test.died", "died"));
    await dispatch
      .with({ ...deps, packets: { ...deps.packets, create: dies } })(scheduleEvent)
      .catch(() => {});
    let writes = 0;
    const replace: typeof deps.subscribers.replace = (known) =>
      ++writes > 1 ? dies() : deps.subscribers.replace(known);
    await dispatch
      .with({ ...deps, subscribers: { ...deps.subscribers, replace } })(scheduleEvent)
      .catch(() => {});
    for (const minutes of [1, 2, 3]) await tickAt(addMinutes(addHours(start, 24), minutes));
    expect(received(service, "crash@example.com")).toEqual(["confirm_2027-03-01_1", "confirm_2027-03-02_2"]);
  });

  it("is forgotten 30 days after the request: nothing names them, and a signup starts anew", async () => {
    const id = await signUp(service, "lost@example.com", { name: "Lola Lost" });
    await tickAt(addHours(start, 24));
    await tickAt(addMinutes(addDays(start, 30), -1));
    expect((await service.deps.subscribers.load(id))?.name).toBe("Lola Lost");
    await tickAt(addDays(start, 30));
    const rows = await allRows(service);
    expect(JSON.stringify(rows)).not.toMatch(/lost@|Lola/);
    const claims = rows.filter(({ pk }) => String(pk).startsWith("ADDR#"));
    expect(claims.filter(({ subscriberId, erasedAt }) => subscriberId === id || erasedAt)).toEqual([]);
    await tickAt(addMinutes(addDays(start, 30), 5));
    expect(await service.deps.subscribers.load(id)).toBeUndefined();
    const anew = await signUp(service, "lost@example.com");
    expect([anew === id, anew]).toEqual([false, expect.stringMatching(/^sub_/)]);
  });

  it("loses but the request where they had consented before", async () => {
    const id = await join(service, "reader@example.com");
    service.clock.set(addDays(start, 1));
    await signUp(service, "reader@example.com", { digest: "on", name: "Eve" });
    expect((await service.deps.subscribers.load(id))?.asked).toBeDefined();
    await tickAt(addDays(start, 31));
    const known = await service.deps.subscribers.load(id);
    expect(known?.asked).toBeUndefined();
    expect(Object.keys(known?.lists ?? {})).toEqual(["records"]);
    expect(known?.todo).toEqual({});
  });
});
