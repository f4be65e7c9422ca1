import { html } from "hono/html";
import type { CeEntry } from "../core/ce/ce-entry.ts";
import type { TrackedCycle } from "../core/progress/own-dates.ts";
import { cycleBar, cycleWords, hasEnded, hourWords, ownBar, toGo } from "./cycle-bar.ts";
import { dateWords } from "./date-words.ts";
import type { Html } from "./page-layout.ts";

/** A credential that the reader keeps: where its cycle stands, and what was logged in it. */
export function cycleSection(cycle: TrackedCycle, { token, today }: { token: string; today: string }): Html {
  const { credential, renewal, entries } = cycle;
  const { name, fullName } = credential;
  return html`<section class="cycle" aria-labelledby="cycle-${renewal.id}">
<h2 id="cycle-${renewal.id}">${name} <span>${fullName}</span></h2>
<p class="hours">${cycleWords(cycle, today)}</p>
${cycleBar(cycle, today)}
<p class="muted">${timeWords(cycle, today)}</p>
${ownShare(cycle)}
<p class="muted">${requirement(cycle)}</p>
${entries.length > 0 ? html`<details><summary>What you have logged<span class="unseen"> for ${name}</span> (${entries.length})</summary>${entryList(entries, token, credential.body)}</details>` : ""}
</section>`;
}

/** Entries, each with a button that takes it out. */
export function entryList(entries: CeEntry[], token: string, body = "the body itself"): Html {
  return html`<ul class="dates">${entries.map(
    ({ id, activity, hours, day, category }) => html`<li>
<div><strong>${activity}</strong><p>${hourWords(hours)}, ${dateWords(day)}${fromWords(category, body)}</p></div>
<form method="post" action="/progress/hours/remove">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="id" value="${id}">
<button type="submit" class="small plain">Remove<span class="unseen"> ${activity}, ${dateWords(day)}</span></button>
</form>
</li>`,
  )}</ul>`;
}

function fromWords(category: CeEntry["category"], body: string): string {
  if (category === "other") return "";
  return `, from ${category === "own" ? body : category.slice("own:".length)}`;
}

function timeWords({ passed, renewal }: TrackedCycle, today: string): string {
  const { cycleFrom } = renewal;
  if (hasEnded(renewal, today)) return `The cycle ended on ${dateWords(renewal.date)}.`;
  if (cycleFrom !== undefined && today <= cycleFrom)
    return `The cycle begins after ${dateWords(cycleFrom)} and ends on ${dateWords(renewal.date)}.`;
  const ends = `The cycle ends on ${dateWords(renewal.date)}`;
  return passed === undefined
    ? `${ends}.`
    : `${ends}. The mark shows today: ${Math.round(passed * 100)}% of the cycle has passed.`;
}

function ownShare({ credential, hours, surplus }: TrackedCycle): Html {
  if (!hours.own || !credential.own) return html``;
  const { counted, required, missing } = hours.own;
  return html`<p>From ${credential.own.from}: <strong>${counted} of ${hourWords(required)}</strong>, ${toGo(missing)}.</p>
${ownBar(hours.own)}
${surplus ? html`<p>${surplus}</p>` : ""}`;
}

function requirement({ credential }: TrackedCycle): Html {
  const { body, url, required, cycleMonths } = credential;
  const ask = html`<a href="${url}" rel="noreferrer">Ask ${body}</a>`;
  if (!required) return html`How many hours ${body} requires we could not verify. ${ask}.`;
  const every = cycleMonths ? ` every ${cycleMonths} months` : "";
  return html`${body} asks for ${hourWords(required.hours)}${every}, if this is the only credential that you hold of theirs (<a href="${required.source}" rel="noreferrer">source</a>, read on ${dateWords(required.checkedOn)}).`;
}
