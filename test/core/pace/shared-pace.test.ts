import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Lane } from "../../../core/delivery/packet.ts";
import { graceMs, type Places } from "../../../core/pace/pace-ports.ts";
import { lengthMs, mostRecipients } from "../../../core/pace/reckon.ts";
import { leadMs, sharedPace, withinMs } from "../../../core/pace/shared-pace.ts";
import { createQuotaMeter } from "../../../local/ses/quota.ts";
import { modelPlaces } from "./model-places.ts";
import { type VirtualTime, virtualTime } from "./virtual-time.ts";

/** Numbers between 0 and 1 that come again with the same seed. */
function chance(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A table that takes its time on the way there and back. */
function slowPlaces(time: VirtualTime, places: Places, delayMs: () => number): Places {
  return {
    async take(...asked) {
      await time.sleep(delayMs());
      const taken = await places.take(...asked);
      await time.sleep(delayMs());
      return taken;
    },
  };
}

function setUp(perSecond: number, options: { delayMs?: () => number; free?: number } = {}) {
  const time = virtualTime();
  const { delayMs = () => 2 } = options;
  const places = slowPlaces(time, modelPlaces(options.free ?? 0), delayMs);
  const quota = { perSecond: async () => perSecond };
  const ses = createQuotaMeter(
    { maxSendRate: Math.max(perSecond, 1), max24HourSend: -1 },
    { now: () => new Date(0), elapsed: time.elapsed },
    [],
  );
  return { time, ses, pace: sharedPace({ clock: time, places, quota }) };
}

const recipients = (count: number) => Array.from({ length: count }, (_, nth) => `reader-${nth}@example.com`);

/** Sends until a time, as a worker does: calls at its place, some of them late, and asks again when it is too late. */
async function work(
  { time, ses, pace }: ReturnType<typeof setUp>,
  {
    lane,
    until,
    count,
    lateMs,
    callMs,
  }: Record<"count" | "lateMs" | "callMs", () => number> & { lane: Lane; until: number },
) {
  const made: { waitedMs: number; sent: number; answer: string }[] = [];
  while (time.elapsed() < until) {
    const askedAt = time.elapsed();
    const place = await pace.reserve(lane, count());
    if ("laterMs" in place) {
      await time.sleep(place.laterMs);
      continue;
    }
    await time.sleep(place.at - time.elapsed());
    await time.sleep(lateMs());
    if (time.elapsed() > place.at + graceMs) continue;
    const answer = ses.admit(recipients(place.granted));
    made.push({ waitedMs: time.elapsed() - askedAt, sent: place.granted, answer });
    await time.sleep(callMs());
  }
  return made;
}

describe("the shared pace", () => {
  it("is never too much for SES, whatever the delays, and uses at least 85 % while work waits", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(2, 14, 29, 50, 200, 500, 1000),
        fc.integer({ min: 4, max: 8 }),
        fc.integer(),
        async (perSecond, workers, seed) => {
          const random = chance(seed);
          const service = setUp(perSecond, { delayMs: () => random() * 4 });
          const start = service.time.elapsed();
          const seconds = 40;
          const each = Array.from({ length: workers }, (_, nth) =>
            work(service, {
              lane: nth % 3 === 0 ? "now" : "bulk",
              until: start + seconds * 1000,
              count: () => 50,
              lateMs: () => random() * (graceMs - 5),
              callMs: () => random() * 40,
            }),
          );
          await service.time.run(...each);
          const made = (await Promise.all(each)).flat();
          expect(new Set(made.map(({ answer }) => answer))).toEqual(new Set(["admitted"]));
          const sent = made.reduce((sum, call) => sum + call.sent, 0);
          expect(sent).toBeGreaterThanOrEqual(0.85 * perSecond * seconds - mostRecipients(perSecond));
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);

  it.each([2, 14, 50, 200, 1000])(
    "with a quota of %i, lets a confirmation wait for less than a second behind any amount of bulk",
    async (perSecond) => {
      const random = chance(perSecond);
      const service = setUp(perSecond);
      const until = service.time.elapsed() + 30_000;
      const bulk = Array.from({ length: 12 }, () =>
        work(service, { lane: "bulk", until, count: () => 50, lateMs: () => 0, callMs: () => 5 }),
      );
      const now = work(service, {
        lane: "now",
        until,
        count: () => 1,
        lateMs: () => 0,
        callMs: () => random() * 3_000,
      });
      await service.time.run(now, ...bulk);
      const waited = Math.max(...(await now).map(({ waitedMs }) => waitedMs));
      const aCall = lengthMs(mostRecipients(perSecond), perSecond);
      // Both ways of the table, and its way there for the bulk that was asked for meanwhile.
      expect(waited).toBeLessThanOrEqual(leadMs + withinMs.bulk + aCall + 8);
      expect(waited).toBeLessThan(1_000);
      expect((await Promise.all(bulk)).flat().length).toBeGreaterThan(0);
    },
  );

  it("does not starve bulk while as many workers send in the lane now as there may be", async () => {
    const service = setUp(14);
    const until = service.time.elapsed() + 10_000;
    const [one, other, bulk] = (["now", "now", "bulk"] as const).map((lane) =>
      work(service, { lane, until, count: () => 50, lateMs: () => 0, callMs: () => 20 }),
    );
    await service.time.run(...[one, other, bulk].map((each) => each ?? Promise.resolve()));
    expect((await bulk)?.length).toBeGreaterThan(25);
  });

  it("grants no more than was asked for, and no more than a call may carry", async () => {
    const { time, pace } = setUp(200);
    const asked = (count: number) => pace.reserve("now", count);
    const all = Promise.all([asked(3), asked(50)]);
    await time.run(all);
    expect(await all).toMatchObject([{ granted: 3 }, { granted: 14 }]);
  });

  it("hands out no place that is over already, even if the table takes half a second", async () => {
    const { time, pace } = setUp(500, { delayMs: () => 250 });
    const place = pace.reserve("now", 1).then((answer) => ({ answer, heardAt: time.elapsed() }));
    await time.run(place);
    const { answer, heardAt } = await place;
    expect("at" in answer && heardAt <= answer.at + graceMs).toBe(true);
  });

  it.each(["now", "bulk"] as const)("sends the lane %s away if there is no place for long", async (lane) => {
    const { time, pace } = setUp(1, { free: virtualTime().elapsed() + 12_000 });
    const place = pace.reserve(lane, 1);
    await time.run(place);
    expect(await place).toEqual({ laterMs: expect.any(Number) });
    expect(await place).toMatchObject({ laterMs: 11_996 });
  });

  it("sends bulk away after five seconds in which others were quicker each time", async () => {
    const { time, pace } = setUp(1);
    const until = time.elapsed() + 9_000;
    const start = time.elapsed();
    const service = { time, pace, ses: { admit: () => "admitted" as const, sentLast24Hours: () => 0 } };
    const busy = [1, 2, 3].map(() =>
      work(service, { lane: "now", until, count: () => 1, lateMs: () => 0, callMs: () => 0 }),
    );
    const bulk = time.sleep(100).then(async () => ({
      place: await pace.reserve("bulk", 1),
      tookMs: time.elapsed() - start,
    }));
    await time.run(bulk, ...busy);
    expect((await bulk).place).toEqual({ laterMs: expect.any(Number) });
    expect((await bulk).tookMs).toBeLessThan(6_500);
  });
});
