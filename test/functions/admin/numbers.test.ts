import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordEvent } from "../../../core/delivery/record-event.ts";
import { changeSubscriber } from "../../../core/subscriber/change.ts";
import { leave } from "../../../core/subscriber/unsubscribe.ts";
import { apiWith } from "../../helpers/api.ts";
import { addMembers, adminKey, sendCampaign } from "../../helpers/campaigns.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { member, subscriber } from "../../helpers/subscribers.ts";
import { tick } from "../../helpers/walk.ts";

let service: TestService;
let api: ReturnType<typeof apiWith>;
let ids: string[];
beforeAll(async () => {
  service = await startService();
  api = apiWith(service, await adminKey(service, "viewer"));
  ids = await addMembers(service, 130);
  await sendCampaign(service);
  await tick(service);
  const told = (subscriberId: string, type: "delivered" | "bounced" | "complained") =>
    recordEvent(service.depsOf("record-events"), {
      subscriberId,
      mailing: "campaign_spring-news",
      type,
      messageId: "m",
      to: [`${subscriberId.slice(4)}@example.com`],
      acceptedAt: "2027-03-01T12:00:01.000Z",
      at: "2027-03-01T12:00:05.000Z",
    });
  for (const id of ids.slice(0, 20)) await told(id, "delivered");
  for (const id of ids.slice(20, 23)) await told(id, "bounced");
  await told(ids[0] ?? "", "complained");
  for (const id of ids.slice(5, 7))
    await changeSubscriber(service.deps.subscribers, id, (known) =>
      leave(known, "records", "2027-03-02T08:00:00.000Z"),
    );
});
afterAll(() => service.stop());

const path = "/v1/campaigns/spring-news";

describe("a campaign in numbers", () => {
  it("is the sum of its packets, and what the ledger tells", async () => {
    expect(await api("GET", `${path}/numbers`)).toMatchObject({
      status: 200,
      body: {
        state: "done",
        counts: { sent: 130 },
        feedback: { bounced: 3, complained: 1 },
        counted: { events: { delivered: 20, bounced: 3, complained: 1 }, left: 2, packets: 3 },
      },
    });
  });

  it("leads from each number to the rows that it counts", async () => {
    const rows = async (query: string) => {
      const found: { subscriberId: string }[] = [];
      for (let next: unknown = ""; next !== undefined; ) {
        const { body } = await api(
          "GET",
          `${path}/deliveries?limit=40&${query}${next ? `&cursor=${next}` : ""}`,
        );
        found.push(...(body.items as { subscriberId: string }[]));
        next = body.next;
      }
      return found.map(({ subscriberId }) => subscriberId).toSorted();
    };
    expect(await rows("")).toEqual(ids.toSorted());
    expect(await rows("state=sent")).toEqual(ids.toSorted());
    expect(await rows("state=failed")).toEqual([]);
    expect(await rows("event=bounced")).toEqual(ids.slice(20, 23).toSorted());
    expect(await rows("event=delivered")).toEqual(ids.slice(0, 20).toSorted());
    expect((await api("GET", `${path}/deliveries?state=lost`)).status).toBe(422);
  });
});

describe("the readers in numbers", () => {
  it("are counted by status and list, with who came and went day by day", async () => {
    await service.deps.subscribers.create(subscriber({ id: "sub_wants", ...member("wanted", 0) }));
    service.clock.set("2027-03-03T12:00:00.000Z");
    const { body } = await api("GET", "/v1/numbers/subscribers");
    // Three bounced and one complained: they are on no list's count.
    expect(body).toMatchObject({
      people: 131,
      byStatus: { active: 124, left: 2, suppressed: 4, pending: 1 },
    });
    const { records } = body.lists as Record<
      string,
      { members: number; days: { day: string; joined: number; left: number }[] }
    >;
    expect(records?.members).toBe(124);
    expect(records?.days).toHaveLength(30);
    expect(records?.days.slice(-3)).toEqual([
      { day: "2027-03-01", joined: 128, left: 0 },
      { day: "2027-03-02", joined: 0, left: 2 },
      { day: "2027-03-03", joined: 0, left: 0 },
    ]);
  });

  it("stand where their enrolments say", async () => {
    const start = (n: number, changes: object) =>
      service.deps.enrolments.start({
        subscriberId: ids[n] ?? "",
        course: "records",
        run: 1,
        state: "walking",
        startedAt: "2027-03-01T12:00:00.000Z",
        ...changes,
      });
    await start(10, {
      previous: "school",
      step: "training",
      dueAt: "2027-03-09T12:00:00.000Z",
      done: { welcome: "2027-03-02T12:00:00.000Z" },
    });
    await start(11, { previous: "welcome", state: "stopped" });
    await start(12, { previous: "farewell", state: "finished" });
    const { body } = await api("GET", "/v1/courses/records/funnel");
    expect(body).toMatchObject({ enrolled: 3, finished: 1 });
    expect((body.steps as object[]).map((step) => Object.values(step).slice(2))).toEqual([
      [3, 0, 1, 1],
      [2, 1, 0, 0],
      [1, 0, 0, 0],
      [1, 0, 0, 0],
    ]);
  });
});
