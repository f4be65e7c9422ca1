import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsUnder } from "../../../adapters/dynamodb/table.ts";
import { handler } from "../../../functions/queue/record-events.ts";
import delivered from "../../fixtures/ses-delivery-event.json" with { type: "json" };
import { failedIds, sqsEvent } from "../../helpers/events.ts";
import { tableOf } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { subscriber } from "../../helpers/subscribers.ts";

const mailings = ["school", "training", "farewell"].map((step) => `course_records_run-1_${step}`);
const claimedAt = "2027-03-01T13:59:59.000Z";

let service: TestService;
let table: ReturnType<typeof tableOf>;
beforeAll(async () => {
  service = await startService({ at: "2027-04-01T12:00:00.000Z" });
  table = tableOf(service);
});
afterAll(async () => {
  table.close();
  await service.stop();
});

/** One event of a mail, as it is told of one subscriber after another. */
type Told = (subscriberId: string) => object;

const instant = fc
  .integer({ min: 0, max: 45 })
  .map((day) => new Date(Date.UTC(2027, 2, 1 + day, 14)).toISOString());
const subTypes = {
  Permanent: ["General", "NoEmail", "Suppressed", "OnAccountSuppressionList"],
  Transient: ["General", "MailboxFull", "MessageTooLarge", "ContentRejected", "AttachmentRejected"],
  Undetermined: ["Undetermined"],
};
const bouncePart = fc
  .constantFrom<keyof typeof subTypes>("Permanent", "Transient", "Undetermined")
  .chain((bounceType) =>
    fc.record({
      bounceType: fc.constant(bounceType),
      bounceSubType: fc.constantFrom(...subTypes[bounceType]),
    }),
  );
const complaintPart = fc.record(
  {
    complaintFeedbackType: fc.constantFrom("abuse", "auth-failure", "fraud", "not-spam", "other", "virus"),
    complaintSubType: fc.constantFrom(null, "OnAccountSuppressionList"),
    complainedRecipients: fc.constantFrom([], [{ emailAddress: "stranger@example.com" }]),
  },
  { requiredKeys: ["complaintSubType", "complainedRecipients"] },
);

const part = fc.oneof(
  fc.constant(["Send", "send", {}] as const),
  fc.constant(["Delivery", "delivery", {}] as const),
  fc.constant(["Reject", "reject", { reason: "Bad content" }] as const),
  fc.constant(["Rendering Failure", "failure", { templateName: "", errorMessage: "m" }] as const),
  fc.constant(["Open", "open", {}] as const),
  fc
    .constantFrom("MailboxFull", "SpamDetected", "General")
    .map((delayType) => ["DeliveryDelay", "deliveryDelay", { delayType }] as const),
  bouncePart.map((told) => ["Bounce", "bounce", told] as const),
  complaintPart.map((told) => ["Complaint", "complaint", told] as const),
);
const event: fc.Arbitrary<Told> = fc
  .tuple(fc.integer({ min: 0, max: mailings.length - 1 }), part, instant)
  .map(([mail, [eventType, name, told], timestamp]) => (subscriberId) => ({
    ...delivered,
    detail: {
      eventType,
      mail: {
        ...delivered.detail.mail,
        messageId: `message-${mail}`,
        timestamp: `2027-03-0${mail + 1}T14:00:00.000Z`,
        tags: { ...delivered.detail.mail.tags, mailing: [mailings[mail]], subscriber: [subscriberId] },
      },
      [name]: { ...told, timestamp },
    },
  }));
const orders = fc
  .array(event, { minLength: 1, maxLength: 8 })
  .chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray(events, { minLength: events.length }),
      fc.array(fc.constantFrom(...events), { maxLength: 4 }),
    ),
  )
  .chain(([events, order, again]) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray([...order, ...again], { minLength: order.length + again.length }),
    ),
  );

let runs = 0;
/** What somebody's rows are after events in this order: those of the ledger, the suppression, and what it did to the profile. */
async function rowsAfter(events: Told[]) {
  const id = `sub_${runs++}`;
  await service.deps.subscribers.create(subscriber({ id, addressHash: `hash-of-${id}` }));
  for (const [index, mailing] of mailings.entries()) {
    const claim = { mailing, owner: "pkt_1.1", attempt: 1, claimedAt };
    await service.deps.deliveries.claimMany(claim, [id]);
    const unknown = { state: "unknown", reason: "TimeoutError", dueAt: claimedAt } as const;
    if (index === 1) await service.deps.deliveries.settleMany(claim, [[id, unknown]], claimedAt);
    if (index === 2)
      await service.deps.deliveries.settleMany(claim, [[id, { state: "released" }]], claimedAt);
  }
  for (const told of events)
    expect(failedIds(await handler.with(service.depsOf("record-events"))(sqsEvent(told(id))))).toEqual([]);
  const [mails, profile, suppression] = await Promise.all([
    rowsUnder(table.table, { pk: `SUB#${id}`, sk: "MAIL#" }),
    rowsUnder(table.table, { pk: `SUB#${id}`, sk: "PROFILE" }),
    rowsUnder(table.table, { pk: `SUPPRESS#hash-of-${id}`, sk: "SUPPRESS" }),
  ]);
  const rows = [...mails, ...profile, ...suppression];
  return JSON.parse(
    JSON.stringify(
      rows.map(({ rev: _, due: __, roster: ___, ...row }) => Object.entries(row).sort()).sort(),
    ).replaceAll(id, "ID"),
  );
}

describe("any events, in any order and any of them repeated", () => {
  it("leave the same rows and the same suppression", async () => {
    await fc.assert(
      fc.asyncProperty(orders, async ([events, reordered]) => {
        expect(await rowsAfter(reordered)).toEqual(await rowsAfter(events));
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});
