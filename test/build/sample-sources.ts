import { join } from "node:path";
import { readSources, type Sources } from "../../build/read-sources.ts";

const project = await readSources(join(import.meta.dirname, "../.."));
const templates = [...project].filter(([file]) => file.startsWith("templates/"));

const site = `name: Steps & Co
sender: { name: Steps, address: steps@example.org }
replyTo: hello@example.org
unsubscribeMailbox: leave@example.org
postalAddress: [ "Steps & Co", "1 Main Street" ]
defaults:
  course: first-aid
  zone: Europe/Zurich
  window: { days: [mon, tue], from: "09:00", to: "12:00" }
tracking: { opens: false, clicks: false }
theme: { accent: "#0b5d66", accentDark: "#6cc5cf", font: "Georgia, serif" }
`;

const facts = `- id: pulse
  says: The pulse of an adult at rest
  value: "60 to 100 & more"
  grade: official
  source: https://example.org/pulse
  checkedOn: 2026-11-01
  recheckOn: 2027-11-01
- id: price
  says: What a kit costs
  grade: conflict
  source: https://example.org/price
  checkedOn: 2026-11-01
  recheckOn: 2027-11-01
`;

const feeds = `- id: red-cross
  title: Red Cross & Co
  url: https://example.org/news.xml?a=1&b=2
  topic: careers
  everyMinutes: 60
`;

const course = `name: first-aid
title: First aid <at home>
summary: Two steps.
audience: Everybody.
late: { afterHours: 48, action: skip }
steps:
  - { id: welcome, mail: welcome.md, delayDays: 0, window: always, title: Welcome }
  - { id: breathe, mail: breathe.md, delayDays: 2, title: Breathe, number: 1 }
  - { id: bandage, mail: bandage.md, delayDays: 7, number: 2, window: { days: [sat], from: "08:00", to: "20:00" } }
  - { id: bye, mail: bye.md, delayDays: 7, title: Goodbye }
`;

const breathe = `---
subject: "Step 1: {{greeting}}"
preheader: The pulse is {fact:pulse}.
checklist:
  - { id: count, text: "Count your pulse: {fact:pulse}" }
  - { id: walk, text: "Walk for ten minutes" }
---
The pulse is {fact:pulse}, see the [glossary](glossary.md#signs-of-life).

## Try it

1. Sit down.
2. Count.

Read [more](https://example.org/a?b=1&c=2).
`;

const mail = (subject: string) => `---
subject: ${subject}
preheader: A line.
---
Some words.
`;

const glossary = `---
title: Glossary
description: The words of this course.
---
## Signs of life

- **Pulse**: {fact:pulse}, see [this list](#signs-of-life).
`;

/** A small course that has no mistake, with the project's own templates. */
export const sampleSources: Sources = new Map([
  ...templates,
  ["content/site.yaml", site],
  ["content/facts.yaml", facts],
  ["content/feeds.yaml", feeds],
  ["content/courses/first-aid/course.yaml", course],
  ["content/courses/first-aid/welcome.md", mail("Welcome")],
  ["content/courses/first-aid/breathe.md", breathe],
  ["content/courses/first-aid/bandage.md", mail("Bandage a wound")],
  ["content/courses/first-aid/bye.md", mail("Goodbye")],
  ["content/courses/first-aid/glossary.md", glossary],
]);

/** The sample with one text of one file replaced; throws if the text is not there. */
export function withChange(file: string, from: string, to: string, sources = sampleSources): Sources {
  const text = sources.get(file);
  if (!text?.includes(from)) throw new Error(`${file} does not hold ${from}`);
  return new Map([...sources, [file, text.replace(from, () => to)]]);
}

/** The sample without one file. */
export function without(file: string): Sources {
  return new Map([...sampleSources].filter(([path]) => path !== file));
}
