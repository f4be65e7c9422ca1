import { SendEmailCommand } from "@aws-sdk/client-sesv2";
import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { simpleMail } from "./sample-requests.ts";
import { startSes } from "./ses-harness.ts";

async function read(url: string): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(url);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

test("an empty inbox says how to get a first mail", async () => {
  const { ses } = await startSes({ signupUrl: "http://127.0.0.1:3000/signup" });
  const { text } = await read(ses.url);
  expect(text).toContain("No mail yet");
  expect(text).toContain('<a href="http://127.0.0.1:3000/signup">');
});

test("the list shows mails newest first, escaped, and those of one address", async () => {
  const { ses, client } = await startSes();
  for (const [to, subject] of [
    ["ann@people.example", "First <script>alert(1)</script>"],
    ["bounce@simulator.amazonses.com", "Second"],
  ] as const) {
    const content = { Simple: { Subject: { Data: subject }, Body: { Text: { Data: "x" } } } };
    await client.send(new SendEmailCommand(simpleMail(to, { Content: content })));
  }

  const { text, headers } = await read(ses.url);
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(text).toContain('http-equiv="refresh"');
  expect(text).toContain("2 mails");
  expect(text.indexOf("Second")).toBeLessThan(text.indexOf("First"));
  expect(text).toContain("First &lt;script&gt;");
  expect(text).not.toContain("<script");
  expect(text).toMatch(/Bounced[\s\S]*Delivered/);

  const filtered = await read(`${ses.url}/?address=ANN%40people`);
  expect(filtered.text).toContain("First");
  expect(filtered.text).not.toContain("Second");
  const none = await read(`${ses.url}/?address=${encodeURIComponent('"><b>nobody')}`);
  expect(none.text).toContain("No mail to this address");
  expect(none.text).not.toContain("<b>");
});

test("a long list has pages", async () => {
  const { ses, client } = await startSes();
  const sent = Array.from({ length: 101 }, (_, index) => simpleMail(`reader${index}@people.example`));
  for (const mail of sent) await client.send(new SendEmailCommand(mail));

  const first = await read(ses.url);
  expect(first.text).toContain("reader100@");
  expect(first.text).not.toContain("reader0@");
  expect(first.text).toContain('href="/?page=2"');
  const second = await read(`${ses.url}/?page=2`);
  expect(second.text).toContain("reader0@");
  expect(second.text).not.toContain("reader1@");
});

test("a mail's page shows its headers and tags, and its HTML in a frame without scripts", async () => {
  const { ses, client } = await startSes();
  const mail = simpleMail("ann@people.example");
  const page =
    '<!doctype html><html><head lang="en"></head><body><script>x()</script><a href="/c">Go</a></body></html>';
  if (mail.Content?.Simple?.Body) mail.Content.Simple.Body.Html = { Data: page, Charset: "UTF-8" };
  const { MessageId } = await client.send(new SendEmailCommand(mail));

  const shown = await read(`${ses.url}/mail/${MessageId}`);
  expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(shown.text).toContain("List-Unsubscribe-Post");
  expect(shown.text).toContain("&lt;https://letters.example/u/abc&gt;, &lt;mailto:leave@letters.example&gt;");
  expect(shown.text).toContain("course_records_run-1_step-1");
  expect(shown.text).toContain("Hello, text.");
  expect(shown.text).toMatch(/<iframe[^>]+sandbox="allow-popups allow-popups-to-escape-sandbox"/);
  expect(shown.text).not.toContain("http-equiv");

  const framed = await read(`${ses.url}/mail/${MessageId}/html`);
  const policy = framed.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/^sandbox(?!.*allow-scripts)/);
  expect(framed.text).toContain('<head lang="en"><base target="_blank">');

  const raw = await read(`${ses.url}/mail/${MessageId}/raw`);
  expect(raw.headers.get("content-disposition")).toBe(`attachment; filename="${MessageId}.eml"`);
  expect((await simpleParser(raw.text)).subject).toBe("Step one");
});

test("a mail that is not there", async () => {
  const { ses } = await startSes();
  for (const path of ["/mail/none", "/mail/none/html", "/mail/none/raw", "/mail/..%2Fjournal.jsonl/raw"]) {
    expect((await read(ses.url + path)).status).toBe(404);
  }
});

test("the server listens on loopback only", async () => {
  const { ses } = await startSes();
  expect(ses.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  // Another loopback address reaches what listens everywhere, and nothing else.
  await expect(fetch(ses.url.replace("127.0.0.1", "127.0.0.2"))).rejects.toThrow();
});
