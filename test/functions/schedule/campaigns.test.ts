import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deleteRow } from "../../../adapters/dynamodb/table.ts";
import { suppress } from "../../../core/subscriber/suppress.ts";
import { handler as sendPacket } from "../../../functions/queue/send-packet.ts";
import { handler as dispatch } from "../../../functions/schedule/dispatch.ts";
import { addMembers, adminKey, callApi, draft } from "../../helpers/campaigns.ts";
import { scheduleEvent, sqsEvent } from "../../helpers/events.ts";
import { tableOf } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { bounced, member, subscriber } from "../../helpers/subscribers.ts";
import { newestMail, sendAll, tick } from "../../helpers/walk.ts";

let service: TestService;
let key: string;
beforeEach(async () => {
  service = await startService();
  key = await adminKey(service);
});
afterEach(() => service.stop());

async function send(): Promise<void> {
  const answer = await callApi(service, { method: "POST", path: "/v1/campaigns", key, body: draft });
  expect(answer.status).toBe(201);
  await press("send", {});
}

async function status() {
  return (await callApi(service, { path: "/v1/campaigns/spring-news", key })).body;
}

async function press(button: "send" | "pause" | "resume" | "cancel", body?: unknown) {
  const path = `/v1/campaigns/spring-news/${button}`;
  return callApi(service, { method: "POST", path, key, ...(body !== undefined && { body }) });
}

/** Who got the campaign, by id; someone who got it twice stands there twice. */
function reached(): string[] {
  const mails = service.ses.mails().filter(({ tags }) => tags.mailing === "campaign_spring-news");
  return mails.map(({ tags }) => tags.subscriber ?? "").toSorted();
}

describe("a campaign", () => {
  it("reaches every member of its list once, in packets of fifty, though it is triggered twice", async () => {
    const members = await addMembers(service, 230);
    await send();
    await tick(service);
    await press("send", {});
    await tick(service);
    expect(reached()).toEqual(members.toSorted());
    expect(await status()).toMatchObject({
      state: "done",
      packets: 5,
      recipients: 230,
      waiting: 0,
      counts: { sent: 230 },
    });
  });

  it("is written for its readers: subject, both parts, the way to leave its list", async () => {
    await addMembers(service, 1);
    await send();
    await tick(service);
    const mail = await newestMail(service, "m0@example.com");
    expect(mail.subject).toBe("Spring news");
    expect(mail.html).toContain("<strong>new codes</strong>");
    expect(mail.text).toContain("Read them (https://example.org/codes)\n");
    const lines = mail.headerLines.map(({ line }) => line.replace(/\r\n\s+/g, " "));
    expect(lines).toContain("List-Id: <records.stepletter.example>");
    expect(lines).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  });

  it("skips who is on no list, bounced, or left after the audience was frozen", async () => {
    const { subscribers } = service.deps;
    await addMembers(service, 3);
    await subscribers.create(subscriber({ id: "sub_wants", ...member("wanted", 0) }));
    await subscribers.create(subscriber({ id: "sub_left", ...member("left") }));
    await subscribers.create(subscriber({ id: "sub_bounced", ...bounced }));
    await send();
    await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    await subscribers.replace(subscriber({ id: "sub_m1", ...member("left") }));
    await sendAll(service);
    expect(reached()).toEqual(["sub_m0", "sub_m2"]);
    expect(await status()).toMatchObject({ recipients: 3, counts: { sent: 2, skipped: 1 }, state: "done" });
  });

  it("says why it skips whom it lost between freezing and sending", async () => {
    await addMembers(service, 4);
    await send();
    await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    await service.deps.subscribers.replace(subscriber({ id: "sub_m1", ...member("left") }));
    await suppress(service.deps, "sub_m2", "complaint");
    const { table, close } = tableOf(service);
    await deleteRow(table, { pk: "SUB#sub_m3", sk: "PROFILE" });
    close();
    await sendAll(service);
    expect(reached()).toEqual(["sub_m0"]);
    const reasons = ["sub_m1", "sub_m2", "sub_m3"].map(async (id) => {
      return (await service.deps.deliveries.history(id)).map(({ state, reason }) => `${state} ${reason}`);
    });
    expect(await Promise.all(reasons)).toEqual([
      ["skipped unsubscribed"],
      ["skipped suppressed"],
      ["skipped gone"],
    ]);
    expect(await status()).toMatchObject({ recipients: 4, counts: { sent: 1, skipped: 3 }, state: "done" });
  });

  it("to nobody is done", async () => {
    await send();
    await tick(service);
    expect(await status()).toMatchObject({ state: "done", recipients: 0, counts: {} });
  });
});

