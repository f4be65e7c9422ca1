import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Delivery } from "../../../core/delivery/delivery.ts";
import { hashAddress } from "../../../core/subscriber/address.ts";
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
  await claim("sub_1");
});
afterEach(() => service.stop());

const claim = (subscriberId: string) =>
  service.deps.deliveries.claimMany({ mailing: key.mailing, owner: "pkt_1.1", attempt: 1, claimedAt: at }, [
    subscriberId,
  ]);
const record = (...events: unknown[]) => handler.with(service.depsOf("record-events"))(sqsEvent(...events));
const person = async () => service.deps.subscribers.load("sub_1");
const row = async (): Promise<Delivery | undefined> =>
  [...(await service.deps.deliveries.loadMany([key])).values()][0];

/** An event in AWS's shape, of a type and with its own part. */
function event(eventType: string, part: object = {}, mail: object = {}) {
  const { delivery: _, ...detail } = delivered.detail;
  return { ...delivered, detail: { ...detail, eventType, mail: { ...detail.mail, ...mail }, ...part } };
}
const bounce = (bounceType: string, timestamp = at, mail = {}, bounceSubType = "General") =>
  event(
    "Bounce",
    {
      bounce: {
        bounceType,
        bounceSubType,
        bouncedRecipients: [{ emailAddress: "ada@example.com" }],
        timestamp,
        feedbackId: "f",
      },
    },
    mail,
  );
const complaint = (
  complaintFeedbackType: string | undefined,
  named = ["stranger@example.com"],
  mail = {},
  complaintSubType: string | null = null,
) =>
  event(
    "Complaint",
    {
      complaint: {
        complainedRecipients: named.map((emailAddress) => ({ emailAddress })),
        timestamp: at,
        feedbackId: "f",
        complaintSubType,
        ...(complaintFeedbackType && { complaintFeedbackType }),
      },
    },
    mail,
  );

