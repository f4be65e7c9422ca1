import { html } from "hono/html";
import type { ParsedMail } from "mailparser";
import type { MailRecord } from "../mail-record.ts";
import { calendarTime, type Markup, outcomeBadge, page } from "./page-layout.ts";

/** One mail: what it says, and everything that came with it. */
export function mailPage(mail: MailRecord, parsed: ParsedMail): Markup {
  const title = mail.subject || "(no subject)";
  return page(`${title}: local inbox`, {
    header: html`<h1 dir="auto">${title}</h1><a href="/">Back to the inbox</a>`,
    main: html`
      <div class="card">
        <div class="bar">
          <span class="row">${outcomeBadge(mail.outcome)} ${calendarTime(mail.acceptedAt)}</span>
          <a href="/mail/${mail.messageId}/raw" download="${mail.messageId}.eml">Download .eml</a>
        </div>
        ${table([
          ["From", parsed.from?.text ?? mail.from],
          ...recipientRows(mail),
          ...(mail.renderingError ? [["Not rendered", mail.renderingError] as Row] : []),
          ...parsed.attachments.map(
            ({ filename, size }): Row => ["Attachment", `${filename ?? "unnamed"}, ${size} bytes`],
          ),
        ])}
      </div>
      ${typeof parsed.html === "string" ? htmlCard(mail.messageId, parsed.html) : ""}
      ${details("Text", html`<pre dir="auto">${parsed.text ?? "This mail has no text part."}</pre>`, !parsed.html)}
      ${details("Headers", table(mail.headers.map(({ name, value }): Row => [name, value])), true)}
      ${details("Tags and ids", table(idRows(mail)), true)}`,
  });
}

type Row = [name: string, value: string | Markup];

function recipientRows({ to, cc, recipients }: MailRecord): Row[] {
  return recipients.map(({ address, outcome }, index) => {
    const field = index < to.length ? "To" : index < to.length + cc.length ? "Cc" : "Bcc";
    const badge = recipients.length > 1 ? outcomeBadge(outcome) : "";
    return [field, html`<span class="row">${address} ${badge}</span>`];
  });
}

function table(rows: Row[]): Markup {
  return html`<table>
    <tbody>
      ${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td dir="auto">${value}</td></tr>`)}
    </tbody>
  </table>`;
}

function htmlCard(messageId: string, text: string): Markup {
  const kilobytes = Math.ceil(Buffer.byteLength(text) / 1024);
  return html`<section class="card">
    <div class="bar">
      <h2>HTML <span class="faint">${kilobytes} KB</span></h2>
      <a href="/mail/${messageId}/html" target="_blank">Open by itself</a>
    </div>
    <iframe
      src="/mail/${messageId}/html"
      title="The mail as HTML"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
    ></iframe>
  </section>`;
}

function details(title: string, content: Markup, open: boolean): Markup {
  return html`<details class="card" ${open ? "open" : ""}><summary>${title}</summary>${content}</details>`;
}

function idRows(mail: MailRecord): Row[] {
  return [
    ...Object.entries(mail.tags).map(([name, value]): Row => [name, value]),
    ["Configuration set", mail.configurationSet ?? "none, so no events"],
    ["Message id", mail.messageId],
    ["Operation", mail.operation],
    ["Accepted, real time", mail.realAt],
    ["File", mail.emlPath],
  ];
}