describe("freezing, when dispatch dies", () => {
  const dies = () => Promise.reject(new Error("died"));

  it.each(["packets.create", "campaigns.moveOn", "doorbells.ring"])(
    "before or after any call of %s, loses nobody and sends twice to nobody",
    async (port) => {
      const [part = "", method = ""] = port.split(".");
      const members = await addMembers(service, 120);
      await send();
      for (const [nth, when] of [0, 1, 2].flatMap((n) => [[n, "before"] as const, [n, "after"] as const])) {
        let calls = 0;
        const whole = service.depsOf("dispatch")[part as "packets"] as unknown as Record<
          string,
          (...all: unknown[]) => unknown
        >;
        const dying = {
          ...whole,
          [method]: async (...given: unknown[]) => {
            if (calls++ !== nth) return whole[method]?.(...given);
            if (when === "after") await whole[method]?.(...given);
            return dies();
          },
        };
        await dispatch
          .with({ ...service.depsOf("dispatch"), [part]: dying })(scheduleEvent)
          .catch(() => {});
      }
      for (const at of ["12:01", "12:15", "12:30"]) {
        service.clock.set(`2027-03-01T${at}:00.000Z`);
        await tick(service);
      }
      expect(reached()).toEqual(members.toSorted());
      expect(await status()).toMatchObject({
        state: "done",
        packets: 3,
        recipients: 120,
        counts: { sent: 120 },
      });
    },
  );

  it("twenty at once freeze one audience", async () => {
    const members = await addMembers(service, 120);
    await send();
    await Promise.all(
      Array.from({ length: 20 }, () => dispatch.with(service.depsOf("dispatch"))(scheduleEvent)),
    );
    await sendAll(service);
    expect(reached()).toEqual(members.toSorted());
    expect(await status()).toMatchObject({ packets: 3, recipients: 120, counts: { sent: 120 } });
  });
});

describe("a campaign that is paused", () => {
  it("stops between packets, and goes on at once when it is resumed", async () => {
    const members = await addMembers(service, 120);
    await send();
    await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    const [first = "", ...others] = await service.messages("send-bulk");
    await sendPacket.with(service.depsOf("send-packet"))(sqsEvent(first));
    expect((await press("pause")).body).toMatchObject({ state: "paused", counts: { sent: 50 }, waiting: 70 });
    for (const body of others) await sendPacket.with(service.depsOf("send-packet"))(sqsEvent(body));
    service.clock.set("2027-03-01T12:20:00.000Z");
    await tick(service);
    expect(reached()).toHaveLength(50);
    expect(await status()).toMatchObject({ state: "paused", waiting: 70 });

    expect((await press("resume")).body).toMatchObject({ state: "sending" });
    await sendAll(service);
    expect(reached()).toEqual(members.toSorted());
    expect((await status()).state).toBe("done");
  });

  it("before its audience is frozen sends nothing, and can be resumed then", async () => {
    const members = await addMembers(service, 3);
    await send();
    await press("pause");
    await press("pause");
    await tick(service);
    expect(await status()).toMatchObject({ state: "paused", recipients: 3, waiting: 3 });
    expect(reached()).toEqual([]);
    await press("resume");
    await press("resume");
    service.clock.set("2027-03-01T12:05:00.000Z");
    await tick(service);
    expect(reached()).toEqual(members);
    expect(await press("pause")).toMatchObject({ status: 409, body: { code: "campaign.not-under-way" } });
  });
});

