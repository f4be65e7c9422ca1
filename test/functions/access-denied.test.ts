import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPackets } from "../../core/delivery/open-packets.ts";
import { handler as http } from "../../functions/http/handler.ts";
import { handler as recordEvents } from "../../functions/queue/record-events.ts";
import { handler as sendPacket } from "../../functions/queue/send-packet.ts";
import { handler as dispatch } from "../../functions/schedule/dispatch.ts";
import delivered from "../fixtures/ses-delivery-event.json" with { type: "json" };
import { context, failedIds, formPost, scheduleEvent, sqsEvent } from "../helpers/events.ts";
import { openedForm } from "../helpers/opened-form.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { subscriber } from "../helpers/subscribers.ts";
import { received, tick } from "../helpers/walk.ts";

const email = "ada@example.com";
const course = { kind: "course", course: "records", run: 1, step: "school" } as const;
const mailing = "course_records_run-1_school";

let service: TestService;
beforeEach(async () => {
  service = await startService({ at: "2027-03-08T14:00:00.000Z" });
});
afterEach(() => service.stop());

async function packet(): Promise<string> {
  await service.deps.subscribers.create(subscriber());
  await openPackets(service.deps, course, ["sub_1"], { plannedAt: service.clock.now() });
  const [body = ""] = await service.messages("send-bulk");
  return body;
}

describe("a function that lacks a permission", () => {
  it("gives its message back when it is the table's, and nothing is marked as sent", async () => {
    const body = await packet();
    expect(failedIds(await sendPacket.with(service.depsOf("poll-feed"))(sqsEvent(body)))).toHaveLength(1);
    expect(service.ses.mails()).toEqual([]);
    expect(failedIds(await recordEvents.with(denyTable())(sqsEvent(delivered)))).toHaveLength(1);
  });

  it("gives its message back when it is the keys'", async () => {
    const { keys } = service.depsOf("dispatch");
    const body = await packet();
    const deps = { ...service.depsOf("send-packet"), keys };
    expect(failedIds(await sendPacket.with(deps)(sqsEvent(body)))).toHaveLength(1);
    expect(service.ses.mails()).toEqual([]);
  });

  it("fails its schedule when it is the table's", async () => {
    await expect(dispatch.with(service.depsOf("record-events"))(scheduleEvent)).rejects.toThrow(
      AggregateError,
    );
  });

  it("fails its schedule when it is a queue's, and what it could not ring for goes once it may", async () => {
    await packet();
    const { doorbells } = service.depsOf("record-events");
    service.clock.pass(15 * 60);
    const mute = { ...service.depsOf("dispatch"), doorbells };
    await expect(dispatch.with(mute)(scheduleEvent)).rejects.toThrow(AggregateError);
    expect(await service.messages("send-bulk")).toEqual([]);
    service.clock.pass(15 * 60);
    await tick(service);
    expect(received(service, email)).toEqual([mailing]);
  });

  it("stops the account when it is to send mail, with the cause named, and fails nobody", async () => {
    const body = await packet();
    const { mailer } = service.depsOf("dispatch");
    await sendPacket.with({ ...service.depsOf("send-packet"), mailer })(sqsEvent(body));
    const [row] = (await service.deps.deliveries.loadMany([{ subscriberId: "sub_1", mailing }])).values();
    expect(row).toMatchObject({ state: "released" });
    const { packetId } = JSON.parse(body);
    const { dueAt = "" } = (await service.deps.packets.load(packetId)) ?? {};
    expect(dueAt >= "2027-03-08T14:05:00.000Z" && dueAt < "2027-03-08T14:06:00.000Z").toBe(true);
    expect(await service.deps.sending.load()).toMatchObject({
      stop: { cause: "setup", code: "AccessDeniedException" },
    });
    service.clock.pass(15 * 60);
    await tick(service);
    expect(received(service, email)).toEqual([mailing]);
  });

  it("answers a reader that the service is not available", async () => {
    const answer = await http.with({ ...service.depsOf("http"), ...tableOf("poll-feed") })(
      formPost("/signup", { started: await openedForm(service), email, zone: "UTC" }),
      context,
    );
    expect(answer.statusCode).toBe(503);
  });
});

const denyTable = () => ({ ...service.depsOf("record-events"), ...tableOf("poll-feed") });

/** The ports over the table as another function has them. */
function tableOf(name: "poll-feed") {
  const { addresses, deliveries, subscribers, suppressions } = service.depsOf(name);
  return { addresses, deliveries, subscribers, suppressions };
}
