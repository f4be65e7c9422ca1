import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { handler as http } from "../../functions/http/handler.ts";
import { handler as sendPacket } from "../../functions/queue/send-packet.ts";
import { handler as dispatch } from "../../functions/schedule/dispatch.ts";
import type { Fault } from "../../local/ses/fault.ts";
import { context, formPost, scheduleEvent, sqsEvent } from "../helpers/events.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { join, linkToken, received } from "../helpers/walk.ts";

/** What may happen between a signup and the end of the course, in any order. */
type Deed =
  | { do: "wait"; minutes: number }
  | { do: "tick" }
  | { do: "tick and die" }
  | { do: "deliver"; copies: number; backwards: boolean }
  | { do: "deliver and die"; at: "markCalling" | "settle" | "finish" }
  | { do: "lose messages" }
  | { do: "fault"; fault: Fault }
  | { do: "unsubscribe" };

const throttle: Fault = {
  before: { status: 429, errorType: "TooManyRequestsException", message: "Maximum sending rate exceeded." },
};
const faulty = fc.constantFrom<Fault>(
  { after: "drop" },
  { after: { status: 500 } },
  { before: "drop" },
  throttle,
);
const deaths = fc.constantFrom("markCalling" as const, "settle" as const, "finish" as const);
const as = <T extends Deed>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  as(6, fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(0, 0, 2, 16, 300) })),
  as(5, fc.constant({ do: "tick" } as const)),
  as(2, fc.constant({ do: "tick and die" } as const)),
  as(
    6,
    fc.record({
      do: fc.constant("deliver" as const),
      copies: fc.integer({ min: 1, max: 3 }),
      backwards: fc.boolean(),
    }),
  ),
  as(2, fc.record({ do: fc.constant("deliver and die" as const), at: deaths })),
  as(1, fc.constant({ do: "lose messages" } as const)),
  as(2, fc.record({ do: fc.constant("fault" as const), fault: faulty })),
  as(1, fc.constant({ do: "unsubscribe" } as const)),
);

/** Few, since each has servers of its own; test/faults lives through thousands on virtual time. */
const schedules = Number(process.env.STEPLETTER_FLOW_SCHEDULES ?? 12);
const firstSeed = Number(process.env.STEPLETTER_FIRST_SEED ?? 1);
const email = "reader@example.com";
let service: TestService;
let faults: Fault[] = [];

/** Each schedule meets a service of its own. */
async function withService(run: () => Promise<void>): Promise<void> {
  faults = [];
  service = await startService({ faults: () => faults.shift() });
  try {
    await run();
  } finally {
    await service.stop();
  }
}

describe("over any schedule of ticks, duplicates, losses, deaths and faults", () => {
  it("a step is never accepted twice, and never after its reader has left", {
    timeout: 60_000 + schedules * 2_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 30 }), (deeds) =>
        withService(async () => {
          await join(service, email);
          let acceptedWhenLeft: number | undefined;
          for (const one of deeds) {
            if (one.do !== "unsubscribe") await happen(one);
            else if (acceptedWhenLeft === undefined && steps().length > 0) {
              await leave();
              acceptedWhenLeft = steps().length;
            }
          }
          await happen({ do: "deliver", copies: 1, backwards: false });
          expect(steps()).toHaveLength(new Set(steps()).size);
          if (acceptedWhenLeft !== undefined) expect(steps()).toHaveLength(acceptedWhenLeft);
        }),
      ),
      { numRuns: schedules, seed: firstSeed },
    );
  });
});

/** Steps of the course that SES accepted. */
function steps(): string[] {
  return received(service, email).filter((mailing) => mailing.startsWith("course_"));
}

/** Leaves at the worst moment: with the next step enqueued and not yet sent. */
async function leave(): Promise<void> {
  await waitUntilDue(0);
  await happen({ do: "tick" });
  const token = await linkToken(service, email, "unsubscribe");
  await http.with(service.depsOf("http"))(formPost("/unsubscribe", { token }), context);
}

async function happen(one: Deed): Promise<void> {
  switch (one.do) {
    case "wait":
      return waitUntilDue(one.minutes);
    case "tick":
      return dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    case "tick and die": {
      const advance = () => Promise.reject(new Error("died"));
      const dies = {
        ...service.depsOf("dispatch"),
        enrolments: { ...service.depsOf("dispatch").enrolments, advance },
      };
      return dispatch
        .with(dies)(scheduleEvent)
        .catch(() => {});
    }
    case "fault":
      faults.push(one.fault);
      return;
    case "lose messages":
      await messages();
      return;
    case "deliver": {
      const bodies = await messages();
      const order = one.backwards ? bodies.toReversed() : bodies;
      const copies = Array.from({ length: one.copies }, () => order).flat();
      await Promise.all(copies.map((body) => sendPacket.with(service.depsOf("send-packet"))(sqsEvent(body))));
      return;
    }
    case "deliver and die":
      for (const body of await messages()) await sendPacket.with(dyingAt(one.at))(sqsEvent(body));
  }
}

/** Goes on to when the next step or packet is due, leases of the dead having run out, and some minutes more. */
async function waitUntilDue(minutes: number): Promise<void> {
  service.clock.pass(91);
  const far = "2030-01-01T00:00:00.000Z";
  const due = [...(await service.deps.enrolments.due(far, 10)), ...(await service.deps.packets.due(far, 10))];
  const [next] = due.flatMap(({ dueAt }) => dueAt ?? []).sort();
  if (next && next > service.clock.now()) service.clock.set(next);
  service.clock.pass(minutes * 60);
}

function dyingAt(at: "markCalling" | "settle" | "finish") {
  const die = () => Promise.reject(new Error("died"));
  const deps = service.depsOf("send-packet");
  const { packets, deliveries } = deps;
  return at === "settle"
    ? { ...deps, deliveries: { ...deliveries, settleMany: die } }
    : { ...deps, packets: { ...packets, [at]: die } };
}

async function messages(): Promise<string[]> {
  return [...(await service.messages("send-now")), ...(await service.messages("send-bulk"))];
}
