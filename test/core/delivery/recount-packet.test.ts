import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordEvent } from "../../../core/delivery/record-event.ts";
import { tallyOf } from "../../../core/delivery/recount-packet.ts";
import { handler } from "../../../functions/queue/record-events.ts";
import { addMembers, sendCampaign } from "../../helpers/campaigns.ts";
import { sqsEvent } from "../../helpers/events.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { tick } from "../../helpers/walk.ts";

let service: TestService;
let ids: string[];
beforeAll(async () => {
  service = await startService();
  ids = await addMembers(service, 30);
  await sendCampaign(service);
  await tick(service);
});
afterAll(() => service.stop());

const mailing = "campaign_spring-news";
const packetId = "pkt_spring-news_1";

describe("the numbers of a packet", () => {
  it("are the ledger's, whatever events come, how often, in which order, and how many at once", async () => {
    const event = fc.record({
      who: fc.nat(29),
      type: fc.constantFrom("delivered", "bounced", "soft-bounced", "complained", "rejected", "not-rendered"),
      day: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(event, { minLength: 1, maxLength: 6 }), { maxLength: 6 }),
        async (batches) => {
          for (const batch of batches)
            await Promise.all(
              batch.map(({ who, type, day }) =>
                recordEvent(service.depsOf("record-events"), {
                  subscriberId: ids[who] ?? "",
                  mailing,
                  type: type as "bounced",
                  messageId: "m",
                  to: [`${ids[who]?.slice(4)}@example.com`],
                  acceptedAt: "2027-03-01T12:00:00.000Z",
                  at: `2027-03-0${day}T12:00:00.000Z`,
                }),
              ),
            );
          const rows = await service.deps.deliveries.loadMany(
            ids.map((subscriberId) => ({ subscriberId, mailing })),
          );
          const packet = await service.deps.packets.load(packetId);
          expect(packet?.tally ?? {}).toEqual(tallyOf([...rows.values()]));
          expect(packet?.counts).toEqual({ sent: 30 });
        },
      ),
      { numRuns: 15 },
    );
  });

  it("follow an event that settles what was unknown", async () => {
    const key = { subscriberId: ids[0] ?? "", mailing };
    const packet = await service.deps.packets.load(packetId);
    if (!packet) throw new Error("gone");
    await service.deps.packets.recount(packet, { counts: { sent: 29, unknown: 1 } });
    const again = await service.deps.packets.load(packetId);
    expect(again?.counts).toEqual({ sent: 29, unknown: 1 });
    await recordEvent(service.depsOf("record-events"), {
      ...key,
      type: "bounced",
      messageId: "m",
      to: ["m0@example.com"],
      acceptedAt: "2027-03-01T12:00:00.000Z",
      at: "2027-03-01T12:00:09.000Z",
    });
    expect((await service.deps.packets.load(packetId))?.counts).toEqual({ sent: 30 });
  });

  it("are kept by the function that hears of events, by its own grants", async () => {
    const bounce = service.events.find(({ detail }) => detail.eventType === "Send");
    const answer = await handler.with(service.depsOf("record-events") as never)(sqsEvent(bounce));
    expect(answer.batchItemFailures).toEqual([]);
  });
});
