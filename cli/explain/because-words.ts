import type { Because } from "../../core/course/because.ts";
import type { ClockChange } from "../../core/time/clock-change.ts";
import type { SendWindow } from "../../core/time/window.ts";
import { localTime } from "./local-time.ts";

/** One reason of a plan, in words; times are the reader's. */
export function wordsOf(because: Because, zone: string): string {
  switch (because.why) {
    case "delay": {
      const { days, minutes, after, from } = because;
      const span = days > 0 ? count(days, "day") : count(minutes, "minute");
      return days === 0 && minutes === 0
        ? `right after the step before, which was settled ${localTime(after, zone)}`
        : `${span} after the step before, which was settled ${localTime(after, zone)}: not before ${localTime(from, zone)}`;
    }
    case "window":
      return `the window (${windowWords(because.window)}) is closed ${localTime(because.from, zone)}; it opens ${localTime(because.opensAt, zone)}`;
    case "unsettled":
      return because.state
        ? `the step before, ${because.step}, is ${because.state}: it has to be settled first`
        : `the step before, ${because.step}, waits in its packet: it has to be settled first`;
    case "failed":
      return `the step before, ${because.step}, failed${because.reason ? ` (${because.reason})` : ""}: nobody goes on behind it`;
    case "planned":
      return `dispatch has planned it for ${localTime(because.at, zone)}`;
    case "paused":
      return `the reader has paused until ${localTime(because.until, zone)}`;
    case "asked":
      return `the reader asked for it: from ${localTime(because.from, zone)} on`;
    case "no-course":
      return "the catalogue has no such course; it is looked at once a day";
    case "no-step":
      return "the course has no such step any more";
    case "gone":
      return "there is no such person any more";
    case "suppressed":
      return "mail to this person is suppressed";
    case "left":
      return "this person is not on this run of the course";
  }
}

/** A change of the reader's clocks on the way there. */
export function clockChangeWords({ at, zone, from, to }: ClockChange): string {
  return `the clocks of ${zone} change in between, ${at.slice(0, 10)}, from ${from} to ${to}`;
}

function windowWords({ days, from, to }: SendWindow): string {
  return `${days.join(" ")} ${from}–${to}`;
}

/** "1 day", "7 days". */
export function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
