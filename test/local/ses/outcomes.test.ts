import {
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  NotFoundException,
  PutSuppressedDestinationCommand,
  SendEmailCommand,
} from "@aws-sdk/client-sesv2";
import { expect, test } from "vitest";
import type { SesEventBridgeEvent } from "../../../local/ses/ses-event.ts";
import { simpleMail } from "./sample-requests.ts";
import { type SesHarness, startSes, temporaryDirectory } from "./ses-harness.ts";

const simulated: [name: string, events: string[]][] = [
  ["success", ["Send", "Delivery"]],
  ["ooto", ["Send", "Delivery"]],
  ["bounce", ["Send", "Bounce Permanent/General"]],
  ["bounce+label", ["Send", "Bounce Permanent/General"]],
  ["Complaint", ["Send", "Delivery", "Complaint abuse"]],
  ["suppressionlist", ["Send", "Bounce Permanent/OnAccountSuppressionList"]],
];

test.each(simulated)("%s@simulator.amazonses.com, as often as one likes", async (name, expected) => {
  const harness = await startSes();
  const address = `${name}@simulator.amazonses.com`;
  expect(await eventsAfterMailTo(harness, address)).toEqual(expected);
  expect(await eventsAfterMailTo(harness, address)).toEqual(expected);
  const list = await harness.client.send(new ListSuppressedDestinationsCommand({}));
  expect(list.SuppressedDestinationSummaries).toEqual([]);
});

test.each([
  ["bounce", ["Send", "Bounce Permanent/General"], "BOUNCE"],
  ["complaint", ["Send", "Delivery", "Complaint abuse"], "COMPLAINT"],
] as const)(
  "a mailbox that closes with a %s is suppressed after its first mail",
  async (end, first, reason) => {
    const dataDir = await temporaryDirectory();
    const before = await startSes({ dataDir });
    expect(await eventsAfterMailTo(before, "ann@people.example")).toEqual(["Send", "Delivery"]);
    before.ses.mailbox("Ann@People.example").closesWith(end);
    await before.ses.close();

    const harness = await startSes({ dataDir });
    expect(await eventsAfterMailTo(harness, "ann@people.example")).toEqual(first);
    expect(await eventsAfterMailTo(harness, "ANN@people.example")).toEqual([
      "Send",
      "Bounce Permanent/OnAccountSuppressionList",
    ]);
    const { SuppressedDestination: found } = await harness.client.send(
      new GetSuppressedDestinationCommand({ EmailAddress: "ann@people.example" }),
    );
    expect(found).toEqual({
      EmailAddress: "ann@people.example",
      Reason: reason,
      LastUpdateTime: new Date("2026-03-02T09:30:00.250Z"),
      Attributes: { MessageId: harness.ses.mails()[1]?.messageId },
    });
    expect(harness.ses.mails().map(({ outcome }) => outcome)).toEqual([
      "delivered",
      end === "bounce" ? "bounced" : "complained",
      "suppressed",
    ]);
  },
);

test("a full mailbox bounces softly each time and is not suppressed", async () => {
  const harness = await startSes();
  harness.ses.mailbox("ann@people.example").closesWith("transient");
  const soft = ["Send", "Bounce Transient/MailboxFull"];
  expect(await eventsAfterMailTo(harness, "ann@people.example")).toEqual(soft);
  expect(await eventsAfterMailTo(harness, "ann@people.example")).toEqual(soft);
});

test("the suppression list can be written, read and emptied, and outlives a restart", async () => {
  const dataDir = await temporaryDirectory();
  const before = await startSes({ dataDir });
  for (const [EmailAddress, Reason] of [
    ["Ann+x@people.example", "BOUNCE"],
    ["bob@people.example", "COMPLAINT"],
    ["carl@people.example", "BOUNCE"],
  ] as const) {
    await before.client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason }));
  }
  await before.client.send(new DeleteSuppressedDestinationCommand({ EmailAddress: "carl@people.example" }));
  await before.ses.close();

  const harness = await startSes({ dataDir });
  const { client } = harness;
  const page = await client.send(new ListSuppressedDestinationsCommand({ PageSize: 1 }));
  expect(page.SuppressedDestinationSummaries?.map(({ EmailAddress }) => EmailAddress)).toEqual([
    "ann+x@people.example",
  ]);
  const rest = await client.send(new ListSuppressedDestinationsCommand({ NextToken: page.NextToken }));
  expect(rest.SuppressedDestinationSummaries?.map(({ EmailAddress }) => EmailAddress)).toEqual([
    "bob@people.example",
  ]);
  expect(rest.NextToken).toBeUndefined();
  const complaints = await client.send(new ListSuppressedDestinationsCommand({ Reasons: ["COMPLAINT"] }));
  expect(complaints.SuppressedDestinationSummaries).toHaveLength(1);

  expect(await eventsAfterMailTo(harness, "ann+x@people.example")).toContain(
    "Bounce Permanent/OnAccountSuppressionList",
  );
  await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress: "ann+x@people.example" }));
  expect(await eventsAfterMailTo(harness, "ann+x@people.example")).toEqual(["Send", "Delivery"]);
  const missing = { EmailAddress: "ann+x@people.example" };
  await expect(client.send(new GetSuppressedDestinationCommand(missing))).rejects.toBeInstanceOf(
    NotFoundException,
  );
  await expect(client.send(new DeleteSuppressedDestinationCommand(missing))).rejects.toBeInstanceOf(
    NotFoundException,
  );
});

test("recipients of one mail can end differently", async () => {
  const { ses, client, events, settled } = await startSes();
  ses.mailbox("bob@people.example").closesWith("bounce");
  const ToAddresses = ["ann@people.example", "bob@people.example"];
  await client.send(new SendEmailCommand(simpleMail("", { Destination: { ToAddresses } })));
  await settled();

  expect(ses.mails()[0]).toMatchObject({
    outcome: "bounced",
    recipients: [
      { address: "ann@people.example", outcome: "delivered" },
      { address: "bob@people.example", outcome: "bounced" },
    ],
  });
  expect(events.map(({ detail }) => detail)).toMatchObject([
    { eventType: "Send", mail: { destination: ToAddresses } },
    { eventType: "Delivery", delivery: { recipients: ["ann@people.example"] } },
    { eventType: "Bounce", bounce: { bouncedRecipients: [{ emailAddress: "bob@people.example" }] } },
  ]);
});

test("a mail without a configuration set makes no events", async () => {
  const { ses, client, events, settled } = await startSes();
  const silent = simpleMail("ann@people.example", { ConfigurationSetName: undefined });
  await client.send(new SendEmailCommand(silent));
  await client.send(new SendEmailCommand(simpleMail("bob@people.example")));
  await settled();
  expect(ses.mails()).toHaveLength(2);
  expect(events.map(({ detail }) => detail.mail.destination[0])).not.toContain("ann@people.example");
});

async function eventsAfterMailTo(
  { client, events, settled }: SesHarness,
  address: string,
): Promise<string[]> {
  const { MessageId } = await client.send(new SendEmailCommand(simpleMail(address)));
  await settled();
  return events.filter(({ detail }) => detail.mail.messageId === MessageId).map(inShort);
}

function inShort({ detail }: SesEventBridgeEvent): string {
  if (detail.eventType === "Bounce")
    return `Bounce ${detail.bounce.bounceType}/${detail.bounce.bounceSubType}`;
  if (detail.eventType === "Complaint") return `Complaint ${detail.complaint.complaintFeedbackType}`;
  return detail.eventType;
}
