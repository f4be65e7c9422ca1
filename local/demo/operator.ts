import { connectAdmin } from "../../adapters/connect/admin.ts";
import { createFirstKey } from "../../core/admin/create-first-key.ts";
import { type Instant, toInstant } from "../../core/time/instant.ts";
import type { RuntimeClock } from "../clock.ts";
import type { Runtime } from "../runtime.ts";
import type { Act } from "./script.ts";
import { callHook, type Hook } from "./visitor.ts";

const startsAt = "2027-03-17T15:00:00.000Z";
const resumesAt = "2027-03-17T16:00:00.000Z";
const triesForgeryAt = "2027-03-02T12:00:00.000Z";

const campaign = {
  id: "spring-study-group",
  title: "A study group for spring",
  segment: { list: "medical-records-technician" },
  markdown: [
    "Several of you asked for company on the way. So here it is:",
    "**a study group, by mail**, for everyone who walks the six steps.",
    "",
    "- Answer this mail with the step that you are at.",
    "- We put you in touch with two others who are at the same one.",
    "",
    "Nothing else changes: your steps come as before.",
  ].join("\n"),
};

/** What the operator does: one campaign, started twice by mistake, paused, and resumed an hour later. */
export async function operatorActs(runtime: Runtime, clock: RuntimeClock): Promise<Act[]> {
  const made = await createFirstKey(connectAdmin(runtime.operatorEnvironment(), { clock }), { name: "demo" });
  if (made.status !== "created")
    throw new Error("The demo's data is not fresh: remove out/demo and run it again.");
  const call = async (path: string, body?: object) => {
    const response = await fetch(`${runtime.urls.app}/v1/campaigns${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${made.key}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`The API answered ${response.status} to ${path}: ${await response.text()}`);
  };
  return [
    { at: startsAt, run: () => call("", campaign) },
    { at: startsAt, run: () => call("", campaign) },
    { at: startsAt, run: () => call(`/${campaign.id}/send`, {}) },
    { at: startsAt, run: () => call(`/${campaign.id}/send`, {}) },
    { at: startsAt, run: () => call(`/${campaign.id}/pause`) },
    { at: resumesAt, run: () => call(`/${campaign.id}/resume`) },
  ];
}

/** Someone without the secret, and someone who changes a signed body on the way: both are refused. */
export function forgeryActs(hook: Hook): Act[] {
  const body = JSON.stringify({ email: "forged@example.com" });
  const refused = async (answer: Promise<Response>) => {
    const { status } = await answer;
    if (status !== 401) throw new Error(`A forged webhook was answered with ${status}, not 401`);
  };
  const stranger = { ...hook, secret: `whsec_${Buffer.alloc(32, 1).toString("base64")}` };
  const at: Instant = toInstant(Date.parse(triesForgeryAt));
  return [
    { at, run: () => refused(callHook(stranger, at, body)) },
    { at, run: () => refused(callHook(hook, at, body, body.replace("forged", "forget"))) },
  ];
}
