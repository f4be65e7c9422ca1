import { html } from "hono/html";
import type { MailRecord } from "../mail-record.ts";
import { calendarTime, type Markup, outcomeBadge, page } from "./page-layout.ts";

const mailsPerPage = 100;
// Not shorter: a refresh takes away what is being typed into the filter.
const refreshSeconds = 10;

/** What the list shows: all mails, or those of one address. */
export interface ListQuery {
  address: string;
  page: number;
}

/** The inbox: mails newest first. */
export function listPage(all: MailRecord[], query: ListQuery, signupUrl: string | undefined): Markup {
  const wanted = query.address.trim().toLowerCase();
  const matching = all.filter(
    ({ recipients }) =>
      wanted === "" || recipients.some(({ address }) => address.toLowerCase().includes(wanted)),
  );
  const newestFirst = matching.reverse();
  const start = (query.page - 1) * mailsPerPage;
  const shown = newestFirst.slice(start, start + mailsPerPage);
  return page(
    "Inbox of the local SES",
    {
      header: html`<h1><a href="/">Local inbox</a></h1>${filterForm(query.address)}`,
      main: html`
        <p class="faint" role="status">${summaryOf(matching.length, wanted)}</p>
        ${shown.length === 0 ? emptyState(wanted, signupUrl) : mailList(shown)}
        ${pageLinks(query, start + mailsPerPage < matching.length)}`,
    },
    refreshSeconds,
  );
}

function filterForm(address: string): Markup {
  return html`<form action="/" role="search">
    <input name="address" type="search" value="${address}" placeholder="Address" aria-label="Show mail to address" />
    <button>Filter</button>
  </form>`;
}

function summaryOf(count: number, wanted: string): Markup {
  const mails = count === 1 ? "1 mail" : `${count} mails`;
  if (wanted === "") return html`${mails}. Nothing here has left this computer.`;
  return html`${mails} to “${wanted}”. <a href="/">Show all</a>`;
}

function mailList(mails: MailRecord[]): Markup {
  return html`<ul class="mails card">
    ${mails.map(
      (mail) => html`<li>
        <a href="/mail/${mail.messageId}">
          ${calendarTime(mail.acceptedAt)}
          <span class="to">${mail.recipients.map(({ address }) => address).join(", ")}</span>
          <span class="subject" dir="auto">${mail.subject || "(no subject)"}</span>
          <span class="end">${outcomeBadge(mail.outcome)}</span>
        </a>
      </li>`,
    )}
  </ul>`;
}

function emptyState(wanted: string, signupUrl: string | undefined): Markup {
  if (wanted !== "") return html`<div class="card pad"><p>No mail to this address.</p></div>`;
  return html`<div class="card pad">
    <h2>No mail yet</h2>
    <p>
      Mail that the service sends shows up here.
      ${signupUrl === undefined ? "" : html`To get a first one, sign up at <a href="${signupUrl}">${signupUrl}</a>.`}
    </p>
    <p class="faint">
      Addresses such as bounce@simulator.amazonses.com and complaint@simulator.amazonses.com answer as they do at
      Amazon SES.
    </p>
  </div>`;
}

function pageLinks(query: ListQuery, hasOlder: boolean): Markup {
  const link = (number: number, text: string) => {
    const search = new URLSearchParams({
      ...(query.address && { address: query.address }),
      page: String(number),
    });
    return html`<a href="/?${search}">${text}</a>`;
  };
  return html`<nav aria-label="Pages">
    <span>${query.page > 1 ? link(query.page - 1, "Newer") : ""}</span>
    <span>${hasOlder ? link(query.page + 1, "Older") : ""}</span>
  </nav>`;
}
