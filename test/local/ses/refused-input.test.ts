import {
  BadRequestException,
  NotFoundException,
  SendBulkEmailCommand,
  SendEmailCommand,
  type SendEmailCommandInput,
} from "@aws-sdk/client-sesv2";
import { expect, test } from "vitest";
import { bulkMail, mailWithHeaders, simpleMail } from "./sample-requests.ts";
import { startSes } from "./ses-harness.ts";

const ann = "ann@people.example";
const withTag = (Name: string, Value: string) => simpleMail(ann, { EmailTags: [{ Name, Value }] });
const withHeader = (Name: string, Value: string) => mailWithHeaders([{ Name, Value }]);
const withTemplate = (Subject: string, TemplateData: string, extra = "") =>
  simpleMail(ann, {
    Content: { Template: { TemplateContent: { Subject, Text: `{{name}}${extra}` }, TemplateData } },
  });
const many = (count: number) => Array.from({ length: count }, (_, index) => `reader${index}@people.example`);

const refused: [what: string, input: SendEmailCommandInput, message: RegExp][] = [
  ["no sender", simpleMail(ann, { FromEmailAddress: undefined }), /FromEmailAddress is missing/],
  ["no recipient", simpleMail(ann, { Destination: {} }), /Destination is missing/],
  ["51 recipients", simpleMail(ann, { Destination: { BccAddresses: many(51) } }), /exceeds 50/],
  ["a local part with an accent", simpleMail("jörg@people.example"), /non-ASCII/],
  ["a domain that is not in punycode", simpleMail("ann@bücher.example"), /non-ASCII/],
  ["a display name that is not encoded", simpleMail("Zoë <ann@people.example>"), /non-ASCII/],
  ["a line break in an address", simpleMail("ann@people.example\r\nBcc: x@y.example"), /control/],
  ["two addresses in one", simpleMail("ann@people.example, bob@people.example"), /Illegal address/],
  ["an address without a domain", simpleMail("ann"), /Missing final/],
  ["a space in a local part", simpleMail("ann lee@people.example"), /Local address contains/],
  [
    "a space in a local part with a name",
    simpleMail("Ann <ann lee@people.example>"),
    /Local address contains/,
  ],
  ["a comma in a name without quotes", simpleMail("Lee, Ann <ann@people.example>"), /Illegal address/],
  ["an address of 321 characters", simpleMail(`${"a".repeat(306)}@people.example`), /longer than 320/],
  ["a domain with an underscore", simpleMail("ann@peo_ple.example"), /Domain contains/],
  [
    "a line break in the subject",
    withTemplate("Hi {{name}}", JSON.stringify({ name: "a\r\nBcc: b" })),
    /control/,
  ],
  ["an empty tag value", withTag("mailing", ""), /Invalid tag value/],
  ["an @ in a tag", withTag("subscriber", "ann@people.example"), /Invalid tag value/],
  ["a colon in a tag name", withTag("my:tag", "1"), /Invalid tag name/],
  ["a tag of 257 characters", withTag("mailing", "x".repeat(257)), /Invalid tag value/],
  ["a reserved header", withHeader("Message-ID", "<a@b>"), /Message-ID is not allowed/],
  ["a header that steers SES", withHeader("X-SES-CONFIGURATION-SET", "other"), /is not allowed/],
  ["a header name of 127 characters", withHeader("X".repeat(127), "1"), /Invalid header name/],
  ["a colon in a header name", withHeader("X:Y", "1"), /Invalid header name/],
  ["an empty header value", withHeader("X-Own", ""), /Invalid value/],
  ["a header value of 996 characters", withHeader("X", "1".repeat(996)), /Invalid value/],
  ["a header of 997 characters in all", withHeader("X".repeat(10), "1".repeat(987)), /longer than 996/],
  ["a header value with an accent", withHeader("X-Own", "Zoë"), /Invalid value/],
  ["a line break in a header value", withHeader("X-Own", "a\r\nBcc: b@c.example"), /Invalid value/],
  ["16 headers", mailWithHeaders(many(16).map((_, n) => ({ Name: `X-${n}`, Value: "1" }))), /More than 15/],
  [
    "one header twice",
    mailWithHeaders(["List-Id", "list-id"].map((Name) => ({ Name, Value: "1" }))),
    /occurs twice/,
  ],
  ["no content", simpleMail(ann, { Content: {} }), /needs one of/],
  [
    "no body",
    simpleMail(ann, { Content: { Simple: { Subject: { Data: "x" }, Body: {} } } }),
    /Body is missing/,
  ],
  ["template data that is not JSON", withTemplate("x", "{name"), /not valid JSON/],
  ["template data that is a list", withTemplate("x", "[]"), /not a JSON object/],
  ["over 1 MB with a template", withTemplate("x", "{}", "x".repeat(1024 * 1024)), /larger than 1 MB/],
];

test.each(refused)("%s is refused", async (_what, input, message) => {
  const { ses, client } = await startSes();
  const error = await client.send(new SendEmailCommand(input)).catch((caught: unknown) => caught);

  expect(error).toBeInstanceOf(BadRequestException);
  expect(error).toMatchObject({
    message: expect.stringMatching(message),
    $metadata: { httpStatusCode: 400 },
  });
  expect(ses.mails()).toEqual([]);
});

const accepted: [what: string, input: SendEmailCommandInput][] = [
  ["50 recipients", simpleMail(ann, { Destination: { ToAddresses: many(50) } })],
  ["a tag of 256 characters", withTag("m".repeat(256), "x".repeat(256))],
  ["a feedback id", withTag("ses:feedback-id-a", "course")],
  ["a header of 996 characters in all", withHeader("X", "1".repeat(995))],
  ["15 headers", mailWithHeaders(many(15).map((_, n) => ({ Name: `X-${n}`, Value: "1" })))],
  ["a quoted name", simpleMail('"Lee, \\"Ann\\" <x@y.example>" <ann@people.example>')],
  ["a punycode domain", simpleMail("ann@xn--bcher-kva.example")],
];

test.each(accepted)("%s is accepted", async (_what, input) => {
  const { ses, client } = await startSes();
  await client.send(new SendEmailCommand(input));
  expect(ses.mails()).toHaveLength(1);
});

test("a stored template is not found, for there are none", async () => {
  const { client } = await startSes();
  const input = simpleMail(ann, { Content: { Template: { TemplateName: "welcome", TemplateData: "{}" } } });
  const error = await client.send(new SendEmailCommand(input)).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(NotFoundException);
});

test("what all bulk entries share refuses the call", async () => {
  const { ses, client } = await startSes();
  const input = bulkMail([ann], { DefaultEmailTags: [{ Name: "mailing", Value: "a b" }] });
  const error = await client.send(new SendBulkEmailCommand(input)).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(BadRequestException);
  expect(ses.mails()).toEqual([]);
});

test("a body that is not JSON is refused, and an unknown operation has no answer", async () => {
  const { ses } = await startSes();
  const post = (path: string) => fetch(ses.url + path, { method: "POST", body: "{" });
  const broken = await post("/v2/email/outbound-emails");
  expect([broken.status, broken.headers.get("x-amzn-errortype")]).toEqual([400, "BadRequestException"]);
  const unknown = await post("/v2/email/templates");
  expect([unknown.status, unknown.headers.get("x-amzn-errortype")]).toEqual([
    404,
    "UnknownOperationException",
  ]);
});
