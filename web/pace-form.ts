import { html } from "hono/html";
import { field } from "./field.ts";
import { hourWords } from "./hour-words.ts";
import type { Html } from "./page-layout.ts";
import { radioGroup } from "./radio-group.ts";
import { zoneSelect } from "./zone-select.ts";

/** How fast each speed is for the courses of one reader. */
export interface PaceOfCourse {
  title: string;
  /** Days between most steps, and of the whole course. */
  daysBetween: number;
  days: number;
}

/** What the form of the pace shows; after a mistake what was entered, and what is wrong with it. */
export interface PaceForm {
  token: string;
  speeds: { speed: "faster" | "weekly" | "slower"; courses: PaceOfCourse[] }[];
  /** First of the three hours in which mail may come. */
  hours: readonly number[];
  values: { speed: string; day: string; hour: string; zone: string; nudges: boolean };
  /** The zone that is kept, whatever was entered. */
  zone: string;
  problems?: Partial<Record<"speed" | "day" | "hour" | "zone", string>> | undefined;
}

const labels = { faster: "Faster", weekly: "As the course has it", slower: "Slower" };
const usually = {
  faster: "Half the days between two steps.",
  weekly: "Mostly a step a week.",
  slower: "Twice the days between two steps.",
};
const days = {
  any: "Any day on which mails go out",
  mon: "Mondays",
  tue: "Tuesdays",
  wed: "Wednesdays",
  thu: "Thursdays",
  fri: "Fridays",
  sat: "Saturdays",
  sun: "Sundays",
};

/** How fast and when mails come. */
export function paceForm(props: PaceForm): Html {
  const { token, speeds, hours, values, zone, problems = {} } = props;
  return html`<form method="post" action="/progress/settings/pace" novalidate>
<input type="hidden" name="token" value="${token}">
${radioGroup({
  name: "speed",
  legend: "How fast?",
  mistake: problems.speed,
  chosen: values.speed || "weekly",
  choices: speeds.map(({ speed, courses }) => ({
    value: speed,
    label: labels[speed],
    hint:
      courses.length === 0 ? usually[speed] : html`${courses.map((course) => paceWords(course, courses))}`,
  })),
})}
${field({
  name: "day",
  label: "On which day of the week?",
  hint: "Steps of your courses and the digest wait for this day.",
  mistake: problems.day,
  control: (attributes) => select(attributes, Object.entries(days), values.day),
})}
${field({
  name: "hour",
  label: "At what time of the day?",
  mistake: problems.hour,
  control: (attributes) =>
    select(attributes, [["default", "The usual one"], ...hours.map(hourOption)], values.hour),
})}
${field({
  name: "zone",
  label: "Time zone",
  mistake: problems.zone,
  control: (attributes) => zoneSelect(attributes, zone, values.zone),
})}
<div class="field choice">
<input id="nudges" name="nudges" type="checkbox" aria-describedby="nudges-hint"${values.nudges ? html` checked` : ""}>
<label for="nudges">Remind me when a step stays open</label>
<p class="hint" id="nudges-hint">A short mail, if you have not marked a step as done for a while.</p>
</div>
<button type="submit">Save the pace</button>
</form>`;
}

function paceWords({ title, daysBetween, days: all }: PaceOfCourse, { length }: PaceOfCourse[]): Html {
  const words = `A step about every ${many(daysBetween)}, ${many(all)} in all.`;
  return length === 1 ? html`${words}` : html`“${title}”: ${words} `;
}

const many = (count: number) => (count === 1 ? "day" : `${count} days`);

const hourOption = (hour: number): [string, string] => [String(hour), hourWords(hour)];

function select(attributes: Html, options: [value: string, label: string][], chosen: string): Html {
  return html`<select ${attributes} autocomplete="off">${options.map(
    ([value, label]) =>
      html`<option value="${value}"${value === chosen ? html` selected` : ""}>${label}</option>`,
  )}</select>`;
}
