import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { steps } from "../../local/demo/people.ts";
import { ServiceProcess } from "./service-process.ts";

const people = Array.from({ length: 24 }, (_, n) => `person-${n}@example.com`);
const zones = ["America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Sydney"];
const kills = 10;
const minute = 60_000;
/** When everybody has had the last step, with room for leases that had to run out. */
const end = "2027-05-01";

const dataDir = await mkdtemp(join(tmpdir(), "stepletter-kill-"));
const service = new ServiceProcess(dataDir, ["--speed", "1d=1s"]);
afterAll(async () => {
  await service.kill();
  await rm(dataDir, { recursive: true, force: true });
});

describe(`a fast course, killed ${kills} times at random`, () => {
  it(
    "gives every subscriber each step at most once, and whatever is missing is an unknown row",
    async () => {
      await service.start("--at", "2027-03-01T09:00Z");
      await Promise.all(people.map((email, n) => signUp(email, zones[n % zones.length] ?? "")));
      await Promise.all(people.map((email) => confirm(email)));

      for (let kill = 1; kill <= kills; kill++) {
        const { now } = await service.status();
        // Every third time while mails are being handed over: that is when a kill can hurt.
        await (kill % 3 === 0 ? nextMail() : sleep(500 + Math.random() * 3_000));
        await service.kill();
        console.log(`kill ${kill} after ${now}, ${service.accepted().length} mails accepted`);
        await service.start();
      }
      const { deliveries } = await finished();

      const accepted = service.accepted().filter(({ mailing }) => mailing.startsWith("course_"));
      const seen = new Set(accepted.map(({ to, mailing }) => `${to} ${mailing}`));
      console.log(
        `${accepted.length} steps accepted, ledger ${JSON.stringify(deliveries.counts)}, unknown:`,
        deliveries.unknown,
      );
      expect(accepted).toHaveLength(seen.size);

      const missing = people.length * steps.length - accepted.length;
      const unknown = deliveries.unknown.filter(({ mailing }) => mailing.startsWith("course_"));
      expect(unknown.length).toBeGreaterThanOrEqual(missing);
      expect(Object.keys(deliveries.counts).sort()).toEqual(
        unknown.length > 0 ? ["sent", "unknown"] : ["sent"],
      );
    },
    30 * minute,
  );
});

/** The calendar runs so fast that a form is soon too old, and one network's limit soon over: then once more. */
async function signUp(email: string, zone: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const { started } = (await (await fetch(`${service.app}/signup/start`)).json()) as { started: string };
    await sleep(50);
    const response = await fetch(`${service.app}/signup`, {
      method: "POST",
      body: new URLSearchParams({ started, email, zone }),
    });
    if (response.status === 202) return;
    expect([200, 429]).toContain(response.status);
  }
  throw new Error(`${email} could not sign up`);
}

async function confirm(email: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const mail = service
      .mails()
      .find((raw) => raw.includes(`To: ${email}`) && raw.includes("Auto-Submitted"));
    const token = mail && /\/confirm\/([\w.-]+)/.exec(mail.replace(/=\r\n/g, ""))?.[1];
    if (token) {
      const response = await fetch(`${service.app}/confirm`, {
        method: "POST",
        body: new URLSearchParams({ token }),
      });
      expect(response.status).toBe(200);
      return;
    }
    await sleep(50);
  }
  throw new Error(`No confirmation came to ${email}`);
}

/** Until mails are being accepted, and some milliseconds on. */
async function nextMail(): Promise<void> {
  const before = service.accepted().length;
  while (service.accepted().length === before) await sleep(2);
  await sleep(Math.random() * 20);
}

async function finished() {
  for (;;) {
    const status = await service.status();
    if (status.now > end && !status.nextDue && status.eventsPending === 0) return status;
    await sleep(1_000);
  }
}
