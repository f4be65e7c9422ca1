import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { measureNames } from "../../core/measures.ts";
import {
  deadLetterOf,
  deployedBy,
  ruleDeadLetters,
  type ServiceManifest,
  service,
  timing,
} from "../../infra/service.ts";

const root = join(import.meta.dirname, "../..");
const manifest: ServiceManifest = service;
const functions = Object.entries(manifest.functions);

describe("the manifest", () => {
  it("nests the time-outs: SES call < work < function < lease < queue visibility", () => {
    const { sesTimeoutSeconds, workSeconds, functionTimeoutSeconds, leaseSeconds, visibilitySeconds } =
      timing;
    expect(workSeconds + sesTimeoutSeconds).toBeLessThan(functionTimeoutSeconds);
    expect(functionTimeoutSeconds).toBeLessThan(leaseSeconds);
    expect(leaseSeconds).toBeLessThan(visibilitySeconds);
  });

  it.each(functions)("%s has a module, and every queue that it names is there", (_, spec) => {
    expect(existsSync(join(root, spec.entry))).toBe(true);
    const triggers = spec.triggers.flatMap((trigger) => (trigger.kind === "queue" ? [trigger.queue] : []));
    const grants = spec.permissions.flatMap(({ on }) =>
      on.startsWith("queue/") ? [on.slice("queue/".length)] : [],
    );
    for (const queue of [...triggers, ...grants]) expect(Object.keys(manifest.queues)).toContain(queue);
  });

  it.each(functions)("%s ends before its messages come back, by the sixfold that AWS advises", (_, spec) => {
    for (const trigger of spec.triggers) {
      if (trigger.kind !== "queue") continue;
      expect(manifest.queues[trigger.queue]?.visibilitySeconds).toBeGreaterThanOrEqual(
        6 * spec.timeoutSeconds,
      );
    }
  });

  it.each(functions)("%s sends to no queue that triggers it", (_, spec) => {
    const triggers = spec.triggers.flatMap((trigger) =>
      trigger.kind === "queue" ? [`queue/${trigger.queue}`] : [],
    );
    for (const { on, actions } of spec.permissions) {
      if (actions.includes("sqs:SendMessage")) expect(triggers).not.toContain(on);
    }
  });

  it("lets one function alone send mail", () => {
    const senders = functions.filter(([, spec]) => spec.permissions.some(({ on }) => on === "mail"));
    expect(senders.map(([name]) => name)).toEqual(["send-packet"]);
  });

  it("gives the reader of strangers' feeds their own rows: no mail, no key, no queue, no index", () => {
    expect(manifest.functions["poll-feed"]?.permissions).toEqual([
      {
        on: "table",
        actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
        rowsOf: "FEED#",
      },
    ]);
  });

  it("keeps messages for fourteen days, so that a long outage loses none", () => {
    for (const queue of Object.values(manifest.queues)) expect(queue.retentionDays).toBe(14);
  });

  it("has one reader for each queue: a message that nobody takes would wait for ever", () => {
    const read = functions.flatMap(([, { triggers }]) =>
      triggers.flatMap((trigger) => (trigger.kind === "queue" ? [trigger.queue] : [])),
    );
    expect(read.sort()).toEqual(Object.keys(manifest.queues).sort());
  });

  it("hands over one packet and one feed at a time, so that neither waits for, or fails with, another", () => {
    const sources = functions.flatMap(([, { triggers }]) => triggers);
    for (const trigger of sources)
      if (trigger.kind === "queue" && trigger.queue !== manifest.mail.eventQueue)
        expect(trigger.batchSize).toBe(1);
  });

  it("dispatches every minute, looks for due feeds every quarter of an hour, and has two doors and one mailbox", () => {
    const called = functions.flatMap(([name, { triggers }]) =>
      triggers.flatMap((trigger) => {
        if (trigger.kind === "queue") return [];
        return [`${name} ${trigger.kind === "schedule" ? trigger.expression : trigger.kind}`];
      }),
    );
    expect(called.sort()).toEqual([
      "admin http",
      "dispatch cron(* * * * ? *)",
      "http http",
      "poll-feeds cron(0/15 * * * ? *)",
      "receive-leave mail",
    ]);
  });

  it("has an alarm for each measurement, each queue of dead letters, and SES's two rates", () => {
    const watched = Object.values(manifest.alarms).map(({ metric }) =>
      metric.of === "queue" ? metric.queue : metric.name,
    );
    const byMail = functions.filter(([, { triggers }]) => triggers.some(({ kind }) => kind === "mail"));
    const dead = [...Object.keys(manifest.queues), ...byMail.map(([name]) => name)].map(deadLetterOf);
    const rates = ["Reputation.BounceRate", "Reputation.ComplaintRate"];
    expect(watched.sort()).toEqual([...measureNames, ...dead, ruleDeadLetters, ...rates, "5xx"].sort());
  });

  it("lets the reader of strangers' mail look at and change one row, and read the keys, and nothing else", () => {
    expect(manifest.functions["receive-leave"]?.permissions).toEqual([
      { on: "table", actions: ["dynamodb:GetItem", "dynamodb:PutItem"] },
      { on: "keys", actions: ["ssm:GetParameter"] },
    ]);
  });

  it("takes mail in only where the operator has a rule set for it, with all that belongs to it", () => {
    const left = (settings: { receiptRuleSet?: string }) => {
      const { functions, alarms } = deployedBy(manifest, settings);
      return [...Object.keys(functions), ...Object.keys(alarms)];
    };
    const all = left({ receiptRuleSet: "inbound" });
    expect(all).toEqual([...Object.keys(manifest.functions), ...Object.keys(manifest.alarms)]);
    const ofMail = ["receive-leave", "receive-leave-dead-letters", "leave-mails-forged"];
    expect(left({})).toEqual(all.filter((name) => !ofMail.includes(name)));
  });

  it.each(Object.keys(manifest.alarms))("the runbook says what to do about %s", (alarm) => {
    const runbook = readFileSync(join(root, "docs/runbook.md"), "utf8");
    const headings = [...runbook.matchAll(/^## (.+)$/gm)].flatMap(([, heading = ""]) => heading.split(", "));
    expect(headings).toContain(alarm);
  });

  it("sends SES events to a queue that a function reads", () => {
    const readers = functions
      .flatMap(([, { triggers }]) => triggers)
      .filter((trigger) => trigger.kind === "queue");
    expect(readers.map(({ queue }) => queue)).toContain(manifest.mail.eventQueue);
  });
});
