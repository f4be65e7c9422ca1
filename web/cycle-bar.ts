import { html } from "hono/html";
import type { TrackedCycle } from "../core/progress/own-dates.ts";
import type { Html } from "./page-layout.ts";

/** Hours done against those required, with a mark where the cycle stands in time; the words beside it say the same. */
export function cycleBar({ hours, passed, renewal }: TrackedCycle, today: string): Html {
  const isOver = hasEnded(renewal, today);
  return html`<svg class="bar" width="100%" height="30" aria-hidden="true" focusable="false">
<rect class="ground" y="8" width="100%" height="14" rx="7"/>
${hours.required ? filling(hours.counted / hours.required, 8, 14) : ""}
${passed === undefined || isOver ? "" : mark(passed)}
</svg>`;
}

/** The part that must come from the body itself. */
export function ownBar({ counted, required }: { counted: number; required: number }): Html {
  return html`<svg class="bar" width="100%" height="8" aria-hidden="true" focusable="false">
<rect class="ground" width="100%" height="8" rx="4"/>
${filling(counted / required, 0, 8)}
</svg>`;
}

/** "12 of 20 hours, 8 to go; 5 months left" */
export function cycleWords({ hours, left, renewal }: TrackedCycle, today: string): Html {
  const time = hasEnded(renewal, today)
    ? html`<span class="alert">the cycle has ended</span>`
    : html`<span class="whole">${leftWords(left)} left</span>`;
  if (hours.required === undefined) return html`<strong>${hourWords(hours.logged)} logged</strong>; ${time}`;
  const all = hours.logged > hours.counted ? html` <span class="whole">(${hours.logged} logged)</span>` : "";
  return html`<strong>${hours.counted} of ${hourWords(hours.required)}</strong>${all}, ${toGo(hours.missing ?? 0)}; ${time}`;
}

/** Whether the day of a renewal has passed. */
export function hasEnded({ date }: TrackedCycle["renewal"], today: string): boolean {
  return date < today;
}

/** "8 to go", or that none are. */
export function toGo(missing: number): string {
  return missing === 0 ? "all done" : `${missing} to go`;
}

/** "1 hour", "1.25 hours" */
export function hourWords(count: number): string {
  return `${count} ${count === 1 ? "hour" : "hours"}`;
}

function leftWords(left: TrackedCycle["left"]): string {
  if ("months" in left) return `${left.months} months`;
  return left.days === 1 ? "1 day" : `${left.days} days`;
}

/** The mark of today, never half beyond an end of the bar. */
function mark(passed: number): Html {
  const at = percent(Math.min(0.995, Math.max(0.005, passed)));
  return html`<line class="now" x1="${at}" x2="${at}" y1="1" y2="29"/>`;
}

function filling(part: number, y: number, height: number): Html {
  return part > 0
    ? html`<rect class="filled" y="${y}" width="${percent(Math.min(1, part))}" height="${height}" rx="${height / 2}"/>`
    : html``;
}

function percent(part: number): string {
  return `${Math.round(part * 1000) / 10}%`;
}
