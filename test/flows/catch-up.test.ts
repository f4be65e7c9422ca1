import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FeedSource } from "../../core/catalogue.ts";
import { startDigest } from "../../core/digest/start-digest.ts";
import type { FeedReading } from "../../core/feed/feed-ports.ts";
import { addDays, addHours, addMinutes, localDate, toMilliseconds } from "../../core/time/instant.ts";
import { handler as pollFeed } from "../../functions/queue/poll-feed.ts";
import { handler as sendPacket } from "../../functions/queue/send-packet.ts";
import { handler as dispatch } from "../../functions/schedule/dispatch.ts";
import { draft, sendCampaign } from "../helpers/campaigns.ts";
import { catalogue } from "../helpers/catalogue.ts";
import { scheduleEvent, sqsEvent } from "../helpers/events.ts";
import { progressOf, progressToken } from "../helpers/progress.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { join, tick } from "../helpers/walk.ts";

const start = "2027-03-01T15:00:00.000Z"; // a Monday; in Tokyo it is Tuesday already
const broken = "2027-03-09T12:00:00.000Z";
const feed: FeedSource = {
  id: "coding",
  title: "Coding",
  url: "https://coding.example/",
  topic: "coding",
  everyMinutes: 15,
};
const zones = { "new-york@example.com": "America/New_York", "tokyo@example.com": "Asia/Tokyo" };
const [newYork, tokyo] = ["new-york@example.com", "tokyo@example.com"] as const;

let service: TestService;
beforeEach(async () => {
  service = await startService({ at: start });
});
afterEach(() => service.stop());

/** So many days of two readers, in which one part is `down` for some from 9 March on. */
async function live(down: "dispatch" | "send", days: number, inAll: number): Promise<void> {
  await begin();
  for (let day = addHours(start, 9); day < addDays(start, inAll); day = addDays(day, 1)) {
    await bring(day.slice(0, 10));
    if (day.startsWith("2027-03-10")) await sendCampaign(service, { ...draft, segment: { list: "digest" } });
    // When Tokyo's window is open, and when New York's is.
    for (const minutes of [0, 14 * 60]) {
      const now = addMinutes(day, minutes);
      service.clock.pass((toMilliseconds(now) - toMilliseconds(service.clock.now())) / 1000);
      const isDown = now >= broken && now < addDays(broken, days);
      if (!isDown || down !== "dispatch") await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
      if (!isDown || down !== "send") await sendTwice();
    }
  }
}

async function begin(): Promise<void> {
  for (const [email, zone] of Object.entries(zones)) {
    const id = await join(service, email, { course: "records", digest: "on", zone });
    // As for somebody who takes a course again, the digest goes on beside it.
    const reader = await service.deps.subscribers.load(id);
    if (reader) await startDigest(service.deps, reader, start);
    await tick(service);
    const page = progressOf(service, await progressToken(service, id));
    await page.setDate("Early exam", "2027-03-18");
    await page.setDate("Late exam", "2027-04-28");
  }
}

/** News of that day, so that no edition is empty. */
async function bring(day: string): Promise<void> {
  const entries = [{ guid: day, title: `News ${day}`, url: `https://coding.example/${day}`, summary: "" }];
  const read = async (): Promise<FeedReading> => ({ status: "read", entries });
  const feeds = { catalogue: { ...catalogue, feeds: [feed] }, feedReader: { read } };
  await pollFeed.with({ ...service.depsOf("poll-feed"), ...feeds })(sqsEvent({ v: 1, feedId: feed.id }));
}

/** Every message in the queues, those that an outage left behind too, each of them delivered twice. */
async function sendTwice(): Promise<void> {
  for (const queue of ["send-now", "send-bulk"] as const)
    for (let bells = await service.messages(queue); bells.length > 0; bells = await service.messages(queue))
      for (const bell of [...bells, ...bells])
        await sendPacket.with(service.depsOf("send-packet"))(sqsEvent(bell));
}

/** What of a kind came to a reader, and on which day by their calendar. */
function got(email: keyof typeof zones, kind: string): string[] {
  return service.ses
    .mails()
    .filter(({ to, tags }) => to.includes(email) && tags.mailing?.startsWith(`${kind}_`))
    .map(({ acceptedAt, tags }) => `${localDate(acceptedAt, zones[email]).slice(5)} ${nameOf(tags.mailing)}`);
}

/** The last part of a mailing's id; of a reminder the date. */
function nameOf(mailing = ""): string {
  return mailing.startsWith("deadline_") ? (mailing.split("_")[2] ?? "") : (mailing.split("_").at(-1) ?? "");
}