describe("a campaign that is cancelled", () => {
  it("sends no further packet, and says who did not get it", async () => {
    await addMembers(service, 120);
    await send();
    await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    const [first = "", ...others] = await service.messages("send-bulk");
    await sendPacket.with(service.depsOf("send-packet"))(sqsEvent(first));
    expect((await press("cancel")).body).toMatchObject({
      state: "cancelled",
      counts: { sent: 50 },
      waiting: 70,
    });
    for (const body of others) await sendPacket.with(service.depsOf("send-packet"))(sqsEvent(body));
    service.clock.set("2027-03-01T12:20:00.000Z");
    await tick(service);
    expect(reached()).toHaveLength(50);
    expect(await status()).toMatchObject({
      state: "cancelled",
      counts: { sent: 50, skipped: 70 },
      waiting: 0,
    });
    const [row] = await service.deps.deliveries.history("sub_m119");
    expect(row).toMatchObject({ state: "skipped", reason: "cancelled" });
    expect((await press("resume")).body.state).toBe("cancelled");
  });
});

describe("a campaign at each reader's local time", () => {
  const people = { ny: "America/New_York", berlin: "Europe/Berlin", auckland: "Pacific/Auckland" };

  it("goes when their clocks show it, and follows who moves", async () => {
    for (const [id, zone] of Object.entries({ ...people, mover: "Europe/Berlin" }))
      await service.deps.subscribers.create(
        subscriber({ id: `sub_${id}`, address: `${id}@example.com`, zone }),
      );
    await callApi(service, { method: "POST", path: "/v1/campaigns", key, body: draft });
    await press("send", { local: "2027-03-03T09:00" });
    const at = async (instant: string) => {
      service.clock.set(instant);
      await tick(service);
      return reached();
    };
    expect(await at("2027-03-02T17:59:00.000Z")).toEqual([]);
    expect(await status()).toMatchObject({ state: "scheduled", recipients: 0 });
    expect(await at("2027-03-02T18:00:00.000Z")).toEqual([]);
    expect(await status()).toMatchObject({ state: "sending", recipients: 4, packets: 3 });
    expect(await at("2027-03-02T20:00:00.000Z")).toEqual(["sub_auckland"]);
    const mover = await service.deps.subscribers.load("sub_mover");
    if (mover) await service.deps.subscribers.replace({ ...mover, zone: "America/New_York" });
    expect(await at("2027-03-03T08:00:00.000Z")).toEqual(["sub_auckland", "sub_berlin"]);
    expect(await at("2027-03-03T14:00:00.000Z")).toEqual([
      "sub_auckland",
      "sub_berlin",
      "sub_mover",
      "sub_ny",
    ]);
    await at("2027-03-03T14:05:00.000Z");
    expect(await status()).toMatchObject({
      state: "done",
      counts: { sent: 4 },
      doneAt: "2027-03-03T14:05:00.000Z",
    });
  });
});

describe("a campaign that is late", () => {
  it.each([
    ["send", ["sub_m0"], { sent: 1 }],
    ["skip", [], { skipped: 1 }],
  ] as const)("by its rule: %s", async (action, ids, counts) => {
    await addMembers(service, 1);
    const body = { ...draft, late: { afterHours: 6, action } };
    await callApi(service, { method: "POST", path: "/v1/campaigns", key, body });
    await press("send", {});
    await press("pause");
    await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    service.clock.set("2027-03-01T18:00:01.000Z");
    await press("resume");
    await tick(service);
    expect(reached()).toEqual(ids);
    expect(await status()).toMatchObject({ counts });
  });

  it("goes in the next window, by its rule", async () => {
    await addMembers(service, 1);
    const body = { ...draft, late: { afterHours: 6, action: "next-window" } };
    await callApi(service, { method: "POST", path: "/v1/campaigns", key, body });
    await press("send", {});
    await press("pause");
    await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    service.clock.set("2027-03-01T18:00:01.000Z");
    await press("resume");
    await tick(service);
    expect(reached()).toEqual([]);
    expect(await status()).toMatchObject({ waiting: 1 });
    service.clock.set("2027-03-02T18:00:01.000Z");
    await tick(service);
    expect(reached()).toEqual(["sub_m0"]);
  });
});
