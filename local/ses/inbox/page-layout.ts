import { html, raw } from "hono/html";
import type { Outcome } from "../mail-record.ts";
import { pageStyle } from "./page-style.ts";

/** Markup that is escaped already. */
export type Markup = ReturnType<typeof html>;

/** A whole page; `refreshSeconds` makes it look for new mail by itself. */
export function page(
  title: string,
  content: { header: Markup; main: Markup },
  refreshSeconds?: number,
): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refreshSeconds === undefined ? "" : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`}
        <title>${title}</title>
        <style>${raw(pageStyle)}</style>
      </head>
      <body>
        <header>${content.header}</header>
        <main>${content.main}</main>
      </body>
    </html>`;
}

const badges: Record<Outcome, { text: string; tone: "good" | "warn" | "bad" }> = {
  delivered: { text: "Delivered", tone: "good" },
  complained: { text: "Complaint", tone: "bad" },
  transient: { text: "Soft bounce", tone: "warn" },
  suppressed: { text: "Suppressed", tone: "warn" },
  bounced: { text: "Bounced", tone: "bad" },
  "rendering-failed": { text: "Not rendered", tone: "bad" },
};

/** What became of a mail, as a small coloured word. */
export function outcomeBadge(outcome: Outcome): Markup {
  const { text, tone } = badges[outcome];
  return html`<span class="badge ${tone}">${text}</span>`;
}

/** Calendar time as the inbox shows it. */
export function calendarTime(iso: string): Markup {
  return html`<time datetime="${iso}" class="faint">${iso.slice(0, 16).replace("T", " ")} UTC</time>`;
}