/** Of all that waits for its day no two came on one. */
function oneADay(email: keyof typeof zones): void {
  const kinds = ["course", "nudge", "digest", "campaign"];
  const days = kinds.flatMap((kind) => got(email, kind)).map((line) => line.split(" ")[0]);
  expect(days).toEqual([...new Set(days)]);
}

/** Editions that the ledger says were skipped, being late. */
async function lateEditions(email: keyof typeof zones): Promise<string[]> {
  const id = service.ses.mails().find(({ to }) => to.includes(email))?.tags.subscriber ?? "";
  const rows = await service.deps.deliveries.history(id);
  const late = rows.filter(({ mailing, reason }) => mailing.startsWith("digest_") && reason === "late");
  return late.map(({ mailing }) => mailing.slice(-3)).sort();
}

const early = ["03-01 welcome", "03-03 school"];
const earlyInTokyo = ["03-02 welcome", "03-04 school"];

describe("after three days without", () => {
  it.each(["dispatch", "send"] as const)(
    "%s each reader gets what was held up, one step of the course a day at most, and goes on from there",
    async (down) => {
      await live(down, 3, 25);
      // Restored on Friday morning in New York, which is Friday night in Tokyo: its window opens on Monday. In New York
      // Friday is the reminder's (dispatch), or the campaign's, which has waited longest (send). The digest gives way to
      // the step, and then to a nudge.
      for (const [email, before] of [
        [newYork, early],
        [tokyo, earlyInTokyo],
      ] as const)
        expect(got(email, "course")).toEqual([...before, "03-15 training", "03-22 farewell"]);
      expect(got(newYork, "nudge")).toEqual(["03-16 1", "03-26 2"]);
      // By the plan of before, which waits for a step that is not sent, New York has a step on the 17th.
      const digest = down === "dispatch" ? "03-17 2027-W11" : "03-18 2027-W11";
      expect(got(newYork, "digest")).toEqual(["03-08 2027-W10", digest, "03-23 2027-W12"]);
      expect(got(tokyo, "digest")).toEqual(["03-08 2027-W10", "03-17 2027-W11", "03-23 2027-W12"]);
      // Reminders keep the hours, and go on Saturdays too.
      expect(got(newYork, "deadline")).toEqual(["03-12 2027-03-18", "03-17 2027-03-18"]);
      expect(got(tokyo, "deadline")).toEqual(["03-13 2027-03-18", "03-17 2027-03-18"]);
      // In Tokyo the step has taken the 12th, behind the reminder of the 11th, though it could not go then.
      const campaign = down === "dispatch" ? ["03-13", "03-12"] : ["03-12", "03-13"];
      expect([newYork, tokyo].flatMap((email) => got(email, "campaign"))).toEqual(
        campaign.map((day) => `${day} spring-news`),
      );
      for (const email of [newYork, tokyo]) oneADay(email);
    },
    120_000,
  );
});

describe("after five weeks without", () => {
  it.each(["dispatch", "send"] as const)(
    "%s nobody gets the backlog: one step, one edition, no reminder of what is past",
    async (down) => {
      await live(down, 35, 52);
      // Restored on Tuesday 13 April. A packet that waited so long starts afresh with the next day's window.
      // The day on which dispatch is back is the reminder's, and so is the 21st.
      expect(got(newYork, "course")).toEqual([...early, "04-14 training", "04-22 farewell"]);
      const inTokyo = down === "dispatch" ? "04-15 training" : "04-14 training";
      expect(got(tokyo, "course")).toEqual([...earlyInTokyo, inTokyo, "04-22 farewell"]);
      for (const email of [newYork, tokyo]) {
        const editions = got(email, "digest").map((line) => line.split(" ")[1]);
        // In Tokyo a nudge has the Friday, and by Monday that week's digest is too old.
        const isLate = down === "dispatch" && email === tokyo;
        expect(editions).toEqual(["2027-W10", ...(isLate ? [] : ["2027-W15"]), "2027-W16"]);
        const late = ["W11", "W12", "W13", "W14", ...(isLate ? ["W15"] : [])];
        expect(await lateEditions(email)).toEqual(late);
        oneADay(email);
      }
      expect(got(newYork, "deadline")).toEqual(["04-13 2027-04-28", "04-21 2027-04-28"]);
      expect(got(tokyo, "deadline")).toEqual(["04-14 2027-04-28", "04-21 2027-04-28"]);
      // By rank: the reminder, the step, a nudge, the digest, the campaign, a day each.
      const days = down === "dispatch" ? ["04-17", "04-13"] : ["04-13", "04-13"];
      expect([newYork, tokyo].flatMap((email) => got(email, "campaign"))).toEqual(
        days.map((day) => `${day} spring-news`),
      );
    },
    120_000,
  );
});
