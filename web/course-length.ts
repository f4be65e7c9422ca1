import type { Course } from "../core/catalogue.ts";

/** How much mail a course is and how long it takes at the usual pace: "8 mails over about 7 weeks". */
export function courseLength({ steps }: Course): string {
  const days = steps.reduce((sum, { delayDays }) => sum + delayDays, 0);
  const time = days < 14 ? many(Math.max(days, 1), "day") : many(Math.round(days / 7), "week");
  return `${many(steps.length, "mail")} over about ${time}`;
}

/** The number of steps that readers count: the welcome and the farewell are none. */
export function numberedSteps({ steps }: Course): number {
  return steps.filter(({ number }) => number !== undefined).length;
}

const many = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