async function unknown() {
  await service.deps.deliveries.settleMany(
    { mailing: key.mailing, owner: "pkt_1.1" },
    [[key.subscriberId, { state: "unknown", reason: "TimeoutError", dueAt: at }]],
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

  it("with late word of a first attempt settles the second one that was given back", async () => {
    await unknown();
    const second = { mailing: key.mailing, owner: "pkt_2.1", attempt: 2, claimedAt: at };
    await service.deps.deliveries.claimMany(second, [key.subscriberId]);
    await service.deps.deliveries.settleMany(second, [[key.subscriberId, { state: "released" }]], at);
    await record(delivered);
    expect(await row()).toMatchObject({ state: "sent", settledAt: "2027-03-08T14:00:01.123Z" });
  });

  it.each([
    "MailboxFull",
    "SpamDetected",
    "RecipientServerError",
    "IPFailure",
    "TransientCommunicationFailure",
    "BYOIPHostNameLookupUnavailable",
    "InternalFailure",
    "General",
    "Undetermined",
    "SendingDeferral",
  ])("of a delay (%s) is noted and harms nobody; the first instant stands", async (delayType) => {
    const delay = (timestamp: string) => event("DeliveryDelay", { deliveryDelay: { delayType, timestamp } });
    for (const day of ["11", "09", "10"]) await record(delay(`2027-03-${day}T00:00:00.000Z`));
    expect((await row())?.events).toEqual({ delayed: "2027-03-09T00:00:00.000Z" });
    expect(await person()).toEqual(subscriber());
  });

  it.each([
    ["Rendering Failure", { failure: { templateName: "", errorMessage: "m" } }, "MailsNotRendered"],
    ["Reject", { reject: { reason: "Bad content" } }, "DeliveriesFailed"],
  ])("%s is told to the operator", async (type, part, measure) => {
    await record(event(type, part));
    expect(service.measured).toEqual([[measure, 1]]);
  });

  it.each(["General", "NoEmail", "Suppressed", "OnAccountSuppressionList", "SomethingNew"])(
    "of a permanent bounce (%s) suppresses",
    async (subType) => {
      await record(bounce("Permanent", at, {}, subType));
      expect((await person())?.suppressed).toEqual({ reason: "bounce", since: at });
    },
  );

  it.each([
    ...["General", "MailboxFull", "MessageTooLarge", "ContentRejected", "AttachmentRejected"].map(
      (subType) => ["Transient", subType],
    ),
    ["Undetermined", "Undetermined"],
  ])("of one %s bounce (%s) suppresses nobody yet", async (type = "", subType = "") => {
    await record(bounce(type, at, {}, subType));
    expect(await person()).toEqual(subscriber({ rev: 2, softBounces: [at] }));
  });

  it.each(["abuse", "auth-failure", "fraud", "other", "virus", undefined])(
    "of a complaint (%s) suppresses",
    async (type) => {
      await record(complaint(type));
      expect((await person())?.suppressed).toEqual({ reason: "complaint", since: at });
    },
  );

  it.each([
    ["nobody", []],
    ["everybody at the domain", ["ada@example.com", "stranger@example.com", "other@example.com"]],
  ])("of a complaint that names %s suppresses the reader, and no stranger", async (_, named) => {
    await service.deps.subscribers.create(
      subscriber({ id: "sub_2", address: "stranger@example.com", addressHash: "other" }),
    );
    await record(complaint("abuse", named, {}, "OnAccountSuppressionList"));
    expect((await person())?.suppressed?.reason).toBe("complaint");
    expect(await service.deps.suppressions.has("other")).toBe(false);
    expect(await service.deps.subscribers.load("sub_2")).toMatchObject({ softBounces: [] });
    expect((await service.deps.subscribers.load("sub_2"))?.suppressed).toBeUndefined();
  });

  it("of a mail to an address that the reader no longer has suppresses that address alone", async () => {
    const { hash } = await service.deps.keys.ring();
    const former = { destination: ["Ada.Old@Example.com"] };
    for (const told of [bounce("Permanent", at, former), complaint("abuse", [], former)]) await record(told);
    for (const day of ["01", "02", "03"])
      await record(bounce("Transient", `2027-03-${day}T00:00:00.000Z`, former));
    expect(await person()).toEqual(subscriber());
    expect(await service.deps.suppressions.has(hashAddress(hash, "ada.old@example.com"))).toBe(true);
    expect(await service.deps.suppressions.has("hash")).toBe(false);
  });

  it("of a mail to several addresses suppresses none that is not the reader's", async () => {
    const { hash } = await service.deps.keys.ring();
    await record(bounce("Permanent", at, { destination: ["one@example.com", "two@example.com"] }));
    expect(await person()).toEqual(subscriber());
    expect(await service.deps.suppressions.has(hashAddress(hash, "one@example.com"))).toBe(false);
  });

  it("knows the reader's address in another case", async () => {
    await record(bounce("Permanent", at, { destination: ["ADA@Example.COM"] }));
    expect((await person())?.suppressed?.reason).toBe("bounce");
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
    ["of another account", bounce("Permanent", at, { sendingAccountId: "210987654321" })],
    [
      "of another account's event bus",
      { ...bounce("Permanent", at, { sendingAccountId: "210987654321" }), account: "210987654321" },
    ],
    ["of another region", { ...bounce("Permanent"), region: "eu-central-1" }],
    ["of an open", event("Open", { open: { ipAddress: "192.0.2.1", timestamp: at, userAgent: "x" } })],
    ["of a click", event("Click", { click: { timestamp: at, link: "https://example.org", linkTags: null } })],
    ["of a subscription", event("Subscription", { subscription: { contactList: "x", timestamp: at } })],
    ["of a type that AWS may add", event("Telepathy", {}, { timestamp: "whenever" })],
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
      event("Bounce"),
      event("Complaint", { complaint: { timestamp: "yesterday" } }),
      { ...delivered, detail: {} },
    );
    expect(failedIds(answer)).toHaveLength(6);
    expect(await row()).toMatchObject({ state: "sent" });
  });
});
