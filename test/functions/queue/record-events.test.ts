import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Delivery } from "../../../core/delivery/delivery.ts";
import { statusOf } from "../../../core/subscriber/subscriber.ts";
import { handler } from "../../../functions/queue/record-events.ts";
import delivered from "../../fixtures/ses-delivery-event.json" with { type: "json" };
import { failedIds, sqsEvent } from "../../helpers/events.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { subscriber } from "../../helpers/subscribers.ts";

const key = { subscriberId: "sub_1", mailing: "course_records_run-1_school" };
const at = "2027-03-08T14:00:05.000Z";

let service: TestService;
beforeEach(async () => {
  service = await startService({ at: "2027-03-08T14:00:00.000Z" });
  await service.deps.subscribers.create(subscriber());
  await service.deps.deliveries.claim({ ...key, owner: "pkt_1.1", attempt: 1, claimedAt: at });
});
afterEach(() => service.stop());

const record = (...events: unknown[]) => handler.with(service.depsOf("record-events"))(sqsEvent(...events));
const person = async () => service.deps.subscribers.load("sub_1");
const row = async (): Promise<Delivery | undefined> =>
  [...(await service.deps.deliveries.loadMany([key])).values()][0];

/** An event in AWS's shape, of a type and with its own part. */
function event(eventType: string, part: object = {}, mail: object = {}) {
  const { delivery: _, ...detail } = delivered.detail;
  return { ...delivered, detail: { ...detail, eventType, mail: { ...detail.mail, ...mail }, ...part } };
}
const bounce = (bounceType: string, timestamp = at, mail = {}) =>
  event(
    "Bounce",
    {
      bounce: {
        bounceType,
        bounceSubType: "General",
        bouncedRecipients: [{ emailAddress: "ada@example.com" }],
        timestamp,
        feedbackId: "f",
      },
    },
    mail,
  );
const complaint = (complaintFeedbackType: string) =>
  event("Complaint", {
    complaint: {
      complainedRecipients: [{ emailAddress: "stranger@example.com" }],
      timestamp: at,
      feedbackId: "f",
      complaintFeedbackType,
    },
  });

async function unknown() {
  await service.deps.deliveries.settle(
    { ...key, owner: "pkt_1.1" },
    { state: "unknown", reason: "TimeoutError", dueAt: at },
    at,
  );
}

describe("an SES event", () => {
  it("is noted on the delivery that its tags name", async () => {
    expect(failedIds(await record(delivered))).toEqual([]);
    expect(await row()).toMatchObject({ state: "sent", events: { delivered: "2027-03-08T14:00:03.500Z" } });
  });

  it.each([
    ["Send", { send: {} }],
    ["Delivery", { delivery: delivered.detail.delivery }],
    [
      "DeliveryDelay",
      {
        deliveryDelay: { delayType: "MailboxFull", delayedRecipients: [], expirationTime: at, timestamp: at },
      },
    ],
    ["Reject", { reject: { reason: "Bad content" } }],
    ["Rendering Failure", { failure: { templateName: "t", errorMessage: "m" } }],
  ])("%s settles an unknown outcome", async (type, part) => {
    await unknown();
    await record(event(type, part));
    expect(await row()).toMatchObject({ state: "sent", messageId: delivered.detail.mail.messageId });
    expect(await person()).toEqual(subscriber());
  });

  it("of a hard bounce suppresses at once, also against a new signup", async () => {
    await record(bounce("Permanent"));
    expect(statusOf((await person()) ?? subscriber())).toBe("suppressed");
    expect(await service.deps.suppressions.has("hash")).toBe(true);
  });

  it("of a complaint suppresses the reader of this mail, not the stranger whom the provider names", async () => {
    await service.deps.subscribers.create(
      subscriber({ id: "sub_2", address: "stranger@example.com", addressHash: "other" }),
    );
    await record(complaint("abuse"));
    expect((await person())?.suppressed?.reason).toBe("complaint");
    expect(await service.deps.suppressions.has("other")).toBe(false);
  });

  it("of a complaint that says not-spam suppresses nobody", async () => {
    await record(complaint("not-spam"));
    expect(await person()).toEqual(subscriber());
  });

  it("of the third soft bounce within thirty days suppresses, told twice or not", async () => {
    for (const day of ["01", "01", "09"]) await record(bounce("Transient", `2027-03-${day}T00:00:00.000Z`));
    expect((await person())?.suppressed).toBeUndefined();
    await record(bounce("Undetermined", "2027-03-30T00:00:00.000Z"));
    expect((await person())?.suppressed?.reason).toBe("bounce");
  });

  it("of soft bounces far apart suppresses nobody", async () => {
    for (const month of ["01", "03", "05", "07"])
      await record(bounce("Transient", `2027-${month}-01T00:00:00.000Z`));
    expect((await person())?.suppressed).toBeUndefined();
  });

  it.each<[string, unknown]>([
    [
      "of another configuration set",
      bounce("Permanent", at, {
        tags: { ...delivered.detail.mail.tags, "ses:configuration-set": ["theirs"] },
      }),
    ],
    [
      "without tags of ours",
      bounce("Permanent", at, { tags: { "ses:configuration-set": ["stepletter-local"] } }),
    ],
    [
      "of a delivery that is not in the ledger",
      bounce("Permanent", at, { tags: { ...delivered.detail.mail.tags, subscriber: ["sub_erased"] } }),
    ],
    [
      "of a type that AWS may add",
      event("Open", { open: { ipAddress: "192.0.2.1", timestamp: at, userAgent: "x" } }),
    ],
  ])("%s changes nothing and is done", async (_, told) => {
    const before = await allRows(service);
    expect(failedIds(await record(told))).toEqual([]);
    expect(await allRows(service)).toEqual(before);
  });

  it("that cannot be read comes back alone", async () => {
    const answer = await record(
      delivered,
      "not json",
      { source: "aws.s3" },
      { ...delivered, detail: { eventType: "Send" } },
    );
    expect(failedIds(answer)).toHaveLength(3);
    expect(await row()).toMatchObject({ state: "sent" });
  });
});

describe("events in any order, any of them repeated", () => {
  it("leave the same row and the same reader", async () => {
    const told = [event("Send", { send: {} }), delivered, bounce("Permanent"), complaint("abuse")];
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 }), async (extra) => {
        const id = `sub_${outcomes.size}${extra.join("")}${Math.random().toString(36).slice(2)}`;
        await service.deps.subscribers.create(subscriber({ id, addressHash: id }));
        await service.deps.deliveries.claim({
          ...key,
          subscriberId: id,
          owner: "pkt_1.1",
          attempt: 1,
          claimedAt: at,
        });
        const order = [...extra, 0, 1, 2, 3];
        for (const index of order) {
          const one = told[index];
          if (one) await record(withSubscriber(one, id));
        }
        const [ledger] = (await service.deps.deliveries.loadMany([{ ...key, subscriberId: id }])).values();
        expect(Object.keys(ledger?.events ?? {}).sort()).toEqual([
          "accepted",
          "bounced",
          "complained",
          "delivered",
        ]);
        expect(ledger?.state).toBe("sent");
        expect((await service.deps.subscribers.load(id))?.suppressed?.reason).toMatch(/^(bounce|complaint)$/);
      }),
      { numRuns: 15 },
    );
  });
});

function withSubscriber<T extends { detail: { mail: { tags: object } } }>(told: T, id: string): T {
  return {
    ...told,
    detail: {
      ...told.detail,
      mail: { ...told.detail.mail, tags: { ...told.detail.mail.tags, subscriber: [id] } },
    },
  };
}
