import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { presets } from "../../core/source/presets.ts";
import { addMinutes, toMilliseconds } from "../../core/time/instant.ts";
import { signHmac } from "../../core/webhook/check-hmac.ts";
import { handler } from "../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "../helpers/events.ts";
import { openedForm } from "../helpers/opened-form.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { tick } from "../helpers/walk.ts";

const signups = 10_000;
const days = 10;
const spellings = ["ada@example.com", "Ada@Example.com", "ADA@EXAMPLE.COM", " ada@EXAMPLE.com "];

let service: TestService;
let secrets: Record<string, string[]>;
beforeAll(async () => {
  service = await startService();
  secrets = (await service.deps.keys.ring()).webhooks ?? {};
  const source = { sites: [], thankYou: [], afterConfirm: [], createdAt: service.clock.now() };
  await service.deps.sources.create({ ...source, name: "clinic", kind: "form" });
  await service.deps.sources.create({ ...source, name: "typeform", kind: "hmac", ...presets.typeform });
});
afterAll(() => service.stop());

/** A person's own network, so that no limit of networks does the work of the cap. */
const networkOf = (index: number) => `10.${(index >> 8) & 255}.${index & 255}.7`;

type Door = (email: string, index: number) => Promise<Parameters<ReturnType<typeof handler.with>>[0]>;

const doors: Door[] = [
  async (email, index) =>
    formPost("/signup", { email, started: await openedForm(service) }, { from: networkOf(index) }),
  async (email, index) =>
    httpEvent({
      method: "POST",
      path: "/signup",
      from: networkOf(index),
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, digest: true, started: await openedForm(service) }),
    }),
  async (email, index) =>
    formPost(
      "/signup/clinic",
      { email, started: await openedForm(service, "clinic") },
      { from: networkOf(index) },
    ),
  async (email, index) => {
    const [id, at, body] = [`msg_${index}`, new Date(service.clock.now()), JSON.stringify({ email })];
    return httpEvent({
      method: "POST",
      path: "/hooks/demo",
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": new Webhook(secrets.demo?.[0] ?? "").sign(id, at, body),
      },
      body,
    });
  },
  async (email, index) => {
    const { hmac } = presets.typeform;
    const form = { submitted_at: service.clock.now(), answers: [{ type: "email", email }] };
    const body = JSON.stringify({ event_id: `event-${index}`, form_response: form });
    const signature = signHmac(hmac, secrets.typeform?.[0] ?? "", { headers: {}, body }) ?? "";
    const headers = { "content-type": "application/json", [hmac.header]: signature };
    return httpEvent({ method: "POST", path: "/hooks/typeform", headers, body });
  },
];

describe("one address", () => {
  it(`signed up ${signups} times in ${days} days through every door gets at most one confirmation a day, three in all`, async () => {
    const http = handler.with(service.depsOf("http"));
    const statuses = new Map<number, number>();
    for (let index = 0; index < signups; index++) {
      const door = doors[index % doors.length];
      const email = spellings[index % spellings.length] ?? "";
      const answer = door && (await http(await door(email, index), context));
      const status = answer?.statusCode ?? 0;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      service.clock.set(addMinutes(service.clock.now(), (days * 24 * 60) / signups));
      if (index % 50 === 0) await tick(service);
    }
    await tick(service);
    // Every one was let in: it is the cap alone that kept the mails back.
    expect(statuses).toEqual(new Map([[202, signups]]));
    const at = service.ses.mails().map(({ acceptedAt }) => toMilliseconds(acceptedAt));
    expect(at).toHaveLength(3);
    for (const [index, instant] of at.entries())
      expect(instant - (at[index - 1] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(86_400_000);
  }, 900_000);
});
